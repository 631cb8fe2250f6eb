"""Files of somebody who means harm, or whose disk broke: written by hand where no library would."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.factories.documents import written

CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGES = (
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
)


def pdf_by_hand(catalog: bytes = b"", *more: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of one page; what its catalogue and trailer say besides, and its objects from number 4 on."""
    body, places = b"%PDF-1.7\n", []
    for number, thing in enumerate((CATALOG % catalog, *PAGES, *more), start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return body + head + table + end % (len(places) + 1, trailer, len(body))


def pdf_with_packed_object(packed: bytes) -> bytes:
    """A PDF whose object 4 stands in an object stream, as most programs write them since PDF 1.5."""
    body, places = b"%PDF-1.7\n", []
    inside = b"4 0 " + packed
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Length %d >>\nstream\n%s\nendstream" % (len(inside), inside)
    for number, thing in ((1, CATALOG % b"/Extra 4 0 R"), (2, PAGES[0]), (3, PAGES[1]), (5, stream)):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    return body + _table_as_stream([(1, place, 0) for place in places], start=len(body))


def _table_as_stream(plain: Sequence[tuple[int, int, int]], *, start: int) -> bytes:
    """The places of objects 0 to 6: object 4 is the first in stream 5, and 6 is this table itself."""
    one, two, three, five = plain
    rows = [(0, 0, 255), one, two, three, (2, 5, 0), five, (1, start, 0)]
    data = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([index]) for kind, place, index in rows)
    entries = b"/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d" % len(data)
    table = b"6 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (entries, data)
    return table + b"startxref\n%d\n%%%%EOF\n" % start


def pdf_with_attachment() -> bytes:
    writer = _writer()
    writer.add_attachment("payload.exe", b"MZ")
    return written(writer)


def pdf_that_opens_at_its_first_page() -> bytes:
    writer = _writer()
    writer.root_object[NameObject("/OpenAction")] = ArrayObject(
        [writer.pages[0].indirect_reference, NameObject("/Fit")]
    )
    return written(writer)


def pdf_with_link_and_outline() -> bytes:
    """What ordinary agreements have: an address to click on, and a table of contents."""
    writer = _writer()
    writer.add_outline_item(title="Article 1", page_number=0)
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 10, 10)]),
            NameObject("/A"): DictionaryObject(
                {
                    NameObject("/S"): NameObject("/URI"),
                    NameObject("/URI"): TextStringObject("https://example.org/"),
                }
            ),
        }
    )
    writer.add_annotation(page_number=0, annotation=link)
    return written(writer)


def _writer() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    return writer


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()
