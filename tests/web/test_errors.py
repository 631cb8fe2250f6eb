"""What cannot be is answered calmly, with a word on what to do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from tests.factories.parties import make_party
from tests.web.conftest import Read
from tests.web.reading import Page, page, read
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


# The database busy or away -----------------------------------------------------------------------------

AWAY = "The register does not answer at the moment"
VIEW = "twinhall.web.views.networks.queries.network_list"
MIDDLEWARE = "django.middleware.locale.LocaleMiddleware.process_request"


def away(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, place: str = VIEW, **typed: object
) -> Page:
    """The page that answers where the database does not; of a form, where something was typed."""

    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(place, fail)
        answer = client.post("/en/networks/?on=2010", typed) if typed else client.get("/en/networks/")
    assert answer.headers["Retry-After"] == "30"
    return page(answer, 503)


@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("no connection")])
@pytest.mark.parametrize("place", [VIEW, MIDDLEWARE])
def test_a_database_that_is_away_is_told_calmly(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, place: str
) -> None:
    shown = away(client, monkeypatch, error, place)
    assert shown.main.one("h1").text == AWAY
    assert "Try again in a minute." in shown.main.text
    assert "closed" not in shown.text
    assert shown.main.all("form") == []
    assert [p.attributes["lang"] for p in shown.main.all("p") if "lang" in p.attributes] == ["et", "lv", "bg"]
    assert shown.all("link") == shown.all("script") == shown.all("style") == []


def test_what_was_typed_waits_in_the_page_but_for_passwords_and_files(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = {
        "text": '"><script>alert(1)</script>',
        "fields": ["culture", "sport"],
        "password": "a long sentence",
        "new_password1": "a long sentence",
        "upload": SimpleUploadedFile("scan.pdf", b"%PDF-1.7"),
    }
    shown = away(client, monkeypatch, OperationalError("locked"), MIDDLEWARE, **typed)
    form = shown.main.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/en/networks/?on=2010", "post")
    hidden = [(e.attributes["name"], e.attributes["value"]) for e in form.all("input")]
    assert hidden == [("text", typed["text"]), ("fields", "culture"), ("fields", "sport")]
    assert "Only the file has to be chosen again." in form.text
    assert [e for e in shown.all("script") if "src" not in e.attributes] == []


def test_another_fault_of_the_database_is_a_fault_of_ours(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise IntegrityError("secret of the house")

    monkeypatch.setattr(VIEW, fail)
    client.raise_request_exception = False
    answer = client.get("/en/networks/")
    assert page(answer, 500).main.one("h1").text == "Something went wrong on our side"
    assert "Retry-After" not in answer.headers


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
