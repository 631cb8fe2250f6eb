"""Single values of Wikidata, as both of its formats write them: numbers of items, times, positions, amounts.

The formats are those of Wikibase's JSON (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html)
and of its RDF (https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format), as the service answers.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from functools import lru_cache
from typing import Any

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.exchange.wikidata.notes import Note

YEAR, MONTH, DAY = 9, 10, 11
"""Precisions of a time (https://www.wikidata.org/wiki/Help:Dates); less is coarser."""
JULIAN = "Q1985786"
EARTH = "Q2"
MOST_PEOPLE = 2**31 - 1

_ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]{0,11})", re.ASCII)
_TIME = re.compile(r"([+-]?)([0-9]{1,16})-([0-9]{2})-([0-9]{2})(?:T.*)?", re.ASCII)
_POINT = re.compile(r"(?:<[^>]*/(Q[0-9]+)> *)?point *\( *(\S+) +(\S+) *\)", re.ASCII | re.IGNORECASE)


class Rank(IntEnum):
    """How Wikidata ranks a statement beside the others on the same."""

    DEPRECATED = 0
    NORMAL = 1
    PREFERRED = 2


_RANKS = {"deprecated": Rank.DEPRECATED, "preferred": Rank.PREFERRED}


@dataclass(frozen=True, slots=True)
class Time:
    """A time that was read: a date, or none and why; a note may stand beside a date too."""

    date: PartialDate | None
    note: Note | None = None


def item(text: object) -> str:
    """The number of an item from its address or itself, "Q211"; empty for all else, as an unknown value."""
    match = _ITEM.fullmatch(text) if isinstance(text, str) else None
    return match[1] if match else ""


def order(number: str) -> int:
    """Items by age: "Q64" before "Q1055"."""
    return int(number[1:])


@lru_cache(maxsize=64)
def rank(text: str) -> Rank:
    """A rank as JSON ("preferred") or RDF (".../ontology#PreferredRank") writes it."""
    return _RANKS.get(text.rpartition("#")[2].removesuffix("Rank").lower(), Rank.NORMAL)


def time(text: str, precision: object, calendar: str = "", *, converted: bool = False) -> Time:
    """A time of Wikidata as a date, as exact as it is; coarser than a year or before the year 1 is none.

    The JSON writes Julian days as they were said; the service's RDF writes them in Gregorian days, which
    ``converted`` says. A Julian month or year is left as it is: it differs by thirteen days at most today.
    """
    return _time(text, str(precision), calendar, converted=converted)


@lru_cache(maxsize=1 << 14)
def _time(text: str, precision: str, calendar: str, *, converted: bool) -> Time:
    match, fine = _TIME.fullmatch(text.strip()), _whole(precision)
    if match is None or fine is None:
        return Time(None, Note.DATE_IMPOSSIBLE)
    if fine < YEAR:
        return Time(None, Note.DATE_TOO_COARSE)
    sign, year, month, day = match.groups()
    if sign == "-" or int(year) == 0:
        return Time(None, Note.DATE_BEFORE_CHRIST)
    parts = (int(year), int(month), int(day))
    return _dated(parts, min(fine, DAY), julian=item(calendar) == JULIAN, converted=converted)


def _dated(parts: tuple[int, int, int], fine: int, *, julian: bool, converted: bool) -> Time:
    year, month, day = parts
    note = Note.DATE_JULIAN if julian else None
    try:
        if fine == YEAR or month == 0:
            return Time(PartialDate(year), note)
        if fine == MONTH or day == 0:
            return Time(PartialDate(year, month), note)
        if julian and not converted:
            return Time(gregorian(year, month, day), note)
        return Time(PartialDate(year, month, day), note)
    except (NotADateError, OverflowError):
        return Time(None, Note.DATE_IMPOSSIBLE)


def gregorian(year: int, month: int, day: int) -> PartialDate:
    """A day of the Julian calendar in the Gregorian; NotADateError or OverflowError where there is none.

    By way of the number of days since the beginning of March of the Julian year 0 (Richards, "Mapping
    Time", 1998, chapter 25).
    """
    if not (1 <= month <= 12 and 1 <= day <= _julian_days(year, month)):  # noqa: PLR2004 - months
        raise NotADateError(f"{year}-{month}-{day} is no day of the Julian calendar.")
    before_march = month < 3  # noqa: PLR2004 - March, after the day that leap years add
    since, months = year - before_march, (month + 9) % 12
    days = 365 * since + since // 4 + (153 * months + 2) // 5 + day - 1
    # That 1 March is 28 February in the Gregorian calendar: 308 days before 1 January of the year 1.
    found = dt.date.fromordinal(days - 307)
    return PartialDate(found.year, found.month, found.day)


def _julian_days(year: int, month: int) -> int:
    if month == 2:  # noqa: PLR2004 - February
        return 29 if year % 4 == 0 else 28
    return 30 if month in {4, 6, 9, 11} else 31


def position(text: str) -> tuple[float, float] | None:
    """Latitude and longitude from "Point(24.1 56.95)", which has them the other way round; on Earth only."""
    match = _POINT.fullmatch(text.strip())
    if match is None or (match[1] or EARTH) != EARTH:
        return None
    return degrees(match[3], match[2])


def degrees(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Two numbers as a place on Earth; none where they are none."""
    try:
        north, east = float(str(latitude)), float(str(longitude))
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None  # noqa: PLR2004 - degrees


def people(amount: object) -> int | None:
    """A number of inhabitants from "+63477"; none where it is no whole number, or too many."""
    try:
        number = Decimal(str(amount))
    except InvalidOperation:
        return None
    if not number.is_finite() or number != number.to_integral_value() or not 0 <= number <= MOST_PEOPLE:
        return None
    return int(number)


def words(text: object) -> str:
    """A label in single spaces, composed (NFC); empty where it is no more than an item's number."""
    said = plain(text)
    return "" if item(said) else said


def plain(text: object) -> str:
    """A text in single spaces, composed; empty where it is none."""
    return unicodedata.normalize("NFC", " ".join(text.split())) if isinstance(text, str) else ""


def member(value: object, *names: str) -> Any:  # noqa: ANN401 - JSON
    """What stands in nested objects under these names; None where something on the way is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _whole(number: str) -> int | None:
    try:
        return int(number)
    except ValueError:
        return None
