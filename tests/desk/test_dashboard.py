"""The workroom: what waits for a person, what changed, and the lists of their own."""

import datetime as dt

import pytest

from tests.desk.conftest import TODAY, Desk, address, of_record, waiting
from tests.factories.accounts import make_administrator, make_user
from tests.factories.evidence import make_accepted, make_statement
from tests.factories.findings import make_finding
from tests.factories.networks import make_application, make_membership, make_membership_act, make_network
from tests.factories.parties import (
    make_network_party,
    make_officer,
    make_own_page,
    make_own_words,
    make_party,
)
from tests.factories.partnerships import make_act
from tests.factories.readings import make_reading
from tests.factories.readings import tie as read_tie
from tests.web.reading import Page
from twinhall.desk.waiting import MOST
from twinhall.exchange.readings.accepting import reject_fact
from twinhall.networks.applying import lay_aside
from twinhall.networks.models import Application
from twinhall.parties.models import Name, Party, Role
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

EARLIER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BOXES = ("findings", "readings", "proposed", "disputed", "applications", "applicants", "unconfirmed", "near")


def boxes(person: Desk) -> list[str]:
    """Which sorts of things wait for a person."""
    shown = person.open(address("dashboard"))
    return [sort for sort in BOXES if shown.all("section", aria_labelledby=f"w-{sort}")]


def counted(shown: Page, sort: str) -> str:
    return shown.main.one("section", aria_labelledby=f"w-{sort}").one("span", class_="count").text


def test_who_acts_for_nobody_is_told_where_rights_come_from() -> None:
    person = Desk(make_user())
    shown = person.open(address("dashboard"))
    assert shown.heading == "Workroom"
    assert "You do not act for anybody yet." in shown.main.text
    assert "What waits for me" not in shown.main.text
    for room in ("parties", "partnerships", "findings"):
        person.open(address(room), 403)


def test_where_nothing_waits_it_says_so(kadri: Desk) -> None:
    assert boxes(kadri) == []
    shown = kadri.open(address("dashboard"))
    assert "Nothing waits for you." in shown.main.text
    assert "You act for Valga" in shown.main.text
    lists = shown.main.one("section", aria_labelledby="lists")
    assert [a.attributes["href"].partition("?")[2] for a in lists.all("a")] == [*["mine=on"] * 5, ""]


def test_a_word_on_ones_record_waits(kadri: Desk, liga: Desk, valga: Party) -> None:
    make_statement(subject=valga, field="population", stated=12182)
    assert (boxes(kadri), boxes(liga)) == (["proposed"], [])
    assert waiting(kadri, "proposed") == ["Valga Population: 12,182 · Partner cities"]


def test_words_that_contradict_each_other_wait(kadri: Desk, liga: Desk, valga: Party) -> None:
    for stated, source in (("EE", make_own_words(valga)), ("LV", make_own_page(make_party(name="Elva")))):
        make_accepted(subject=valga, field="country", stated=stated, source=source)
    assert (boxes(kadri), boxes(liga)) == (["disputed"], [])
    assert waiting(kadri, "disputed") == ["Valga Country: Estonia · Valga"]


def test_a_reported_error_waits(kadri: Desk, liga: Desk, valga: Party) -> None:
    make_finding(about=valga)
    assert (boxes(kadri), boxes(liga)) == (["findings"], [])
    box = kadri.open(address("dashboard")).main.one("section", aria_labelledby="w-findings")
    assert box.one("a", href=address("findings")).text == "1 reported error"


def test_facts_of_a_page_that_was_read_wait(kadri: Desk, liga: Desk, valga: Party) -> None:
    first = make_reading(read_tie(), party=valga, at=EARLIER)
    facts = [read_tie(), read_tie(b="Elva"), read_tie(b="Võru")]
    last = make_reading(*facts, party=valga, source=first.source, text="Read again.")
    assert (boxes(kadri), boxes(liga)) == (["readings"], [])
    shown = kadri.open(address("dashboard"))
    assert waiting(kadri, "readings") == ["Partners of Valga Valga · 3 facts to decide on"]
    assert counted(shown, "readings") == "3"
    box = shown.main.one("section", aria_labelledby="w-readings")
    assert box.one("ul").one("a").attributes["href"] == address("reading", last.pk)
    for fact in last.facts.all():
        reject_fact(fact, why="It is not so.", by=kadri.user)
    assert boxes(kadri) == []


def test_the_workroom_asks_as_many_questions_for_one_page_as_for_many(kadri: Desk, valga: Party) -> None:
    make_reading(read_tie(), party=valga)
    few = len(kadri.asks(address("dashboard")))
    for number in range(5):
        make_reading(read_tie(), read_tie(b="Elva"), party=valga, text=f"Page {number}.")
    assert len(kadri.asks(address("dashboard"))) == few


