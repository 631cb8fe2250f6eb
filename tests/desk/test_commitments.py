"""Commitments at the desk: taken on, found across meetings, done, dropped, opened again."""

import csv
import datetime as dt

import pytest
from django.utils import timezone

from tests.desk.conftest import TODAY, Desk, address, filled, pills, wrongs
from tests.factories.accounts import make_user
from tests.factories.meetings import make_commitment, make_item, make_meeting
from tests.factories.networks import make_network
from tests.factories.parties import make_network_party, make_officer
from tests.web.test_pages import wrong_markup
from twinhall.meetings.models import Commitment, Meeting, Minutes
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


def test_who_keeps_the_meeting_says_it_otherwise(mare: Desk, commitment: Commitment, valka: Party) -> None:
    league = commitment.meeting.organiser
    person = make_user(email="anna@arches.example")
    shown = mare.open(address("commitment", commitment.pk))
    assert "Change" in [a.text for a in shown.main.all("a", class_="button second")]
    shown = mare.send(
        address("commitment-change", commitment.pk),
        text="Send the plan",
        party=str(league.pk),
        due="2026-12-24",
        email="Anna@arches.example",
    )
    assert "Send the plan" in shown.main.text
    assert "24 December 2026" in shown.main.text
    kept = Commitment.objects.get()
    assert (kept.party, kept.person, kept.due) == (league, person, dt.date(2026, 12, 24))
    (line,) = shown.main.rows
    assert line[1:] == [
        "Mare Mets",
        (
            f"Commitment changed {valka}: Send the budget (Tuesday, 1 December 2026) → "
            f"{league}: Send the plan (Thursday, 24 December 2026)"
        ),
    ]
    assert wrong_markup(shown) == []


def test_another_address_is_no_longer_the_person_of_before(mare: Desk, commitment: Commitment) -> None:
    commitment.person, commitment.email = make_user(email="anna@valka.example"), "anna@valka.example"
    commitment.save()
    mare.send(address("commitment-change", commitment.pk), email="office@valka.example")
    kept = Commitment.objects.get()
    assert (kept.person, kept.email) == (None, "office@valka.example")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"text": ""}, "What is to be done: This field is required."),
        ({"party": ""}, "Which town or body takes it on: This field is required."),
        ({"due": "2026-03-01"}, "Due on: This is due before the meeting at which it was taken on."),
        ({"email": "anna"}, "E-mail address for the reminder: Enter a valid email address."),
    ],
)
def test_what_cannot_be_is_not_changed_to(
    mare: Desk, commitment: Commitment, typed: dict[str, str], wrong: str
) -> None:
    assert wrongs(mare.refused(address("commitment-change", commitment.pk), **typed)) == [wrong]
    assert Commitment.objects.get().due == TODAY


def test_a_town_that_left_the_table_keeps_what_it_took_on(mare: Desk, commitment: Commitment) -> None:
    Meeting.objects.update(host=None)
    mare.send(address("commitment-change", commitment.pk), text="Send the plan")
    kept = Commitment.objects.get()
    assert (kept.text, kept.party) == ("Send the plan", commitment.party)


def test_of_approved_minutes_whom_to_remind_alone_is_changed(mare: Desk, commitment: Commitment) -> None:
    meeting = commitment.meeting
    Minutes.objects.create(
        meeting=meeting,
        keeper=make_user(),
        approved_by=mare.user,
        approved_at=timezone.now(),
        approved_in=make_meeting(organiser=meeting.organiser),
    )
    shown = mare.open(address("commitment-change", commitment.pk))
    assert set(filled(shown)) == {"csrfmiddlewaretoken", "once", "email", "language"}
    mare.send(
        address("commitment-change", commitment.pk), shown, email="office@valka.example", due="2026-12-24"
    )
    kept = Commitment.objects.get()
    assert (kept.email, kept.due) == ("office@valka.example", TODAY)


def test_the_town_and_what_is_closed_are_not_offered_a_change(
    mare: Desk, liga: Desk, commitment: Commitment
) -> None:
    where, change = address("commitment", commitment.pk), address("commitment-change", commitment.pk)
    assert change not in [a.attributes["href"] for a in liga.open(where).main.all("a")]
    liga.open(change, 403)
    mare.send(address("commitment-done", commitment.pk))
    assert change not in [a.attributes["href"] for a in mare.open(where).main.all("a")]
    assert wrongs(mare.refused(change, text="Send the plan")) == [
        "This commitment is closed. Open it again before you change it."
    ]
