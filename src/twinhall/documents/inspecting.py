"""What an upload really is: by its content, never by its name or by what the browser says of it."""

import math
from dataclasses import dataclass, field

import puremagic
from babel.units import format_unit
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.languages import here
from twinhall.documents import pdfs, photographs
from twinhall.documents.models import MediaType

MEGABYTE = 1_000_000
LARGEST_PDF = 20 * MEGABYTE
LARGEST_PHOTOGRAPH = 15 * MEGABYTE

# What people send instead, by how its media type begins.
_OFFICE = gettext_lazy("Office document or ZIP archive")
_HEIC = gettext_lazy("photograph in HEIC or AVIF")
_XML = gettext_lazy("drawing in SVG, or other XML")
_SEEN_OFTEN = {
    "image/svg": _XML,
    "application/xml": _XML,
    "image/gif": gettext_lazy("picture in GIF"),
    "image/tiff": gettext_lazy("picture in TIFF"),
    "image/hei": _HEIC,
    "image/avif": _HEIC,
    "text/html": gettext_lazy("web page"),
    "application/zip": _OFFICE,
    "application/msword": _OFFICE,
    "application/vnd.ms-": _OFFICE,
    "application/vnd.openxmlformats": _OFFICE,
    "application/vnd.oasis": _OFFICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A file that may be kept: a PDF as it came, a photograph made anew; width and height in pixels."""

    media_type: MediaType
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None


def inspect(upload: "UploadedFile[bytes]") -> Inspected:
    """Look into an upload. Raises ValidationError with what is wrong and what to do."""
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose it again, or choose another."), code="empty")
    media_type = _media_type(upload)
    _check_size(upload.size, media_type)
    upload.seek(0)
    content = upload.read()
    if media_type is MediaType.PDF:
        pdfs.check(content)
        return Inspected(media_type=media_type, content=content)
    photograph = photographs.made_anew(content, media_type)
    return Inspected(
        media_type=media_type,
        content=photograph.content,
        width=photograph.width,
        height=photograph.height,
    )


def megabytes(size: int) -> str:
    """A number of bytes in the reader's language, rounded up to a tenth: ``20,1 MB``."""
    tenths = math.ceil(size * 10 / MEGABYTE)
    return format_unit(tenths / 10, "digital-megabyte", length="short", locale=here())


def _media_type(upload: "UploadedFile[bytes]") -> MediaType:
    """What the first and last bytes say. That it is so is proven by opening it."""
    guesses = _guesses(upload)
    for guess in guesses:
        if guess in MediaType.values:
            return MediaType(guess)
    raise _not_taken(guesses[0] if guesses else "")


def _guesses(upload: "UploadedFile[bytes]") -> list[str]:
    upload.seek(0)
    try:
        found = puremagic.magic_stream(upload)
    except puremagic.PureError:
        return []
    return [match.mime_type for match in found if match.mime_type not in {"", "application/octet-stream"}]


def _not_taken(guess: str) -> ValidationError:
    if not guess:
        return ValidationError(
            _("It cannot be told what this file is. Send a PDF, or a photograph as JPEG, PNG or WebP."),
            code="unknown",
        )
    kind = next((name for start, name in _SEEN_OFTEN.items() if guess.startswith(start)), guess)
    return ValidationError(
        _(
            "This file seems to be of the kind “%(kind)s”, which is not taken. "
            "Send a PDF, or a photograph as JPEG, PNG or WebP."
        ),
        code="not taken",
        params={"kind": kind},
    )


def _check_size(size: int, media_type: MediaType) -> None:
    if media_type is MediaType.PDF:
        largest = LARGEST_PDF
        message = _(
            "This PDF has %(size)s; %(largest)s are taken at most. "
            "Save it with smaller pictures, or in parts, and send that."
        )
    else:
        largest = LARGEST_PHOTOGRAPH
        message = _(
            "This photograph has %(size)s; %(largest)s are taken at most. Save it smaller and send that."
        )
    if size > largest:
        params = {"size": megabytes(size), "largest": megabytes(largest)}
        raise ValidationError(message, code="too large", params=params)
