"""Dates as exact as they are known: a year, a month of a year, or a day.

A partial date is written as ISO 8601 does at reduced precision: ``1991``, ``2013-06``, ``2006-12-13``.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Self

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class NotADateError(ValueError):
    """The text is not a year, a month or a day that exists."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day. Ordered as its ISO text is: the year before its months."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise NotADateError("A day needs its month.")
        try:
            dt.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as error:
            raise NotADateError(f"{self} does not exist: {error}.") from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise NotADateError for anything else."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise NotADateError(f"“{text}” is not a date: write 1991, 2013-06 or 2006-12-13.")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)

    @property
    def first_day(self) -> dt.date:
        """The earliest day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The latest day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return 1 + (self.month is not None) + (self.day is not None)

    def has_begun(self, day: dt.date) -> bool:
        """Whether it has surely begun on the day: 1992 has begun on 31 December 1992."""
        return self.last_day <= day

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both can mean the same day: December 2006 agrees with 13 December 2006."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day
