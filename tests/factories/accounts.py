"""People and system actors."""

import datetime as dt
import uuid
from itertools import count

from django.utils import timezone

from twinhall.accounts.models import LogEntry, Submission, User

_numbers = count(1)


def make_user(
    *,
    email: str = "",
    name: str = "Kadri Kask",
    is_active: bool = True,
    is_superuser: bool = False,
    password: str | None = None,
) -> User:
    """A person with an address of their own; who cannot sign in without a password, which takes its time."""
    address = email or f"person{next(_numbers)}@example.org"
    return User.objects.create_user(address, name, password, is_active=is_active, is_superuser=is_superuser)


def make_administrator(*, name: str = "Ilze Ozola", is_active: bool = True) -> User:
    """Who runs the register as a whole."""
    return make_user(name=name, is_active=is_active, is_superuser=True)


def make_log_entry(
    *, by: User | None = None, deed: str = "party added", label: str = "Valga", record_id: str = ""
) -> LogEntry:
    """One line of the audit log."""
    return LogEntry.objects.create(by=by or make_user(), deed=deed, label=label, record_id=record_id)


def make_submission(
    *, by: User | None = None, at: dt.datetime | None = None, went_to: str = "/desk/"
) -> Submission:
    """A form that was sent, just now where no time is given."""
    return Submission.objects.create(
        token=uuid.uuid4(), by=by or make_user(), at=at or timezone.now(), went_to=went_to
    )
