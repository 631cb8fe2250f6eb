import zlib
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.reader.making import locked_pdf, pdf
from twinhall.reader.pdf import MOST_PAGES, text_of_pdf
from twinhall.reader.unreadable import Reason, UnreadableError

LONG = "The city of Valmiera has signed an agreement of cooperation"


def text(*lines: str) -> str:
    return text_of_pdf(pdf(*lines))[0]


def test_lines_that_the_width_has_broken_are_joined() -> None:
    assert text(LONG, "with the city of Solna.", "Viljandi, 1992", "Halle, 2011") == (
        f"{LONG} with the city of Solna.\nViljandi, 1992\nHalle, 2011"
    )


def test_a_word_that_was_divided_is_whole_again() -> None:
    assert text(f"{LONG} and friend-", "ship with Solna.") == f"{LONG} and friendship with Solna."
    assert text(f"{LONG} of Hoje-", "Taastrup in 1995.") == f"{LONG} of Hoje- Taastrup in 1995."


def test_items_and_new_sentences_begin_lines_of_their_own() -> None:
    assert text(f"{LONG}.", "It is old.", LONG, "- Solna since 1991") == (
        f"{LONG}.\nIt is old.\n{LONG}\n- Solna since 1991"
    )


def test_letters_beyond_ascii_are_kept() -> None:
    assert text("Söprusleping: Høje Taastrup, Ängelholm") == "Söprusleping: Høje Taastrup, Ängelholm"


def test_a_pdf_that_anybody_may_open_is_read() -> None:
    assert text_of_pdf(locked_pdf(""))[0] == "Partner towns of the city of Viljandi"


def test_the_title_is_told() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(LONG))))
    writer.add_metadata({"/Title": "Our \x00 friends"})
    out = BytesIO()
    writer.write(out)
    assert text_of_pdf(out.getvalue())[1] == "Our friends"


@pytest.mark.parametrize("end", [10, 100, 250, 400, -30])
def test_a_pdf_that_was_cut_off_is_refused_or_read(end: int) -> None:
    try:
        read = text_of_pdf(pdf(LONG)[:end])[0]
    except UnreadableError as error:
        read = error.reason
    assert read in {LONG, Reason.DAMAGED, Reason.SCANNED}


def test_a_page_that_unpacks_to_far_too_much_is_refused() -> None:
    packed = zlib.compress(b"BT (a) Tj ET " * 4_000_000, 9)
    plain = pdf(LONG)
    start, end = plain.index(b"4 0 obj"), plain.index(b"xref")
    thing = b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )
    with pytest.raises(UnreadableError) as refusal:
        text_of_pdf(plain[:start] + thing + plain[end:])
    assert refusal.value.reason in {Reason.BOMB, Reason.DAMAGED}


def test_only_so_many_pages_are_read() -> None:
    page = PdfReader(BytesIO(pdf(LONG))).pages[0]
    writer = PdfWriter()
    for _number in range(MOST_PAGES + 2):
        writer.add_page(page)
    out = BytesIO()
    writer.write(out)
    assert text_of_pdf(out.getvalue())[0].count("Valmiera") == MOST_PAGES
