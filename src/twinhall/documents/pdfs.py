"""Whether a PDF can be kept. It is refused or kept byte for byte: mended, its signatures would not hold."""

import time
from collections.abc import Iterator
from io import BytesIO
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

# Some 13,000 objects are looked through in a second, and a scanned agreement has a few hundred. Only a file
# made to be slow takes this long.
MOST_SECONDS = 10
# Where viewers look for the end of a file (ISO 32000-2, 7.5.5, and Adobe's implementation note on it).
_END = 1024
# What makes a file do something by itself or carry another one (ISO 32000-2, 7.11.4, 12.6.4, 12.7.8, 13.7).
_ACTIVE_ENTRIES = ("/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent")
_KIND_ENTRIES = ("/S", "/Type", "/Subtype")
_ACTIVE_KINDS = frozenset({"/JavaScript", "/Launch", "/EmbeddedFile", "/FileAttachment", "/RichMedia"})


def check(content: bytes) -> None:
    """Raises ValidationError where the PDF is damaged or locked, or does more than show pages."""
    try:
        refusal = _refusal(content)
    except Exception as error:  # pypdf says itself that broken files raise exceptions of any kind.
        raise _damaged() from error
    if refusal:
        raise refusal


def _refusal(content: bytes) -> ValidationError | None:
    reader = PdfReader(BytesIO(content), strict=True)
    if reader.is_encrypted:
        message = _("This PDF is locked with a password or against copying. Save it unlocked and send that.")
        return ValidationError(message, code="locked")
    if b"%%EOF" not in content[-_END:] or not reader.pages:
        return _damaged()
    return _active(reader)


def _active(reader: PdfReader) -> ValidationError | None:
    end = time.monotonic() + MOST_SECONDS
    for thing in _objects(reader):
        if time.monotonic() > end:
            message = _(
                "This PDF is too complicated to be looked through. Print it to a new PDF and send that."
            )
            return ValidationError(message, code="too complicated")
        if isinstance(thing, DictionaryObject) and (found := _what_acts(thing)):
            message = _(
                "This PDF does more than show pages: it carries a script, another file or a programme "
                "(%(found)s). Print it to a new PDF and send that."
            )
            return ValidationError(message, code="active", params={"found": found})
    return None


def _what_acts(dictionary: DictionaryObject) -> str | None:
    for entry in _ACTIVE_ENTRIES:
        if entry in dictionary:
            return entry
    kinds = (str(dictionary[entry]) for entry in _KIND_ENTRIES if entry in dictionary)
    return next((kind for kind in kinds if kind in _ACTIVE_KINDS), None)


def _objects(reader: PdfReader) -> Iterator[object]:
    """Everything in the file, also what is in compressed streams and what nothing refers to.

    A reference to an object that the file does not list is null (ISO 32000-2, 7.3.10), so the listed
    objects are all there are, and no reference needs to be followed.
    """
    for listed in chain([reader.trailer], map(reader.get_object, _listed(reader))):
        waiting: list[object] = [listed]
        while waiting:
            thing = waiting.pop()
            yield thing
            if isinstance(thing, DictionaryObject):
                waiting.extend(thing.values())
            elif isinstance(thing, ArrayObject):
                waiting.extend(thing)


def _listed(reader: PdfReader) -> list[IndirectObject]:
    plain = [(number, generation) for generation, numbers in reader.xref.items() for number in numbers]
    packed = [(number, 0) for number in reader.xref_objStm]
    return [IndirectObject(number, generation, reader) for number, generation in plain + packed]


def _damaged() -> ValidationError:
    message = _(
        "This PDF cannot be opened: it is damaged or was cut off on its way. "
        "Send it again, or print it to a new PDF and send that."
    )
    return ValidationError(message, code="damaged")
