"""Suggestions while a name is typed, and a search page that says what it took a slip for."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

ADDRESS = "/en/search/suggest/"


def suggested(client: Client, query: str, language: str = "en") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/{language}/search/suggest/", {"q": query}).json()
    return answer


def test_a_suggestion_says_what_it_is_and_by_which_name_it_was_found(client: Client) -> None:
    assert suggested(client, "čerkasi") == {
        "said": "1 suggestion",
        "suggestions": [
            {
                "name": "Cherkasy",
                "language": "en",
                "href": "/en/parties/cherkasy/",
                "small": "municipality · Ukraine · 1 partnership",
                "found": "found as Čerkasi",
            }
        ],
    }


def test_suggestions_are_in_the_readers_language(client: Client) -> None:
    first = suggested(client, "Valmiera", "bg")["suggestions"][0]
    assert (first["name"], first["language"], first["href"]) == ("Валмиера", "bg", "/bg/parties/valmiera/")


@pytest.mark.parametrize("query", ["", "atlantis", "\x00", "🏰", "x" * 5000, "'; DROP TABLE"])
def test_where_nothing_is_called_so_that_is_said(client: Client, query: str) -> None:
    assert suggested(client, query) == {"said": "No suggestions", "suggestions": []}


def test_at_most_ten_are_suggested_and_slips_forgiven(client: Client) -> None:
    assert len(suggested(client, "c")["suggestions"]) == 10
    assert suggested(client, "Valmirea")["suggestions"][0]["name"] == "Valmiera"


def test_an_answer_may_be_kept_for_a_minute_and_is_not_sent_twice(client: Client) -> None:
    first = client.get(ADDRESS, {"q": "val"})
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in first.headers.get("Vary", "")
    assert not first.cookies
    again = client.get(ADDRESS, {"q": "val"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_suggestion_asks_few_questions_and_none_of_the_reader(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        suggested(client, "val")
    assert len(captured) <= 6
    assert not [query for query in captured.captured_queries if "session" in query["sql"]]


def test_the_field_of_every_page_says_where_suggestions_are(visit: Read) -> None:
    for address in ("/en/", "/en/parties/"):
        (form,) = [form for form in visit(address).all("form") if "data-suggest" in form.attributes]
        assert form.attributes["data-suggest"] == ADDRESS
        assert form.attributes["data-label"] == "Suggestions"


# The search page ---------------------------------------------------------------------------------------


def headings(visit: Read, **asked: str) -> list[str]:
    return [h2.text for h2 in visit("/en/search/", **asked).main.all("h2")]


def test_the_page_says_what_it_took_a_slip_for(visit: Read) -> None:
    told = visit("/en/search/", q="Valmirea").main.one("p", class_="meant")
    assert told.text.startswith("Nothing is called “Valmirea”. Shown instead: Valmiera")
    assert told.one("a").attributes["href"] == "?q=Valmirea&exact=1"


def test_searched_exactly_a_slip_finds_nothing(visit: Read) -> None:
    shown = visit("/en/search/", q="Valmirea", exact="1")
    assert shown.main.one("p", class_="empty-title").text == "Nothing is called so."


def test_what_was_found_is_narrowed_by_kind_and_by_country(visit: Read) -> None:
    kinds = visit("/en/search/", q="val").main.one("select", name="kind")
    assert [option.text for option in kinds.all("option")] == [
        "all kinds",
        "Cities, regions and others (4)",
        "Networks and associations (1)",
        "Projects (0)",
    ]
    assert headings(visit, q="val", kind="network") == ["Union of the Baltic Cities"]
    assert sorted(headings(visit, q="val", country="LV")) == ["Valka", "Valmiera"]
    assert headings(visit, q="val", country="LV", kind="network") == []


def test_a_narrowed_page_that_is_empty_leads_back_to_all_answers(visit: Read) -> None:
    empty = visit("/en/search/", q="val", kind="project").main.one("div", class_="empty")
    assert empty.one("a").attributes["href"] == "?q=val"


@pytest.mark.parametrize("asked", [{"kind": "castle"}, {"country": "XX"}, {"page": "9"}])
def test_what_cannot_be_chosen_is_refused(visit: Read, asked: dict[str, str]) -> None:
    assert visit("/en/search/", answers=400, q="val", **asked).main.one("h1").text


@pytest.fixture
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twinhall.web.asking.PAGE_SIZE", 2)


@pytest.mark.usefixtures("_short_pages")
def test_many_answers_stand_on_several_pages(visit: Read) -> None:
    first, second = headings(visit, q="val"), headings(visit, q="val", page="2")
    assert (len(first), len(second)) == (2, 2)
    assert not {*first} & {*second}
