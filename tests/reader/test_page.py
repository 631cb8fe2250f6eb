from email.message import EmailMessage

import pytest

from tests.reader.making import docx, locked_pdf, paragraph, pdf, zipped
from twinhall.reader.page import (
    DOCX,
    HTML,
    LARGEST,
    LARGEST_TEXT,
    MHTML,
    PDF,
    PLAIN,
    Page,
    page_of_text,
    read_page,
)
from twinhall.reader.unreadable import Reason, UnreadableError

TEXT = "The city of Valmiera and the city of Solna have been partners since 1991, and they meet each year."


def refused(data: bytes, **said: str) -> Reason:
    with pytest.raises(UnreadableError) as refusal:
        read_page(data, **said)
    assert str(refusal.value).endswith(".")
    return refusal.value.reason


def test_plain_text_is_kept_as_it_is() -> None:
    text = f"\n  {TEXT}\n\n\tSolna\u00a0– 1991\u00ad \n"
    assert read_page(text.encode()) == Page(text, "en", PLAIN)
    assert page_of_text(text, "lv") == Page(text, "lv", PLAIN)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_text_is_the_same_whatever_ends_its_lines(end: str) -> None:
    text = f"{TEXT}\n\nSolna – 1991\n"
    ended = text.replace("\n", end)
    assert read_page(ended.encode()) == page_of_text(ended) == Page(text, "en", PLAIN)


@pytest.mark.parametrize(
    ("said", "media_type"),
    [
        ({}, HTML),
        ({"media_type": "application/octet-stream"}, HTML),
        ({"media_type": "Text/HTML; charset=utf-8"}, HTML),
        ({"name": "Page.HTM"}, HTML),
        ({"media_type": "text/plain"}, HTML),
        ({"name": "page.txt"}, HTML),
    ],
)
@pytest.mark.parametrize(
    "start", ["<!-- a --> <!DOCTYPE html><p>", f"<!--{'a' * 5_000}--><div>", "<center><font size=2>", "<b>"]
)
def test_a_page_with_tags_is_one_whatever_is_said(said: dict[str, str], media_type: str, start: str) -> None:
    page = read_page(f"{start}{TEXT}".encode(), **said)
    assert page.media_type == media_type
    assert page.text.startswith(TEXT[:10])


def test_the_source_of_a_page_that_is_pasted_is_read_as_the_page() -> None:
    page = page_of_text(f"<!doctype html><script>let x = 1</script><p>{TEXT}</p>")
    assert page.text.startswith(TEXT[:10])
    assert "let x" not in page.text


def test_a_page_saved_as_a_single_file_is_read() -> None:
    saved = EmailMessage()
    saved["Subject"] = "Partneři"
    saved.set_content(
        f"<html><body><h1>Pilsētas</h1><p>{TEXT}</p></body></html>", subtype="html", cte="quoted-printable"
    )
    saved.add_related(b"\x89PNG", maintype="image", subtype="png")
    page = read_page(saved.as_bytes(), name="page.mhtml")
    assert page.media_type == MHTML
    assert page.text.startswith("Pilsētas")
    assert TEXT[:10] in page.text


def test_a_single_file_without_a_page_is_refused() -> None:
    saved = EmailMessage()
    saved.set_content("Only words.")
    saved.make_related()
    saved.add_related(b"\x89PNG", maintype="image", subtype="png")
    assert refused(saved.as_bytes()) is Reason.KIND


def test_text_with_an_angle_is_text() -> None:
    assert read_page(f"<3 {TEXT}".encode()).text == f"<3 {TEXT}"


