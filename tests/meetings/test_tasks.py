"""What the worker does for meetings once a day: letters on what is due, and diets forgotten."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import make_attendance, make_commitment, make_meeting
from tests.factories.parties import make_party
from tests.working import work_off
from twinhall.letters.models import Letter, State
from twinhall.meetings.actions.following import change_commitment
from twinhall.meetings.models import Attendance, Commitment, MeetingLetter, Volume
from twinhall.meetings.tasks import remind_of_commitments, tidy

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 4, 15)


def day(after: int) -> dt.date:
    """So many days after the day on which it is due."""
    return DUE + dt.timedelta(days=after)


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment(make_meeting(), make_party(name="Valka"), due=DUE, email="anna@valka.example")


def reminded(*days: int) -> Iterator[str]:
    """The subjects of the letters that go out on some days."""
    for after in days:
        mail.outbox.clear()
        remind_of_commitments(day(after))
        work_off()
        yield from (str(message.subject) for message in mail.outbox)


@pytest.mark.usefixtures("commitment")
def test_a_letter_goes_out_a_week_before_on_the_day_and_a_week_after() -> None:
    days = range(-10, 30)
    assert [after for after in days if list(reminded(after))] == [-7, 0, 7]


@pytest.mark.usefixtures("commitment")
def test_a_day_on_which_nobody_worked_is_made_good_and_no_letter_goes_out_twice() -> None:
    assert list(reminded(-5, -5, -4, 2, 3, 9)) == [
        "Due on Wednesday, 15 April 2026: Send the budget",
        "Overdue since Wednesday, 15 April 2026: Send the budget",
        "Overdue since Wednesday, 15 April 2026: Send the budget",
    ]


def test_the_letter_says_what_was_taken_on_where_and_where_to_answer(commitment: Commitment) -> None:
    list(reminded(0))
    (message,) = mail.outbox
    assert message.to == ["anna@valka.example"]
    assert "Spring meeting of the board" in message.body
    assert "Send the budget" in message.body
    kept = MeetingLetter.objects.get()
    assert (kept.meeting, kept.party) == (commitment.meeting, commitment.party)
    assert kept.letter.mailing.party == commitment.meeting.organiser


def test_the_letter_is_in_the_language_of_its_reader(commitment: Commitment) -> None:
    commitment.person = person = make_user()
    person.language = "lv"
    person.save()
    commitment.save()
    list(reminded(0))
    assert Letter.objects.get().language == "lv"
    assert "/lv/desk/commitments/" in mail.outbox[0].body


@pytest.mark.usefixtures("commitment")
def test_a_persons_own_language_goes_before_the_commitments() -> None:
    person = make_user()
    person.language = "lv"
    person.save()
    Commitment.objects.update(person=person, language="en")
    list(reminded(0))
    assert Letter.objects.get().language == "lv"


def test_who_has_no_account_is_asked_to_tell_the_organiser(commitment: Commitment) -> None:
    list(reminded(0))
    (message,) = mail.outbox
    assert f"Please tell {commitment.meeting.organiser.name} that it is done" in message.body
    assert "/desk/" not in message.body


@pytest.mark.usefixtures("commitment")
def test_a_closed_account_is_not_written_to() -> None:
    person = make_user()
    person.is_active = False
    person.save()
    Commitment.objects.update(person=person)
    list(reminded(0))
    assert mail.outbox[0].to == ["anna@valka.example"]
    Letter.objects.all().delete()
    Commitment.objects.update(email="")
    assert list(reminded(0)) == []


def test_one_that_cannot_be_written_to_keeps_no_other_from_its_reminder(
    commitment: Commitment, caplog: pytest.LogCaptureFixture
) -> None:
    make_commitment(commitment.meeting, commitment.party, due=DUE, email="other@valka.example", language="en")
    Commitment.objects.filter(pk=commitment.pk).update(language="tlh")
    assert len(list(reminded(0))) == 1
    assert mail.outbox[0].to == ["other@valka.example"]
    assert f"Commitment {commitment.pk} cannot be reminded of" in caplog.text


@pytest.mark.parametrize(
    "told",
    [
        {"closed_on": DUE},
        {"closed_on": DUE, "is_dropped": True, "outcome": "No money."},
        {"email": ""},
        {"due": None},
    ],
)
def test_nobody_is_reminded_of_what_is_closed_or_has_no_day_or_address(
    commitment: Commitment, told: dict[str, object]
) -> None:
    Commitment.objects.filter(pk=commitment.pk).update(**told)
    assert list(reminded(-7, 0, 7)) == []


def test_nobody_is_reminded_of_a_meeting_that_was_cancelled(commitment: Commitment) -> None:
    meeting = commitment.meeting
    meeting.cancelled_at, meeting.cancelled_why = timezone.now(), "Snow."
    meeting.save()
    assert list(reminded(-7, 0, 7)) == []


def test_another_day_is_reminded_of_anew(commitment: Commitment) -> None:
    assert len(list(reminded(0))) == 1
    Commitment.objects.filter(pk=commitment.pk).update(due=day(10))
    assert list(reminded(3)) == ["Due on Saturday, 25 April 2026: Send the budget"]


def test_a_day_that_is_moved_moves_the_reminders_that_were_not_sent(commitment: Commitment) -> None:
    assert len(list(reminded(-7))) == 1
    change_commitment(commitment, due=day(10), by=make_user())
    moved = {after: list(reminded(after)) for after in range(-6, 30)}
    assert {after: said for after, said in moved.items() if said} == {
        3: ["Due on Saturday, 25 April 2026: Send the budget"],
        10: ["Due on Saturday, 25 April 2026: Send the budget"],
        17: ["Overdue since Saturday, 25 April 2026: Send the budget"],
    }


def test_a_day_that_is_moved_to_and_fro_is_not_reminded_of_twice(commitment: Commitment) -> None:
    by = make_user()
    assert len(list(reminded(-7))) == 1
    for due in (day(10), DUE):
        change_commitment(commitment, due=due, by=by)
    assert [after for after in range(-6, 30) if list(reminded(after))] == [0, 7]


def test_a_reminder_of_the_old_day_that_waits_does_not_go_out(commitment: Commitment) -> None:
    by, other = (
        make_user(),
        make_commitment(commitment.meeting, commitment.party, due=DUE, email="b@b.example"),
    )
    remind_of_commitments(DUE)
    change_commitment(commitment, email="c@valka.example", by=by)
    assert Letter.objects.in_state(State.WAITING).count() == 2
    change_commitment(commitment, due=day(30), by=by)
    work_off()
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    assert Letter.objects.get(to="anna@valka.example").state == State.UNSENT


def test_a_volume_of_minutes_is_forgotten_a_week_after_it_was_asked_for() -> None:
    asked = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
    Volume.objects.create(key="x", title="Minutes", language="en", by=make_user(), asked_at=asked)
    tidy(dt.date(2026, 4, 8))
    assert Volume.objects.count() == 1
    tidy(dt.date(2026, 4, 9))
    assert Volume.objects.count() == 0


def test_what_people_eat_is_forgotten_a_week_after_the_meal(commitment: Commitment) -> None:
    meeting = commitment.meeting
    make_attendance(meeting, make_party(), diet="no nuts")
    tidy(meeting.ends_on + dt.timedelta(days=7))
    assert Attendance.objects.get().diet == "no nuts"
    tidy(meeting.ends_on + dt.timedelta(days=8))
    assert Attendance.objects.get().diet == ""
