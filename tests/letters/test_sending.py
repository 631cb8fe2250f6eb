"""Letters and a real mail server: one that takes them, one that refuses, one that breaks off, and none."""

import datetime as dt
from email.message import EmailMessage

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.factories.letters import CALENDAR, make_letter
from tests.letters.smtp import MailServer
from tests.working import work_off
from twinhall.letters.actions import Enclosed
from twinhall.letters.models import Kind, Letter, State, Unsent
from twinhall.letters.sending import send
from twinhall.letters.tasks import forget_old, look_after

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


def after(letter: Letter) -> Letter:
    """The letter when all tasks that were due are done."""
    work_off()
    letter.refresh_from_db()
    return letter


def waits(letter: Letter) -> int:
    """In how many minutes the letter is tried again."""
    assert letter.next_try_at
    return round((letter.next_try_at - timezone.now()).total_seconds() / 60)


def let_time_pass(letter: Letter) -> None:
    """The time of the next attempt has come."""
    past = timezone.now() - dt.timedelta(seconds=1)
    Letter.objects.filter(pk=letter.pk).update(next_try_at=past)
    DBTaskResult.objects.filter(status="READY").update(run_after=past)


def test_a_letter_has_its_headers(server: MailServer) -> None:
    letter = after(make_letter(key="meeting-12/reminder/3", kind=Kind.REMINDER))
    (mail,) = server.received
    address = str(mail["List-Unsubscribe"]).strip(" <>")
    assert letter.state == State.SENT
    names = ("Message-ID", "Content-Language", "Auto-Submitted", "From", "To", "List-Unsubscribe-Post")
    assert {name: str(mail[name]) for name in names} == {
        "Message-ID": "<meeting-12/reminder/3@twinhall.example>",
        "Content-Language": "et",
        "Auto-Submitted": "auto-generated",
        "From": "Hall <hall@twinhall.example>",
        "To": "kadri@valga.example",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert address.startswith(f"https://hall.example/et/letters/unsubscribe/{letter.pk}.")
    assert text(mail).startswith("Tänan!\n\n-- \n")
    assert text(mail).endswith(f"{address}\n")


def text(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


def test_a_duty_has_no_way_to_unsubscribe(server: MailServer) -> None:
    make_letter(duty=True)
    work_off()
    (mail,) = server.received
    assert (mail["List-Unsubscribe"], text(mail)) == (None, "Tänan!\n")


def test_an_enclosed_calendar_comes_with_its_method(server: MailServer) -> None:
    make_letter(duty=True, enclosed=(Enclosed("meeting.ics", "text/calendar", CALENDAR),))
    work_off()
    (calendar,) = server.received[0].iter_attachments()
    params = calendar["Content-Type"].params
    assert (calendar.get_filename(), params["method"], params["charset"]) == (
        "meeting.ics",
        "REQUEST",
        "utf-8",
    )
    assert "METHOD:REQUEST" in calendar.get_content()


def test_a_letter_is_tried_five_times_where_the_server_is_away(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nothing listens
    letter = after(make_letter())
    told = []
    while letter.state == State.WAITING:
        told.append(waits(letter))
        let_time_pass(letter)
        letter = after(letter)
    assert (told, letter.tries, letter.state) == ([1, 5, 30, 30], 5, State.REFUSED)
    assert "refused" in letter.said
    assert DBTaskResult.objects.ready().count() == 0


def test_before_its_time_a_letter_is_not_tried_again(server: MailServer) -> None:
    server.says = {"RCPT": "451 4.7.1 Greylisted, come back later"}
    letter = after(make_letter())
    again = send(letter.pk, task="another task")
    assert (again, letter.said) == (letter.next_try_at, "451 4.7.1 Greylisted, come back later")
    server.says = {}
    let_time_pass(letter)
    assert (after(letter).state, len(server.received)) == (State.SENT, 1)


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"RCPT": "550 5.1.1 No such mailbox"}, "550 5.1.1 No such mailbox"),
        ({"MAIL": "553 5.7.1 Not from here"}, "553 5.7.1 Not from here"),
        ({"DATA": "554 5.7.1 Looks like spam"}, "554 5.7.1 Looks like spam"),
    ],
)
def test_what_is_refused_for_good_is_shown_and_not_tried_again(
    server: MailServer, says: dict[str, str], said: str
) -> None:
    server.says = says
    letter = after(make_letter())
    assert (letter.state, letter.said, letter.tries) == (State.REFUSED, said, 1)
    assert (DBTaskResult.objects.ready().count(), server.answered) == (0, [])


