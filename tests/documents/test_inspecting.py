"""What is refused whatever it is called, and in which words."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation
from PIL import Image

from tests.documents.making import zipped
from tests.factories.documents import make_pdf_bytes, make_photo_bytes, make_upload
from twinhall.documents import pdfs
from twinhall.documents.inspecting import LARGEST_PDF, LARGEST_PHOTOGRAPH, inspect, megabytes
from twinhall.documents.models import MediaType

TAKEN = "Send a PDF, or a photograph as JPEG, PNG or WebP."


def refusal(content: bytes, *, name: str = "agreement.pdf", content_type: str = "application/pdf") -> str:
    """The words in which an upload is refused, and its code before them."""
    with pytest.raises(ValidationError) as refused:
        inspect(make_upload(content, name=name, content_type=content_type))
    return f"{refused.value.code}: {refused.value.messages[0]}"


def picture(form: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, format=form)
    return file.getvalue()


@pytest.mark.parametrize("kind", MediaType)
@pytest.mark.parametrize("name", ["file.exe", "page.html", "photo.gif", "no-suffix"])
def test_what_is_taken_is_told_by_its_content_alone(kind: MediaType, name: str) -> None:
    content = make_pdf_bytes() if kind is MediaType.PDF else make_photo_bytes(kind)
    found = inspect(make_upload(content, name=name, content_type="text/html"))
    assert found.media_type is kind
    assert (found.width, found.height) == ((None, None) if kind is MediaType.PDF else (64, 48))


def test_a_pdf_is_kept_byte_for_byte() -> None:
    content = make_pdf_bytes(pages=3)
    assert inspect(make_upload(content)).content == content


def test_an_upload_that_was_read_before_is_read_from_its_beginning() -> None:
    upload = make_upload(make_pdf_bytes())
    upload.read()
    assert inspect(upload).media_type is MediaType.PDF


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "drawing in SVG, or other XML"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "drawing in SVG, or other XML"),
        (b"<!DOCTYPE html><html><script>1</script></html>", "web page"),
        (b"<html><p>%PDF-1.7", "web page"),
        (picture("GIF"), "picture in GIF"),
        (picture("TIFF"), "picture in TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50), "photograph in HEIC or AVIF"),
        (picture("AVIF"), "photograph in HEIC or AVIF"),
        (zipped("[Content_Types].xml", "word/document.xml"), "Office document or ZIP archive"),
        (zipped("mimetype", "content.xml"), "Office document or ZIP archive"),
        (zipped("agreement.pdf"), "Office document or ZIP archive"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "Office document or ZIP archive"),
        (b"\0\0\0\x18ftypmp42" + bytes(40), "video/mp4"),
    ],
)
def test_what_is_not_taken_is_named(content: bytes, kind: str) -> None:
    assert refusal(content) == (
        f"not taken: This file seems to be of the kind “{kind}”, which is not taken. {TAKEN}"
    )


@pytest.mark.parametrize("content", [b"x", b"Tere, Valga!", bytes(range(200, 256)), b"MZ" + bytes(100)])
def test_what_cannot_be_told_is_not_guessed(content: bytes) -> None:
    assert refusal(content) == f"unknown: It cannot be told what this file is. {TAKEN}"


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "empty: This file is empty. Choose it again, or choose another."


def test_a_pdf_may_be_as_large_as_is_said_and_no_larger() -> None:
    content = make_pdf_bytes()
    start, rest = content[:9], content[9:]
    assert refusal(start + rest + bytes(LARGEST_PDF)) == (
        "too large: This PDF has 20.1 MB; 20 MB are taken at most. "
        "Save it with smaller pictures, or in parts, and send that."
    )
    assert "too large" not in refusal(content + bytes(LARGEST_PDF - len(content)))


def test_a_photograph_may_be_as_large_as_is_said_and_no_larger() -> None:
    content = make_photo_bytes()
    assert refusal(content + bytes(LARGEST_PHOTOGRAPH)) == (
        "too large: This photograph has 15.1 MB; 15 MB are taken at most. Save it smaller and send that."
    )
    at_most = content + bytes(LARGEST_PHOTOGRAPH - len(content))
    assert len(inspect(make_upload(at_most)).content) < len(content) * 2


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(pdfs, "check", unread)
    assert refusal(make_pdf_bytes() + bytes(LARGEST_PDF)).startswith("too large")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "20.1 MB"), ("et", "20,1 MB"), ("lv", "20,1 MB"), ("bg", "20,1 MB")]
)
def test_a_size_is_rounded_up_and_written_in_the_readers_language(language: str, text: str) -> None:
    with translation.override(language):
        assert megabytes(20_000_001) == text


def test_an_upload_on_disk_leaves_nothing_behind_once_it_is_closed(tmp_path: Path) -> None:
    content = make_photo_bytes()
    upload = TemporaryUploadedFile("photo.jpg", "image/jpeg", len(content), None)
    upload.write(content)
    kept_at = Path(upload.temporary_file_path())
    assert inspect(upload).media_type is MediaType.JPEG
    assert kept_at.exists()
    upload.close()
    assert not kept_at.exists()
    assert list(tmp_path.iterdir()) == []
