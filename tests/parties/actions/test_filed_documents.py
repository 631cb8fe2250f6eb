"""A signed document decides between the sides once both can see it; until then it is one side's word."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.evidence.actions.asking import column
from tests.factories.documents import document_folder, make_document
from tests.factories.parties import make_filing
from tests.parties.actions.stating import DAY, Towns, said, stated, told, two_towns
from twinhall.core.dates import PartialDate
from twinhall.documents.models import Document
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.actions import document_source, set_public, withdraw

__all__ = ["document_folder"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> Towns:
    return two_towns()


@pytest.fixture
def agreement(towns: Towns, document_folder: Path) -> Document:  # noqa: ARG001
    """What Valka has filed and shows to nobody yet; it dates the signing otherwise than Valga."""
    document = make_document(by=towns.maris)
    make_filing(document=document, party=towns.valka)
    said(towns, towns.valga, "1991")
    stated(towns.signing, "1987", source=document_source(document, day=DAY), by=towns.maris)
    return document


@pytest.mark.usefixtures("agreement")
def test_a_document_that_only_one_side_sees_does_not_displace_the_other_sides_word(towns: Towns) -> None:
    assert told(towns.signing) == {"1991": "accepted, in force", "1987": "accepted"}
    assert column(towns.signing, "date") == PartialDate(1991)


def test_a_document_that_is_published_stands_and_made_private_leaves_the_place(
    towns: Towns, agreement: Document
) -> None:
    set_public(agreement, public=True, by=towns.maris)
    assert told(towns.signing) == {"1991": "accepted", "1987": "accepted, in force"}
    assert column(towns.signing, "date") == PartialDate(1987)
    set_public(agreement, public=False, by=towns.maris)
    assert column(towns.signing, "date") == PartialDate(1991)


def test_what_the_other_side_says_to_be_so_is_not_withdrawn(towns: Towns) -> None:
    said(towns, towns.valka, "yes", field=EXISTS)
    with pytest.raises(ValidationError) as refusal:
        withdraw(towns.signing, why="it never happened", by=towns.kadri)
    message = "This is the other side’s own word; you can state your own beside it."
    assert refusal.value.message_dict == {"why": [message]}
    withdraw(towns.signing, why="it never happened", by=towns.maris)
    towns.signing.refresh_from_db()
    assert towns.signing.withdrawn_why == "it never happened"
