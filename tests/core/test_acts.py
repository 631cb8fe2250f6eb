import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import DAYS, partial_dates
from tests.factories.evidence import READ_ON, make_source
from twinhall.core.acts import begun, out_of_order
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source

AROUND_NEW_YEAR = st.dates(dt.date(1999, 12, 1), dt.date(2001, 2, 1))


def begun_on(day: dt.date) -> list[str]:
    """The dates of the sources that SQL finds to have begun on the day."""
    return [str(source.dated) for source in Source.objects.filter(begun("dated", day)).order_by("dated")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(1992, 11, 29), []),
        (dt.date(1992, 11, 30), ["1992-11"]),
        (dt.date(1992, 12, 30), ["1992-11"]),
        (dt.date(1992, 12, 31), ["1992", "1992-11", "1992-12-31"]),
        (dt.date(1993, 1, 1), ["1992", "1992-11", "1992-12-31", "1993-01-01"]),
        (dt.date(1993, 12, 31), ["1992", "1992-11", "1992-12-31", "1993", "1993-01-01"]),
    ],
)
def test_sql_finds_what_has_begun(day: dt.date, expected: list[str]) -> None:
    for date in ("1992", "1992-11", "1992-12-31", "1993", "1993-01-01"):
        make_source(dated=PartialDate.parse(date))
    assert begun_on(day) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("day", [dt.date.min, READ_ON, dt.date.max])
def test_what_has_no_date_has_not_begun_by_itself(day: dt.date) -> None:
    make_source(dated=None)
    assert begun_on(day) == []


@pytest.mark.django_db
def test_on_the_last_day_of_the_calendar_every_date_has_begun() -> None:
    make_source(dated=PartialDate(9999))
    assert begun_on(dt.date.max) == ["9999"]
    assert begun_on(dt.date.max - dt.timedelta(days=1)) == []


@pytest.mark.django_db
@given(
    dates=st.lists(partial_dates(first=1999, last=2001) | partial_dates(), unique=True, max_size=5),
    day=AROUND_NEW_YEAR | DAYS,
)
def test_sql_and_python_agree_on_what_has_begun(dates: list[PartialDate], day: dt.date) -> None:
    Source.objects.all().delete()
    Source.objects.bulk_create(
        Source(key=f"source-{n}", title="Partner cities", dated=date, read_on=READ_ON)
        for n, date in enumerate(dates)
    )
    assert begun_on(day) == sorted(str(date) for date in dates if date.has_begun(day))


@pytest.mark.parametrize(
    "dates",
    [
        [],
        [None, None],
        ["1991"],
        ["1991", "1991"],
        ["1991", None, "1992"],
        ["1992-06", "1992"],
        ["1992", "1992-06-01", "1992-06"],
    ],
)
def test_dates_that_can_follow_each_other_are_in_order(dates: list[str | None]) -> None:
    assert out_of_order(PartialDate.parse(date) if date else None for date in dates) is None


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        (["1992", "1991"], ("1992", "1991")),
        (["1992", None, "1991-12-31"], ("1992", "1991-12-31")),
        (["1991", "2006-12-13", "2006-12-12", "1990"], ("2006-12-13", "2006-12-12")),
        (["2006-12", "2006-11-30"], ("2006-12", "2006-11-30")),
    ],
)
def test_the_first_date_that_lies_before_the_one_ahead_of_it_is_found(
    dates: list[str | None], wrong: tuple[str, str]
) -> None:
    found = out_of_order(PartialDate.parse(date) if date else None for date in dates)
    assert found is not None
    assert (str(found[0]), str(found[1])) == wrong


@given(dates=st.lists(partial_dates()))
def test_sorted_dates_are_in_order(dates: list[PartialDate]) -> None:
    assert out_of_order(sorted(dates)) is None
