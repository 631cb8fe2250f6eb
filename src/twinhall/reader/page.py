"""Bytes to the text that facts are read from, in whatever of the usual formats they come."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.parser import BytesParser
from email.policy import default

from twinhall.reader.encoding import declared_in, decoded
from twinhall.reader.language import language_of
from twinhall.reader.refusing import check_is_page
from twinhall.reader.unreadable import Reason, UnreadableError

__all__ = ["LARGEST", "Page", "Reason", "UnreadableError", "page_of_text", "read_page"]

MEGABYTE = 1_000_000
LARGEST = 20 * MEGABYTE
LARGEST_TEXT = 10 * MEGABYTE
"""Bytes of a PDF or document, and of a page or text, that are read: those take some 300 MB of memory."""
HTML, PLAIN, PDF = "text/html", "text/plain", "application/pdf"
MHTML = "multipart/related"
"""A page that a browser has saved as a single file (RFC 2557)."""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SNIFFED = 1024
"""Bytes at the beginning by which a format is told; PDF allows as many before its own mark."""
_SNIFFED_COMMENTS = 64_000
"""Bytes of comments that may stand before a page's first element."""
_HTML_START = re.compile(
    rb"<(!doctype\s{1,9}html|html|head|body|title|meta|script|style|link|div|table|t[rhd]|p|h[1-6]|[uod]l|li|"
    rb"article|main|section|header|nav|footer|aside|form|span|font|center|strong|em|[abi]|br|hr|img)[\s>/]",
    re.IGNORECASE,
)
_MHTML_START = re.compile(rb"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(rb"\s*(<!--.*?-->|<\?xml[^>]*>)\s*", re.DOTALL)
_HTML_NAME = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_PLAIN_NAME = (".txt", ".text", ".md")
_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive or an office document other than DOCX"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind (DOC, XLS, PPT)"),
    (b"{\\rtf", "a document in RTF"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x7fELF", "a programme"),
    (b"MZ\x90", "a programme"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.001


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is kept. ``text`` is what quotes and their places refer to, in characters.

    ``language`` is the code of one of our languages (two letters), empty where it cannot be told;
    ``media_type`` what the page really is; ``title`` what it calls itself, outside its text.
    """

    text: str
    language: str = ""
    media_type: str = PLAIN
    title: str = ""


def read_page(data: bytes, *, media_type: str = "", name: str = "", charset: str = "") -> Page:
    """The page of a file or of a server's answer: HTML (also saved as MHTML), plain text, PDF or DOCX.

    ``media_type`` and ``charset`` are what was said with it (HTTP), ``name`` what the file is called; the
    content is believed before them. Of plain text every character is kept, but that each line ends with a
    line feed. Raises UnreadableError.
    """
    if not data.strip(b"\0 \t\r\n\f"):
        raise UnreadableError("There is nothing in it: it is empty.", Reason.EMPTY)
    _check_size(data, LARGEST)
    kind = kind_of(data, media_type=media_type, name=name)
    _check_size(data, LARGEST_TEXT if kind in {HTML, PLAIN} else LARGEST)
    return _READERS[kind](data, charset)


def page_of_text(text: str, language: str = "") -> Page:
    """The page of a text that is at hand, such as one that was pasted; of a page's source, what it shows.

    Raises UnreadableError.
    """
    if _looks_like_html(text[:_SNIFFED_COMMENTS].encode("utf-8", "replace")):
        return _read_html(text.encode("utf-8", "replace"), "utf-8")
    if not text.strip("\0 \t\r\n\f\ufeff\u00a0"):
        raise UnreadableError("There is no text in it.", Reason.EMPTY)
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableError("This is no text, but a file for machines.", Reason.BINARY)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # pasted or uploaded, it is the same text
    return Page(lines, language or language_of(lines))


def kind_of(data: bytes, *, media_type: str = "", name: str = "") -> str:
    """Which of our formats it is, as a media type; UnreadableError where it is another."""
    from twinhall.reader.docx import is_docx  # noqa: PLC0415 - see _READERS

    start = data[:_SNIFFED]
    if b"%PDF-" in start:
        return PDF
    if start.startswith(b"PK\x03\x04") and is_docx(data):
        return DOCX
    for mark, what in _OTHERS:
        if start.startswith(mark):
            raise UnreadableError(
                f"This is {what}. Send the page, a PDF or a Word document (DOCX).", Reason.KIND
            )
    if _MHTML_START.search(start):
        return MHTML
    said = media_type.partition(";")[0].strip().lower()
    if _looks_like_html(data[:_SNIFFED_COMMENTS]):
        return HTML
    if said == PLAIN or name.lower().endswith(_PLAIN_NAME):
        return PLAIN
    is_html = said in {HTML, "application/xhtml+xml"} or name.lower().endswith(_HTML_NAME)
    return HTML if is_html else PLAIN


def _check_size(data: bytes, largest: int) -> None:
    if len(data) > largest:
        raise UnreadableError(
            f"This is too large: {largest // MEGABYTE} MB of its kind are read at most.", Reason.TOO_LARGE
        )


def _looks_like_html(start: bytes) -> bool:
    start = start.removeprefix(b"\xef\xbb\xbf")
    while found := _COMMENT.match(start):
        start = start[found.end() :]
    return _HTML_START.match(start.lstrip()) is not None


def _read_plain(data: bytes, charset: str) -> Page:
    page = page_of_text(decoded(data, declared=charset))
    check_is_page(page.text)
    return page


def _read_mhtml(data: bytes, _charset: str) -> Page:
    saved = BytesParser(policy=default).parsebytes(data)
    page = next((part for part in saved.walk() if part.get_content_type() == HTML), None)
    if page is None:
        raise UnreadableError("No page is in this file. Save it as “web page, HTML only”.", Reason.KIND)
    content = page.get_payload(decode=True)
    html = content if isinstance(content, bytes) else b""
    _check_size(html, LARGEST_TEXT)
    return replace(_read_html(html, page.get_content_charset("")), media_type=MHTML)


def _read_html(data: bytes, charset: str) -> Page:
    from twinhall.reader.html import laid_out  # noqa: PLC0415
    from twinhall.reader.lines import text_of  # noqa: PLC0415

    text = decoded(data, declared=charset or declared_in(data))
    if "<!ENTITY" in text[:_SNIFFED]:
        raise UnreadableError("This page declares entities of its own: it is not opened.", Reason.BOMB)
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableError("This is no page, but a file for machines.", Reason.BINARY)
    laid = laid_out(text)
    kept = text_of(laid.lines)
    has_scripts = "<script" in text.casefold()
    check_is_page(kept, title=laid.title, asks_password=laid.asks_password, has_scripts=has_scripts)
    if not kept:
        raise UnreadableError("There is no text on this page.", Reason.EMPTY)
    return Page(kept, language_of(kept, laid.language), HTML, laid.title)


def _read_pdf(data: bytes, _charset: str) -> Page:
    from twinhall.reader.pdf import text_of_pdf  # noqa: PLC0415

    text, title = text_of_pdf(data)
    return Page(text, language_of(text), PDF, title)


def _read_docx(data: bytes, _charset: str) -> Page:
    from twinhall.reader.docx import text_of_docx  # noqa: PLC0415

    text, title = text_of_docx(data)
    if not text:
        raise UnreadableError("There is no text in this Word document.", Reason.EMPTY)
    return Page(text, language_of(text), DOCX, title)


# What a format needs is imported when one of it comes: trafilatura alone takes half a second.
_READERS: dict[str, Callable[[bytes, str], Page]] = {
    HTML: _read_html,
    MHTML: _read_mhtml,
    PLAIN: _read_plain,
    PDF: _read_pdf,
    DOCX: _read_docx,
}
