import pytest

from tests.constraints import constraints_of
from twinhall.finder.models import Entry, Word

pytestmark = pytest.mark.django_db


def test_the_index_is_derived_and_keeps_no_rule_of_its_own() -> None:
    assert list(constraints_of("finder")) == []


def test_an_entry_is_called_by_its_key() -> None:
    assert str(Entry(text="Čerkasi", key="cerkasi")) == "cerkasi"


def test_a_word_is_called_by_itself() -> None:
    assert str(Word(text="valga", reverse="aglav", length=5)) == "valga"
