import pytest

from tests.reader.making import docx, paragraph, row, zipped
from twinhall.reader.docx import is_docx, text_of_docx
from twinhall.reader.unreadable import Reason, UnreadableError


def text(body: str) -> str:
    return text_of_docx(docx(body))[0]


def refusal(data: bytes) -> Reason:
    with pytest.raises(UnreadableError) as refused:
        text_of_docx(data)
    return refused.value.reason


def test_paragraphs_items_and_rows_are_lines() -> None:
    body = (
        paragraph("Partner  towns")
        + paragraph("Solna, Sweden", item=True)
        + paragraph("Halle", item=True)
        + f"<w:tbl>{row('Town', 'Year')}{row('Kolding', '1995')}{row('', '')}</w:tbl>"
        + paragraph("")
        + paragraph("Write to the mayor.")
    )
    assert text(body) == (
        "Partner towns\n\n- Solna, Sweden\n- Halle\n\nTown | Year\nKolding | 1995\n\nWrite to the mayor."
    )


def test_runs_breaks_and_tabs_of_a_paragraph() -> None:
    body = (
        "<w:p><w:r><w:t>Vilj</w:t></w:r>"
        "<w:r><w:t>andi</w:t><w:tab/><w:t>1992</w:t><w:br/><w:t>Solna</w:t></w:r></w:p>"
    )
    assert text(body) == "Viljandi 1992\nSolna"


def test_what_was_deleted_and_what_stands_twice_is_left_out() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>Paris</w:delText></w:r></w:del><w:ins><w:r><w:t>Solna</w:t></w:r></w:ins>"
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(body) == "Solna\nBox"


def test_text_within_content_controls_is_read() -> None:
    assert text(f"<w:sdt><w:sdtContent>{paragraph('Solna')}</w:sdtContent></w:sdt>") == "Solna"


def test_the_title_is_told() -> None:
    core = b'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Our friends</dc:title></c>'
    assert text_of_docx(docx(paragraph("a"), more={"docProps/core.xml": core}))[1] == "Our friends"


def test_a_document_that_unpacks_to_far_too_much_is_refused() -> None:
    assert refusal(docx(paragraph("a" * 20_000_000))) is Reason.BOMB
    assert refusal(docx(paragraph("a"), more={f"x/{n}.xml": b"" for n in range(6_000)})) is Reason.BOMB


def test_pictures_and_other_parts_are_not_unpacked() -> None:
    assert text_of_docx(docx(paragraph("Solna"), more={"word/media/a.png": b"\0" * 40_000_000}))[0] == "Solna"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_that_declares_entities_is_refused(head: str) -> None:
    assert refusal(docx(paragraph("&b;"), head=head)) is Reason.BOMB


def test_a_broken_document_is_refused() -> None:
    whole = docx(paragraph("Solna"))
    assert refusal(whole[:60]) is Reason.DAMAGED
    assert refusal(zipped({"word/document.xml": b"<w:p>"})) is Reason.DAMAGED
    assert refusal(zipped({"word/document.xml": b"<a>" * 300 + b"</a>" * 300})) is Reason.DAMAGED
    assert refusal(zipped({"other.xml": b""})) is Reason.DAMAGED
    spoilt = bytearray(whole)
    place = whole.index(b"word/document.xml") + 30
    spoilt[place : place + 20] = b"x" * 20
    assert refusal(bytes(spoilt)) is Reason.DAMAGED


def test_a_locked_part_is_refused() -> None:
    locked = bytearray(docx(paragraph("Solna")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := locked.find(mark, start + 1)) >= 0:
            locked[start + place] |= 1
    assert refusal(bytes(locked)) is Reason.LOCKED


def test_only_word_documents_are_taken_for_such() -> None:
    assert is_docx(docx(""))
    assert not is_docx(zipped({"xl/workbook.xml": b""}))
    assert not is_docx(b"PK\x03\x04")
