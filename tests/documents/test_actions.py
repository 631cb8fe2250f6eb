import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError, transaction

from tests.factories.accounts import make_user
from tests.factories.documents import (
    files_in,
    make_document,
    make_pdf_bytes,
    make_photo_bytes,
    make_upload,
)
from twinhall.accounts.models import LogEntry, User
from twinhall.documents import actions
from twinhall.documents.actions import keep_document, publish, unpublish
from twinhall.documents.inspecting import inspect
from twinhall.documents.models import Document, MediaType


def kept(by: User, *, title: str = "Līgums – 1992") -> Document:
    return keep_document(upload=inspect(make_upload(make_pdf_bytes())), title=title, by=by)


def log_lines() -> list[tuple[str, str, str]]:
    return list(LogEntry.objects.order_by("pk").values_list("deed", "label", "record_id"))


@pytest.mark.django_db
def test_a_pdf_is_kept_with_its_facts_and_one_line_in_the_log(document_folder: Path) -> None:
    by, content = make_user(), make_pdf_bytes()
    document = kept(by)
    document.refresh_from_db()
    assert [path.read_bytes() for path in files_in(document_folder)] == [content]
    assert {
        "name": document.name,
        "media_type": document.media_type,
        "size": document.size,
        "sha256": document.sha256,
        "measures": (document.width, document.height),
        "uploaded_by": document.uploaded_by,
        "published_at": document.published_at,
    } == {
        "name": "Līgums – 1992.pdf",
        "media_type": MediaType.PDF,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "measures": (None, None),
        "uploaded_by": by,
        "published_at": None,
    }
    assert log_lines() == [("document kept", "Līgums – 1992", str(document.pk))]


@pytest.mark.django_db
def test_a_photograph_is_kept_with_its_measures_and_what_it_shows() -> None:
    document = keep_document(
        upload=inspect(make_upload(make_photo_bytes(orientation=6), name="DCIM0001.JPG")),
        title="Valgas un Valkas robeža",
        by=make_user(),
        language="lv",
        alt="Cilvēki uz tilta",
    )
    assert (document.width, document.height) == (48, 64)
    assert (document.name, document.language, document.alt) == (
        "Valgas un Valkas robeža.jpeg",
        "lv",
        "Cilvēki uz tilta",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "x" * 301])
def test_a_title_that_cannot_be_is_refused_before_anything_is_written(
    title: str, document_folder: Path
) -> None:
    with pytest.raises(ValidationError) as refusal:
        kept(make_user(), title=title)
    assert set(refusal.value.message_dict) == {"title"}
    assert files_in(document_folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_stays_after_the_commit(document_folder: Path) -> None:
    document = kept(make_user())
    assert files_in(document_folder) == [Path(document.file.path)]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_refused_leaves_no_file(document_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(actions, "log", refused)
    with pytest.raises(IntegrityError):
        kept(make_user())
    assert (Document.objects.count(), files_in(document_folder)) == (0, [])


def _kept_and_failed(by: User, folder: Path) -> int:
    """Keep a document in a deed that fails thereafter; how many files there were until then."""
    with transaction.atomic():
        kept(by)
        files = len(files_in(folder))
        transaction.set_rollback(True)
    return files


@pytest.mark.django_db(transaction=True)
def test_a_deed_around_it_that_fails_leaves_no_file(document_folder: Path) -> None:
    by = make_user()
    assert _kept_and_failed(by, document_folder) == 1
    assert (Document.objects.count(), files_in(document_folder)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_of_two_savepoints_the_one_rolled_back_loses_its_file(document_folder: Path) -> None:
    by = make_user()
    with transaction.atomic():
        stays = kept(by)
        assert _kept_and_failed(by, document_folder) == 2
    assert files_in(document_folder) == [Path(stays.file.path)]
    assert list(Document.objects.all()) == [stays]


@pytest.mark.django_db(transaction=True)
def test_a_file_half_written_is_removed(document_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: FileSystemStorage, name: str, _: object) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%PDF")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(OSError, match="No space"):
        kept(make_user())
    assert files_in(document_folder) == []


@pytest.mark.django_db
def test_publishing_and_taking_back_are_one_line_each() -> None:
    by, document = make_user(), make_document(title="Agreement")
    publish(document, by=by)
    since = document.published_at
    publish(document, by=by)
    document.refresh_from_db()
    assert since is not None
    assert document.published_at == since
    unpublish(document, by=by)
    unpublish(document, by=by)
    assert not Document.objects.get().is_public
    number = str(document.pk)
    assert log_lines() == [
        ("document published", "Agreement", number),
        ("document unpublished", "Agreement", number),
    ]
