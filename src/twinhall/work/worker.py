"""A worker: a process that does tasks until it is told to stop."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from twinhall.work.daily import begin_daily
from twinhall.work.doing import claim_next, do
from twinhall.work.models import Shift
from twinhall.work.shifts import BEAT, beat, begin_shift, end_shift, take_up_again

logger = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between two looks for work where there was none."""


class Worker:
    """Does tasks, one after another; now and then takes up those of dead workers, and asks for daily deeds.

    ``once``: only what waits now; ``beside``: ends with the process that started it.
    """

    def __init__(self, *, once: bool = False, beside: bool = False) -> None:
        self.once = once
        self.parent = os.getppid() if beside else None
        self.stopping = threading.Event()

    def run(self) -> None:
        """Work until told to stop; the task at hand is done to its end."""
        shift = begin_shift()
        logger.info("Worker %s begins.", shift)
        with self._beating(shift):
            while not self._is_to_stop():
                try:
                    has_worked = self._work(shift)
                except DatabaseError:  # busy, or away for a while: a worker outlasts it
                    logger.warning("The database does not answer; looking again.", exc_info=True)
                    has_worked = False
                else:
                    if self.once and not has_worked:
                        break
                close_old_connections()
                if not has_worked:
                    self.stopping.wait(PAUSE)
        end_shift(shift)
        logger.info("Worker %s has ended.", shift)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the task at hand; also as what a signal is answered by."""
        self.stopping.set()

    def stop_on_signals(self) -> None:
        """Let SIGTERM and Ctrl+C end the worker cleanly."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def _is_to_stop(self) -> bool:
        return self.stopping.is_set() or self.parent not in (None, os.getppid())

    def _work(self, shift: Shift) -> bool:
        """Do one task; where none waits, look after the workers and the day."""
        row = claim_next(shift.key)
        if row is None:
            return bool(take_up_again() or begin_daily(timezone.now()))
        do(row)
        return True

    @contextmanager
    def _beating(self, shift: Shift) -> Iterator[None]:
        """Say every few seconds, beside a task that takes long, that the worker is at work."""
        ended = threading.Event()

        def beats() -> None:
            while not ended.wait(BEAT.total_seconds()):
                try:
                    beat(shift)
                except DatabaseError:  # said again at the next beat
                    connection.close()
            connection.close()

        thread = threading.Thread(target=beats, name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
