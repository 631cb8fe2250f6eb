"""A page on which a town lists its partner, and who has it read: for tests of reading at the desk."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from pytest_django import Settings

from tests.desk.conftest import Desk, address, wrongs
from tests.factories.parties import make_officer, make_party
from tests.factories.places import make_gazetteer, make_town
from tests.factories.readings import make_reading, named, tie
from tests.web.reading import Page
from twinhall.exchange.fetching import Fetched
from twinhall.exchange.models import Reading
from twinhall.exchange.readings import reading as reading_module
from twinhall.finder.actions import index_records
from twinhall.parties.models import Party
from twinhall.reader.facts import Fact

TEXT = "Our partners.\n\nValka, Latvia, 1992\nAn agreement was signed in 1992.\n"
QUOTE = "Valka, Latvia, 1992"
VALKA = tie(b=named("Valka", country="LV"), since="1992", signed=True, quote=QUOTE, start=TEXT.index(QUOTE))


@pytest.fixture
def _few_towns(settings: Settings, tmp_path: Path) -> None:
    """A gazetteer of one town, so that no test waits for the world's."""
    make_gazetteer(tmp_path, make_town(1, "Elva"))
    settings.GAZETTEER = tmp_path


@pytest.fixture
def valga() -> Party:
    return indexed(make_party(name="Valga"))


@pytest.fixture
def valka() -> Party:
    return indexed(make_party(name="Valka", country="LV"))


def indexed(party: Party) -> Party:
    index_records([party])
    return party


@pytest.fixture
def officer(valga: Party) -> Desk:
    return Desk(make_officer(valga))


@pytest.fixture
def stated() -> Iterator[list[Fact]]:
    """What the reader finds on any page: of the reader itself there are tests of its own."""
    found: list[Fact] = [VALKA]
    with (
        mock.patch.object(reading_module, "read_facts", side_effect=lambda *_args, **_more: list(found)),
        mock.patch.object(reading_module, "gazetteer"),
    ):
        yield found


def add(party: Party) -> str:
    return address("reading-add", party.slug)


def pasted(**more: str) -> dict[str, str]:
    return {"how": "text", "text": TEXT, "title": "Our partners", **more}


def read(reading: Reading) -> str:
    return address("reading", reading.pk)


def deed(reading: Reading, name: str, number: int = 1) -> str:
    return address(f"read-{name}", reading.pk, number)


@pytest.fixture
def reading(officer: Desk, valga: Party) -> Reading:
    return make_reading(VALKA, party=valga, by=officer.user, text=TEXT)


def found_at(url: str, text: str = TEXT) -> Fetched:
    """The page as it comes from its address."""
    return Fetched(
        data=text.encode(),
        media_type="text/plain",
        charset="utf-8",
        url=url,
        fetched_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
    )


def have_fetched(
    desk: Desk, party: Party, url: str, *, text: str = TEXT, ends_at: str = "", **more: str
) -> Page:
    """Have the page at an address read; give the page that this leads to."""
    with mock.patch.object(reading_module, "fetch", return_value=found_at(ends_at or url, text)):
        return desk.send(add(party), how="address", url=url, **more)


def refused_to_fetch(desk: Desk, party: Party, url: str, **more: str) -> list[str]:
    """What is said where the page at an address is not taken."""
    with mock.patch.object(reading_module, "fetch", return_value=found_at(url)):
        return wrongs(desk.refused(add(party), how="address", url=url, **more))
