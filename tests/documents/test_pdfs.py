"""A PDF that is kept shows pages and does nothing else."""

import pytest
from django.core.exceptions import ValidationError

from tests.documents import making
from tests.documents.making import pdf_by_hand, pdf_with_packed_object
from tests.factories.documents import make_pdf_bytes
from twinhall.documents import pdfs

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
DAMAGED = (
    "This PDF cannot be opened: it is damaged or was cut off on its way. "
    "Send it again, or print it to a new PDF and send that."
)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        pdfs.check(content)
    return refused.value.messages[0]


def active(found: str) -> str:
    return (
        "This PDF does more than show pages: it carries a script, another file or a programme "
        f"({found}). Print it to a new PDF and send that."
    )


@pytest.mark.parametrize(
    "content",
    [
        make_pdf_bytes(),
        make_pdf_bytes(pages=40),
        making.pdf_that_opens_at_its_first_page(),
        making.pdf_with_link_and_outline(),
        pdf_by_hand(),
        pdf_by_hand() + b"\n\n",
        pdf_with_packed_object(b"<< /Title (Agreement) >>"),
        pdf_by_hand(b"/Dangling 99 0 R"),
        pdf_by_hand(b"/Title (a text of /JavaScript and /Launch is only a text)"),
    ],
)
def test_what_only_shows_pages_is_taken(content: bytes) -> None:
    pdfs.check(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf_by_hand(b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", b"null"), "/JavaScript"),
        (making.pdf_with_attachment(), "/EmbeddedFile"),
        (pdf_by_hand(b"/OpenAction " + SCRIPT), "/JS"),
        (pdf_by_hand(b"/OpenAction 4 0 R", SCRIPT), "/JS"),
        (pdf_by_hand(b"/AA << /WC 4 0 R >>", SCRIPT), "/JS"),
        (pdf_by_hand(b"", SCRIPT), "/JS"),
        (pdf_by_hand(b"/A [[[<< /B " + SCRIPT + b" >>]]]"), "/JS"),
        (pdf_by_hand(b"/OpenAction << /S /J#61vaScript /J#53 (1) >>"), "/JS"),
        (pdf_by_hand(b"/OpenAction << /S 4 0 R >>", b"/JavaScript"), "/JavaScript"),
        (pdf_by_hand(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "/Launch"),
        (pdf_by_hand(b"/OpenAction << /S 4 0 R >>", b"/Launch"), "/Launch"),
        (pdf_by_hand(b"/Names << /EmbeddedFiles 4 0 R >>", b"<< /Names [] >>"), "/EmbeddedFiles"),
        (pdf_by_hand(b"", b"<< /Type /Filespec /EF << /F 9 0 R >> >>"), "/EF"),
        (pdf_by_hand(b"", b"<< /Type /EmbeddedFile >>"), "/EmbeddedFile"),
        (pdf_by_hand(b"", b"<< /Type /Annot /Subtype /FileAttachment >>"), "/FileAttachment"),
        (pdf_by_hand(b"", b"<< /Type /Annot /Subtype /RichMedia >>"), "/RichMedia"),
        (pdf_by_hand(b"", b"<< /RichMediaContent << >> >>"), "/RichMediaContent"),
        (pdf_by_hand(b"/AcroForm << /Fields [] /XFA [] >>"), "/XFA"),
        (pdf_with_packed_object(SCRIPT), "/JS"),
        (pdf_by_hand(trailer=b"/Extra " + SCRIPT), "/JS"),
    ],
)
def test_what_does_more_is_refused_wherever_it_hides(content: bytes, found: str) -> None:
    assert refusal(content) == active(found)


def test_a_locked_pdf_is_refused() -> None:
    assert refusal(make_pdf_bytes(password="saladus")) == (
        "This PDF is locked with a password or against copying. Save it unlocked and send that."
    )


@pytest.mark.parametrize("part", [0.02, 0.1, 0.5, 0.9, 0.99])
def test_a_pdf_that_was_cut_off_is_refused(part: float) -> None:
    content = make_pdf_bytes(pages=20)
    assert refusal(content[: int(len(content) * part)]) == DAMAGED


def test_a_pdf_cut_off_anywhere_before_its_end_mark_is_refused() -> None:
    content = pdf_by_hand()
    assert {refusal(content[:length]) for length in range(5, content.index(b"%%EOF") + 5)} == {DAMAGED}


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF\n",
        b"%PDF-" + bytes(1000),
        pdf_by_hand().replace(b"/Kids [3 0 R]", b"/Kids []     ").replace(b"/Count 1", b"/Count 0"),
        pdf_by_hand().replace(b"startxref\n", b"startxref\n9"),
        b"<html>" + pdf_by_hand(),
        pdf_by_hand(b"[" * 5000 + b"]" * 5000),
        pdf_by_hand(trailer=b"/Encrypt 99 0 R"),
    ],
)
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    assert refusal(content) == DAMAGED


def test_a_pdf_made_to_be_slow_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MOST_SECONDS", -1)
    assert refusal(make_pdf_bytes()) == (
        "This PDF is too complicated to be looked through. Print it to a new PDF and send that."
    )
