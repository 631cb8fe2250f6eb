"""The privacy notice and the accessibility statement."""

import pytest
from pytest_django import Settings

from tests.web.conftest import Read
from tests.web.test_pages import wrong_markup

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("address", ["privacy", "accessibility"])


@BOTH
def test_every_page_leads_to_them(visit: Read, address: str) -> None:
    link = visit("/en/").one("footer").one("a", href=f"/en/{address}/")
    assert link.text == visit(f"/en/{address}/").heading


@BOTH
def test_they_name_the_operator(visit: Read, settings: Settings, address: str) -> None:
    settings.OPERATOR, settings.OPERATOR_EMAIL = "Valga municipality", "data@valga.example"
    shown = visit(f"/en/{address}/").main
    assert "Valga municipality" in shown.text
    links = {a.text for a in shown.all("a") if a.attributes["href"] == "mailto:data@valga.example"}
    assert links == {"data@valga.example"}
    assert shown.all("div", class_="callout warn") == []


@BOTH
def test_where_nobody_is_named_they_say_so(visit: Read, settings: Settings, address: str) -> None:
    settings.OPERATOR = settings.OPERATOR_EMAIL = ""
    shown = visit(f"/en/{address}/").main
    assert shown.one("div", class_="callout warn").one("p", class_="callout-title").text == (
        "The operator of this site has not named itself yet."
    )
    assert "TWINHALL_OPERATOR_EMAIL" in shown.text


@BOTH
@pytest.mark.parametrize("language", ["en", "et", "lv", "bg"])
def test_they_are_there_in_every_language(visit: Read, address: str, language: str) -> None:
    shown = visit(f"/{language}/{address}/")
    assert shown.language == language
    assert wrong_markup(shown) == []


def test_the_notice_has_what_law_asks_for(visit: Read) -> None:
    assert visit("/en/privacy/").headings == [
        "Who is responsible",
        "If you only read",
        "If you report an error",
        "If you apply to a network for your town",
        "If you come to a meeting",
        "If you have an account",
        "Cookies",
        "Why we may",
        "For how long",
        "Your rights",
    ]


def test_the_notice_says_how_long_words_and_people_are_kept(visit: Read) -> None:
    told = visit("/en/privacy/").main.one("section", aria_labelledby="how-long").text
    assert "The text of a letter to you: 180 days." in told
    assert "the reasons given: 180 days after the decision." in told
    assert "What to mind at meals: 7 days after the meeting." in told


def test_the_statement_follows_the_model_of_the_directive(visit: Read) -> None:
    assert visit("/en/accessibility/").headings == [
        "How far it complies",
        "What is not accessible",
        "How this was found",
        "If something keeps you out",
        "If the answer does not help",
    ]


def test_every_page_leads_to_the_description_of_the_api(visit: Read) -> None:
    assert visit("/en/").one("footer").one("a", href="/api/v1/docs").text == "API for other software"
    assert visit("/lv/").one("footer").one("a", href="/api/v1/docs").text == "API citai programmatūrai"
