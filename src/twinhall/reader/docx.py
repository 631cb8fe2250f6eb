"""The text of a Word document (DOCX): its body, with lists and tables. Nothing else is unpacked."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from twinhall.reader.lines import BETWEEN_CELLS, Kind, Line, squeezed, text_of
from twinhall.reader.unreadable import Reason, UnreadableError

_BODY = "word/document.xml"
_CORE = "docProps/core.xml"
_MOST_BYTES = 30_000_000
_MOST_TIMES = 200
"""How large a part may unpack to, and to how many times its packed size; text comes to some twenty times."""
_SMALL = 1_000_000
"""Up to this size it may unpack to any number of times: an empty table does."""
_MOST_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STORIES = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText")} | {_CHOICE}
"""What is not seen, or stands there twice."""


def is_docx(data: bytes) -> bool:
    """Whether a ZIP archive holds a Word document."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _BODY in archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def text_of_docx(data: bytes) -> tuple[str, str]:
    """The text and the title of a document; UnreadableError where it is damaged, locked, or a bomb."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            body = _part(archive, _BODY)
            core = _part(archive, _CORE) if _CORE in archive.namelist() else None
    except UnreadableError:
        raise
    except Exception as error:  # zipfile raises errors of many kinds for broken archives
        raise _damaged() from error
    title = core.findtext(f".//{_TITLE}") if core is not None else None
    return text_of(_lines(body)), squeezed(title or "")


def _part(archive: ZipFile, name: str) -> etree._Element:
    part = archive.getinfo(name)
    _check(archive, part)
    data = archive.read(part)  # no more than its declared size is ever unpacked
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableError(
            "This Word document declares entities, as no word processor does: it is not opened.", Reason.BOMB
        )
    # The limits of libxml2 on depth and length stay on.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged() from error


def _check(archive: ZipFile, part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise UnreadableError(
            "This Word document is locked with a password. Save it unlocked and send that.", Reason.LOCKED
        )
    too_large = part.file_size > max(_SMALL, min(_MOST_BYTES, part.compress_size * _MOST_TIMES))
    if too_large or len(archive.infolist()) > _MOST_PARTS:
        raise UnreadableError(
            "This Word document unpacks to far more than its size: it is not opened.", Reason.BOMB
        )


def _lines(body: etree._Element) -> Iterator[Line]:
    """Paragraphs and rows in their order; a paragraph within a table belongs to its row."""
    for element in _walk(body):
        if element.tag == f"{_W}tr":
            cells = [squeezed(" ".join(_paragraphs(cell))) for cell in element.iterchildren(f"{_W}tc")]
            text, kind = BETWEEN_CELLS.join(cells), Kind.ROW
            if any(cells):
                yield Line(text, kind)
        else:
            yield from _paragraph(element)


def _walk(body: etree._Element) -> Iterator[etree._Element]:
    """Outermost rows, and paragraphs outside tables."""
    walker = etree.iterwalk(body, events=("start",))
    for _event, element in walker:
        if element.tag in {f"{_W}tr", f"{_W}p"}:
            yield element
            walker.skip_subtree()
        elif element.tag in _STORIES:
            walker.skip_subtree()


def _paragraphs(cell: etree._Element) -> Iterator[str]:
    for paragraph in cell.iter(f"{_W}p"):
        yield from _texts(paragraph)


def _paragraph(element: etree._Element) -> Iterator[Line]:
    properties = element.find(f"{_W}pPr")
    is_item = properties is not None and properties.find(f"{_W}numPr") is not None
    kind = Kind.ITEM if is_item else Kind.PARAGRAPH
    for text in _texts(element):
        yield Line(text, kind)
        kind = Kind.MORE


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The lines of a paragraph, with those of text boxes in it."""
    for line in "".join(_runs(paragraph)).split("\n"):
        if text := squeezed(line):
            yield text


def _runs(paragraph: etree._Element) -> Iterator[str]:
    walker = etree.iterwalk(paragraph, events=("start",))
    for _event, element in walker:
        match str(element.tag).removeprefix(_W):
            case "t":
                yield element.text or ""
            case "tab":
                yield " "
            case "br" | "cr":
                yield "\n"
            case "p" if element is not paragraph:
                yield "\n"
            case _ if element.tag in _STORIES:
                walker.skip_subtree()


def _damaged() -> UnreadableError:
    return UnreadableError(
        "This Word document cannot be opened: it is damaged or was cut off on its way. Send it again.",
        Reason.DAMAGED,
    )
