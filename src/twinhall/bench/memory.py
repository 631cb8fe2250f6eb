"""How much memory processes hold, as Linux tells it under /proc."""

from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def resident(pid: int) -> int:
    """Bytes that a process holds in memory (VmRSS); 0 where that cannot be told."""
    try:
        status = (PROC / str(pid) / "status").read_text()
    except OSError:
        return 0
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(kilobytes[0]) * 1024 if kilobytes else 0


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for member in found:  # grows while it is read
        found += children(member)
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = (PROC / str(pid) / "task").glob("*/children")
    return [int(child) for path in lists for child in _read(path).split()]


def largest(pids: Iterable[int]) -> int:
    """The memory of the one that holds most, among these processes and what descends from them, in bytes."""
    return max((resident(member) for pid in pids for member in family(pid)), default=0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
