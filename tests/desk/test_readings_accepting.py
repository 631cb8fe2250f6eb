"""Accepting what a page states: who was shown is who is taken, and what is others' is left."""

import pytest

from tests.desk.conftest import Desk, address, filled, said, wrongs
from tests.desk.readpages import TEXT, VALKA, _few_towns, deed, indexed, officer, read, valga, valka
from tests.factories.networks import make_membership, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.readings import make_reading, membership, named, tie
from tests.web.reading import Page, page
from twinhall.exchange.models import ReadFact, Reading
from twinhall.finder.actions import index_records
from twinhall.finder.models import Entry
from twinhall.networks.models import Membership, MembershipActKind
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


# Correcting ------------------------------------------------------------------------------------------


def offered(shown: Page) -> dict[str, bool]:
    """The parties that a form offers for the other end, and whether each is marked."""
    radios = [one for one in shown.main.all("input", name="who_b") if one.attributes.get("type") == "radio"]
    return {one.attributes["value"]: "checked" in one.attributes for one in radios}


def test_correcting_offers_whom_the_card_offers_and_chooses_nobody(
    officer: Desk, valga: Party, valka: Party
) -> None:
    namesake = indexed(make_party(name="Valka", country="LV"))
    walk = indexed(make_party(name="Walk", country="LV"))
    reading = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    where = deed(reading, "correct")
    opened = officer.open(where)
    assert offered(opened) == {f"party:{valka.pk}": False, f"party:{namesake.pk}": False}
    assert wrongs(officer.refused(where, opened)) == ["Who is meant by “Valka”?: Choose which one you mean."]
    assert not Partnership.objects.exists()
    searched = page(officer.post(where, opened, who_b_q="Walk", find="who_b"), 200)
    assert offered(searched) == {f"party:{walk.pk}": True}
    officer.send(where, searched)
    assert Partnership.objects.get().signatories.filter(party=walk).exists()


def test_the_only_one_who_could_be_meant_is_not_chosen_either(
    officer: Desk, valga: Party, valka: Party
) -> None:
    reading = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    assert offered(officer.open(deed(reading, "correct"))) == {f"party:{valka.pk}": False}


def test_who_is_meant_for_certain_can_be_corrected(officer: Desk, reading: Reading, valka: Party) -> None:
    other = indexed(make_party(name="Walk", country="LV"))
    opened = officer.open(deed(reading, "correct"))
    assert offered(opened) == {f"party:{valka.pk}": True}
    officer.send(deed(reading, "correct"), opened, who_b_q="Walk", who_b=f"party:{other.pk}")
    assert ReadFact.objects.get().choices["b"] == f"party:{other.pk}"


def acts(tie: Partnership) -> list[tuple[str, str]]:
    return [(act.kind, str(act.date or "")) for act in tie.acts.order_by("number")]


@pytest.mark.parametrize(("until", "status"), [("", "ended"), ("2011", "ended"), ("2011", "")])
def test_an_end_that_is_none_is_corrected_away(
    officer: Desk, valga: Party, valka: Party, until: str, status: str
) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    fact = tie(b=named("Valka", country="LV"), until=until, status=status)
    reading = make_reading(fact, party=valga, by=officer.user, text=TEXT)
    opened = officer.open(deed(reading, "correct"))
    assert filled(opened)["status"] == ["ended"]
    assert len(wrongs(officer.refused(deed(reading, "correct"), opened, status=""))) == 1
    officer.send(deed(reading, "correct"), opened, status="", why="It goes on.")
    assert [kind for kind, _date in acts(Partnership.objects.get())] == [ActKind.SIGNED]
    assert ReadFact.objects.get().decision == "corrected"


def test_a_member_that_has_not_left_is_corrected(officer: Desk, valga: Party) -> None:
    association = indexed(make_network_party(name="City Twins Association"))
    make_membership(party=valga, network=make_network(party=association))
    fact = membership("Valga", "City Twins Association", since="2006", until="2011")
    reading = make_reading(fact, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(reading, "correct"), until="", why="It goes on.")
    assert [act.kind for act in Membership.objects.get().acts.all()] == [MembershipActKind.ADMITTED]


def test_the_date_of_an_end_is_corrected(officer: Desk, valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    fact = tie(b=named("Valka", country="LV"), until="2011")
    reading = make_reading(fact, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(reading, "correct"), until="2012", why="The decision says so.")
    assert acts(Partnership.objects.get())[-1] == (ActKind.ENDED, "2012")
    officer.open(read(reading))
