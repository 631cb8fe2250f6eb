"""`bench load`: a folder of tables into a fresh database, beside the raw copy of the same rows."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from twinhall.bench.copying import Copied, count_rows, dump, raw_copy, ways
from twinhall.bench.digest import counts, digest
from twinhall.bench.figures import BenchError, at_most
from twinhall.bench.scratch import Scratch, blank_database, copy_of
from twinhall.bench.servers import environment
from twinhall.exchange.tables.world import tables_in
from twinhall.reader.gazetteer import gazetteer

RATIO_GOAL = 10.0
MEMORY_GOAL = 1000.0
"""Megabytes."""
GOALS = {"sqlite": 120.0, "postgresql": 180.0}
"""Seconds for the whole of the world, by kind of database."""
KILOBYTE = 1024


@dataclass(frozen=True)
class Ran:
    """A command that has ended: its seconds, the most bytes that it held in memory, what it says in sum."""

    seconds: float
    peak: int
    said: str


def measure_loading(folder: Path, scratch: Path) -> Iterator[str]:
    """Lines that tell what was measured, as it comes; all that is made lies in ``scratch`` or is dropped.

    Raises BenchError where there is nothing to load, or where loading fails.
    """
    if not tables_in(folder):
        raise BenchError(f"There is no table in {folder} that a map ships for.")
    gazetteer(settings.GAZETTEER)  # compiled once for an installation, so not part of a load
    with blank_database(scratch) as blank:
        yield from measure_in(blank, folder, scratch)


def measure_in(blank: Scratch, folder: Path, scratch: Path) -> Iterator[str]:
    """The same, where a blank database of the kind of the settings is there already."""
    with copy_of(blank, scratch) as made:
        vendor = connections[made.alias].vendor
        yield f"Loading {folder.name} into a fresh database ({vendor}):"
        first = load(folder, made, scratch)
        yield f"  {first.said}"
        yield from _told(first, GOALS[vendor])
        held = counts(made.alias), digest(made.alias)
        yield f"  {', '.join(f'{count:,} {name}' for name, count in held[0].items())}; digest {held[1]}"
        again = load(folder, made, scratch)
        yield f"Loading it again: {again.seconds:.1f} s"
        yield f"  {again.said}"
        yield _the_same(held, (counts(made.alias), digest(made.alias)))
        rows = count_rows(made.alias)
        dump(made.alias, scratch / "rows")
    with copy_of(blank, scratch) as target:
        yield from _beside_raw(target, scratch / "rows", rows, first)


def load(folder: Path, into: Scratch, scratch: Path) -> Ran:
    """``twinhall load world`` as a process of its own, so that what it holds in memory is its own."""
    command = [sys.executable, "-m", "twinhall", "load", "world", str(folder)]
    out = scratch / "load.log"
    with out.open("wb") as file:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            env=environment(into.url, TWINHALL_VAR=str(scratch)),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    said = out.read_text("utf-8", errors="replace")
    if process.returncode:
        raise BenchError(f"Loading failed.\n{said[-3000:]}")
    summary = [line for line in said.splitlines() if line.startswith("All: ")]
    return Ran(seconds, peak_of(used.ru_maxrss), summary[-1] if summary else "")


def peak_of(maxrss: int) -> int:
    """Bytes: Linux tells the most that a process held in kilobytes, macOS in bytes."""
    return maxrss if sys.platform == "darwin" else maxrss * KILOBYTE


def _told(ran: Ran, goal: float) -> Iterator[str]:
    held = ran.peak / 1e6
    yield f"  time {ran.seconds:.1f} s; for all the world's tables: {at_most(ran.seconds, goal, ' s')}"
    yield f"  memory at most {held:,.0f} MB; {at_most(held, MEMORY_GOAL, ' MB')}"


def _the_same(before: tuple[dict[str, int], str], after: tuple[dict[str, int], str]) -> str:
    if before == after:
        return f"  the register is the same: digest {after[1]}"
    changed = {name: f"{before[0][name]:,} → {n:,}" for name, n in after[0].items() if n != before[0][name]}
    return f"  THE REGISTER IS NOT THE SAME: digest {before[1]} → {after[1]}; {changed or 'equal counts'}"


def _beside_raw(target: Scratch, dumped: Path, rows: int, first: Ran) -> Iterator[str]:
    yield f"The raw copy of its {rows:,} rows, of which {rows / first.seconds:,.0f} a second were loaded:"
    copies: list[Copied] = []
    for way in ways(connections[target.alias].vendor):
        copied = raw_copy(target.alias, dumped, way)
        copies.append(copied)
        yield f"  {copied.way}: {copied.seconds:.2f} s, {copied.rows:,} rows"
    quickest = min(copies, key=lambda copied: copied.seconds)
    times = first.seconds / quickest.seconds
    yield f"  loading takes {times:.1f} times as long as {quickest.way}; {at_most(times, RATIO_GOAL)}"
