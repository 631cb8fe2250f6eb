import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.models import SYSTEM_DOMAIN, LogEntry, Submission, User
from twinhall.core.languages import FALLBACK

SUBMISSION_KEPT = dt.timedelta(days=1)


def log(deed: str, label: str, *, by: User, record: models.Model | None = None, why: str = "") -> LogEntry:
    """Write one line of the audit log; ``deed`` is marked for translation where it is named."""
    return LogEntry.objects.create(
        by=by,
        deed=deed,
        label=label[:300],
        record_type=record._meta.label_lower if record else "",
        record_id=str(record.pk) if record else "",
        why=why,
    )


def system_actor(key: str, name: str) -> User:
    """A named actor that no person can sign in as; made when it is first needed."""
    actor, _ = User.objects.get_or_create(
        email=f"{key}{SYSTEM_DOMAIN}", defaults={"name": name, "is_active": False, "password": "!"}
    )
    return actor


def operator() -> User:
    """Who runs the site, by its commands."""
    return system_actor("command-line", gettext_noop("the operator, on the command line"))


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None = None, language: str = FALLBACK) -> User:
    """An account for a person whose address is known to be theirs: the invitation was answered from there.

    ``language`` is that in which they are written to.
    """
    user = User.objects.create_user(email, name, password, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def submit_once(token: uuid.UUID, *, by: User) -> tuple[Submission, bool]:
    """Note that a form was sent; say whether this is the first time. In one transaction with its deed."""
    Submission.objects.filter(at__lt=timezone.now() - SUBMISSION_KEPT).delete()
    return Submission.objects.get_or_create(token=token, defaults={"by": by})
