"""What MapLibre draws from: parties by their number of ties, and the ties of one."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.accounts import make_log_entry
from tests.factories.parties import make_name, make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.parties.models import Party, PartyKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }


@pytest.fixture
def towns() -> dict[str, Party]:
    """Valga with Valka and Oberhausen; Oberhausen with a region of no known position."""
    valga = make_party(name="Valga", language="et", latitude=57.7769, longitude=26.0473, population=12000)
    valka = make_party(name="Valka", language="lv", country="LV", latitude=57.775, longitude=26.01)
    far = make_party(
        name="Оберхаузен", address="oberhausen", language="ru", country="DE", latitude=51.47, longitude=6.86
    )
    make_name(party=far, text="Oberhausen", language="en")
    nowhere = make_party(name="Nowhere", country="DE", kind=PartyKind.REGION)
    tie([valga, valka], kind="city twins")
    tie([valga, far], since="2020")
    tie([far, nowhere])
    return {"valga": valga, "valka": valka, "oberhausen": far, "nowhere": nowhere}


def tie(parties: list[Party], *, kind: str = "twinning", since: str = "1990") -> None:
    made = make_partnership(parties=parties, kind=kind)
    make_act(partnership=made, date=since)


def asked(client: Client, address: str, **query: str) -> dict[str, Any]:
    answer = client.get(address, query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    told: dict[str, Any] = json.loads(answer.content)
    return told


def counted(told: dict[str, Any]) -> dict[str, int]:
    return dict(zip(told["name"], told["ties"], strict=True))


# Parties by their number of ties -----------------------------------------------------------------------


@pytest.mark.usefixtures("towns")
def test_parties_are_told_column_by_column_with_their_ties(client: Client) -> None:
    assert asked(client, "/en/parties/map.json") == {
        "countries": {"DE": "Germany", "EE": "Estonia", "LV": "Latvia"},
        "missing": 1,
        "name": ["Oberhausen", "Valga", "Valka"],
        "slug": ["", "", ""],
        "country": ["DE", "EE", "LV"],
        "east": [6860, 26047, 26010],
        "north": [51470, 57777, 57775],
        "ties": [2, 2, 1],
    }


@pytest.mark.usefixtures("towns")
def test_names_and_countries_are_in_the_language_of_the_reader(client: Client) -> None:
    told = asked(client, "/bg/parties/map.json")
    assert told["name"] == ["Оберхаузен", "Valga", "Valka"]
    assert told["slug"] == ["oberhausen", "", ""]  # it does not follow from the name
    assert told["countries"]["DE"] == "Германия"


@pytest.mark.parametrize(
    ("query", "ties"),
    [
        ({"on": "2010-01-01"}, {"Oberhausen": 1, "Valga": 1, "Valka": 1}),
        ({"on": "1950-01-01"}, {"Oberhausen": 0, "Valga": 0, "Valka": 0}),
        ({"country": "LV"}, {"Valka": 1}),
        ({"kind": "region"}, {}),
        ({"page": "7", "sort": "-name", "country": "EE"}, {"Valga": 2}),
    ],
)
@pytest.mark.usefixtures("towns")
def test_the_day_and_the_filters_of_the_list_apply(
    client: Client, query: dict[str, str], ties: dict[str, int]
) -> None:
    assert counted(asked(client, "/en/parties/map.json", **query)) == ties


def test_of_no_parties_there_is_nothing_to_tell(client: Client) -> None:
    told = asked(client, "/en/parties/map.json")
    assert told["name"] == told["ties"] == []
    assert told["countries"] == {}


@pytest.mark.parametrize("address", ["parties/map.json", "partnerships/map.json"])
@pytest.mark.usefixtures("towns")
def test_many_parties_are_told_as_few(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    few = asked(client, f"/en/{address}")
    monkeypatch.setattr("twinhall.web.atlas.FEW", 0)
    assert asked(client, f"/en/{address}") == few


@pytest.mark.usefixtures("towns")
def test_what_cannot_be_asked_is_refused_with_a_word(client: Client) -> None:
    for address in ("parties/map.json", "partnerships/map.json"):
        assert client.get(f"/en/{address}", {"country": "XX"}).status_code == 400
        assert client.get(f"/en/{address}", {"on": "yesterday"}).status_code == 400


@pytest.mark.parametrize("address", ["parties/map.json", "partnerships/map.json", "parties/valga/ties.json"])
@pytest.mark.usefixtures("towns")
def test_the_number_of_questions_does_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    client.get(f"/en/{address}")
    with django_assert_num_queries(COUNTS[address]):
        few = len(client.get(f"/en/{address}").content)
    for number in range(12):
        town = make_party(name=f"Town {number}", latitude=50 + number, longitude=10)
        tie([town, Party.objects.get(slug="valga")])
    with django_assert_num_queries(COUNTS[address]):
        assert len(client.get(f"/en/{address}").content) > few + 100


COUNTS = {"parties/map.json": 7, "partnerships/map.json": 7, "parties/valga/ties.json": 4}


# The parties of partnerships ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "ties"),
    [
        ({}, {"Oberhausen": 2, "Valga": 2, "Valka": 1}),
        ({"kind": "city twins"}, {"Valga": 1, "Valka": 1}),
        ({"country": "EE", "on": "2010-01-01", "status": "in force"}, {"Valga": 1, "Valka": 1}),
    ],
)
@pytest.mark.usefixtures("towns")
def test_parties_of_the_listed_partnerships_are_counted(
    client: Client, query: dict[str, str], ties: dict[str, int]
) -> None:
    assert counted(asked(client, "/en/partnerships/map.json", **query)) == ties


@pytest.mark.usefixtures("towns")
def test_the_ties_of_one_are_those_of_the_list(client: Client) -> None:
    told = asked(client, "/en/partnerships/map.json", of="valga", kind="city twins")
    assert [tie["name"] for tie in told["ties"]] == ["Valka"]


# The ties of one party ---------------------------------------------------------------------------------


def test_a_party_and_its_partners_in_force_the_largest_first(client: Client, towns: dict[str, Party]) -> None:
    Party.objects.filter(pk=towns["oberhausen"].pk).update(population=210000)
    assert asked(client, "/en/parties/valga/ties.json") == {
        "party": {
            "name": "Valga",
            "href": "/en/parties/valga/",
            "country": "Estonia",
            "at": [26.0473, 57.7769],
        },
        "ties": [
            {
                "name": "Oberhausen",
                "href": "/en/parties/oberhausen/",
                "country": "Germany",
                "at": [6.86, 51.47],
            },
            {"name": "Valka", "href": "/en/parties/valka/", "country": "Latvia", "at": [26.01, 57.775]},
        ],
    }
    earlier = asked(client, "/en/parties/valga/ties.json", on="2010-01-01")
    assert [tie["name"] for tie in earlier["ties"]] == ["Valka"]


@pytest.mark.usefixtures("towns")
def test_who_has_no_position_is_named_without_one(client: Client) -> None:
    told = asked(client, "/en/parties/oberhausen/ties.json")
    assert {tie["name"]: tie["at"] for tie in told["ties"]}["Nowhere"] is None
    assert asked(client, "/en/parties/nowhere/ties.json")["party"]["at"] is None


def test_several_partners_of_one_agreement_are_each_named_once(client: Client) -> None:
    parties = [
        make_party(name=name, latitude=50, longitude=at) for at, name in enumerate(["Ada", "Bea", "Cia"])
    ]
    tie(parties)
    tie(parties[:2], kind="friendship")
    told = asked(client, "/en/parties/ada/ties.json")
    assert [other["name"] for other in told["ties"]] == ["Bea", "Cia"]


@pytest.mark.parametrize("address", ["parties/atlantis/ties.json", "partnerships/map.json?of=atlantis"])
def test_nobody_has_no_ties(client: Client, address: str) -> None:
    assert client.get(f"/en/{address}").status_code == 404


# Sent once ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("towns")
def test_who_has_it_is_told_no_more_until_the_register_changes(client: Client) -> None:
    for address in ("/en/parties/map.json", "/en/partnerships/map.json", "/en/parties/valga/ties.json"):
        first = client.get(address)
        tag = first.headers["ETag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Cache-Control"] == "public, no-cache"
        make_log_entry()
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.usefixtures("towns")
def test_the_map_of_a_whole_list_is_kept_ready_until_the_register_changes(
    client: Client, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": "maps"}}
    first = client.get("/en/parties/map.json").content
    with django_assert_max_num_queries(6):  # what the state of the register is, no more
        assert client.get("/en/parties/map.json").content == first
    Party.objects.filter(slug="valga").update(name="Valga linn")
    assert client.get("/en/parties/map.json").content == first
    make_log_entry()
    assert "Valga linn" in client.get("/en/parties/map.json").content.decode()
