"""Lists as files: what they hold and what they refuse."""

import io
import json

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from tests.factories.evidence import make_statement
from tests.factories.parties import make_identifier, make_name, make_party
from tests.factories.partnerships import make_partnership
from tests.web.file_reading import EVERY, body, features, table
from twinhall.web.views.files import LISTINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


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
