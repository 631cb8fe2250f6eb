"""What the worker does for meetings once a day: letters on what is due, and diets forgotten."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core import mail
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import make_attendance, make_commitment, make_meeting
from tests.factories.parties import make_party
from twinhall.letters.models import Letter
from twinhall.meetings.models import Attendance, Commitment, MeetingLetter
from twinhall.meetings.tasks import remind_of_commitments, tidy
from twinhall.work.doing import work_off

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
    for words in ("Spring meeting of the board", "Send the budget", f"/desk/commitments/{commitment.pk}/"):
        assert words in message.body
    kept = MeetingLetter.objects.get()
    assert (kept.meeting, kept.party) == (commitment.meeting, commitment.party)


def test_the_letter_is_in_the_language_of_its_reader(commitment: Commitment) -> None:
    commitment.person = person = make_user()
    person.language = "lv"
    person.save()
    commitment.save()
    list(reminded(0))
    assert Letter.objects.get().language == "lv"
    assert "/lv/desk/commitments/" in mail.outbox[0].body


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


def test_what_people_eat_is_forgotten_a_week_after_the_meal(commitment: Commitment) -> None:
    meeting = commitment.meeting
    make_attendance(meeting, make_party(), diet="no nuts")
    tidy(meeting.ends_on + dt.timedelta(days=7))
    assert Attendance.objects.get().diet == "no nuts"
    tidy(meeting.ends_on + dt.timedelta(days=8))
    assert Attendance.objects.get().diet == ""
