"""Pages read by several processes, in the order in which they were given."""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from twinhall.exchange.pages.jobs import Failed, Job
from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.gold import json_of
from twinhall.reader.page import LARGEST, Page, UnreadableError, read_page
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

SECONDS = 60.0
"""Processor time for one page; a page of 5 MB takes a part of it."""
_AHEAD = 4
"""Pages that wait for each process, so that an archive is not held in memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page: its facts as JSON objects, or why there are none."""

    page: str
    facts: tuple[dict[str, object], ...] = ()
    fault: str = ""


def read_all(jobs: Iterable[Job | Failed], *, folder: Path, workers: int) -> Iterator[Outcome]:
    """What came of each page, in order. ``folder`` keeps the gazetteer.

    With one worker all is read by this process. Where a process dies over a page, the pages that were under
    way are read again, each by a process of its own: the one page is told, and the others are not lost.
    """
    if workers == 1:
        yield from (outcome(job, folder) for job in jobs)
        return
    waiting = iter(jobs)
    while True:
        broken = yield from _read_by_many(waiting, folder, workers)
        if not broken:
            return
        for job in broken:
            yield _read_alone(job, folder)


def outcome(job: Job | Failed, folder: Path) -> Outcome:
    """Read one page, here and now."""
    if isinstance(job, Failed):
        return Outcome(job.page, fault=job.fault)
    try:
        with _limited(SECONDS):
            page = read_page(
                _bytes(job),
                media_type=job.media_type,
                name=job.path.name if job.path else "",
                charset=job.charset,
            )
            return Outcome(job.page, tuple(_facts(job, page, folder)))
    except _TooLong:
        return Outcome(job.page, fault=f"Reading it took more than {SECONDS:.0f} seconds: it was broken off.")
    except UnreadableError as error:
        return Outcome(job.page, fault=str(error))
    except OSError as error:
        return Outcome(job.page, fault=f"The file cannot be read: {error.strerror}.")
    except Exception as error:  # noqa: BLE001 - a fault of ours: the page is told, and the others go on
        return Outcome(job.page, fault=f"Reading it failed: {error!r}. Please report this page.")


def _facts(job: Job, page: Page, folder: Path) -> Iterator[dict[str, object]]:
    known = job.known
    if known.language:
        page = replace(page, language=known.language)
    for fact in read_facts(
        page, places=_places(folder), subject=known.subject, subject_country=known.subject_country
    ):
        yield json_of(fact, job.page)


def _bytes(job: Job) -> bytes:
    """The page's bytes; of a file that is too large only enough to see that."""
    if job.path is None:
        return job.data
    with job.path.open("rb") as file:
        return file.read(LARGEST + 1)


@cache  # one for each process
def _places(folder: Path) -> Places:
    return Places(gazetteer(folder))


# Processes -------------------------------------------------------------------------------------------------


def _read_by_many(
    jobs: Iterator[Job | Failed], folder: Path, workers: int
) -> Generator[Outcome, None, list[Job | Failed]]:
    """Read until all is read or a process dies; gives the pages that were under way then."""
    under_way: deque[tuple[Job | Failed, Future[Outcome] | None]] = deque()
    with _pool(workers) as pool:
        try:
            for job in jobs:
                under_way.append((job, None))
                under_way[-1] = (job, pool.submit(outcome, job, folder))
                if len(under_way) >= workers * _AHEAD:
                    yield _next(under_way)
            while under_way:
                yield _next(under_way)
        except BrokenProcessPool:
            return [job for job, _future in under_way]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # also where the reader of the results went away
    return []


def _next(under_way: deque[tuple[Job | Failed, Future[Outcome] | None]]) -> Outcome:
    """The result of the first, which leaves the queue only then."""
    future = under_way[0][1]
    result = future.result() if future else Outcome(under_way[0][0].page)
    under_way.popleft()
    return result


def _read_alone(job: Job | Failed, folder: Path) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(outcome, job, folder).result()
        except BrokenProcessPool:
            return Outcome(job.page, fault="Reading it ended the process. Please report this page.")


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: nothing of this process, such as connections or threads, goes over to them.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    """Leave Ctrl+C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _TooLong(BaseException):
    """The time for a page is used up; no Exception, which libraries catch to read on."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Break off with ``_TooLong`` after so much time of the processor."""
    before = signal.signal(signal.SIGVTALRM, _too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)  # again, where a clean-up has swallowed it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong
