"""The text of a PDF. Scripts and files that it carries are not looked at."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from twinhall.reader.unreadable import Reason, UnreadableError

logging.getLogger("pypdf").setLevel(
    logging.CRITICAL
)  # it warns of each flaw of a file; we say what comes of them

MOST_PAGES = 500
"""Pages that are read; what comes after them is left out."""
_MOST_CHARACTERS = 5_000_000
_MOST_BYTES = 20_000_000
"""What a page's instructions may unpack to; those of a page full of text take 50,000."""
_MOST_INSTRUCTIONS = 500_000
_FEWEST_LETTERS = 20
"""With fewer in the whole document its pages are pictures."""
_FULL = 0.75
"""A line of this share of the widest is full: what follows it may belong to it."""
_WIDE = 40
_SPACES = re.compile(r"[^\S\n]+")
_BULLETS = tuple("-–—•·▪*○●◦►■")
_ENDS = tuple(".:;!?")


def text_of_pdf(data: bytes) -> tuple[str, str]:
    """The text and the title of a PDF; UnreadableError where it is locked, damaged, or has no text.

    Lines that were broken only by the page's width are joined again.
    """
    try:
        with apply_configuration(
            zlib_maximum_output_length=_MOST_BYTES,
            lzw_maximum_output_length=_MOST_BYTES,
            run_length_maximum_output_length=_MOST_BYTES,
            stream_parsing_work_maximum_count=_MOST_INSTRUCTIONS,
        ):
            return _read(data)
    except UnreadableError:
        raise
    except LimitReachedError as error:
        raise UnreadableError(
            "This PDF unpacks to more than a document needs. Print it to a new PDF and send that.",
            Reason.BOMB,
        ) from error
    except Exception as error:  # pypdf says itself that broken files raise exceptions of any kind.
        raise UnreadableError(
            "This PDF cannot be opened: it is damaged or was cut off on its way. Send it again.",
            Reason.DAMAGED,
        ) from error


def _read(data: bytes) -> tuple[str, str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(
            "This PDF is locked with a password. Save it unlocked and send that.", Reason.LOCKED
        )
    text = "\n\n".join(_pages(reader))
    if sum(char.isalpha() for char in text) < _FEWEST_LETTERS:
        raise UnreadableError(
            "This PDF has no text: its pages are pictures, as a scanner makes them. "
            "Run text recognition over it, or send the text itself.",
            Reason.SCANNED,
        )
    return text, _title(reader)


def _pages(reader: PdfReader) -> Iterator[str]:
    length = 0
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES or length > _MOST_CHARACTERS:
            return
        lines = [_SPACES.sub(" ", line).strip() for line in _text(page.extract_text()).splitlines()]
        text = "\n".join(_joined(lines)).strip()
        length += len(text)
        if text:
            yield text


def _text(extracted: str) -> str:
    """Without what cannot be written as text: halves of characters, NUL."""
    return extracted.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").replace("\u00ad", "")


def _joined(lines: list[str]) -> Iterator[str]:
    widest = max(map(len, lines), default=0)
    parts: list[str] = []
    for line in lines:
        if parts and not _belongs(parts[-1], line, widest):
            yield _put_together(parts)
            parts = []
        parts.append(line)
    yield _put_together(parts)


def _belongs(before: str, line: str, widest: int) -> bool:
    """Whether a line goes on with the sentence of the full line before it."""
    if widest < _WIDE or len(before) < _FULL * widest or not line or line.startswith(_BULLETS):
        return False
    return line[0].islower() or not before.endswith(_ENDS)


def _put_together(parts: list[str]) -> str:
    text = ""
    for part in parts:
        is_divided = text.endswith("-") and text[-2:-1].isalpha() and part[:1].islower()
        text = text[:-1] + part if is_divided else f"{text} {part}"
    return text.strip()


def _title(reader: PdfReader) -> str:
    title = reader.metadata.title if reader.metadata else None
    return _SPACES.sub(" ", _text(title)).strip() if title else ""
