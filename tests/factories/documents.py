"""Documents, and the files that people send: real ones, made on the spot."""

import datetime as dt
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image
from pypdf import PdfWriter
from pytest_django import Settings

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
from twinhall.documents.models import Document, MediaType
from twinhall.documents.names import safe_name

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture
def document_folder(settings: Settings, tmp_path: Path) -> Path:
    """The folder that documents are kept in for the length of a test."""
    settings.VAR = tmp_path / "var"
    return tmp_path / "var" / "documents"


def files_in(folder: Path) -> list[Path]:
    """All files under a folder, which need not exist."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def make_pdf_bytes(*, pages: int = 1, password: str = "") -> bytes:
    """A real PDF with empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return written(writer, password=password)


def written(writer: PdfWriter, *, password: str = "") -> bytes:
    """What a writer of PDFs has in hand, as a file."""
    if password:
        writer.encrypt(password, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def make_photo_bytes(
    kind: MediaType = MediaType.JPEG,
    *,
    size: tuple[int, int] = (64, 48),
    orientation: int = 1,
    gps: bool = True,
) -> bytes:
    """A picture whose left half is red and whose right half is blue, with what cameras write into one."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    file = BytesIO()
    picture.save(file, format=kind.name, exif=_exif(orientation=orientation, gps=gps))
    return file.getvalue()


def _exif(*, orientation: int, gps: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Kaamera"
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (57.0, 46.0, 40.0)}
        )
    return exif


def make_upload(
    content: bytes, *, name: str = "file.bin", content_type: str = "application/octet-stream"
) -> SimpleUploadedFile:
    """What a form is sent. Neither its name nor its declared type says what it is."""
    return SimpleUploadedFile(name, content, content_type)


def make_document(
    *,
    title: str = "Agreement",
    content: bytes = b"",
    media_type: MediaType = MediaType.PDF,
    width: int | None = None,
    height: int | None = None,
    alt: str = "",
    language: str = "",
    by: User | None = None,
    published_at: dt.datetime | None = None,
) -> Document:
    """A document with its file in the folder; needs the fixture ``document_folder``. Private unless said."""
    photograph = media_type is not MediaType.PDF
    kept = content or (make_photo_bytes(media_type) if photograph else make_pdf_bytes())
    return Document.objects.create(
        title=title,
        file=ContentFile(kept, name="ignored"),
        name=safe_name(title, media_type.suffix),
        media_type=media_type,
        size=len(kept),
        sha256=hashlib.sha256(kept).hexdigest(),
        width=width or (64 if photograph else None),
        height=height or (48 if photograph else None),
        alt=alt,
        language=language,
        uploaded_by=by or make_user(),
        published_at=published_at,
    )
