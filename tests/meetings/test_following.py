"""Commitments: what somebody took on lives until it is done, or dropped with a reason."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import DAY, make_commitment, make_item, make_meeting
from tests.factories.parties import make_affiliation, make_officer, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.meetings.actions.following import (
    change_commitment,
    close_commitment,
    commit,
    reopen_commitment,
)
from twinhall.meetings.models import Commitment, CommitmentState, Meeting, Minutes
from twinhall.meetings.queries import commitment_list
from twinhall.meetings.rules import commitments_seen_by
from twinhall.parties.models import Party
from twinhall.parties.rules import may

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 4, 1)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


@pytest.fixture
def valka() -> Party:
    return make_party(name="Valka", country="LV")


@pytest.fixture
def by() -> User:
    return make_user()


@pytest.fixture
def commitment(meeting: Meeting, valka: Party) -> Commitment:
    return make_commitment(meeting, valka, due=DUE)


def test_a_commitment_that_is_due_before_its_meeting_is_refused(
    meeting: Meeting, valka: Party, by: User
) -> None:
    with pytest.raises(ValidationError) as error:
        commit(meeting, party=valka, text="Send the budget", due=DAY - dt.timedelta(days=1), by=by)
    assert error.value.message_dict == {
        "due": ["This is due before the meeting at which it was taken on."],
    }
    assert commit(meeting, party=valka, text="Send the budget", due=DAY, by=by).due == DAY


def test_an_item_of_another_meeting_is_refused(meeting: Meeting, valka: Party, by: User) -> None:
    with pytest.raises(ValidationError, match="another meeting"):
        commit(meeting, party=valka, text="Send the budget", item=make_item(make_meeting()), by=by)


def test_a_commitment_says_what_is_to_be_done(meeting: Meeting, valka: Party, by: User) -> None:
    with pytest.raises(ValidationError):
        commit(meeting, party=valka, text="", by=by)


def test_it_is_open_then_overdue_then_done(commitment: Commitment, by: User) -> None:
    assert [commitment.state_on(day) for day in (DUE, DUE + WEEK)] == [
        CommitmentState.OPEN,
        CommitmentState.OVERDUE,
    ]
    close_commitment(commitment, on=DUE + WEEK, outcome="Sent.", by=by)
    assert commitment.state_on(DUE + WEEK) == CommitmentState.DONE


def test_what_is_closed_is_not_closed_again_but_can_be_opened(commitment: Commitment, by: User) -> None:
    with pytest.raises(ValidationError, match="is open"):
        reopen_commitment(commitment, by=by)
    close_commitment(commitment, on=DUE, by=by)
    with pytest.raises(ValidationError, match="closed already"):
        close_commitment(commitment, on=DUE, by=by)
    reopen_commitment(commitment, by=by)
    assert Commitment.objects.get().state_on(DUE) == CommitmentState.OPEN


def test_of_two_who_close_it_the_first_one_is_believed(commitment: Commitment, by: User) -> None:
    """Whoever has opened the page before writes nothing over what was said since."""
    opened, other = (Commitment.objects.get() for _number in range(2))
    close_commitment(commitment, on=DUE, outcome="Sent.", by=by)
    with pytest.raises(ValidationError, match="closed already"):
        close_commitment(opened, on=DUE, dropped=True, outcome="No money.", by=by)
    with pytest.raises(ValidationError, match="is closed"):
        change_commitment(other, by=by, text="Send the plan")
    kept = Commitment.objects.get()
    assert (kept.is_dropped, kept.outcome, kept.text) == (False, "Sent.", commitment.text)


def test_who_drops_it_says_why(commitment: Commitment, by: User) -> None:
    with pytest.raises(ValidationError) as error:
        close_commitment(commitment, on=DUE, dropped=True, by=by)
    assert error.value.messages == ["Who drops a commitment says why."]
    commitment.refresh_from_db()
    close_commitment(commitment, on=DUE, dropped=True, outcome="No money.", by=by)
    assert commitment.state_on(DUE) == CommitmentState.DROPPED


def test_nothing_is_done_before_it_was_taken_on(commitment: Commitment, by: User) -> None:
    with pytest.raises(ValidationError) as error:
        close_commitment(commitment, on=DAY - WEEK, by=by)
    assert error.value.message_dict == {"on": ["This is before the meeting at which it was taken on."]}


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("", ["late", "soon", "some day", "done", "dropped"]),
        ("open", ["soon", "some day"]),
        ("overdue", ["late"]),
        ("done", ["done"]),
        ("dropped", ["dropped"]),
    ],
)
def test_the_list_has_those_first_that_are_due_first(
    meeting: Meeting, valka: Party, state: str, found: list[str]
) -> None:
    closed = {"closed_on": DUE, "outcome": "So it was."}
    make_commitment(meeting, valka, text="some day")
    make_commitment(meeting, valka, text="soon", due=DUE + WEEK)
    make_commitment(meeting, valka, text="late", due=DUE - WEEK)
    make_commitment(meeting, valka, text="done", **closed)
    make_commitment(meeting, valka, text="dropped", is_dropped=True, **closed)
    assert [one.text for one in commitment_list(DUE, state=state)] == found


def test_it_is_seen_and_closed_by_those_whom_it_concerns(commitment: Commitment, valka: Party) -> None:
    people = {
        "organiser": make_officer(commitment.meeting.organiser),
        "town": make_officer(valka),
        "editor": make_user(),
        "person": make_user(),
        "elsewhere": make_officer(make_party(name="Narva")),
    }
    make_affiliation(user=people["editor"], party=valka, role="editor")
    commitment.person = people["person"]
    commitment.save()
    sees, closes = {}, {}
    for who, person in people.items():
        sees[who] = may(person, "meetings.see_commitment", commitment)
        closes[who] = may(person, "meetings.close_commitment", commitment)
        assert commitments_seen_by(person, Commitment.objects.all()).exists() == sees[who]
    assert [who for who in people if sees[who]] == ["organiser", "town", "editor", "person"]
    assert [who for who in people if closes[who]] == ["organiser", "town", "person"]


def test_what_was_taken_on_is_said_otherwise_and_its_history_is_kept(
    commitment: Commitment, by: User
) -> None:
    valga = make_party(name="Valga")
    told = {"text": "Send the plan", "party": valga, "due": DUE + WEEK, "email": "a@valga.example"}
    assert change_commitment(commitment, by=by, **told) == frozenset(told)
    kept = Commitment.objects.get()
    assert {name: getattr(kept, name) for name in told} == told
    line = LogEntry.objects.get(deed="commitment changed")
    assert (line.by, line.record_id) == (by, str(commitment.pk))
    assert line.label == (
        "Valka: Send the budget (Wednesday, 1 April 2026) → Valga: Send the plan (Wednesday, 8 April 2026)"
    )


def test_no_address_comes_into_the_log_and_what_is_the_same_leaves_no_line(
    commitment: Commitment, by: User
) -> None:
    change_commitment(commitment, by=by, email="anna@valka.example", name="Anna")
    assert LogEntry.objects.get().label == "Valka: Send the budget (Wednesday, 1 April 2026)"
    assert change_commitment(commitment, by=by, email="anna@valka.example") == frozenset()
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"text": ""}, {"text": ["This field cannot be blank."]}),
        (
            {"due": DAY - dt.timedelta(days=1)},
            {"due": ["This is due before the meeting at which it was taken on."]},
        ),
        ({"email": "nobody"}, {"email": ["Enter a valid email address."]}),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    commitment: Commitment, by: User, told: dict[str, object], said: dict[str, list[str]]
) -> None:
    with pytest.raises(ValidationError) as error:
        change_commitment(commitment, by=by, **told)
    assert error.value.message_dict == said
    kept = Commitment.objects.get()
    assert (kept.text, kept.due, kept.email) == ("Send the budget", DUE, "")


def test_an_item_of_another_meeting_is_not_changed_to(commitment: Commitment, by: User) -> None:
    with pytest.raises(ValidationError, match="another meeting"):
        change_commitment(commitment, by=by, item=make_item(make_meeting()))


def test_what_is_closed_is_opened_before_it_is_changed(commitment: Commitment, by: User) -> None:
    close_commitment(commitment, on=DUE, by=by)
    with pytest.raises(ValidationError, match="Open it again before"):
        change_commitment(commitment, by=by, due=DUE + WEEK)
    reopen_commitment(commitment, by=by)
    change_commitment(commitment, by=by, due=DUE + WEEK)
    assert Commitment.objects.get().due == DUE + WEEK


def test_of_what_stands_in_approved_minutes_whom_to_remind_alone_is_changed(
    commitment: Commitment, by: User
) -> None:
    meeting = commitment.meeting
    later = make_meeting(organiser=meeting.organiser)
    Minutes.objects.create(
        meeting=meeting, keeper=make_user(), approved_by=by, approved_at=timezone.now(), approved_in=later
    )
    for told in ({"due": DUE + WEEK}, {"text": "Send the plan"}, {"name": "Anna"}):
        with pytest.raises(ValidationError, match="what stands in them does not change any more"):
            change_commitment(Commitment.objects.get(), by=by, **told)
    change_commitment(commitment, by=by, email="anna@valka.example", due=DUE)
    assert Commitment.objects.get().email == "anna@valka.example"
