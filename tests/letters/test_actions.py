"""Letters go out when their deed is done, and none is lost."""

import logging
from email import message_from_bytes, policy
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from twinhall.letters.actions import send_letter

pytestmark = pytest.mark.django_db


def write(subject: str = "Teie teade") -> None:
    send_letter(to="kadri@example.org", subject=subject, body="Tänan!\n", language="et")


def test_a_letter_goes_out_once_its_deed_is_kept(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write()
        assert mail.outbox == []
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["kadri@example.org"], "Teie teade", "Tänan!\n")
    assert letter.extra_headers == {"Content-Language": "et"}


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_undone_sends_no_letter() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_a_subject_is_one_line(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(subject="Your report\r\nBcc: everybody@example.org")
    assert mail.outbox[0].subject == "Your report Bcc: everybody@example.org"


def test_what_the_server_does_not_take_is_kept_and_logged(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(_letter: EmailMessage) -> None:
        raise SMTPServerDisconnected("The server is away.")

    settings.VAR = tmp_path
    monkeypatch.setattr(EmailMessage, "send", refuse)
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        write()
    (file,) = (tmp_path / "unsent").iterdir()
    kept = message_from_bytes(file.read_bytes().rpartition(b"-" * 79)[0], policy=policy.default)
    assert (kept["To"], kept["Subject"]) == ("kadri@example.org", "Teie teade")
    assert [record.getMessage() for record in caplog.records] == [
        f"A letter could not be sent. It is kept in {file.parent}."
    ]
