"""A register of a few towns that can be measured."""

from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories.networks import make_network
from tests.factories.parties import make_identifier, make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.finder.actions import index_all

TOWNS = [
    ("Augsburg", "DE", "DE.02", 300_000),
    ("Nürnberg", "DE", "DE.02", 500_000),
    ("Cagliari", "IT", "IT.14", 150_000),
    ("Флоренция", "IT", "IT.16", 380_000),
    ("Limoges-en-Ville", "FR", "", 130_000),
]


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def few_towns(db: None) -> None:  # noqa: ARG001
    """Towns in three countries with a tie between any two that follow one another, and a network."""
    towns = [
        make_party(name=name, address=f"town-{number}", country=country, region=region, population=people)
        for number, (name, country, region, people) in enumerate(TOWNS)
    ]
    make_identifier(party=towns[0], scheme="wikidata", value="Q2749")
    for number, (town, other) in enumerate(pairwise(towns)):
        tie = make_partnership(parties=[town, other], address=f"tie-of-{number}")
        make_act(partnership=tie, date=f"19{50 + 10 * number}")
    make_network()
    index_all()
