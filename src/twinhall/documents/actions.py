"""Deeds on documents."""

import datetime as dt
import hashlib
import weakref

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.documents.inspecting import Inspected
from twinhall.documents.models import Document, random_place
from twinhall.documents.names import safe_name


@transaction.atomic
def keep_document(*, upload: Inspected, title: str, by: User, language: str = "", alt: str = "") -> Document:
    """Keep a file that was looked into; nobody else sees it before it is published.

    It is offered under its title: a file's own name is not what its sender meant to publish. The file goes
    where the transaction goes: rolled back, it is gone. Raises ValidationError.
    """
    document = Document(
        title=title,
        name=safe_name(title, upload.media_type.suffix),
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        width=upload.width,
        height=upload.height,
        alt=alt,
        language=language,
        uploaded_by=by,
    )
    document.full_clean(exclude={"file"})
    _write(document, upload.content)
    document.save()
    log(gettext_noop("document kept"), document.title, by=by, record=document)
    return document


def publish(document: Document, *, by: User) -> None:
    """Let everybody see a document. One that is public already stays so since then."""
    if not document.is_public:
        _set_published(document, timezone.now(), by=by)


def unpublish(document: Document, *, by: User) -> None:
    """Let no stranger see a document any more; copies in their browsers last an hour."""
    if document.is_public:
        _set_published(document, None, by=by)


@transaction.atomic
def _set_published(document: Document, at: dt.datetime | None, *, by: User) -> None:
    document.published_at = at
    document.save(update_fields=["published_at"])
    deed = gettext_noop("document published") if at else gettext_noop("document unpublished")
    log(deed, document.title, by=by, record=document)


def _write(document: Document, content: bytes) -> None:
    storage, place = document.file.storage, random_place(document)
    _remove_on_rollback(storage, place)
    document.file = storage.save(place, ContentFile(content))


def _remove_on_rollback(storage: Storage, place: str) -> None:
    """Remove the file when the transaction, or the savepoint, that is open now is rolled back.

    Django tells of commits only, but on a rollback it lets go of what it would have called. So the removal
    waits for the callback to be let go of, and is called off by the commit.
    """

    def committed() -> None:
        removal.detach()

    removal = weakref.finalize(committed, storage.delete, place)
    transaction.on_commit(committed)
