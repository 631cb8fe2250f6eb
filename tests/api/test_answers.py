"""What holds of every answer: who may read it, how it is kept, how it is packed, what is refused."""

import gzip
import json

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from tests.factories.partnerships import make_partnership
from twinhall.api.addresses import Addresses
from twinhall.api.middleware import METHODS

pytestmark = pytest.mark.django_db

LIST, ITEM = "/api/v1/parties/", "/api/v1/parties/valga/"


@pytest.fixture(autouse=True)
def _valga() -> None:
    make_partnership(parties=[make_party(name="Valga"), make_party(name="Valka", country="LV")])


# Who reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [LIST, ITEM, "/api/v1/", "/api/v1/nobody/", f"{LIST}?limit=0"])
def test_other_sites_may_read_and_no_cookie_is_asked_for_or_given(client: Client, where: str) -> None:
    answer = client.get(where, headers={"origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_browser_that_asks_first_is_told_what_it_may(client: Client) -> None:
    answer = client.options(ITEM, headers={"access-control-request-method": "GET"})
    assert (answer.status_code, answer.content, answer.headers["Allow"]) == (204, b"", METHODS)
    assert answer.headers["Access-Control-Allow-Methods"] == METHODS
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("where", [LIST, ITEM])
def test_everybody_gets_the_same_answer(client: Client, where: str) -> None:
    stranger = client.get(where)
    client.force_login(make_user())
    signed_in = client.get(where, headers={"accept-language": "lv"})
    assert signed_in.content == stranger.content
    assert signed_in.headers["ETag"] == stranger.headers["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_only_reading_is_answered(client: Client, method: str) -> None:
    answer = getattr(client, method)(ITEM)
    assert (answer.status_code, answer.headers["Allow"]) == (405, METHODS)
    assert answer.json()["type"] == "http://testserver/api/v1/docs#method-not-allowed"


# How it is kept and packed -----------------------------------------------------------------------------


@pytest.mark.parametrize("where", [LIST, ITEM, "/api/v1/", "/api/v1/openapi.json", "/api/v1/docs"])
def test_what_has_not_changed_is_not_sent_again(client: Client, where: str) -> None:
    first = client.get(where)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "public, max-age=60")
    for etag in (first.headers["ETag"], f"W/{first.headers['ETag']}", f'"other", {first.headers["ETag"]}'):
        again = client.get(where, headers={"if-none-match": etag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(where, headers={"if-none-match": '"other"'}).status_code == 200


def test_what_has_changed_is_sent(client: Client) -> None:
    etag = client.get(LIST).headers["ETag"]
    make_party(name="Tartu")
    answer = client.get(LIST, headers={"if-none-match": etag})
    assert (answer.status_code, answer.json()["count"], answer.headers["ETag"] == etag) == (200, 3, False)


def test_the_head_is_that_of_the_answer(client: Client) -> None:
    whole, head = client.get(ITEM), client.head(ITEM)
    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers} == {**whole.headers}


def test_answers_are_packed_for_those_who_unpack(client: Client) -> None:
    plain = client.get(LIST)
    packed = client.get(LIST, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(LIST, headers={"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]})
    assert again.status_code == 304


def test_letters_of_every_script_stand_as_they_are(client: Client) -> None:
    make_party(name="Валга", address="valga-2")
    assert '"name":"Валга"' in client.get("/api/v1/parties/valga-2/").content.decode()


# Refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "parameter", "words"),
    [
        ("partnerships/?as_of=yesterday", "as_of", "such as 2010-01-31"),
        ("partnerships/?as_of=20100131", "as_of", "“20100131” is not a day"),
        ("partnerships/?as_of=2010-02-30", "as_of", "“2010-02-30” is not a day"),
        ("parties/?country=lv", "country", "“lv” is not a country code of ISO 3166-1, such as LV"),
        ("parties/?country=", "country", "is not a country code"),
        ("parties/?region=Bavaria", "region", "such as DE.02 for Bavaria"),
        ("parties/?kind=town", "kind", "Choose one of: municipality, district"),
        ("parties/?order=size", "order", "Choose one of: name, -name, population"),
        ("parties/?limit=201", "limit", "less than or equal to 200"),
        ("parties/?limit=ten", "limit", "valid integer"),
        ("parties/?network=nobody", "network", "There is no network “nobody”. Give its “slug”."),
        ("partnerships/?party=nobody", "party", "There is no party “nobody”"),
        ("partnerships/?decade=1991", "decade", "“1991” is not a decade. Give its first year, such as 1990."),
        ("partnerships/?sources=-1", "sources", "greater than or equal to 0"),
        ("partnerships/?status=dead", "status", "Choose one of: unknown, contact"),
        ("partnerships/?field=dance", "field", "Choose one of: administration"),
        ("memberships/?party=nobody", "party", "There is no party “nobody”"),
        ("projects/?programme=none", "programme", "There is no programme “none”"),
        ("parties/?contry=LV", "contry", "This address has no such parameter. It knows: as_of, country,"),
        ("parties/valga/?as_of=2010-01-31", "as_of", "This address has no such parameter. It knows none."),
        ("parties/?country=LV&country=EE", "country", "It is given twice. Give it once."),
        ("search/?q=%00", "q", "match pattern"),
    ],
)
def test_a_parameter_that_is_not_right_is_named_with_what_to_give(
    client: Client, where: str, parameter: str, words: str
) -> None:
    answer = client.get(f"/api/v1/{where}")
    told = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert (told["status"], told["title"], told["instance"]) == (
        422,
        "A parameter is not right",
        f"/api/v1/{where}",
    )
    assert [error["parameter"] for error in told["errors"]] == [parameter]
    assert words in told["errors"][0]["message"]
    assert told["errors"][0]["message"] in told["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    told = client.get("/api/v1/partnerships/?limit=0&country=XX&kind=love").json()
    assert {error["parameter"] for error in told["errors"]} == {"limit", "country", "kind"}


@pytest.mark.parametrize(
    "where",
    [
        "parties/nobody/",
        "sources/999999/",
        "sources/99999999999999999999/",
        "memberships/0/",
        "towns/",
        "docs/",
        "projects/a%0Ab/",
    ],
)
def test_where_nothing_is_says_so(client: Client, where: str) -> None:
    answer = client.get(f"/api/v1/{where}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["type"] == "http://testserver/api/v1/docs#not-found"


def test_a_forgotten_slash_is_no_fault(client: Client) -> None:
    answer = client.get("/api/v1/parties?country=EE")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/parties/?country=EE")


# Faults ------------------------------------------------------------------------------------------------


def test_a_fault_of_ours_is_told_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr("twinhall.api.routers.parties.party_page")
    client.raise_request_exception = False
    answer = client.get(ITEM)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "party_page" not in json.dumps(answer.json())
    assert "party_page" in caplog.text


def test_a_database_that_is_away_is_said_to_be(client: Client) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(away):
        answer = client.get(ITEM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_another_host_is_refused(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client.raise_request_exception = False
    assert client.get(ITEM, headers={"host": "evil.example"}).status_code in {400, 500}


# Addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collection", "name", "key"),
    [
        ("parties", "party", "valga"),
        ("partnerships", "partnership", "valga-valka"),
        ("networks", "network", "league"),
        ("projects", "project", "border"),
        ("sources", "source", 7),
        ("memberships", "membership", 7),
    ],
)
def test_addresses_are_those_of_the_patterns(collection: str, name: str, key: object) -> None:
    at = Addresses("")
    assert at.of_record(collection, key) == reverse(f"api:{name}", args=[key])
    assert at.of_list(collection) == reverse(f"api:{collection}")
    if name != "membership":
        assert at.of_page(collection, key) == reverse(f"web:{name}", args=[key])
