"""Accepting what a page states: who was shown is who is taken, and what is others' is left."""

import pytest

from tests.desk.conftest import Desk, address, filled, said, wrongs
from tests.desk.readpages import TEXT, VALKA, _few_towns, deed, indexed, officer, read, valga, valka
from tests.factories.networks import make_membership, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.readings import make_reading, membership, tie
from twinhall.exchange.models import ReadFact, Reading
from twinhall.finder.actions import index_records
from twinhall.finder.models import Entry
from twinhall.parties.models import Party
from twinhall.partnerships.models import ActKind, Partnership

__all__ = ["_few_towns", "officer", "valga", "valka"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "_few_towns")]

CHANGED = "The register has changed since you opened the page: look at who is meant."


@pytest.fixture
def reading(officer: Desk, valga: Party, valka: Party) -> Reading:
    """A page of which it is certain that it means Valka, with which Valga has signed."""
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    return make_reading(VALKA, party=valga, by=officer.user, text=TEXT)


def rename(valga: Party, valka: Party) -> Party:
    """Valka is Walk now, and another party that Valga has a tie with is called Valka."""
    valka.name = "Walk"
    valka.save(update_fields=["name"])
    Entry.objects.all().delete()
    index_records([valga, valka])
    other = indexed(make_party(name="Valka", country="LV"))
    make_act(partnership=make_partnership(parties=[valga, other]), kind=ActKind.SIGNED)
    return other


def sent_of_card(desk: Desk, reading: Reading) -> dict[str, list[str]]:
    """What a browser sends of the only card on the page of a reading."""
    [card] = desk.open(read(reading)).main.all("article")
    inputs = card.one("form").all("input")
    return {one.attributes["name"]: [one.attributes.get("value", "")] for one in inputs}


def test_who_was_shown_is_who_is_taken(officer: Desk, reading: Reading, valga: Party, valka: Party) -> None:
    shown = sent_of_card(officer, reading)
    other = rename(valga, valka)
    refused = officer.client.post(deed(reading, "accept"), shown)
    assert refused.status_code == 422
    assert ReadFact.objects.get().is_open
    again = officer.refused(deed(reading, "accept"), **{name: value[0] for name, value in shown.items()})
    assert wrongs(again) == [CHANGED]
    assert filled(again)["meant_b"] == [f"party:{other.pk}"]
    officer.send(deed(reading, "accept"), again)
    assert ReadFact.objects.get().choices["b"] == f"party:{other.pk}"


def test_a_card_without_who_was_shown_is_not_taken(officer: Desk, reading: Reading) -> None:
    assert officer.client.post(deed(reading, "accept"), {}).status_code == 422
    officer.client.post(deed(reading, "accept"), sent_of_card(officer, reading))
    assert ReadFact.objects.get().decision == "accepted"


def test_of_a_list_only_what_means_the_same_is_taken(
    officer: Desk, reading: Reading, valga: Party, valka: Party
) -> None:
    where = address("reading-agreeing", reading.pk)
    shown = officer.open(where)
    rename(valga, valka)
    told = said(officer.send(where, shown))
    assert told == ["0 facts accepted. 1 no longer reads as it was listed, and waits."]
    assert ReadFact.objects.get().is_open


def test_nobody_is_chosen_beforehand_where_it_is_in_doubt(officer: Desk, valga: Party, valka: Party) -> None:
    reading = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    [card] = officer.open(read(reading)).main.all("article")
    radios = [one for one in card.all("input") if one.attributes.get("type") == "radio"]
    assert [one.attributes["value"] for one in radios] == [f"party:{valka.pk}"]
    assert not any("checked" in one.attributes for one in radios)
    shown = officer.refused(deed(reading, "accept"))
    assert wrongs(shown) == ["Who is meant by “Valka”?: Choose who is meant."]
    assert not Partnership.objects.exists()


def test_what_adds_to_others_records_is_left_and_the_rest_accepted(
    officer: Desk, valga: Party, valka: Party
) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    association = make_network_party(name="City Twins Association")
    make_membership(party=valka, network=make_network(party=association))
    index_records([association])
    theirs = membership("Valka", "City Twins Association", since="2006", quote="An agreement", start=35)
    reading = make_reading(VALKA, theirs, party=valga, by=officer.user, text=TEXT)
    shown = officer.open(read(reading))
    assert [len(card.all("button")) for card in shown.main.all("article")] == [1, 0]
    assert "This adds an act to what others have with each other." in shown.main.text
    where = address("reading-agreeing", reading.pk)
    assert [card.one("h2").text for card in officer.open(where).main.all("article")] == [
        "1 Valga – Valka adds to it"
    ]
    assert said(officer.send(where)) == ["1 fact accepted."]
    assert [fact.decision for fact in reading.facts.all()] == ["accepted", "open"]


def test_what_is_new_among_others_is_not_theirs_to_add_to(officer: Desk, valga: Party, valka: Party) -> None:
    viljandi = indexed(make_party(name="Viljandi"))
    make_partnership(parties=[valka, viljandi])
    reading = make_reading(
        tie(a="Valka", b="Viljandi", since="1990", signed=True), party=valga, by=officer.user, text=TEXT
    )
    who = {"who_a": f"party:{valka.pk}", "who_b": f"party:{viljandi.pk}"}
    [told] = wrongs(officer.refused(deed(reading, "accept"), **who))
    assert told.startswith("This adds an act to what others have with each other.")
