"""Applications that were decided on long ago are forgotten: who wrote them, and the files of some."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.documents.models import Document
from twinhall.networks.models import Application, Outcome


@transaction.atomic
def erase_old_applications(*, before: dt.datetime, by: User) -> int:
    """Erase who wrote the applications that were decided on before this moment; say of how many.

    The files of one that was laid aside go with it; those of a decided one are the papers of its act.
    """
    old = Application.objects.filter(decided_at__lt=before, erased_at__isnull=True)
    for application in old:
        _erase(application)
        if application.outcome == Outcome.LAID_ASIDE:
            _remove_files(application)
        log(gettext_noop("application erased"), str(application), by=by, record=application)
    return len(old)


def _erase(application: Application) -> None:
    application.name = application.office = application.email = application.why = ""
    application.erased_at = timezone.now()
    application.save(update_fields=["name", "office", "email", "why", "erased_at"])


def _remove_files(application: Application) -> None:
    for document in Document.objects.filter(enclosure__application=application):
        document.enclosure.delete()
        document.filing.delete()
        place, storage = document.file.name, document.file.storage
        document.delete()
        transaction.on_commit(partial(storage.delete, str(place)))
