"""A town answers a call at the desk: it comes or does not, with people row by row."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.desk.conftest import Desk, address, filled, said, wrongs
from tests.factories.meetings import make_attendance, make_invitee, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_officer, make_party
from tests.web.test_pages import wrong_markup
from twinhall.finder.actions import index_all
from twinhall.meetings.models import Attendance, Meeting, Registration
from twinhall.networks.models import Network
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

DAY = dt.date(2026, 12, 20)
"""The desk’s tests are held on 1 December 2026."""


@pytest.fixture
def network(valga: Party) -> Network:
    """Valga is a member with a vote."""
    network = make_network(name="City Twins")
    membership = make_membership(network=network, party=valga, category="")
    make_membership_act(membership=membership, kind="admitted", date="2010", number=1)
    return network


@pytest.fixture
def meeting(network: Network, valga: Party) -> Meeting:
    """Called, with Valga among those who were; open for another nine days."""
    meeting = make_meeting(
        organiser=network.party,
        starts_on=DAY,
        ends_on=DAY,
        slug="board",
        called_at=timezone.now(),
        registration_until=dt.date(2026, 12, 10),
    )
    make_invitee(meeting, valga, email="office@valga.example")
    return meeting


@pytest.fixture
def secretary(network: Network) -> Desk:
    return Desk(make_officer(network.party, role=Role.SECRETARY))


def registered(meeting: Meeting) -> list[tuple[str, str, bool]]:
    found = Attendance.objects.filter(meeting=meeting).order_by("name")
    return list(found.values_list("name", "role", "has_vote"))


def names_in(sent: dict[str, list[str]]) -> list[str]:
    return [values[0] for name, values in sent.items() if name.startswith("name_")]


def test_a_town_says_who_comes_and_the_page_of_the_meeting_shows_it(kadri: Desk, meeting: Meeting) -> None:
    where = address("meeting-answer", "board", "valga")
    shown = kadri.open(where)
    assert wrong_markup(shown) == []
    page = kadri.send(
        where, is_coming="yes", name_0="Kadri Kask", office_0="Mayor", has_vote_0="on", note="By bus."
    )
    assert said(page) == ["The answer is kept. It can be changed here until registration closes."]
    assert registered(meeting) == [("Kadri Kask", "delegate", True)]
    assert "Kadri Kask, Mayor casts the vote" in page.main.text
    assert Registration.objects.get().note == "By bus."


def test_another_row_is_added_and_one_taken_off_without_losing_what_was_typed(
    kadri: Desk, meeting: Meeting
) -> None:
    where = address("meeting-answer", "board", "valga")
    more = kadri.client.post(where, {"is_coming": "yes", "name_0": "Kadri", "find": "more"})
    assert (more.status_code, Registration.objects.count()) == (200, 0)
    two = {"is_coming": "yes", "name_0": "Kadri", "name_1": "Mart", "name_2": "Ilze"}
    less = kadri.client.post(where, {**two, "find": "drop-1"})
    assert [b'value="Kadri"' in less.content, b"Mart" in less.content, b'value="Ilze"' in less.content] == [
        True,
        False,
        True,
    ]
    kadri.send(where, is_coming="yes", name_0="Kadri", name_2="Ilze", role_0="delegate", role_2="guest")
    assert registered(meeting) == [("Ilze", "guest", False), ("Kadri", "delegate", False)]


def test_what_was_answered_before_is_filled_in(kadri: Desk, meeting: Meeting, valga: Party) -> None:
    where = address("meeting-answer", "board", "valga")
    kadri.send(where, is_coming="yes", name_0="Kadri Kask", role_0="deputy", diet_0="no nuts")
    make_attendance(meeting, valga, name="Ilze", role="interpreter", languages=["et", "lv"])
    sent = filled(kadri.open(where))
    assert (sent["is_coming"], names_in(sent)) == (["yes"], ["Kadri Kask", "Ilze"])
    assert (sent["role_0"], sent["diet_0"], sent["languages_1"]) == (["deputy"], ["no nuts"], ["et", "lv"])
    kadri.send(where, is_coming="no")
    assert (registered(meeting), Registration.objects.get().is_coming) == ([], False)


def test_what_is_missing_is_said_beside_its_field(kadri: Desk, meeting: Meeting) -> None:  # noqa: ARG001
    where = address("meeting-answer", "board", "valga")
    assert wrongs(kadri.refused(where)) == ["Does the town take part?: Say whether the town takes part."]
    assert wrongs(kadri.refused(where, is_coming="yes")) == ["Name: Say who comes."]
    shown = kadri.refused(where, is_coming="yes", office_0="Mayor")
    assert wrongs(shown) == ["Name: Say who this is, or take the row off."]


def test_two_who_vote_are_refused_and_nothing_typed_is_lost(kadri: Desk, meeting: Meeting) -> None:
    where = address("meeting-answer", "board", "valga")
    two = {"name_0": "Kadri", "has_vote_0": "on", "name_1": "Mart", "has_vote_1": "on"}
    roles = {"role_0": "delegate", "role_1": "delegate"}
    shown = kadri.refused(where, is_coming="yes", **two, **roles)
    assert wrongs(shown) == ["One member has one vote: name one person who casts it."]
    assert (names_in(filled(shown)), registered(meeting)) == (["Kadri", "Mart"], [])


def test_a_town_without_a_vote_is_not_asked_for_one(meeting: Meeting, valka: Party, liga: Desk) -> None:
    make_invitee(meeting, valka, email="office@valka.example")
    shown = liga.open(address("meeting-answer", "board", "valka"))
    assert "casts the vote" not in shown.main.text


def test_after_the_deadline_only_the_organiser_answers(
    kadri: Desk, secretary: Desk, meeting: Meeting
) -> None:
    where = address("meeting-answer", "board", "valga")
    opened = kadri.open(where)
    Meeting.objects.filter(pk=meeting.pk).update(registration_until=dt.date(2026, 11, 30))
    closed = kadri.open(where).main
    assert "Write to the organiser if something has changed." in closed.text
    assert closed.all("form", class_="deed") == []
    refused = kadri.refused(where, opened, is_coming="yes", name_0="Kadri")
    assert wrongs(refused) == ["Registration is closed. Write to the organiser."]
    assert refused.main.one("input", name="name_0").attributes["value"] == "Kadri"
    secretary.send(where, is_coming="yes", name_0="Kadri")
    assert registered(meeting) == [("Kadri", "delegate", False)]


@pytest.mark.usefixtures("meeting")
def test_a_town_without_a_vote_is_told_so(secretary: Desk, kadri: Desk) -> None:
    without = "It has no vote at this meeting: it is not a member with a vote on that day."
    make_party(name="Tartu")
    assert without in secretary.open(address("meeting-answer", "board", "tartu")).main.text
    assert without not in kadri.open(address("meeting-answer", "board", "valga")).main.text


def test_nobody_answers_for_another_town_or_before_the_call(
    kadri: Desk, liga: Desk, meeting: Meeting
) -> None:
    where = address("meeting-answer", "board", "valga")
    liga.open(where, 403)
    kadri.open(address("meeting-answer", "board", "valka"), 403)
    Meeting.objects.filter(pk=meeting.pk).update(called_at=None)
    kadri.open(where, 403)


def test_the_organiser_registers_guests_of_a_town_that_was_not_called(
    secretary: Desk, meeting: Meeting
) -> None:
    tartu = make_party(name="Tartu")
    where = address("seat-add", "board")
    index_all()
    typed = {"party_q": "Tartu", "party": f"party:{tartu.pk}"}
    there = secretary.post(where, **typed).headers["Location"]
    assert there == address("meeting-answer", "board", tartu.slug)
    secretary.send(there, is_coming="yes", name_0="Prof. Tamm", role_0="speaker")
    assert registered(meeting) == [("Prof. Tamm", "speaker", False)]
