"""Who is meant: by identifier, by name with country and distance, by the other end; never by name alone."""

from typing import Any

import pytest
from django.utils import timezone

from tests.factories.parties import make_identifier, make_name, make_party
from tests.factories.partnerships import make_partnership
from twinhall.exchange import told
from twinhall.exchange.tables.matching import Match, kilometres, match
from twinhall.exchange.tables.register import Register, read_register
from twinhall.parties.models import Party

HERE: dict[str, Any] = {"latitude": 57.7769, "longitude": 26.0311}


@pytest.fixture
def valga(db: None) -> Party:  # noqa: ARG001
    party = make_party(name="Valga", country="EE", **HERE)
    make_identifier(party=party, scheme="wikidata", value="Q216877")
    return party


def matched(party: told.Party) -> Match:
    return match(read_register(), party)


def test_an_identifier_tells_whatever_the_name(valga: Party) -> None:
    assert matched(told.Party(name="Walk", identifiers={"wikidata": "Q216877"})).party == valga.pk


def test_two_identifiers_of_two_parties_leave_a_doubt(valga: Party) -> None:
    other = make_party(name="Valka", country="LV")
    make_identifier(party=other, scheme="geonames", value="454770")
    found = matched(told.Party(name="Valga", identifiers={"wikidata": "Q216877", "geonames": "454770"}))
    assert set(found.candidates) == {valga.pk, other.pk}
    assert found.why == "its identifiers are those of several parties"


def test_name_country_and_distance_tell(valga: Party) -> None:
    found = matched(told.Party(name="VALGA", country="EE", latitude=57.80, longitude=26.00))
    assert found.party == valga.pk


def test_other_names_tell_too(valga: Party) -> None:
    make_name(party=valga, text="Walk", language="de")
    assert matched(told.Party(name="Walk", country="EE", **HERE)).party == valga.pk


def test_a_name_and_a_country_alone_leave_a_doubt(valga: Party) -> None:
    found = matched(told.Party(name="Valga", country="EE"))
    assert (found.party, found.candidates) == (None, (valga.pk,))
    assert found.why == "only the name and the country tell who is meant"


def test_a_name_alone_leaves_a_doubt(valga: Party) -> None:
    found = matched(told.Party(name="Valga"))
    assert found.candidates == (valga.pk,)
    assert found.why == "only the name tells"


@pytest.mark.parametrize(
    ("north", "candidates", "party"), [(0.05, False, True), (0.3, True, False), (0.6, False, False)]
)
def test_the_further_away_the_less_it_is_the_same(
    valga: Party, north: float, *, candidates: bool, party: bool
) -> None:
    place = told.Party(name="Valga", country="EE", latitude=57.7769 + north, longitude=26.0311)
    found = matched(place)
    assert (found.party == valga.pk) is party
    assert (found.candidates == (valga.pk,)) is candidates


def test_another_country_is_another_party(valga: Party) -> None:
    assert matched(told.Party(name="Valga", country="LV", **HERE)) == Match()
    assert valga.country == "EE"


def test_a_county_is_not_its_town(valga: Party) -> None:
    assert matched(told.Party(name="Valga", kind="region", country="EE", **HERE)) == Match()
    assert valga.kind == "municipality"


def test_another_identifier_of_the_same_register_leaves_a_doubt(valga: Party) -> None:
    found = matched(told.Party(name="Valga", country="EE", identifiers={"wikidata": "Q1"}, **HERE))
    assert found.candidates == (valga.pk,)
    assert found.why == "a party of this name lies near and has another identifier"


def test_the_other_end_of_the_tie_tells(valga: Party) -> None:
    valka = make_party(name="Valka", country="LV")
    make_party(name="Valka", country="LV")  # a namesake that nothing binds to Valga
    make_partnership(parties=[valga, valka])
    found = match(read_register(), told.Party(name="Valka"), near=valga.pk)
    assert (found.party, found.by_ties) == (valka.pk, True)


def test_a_merged_party_is_the_one_it_lives_on_in(valga: Party) -> None:
    old = make_party(name="Walk", country="EE")
    make_identifier(party=old, scheme="geonames", value="587448")
    Party.objects.filter(pk=old.pk).update(
        merged_into=valga, withdrawn_at=timezone.now(), withdrawn_why="the same town"
    )
    assert matched(told.Party(name="x", identifiers={"geonames": "587448"})).party == valga.pk


def test_distances_are_right_over_the_date_line() -> None:
    assert kilometres(0, 179.9, 0, -179.9) == pytest.approx(22.2, abs=0.1)
    assert kilometres(57.7769, 26.0311, 57.7752, 26.0101) == pytest.approx(1.26, abs=0.02)
    assert kilometres(None, 0, 0, 0) is None


def test_a_row_without_a_kind_means_the_town_rather_than_its_county(valga: Party) -> None:
    county = make_party(name="Valga", country="EE", kind="region", **HERE)
    assert matched(told.Party(name="Valga", kind="", country="EE", **HERE)).party == valga.pk
    assert matched(told.Party(name="Valga", kind="region", country="EE", **HERE)).party == county.pk


def test_a_row_without_a_kind_may_mean_a_district(db: None) -> None:  # noqa: ARG001
    district = make_party(name="Prague 4", country="CZ", kind="district", latitude=50.06, longitude=14.44)
    place = told.Party(name="Prague 4", kind="", country="CZ", latitude=50.06, longitude=14.45)
    assert matched(place).party == district.pk


def test_a_row_without_a_kind_is_no_museum(db: None) -> None:  # noqa: ARG001
    make_party(name="Trento", country="IT", kind="institution", latitude=46.07, longitude=11.12)
    place = told.Party(name="Trento", kind="", country="IT", latitude=46.07, longitude=11.12)
    assert matched(place) == Match()


def test_a_position_in_another_country_is_not_believed(valga: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Register, "lies_in", lambda *_: False)  # as the gazetteer would say
    moscow = told.Party(name="Valga", country="EE", latitude=55.7558, longitude=37.6178)
    assert matched(moscow).candidates == (valga.pk,)
    tied = make_party(name="Orimattila", country="FI")
    make_partnership(parties=[valga, tied])
    assert match(read_register(), moscow, near=tied.pk).party == valga.pk
