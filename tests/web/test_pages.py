"""What holds of every page: its head, its languages, its markup, its headers."""

import re
from itertools import pairwise

import pytest
from django.test import Client

from tests.web.conftest import Read
from tests.web.kinds import KINDS, LANGUAGES, REFUSED
from tests.web.reading import Element, Page, page
from twinhall.evidence.models import Source
from twinhall.web.urls import urlpatterns

pytestmark = pytest.mark.usefixtures("register")

SITE = "http://testserver"
EVERY = [*KINDS.values(), "source"]


@pytest.fixture(scope="module")
def seen() -> dict[str, Page]:
    """Pages that were opened before: no test here changes the register."""
    return {}


@pytest.fixture
def opened(visit: Read, seen: dict[str, Page], request: pytest.FixtureRequest) -> Page:
    """The page of the address that the test is given, in English."""
    kind = request.param
    if kind not in seen:
        seen[kind] = visit(address_of(kind))
    return seen[kind]


def address_of(kind: str, language: str = "en") -> str:
    if kind == "source":
        kind = f"sources/{Source.objects.get(key='valga-city-twins-association').pk}/"
    return f"/{language}/{kind}"


def every_page(test: object) -> object:
    return pytest.mark.parametrize("opened", EVERY, indirect=True, ids=str)(test)


def test_every_kind_of_page_is_looked_at() -> None:
    """An address that is added to the site must be added here."""
    names = {pattern.name for pattern in urlpatterns}
    assert names == {
        *("home", "parties", "party", "partnerships", "partnership", "networks", "network"),
        *("meetings", "meeting"),  # a meeting is nobody's but its organiser's: in test_meetings.py
        *("meetings-calendar", "meetings-atom", "meeting-calendar"),
        *("projects", "project", "sources", "source", "disagreements", "search", "components"),
        *("privacy", "accessibility"),
        *("report", "reported"),  # in test_report.py: search engines pass them by
        *("apply", "applied", "members-paper"),  # in test_applying.py and test_papers.py
        "suggest",  # data, in test_suggest.py
        *("parties-map", "party-ties", "partnerships-map"),  # data, in test_map_data.py
        "document",  # a file: in tests/desk/test_documents.py
        # Not for people: in test_files.py and test_feeds.py
        *("parties-file", "partnerships-file", "networks-file", "members-file", "projects-file"),
        *("columns", "member-columns", "changes", "party-changes"),
    }


# Languages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EVERY)
def test_every_page_is_there_in_every_language(visit: Read, kind: str, language: str) -> None:
    shown = visit(address_of(kind, language))
    assert shown.language == language
    assert len(shown.main.all("h1")) == 1


def words_of_the_site(shown: Page) -> set[str]:
    """What the site itself says on a page, whatever the register holds."""
    sections = {a.text for nav in shown.all("nav", class_="page sections") for a in nav.all("a")}
    forms = {e.text for form in shown.all("form") for e in [*form.all("button"), *form.all("label")]}
    return sections | forms | {shown.one("a", class_="skip").text, shown.description} - {""}


@pytest.mark.parametrize("language", ["et", "lv", "bg"])
@pytest.mark.parametrize("kind", ["", "parties/", "disagreements/"])
def test_no_word_of_the_site_stays_english(visit: Read, kind: str, language: str) -> None:
    """Catalogues must be compiled, which `make install` does."""
    english, other = (words_of_the_site(visit(address_of(kind, code))) for code in ("en", language))
    assert len(english) >= 8
    assert english & other == set()


def test_what_the_register_tells_is_told_in_the_language_of_the_page(visit: Read) -> None:
    pages = {language: visit(address_of("parties/valmiera/", language)) for language in LANGUAGES}
    words = {
        language: [e.text for e in shown.all("span", lang=language)] for language, shown in pages.items()
    }
    assert "Valmiera joined in January 2021." in words["en"]
    assert "Valmiera liitus 2021. aasta jaanuaris." in words["et"]
    assert "Valmiera pievienojās 2021. gada janvārī." in words["lv"]
    assert "Валмиера се присъединява през януари 2021 г." in words["bg"]


@every_page
def test_every_page_names_itself_in_each_language(opened: Page, request: pytest.FixtureRequest) -> None:
    kind = request.node.callspec.params["opened"]
    path = address_of(kind).split("?")[0].removeprefix("/en/")
    assert opened.one("link", rel="canonical").attributes["href"] == f"{SITE}/en/{path}"
    assert opened.alternates == {
        "en": f"{SITE}/en/{path}",
        "et": f"{SITE}/et/{path}",
        "lv": f"{SITE}/lv/{path}",
        "bg": f"{SITE}/bg/{path}",
        "x-default": f"{SITE}/en/{path}",
    }


@every_page
def test_the_choice_of_language_keeps_the_page(opened: Page, request: pytest.FixtureRequest) -> None:
    kind = request.node.callspec.params["opened"]
    for nav in opened.all("nav", aria_label="Language"):
        links = {a.attributes["hreflang"]: a.attributes["href"] for a in nav.all("a")}
        assert links == {language: address_of(kind, language) for language in LANGUAGES}
        assert [a.text for a in nav.all("a")] == ["English", "Eesti", "Latviešu", "Български"]
        assert nav.one("a", aria_current="true").attributes["lang"] == "en"


