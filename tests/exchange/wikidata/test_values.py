"""Single values, as both formats of Wikidata write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.exchange.wikidata import values
from twinhall.exchange.wikidata.notes import Note
from twinhall.exchange.wikidata.values import Rank, Time

JULIAN = "http://www.wikidata.org/entity/Q1985786"
GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
SHIFT = dt.date(1582, 10, 15).toordinal()


@given(day=st.dates(), precision=st.integers(min_value=9, max_value=14), sign=st.sampled_from(["", "+"]))
def test_a_date_keeps_its_precision(day: dt.date, precision: int, sign: str) -> None:
    found = values.time(f"{sign}{day.isoformat()}T00:00:00Z", precision, GREGORIAN)
    parts = (day.year, day.month, day.day)[: min(precision, 11) - 8]
    assert found == Time(PartialDate(*parts))


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=8))
def test_a_decade_or_a_century_is_no_date(year: int, precision: int) -> None:
    assert values.time(f"+{year:04}-00-00T00:00:00Z", precision) == Time(None, Note.DATE_TOO_COARSE)


@given(st.integers(min_value=0, max_value=10**15), st.integers(min_value=9, max_value=11))
def test_nothing_is_dated_before_christ(year: int, precision: int) -> None:
    assert values.time(f"-{year:04}-01-01T00:00:00Z", precision).date is None


@given(st.text(), st.one_of(st.integers(), st.text(), st.none()), st.text())
def test_any_text_is_read_or_told_to_be_none(text: str, precision: object, calendar: str) -> None:
    found = values.time(text, precision, calendar)
    assert (found.date is None) == (found.note in {*Note} - {Note.DATE_JULIAN})


@given(st.dates(min_value=dt.date(2, 1, 1), max_value=dt.date(9998, 12, 31)))
def test_days_of_the_julian_calendar_follow_on_each_other(day: dt.date) -> None:
    """5 October 1582 was 15 October in the Gregorian; from there on, both count days one by one."""
    year, month, of_month = _julian(day)
    assert values.gregorian(year, month, of_month) == PartialDate(day.year, day.month, day.day)


def _julian(day: dt.date) -> tuple[int, int, int]:
    """A day's date in the Julian calendar, by adding up years of 365 and 366 days from 5 October 1582."""
    year, left = 1582, day.toordinal() - SHIFT + 277
    while left < 0 or left >= _length(year):
        if left < 0:
            step = max(1, -left // 367)
            left += sum(_length(year - back) for back in range(1, step + 1))
            year -= step
        else:
            left -= _length(year)
            year += 1
    for month, days in enumerate([31, 28 + (year % 4 == 0), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], start=1):
        if left < days:
            return year, month, left + 1
        left -= days
    raise AssertionError


def _length(year: int) -> int:
    return 366 if year % 4 == 0 else 365


@pytest.mark.parametrize(
    ("text", "precision", "converted", "date"),
    [
        ("+1917-10-25T00:00:00Z", 11, False, "1917-11-07"),
        ("+1900-02-29T00:00:00Z", 11, False, "1900-03-13"),
        ("1917-11-07T00:00:00Z", 11, True, "1917-11-07"),
        ("+1917-10-00T00:00:00Z", 10, False, "1917-10"),
        ("+1917-00-00T00:00:00Z", 9, False, "1917"),
    ],
)
def test_a_julian_day_is_converted_once(text: str, precision: int, date: str, *, converted: bool) -> None:
    found = values.time(text, precision, JULIAN, converted=converted)
    assert found == Time(PartialDate.parse(date), Note.DATE_JULIAN)


@pytest.mark.parametrize("day", [(1900, 2, 30), (1901, 2, 29), (1900, 13, 1), (1900, 0, 1), (1900, 4, 31)])
def test_a_day_that_the_julian_calendar_lacks(day: tuple[int, int, int]) -> None:
    with pytest.raises(NotADateError):
        values.gregorian(*day)


@pytest.mark.parametrize(
    ("text", "precision", "found"),
    [
        ("+1953-00-00T00:00:00Z", 11, Time(PartialDate(1953))),
        ("+1953-06-00T00:00:00Z", 11, Time(PartialDate(1953, 6))),
        ("+1953-02-30T00:00:00Z", 11, Time(None, Note.DATE_IMPOSSIBLE)),
        ("+1953-13-01T00:00:00Z", 10, Time(None, Note.DATE_IMPOSSIBLE)),
        ("+0000-01-01T00:00:00Z", 9, Time(None, Note.DATE_BEFORE_CHRIST)),
        ("+12000-01-01T00:00:00Z", 9, Time(None, Note.DATE_IMPOSSIBLE)),
        ("1995", "11", Time(None, Note.DATE_IMPOSSIBLE)),
        ("+1995-02-18T00:00:00Z", "11", Time(PartialDate(1995, 2, 18))),
    ],
)
def test_times_at_the_edge(text: str, precision: object, found: Time) -> None:
    assert values.time(text, precision, GREGORIAN) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Q211", "Q211"),
        ("http://www.wikidata.org/entity/Q211", "Q211"),
        ("https://www.wikidata.org/wiki/Q211", "Q211"),
        ("http://www.wikidata.org/.well-known/genid/t431453150", ""),
        ("_:t431453150", ""),
        ("http://www.wikidata.org/entity/P190", ""),
        ("Q0", ""),
        ("Riga", ""),
        (None, ""),
    ],
)
def test_numbers_of_items(text: str | None, number: str) -> None:
    assert values.item(text) == number


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Point(24.105 56.949)", (56.949, 24.105)),
        ("POINT(-70.5 -33.25)", (-33.25, -70.5)),
        ("<http://www.wikidata.org/entity/Q2> Point(1 2)", (2.0, 1.0)),
        ("<http://www.wikidata.org/entity/Q405> Point(1 2)", None),
        ("Point(200 10)", None),
        ("Point(10 91)", None),
        ("Point(nan 10)", None),
        ("Point(a b)", None),
        ("", None),
    ],
)
def test_positions(text: str, place: tuple[float, float] | None) -> None:
    assert values.position(text) == place


@pytest.mark.parametrize(
    ("amount", "people"),
    [("+63477", 63477), ("63477", 63477), (0, 0), ("+12.0", 12)]
    + [(bad, None) for bad in ("+12.5", "-1", "many", "", None, "NaN", "1e400", "+99999999999")],
)
def test_populations(amount: object, people: int | None) -> None:
    assert values.people(amount) == people


def test_ranks_of_both_formats() -> None:
    words = ["preferred", "http://wikiba.se/ontology#PreferredRank", "deprecated"]
    words += [
        "http://wikiba.se/ontology#DeprecatedRank",
        "normal",
        "http://wikiba.se/ontology#NormalRank",
        "",
    ]
    expected = [Rank.PREFERRED] * 2 + [Rank.DEPRECATED] * 2 + [Rank.NORMAL] * 3
    assert [values.rank(word) for word in words] == expected


@pytest.mark.parametrize(
    ("label", "words"),
    [(" Rīga\n ", "Rīga"), ("Ri\u0304ga", "Rīga"), ("Q211", ""), ("http://www.wikidata.org/entity/Q211", "")],
)
def test_a_bare_number_is_no_name(label: str, words: str) -> None:
    assert values.words(label) == words
