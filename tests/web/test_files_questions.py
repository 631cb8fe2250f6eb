"""Lists as files: their columns are those that are told, and each part asks as much as another."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_project
from tests.house.documents import ROOT
from tests.web.file_reading import FILES, body, table
from twinhall.networks.models import Network
from twinhall.web.views.files import LISTINGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]


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
