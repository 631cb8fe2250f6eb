"""Dates in running text, in all our languages, as exact as they are told.

Each is a year, a month of a year or a day. A number that only looks like a year is none: 1,980 inhabitants,
"since the 1990s", €2000. Months and the words inside a date ("de", "gada", "года") are data of the lexicon.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.reader.lexicon import Lexicon, plain
from twinhall.reader.tokens import FIRST_YEAR, LAST_YEAR, Token, is_postcode, is_telephone

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_DIGIT = re.compile(r"[0-9]")
_DECEMBER = 12
_LAST_DAY = 31  # of any month; whether this month has it, PartialDate knows
_MONTH_YEAR, _DAY_MONTH_YEAR = 2, 3  # how many numbers a date in figures has
_AND = 3  # letters of "and" or "to" between two days, at most
_REACH = 4  # tokens between the parts of a date, at most
_DASHES = frozenset("-–—")  # … of which these also part two dates
_BETWEEN = frozenset(".-/º°ª'’–")  # signs that may stand between the parts of a date


@dataclass(frozen=True, slots=True)
class Told:
    """A date that a text tells and where it stands; ``until`` where it is the end of a span ("2004–2006")."""

    start: int
    end: int
    date: PartialDate
    until: bool = False


def dates_in(text: str, lexicon: Lexicon, offset: int = 0) -> list[Told]:
    """The dates of a text in their order, none within another; places are counted from ``offset``."""
    if not _DIGIT.search(text):
        return []
    tokens = [
        Token(m.start() + offset, m.end() + offset, m.group(), plain(m.group(), lexicon.language))
        for m in _TOKEN.finditer(text)
    ]
    found: list[Told] = []
    index = 0
    while index < len(tokens):
        told, after = _at(tokens, index, lexicon)
        if told:
            found.append(told)
        index = after
    return _spans(found, text, offset)


def _at(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[Told | None, int]:
    """The date that begins at a token, and the token after it."""
    token = tokens[index]
    if token.number is None and lexicon.month(token.plain) is None:
        return None, index + 1
    if _joined(tokens, index - 1):
        return None, index + 1
    for reading in (_numeric, _day_first, _two_days, _year_first, _month_first, _year_only):
        last, date = reading(tokens, index, lexicon)
        if date is not None:
            return Told(token.start, tokens[last].end, date), last + 1
    return None, index + 1


def _joined(tokens: list[Token], index: int) -> bool:
    """Whether the token before a number belongs to it: a decimal point, thousands, a letter."""
    if index < 0 or index + 1 >= len(tokens):
        return False
    before, token = tokens[index], tokens[index + 1]
    if before.end != token.start:
        return False
    if before.text in ".,:/" and index and tokens[index - 1].end == before.start:
        return tokens[index - 1].number is not None and before.text != "/"
    return before.text.isalpha() and token.text.isdigit() and len(before.text) == 1


def _numeric(tokens: list[Token], index: int, _: Lexicon) -> tuple[int, PartialDate | None]:
    """13.12.2006, 13/12/2006, 14. 5. 1994, 2006-12-13; also 12/2006."""
    numbers, last = _dotted(tokens, index)
    if len(numbers) >= _DAY_MONTH_YEAR:
        first, second, third = numbers[:_DAY_MONTH_YEAR]
        if third.year and first.number and second.number and first.short and second.short:
            day, month = first.number, second.number
            if month > _DECEMBER >= day:
                day, month = month, day
            return last[2], _date(third.year, month, day)
        if first.year and second.short and third.short:
            return last[2], _date(first.year, second.number, third.number)
    if len(numbers) == _MONTH_YEAR and numbers[1].year and numbers[0].short and numbers[0].number:
        return last[1], _date(numbers[1].year, numbers[0].number)
    return index, None


def _dotted(tokens: list[Token], index: int) -> tuple[list[Token], list[int]]:
    """Numbers from a token on with one sign between them, and their indices."""
    numbers, places = [tokens[index]], [index]
    while len(numbers) < _DAY_MONTH_YEAR and places[-1] + 2 < len(tokens):
        sign, following = tokens[places[-1] + 1], tokens[places[-1] + 2]
        near = sign.start == tokens[places[-1]].end and following.start - sign.end <= 1
        if sign.text not in "./-" or following.number is None or not near:
            break
        if sign.text != "." and following.start != sign.end:
            break
        numbers.append(following)
        places.append(places[-1] + 2)
    return ([], []) if numbers[0].number is None else (numbers, places)


def _day_first(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, PartialDate | None]:
    """13 December 2006, 13.detsembril 2006, 9 de octubre de 1988, 25 мая 2022 года."""
    day = tokens[index].number
    if day is None or not 1 <= day <= _LAST_DAY or not tokens[index].short:
        return index, None
    at, month = _next_month(tokens, index, lexicon)
    if month is None:
        return index, None
    last, year = _next_year(tokens, at, lexicon)
    return (last, _date(year, month, day)) if year else (index, None)


def _two_days(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, PartialDate | None]:
    """The first of two days that go on: 5 and 6 May 2004, 13.–14. kesäkuuta 1964, 3-5 June 2011."""
    first = tokens[index].number
    if first is None or not 1 <= first <= _LAST_DAY or not tokens[index].short:
        return index, None
    for at in _reach(tokens, index):
        second = tokens[at].number
        if second is not None:
            last, date = _day_first(tokens, at, lexicon) if first < second else (index, None)
            return (last, _date(date.year, date.month, first)) if date and date.day else (index, None)
        if tokens[at].text not in _BETWEEN and not (
            tokens[at].text.isalpha() and len(tokens[at].text) <= _AND
        ):
            break
    return index, None


def _month_first(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, PartialDate | None]:
    """December 2006, December 13, 2006; mars i 2011 is none."""
    month = lexicon.month(tokens[index].plain)
    if month is None:
        return index, None
    at, day = _next_day(tokens, index, lexicon)
    if day is not None:
        last, year = _next_year(tokens, at, lexicon)
        if year:
            return last, _date(year, month, day)
    last, year = _next_year(tokens, index, lexicon)
    return (last, _date(year, month)) if year else (index, None)


def _year_first(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, PartialDate | None]:
    """2022. gada 22.jūlijā, 2022. augusztus 20., 2021 m. spalio 5 d., 2006. aasta detsembris."""
    year = tokens[index].year
    if year is None:
        return index, None
    at, day = _next_day(tokens, index, lexicon)
    if day is not None:
        last, month = _next_month(tokens, at, lexicon)
        if month:
            return last, _date(year, month, day)
    at, month = _next_month(tokens, index, lexicon)
    if month is None:
        return index, None
    last, day = _next_day(tokens, at, lexicon)
    after, another = _next_year(tokens, at, lexicon)
    if not day and another and not any(token.text in _DASHES for token in tokens[at + 1 : after]):
        return index, None
    return (last, _date(year, month, day)) if day else (at, _date(year, month))


def _year_only(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, PartialDate | None]:
    """2006; not the 1990s, 1,980 inhabitants or 2 000 km."""
    token = tokens[index]
    if token.year is None:
        return index, None
    following = [each for each in tokens[index + 1 : index + 4] if each.text not in _BETWEEN][:1]
    if following and (following[0].text in "€%$" or following[0].plain in lexicon.decades):
        return index, None
    before = tokens[index - 1] if index else None
    if before and before.text in "€$£+#" and before.end == token.start:
        return index, None
    if is_telephone(tokens, index) or is_postcode(tokens, index):
        return index, None
    return index, _date(token.year)


def _next_month(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int | None]:
    for at in _reach(tokens, index):
        month = lexicon.month(tokens[at].plain)
        if month is not None and tokens[at].plain not in lexicon.fillers:
            return at, month
        if not _is_filler(tokens[at], lexicon):
            break
    return index, None


def _next_year(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int | None]:
    for at in _reach(tokens, index):
        if tokens[at].year:
            return at, tokens[at].year
        if not _is_filler(tokens[at], lexicon) and tokens[at].text != ",":
            break
    return index, None


def _next_day(tokens: list[Token], index: int, lexicon: Lexicon) -> tuple[int, int | None]:
    for at in _reach(tokens, index):
        number = tokens[at].number
        if number is not None:
            return (at, number) if 1 <= number <= _LAST_DAY and tokens[at].short else (index, None)
        if not _is_filler(tokens[at], lexicon) and tokens[at].text != ",":
            break
    return index, None


def _reach(tokens: list[Token], index: int) -> range:
    return range(index + 1, min(index + 1 + _REACH, len(tokens)))


def _is_filler(token: Token, lexicon: Lexicon) -> bool:
    return token.text in _BETWEEN or token.plain in lexicon.fillers


def _date(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    try:
        return PartialDate(year, month, day) if year and FIRST_YEAR <= year <= LAST_YEAR else None
    except NotADateError:
        return None


def _spans(found: list[Told], text: str, offset: int) -> list[Told]:
    """The dates, with the second of two that a dash joins marked as an end."""
    marked = found[:1]
    for before, told in pairwise(found):
        between = text[before.end - offset : told.start - offset].strip()
        ends = between in {"-", "–", "—"} and before.date <= told.date and not marked[-1].until
        marked.append(Told(told.start, told.end, told.date, ends))
    return marked


def day_without_year(text: str, lexicon: Lexicon, before: PartialDate) -> PartialDate | None:
    """The first "18 August" of a text, in the last year in which it was not after ``before``."""
    tokens = [
        Token(m.start(), m.end(), m.group(), plain(m.group(), lexicon.language))
        for m in _TOKEN.finditer(text)
    ]
    for index, token in enumerate(tokens):
        month = lexicon.month(token.plain)
        if month is None:
            continue
        near = [each for each in tokens[max(0, index - 3) : index] if each.number][-1:] or [
            each for each in tokens[index + 1 : index + 3] if each.number
        ][:1]
        if near and near[0].number and near[0].number <= _LAST_DAY:
            told = _date(before.year, month, near[0].number)
            return told if told is None or told <= before else _date(before.year - 1, month, near[0].number)
    return None
