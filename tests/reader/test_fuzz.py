"""Whatever comes, the reader reads it or says why not; and every quote is an exact part of the text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reader.making import docx, paragraph, pdf, row
from twinhall.reader.page import PLAIN, Page, page_of_text, read_page
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts
from twinhall.reader.unreadable import UnreadableError

SLOWLY = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
PIECES = [
    "Solna, Sweden, 1991",
    "Partner towns",
    "partnerstādi",
    "Städtepartnerschaft",
    "ciudades hermanadas",
    "міста-побратими",
    "13.12.2006",
    "1992/2011",
    "Valga – Valka",
    "Zdunskas Volas (Polijas)",
    "signed an agreement with",
    "is a member of the Union of the Baltic Cities",
    "Interreg",
    "budget 1 050 000 EUR",
    "Halle (Vestf.)",
]
TAGS = [
    "<p>",
    "</p>",
    "<li>",
    "<ul>",
    "</ul>",
    "<tr>",
    "<td>",
    "<table>",
    "</table>",
    "<br>",
    "<h2>",
    "<!--",
    "<",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40)
BROKEN = st.binary(max_size=400)


def read(data: bytes, places: Places, **said: str) -> Page | None:
    try:
        page = read_page(data, **said)
    except UnreadableError:
        return None
    check(page, places)
    return page


def check(page: Page, places: Places) -> None:
    for fact in read_facts(page, places=places, subject="Valmiera", subject_country="LV"):
        assert page.text[fact.quote_start : fact.quote_start + len(fact.quote)] == fact.quote
        assert fact.quote.strip()


@SLOWLY
@given(data=BROKEN, media_type=st.sampled_from(["", "text/html", "text/plain"]), charset=st.text(max_size=10))
def test_any_bytes(data: bytes, media_type: str, charset: str, places: Places) -> None:
    read(data, places, media_type=media_type, charset=charset)


@SLOWLY
@given(texts=TEXTS, between=st.sampled_from([" ", "\n", "\r\n", "\n\n", " – ", ", "]))
def test_any_text(texts: list[str], between: str, places: Places) -> None:
    text = between.join(texts)
    try:
        page = page_of_text(text)
    except UnreadableError:
        return
    if page.media_type == PLAIN:  # and not the source of a page
        assert page.text == text.replace("\r\n", "\n").replace("\r", "\n")
    check(page, places)


@SLOWLY
@given(pieces=st.lists(st.sampled_from(TAGS + PIECES) | st.text(max_size=6), max_size=60))
def test_any_html(pieces: list[str], places: Places) -> None:
    read(b"<html>" + "".join(pieces).encode("utf-8", "replace"), places, media_type="text/html")


@SLOWLY
@given(data=st.data())
def test_any_document_that_was_damaged(data: st.DataObject, places: Places) -> None:
    whole = data.draw(
        st.sampled_from(
            [
                pdf("Partner towns of Valmiera", *PIECES[:1], PIECES[6]),
                docx("".join(map(paragraph, PIECES)) + row(*PIECES[:3])),
            ]
        )
    )
    spoilt = bytearray(whole)
    for _time in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(spoilt)[: data.draw(st.integers(1, len(spoilt)))], places)