def test_a_server_that_takes_nothing_now_is_tried_again(server: MailServer) -> None:
    server.says = {"HELLO": "554 5.3.2 Down for repairs"}
    assert waits(after(make_letter())) == 1


def test_a_line_that_breaks_before_the_answer_leaves_the_letter_in_doubt(server: MailServer) -> None:
    server.breaks_off = True
    letter = after(make_letter())
    server.breaks_off = False
    assert (letter.state, after(letter).state, len(server.received)) == (State.IN_DOUBT, State.IN_DOUBT, 1)
    assert letter.said


def test_a_claim_that_a_dead_worker_left_is_in_doubt(server: MailServer) -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(claimed_at=timezone.now(), claimed_by="its task")
    assert send(letter.pk, task="another task") is None
    letter.refresh_from_db()
    assert letter.state == State.CLAIMED
    assert send(letter.pk, task="its task") is None
    letter.refresh_from_db()
    assert (letter.state, server.received) == (State.IN_DOUBT, [])


def test_a_letter_that_was_sent_is_not_sent_again_by_the_same_task(server: MailServer) -> None:
    letter = make_letter()
    for _ in range(2):
        send(letter.pk, task="its task")
    assert len(server.received) == 1


# Daily deeds ------------------------------------------------------------------------------------------


def test_letters_that_no_task_has_in_mind_are_seen_to(server: MailServer) -> None:
    long_ago = timezone.now() - dt.timedelta(hours=2)
    claimed, waiting, planned = make_letter(), make_letter(), make_letter()
    Letter.objects.update(made_at=long_ago)
    Letter.objects.filter(pk=claimed.pk).update(claimed_at=long_ago, claimed_by="a task that is no more")
    Letter.objects.filter(pk=planned.pk).update(next_try_at=timezone.now() + dt.timedelta(minutes=30))
    DBTaskResult.objects.all().delete()
    look_after(TODAY)
    states = [after(letter).state for letter in (claimed, waiting, planned)]
    assert states == [State.IN_DOUBT, State.SENT, State.WAITING]
    assert len(server.received) == 1


@pytest.mark.usefixtures("server")
def test_texts_are_erased_when_they_are_old(settings: Settings) -> None:
    sent, waiting, fresh = make_letter(), make_letter(), make_letter()
    after(sent)
    passing = make_letter(passing=True)
    old = timezone.now() - settings.LETTERS_KEPT - dt.timedelta(minutes=1)
    Letter.objects.exclude(pk=fresh.pk).update(made_at=old)
    Letter.objects.filter(pk=waiting.pk).update(sent_at=None, claimed_at=None, claimed_by="")
    forget_old(TODAY)
    for letter in (sent, waiting, passing, fresh):
        letter.refresh_from_db()
    assert [bool(letter.body) for letter in (sent, waiting, passing, fresh)] == [False, False, False, True]
    assert [letter.to for letter in (sent, passing)] == ["kadri@valga.example", ""]
    assert [letter.state for letter in (sent, waiting, passing)] == [State.SENT, State.UNSENT, State.UNSENT]
    assert waiting.unsent_why == Unsent.OLD
    assert dt.timedelta(days=180) == settings.LETTERS_KEPT