# The head ----------------------------------------------------------------------------------------------


@every_page
def test_every_page_has_a_title_and_a_description(opened: Page) -> None:
    title, separator, site = opened.title.rpartition(" – ")
    assert (title != "", separator, site) == (True, " – ", "Twinhall")
    assert 40 <= len(opened.description) <= 260


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("", "The register of town twinning – Twinhall"),
        ("parties/valmiera/", "Valmiera, Latvia – Twinhall"),
        ("partnerships/solna-valmiera/", "Solna and Valmiera – Twinhall"),
        ("networks/city-twins-association/", "City Twins Association – Twinhall"),
        ("projects/cities-of-change/", "Cities of change – Twinhall"),
        ("disagreements/", "Disagreements – Twinhall"),
    ],
)
def test_a_page_is_titled_after_its_record(visit: Read, kind: str, title: str) -> None:
    assert visit(address_of(kind)).title == title


# The markup --------------------------------------------------------------------------------------------


def wrong_markup(shown: Page) -> list[str]:
    """What makes a page hard to read aloud, to link into, or unsafe."""
    wrong = [
        f"<{e.tag}>"
        for e in shown
        if e.tag in {"script", "style", "iframe", "object", "embed"}
        and e.attributes.get("type") != "application/ld+json"  # data, which no browser runs
        and not (e.tag == "script" and e.attributes.get("src", "").startswith("/static/") and not e.own_words)
    ]
    wrong += [
        f"{e.tag} {name}={value}"
        for e in shown
        for name, value in e.attributes.items()
        if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
    ]
    ids = [e.attributes["id"] for e in shown if "id" in e.attributes]
    wrong += [f"twice: {name}" for name in ids if ids.count(name) > 1]
    wrong += [
        f"leads nowhere: {e.attributes['href']}"
        for e in shown.all("a")
        if re.match("#.", e.attributes["href"]) and e.attributes["href"][1:] not in ids
    ]
    wrong += [
        f"an empty link to {a.attributes['href']}"
        for a in shown.all("a")
        if not (a.text or a.marks or named(a))
    ]
    wrong += [f"no words for {e.attributes}" for e in shown.all("svg", role="img") if not named(e)]
    wrong += [f"labelled by nothing: {e.tag}" for e in shown if not set(labels(e)) <= set(ids)]
    levels = [int(e.tag[1]) for e in shown.main if re.fullmatch("h[1-6]", e.tag)]
    wrong += [f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1]
    return wrong


def named(element: Element) -> bool:
    return bool(element.attributes.get("aria-label"))


def labels(element: Element) -> list[str]:
    return " ".join(
        element.attributes.get(f"aria-{how}", "") for how in ("labelledby", "describedby")
    ).split()


@every_page
def test_the_markup_is_sound_and_has_nothing_inline(opened: Page) -> None:
    assert wrong_markup(opened) == []


@pytest.mark.parametrize(("address", "status"), REFUSED.values(), ids=list(REFUSED))
def test_the_markup_of_refusals_is_sound(visit: Read, address: str, status: int) -> None:
    assert wrong_markup(visit(f"/en/{address}", answers=status)) == []


@every_page
def test_no_word_of_the_machine_shows(opened: Page) -> None:
    shown = opened.text
    assert [
        word for word in ("None", "Undefined", "{{", "}}", "%(", "<bound", "object at") if word in shown
    ] == []


@every_page
def test_tables_have_captions_and_heads(opened: Page) -> None:
    for table in opened.main.all("table"):
        assert table.one("caption").text != ""
        columns = len(table.one("thead").one("tr").all("th")) + len(table.one("thead").all("td"))
        assert {
            len([c for c in tr if c.tag in {"td", "th"}]) for b in table.all("tbody") for tr in b.all("tr")
        } == {columns}


def test_every_link_of_a_record_leads_to_a_page(client: Client, visit: Read, seen: dict[str, Page]) -> None:
    kinds = [
        "networks/city-twins-association/",
        "projects/cities-of-change/",
        "parties/stara-zagora/",
        "source",
    ]
    pages = [seen.get(kind) or visit(address_of(kind)) for kind in kinds]
    links = {a.attributes["href"].split("#")[0] for shown in pages for a in shown.main.all("a")}
    answers = {link: client.head(link).status_code for link in sorted(links) if link.startswith("/")}
    assert len(answers) > 20
    assert {link: status for link, status in answers.items() if status not in {200, 301}} == {}


# Headers -----------------------------------------------------------------------------------------------

DIRECTIVES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.parametrize(
    "address", ["/en/", "/en/parties/valmiera/", "/en/nothing/", "/en/parties/?on=yesterday", "/", "/healthz"]
)
def test_every_answer_carries_the_headers_of_safety(client: Client, db: None, address: str) -> None:  # noqa: ARG001
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if part.strip()
    )
    assert policy == DIRECTIVES
    assert {
        name: headers[name] for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")
    } == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    assert "Set-Cookie" not in headers


def test_a_fault_carries_them_too(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.delattr("twinhall.web.views.home.today")
    client.raise_request_exception = False
    answer = client.get("/en/")
    page(answer, 500)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"].split("; ")


def test_pages_are_sent_compressed(client: Client, db: None) -> None:  # noqa: ARG001
    answer = client.get("/en/parties/valmiera/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
