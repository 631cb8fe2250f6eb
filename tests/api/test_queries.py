"""The number of queries of an answer does not grow with the register."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.test_queries import Register
from twinhall.networks.models import Membership

MOST = {
    "parties/": 3,
    "parties/?network=league&q=town&order=-ties": 4,
    "parties/ada/": 7,
    "partnerships/": 5,
    "partnerships/?party=ada&country=EE&sources=0": 6,
    "partnerships/ada-bea/": 11,
    "networks/": 4,
    "networks/league/": 14,
    "networks/league/memberships/": 6,
    "memberships/": 5,
    "memberships/<membership>/": 5,
    "projects/": 2,
    "projects/border/": 10,
    "sources/?limit=2": 2,
    "sources/<source>/": 1,
    "sources/<source>/statements/?limit=200": 12,
    "disagreements/": 10,
    "search/?q=town": 5,
}
"""Each address with the most queries that it may ask."""

Asked = dict[str, tuple[list[str], list[str]]]


def queries(client: Client, register: Register, address: str) -> list[str]:
    """The queries that an answer asks."""
    membership = Membership.objects.filter(network=register.league).earliest("pk")
    where = address.replace("<source>", f"{register.page.pk}").replace("<membership>", f"{membership.pk}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/api/v1/{where}").status_code == 200
    return [query["sql"] for query in asked]


@pytest.fixture(scope="module")
def kept() -> Asked:
    """What was asked, so that the register is made once."""
    return {}


@pytest.fixture
def asked(db: None, client: Client, kept: Asked) -> Asked:  # noqa: ARG001
    """The queries of each answer: of a small register, and of one several times as large."""
    if not kept:
        register = Register()
        few = {address: queries(client, register, address) for address in MOST}
        register.grow(3)
        kept |= {address: (few[address], queries(client, register, address)) for address in MOST}
    return kept


@pytest.mark.parametrize("address", MOST)
def test_an_answer_asks_no_more_of_a_larger_register(asked: Asked, address: str) -> None:
    few, many = asked[address]
    assert len(many) == len(few), "\n".join(sql[:150] for sql in many)


@pytest.mark.parametrize("address", MOST)
def test_an_answer_asks_no_more_than_it_is_known_to_need(asked: Asked, address: str) -> None:
    _, many = asked[address]
    assert len(many) <= MOST[address], "\n".join(sql[:150] for sql in many)
