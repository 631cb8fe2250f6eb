from twinhall.accounts.models import SYSTEM_DOMAIN, LogEntry, User


def log(deed: str, label: str, *, by: User, record_id: object = "") -> LogEntry:
    """Write one line of the audit log."""
    return LogEntry.objects.create(by=by, deed=deed, label=label[:300], record_id=str(record_id))


def system_actor(key: str, name: str) -> User:
    """A named actor that no person can sign in as; made when it is first needed."""
    actor, _ = User.objects.get_or_create(
        email=f"{key}{SYSTEM_DOMAIN}", defaults={"name": name, "is_active": False, "password": "!"}
    )
    return actor
