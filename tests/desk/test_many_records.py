"""Lists of any length: no rule is asked for a row, and a file takes no more memory than one of its parts."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Desk, address
from tests.desk.long_register import NETWORKS_OF, Register
from tests.factories.accounts import make_administrator
from tests.factories.parties import make_affiliation
from twinhall.desk.lists import CHUNK
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

FEW, MANY = 50, 2_000
"""Many are eight parts of a file, and more than a thousand, where some databases end a list of values."""
MEGABYTES = 24
"""A part of a file takes some 16 of them; all rows at once would take twice as many."""

PER_CHUNK = {
    "parties": 2,
    "partnerships": 6,
    "networks": 3,
    "memberships": 2,
    "projects": 0,
    "meetings": 1,
    "decisions": 1,
    "commitments": 0,
}
"""What each part of a list as a file asks for its rows, however many of them there are."""
LISTS = list(PER_CHUNK)


Grow = Callable[[int], None]

PAGES = {
    **{name: address(name) for name in (*LISTS, "findings", "dashboard")},
    **{f"my {name}": address(name, mine="on") for name in LISTS},
    "partnerships by date": address("partnerships", sort="-since"),
    "memberships by date": address("memberships", sort="-since"),
    "minutes": address("minutes", "council"),
    "minutes series": address("minutes-series", "council"),
    "meeting": address("meeting", "council"),
    "visit": address("meeting", "visit"),
}


@pytest.fixture
def register_of(kadri: Desk, valga: Party) -> Grow:
    """Makes a register as long as is asked for; Kadri speaks for a side of everything in it."""
    made = Register(valga)
    make_affiliation(user=kadri.user, party=made.network.party, role=Role.SECRETARY)
    return made.grow


@dataclass(frozen=True)
class Measured:
    """What a register of one size takes: questions of each page, rows and questions of each file, memory."""

    pages: dict[str, int]
    files: dict[str, tuple[int, int]]
    memory: int


@pytest.fixture(scope="module")
def kept() -> list[Measured]:
    """What was measured, so that the long register is made once."""
    return []


@pytest.fixture
def measured(kadri: Desk, register_of: Grow, kept: list[Measured]) -> list[Measured]:
    """What few records take, and what many take."""
    if not kept:
        kept += _measured(kadri, register_of)
    return kept


def _measured(kadri: Desk, register_of: Grow) -> Iterator[Measured]:
    administrator = Desk(make_administrator())
    for size in (FEW, MANY):
        register_of(size)
        pages = {name: len(kadri.asks(where)) for name, where in PAGES.items()}
        pages["merges"] = len(administrator.asks(address("merges")))
        yield Measured(pages, {name: asked_for(kadri, name) for name in LISTS}, memory_of_a_file(kadri))


def test_a_page_asks_as_much_of_few_records_as_of_many(measured: list[Measured]) -> None:
    few, many = measured
    assert few.pages == many.pages


# Files -------------------------------------------------------------------------------------------------


def lines_of(person: Desk, name: str, suffix: str = "csv") -> Iterator[bytes]:
    """A list as a file, part by part as it goes out."""
    answer: HttpResponseBase = person.client.get(address(f"{name}-file", suffix))
    assert isinstance(answer, StreamingHttpResponse)
    yield from answer


def asked_for(person: Desk, name: str) -> tuple[int, int]:
    """How many rows a file has, and how many questions it takes from its first line to its last."""
    with CaptureQueriesContext(connection) as queries:
        rows = sum(line.count(b"\r\n") for line in lines_of(person, name)) - 1
    return rows, len(queries)


def memory_of_a_file(person: Desk) -> int:
    """The most bytes that are held at once while a file goes out."""
    tracemalloc.start()
    for _line in lines_of(person, "partnerships"):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", LISTS)
def test_a_file_asks_as_much_for_each_part_of_its_list(measured: list[Measured], name: str) -> None:
    (few, asked_of_few), (many, asked_of_many) = (found.files[name] for found in measured)
    more = ceil(many / CHUNK) - ceil(few / CHUNK)
    assert asked_of_many - asked_of_few == more * PER_CHUNK[name]
    assert many >= MANY // NETWORKS_OF


def test_a_file_is_written_while_it_goes_out(kadri: Desk, register_of: Grow) -> None:
    register_of(FEW)
    lines = lines_of(kadri, "partnerships")
    first = next(lines)
    with CaptureQueriesContext(connection) as queries:
        rest = list(lines)
    assert (first.count(b"\r\n"), len(rest)) == (1, FEW)
    assert len(queries) >= PER_CHUNK["partnerships"]


def test_a_spreadsheet_asks_as_much_as_the_other_file_and_goes_out_from_a_file(
    kadri: Desk, register_of: Grow
) -> None:
    register_of(CHUNK + 1)
    for name in LISTS:
        with CaptureQueriesContext(connection) as queries:
            assert b"".join(lines_of(kadri, name, "xlsx")).startswith(b"PK")
        assert (name, len(queries)) == (name, asked_for(kadri, name)[1])


def test_a_file_of_many_rows_takes_little_more_memory_than_one_of_few(measured: list[Measured]) -> None:
    few, many = measured
    assert many.memory - few.memory < MEGABYTES * 2**20
