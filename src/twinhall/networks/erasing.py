"""Applications that were decided on long ago are forgotten: who wrote them, and the files of some."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.documents.models import Document
from twinhall.networks.models import Application, Enclosure, Outcome
from twinhall.parties.models import Filing


def erase_old_applications(*, before: dt.datetime, by: User) -> int:
    """Erase who wrote the applications that were decided on before this moment; say of how many.

    The files of one that was laid aside go with it, unless something else in the register rests on them;
    those of a decided one are the papers of its act. Each application is erased by itself.
    """
    old = list(Application.objects.filter(decided_at__lt=before, erased_at__isnull=True))
    for application in old:
        _erase(application, by=by)
    return len(old)


@transaction.atomic
def _erase(application: Application, *, by: User) -> None:
    hold(application)
    application.name = application.office = application.email = application.why = ""
    application.erased_at = timezone.now()
    application.save(update_fields=["name", "office", "email", "why", "erased_at"])
    papers = Document.objects.filter(enclosure__application=application)
    is_aside = application.outcome == Outcome.LAID_ASIDE
    kept = [str(paper) for paper in papers if not _remove(paper)] if is_aside else []
    log(gettext_noop("application erased"), str(application), by=by, record=application)
    if kept:
        deed = gettext_noop("papers of an application kept, as others rest on them")
        log(deed, str(application), by=by, record=application, why=", ".join(kept))


def _remove(document: Document) -> bool:
    """Remove a paper and its file; one that others hold, such as a source, stays as it is."""
    place, storage = document.file.name, document.file.storage
    try:
        with transaction.atomic():
            Enclosure.objects.filter(document=document).delete()
            Filing.objects.filter(document=document).delete()
            document.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(storage.delete, str(place)), robust=True)
    return True
