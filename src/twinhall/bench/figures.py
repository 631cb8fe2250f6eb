"""What was measured, in figures, and how it stands to a goal. Nothing here measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


class BenchError(Exception):
    """Something could not be measured; says why, and what to do."""


@dataclass(frozen=True)
class Timed:
    """How long answers took (milliseconds each), in how many seconds, and how many bytes they had."""

    times: Sequence[float] = ()
    seconds: float = 0.0
    size: int = 0

    def __add__(self, other: "Timed") -> "Timed":
        return Timed([*self.times, *other.times], self.seconds + other.seconds, self.size + other.size)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    @property
    def mean_size(self) -> float:
        """Bytes of an answer, on average."""
        return self.size / len(self.times) if self.times else 0.0

    def within(self, share: float) -> float:
        """The milliseconds within which this share of the answers came, from 0 to 1: 0.95 for 95 of 100."""
        if not self.times:
            return math.nan
        return sorted(self.times)[max(math.ceil(share * len(self.times)), 1) - 1]


def at_least(value: float, goal: float) -> str:
    """How a value stands to a goal that it should reach."""
    if value >= goal:
        return f"goal {goal:.1f}: reached"
    return f"goal {goal:.1f}: missed by {goal - value:.2f}"


def at_most(value: float, goal: float, unit: str = "") -> str:
    """How a value stands to a goal that it should not pass."""
    named = f"goal {goal:,.0f}{unit}"
    return f"{named}: reached" if value <= goal else f"{named}: missed by {value - goal:,.1f}{unit}"


def told(name: str, timed: Timed) -> str:
    """A line of a table: what was asked, answers a second, milliseconds, kilobytes."""
    return (
        f"  {name:<44} {timed.rate:>8,.0f}/s  p50 {timed.within(0.5):>8,.1f} ms  "
        f"p95 {timed.within(0.95):>8,.1f} ms  {timed.mean_size / 1000:>6,.1f} kB"
    )
