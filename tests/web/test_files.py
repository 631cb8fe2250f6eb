"""Lists as files: what they hold, what they refuse, how much they ask."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import Settings

from tests.factories.evidence import make_statement
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_project
from tests.house.documents import ROOT
from twinhall.networks.models import Network
from twinhall.web.views.files import LISTINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

FILES = {
    "parties": ("parties", "csv geojson xlsx"),
    "partnerships": ("partnerships", "csv geojson xlsx"),
    "networks": ("networks", "csv xlsx"),
    "members": ("networks/city-twins-association/members", "csv geojson xlsx"),
    "projects": ("projects", "csv xlsx"),
}
EVERY = [(name, f"/en/{path}.{suffix}") for name, (path, all_) in FILES.items() for suffix in all_.split()]


def body(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer)  # type: ignore[arg-type]


def table(client: Client, address: str, **asked: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = body(client.get(address, asked)).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def features(client: Client, address: str, **asked: str) -> dict[str, Any]:
    """The features of a GeoJSON file, by their identifiers."""
    found = json.loads(body(client.get(address, asked)))
    assert found["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in found["features"]}


# What they hold ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_every_file_names_its_day_and_where_its_licences_are(
    client: Client,
    name: str,
    address: str,
) -> None:
    answer = client.get(address, {"on": "2019-05-01"} if name != "networks" else {})
    day = "2019-05-01" if name != "networks" else "2026-12-01"
    what = "city-twins-association-members" if name == "members" else name
    suffix = address.rpartition(".")[2]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{what}-{day}.{suffix}"'
    stem = address.rpartition(".")[0]
    assert answer.headers["Link"] == (
        '<http://testserver/en/sources/>; rel="license", '
        f'<http://testserver{stem}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    )
    assert body(answer)


def test_a_party_is_told_by_codes(client: Client) -> None:
    (row,) = [row for row in table(client, "/en/parties.csv", country="LV") if row["slug"] == "valmiera"]
    assert row | {"name": "Valmiera", "kind": "municipality", "country": "LV", "language": "lv"} == row
    assert row["url"] == "http://testserver/en/parties/valmiera/"
    assert float(row["longitude"]) == pytest.approx(25.4, abs=0.2)
    assert int(row["partnerships"]) > 5


def test_files_of_all_kinds_tell_the_same(client: Client) -> None:
    for name, address in EVERY:
        if address.endswith("geojson"):
            rows = table(client, address.replace("geojson", "csv"))
            found = features(client, address)
            assert (name, list(found)) == (name, [row["slug"] for row in rows])
            told = [
                ["" if value is None else str(value) for value in feature["properties"].values()]
                for feature in found.values()
            ]
            assert told == [list(row.values()) for row in rows]


def test_a_spreadsheet_keeps_numbers_as_numbers_and_says_where_it_comes_from(client: Client) -> None:
    book = load_workbook(io.BytesIO(body(client.get("/en/parties.xlsx", {"country": "LV"}))))
    rows = list(book.active.iter_rows(values_only=True))
    valmiera = dict(zip(rows[0], next(row for row in rows if row[0] == "valmiera"), strict=True))
    assert rows[0] == tuple(LISTINGS["parties"].head)
    assert isinstance(valmiera["latitude"], float)
    assert "http://testserver/" in book.properties.description


def test_a_tie_stands_with_its_parties_and_its_status_on_the_day(client: Client) -> None:
    now = {row["slug"]: row for row in table(client, "/en/partnerships.csv")}
    then = {row["slug"]: row for row in table(client, "/en/partnerships.csv", on="1985-01-01")}
    tie = now["solna-valmiera"]
    wanted = {"kind": "twinning", "party_1": "solna", "party_1_country": "SE", "party_2": "valmiera"}
    assert tie | wanted | {"parties": "2", "more_parties": ""} == tie
    assert (tie["status"], then["solna-valmiera"]["status"]) == ("in force", "unknown")
    three = now["vallefoglia-valmiera-vodnjan-dignano"]
    assert (three["parties"], three["more_parties"]) == ("3", "vodnjan-dignano")


def test_a_tie_is_a_line_and_one_of_three_several(client: Client) -> None:
    found = features(client, "/en/partnerships.geojson")
    assert found["solna-valmiera"]["geometry"]["type"] == "LineString"
    three = found["vallefoglia-valmiera-vodnjan-dignano"]["geometry"]
    assert (three["type"], len(three["coordinates"])) == ("MultiLineString", 3)


def test_what_is_not_on_the_map_has_no_geometry(client: Client) -> None:
    here, nowhere = make_party(name="Here", latitude=1.0, longitude=2.0), make_party(name="Nowhere")
    make_partnership(parties=[here, nowhere], address="half")
    assert features(client, "/en/parties.geojson")["nowhere"]["geometry"] is None
    assert features(client, "/en/partnerships.geojson")["half"]["geometry"] is None


def test_geojson_tells_its_day_and_whose_its_facts_are(
    client: Client,
    settings: Settings,
) -> None:
    settings.OPERATOR = "City of Valga"
    found = json.loads(body(client.get("/et/parties.geojson", {"on": "2010-02-03", "country": "LV"})))
    told = found["metadata"]
    assert (told["as_of"], told["language"]) == ("2010-02-03", "et")
    assert told["attribution"].startswith("City of Valga, http://testserver/.")
    assert told["sources"] == "http://testserver/et/sources/"
    assert told["address"] == "http://testserver/et/parties.geojson?on=2010-02-03&country=LV"


def test_the_label_is_in_the_language_of_the_file(client: Client) -> None:
    party = make_party(name="Πειραιάς", address="piraeus", country="GR", language="el")
    make_name(party=party, text="Piraeus", language="en")
    make_name(party=party, text="Pirejs", language="lv")
    labels = {
        code: next(r["label"] for r in table(client, f"/{code}/parties.csv") if r["slug"] == "piraeus")
        for code in ("en", "lv")
    }
    assert labels == {"en": "Piraeus", "lv": "Pirejs"}


def test_identifiers_stand_by_scheme(client: Client) -> None:
    party = make_party(name="Twice")
    for value in ("Q1", "Q2"):
        make_identifier(party=party, value=value)
    (row,) = [row for row in table(client, "/en/parties.csv") if row["slug"] == "twice"]
    assert (row["wikidata"], row["geonames"]) == ("Q1;Q2", "")


def test_a_text_is_no_formula_and_a_number_stays_one(client: Client) -> None:
    make_party(name="=HYPERLINK()", address="formula", latitude=-1.5, longitude=-2.5)
    (row,) = [row for row in table(client, "/en/parties.csv") if row["slug"] == "formula"]
    assert (row["name"], row["latitude"]) == ("'=HYPERLINK()", "-1.5")
    book = load_workbook(io.BytesIO(body(client.get("/en/parties.xlsx"))))
    (cells,) = [cells for cells in book.active.iter_rows() if cells[0].value == "formula"]
    assert (cells[1].value, cells[1].data_type) == ("=HYPERLINK()", "s")


def test_projects_and_networks_tell_their_dates_and_counts(client: Client) -> None:
    project = next(r for r in table(client, "/en/projects.csv") if r["slug"] == "cities-of-change")
    assert int(project["partners"]) > 5
    network = next(r for r in table(client, "/en/networks.csv") if r["slug"] == "city-twins-association")
    members = table(client, "/en/networks/city-twins-association/members.csv")
    assert int(network["memberships"]) == len(members)
    assert {row["status"] for row in members} >= {"member"}


# Addresses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("parties.csv?on=yesterday", 400),
        ("parties.geojson?country=ZZ", 400),
        ("parties.csv?sort=colour", 400),
        ("partnerships.csv?status=happy", 400),
        ("projects.xlsx?programme=none", 400),
        ("networks.csv?field=none", 400),
        ("networks.geojson", 404),
        ("parties.txt", 404),
        ("networks/atlantis/members.csv", 404),
        ("sources.csv-metadata.json", 404),
    ],
)
def test_what_the_list_refuses_the_file_refuses(client: Client, address: str, status: int) -> None:
    assert client.get(f"/en/{address}").status_code == status


def test_a_list_too_long_for_a_spreadsheet_is_refused_and_not_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("views.files", "downloads"):
        monkeypatch.setattr(f"twinhall.web.{module}.LARGEST", 10)
    answer = client.get("/en/parties.xlsx")
    assert answer.status_code == 400
    assert "10 rows at most" in answer.content.decode()
    assert b"parties.xlsx" not in client.get("/en/parties/").content
    assert body(client.get("/en/parties.xlsx", {"country": "EE"}))


def test_a_file_takes_the_filters_and_the_order_of_its_list(client: Client) -> None:
    rows = table(client, "/en/parties.csv", country="EE", sort="-name")
    slugs = [row["slug"] for row in rows]
    assert {row["country"] for row in rows} == {"EE"}
    assert slugs == sorted(slugs, reverse=True)
    ended = table(client, "/en/partnerships.csv", status="ended")
    assert {row["status"] for row in ended} <= {"ended"}


def test_a_file_is_not_sent_again_until_something_changes(client: Client) -> None:
    address = "/en/partnerships.csv"
    first = client.get(address)
    body(first)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    assert client.get(f"{address}?on=2010-01-01", headers={"if-none-match": tag}).status_code == 200
    make_statement(subject=make_partnership(), field="exists", stated="yes")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


# Columns -----------------------------------------------------------------------------------------------


def documented() -> list[list[str]]:
    """The columns of each table of docs/files.md that tells columns."""
    text = (ROOT / "docs" / "files.md").read_text("utf-8")
    tables = text.split("| column | |\n|---|---|\n")[1:]
    return [[line.split("`")[1] for line in t.splitlines() if line.startswith("| `")] for t in tables]


def test_the_columns_are_those_of_the_documents() -> None:
    assert [listing.head for listing in LISTINGS.values()] == documented()


@pytest.mark.parametrize("name", FILES)
def test_the_columns_are_described_beside_the_file(client: Client, name: str) -> None:
    path = FILES[name][0]
    answer = client.get(f"/lv/{path}.csv-metadata.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/csvm+json")
    told = answer.json()
    rows = table(client, f"/lv/{path}.csv")
    columns = told["tableSchema"]["columns"]
    assert told["url"] == f"{name}.csv"
    assert [column["titles"] for column in columns] == list(rows[0])
    assert all(column["dc:description"] for column in columns)
    for column in columns:
        kind = {"integer": int, "number": float, "decimal": float}.get(column["datatype"], str)
        for row in rows:
            assert row[column["name"]] == "" or kind(row[column["name"]]) is not None


# Questions ---------------------------------------------------------------------------------------------

PER_CHUNK = {"parties": 3, "partnerships": 2, "networks": 4, "members": 1, "projects": 0}
"""What each part of a file asks for its rows, in English, however many of them there are."""
PART = 2


def grown(number: int, network: Network) -> None:
    """As many more records of each list; members of this network."""
    for n in range(number):
        town = make_party(name=f"Town {n}", latitude=1.0, longitude=2.0)
        make_act(partnership=make_partnership(parties=[network.party, town], fields=["culture"]))
        make_membership_act(membership=make_membership(network=network, party=town))
        make_network(party=make_network_party(name=f"League {n}"))
        make_project(title=f"Project {n}")


def asked(client: Client, address: str) -> tuple[int, int]:
    """How many rows a file has and how many questions it asks."""
    with CaptureQueriesContext(connection) as queries:
        rows = body(client.get(address)).count(b"\r\n") - 1
    return rows, len(queries)


@pytest.mark.parametrize("name", PER_CHUNK)
def test_a_file_asks_the_same_for_each_part(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    module = {"members": "networks"}.get(name, name)
    monkeypatch.setattr(f"twinhall.web.listings.{module}.CHUNK", PART)
    address = "/en/networks/league/members.csv" if name == "members" else f"/en/{name}.csv"
    network = make_network(party=make_network_party(name="League"))
    grown(PART, network)
    few, asked_of_few = asked(client, address)
    grown(4 * PART, network)
    many, asked_of_many = asked(client, address)
    parts = -(-many // PART) - -(-few // PART)
    assert parts > 0
    assert asked_of_many - asked_of_few == parts * PER_CHUNK[name]


def test_a_file_goes_out_while_it_is_written(client: Client) -> None:
    answer = client.get("/en/parties.csv")
    with CaptureQueriesContext(connection) as queries:
        parts = iter(answer)
        head = next(parts)
        assert len(queries) == 0
        rest = list(parts)
    assert head.decode().strip("\ufeff\r\n").split(",") == LISTINGS["parties"].head
    assert (len(rest) > 10, len(queries) > 0) == (True, True)
