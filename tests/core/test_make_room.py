"""A new act goes where its date puts it, and no two acts of a tie ever have one number."""

from itertools import combinations

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.strategies import partial_dates
from tests.factories.partnerships import make_act, make_partnership
from twinhall.core.acts import make_room
from twinhall.core.dates import PartialDate
from twinhall.partnerships.models import Act, ActKind, Partnership

pytestmark = pytest.mark.django_db

DATES = st.none() | partial_dates(first=1999, last=2001)


def acts_of(tie: Partnership) -> list[Act]:
    return list(Act.every.filter(partnership=tie).order_by("number"))


def placed(tie: Partnership, date: PartialDate | None) -> Act:
    """An act put where there is room for it."""
    number = make_room(Act.every.filter(partnership=tie), date)
    return make_act(partnership=tie, number=number, date=str(date or ""))


def a_tie_with(*dates: str) -> Partnership:
    tie = make_partnership()
    for number, date in enumerate(dates, start=1):
        make_act(partnership=tie, number=number, date=date)
    return tie


@pytest.mark.parametrize(
    ("dates", "new", "number"),
    [
        ((), "1991", 1),
        (("1991",), "", 2),
        (("1991",), "2001", 2),
        (("1991",), "1990", 1),
        (("1991", "2001"), "1995", 2),
        (("1991", "2001"), "1991-05", 2),
        (("1991-06-01",), "1991", 2),
        (("1991-06-01",), "1991-05", 1),
        (("1991", "", "2001"), "1995", 3),
        (("", "2001"), "1995", 2),
        (("", ""), "1995", 3),
        (("1991", "2001", "2001"), "2000-12-31", 2),
        (("1991", "2001", "2001"), "2001", 4),
    ],
)
def test_an_act_stands_before_the_first_that_surely_begins_after_it(
    dates: tuple[str, ...], new: str, number: int
) -> None:
    tie = a_tie_with(*dates)
    date = PartialDate.parse(new) if new else None
    assert make_room(Act.every.filter(partnership=tie), date) == number


def test_those_that_begin_later_move_up_by_one_and_the_others_stay() -> None:
    tie = a_tie_with("1991", "2001", "", "2011")
    first, *later = acts_of(tie)
    new = placed(tie, PartialDate(1995))
    assert [(act.pk, act.number) for act in acts_of(tie)] == [
        (first.pk, 1),
        (new.pk, 2),
        *((act.pk, number) for number, act in enumerate(later, start=3)),
    ]


def test_where_nothing_begins_later_no_number_changes() -> None:
    tie = make_partnership()
    make_act(partnership=tie, number=7, date="1991")
    assert placed(tie, PartialDate(1995)).number == 8
    assert placed(tie, None).number == 9
    assert [act.number for act in acts_of(tie)] == [7, 8, 9]


def test_a_free_number_is_not_filled() -> None:
    tie = make_partnership()
    make_act(partnership=tie, number=3, date="1991")
    make_act(partnership=tie, number=9, date="2001")
    assert placed(tie, PartialDate(1995)).number == 9
    assert [act.number for act in acts_of(tie)] == [3, 9, 10]


def test_the_acts_of_other_ties_keep_their_numbers() -> None:
    tie, other = a_tie_with("2001"), a_tie_with("2001", "2011")
    placed(tie, PartialDate(1991))
    assert [act.number for act in acts_of(other)] == [1, 2]


def test_what_was_taken_back_keeps_its_place_among_the_others() -> None:
    tie = a_tie_with("1991")
    gone = make_act(partnership=tie, date="2001", withdrawn_at=timezone.now(), withdrawn_why="A slip.")
    assert placed(tie, PartialDate(1995)).number == 2
    gone.refresh_from_db()
    assert gone.number == 3
    assert placed(tie, None).number == 4


@settings(max_examples=60)
@given(
    kept=st.lists(
        st.tuples(st.integers(1, 30), DATES, st.booleans()), unique_by=lambda act: act[0], max_size=6
    ),
    dates=st.lists(DATES, min_size=1, max_size=4),
)
def test_numbers_stay_unique_and_no_act_passes_another(
    kept: list[tuple[int, PartialDate | None, bool]], dates: list[PartialDate | None]
) -> None:
    tie = make_partnership()
    for number, date, taken_back in kept:
        make_act(
            partnership=tie,
            number=number,
            date=str(date or ""),
            withdrawn_at=timezone.now() if taken_back else None,
            withdrawn_why="A slip." if taken_back else "",
        )
    for date in dates:
        before = acts_of(tie)
        new = placed(tie, date)
        after = acts_of(tie)
        assert [act.pk for act in after if act.pk != new.pk] == [act.pk for act in before]
        assert len({act.number for act in after}) == len(before) + 1
        assert all(act.number >= 1 for act in after)


@settings(max_examples=60)
@given(dates=st.lists(DATES, max_size=7))
def test_acts_entered_in_any_order_stand_in_that_of_their_dates(dates: list[PartialDate | None]) -> None:
    tie = make_partnership()
    for date in dates:
        placed(tie, date)
    kept = acts_of(tie)
    assert [act.number for act in kept] == list(range(1, len(dates) + 1))
    told = [act.date for act in kept if act.date is not None]
    assert [f"{a} before {b}" for a, b in combinations(told, 2) if b.last_day < a.first_day] == []


@settings(max_examples=40)
@given(dates=st.lists(st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)), max_size=7))
def test_days_stand_in_the_order_of_the_calendar(dates: list[PartialDate]) -> None:
    tie = make_partnership()
    for date in dates:
        placed(tie, date)
    assert [act.date for act in acts_of(tie)] == sorted(dates)


def test_an_act_says_its_kind_in_words() -> None:
    assert make_act(kind=ActKind.SIGNED).deed == "agreement signed"
    assert Act(kind="kissed").deed == "kissed"
