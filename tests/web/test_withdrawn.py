"""Addresses of records that were merged lead on; those of records that were withdrawn say when and why."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.parties import make_name, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.projects import make_project
from tests.web.conftest import Read
from tests.web.test_pages import wrong_markup
from twinhall.core.records import Withdrawable
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

pytestmark = pytest.mark.django_db

Make = Callable[[], tuple[Withdrawable, str, str]]
DAY = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
WHY = "It was entered twice."


def withdrawn(record: Withdrawable, *, into: Withdrawable | None = None) -> None:
    record.withdrawn_at, record.withdrawn_why = DAY, WHY
    if isinstance(record, Party | Partnership):
        record.merged_into = into  # type: ignore[assignment]
    record.save()


def a_party() -> tuple[Withdrawable, str, str]:
    return make_party(name="Valga"), "parties/valga/", "Valga"


def a_partnership() -> tuple[Withdrawable, str, str]:
    return make_partnership(address="valga-valka"), "partnerships/valga-valka/", "Valga and Valka"


def a_project() -> tuple[Withdrawable, str, str]:
    return make_project(slug="green-border"), "projects/green-border/", "Green border"


KINDS = pytest.mark.parametrize("make", [a_party, a_partnership, a_project])


@KINDS
def test_a_withdrawn_record_says_when_and_why(visit: Read, make: Make) -> None:
    record, address, label = make()
    withdrawn(record)
    shown = visit(f"/en/{address}", answers=410)
    assert shown.heading == label
    assert shown.main.one("p", class_="lede").text == (
        "This record was withdrawn from the register on 3 November 2026."
    )
    assert shown.main.all("p")[1].text == f"The reason given: {WHY}"
    assert shown.one("meta", name="robots").attributes["content"] == "noindex"
    assert wrong_markup(shown) == []


@KINDS
def test_one_that_is_restored_has_its_page_again(visit: Read, make: Make) -> None:
    record, address, label = make()
    withdrawn(record)
    record.withdrawn_at, record.withdrawn_why = None, ""
    record.save()
    assert visit(f"/en/{address}").heading == label


@pytest.mark.parametrize("make", [a_party, a_partnership])
def test_a_merged_record_leads_to_the_one_that_was_kept(client: Client, make: Make) -> None:
    record, address, _label = make()
    kept = make_party(name="Walk") if isinstance(record, Party) else make_partnership(address="walk")
    withdrawn(record, into=kept)
    answer = client.get(f"/lv/{address}", {"on": "2010-01-01"})
    there = address.split("/")[0]
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/lv/{there}/walk/?on=2010-01-01")


def test_a_chain_of_merges_is_followed(client: Client) -> None:
    first, second, third = (make_party(name=name) for name in ("Valga", "Walk", "Valk"))
    withdrawn(first, into=second)
    withdrawn(second, into=third)
    assert client.get("/en/parties/valga/", follow=True).redirect_chain == [
        ("/en/parties/walk/", 301),
        ("/en/parties/valk/", 301),
    ]


def test_a_withdrawn_party_is_named_in_the_language_of_the_page(visit: Read) -> None:
    party = make_party(name="Valga", language="et")
    make_name(party=party, text="Валга", language="bg")
    withdrawn(party)
    assert visit("/bg/parties/valga/", answers=410).heading == "Валга"


def test_the_day_is_that_of_the_sites_time_zone(visit: Read) -> None:
    party = make_party(name="Valga")
    withdrawn(party)
    party.withdrawn_at = dt.datetime(2026, 11, 3, 23, tzinfo=dt.UTC)
    party.save()
    with timezone.override("Europe/Tallinn"):
        shown = visit("/en/parties/valga/", answers=410)
    assert shown.main.one("p", class_="lede").text.endswith("on 4 November 2026.")


@pytest.mark.parametrize("kind", ["parties", "partnerships", "projects"])
def test_what_never_was_is_not_found(visit: Read, kind: str) -> None:
    visit(f"/en/{kind}/atlantis/", answers=404)
