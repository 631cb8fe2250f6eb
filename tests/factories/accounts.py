"""People and system actors."""

from itertools import count

from twinhall.accounts.models import LogEntry, User

_numbers = count(1)


def make_user(
    *, email: str = "", name: str = "Kadri Kask", is_active: bool = True, password: str | None = None
) -> User:
    """A person with an address of their own; who cannot sign in without a password, which takes its time."""
    address = email or f"person{next(_numbers)}@example.org"
    return User.objects.create_user(address, name, password, is_active=is_active)


def make_log_entry(
    *, by: User | None = None, deed: str = "party added", label: str = "Valga", record_id: str = ""
) -> LogEntry:
    """One line of the audit log."""
    return LogEntry.objects.create(by=by or make_user(), deed=deed, label=label, record_id=record_id)
