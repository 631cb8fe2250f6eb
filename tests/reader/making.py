"""Pages and documents for tests of the reader, as whoever sends them would have made them."""

import gzip
import zipfile
from io import BytesIO

from pypdf import PdfReader, PdfWriter

FONTS = (
    b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines; without any, its page is empty, as a scanner's picture would be."""
    shown = b"".join(b"(%s) Tj T* " % line.encode("cp1252") for line in lines)
    stream = b"BT /F1 12 Tf 14 TL 40 700 Td %s ET" % shown
    things = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %s >>" % FONTS,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    )
    body, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def locked_pdf(password: str) -> bytes:
    """A PDF that opens with a password; with an empty one anybody may open it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("Partner towns of the city of Viljandi"))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(body: str, *, head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document with this body, in the language of its XML."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    )
    return zipped(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **(more or {})}
    )


def paragraph(text: str, *, item: bool = False) -> str:
    numbered = "<w:pPr><w:numPr/></w:pPr>" if item else ""
    return f"<w:p>{numbered}<w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def answer(url: str, body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A record of a web archive: what a server answered."""
    block = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):036}>\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """A packed archive: each record by itself, as archives are."""
    return b"".join(gzip.compress(record) for record in records)
