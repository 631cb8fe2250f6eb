"""What an address asks, and how what cannot be is refused."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.factories.parties import make_party
from tests.web.conftest import TODAY
from twinhall.core.http import BadQuestionError
from twinhall.parties.models import Party
from twinhall.web.asking import address_of_page, asked_day, asked_page


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ({}, TODAY),
        ({"on": ""}, TODAY),
        ({"on": "  "}, TODAY),
        ({"on": "2010-01-31"}, dt.date(2010, 1, 31)),
        ({"on": " 2010-01-31 "}, dt.date(2010, 1, 31)),
    ],
)
def test_a_day_is_the_one_asked_for_else_the_present_one(
    rf: RequestFactory, asked: dict[str, str], day: dt.date
) -> None:
    assert asked_day(rf.get("/", asked)) == day


def test_the_present_day_is_that_of_the_sites_time_zone(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.undo()
    settings.TIME_ZONE = "Pacific/Kiritimati"  # type: ignore[attr-defined]
    east = asked_day(rf.get("/"))
    settings.TIME_ZONE = "Pacific/Pago_Pago"  # type: ignore[attr-defined]
    west = asked_day(rf.get("/"))
    assert (east - west).days in {1, 2}


def test_a_day_that_is_none_is_quoted_in_part(rf: RequestFactory) -> None:
    with translation.override("en"), pytest.raises(BadQuestionError) as refusal:
        asked_day(rf.get("/", {"on": "x" * 1000}))
    assert str(refusal.value) == (
        f"“{'x' * 40}” is not a day. Write it as year, month and day, such as 2010-01-31."
    )


@pytest.mark.django_db
def test_a_list_is_shown_page_by_page(rf: RequestFactory) -> None:
    for number in range(51):
        make_party(name=f"Town {number:02}")
    towns = Party.objects.order_by("name")
    first, second = (asked_page(rf.get("/", {"page": page}), towns) for page in "12")
    assert [len(first), len(second), str(second[0])] == [50, 1, "Town 50"]
    with translation.override("en"), pytest.raises(BadQuestionError) as refusal:
        asked_page(rf.get("/", {"page": "3"}), towns)
    assert str(refusal.value) == "There is no page “3”. Pages of this list go from 1 to 2."


def test_another_page_keeps_what_else_is_asked(rf: RequestFactory) -> None:
    href = address_of_page(rf.get("/", {"country": "EE", "page": "2", "on": "2010-01-01"}))
    assert href(3) == "?country=EE&page=3&on=2010-01-01"
