"""Finding anything by any of its names, in any script."""

import pytest

from tests.web.conftest import Read

pytestmark = pytest.mark.usefixtures("register")

CHERKASY = "/en/parties/cherkasy/"


def found(visit: Read, query: str, language: str = "en") -> list[str]:
    hits = visit(f"/{language}/search/", q=query).main.all("ul", class_="hits")
    return [h2.one("a").attributes["href"] for ul in hits for h2 in ul.all("h2")]


@pytest.mark.parametrize("query", ["Cherkasy", "черкаси", "ЧЕРКАСИ", "Čerkasi", "cerkasi", "  cherk  "])
def test_a_town_is_found_by_any_of_its_names(visit: Read, query: str) -> None:
    assert found(visit, query) == [CHERKASY]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("frankfurt", "/en/parties/frankfurt-oder/"),
        ("słubice", "/en/parties/slubice/"),
        ("Slubice", "/en/parties/slubice/"),
        ("Giterslo", "/en/parties/kreis-gutersloh/"),
        ("Høje Taastrup", "/en/parties/hoje-taastrup/"),
        ("Страсбургски", "/en/parties/strasbourg-club/"),
        ("CTA", "/en/parties/city-twins-association/"),
        ("cities of change", "/en/projects/cities-of-change/"),
    ],
)
def test_towns_networks_and_projects_are_found(visit: Read, query: str, address: str) -> None:
    assert found(visit, query) == [address]


def test_the_beginning_of_any_word_finds_and_first_words_come_first(visit: Read) -> None:
    *by_first_word, by_another = found(visit, "val")
    assert sorted(by_first_word) == [
        "/en/parties/valga/",
        "/en/parties/valka/",
        "/en/parties/vallefoglia/",
        "/en/parties/valmiera/",
    ]
    assert by_another == "/en/parties/union-of-the-baltic-cities/"


def test_a_hit_says_what_it_is_and_by_which_name_it_was_found(visit: Read) -> None:
    hit = visit("/en/search/", q="čerkasi").main.one("ul", class_="hits").one("li")
    assert hit.text == "municipality · Ukraine · 1 partnership Cherkasy found as Čerkasi"


def test_the_number_of_answers_is_told(visit: Read) -> None:
    shown = visit("/en/search/", q="val")
    assert shown.main.one("p", class_="aka").text == "5 answers to “val”"
    assert shown.title == "Search: val – Twinhall"
    assert shown.one("input", id="site-search").attributes["value"] == "val"


@pytest.mark.parametrize("query", ["atlantis", "%", "_", "'; DROP TABLE", "\x00", "x" * 5000, "🏰"])
def test_what_nothing_is_called_finds_nothing(visit: Read, query: str) -> None:
    assert found(visit, query) == []


def test_nothing_found_says_what_to_try(visit: Read) -> None:
    empty = visit("/en/search/", q="atlantis").main.one("div", class_="empty")
    assert empty.one("p", class_="empty-title").text == "Nothing is called so."
    assert empty.one("a").attributes["href"] == "/en/parties/"


def test_without_a_question_the_page_asks_for_one(visit: Read) -> None:
    assert visit("/en/search/").main.one("p", class_="empty-title").text == "What are you looking for?"


def test_what_was_asked_is_shown_and_not_run(visit: Read) -> None:
    shown = visit("/en/search/", q="\"><script>alert('x')</script>")
    assert [e for e in shown.all("script") if "src" not in e.attributes] == []
    assert shown.one("input", id="site-search").attributes["value"] == "\"><script>alert('x')</script>"


def test_names_are_found_in_every_language_of_the_site(visit: Read) -> None:
    assert [found(visit, "черкаси", language) for language in ("en", "et", "lv", "bg")] == [
        [f"/{language}/parties/cherkasy/"] for language in ("en", "et", "lv", "bg")
    ]
