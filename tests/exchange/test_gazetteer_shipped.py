"""Towns of the gazetteer beside the facts that ship."""

import pytest

from tests.factories.accounts import make_user
from tests.factories.places import make_place
from twinhall.evidence.models import Source
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.gazetteer import add_from_gazetteer
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db


def test_the_source_is_that_of_the_facts_that_ship(shipped: Report) -> None:  # noqa: ARG001
    before = Source.objects.count()

    add_from_gazetteer(make_place(number=589116, name="Põltsamaa", country="EE"), by=make_user())

    assert Source.objects.count() == before
    assert Party.objects.get(slug="poltsamaa").name == "Põltsamaa"


def test_the_party_that_is_there_is_taken(shipped: Report) -> None:  # noqa: ARG001
    before = Party.objects.count()

    assert add_from_gazetteer(make_place(), by=make_user()) == Party.objects.get(slug="valka")
    assert Party.objects.count() == before
