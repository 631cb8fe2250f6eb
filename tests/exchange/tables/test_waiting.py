"""Rows in doubt wait for a person, who says who is meant; what was said is remembered."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from tests.exchange.tables.conftest import TIE, Load
from tests.factories.parties import make_identifier, make_name, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.places import make_gazetteer, make_town
from twinhall.accounts.models import LogEntry, User
from twinhall.exchange import told
from twinhall.exchange.merge.actions import merge_parties
from twinhall.exchange.models import RowDecision, RowFinding
from twinhall.exchange.tables.excerpt import excerpt
from twinhall.exchange.tables.matching import match
from twinhall.exchange.tables.register import read_register
from twinhall.exchange.tables.taking import NEW
from twinhall.exchange.waiting import dismiss_row, rows_waiting, settle_row, tables_waiting
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

DOUBTFUL = {**TIE, "a_lat": "", "a_lon": "", "a_qid": ""}


@pytest.fixture
def valga(operator: User) -> Party:  # noqa: ARG001
    return make_party(name="Valga", country="EE", latitude=57.7769, longitude=26.0311)


@pytest.fixture
def waits(load: Load, valga: Party) -> RowFinding:
    report = load([DOUBTFUL])
    assert report.outcomes == {"waiting": 1}
    found = RowFinding.objects.get()
    assert found.candidates == {"0": [valga.pk]}
    return found


def test_a_row_in_doubt_waits_outside_the_register(waits: RowFinding) -> None:
    assert (waits.label, waits.row, waits.table) == ("Valga – Valka", 2, "Pairs")
    assert waits.why == "only the name and the country tell who is meant"
    assert not Partnership.objects.exists()
    assert list(rows_waiting(table="Pairs")) == [waits]
    assert tables_waiting() == [("Pairs", 1)]


def test_loading_again_lets_it_wait_once(load: Load, waits: RowFinding) -> None:
    load([DOUBTFUL])
    assert RowFinding.objects.get() == waits


def test_it_waits_even_where_the_register_has_come_to_know(
    load: Load, waits: RowFinding, valga: Party
) -> None:
    valka = make_party(name="Valka", country="LV", latitude=57.7752, longitude=26.0101)
    make_partnership(parties=[valga, valka])
    assert load([DOUBTFUL]).outcomes == {"waiting": 1}
    assert RowFinding.objects.get() == waits


def test_who_is_meant_is_said_and_the_tie_is_made(waits: RowFinding, valga: Party, operator: User) -> None:
    settle_row(waits, choices={"0": valga.pk}, by=operator)
    tie = Partnership.objects.get()
    assert valga in [signatory.party for signatory in tie.signatories.all()]
    waits.refresh_from_db()
    assert (waits.decision, waits.decided_by) == (RowDecision.MATCHED, operator)
    assert LogEntry.objects.filter(deed="waiting row matched").exists()


def test_none_of_the_candidates_makes_a_new_party(waits: RowFinding, valga: Party, operator: User) -> None:
    settle_row(waits, choices={"0": NEW}, by=operator)
    assert Party.objects.filter(name="Valga").exclude(pk=valga.pk).count() == 1
    assert Partnership.objects.count() == 1


def test_a_new_party_is_remembered_by_the_next_load(load: Load, waits: RowFinding, operator: User) -> None:
    settle_row(waits, choices={"0": NEW}, by=operator)
    waits.refresh_from_db()
    new = Party.objects.latest("pk")
    assert Party.objects.get(pk=waits.choices["0"]).name == "Valga"
    assert load([DOUBTFUL]).outcomes == {"known": 1}
    assert (Party.objects.latest("pk"), Partnership.objects.count()) == (new, 1)


def test_a_decision_outlives_a_merge(load: Load, waits: RowFinding, valga: Party, operator: User) -> None:
    settle_row(waits, choices={"0": valga.pk}, by=operator)
    merge_parties(make_party(name="Valga linn", country="EE"), valga, why="Entered twice.", by=operator)
    assert load([DOUBTFUL]).outcomes == {"known": 1}


@pytest.mark.parametrize("name", ["Walk", "Valga, Estonia", "Valga (Estonia)", "Vállga", "Nowhere"])
def test_an_excerpt_knows_who_is_meant_as_the_whole_register_does(
    valga: Party, name: str, settings: Settings, tmp_path: Path
) -> None:
    settings.GAZETTEER = tmp_path
    make_gazetteer(tmp_path, make_town(587591, "Valga", "Walk"))
    make_identifier(party=valga, scheme="geonames", value="587591")
    make_name(party=valga, text="Vallga")
    row = told.Standing(party=told.Party(name=name, country="EE", latitude=57.78, longitude=26.3))
    whole, part = (match(register, row.party) for register in (read_register(), excerpt(row)))
    assert part == whole
    assert bool(whole.candidates) == (name != "Nowhere")


def test_what_was_said_is_remembered_by_the_next_load(
    load: Load, waits: RowFinding, valga: Party, operator: User
) -> None:
    settle_row(waits, choices={"0": valga.pk}, by=operator)
    assert load([DOUBTFUL]).outcomes == {"known": 1}
    assert Partnership.objects.count() == 1


def test_a_row_that_was_left_out_stays_out(load: Load, waits: RowFinding, operator: User) -> None:
    dismiss_row(waits, by=operator)
    report = load([DOUBTFUL])
    assert report.reasons == {("refused", "left out by a person who looked at it"): 1}
    assert not list(rows_waiting())


@pytest.mark.parametrize("choices", [{}, {"0": 0}, {"1": 1}, {"0": "Valga"}])
def test_a_choice_is_one_of_the_candidates(
    waits: RowFinding, operator: User, choices: dict[str, int | str]
) -> None:
    with pytest.raises(ValidationError, match="Choose who is meant"):
        settle_row(waits, choices=choices, by=operator)
    assert not Partnership.objects.exists()


def test_a_row_is_decided_once(waits: RowFinding, valga: Party, operator: User) -> None:
    dismiss_row(waits, by=operator)
    with pytest.raises(ValidationError, match="decided already"):
        settle_row(waits, choices={"0": valga.pk}, by=operator)
