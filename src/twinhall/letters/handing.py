"""Handing a mail to the mail server, and what its answer means."""

from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection

PERMANENT = 500
"""From here on a reply of SMTP says that trying again is of no use (RFC 5321, 4.2.1)."""


class Outcome(Enum):
    """What became of a mail."""

    TAKEN = auto()
    LATER = auto()
    """It was not taken now and may be later."""
    NEVER = auto()
    UNKNOWN = auto()
    """Nobody can tell whether it was taken: the line broke before the server's answer."""


@dataclass(frozen=True)
class Answer:
    """What became of a mail, and what was said of it."""

    outcome: Outcome
    said: str = ""


def hand_over(mail: EmailMessage) -> Answer:
    """Give a mail to the mail server that is set."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # of which every fault of SMTP is one: a wrong password is not the letter's
        return Answer(Outcome.LATER, _words(error))
    try:
        connection.send_messages([mail])
    except SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _refused(code, said)
    except SMTPResponseException as error:
        return _refused(error.smtp_code, error.smtp_error)
    except SMTPNotSupportedError as error:
        return Answer(Outcome.NEVER, _words(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the mail may have gone out before it
        return Answer(Outcome.UNKNOWN, _words(error))
    finally:
        with suppress(OSError):
            connection.close()
    return Answer(Outcome.TAKEN)


def _refused(code: int, said: bytes | str) -> Answer:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    outcome = Outcome.NEVER if code >= PERMANENT else Outcome.LATER
    return Answer(outcome, f"{code} {text}")


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
