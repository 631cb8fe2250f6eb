"""`bench read`: reading pages, beside what extracting their main text alone costs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import trafilatura
from django.conf import settings

from twinhall.bench.dressing import dressed
from twinhall.bench.figures import BenchError, at_most
from twinhall.bench.loading import peak_of
from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.page import UnreadableError, kind_of, read_page
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

RATIO_GOAL = 2.0
START_GOAL = 2.0
"""Seconds."""
MEMORY_GOAL = 500.0
"""Megabytes."""
SIZES = (0.6, 1.25, 2.5, 5.0)
"""Megabytes of the pages by which growth is measured."""
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Compared:
    """Processor seconds of a page: of all its reading, of its text alone, of trafilatura's extraction."""

    size: int
    ours: float
    text: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def measure_reading(paths: Sequence[Path], *, rounds: int) -> Iterator[str]:
    """Lines that tell what was measured, as it comes. BenchError where there is nothing to read."""
    pages = [page for path in paths if (page := _as_html(path))]
    if not pages:
        raise BenchError("None of these files is a page (HTML) or a plain text.")
    places = Places(gazetteer(settings.GAZETTEER))
    yield f"{len(pages)} pages as HTML, {rounds} rounds, by turns; processor time:"
    yield from _beside(pages, places, rounds)
    yield "A page of its own process, Python's start included:"
    yield from _process(paths[0])
    yield "Growth, with all pages as one:"
    yield from _growth(pages, places)


def _as_html(path: Path) -> bytes:
    """A page as HTML: a plain text is dressed as one; of other files, and of what cannot be read, nothing."""
    try:
        data = path.read_bytes()
        match kind_of(data, name=path.name):
            case "text/html":
                return data
            case "text/plain":
                return dressed(read_page(data).text, path.stem).encode()
    except OSError as error:
        raise BenchError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError:
        pass
    return b""


def _beside(pages: list[bytes], places: Places, rounds: int) -> Iterator[str]:
    found = [_compared(page, places, rounds) for page in pages]
    ours, text, theirs = (sum(getattr(one, name) for one in found) for name in ("ours", "text", "theirs"))
    kilobytes = sum(one.size for one in found) / 1000 / len(found)
    yield f"  pages of {kilobytes:,.0f} kB on average"
    yield f"  trafilatura alone {1000 * theirs / len(found):,.1f} ms a page"
    yield f"  the page's text {1000 * text / len(found):,.1f} ms"
    yield f"  text and facts {1000 * ours / len(found):,.1f} ms"
    yield (
        f"  ratio {ours / theirs:.2f}, median of the pages {median(one.ratio for one in found):.2f}; "
        + at_most(ours / theirs, RATIO_GOAL)
    )


def _compared(data: bytes, places: Places, rounds: int) -> Compared:
    """The quickest of several rounds of each, by turns, after one that warms both up."""
    ways: list[Callable[[], object]] = [
        lambda: _read(data, places),
        lambda: read_page(data),
        lambda: trafilatura.extract(data),
    ]
    times = [[_seconds(way) for way in ways] for _round in range(rounds + 1)][1:]
    return Compared(len(data), *(min(one) for one in zip(*times, strict=True)))


def _read(data: bytes, places: Places) -> int:
    return sum(1 for _fact in read_facts(read_page(data), places=places))


def _seconds(way: Callable[[], object]) -> float:
    began = time.process_time()
    way()
    return time.process_time() - began


def _process(path: Path) -> Iterator[str]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "twinhall", "read", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BenchError(f"`twinhall read {path}` failed.")
    seconds, held = time.monotonic() - began, peak_of(used.ru_maxrss) / MEGABYTE
    own = used.ru_utime + used.ru_stime
    yield f"  {seconds:.2f} s, {own:.2f} s of the processor; {at_most(seconds, START_GOAL, ' s')}"
    yield f"  memory at most {held:,.0f} MB; {at_most(held, MEMORY_GOAL, ' MB')}"


def _growth(pages: list[bytes], places: Places) -> Iterator[str]:
    """How long a page takes that is the texts of all pages, again and again, as one."""
    text = "\n\n".join(read_page(page).text for page in pages)
    for megabytes in SIZES:
        times = int(megabytes * MEGABYTE / len(text.encode())) + 1
        data = dressed("\n\n".join([text] * times)).encode()
        seconds = _seconds(lambda data=data: _read(data, places))  # type: ignore[misc]  # bound here
        size = len(data) / MEGABYTE
        yield f"  {size:.1f} MB: {seconds:.1f} s, {seconds / size:.2f} s a megabyte"