def test_an_application_waits_for_the_secretary(kadri: Desk, valga: Party) -> None:
    league = make_network(party=make_network_party(name="League"))
    secretary = Desk(make_officer(league.party, role=Role.SECRETARY))
    make_membership_act(membership=make_membership(network=league, party=valga), kind="applied", date="2026")
    assert boxes(secretary) == []  # the year has not ended, so it is not sure that it began
    make_membership_act(membership=make_membership(network=league), kind="applied", date="2026-11")
    assert waiting(secretary, "applicants") == ["Valga"]
    assert boxes(kadri) == []


def test_an_application_waits_to_be_looked_through(kadri: Desk) -> None:
    league, other = (make_network(party=make_network_party(name=name)) for name in ("League", "Union"))
    secretary = Desk(make_officer(league.party, role=Role.SECRETARY))
    make_application(network=other, town="Elva")
    application = make_application(network=league, town="Võru")
    assert waiting(secretary, "applications") == ["Võru received · League"]
    few = len(secretary.asks(address("dashboard")))
    for town in ("Tartu", "Narva"):
        make_application(network=league, town=town)
    late = Application.objects.exclude(pk=application.pk)
    late.filter(network=league).update(asked_at=EARLIER, missing="The decision of the council")
    shown = waiting(secretary, "applications")
    assert shown == [
        "Võru received · League",
        "Tartu something is missing · League",
        "Narva something is missing · League",
    ]
    assert len(secretary.asks(address("dashboard"))) == few
    assert boxes(kadri) == []
    lay_aside(application, why="Sent twice.", by=make_user())
    assert len(waiting(secretary, "applications")) == 2


@pytest.mark.parametrize(("kind", "waits"), [("signed", True), ("suspended", True), ("ended", False)])
def test_a_lasting_tie_waits_to_be_confirmed(
    kadri: Desk, tie: Partnership, kind: str, *, waits: bool
) -> None:
    make_act(partnership=tie, date="1994-02")
    make_act(partnership=tie, kind=kind, date="1998-02")
    assert waiting(kadri, "unconfirmed") == (["Valga – Valka"] if waits else [])


@pytest.mark.parametrize(
    ("signed", "until", "words"),
    [
        ("1994-02-03", "2027-11-30", ["its term ends", "30 November 2027"]),
        ("1994-02-03", "2027-12-02", []),
        ("1996-12-01", "", ["30 years", "1 December 2026"]),
        ("1997-11-30", "", ["30 years", "30 November 2027"]),
        ("1996-11-30", "", []),
        ("1992", "", ["35 years", "2027"]),
        ("1992-02-29", "", ["35 years", "28 February 2027"]),
        ("1995-05", "", []),
    ],
)
def test_days_that_are_near_wait(
    kadri: Desk, tie: Partnership, signed: str, until: str, words: list[str]
) -> None:
    make_act(partnership=tie, date=signed, valid_until=until)
    assert [[word for word in words if word in told] for told in waiting(kadri, "near")] == [words][
        : len(words)
    ]
    assert dt.date(2026, 12, 1) == TODAY


def test_of_each_sort_only_some_are_shown_and_all_are_counted(kadri: Desk, valga: Party) -> None:
    for number in range(MOST + 2):
        make_statement(subject=valga, field="population", stated=number)
    shown = kadri.open(address("dashboard"))
    assert (len(waiting(kadri, "proposed")), counted(shown, "proposed")) == (MOST, str(MOST + 2))


def test_what_changed_lately_is_told(kadri: Desk, liga: Desk, valga: Party) -> None:
    kadri.send(address("name-add", valga.slug), text="Walk", language="de")
    box = kadri.open(address("dashboard")).main.one("section", aria_labelledby="changed")
    assert box.one("a").attributes["href"] == of_record("history", Name.objects.get())
    assert box.items[0].startswith("Valga Name added · Kadri Kask")
    assert "Nothing yet." in liga.open(address("dashboard")).main.text


def test_who_runs_the_register_hears_of_everything(valga: Party) -> None:
    admin = Desk(make_administrator())
    make_statement(subject=valga, field="population", stated=12182)
    make_finding(about=valga)
    assert boxes(admin) == ["findings", "proposed"]
    shown = admin.open(address("dashboard"))
    assert shown.main.one("a", href=address("merges")).text == "Merges"


def test_an_editor_decides_on_nothing(valga: Party) -> None:
    make_statement(subject=valga, field="population", stated=12182)
    assert boxes(Desk(make_officer(valga, role=Role.EDITOR))) == []