@pytest.mark.parametrize("said", [{}, {"media_type": "text/html"}, {"name": "page.txt"}])
def test_documents_are_known_by_their_content(said: dict[str, str]) -> None:
    assert read_page(pdf(TEXT), **said).media_type == PDF
    assert read_page(docx(paragraph(TEXT)), **said).media_type == DOCX


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0\0", b"\xef\xbb\xbf", "\u00a0\u00a0".encode()])
def test_nothing_is_refused(data: bytes) -> None:
    assert refused(data) is Reason.EMPTY


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html></html>", Reason.EMPTY),
        ("<p>&nbsp;</p>", Reason.EMPTY),
        ("<p", Reason.EMPTY),
        ("<body><script>let x = 1</script></body>", Reason.SCRIPTED),
        ("<div id=root>Loading …</div><script src=/app.js></script>", Reason.SCRIPTED),
        (
            "<noscript></noscript><p>Please enable JavaScript to see our partners.<script></script>",
            Reason.SCRIPTED,
        ),
        ("<body><div id=root></div><SCRIPT src=/app.js></SCRIPT></body>", Reason.SCRIPTED),
    ],
)
def test_a_page_without_text_is_refused(html: str, reason: Reason) -> None:
    assert refused(html.encode(), media_type="text/html") is reason


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1 hello}",
        b"\x1f\x8b\x08\x00",
        zipped({"xl/workbook.xml": b"<x/>"}),
        b"PK\x03\x04 broken",
    ],
)
def test_other_formats_are_refused_whatever_they_are_called(data: bytes) -> None:
    assert refused(data, name="page.html", media_type="text/html") is Reason.KIND


def test_binary_data_is_refused() -> None:
    data = bytes(range(1, 256)) * 20
    assert refused(data) in {Reason.BINARY, Reason.ENCODING}
    assert refused(b"<html><p>" + b"\x01\x02\x03" * 50) is Reason.BINARY
    assert refused("Zwei Städte".encode("utf-16-le")) is Reason.BINARY


def test_what_is_too_large_is_refused() -> None:
    assert refused(b"a" * 50_000_000) is Reason.TOO_LARGE
    assert refused(b"a" * (LARGEST_TEXT + 1)) is Reason.TOO_LARGE
    assert refused(b"%PDF-1.7\n" + b"a" * LARGEST) is Reason.TOO_LARGE


def test_pdfs_that_cannot_be_read_are_refused() -> None:
    assert refused(locked_pdf("secret")) is Reason.LOCKED
    assert refused(pdf()) is Reason.SCANNED
    assert refused(pdf(TEXT)[:300]) is Reason.DAMAGED
    assert refused(b"%PDF-1.7\nnothing") is Reason.DAMAGED


def test_a_page_that_declares_entities_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><p>&b;</p></html>'
    )
    assert refused(bomb.encode()) is Reason.BOMB


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<title>404 Not Found</title><h1>Not Found</h1><p>nginx</p>", Reason.MISSING),
        ("<title>Viga 404</title><p>Otsitud dokumenti ei ole.</p>", Reason.MISSING),
        (
            "<title>Stadt</title><h1>Seite nicht gefunden</h1><p>Bitte nutzen Sie die Suche.</p>",
            Reason.MISSING,
        ),
        ("<h1>Страница не найдена</h1>", Reason.MISSING),
        ("<title>Service Unavailable</title><p>Try later</p>", Reason.MISSING),
        ("<h1>Sign in</h1><form>Name <input name=u> Password <input type=password></form>", Reason.LOGIN),
        ("<title>Sisselogimine</title><p>Kasutaja</p><input type='password'>", Reason.LOGIN),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", Reason.BLOCKED),
    ],
)
def test_what_came_instead_of_a_page_is_refused(html: str, reason: Reason) -> None:
    assert refused(html.encode(), media_type="text/html") is reason


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>Partners</h1><p>{TEXT}</p><form>Sign out <input type=password></form>",
        f"<h1>Room 404</h1><p>{TEXT}</p>",
        f"<h1>Login</h1><p>{TEXT}</p>",
        f"<title>Login</title><input type=password><p>{TEXT * 20}</p>",
        f"<h1>Partners</h1><p>Bielefeld, since 1991. To the fair came 500 guests. {TEXT}</p>",
        f"<h1>Partners</h1><p>See http://valmiera.example: Solna, 400 km away. {TEXT}</p>",
        f"<h1>Not found: our lost partners</h1><p>{TEXT * 20}</p>",
    ],
)
def test_a_page_that_only_speaks_of_such_things_is_read(html: str) -> None:
    assert TEXT in read_page(html.encode(), media_type="text/html").text


def test_the_words_of_a_page_decide_its_language_before_what_it_says() -> None:
    page = read_page(f'<html lang="lv"><title> Our\n town </title><p>{TEXT * 3}'.encode())
    assert (page.language, page.title) == ("en", "Our town")
