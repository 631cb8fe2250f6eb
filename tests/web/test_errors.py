"""What cannot be is answered calmly, with a word on what to do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import translation

from tests.factories.parties import make_party
from tests.web.conftest import Read
from tests.web.reading import page, read
from twinhall.web.views import errors

pytestmark = pytest.mark.django_db

A_DAY = "Write it as year, month and day, such as 2010-01-31."
LISTS = ["parties", "partnerships", "networks", "projects", "sources"]
DATED = ["parties", "partnerships", "projects"]


@pytest.mark.parametrize("address", DATED)
@pytest.mark.parametrize(
    "asked", ["yesterday", "2010-13-01", "2010-02-30", "2010", "0000-01-01", "\x00", "1 or 1"]
)
def test_a_day_that_is_none_is_refused_with_a_word(visit: Read, address: str, asked: str) -> None:
    refused = visit(f"/en/{address}/", answers=400, on=asked)
    assert refused.main.one("p", class_="lede").text == f"“{asked}” is not a day. {A_DAY}"
    assert refused.main.one("a").attributes["href"] == f"/en/{address}/"


def test_a_day_that_is_none_is_refused_on_a_party_and_a_tie(visit: Read) -> None:
    make_party(name="Valmera")
    assert visit("/en/parties/valmera/", answers=400, on="yesterday").main.one("p", class_="lede").text == (
        f"“yesterday” is not a day. {A_DAY}"
    )


@pytest.mark.parametrize("asked", ["0001-01-01", "9999-12-31", "2010-01-31", ""])
@pytest.mark.parametrize("address", DATED)
def test_any_day_of_the_calendar_can_be_asked_for(visit: Read, address: str, asked: str) -> None:
    visit(f"/en/{address}/", on=asked)


@pytest.mark.parametrize("asked", ["0", "-1", "99", "one", "1.5", "9" * 40, "\x00"])
@pytest.mark.parametrize("address", LISTS)
def test_a_page_of_a_list_that_is_none_is_refused_with_a_word(visit: Read, address: str, asked: str) -> None:
    refused = visit(f"/en/{address}/", answers=400, page=asked)
    assert refused.main.one("p", class_="lede").text == (
        f"There is no page “{asked[:20]}”. Pages of this list go from 1 to 1."
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("parties", "country"),
        ("parties", "kind"),
        ("partnerships", "country"),
        ("partnerships", "kind"),
        ("partnerships", "status"),
        ("partnerships", "field"),
        ("networks", "field"),
        ("projects", "country"),
        ("projects", "programme"),
    ],
)
@pytest.mark.parametrize("asked", ["XX", "<b>", "\x00"])
def test_a_filter_that_cannot_be_chosen_is_refused_with_a_word(
    visit: Read, address: str, name: str, asked: str
) -> None:
    refused = visit(f"/en/{address}/", answers=400, **{name: asked})
    assert refused.main.one("p", class_="lede").text == f"“{asked}” cannot be chosen here."


def test_the_page_of_a_refusal_says_what_to_do(visit: Read) -> None:
    refused = visit("/en/parties/", answers=400, on="yesterday")
    assert refused.heading == "Something in the address could not be understood"
    assert refused.main.all("p")[1].text == (
        "A day is written like 2010-01-31; a page of a list is a number from 1."
    )
    assert refused.one("meta", name="robots").attributes["content"] == "noindex"
    assert refused.one("head").all("link", rel="canonical") == []


@pytest.mark.parametrize(
    "address",
    [
        "/en/parties/atlantis/",
        "/en/partnerships/atlantis-valmiera/",
        "/en/networks/atlantis/",
        "/en/projects/atlantis/",
        "/en/sources/1/",
        "/en/parties/Ärger/",
        "/en/nothing/",
        "/nothing",
        "/xx/parties/",
    ],
)
def test_what_does_not_exist_is_not_found(visit: Read, address: str) -> None:
    missing = visit(address, answers=404)
    assert missing.heading == "There is no page at this address"
    assert missing.main.one("a", href="/en/parties/").text == "Look through the cities and regions"
    assert missing.one("form", role="search").attributes["action"] == "/en/search/"


@pytest.mark.parametrize("language", ["en", "et", "lv", "bg"])
def test_pages_of_errors_speak_the_language_of_the_address(client: Client, language: str) -> None:
    answers = [client.get(f"/{language}/nothing/"), client.get(f"/{language}/parties/?on=yesterday")]
    assert [read(answer.content.decode()).language for answer in answers] == [language, language]


def test_what_is_not_open_says_so(rf: RequestFactory) -> None:
    with translation.override("en"):
        refused = page(errors.forbidden(rf.get("/en/desk/"), PermissionDenied()), 403)
    assert refused.heading == "This page is not open to you"


def test_a_fault_shows_a_page_that_needs_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("twinhall.web.views.networks.queries.network_list", fail)
    client.raise_request_exception = False
    answer = client.get("/en/networks/")
    fault = page(answer, 500)
    assert fault.main.one("h1").text == "Something went wrong on our side"
    assert [p.attributes["lang"] for p in fault.main.all("p") if "lang" in p.attributes] == ["et", "lv", "bg"]
    assert fault.all("link") == fault.all("script") == fault.all("style") == []
    assert b"secret" not in answer.content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/en/parties/",
        "/en/parties/valmera/",
        "/en/search/",
        "/en/disagreements/",
        "/en/components/",
    ],
)
def test_pages_are_only_read(client: Client, method: str, address: str) -> None:
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_only_the_head_of_a_page_can_be_asked_for(client: Client) -> None:
    answer = client.head("/en/parties/")
    assert (answer.status_code, answer.content) == (200, b"")
