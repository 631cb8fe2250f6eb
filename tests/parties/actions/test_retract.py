"""A value is taken away: every word that states it is rejected, unless one is the other side's own."""

import pytest
from django.core.exceptions import ValidationError

from tests.evidence.actions.asking import column, members
from tests.factories.accounts import make_administrator
from tests.factories.evidence import make_accepted, make_source
from tests.factories.parties import make_own_page
from tests.parties.actions.stating import Towns, told, two_towns
from twinhall.evidence.models import Decision, Statement, Verdict
from twinhall.parties.actions import retract
from twinhall.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> Towns:
    return two_towns()


@pytest.fixture
def tie(towns: Towns) -> Partnership:
    return towns.signing.partnership


def test_every_word_that_states_the_value_is_rejected_and_the_others_stay(
    towns: Towns, tie: Partnership
) -> None:
    for source in (make_source(), make_own_page(towns.valga)):
        make_accepted(subject=tie, field="fields", stated="youth", source=source)
    make_accepted(subject=tie, field="fields", stated="sport")
    retract(tie, "fields", "youth", by=towns.kadri, why="It never came about.")
    assert members(tie) == ["sport"]
    assert told(tie, "fields") == {"youth": "rejected", "sport": "accepted, in force"}
    rejected = Decision.objects.filter(deed="rejected")
    assert [(d.by, d.why) for d in rejected] == [(towns.kadri, "It never came about.")] * 2


def test_the_other_sides_own_word_is_not_taken_away_nor_anything_beside_it(
    towns: Towns, tie: Partnership
) -> None:
    make_accepted(subject=tie, field="fields", stated="youth", source=make_own_page(towns.valka))
    make_accepted(subject=tie, field="fields", stated="youth", source=make_own_page(towns.valga))
    with pytest.raises(ValidationError) as refusal:
        retract(tie, "fields", "youth", by=towns.kadri)
    assert list(refusal.value.message_dict) == ["fields"]
    assert members(tie) == ["youth"]
    assert Statement.objects.filter(verdict=Verdict.ACCEPTED).count() == 2


def test_the_administrator_takes_any_value_away(towns: Towns, tie: Partnership) -> None:
    make_accepted(subject=tie, field="fields", stated="youth", source=make_own_page(towns.valka))
    retract(tie, "fields", "youth", by=make_administrator())
    assert members(tie) == []


def test_a_value_is_compared_as_its_column_holds_it(towns: Towns) -> None:
    make_accepted(subject=towns.valga, field="name", stated="Valga")
    retract(towns.valga, "name", " Valga ", by=towns.kadri)
    assert column(towns.valga, "name") == ""


def test_what_nobody_states_is_not_taken_away(towns: Towns, tie: Partnership) -> None:
    make_accepted(subject=tie, field="fields", stated="youth")
    retract(tie, "fields", "sport", by=towns.kadri)
    assert members(tie) == ["youth"]
    assert Decision.objects.filter(deed="rejected").count() == 0
