import datetime as dt

import pytest
from hypothesis import given

from tests.core.strategies import DAYS, partial_dates
from twinhall.core.dates import NotADateError, PartialDate

DECEMBER = PartialDate(2006, 12)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1991", PartialDate(1991)),
        ("2013-06", PartialDate(2013, 6)),
        ("2006-12-13", PartialDate(2006, 12, 13)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        (" 1991\n", PartialDate(1991)),
    ],
)
def test_a_year_a_month_and_a_day_are_read(text: str, date: PartialDate) -> None:
    assert PartialDate.parse(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "91",
        "19911",
        "1991-",
        "1991-6",
        "1991-13",
        "1992-00",
        "1992-06-00",
        "1992-00-01",
        "2023-02-29",
        "1991-06-31",
        "0000",
        "13.12.2006",
        "2006/12/13",
        "2006-12-13T00:00",
        "۱۹۹۱",
        "about 1991",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotADateError):
        PartialDate.parse(text)


def test_a_refusal_says_what_to_write() -> None:
    with pytest.raises(NotADateError) as refusal:
        PartialDate.parse("13.12.2006")
    assert str(refusal.value) == "“13.12.2006” is not a date: write 1991, 2013-06 or 2006-12-13."


def test_a_day_needs_its_month() -> None:
    with pytest.raises(NotADateError) as refusal:
        PartialDate(1991, None, 3)
    assert str(refusal.value) == "A day needs its month."


@pytest.mark.parametrize(("year", "month", "day"), [(0, 1, 1), (10000, 1, 1), (1991, 0, 1), (1991, 1, 0)])
def test_a_date_that_does_not_exist_cannot_be_made(year: int, month: int, day: int) -> None:
    with pytest.raises(NotADateError):
        PartialDate(year, month, day)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PartialDate(1991), "1991"),
        (PartialDate(991), "0991"),
        (PartialDate(2013, 6), "2013-06"),
        (PartialDate(2006, 2, 3), "2006-02-03"),
    ],
)
def test_it_is_written_as_iso_8601_at_its_precision(date: PartialDate, text: str) -> None:
    assert str(date) == text


@pytest.mark.parametrize(
    ("date", "first", "last", "precision"),
    [
        (PartialDate(1992), dt.date(1992, 1, 1), dt.date(1992, 12, 31), 1),
        (PartialDate(2024, 2), dt.date(2024, 2, 1), dt.date(2024, 2, 29), 2),
        (PartialDate(2023, 2), dt.date(2023, 2, 1), dt.date(2023, 2, 28), 2),
        (PartialDate(2006, 12, 13), dt.date(2006, 12, 13), dt.date(2006, 12, 13), 3),
    ],
)
def test_it_spans_the_days_it_can_mean(
    date: PartialDate, first: dt.date, last: dt.date, precision: int
) -> None:
    assert (date.first_day, date.last_day, date.precision) == (first, last, precision)


def test_a_year_sorts_before_its_months_and_a_month_before_its_days() -> None:
    dates = [PartialDate(1991, 1), PartialDate(1991, 1, 1), PartialDate(1990, 12, 31), PartialDate(1991)]
    assert [str(date) for date in sorted(dates)] == ["1990-12-31", "1991", "1991-01", "1991-01-01"]


@pytest.mark.parametrize(
    ("date", "day", "begun"),
    [
        (PartialDate(1992), dt.date(1992, 12, 30), False),
        (PartialDate(1992), dt.date(1992, 12, 31), True),
        (PartialDate(2024, 2), dt.date(2024, 2, 28), False),
        (PartialDate(2024, 2), dt.date(2024, 2, 29), True),
        (PartialDate(2006, 12, 13), dt.date(2006, 12, 12), False),
        (PartialDate(2006, 12, 13), dt.date(2006, 12, 13), True),
    ],
)
def test_it_has_begun_when_its_last_possible_day_has_come(
    date: PartialDate,
    day: dt.date,
    begun: bool,  # noqa: FBT001 - the expected answer
) -> None:
    assert date.has_begun(day) is begun


@pytest.mark.parametrize(
    "other", [PartialDate(2006), DECEMBER, PartialDate(2006, 12, 1), PartialDate(2006, 12, 31)]
)
def test_a_coarser_date_agrees_with_a_finer_one_that_it_covers(other: PartialDate) -> None:
    assert DECEMBER.agrees_with(other)
    assert other.agrees_with(DECEMBER)


@pytest.mark.parametrize("other", [PartialDate(2007), PartialDate(2006, 11), PartialDate(2007, 1, 1)])
def test_dates_that_cannot_mean_one_day_do_not_agree(other: PartialDate) -> None:
    assert not DECEMBER.agrees_with(other)
    assert not other.agrees_with(DECEMBER)


@given(date=partial_dates())
def test_what_is_written_is_read_as_the_same_date(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@given(one=partial_dates(), other=partial_dates())
def test_order_is_that_of_the_iso_text_and_never_against_the_first_days(
    one: PartialDate, other: PartialDate
) -> None:
    assert (one < other) == (str(one) < str(other))
    assert (one < other) + (one == other) + (one > other) == 1
    if one < other:
        assert one.first_day <= other.first_day


@given(date=partial_dates(), day=DAYS)
def test_it_has_begun_exactly_when_none_of_its_days_lies_ahead(date: PartialDate, day: dt.date) -> None:
    assert date.has_begun(day) is (date.last_day <= day)
    assert date.first_day <= date.last_day


@given(one=partial_dates(first=2000, last=2002), other=partial_dates(first=2000, last=2002))
def test_of_two_dates_that_agree_the_finer_lies_within_the_coarser(
    one: PartialDate, other: PartialDate
) -> None:
    coarse, fine = sorted((one, other), key=lambda date: date.precision)
    within = coarse.first_day <= fine.first_day and fine.last_day <= coarse.last_day
    assert one.agrees_with(other) is within
