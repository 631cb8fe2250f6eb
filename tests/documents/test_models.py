from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from pytest_django import Settings

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.accounts import make_user
from tests.factories.documents import files_in, make_document
from twinhall.core.languages import Text
from twinhall.documents.models import Document, MediaType, random_place
from twinhall.documents.queries import public

pytestmark = pytest.mark.django_db


def a_row(
    *,
    title: str = "Agreement",
    media_type: str = MediaType.PDF,
    size: int = 1000,
    width: int | None = None,
    height: int | None = None,
) -> Document:
    """A row as no action would write it, not saved."""
    return Document(
        title=title,
        file="ab/abc.pdf",
        name="Agreement.pdf",
        media_type=media_type,
        size=size,
        sha256="0" * 64,
        width=width,
        height=height,
        uploaded_by=make_user(),
    )


MEASURED = "A photograph has a width and a height; a PDF has neither."
BREACHES = {
    "documents_document_titled": Breach(lambda: a_row(title=""), "A document needs a title."),
    "documents_document_media_type": Breach(
        lambda: a_row(media_type="image/svg+xml", width=1, height=1), "Files of this kind are not kept."
    ),
    "documents_document_not_empty": Breach(lambda: a_row(size=0), "An empty file is not kept."),
    "documents_document_measured": Breach(lambda: a_row(media_type=MediaType.PNG), MEASURED),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("documents"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


@pytest.mark.parametrize(
    ("media_type", "width", "height"),
    [
        (MediaType.PDF, 10, 10),
        (MediaType.PDF, 10, None),
        (MediaType.JPEG, 10, None),
        (MediaType.JPEG, None, 10),
        (MediaType.WEBP, 0, 10),
        (MediaType.WEBP, 10, 0),
    ],
)
def test_photographs_alone_are_measured_and_have_both_sides(
    media_type: MediaType, width: int | None, height: int | None
) -> None:
    assert_refused(Breach(lambda: a_row(media_type=media_type, width=width, height=height), MEASURED))


@pytest.mark.parametrize("media_type", MediaType)
def test_each_kind_has_a_row_that_is_taken(media_type: MediaType) -> None:
    document = make_document(media_type=media_type)
    document.full_clean()
    assert document.is_photograph is (media_type is not MediaType.PDF)


def test_a_file_lies_in_the_folder_of_the_day_under_a_name_that_says_nothing(
    document_folder: Path, settings: Settings, tmp_path: Path
) -> None:
    document = make_document(title="Secret")
    (path,) = files_in(document_folder)
    assert path.relative_to(document_folder).as_posix() == document.file.name
    assert (path.parent.name, path.suffix, len(path.stem)) == (path.stem[:2], ".pdf", 32)
    assert path.stat().st_mode & 0o777 == 0o600
    settings.VAR = tmp_path / "elsewhere"
    assert document.file.path == str(tmp_path / "elsewhere" / "documents" / path.parent.name / path.name)


def test_two_files_never_share_a_place() -> None:
    document = Document(media_type=MediaType.WEBP)
    places = {random_place(document, "../../evil.php") for _ in range(100)}
    assert len(places) == 100
    assert all(place.endswith(".webp") and "evil" not in place for place in places)


def test_a_file_has_no_address_of_its_own() -> None:
    with pytest.raises(ValueError, match="no address"):
        _ = make_document().file.url


def test_who_uploaded_a_document_is_not_deleted() -> None:
    with pytest.raises(ProtectedError):
        make_document().uploaded_by.delete()


def test_a_document_is_called_by_its_title_in_its_language() -> None:
    document = make_document(title="Līgums", language="lv")
    assert (str(document), document.words) == ("Līgums", Text("Līgums", "lv"))


def test_the_public_ones_are_those_that_were_published() -> None:
    shown = make_document(published_at=timezone.now())
    make_document(title="Draft")
    assert list(public(Document.objects.all())) == [shown]
    assert shown.is_public


def test_a_row_needs_its_file() -> None:
    row = a_row()
    row.file = ""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert set(refusal.value.message_dict) == {"file"}
