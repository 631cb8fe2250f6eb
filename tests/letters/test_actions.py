"""Writing letters, once each; deciding on those that did not go out."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from tests.factories.accounts import make_user
from tests.factories.letters import CALENDAR, PDF, make_letter
from tests.working import work_off
from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import LogEntry
from twinhall.letters.actions import Enclosed, leave, resume, say_sent, send_again, stop
from twinhall.letters.models import Enclosure, Kind, Letter, State, Unsent, Unsubscription
from twinhall.letters.queries import language_of

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def in_doubt() -> Letter:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(claimed_at=NOON, claimed_by="a task", doubted_at=NOON)
    DBTaskResult.objects.all().delete()
    letter.refresh_from_db()
    return letter


def refused() -> Letter:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(
        claimed_at=NOON, claimed_by="a task", refused_at=NOON, said="550 No such mailbox", tries=1
    )
    DBTaskResult.objects.all().delete()
    letter.refresh_from_db()
    return letter


# Writing ------------------------------------------------------------------------------------------------


def test_a_letter_waits_until_a_worker_sends_it() -> None:
    letter = make_letter(key="finding-1/answer", to="Kadri@Valga.example")
    assert (letter.state, mail.outbox) == (State.WAITING, [])
    assert work_off() == 1
    letter.refresh_from_db()
    (sent,) = mail.outbox
    assert (letter.state, sent.to, sent.subject) == (State.SENT, ["Kadri@Valga.example"], "Teie teade")


def test_the_same_key_is_the_same_letter() -> None:
    first = make_letter(key="meeting-1/invitation/1")
    again = make_letter(key="meeting-1/invitation/1", to="other@valga.example", subject="Other")
    work_off()
    assert (again, again.to, len(mail.outbox)) == (first, "kadri@valga.example", 1)


@pytest.mark.django_db(transaction=True)
def test_of_a_deed_that_is_undone_there_is_no_letter() -> None:
    with transaction.atomic():
        make_letter()
        transaction.set_rollback(True)
    assert (work_off(), mail.outbox, Letter.objects.count()) == (0, [], 0)


def test_a_letter_to_a_person_goes_to_their_address_in_the_language_that_is_asked_for() -> None:
    kadri = make_user(email="kadri@valga.example")
    kadri.language = "lv"
    kadri.save()
    with translation.override(language_of(kadri)):
        letter = make_letter(to=kadri, language="")
    assert (letter.to, letter.person, letter.language) == ("kadri@valga.example", kadri, "lv")


def test_who_has_an_account_is_written_to_in_their_language_others_in_the_present_one() -> None:
    kadri = make_user(email="kadri@valga.example")
    kadri.language = "bg"
    kadri.save()
    with translation.override("et"):
        assert [language_of(to) for to in (kadri, "Kadri@VALGA.example", "liis@valga.example")] == [
            "bg",
            "bg",
            "et",
        ]


def test_a_subject_is_one_line() -> None:
    letter = make_letter(subject="Your report\r\nBcc: everybody@example.org")
    assert letter.subject == "Your report Bcc: everybody@example.org"


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"to": "kadri"}, "Enter a valid email address."),
        ({"to": ""}, "A letter needs an address and a text."),
        ({"body": "  \n"}, "A letter needs an address and a text."),
        ({"key": "Meeting 1"}, "Enter a valid value."),
        ({"key": "meeting-1/"}, "Enter a valid value."),
        ({"kind": "spam"}, "Value 'spam' is not a valid choice."),
        ({"language": "xx"}, "Letters are written in the languages of the site."),
        ({"subject": ""}, "This field cannot be blank."),
        ({"enclosed": (Enclosed("a.zip", "application/zip", b"PK"),)}, "is not a valid choice."),
        ({"enclosed": (Enclosed("../a.pdf", "application/pdf", PDF),)}, "Enter a valid value."),
        ({"enclosed": (Enclosed("a.ics", "text/calendar", b"\xff"),)}, "A calendar file is text in UTF-8."),
        ({"enclosed": (Enclosed("a.pdf", "application/pdf", PDF * 400_000),)}, "are too large together."),
    ],
)
def test_a_letter_that_cannot_go_out_is_refused(told: dict[str, object], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        make_letter(**told)  # type: ignore[arg-type]
    assert (Letter.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_nobody_writes_to_a_system_actor() -> None:
    with pytest.raises(ValidationError, match="needs an address"):
        make_letter(to=system_actor("shipped", "shipped with Twinhall"))


def test_enclosures_go_along() -> None:
    files = (Enclosed("m.ics", "text/calendar", CALENDAR), Enclosed("Дневен ред.pdf", "application/pdf", PDF))
    make_letter(enclosed=files)
    work_off()
    message = mail.outbox[0].message()
    calendar, paper = list(message.walk())[2:]
    assert (calendar.get_content_type(), calendar.get_param("method")) == ("text/calendar", "REQUEST")
    assert (paper.get_filename(), paper.get_payload(decode=True)) == ("Дневен ред.pdf", PDF)


def test_of_a_passing_letter_address_text_and_files_are_erased_when_it_is_sent() -> None:
    letter = make_letter(passing=True, duty=True, enclosed=(Enclosed("a.pdf", "application/pdf", PDF),))
    work_off()
    letter.refresh_from_db()
    assert (letter.to, letter.body, letter.state) == ("", "", State.SENT)
    assert letter.erased_at
    assert not Enclosure.objects.exists()
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["kadri@valga.example"], "Tänan!\n")


# What somebody wants no more ------------------------------------------------------------------------------


def test_who_unsubscribed_gets_none_of_the_kind_but_for_duty() -> None:
    stop("Kadri@valga.example", Kind.REMINDER)
    stop("kadri@valga.example", Kind.REMINDER)
    unwanted = make_letter(kind=Kind.REMINDER, to="KADRI@valga.example")
    duty, other = make_letter(kind=Kind.REMINDER, duty=True), make_letter(kind=Kind.NOTICE)
    work_off()
    states = [Letter.objects.get(pk=letter.pk).state for letter in (unwanted, duty, other)]
    assert (states, len(mail.outbox)) == ([State.UNSENT, State.SENT, State.SENT], 2)
    assert (unwanted.unsent_why, Unsubscription.objects.count()) == (Unsent.UNSUBSCRIBED, 1)


def test_who_unsubscribes_before_a_letter_goes_out_gets_it_no_more() -> None:
    letter = make_letter(kind=Kind.REMINDER)
    stop(letter.to, Kind.REMINDER)
    work_off()
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == (State.UNSENT, [])


def test_who_resumes_gets_them_again() -> None:
    stop("kadri@valga.example", Kind.REMINDER)
    resume("Kadri@valga.example", Kind.REMINDER)
    make_letter(kind=Kind.REMINDER)
    work_off()
    assert len(mail.outbox) == 1


# Decisions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [in_doubt, refused])
def test_a_letter_is_sent_again_where_a_person_says_so(made: Callable[[], Letter]) -> None:
    letter, ilze = made(), make_user(name="Ilze")
    send_again(letter, by=ilze)
    assert (letter.state, letter.tries, letter.said) == (State.WAITING, 0, "")
    work_off()
    letter.refresh_from_db()
    assert (letter.state, len(mail.outbox)) == (State.SENT, 1)
    entry = LogEntry.objects.get()
    assert (entry.deed, entry.by, entry.record_id) == ("letter sent again", ilze, str(letter.pk))


def test_a_letter_in_doubt_is_known_to_be_sent() -> None:
    letter = in_doubt()
    say_sent(letter, by=make_user())
    assert (letter.state, letter.sent_at, work_off()) == (State.SENT, NOON, 0)
    assert LogEntry.objects.get().deed == "letter known to be sent"


@pytest.mark.parametrize("made", [make_letter, in_doubt, refused])
def test_a_letter_is_left(made: Callable[[], Letter]) -> None:
    letter = made()
    leave(letter, by=make_user())
    work_off()
    assert (letter.state, letter.unsent_why, mail.outbox) == (State.UNSENT, Unsent.LEFT, [])
    assert LogEntry.objects.get().deed == "letter left unsent"


@pytest.mark.parametrize("deed", [send_again, say_sent, leave])
def test_on_a_letter_that_was_sent_nothing_is_decided(deed: Callable[..., None]) -> None:
    letter = make_letter()
    work_off()
    with pytest.raises(ValidationError, match="waits for no such decision"):
        deed(letter, by=make_user())
    assert (len(mail.outbox), DBTaskResult.objects.ready().count(), LogEntry.objects.count()) == (1, 0, 0)


def test_a_letter_that_is_being_sent_is_left_to_its_worker() -> None:
    letter = make_letter()
    Letter.objects.filter(pk=letter.pk).update(claimed_at=timezone.now(), claimed_by="a task")
    for deed in (send_again, say_sent, leave):
        with pytest.raises(ValidationError):
            deed(letter, by=make_user())
