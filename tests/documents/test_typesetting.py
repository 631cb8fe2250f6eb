"""Papers as PDF: their words in every script, their fonts, their language; nothing in them is run."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from typst import TypstError

from twinhall.documents import pdfs
from twinhall.documents.typesetting import typeset

LETTERS = "ș ț ģ ķ ņ ā š ž õ ł ß й ї ґ ъ ѝ ά ώ ΐ ς"


def a_list(**other: object) -> dict[str, object]:
    told = {
        "title": "Членове – Μέλη",
        "columns": [{"label": "Име", "width": 3}, {"label": "№", "align": "right"}],
        "groups": [{"heading": "България", "rows": [[{"text": "Стара Загора", "lang": "bg"}, "12"]]}],
        "foot": "22.11.2026",
    }
    return {**told, **other}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def fonts_of(reader: PdfReader) -> Iterator[DictionaryObject]:
    """What describes each font of a file."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            yield inner["/FontDescriptor"].get_object()


def test_a_paper_has_its_title_language_and_tags() -> None:
    root = (reader := read(typeset("documents/list", a_list(), language="bg"))).trailer["/Root"]
    assert reader.metadata
    assert (reader.metadata.title, root["/Lang"]) == ("Членове – Μέλη", "bg")  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]


def test_every_letter_of_europe_is_there_and_its_font_within() -> None:
    pdf = typeset("documents/list", a_list(lede=LETTERS), language="el")
    words = text_of(pdf)
    assert [
        word for word in (*LETTERS.split(), "Стара Загора", "Μέλη", "България") if word not in words
    ] == []
    fonts = list(fonts_of(read(pdf)))
    assert {str(font["/FontName"]).partition("+")[2].partition("-")[0] for font in fonts} == {
        "LibertinusSerif"
    }
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


@pytest.mark.parametrize(
    "told", ["#panic()", '#read("/settings.py")', "*a* _b_ $x$ `c` <d> @e \\ // =", '"]) #1']
)
def test_what_people_write_is_text_and_nothing_else(told: str) -> None:
    pdf = typeset("documents/list", a_list(title=told, lede=told), language="en")
    assert text_of(pdf).count(told) == 2
    metadata = read(pdf).metadata
    assert metadata
    assert metadata.title == told


def test_a_long_list_goes_on_with_its_head_and_numbers_its_pages() -> None:
    rows = [[f"Town {number}", str(number)] for number in range(120)]
    pages = read(typeset("documents/list", a_list(groups=[{"rows": rows}]), language="en")).pages
    said = [page.extract_text() for page in pages]
    assert len(said) > 2
    assert all("Име" in page for page in said)
    assert [f"{number} / {len(said)}" in page for number, page in enumerate(said, start=1)] == [True] * len(
        said
    )


def test_a_wide_list_lies_on_its_side_and_has_places_to_sign() -> None:
    pdf = typeset("documents/list", a_list(wide=True, signatures=["Chair"]), language="en")
    box = read(pdf).pages[0].mediabox
    assert box.width > box.height
    assert "Chair" in text_of(pdf)


def test_it_passes_our_own_inspection_of_uploads() -> None:
    pdfs.check(typeset("documents/list", a_list(), language="en"))


def test_data_that_the_template_cannot_use_are_an_error() -> None:
    with pytest.raises(TypstError):
        typeset("documents/list", {"title": "Members"}, language="en")
