"""Commitments at the desk: taken on, found across meetings, done, dropped, opened again."""

import csv

import pytest

from tests.desk.conftest import TODAY, Desk, address, pills, wrongs
from tests.factories.accounts import make_user
from tests.factories.meetings import make_commitment, make_item, make_meeting
from tests.factories.networks import make_network
from tests.factories.parties import make_network_party, make_officer
from tests.web.test_pages import wrong_markup
from twinhall.meetings.models import Commitment, Meeting
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def meeting(valka: Party) -> Meeting:
    league = make_network(party=make_network_party(name="League of Arches"))
    return make_meeting(organiser=league.party, slug="spring", host=valka)


@pytest.fixture
def mare(meeting: Meeting) -> Desk:
    return Desk(make_officer(meeting.organiser, role=Role.SECRETARY, name="Mare Mets"))


@pytest.fixture
def commitment(meeting: Meeting, valka: Party) -> Commitment:
    return make_commitment(meeting, valka, due=TODAY)


def test_something_is_taken_on_under_an_item(mare: Desk, meeting: Meeting, valka: Party) -> None:
    item, person = make_item(meeting), make_user(email="anna@valka.example")
    where = address("commitment-add", "spring", item=str(item.pk))
    form = mare.open(where)
    offered = [option.text for option in form.main.one("select", name="party").all("option")]
    assert offered == ["choose", "League of Arches", "Valka"]
    shown = mare.send(
        where, form, text="Send the budget", party=str(valka.pk), due="2026-12-24", email="Anna@valka.example"
    )
    assert "Send the budget" in shown.main.text
    assert wrong_markup(shown) == []
    kept = Commitment.objects.get()
    assert (kept.item, kept.party, kept.person, kept.language) == (item, valka, person, "en")


def test_it_is_not_due_before_the_meeting(mare: Desk, valka: Party) -> None:
    where = address("commitment-add", "spring")
    shown = mare.refused(where, text="Send it", party=str(valka.pk), due="2026-03-01")
    assert wrongs(shown) == ["Due on: This is due before the meeting at which it was taken on."]


def test_the_list_is_across_meetings_and_narrowed(
    mare: Desk, liga: Desk, kadri: Desk, meeting: Meeting, valka: Party
) -> None:
    make_commitment(meeting, valka, text="Late", due=meeting.starts_on)
    make_commitment(make_meeting(), valka, text="Elsewhere", due=TODAY)
    make_commitment(meeting, meeting.organiser, text="Ours")
    shown = liga.open(address("commitments"))
    texts = [a.text for a in shown.main.one("tbody").all("a")]
    assert texts == ["Late", "Elsewhere"]
    assert pills(shown) == ["overdue", "open"]
    assert wrong_markup(shown) == []
    assert [a.text for a in mare.open(address("commitments")).main.one("tbody").all("a")] == ["Late", "Ours"]
    assert kadri.open(address("commitments")).main.all("tbody") == []
    overdue = mare.open(address("commitments", state="overdue"))
    assert [a.text for a in overdue.main.one("tbody").all("a")] == ["Late"]
    lines = list(
        csv.reader(mare.client.get(address("commitments-file", "csv")).getvalue().decode().splitlines())
    )
    assert [line[0] for line in lines[1:]] == ["Late", "Ours"]


def test_the_town_says_that_it_is_done(liga: Desk, commitment: Commitment) -> None:
    shown = liga.open(address("commitment", commitment.pk))
    assert pills(shown) == ["open"]
    assert wrong_markup(shown) == []
    shown = liga.send(address("commitment-done", commitment.pk), outcome="Sent on Monday.")
    assert pills(shown) == ["done"]
    assert "Sent on Monday." in shown.main.text
    shown = liga.send(address("commitment-reopen", commitment.pk))
    assert pills(shown) == ["open"]


def test_it_is_not_done_on_a_day_to_come(liga: Desk, commitment: Commitment) -> None:
    shown = liga.refused(address("commitment-done", commitment.pk), on="2026-12-02")
    assert wrongs(shown) == ["Done on: This day is yet to come."]
    shown = liga.refused(address("commitment-done", commitment.pk), on="2026-03-01")
    assert wrongs(shown) == ["Done on: This is before the meeting at which it was taken on."]


def test_who_drops_it_says_why(mare: Desk, commitment: Commitment) -> None:
    shown = mare.refused(address("commitment-drop", commitment.pk))
    assert wrongs(shown) == ["Why is it dropped?: Who drops a commitment says why."]
    shown = mare.send(address("commitment-drop", commitment.pk), outcome="No money.")
    assert pills(shown) == ["dropped"]


def test_another_town_sees_and_closes_nothing(kadri: Desk, commitment: Commitment) -> None:
    for name in ("commitment", "commitment-done", "commitment-drop", "commitment-reopen"):
        kadri.open(address(name, commitment.pk), 403)
