"""A worker beside the server: a process of its own, which ends with the server."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

logger = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds before a worker that died is followed by another."""
TIME_TO_END = 45.0
"""Seconds for the task at hand, in which a mail server may be slow, before the worker is killed."""


@contextmanager
def worker_beside(environment: Mapping[str, str]) -> Iterator[None]:
    """Keep a worker at work for as long as the block lasts; one that dies is followed by another."""
    keeper = _Keeper(environment)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()


class _Keeper(threading.Thread):
    """Waits for the worker's end, and begins another where it did not end of itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__(name="worker", daemon=True)
        self.environment = {**os.environ, **environment}
        self.ended = threading.Event()
        self.process = self._begin()

    def run(self) -> None:
        while self.process.wait() != 0 and not self.ended.wait(PAUSE):
            logger.error("The worker died; another begins.")
            self.process = self._begin()

    def end(self) -> None:
        """Let the worker do its task to the end, and no other."""
        self.ended.set()
        deadline = time.monotonic() + TIME_TO_END
        while self.is_alive():  # told again and again: one that has just begun hears it later
            self.process.terminate() if time.monotonic() < deadline else self.process.kill()
            self.join(1.0)

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "twinhall", "worker", "--beside"]
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL)
