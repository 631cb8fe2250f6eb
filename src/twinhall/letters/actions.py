"""Sending letters: plain text, and only when the deed that they tell of is done."""

import logging
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import transaction

logger = logging.getLogger(__name__)
UNSENT = "unsent"
"""The folder under ``TWINHALL_VAR`` for letters that the mail server did not take."""


def send_letter(*, to: str, subject: str, body: str, language: str) -> None:
    """Send a letter once the present transaction is kept; never raises for want of a mail server.

    What the server does not take is kept as a file, so that no letter is lost, and the log says so.
    """
    letter = EmailMessage(
        subject=" ".join(subject.split()), body=body, to=[to], headers={"Content-Language": language}
    )
    transaction.on_commit(partial(_send, letter))


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except OSError:  # of which every fault of SMTP is one
        folder = Path(settings.VAR) / UNSENT
        EmailBackend(file_path=str(folder)).send_messages([letter])
        logger.exception("A letter could not be sent. It is kept in %s.", folder)
