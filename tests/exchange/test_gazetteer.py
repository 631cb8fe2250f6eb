import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.parties import make_identifier, make_party
from tests.factories.places import make_place
from twinhall.accounts.models import LogEntry
from twinhall.evidence.models import Source, Statement
from twinhall.exchange.gazetteer import add_from_gazetteer, parties_of
from twinhall.finder.queries import search

pytestmark = pytest.mark.django_db

GONE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_a_town_becomes_a_party_of_what_geonames_says() -> None:
    party = add_from_gazetteer(make_place(), by=make_user())

    assert (party.slug, party.kind, party.language) == ("valka", "municipality", "")
    assert (party.name, party.country, party.latitude, party.longitude, party.population) == (
        "Valka",
        "LV",
        57.7752,
        26.01013,
        4615,
    )
    assert [str(identifier) for identifier in party.identifiers.all()] == ["geonames:454572"]


def test_every_fact_rests_on_the_data_set() -> None:
    party = add_from_gazetteer(make_place(), by=make_user())

    source = Source.objects.get()
    assert (source.key, source.kind, source.title, source.licence) == (
        "geonames",
        "dataset",
        "GeoNames",
        "CC BY 4.0",
    )
    told = Statement.objects.filter(subject_type="parties.party", subject_id=party.pk, in_force=True)
    assert {statement.field for statement in told} == {
        "name",
        "country",
        "latitude",
        "longitude",
        "population",
    }
    assert {statement.source for statement in told} == {source}


def test_without_a_figure_there_is_no_population() -> None:
    assert add_from_gazetteer(make_place(population=None), by=make_user()).population is None


def test_a_namesake_gets_an_address_of_its_own() -> None:
    make_party(name="Valka", country="EE")

    assert add_from_gazetteer(make_place(), by=make_user()).slug == "valka-lv"


def test_it_is_found_at_once() -> None:
    party = add_from_gazetteer(make_place(), by=make_user())

    assert [hit.record for hit in search("Валка")] == [party]


def test_who_added_it_is_kept() -> None:
    kadri = make_user()
    add_from_gazetteer(make_place(), by=kadri)

    assert LogEntry.objects.get(deed="party added").by == kadri


def test_the_party_it_was_merged_into_is_taken() -> None:
    last = make_party(name="Valka", country="LV")
    middle, first = (
        make_party(name="Valka", withdrawn_at=GONE, withdrawn_why="entered twice") for _ in range(2)
    )
    for party, into in ((first, middle), (middle, last)):
        party.merged_into = into
        party.save()
    make_identifier(party=first, scheme="geonames", value="454572")

    assert add_from_gazetteer(make_place(), by=make_user()) == last


def test_a_party_that_was_withdrawn_stays_so() -> None:
    gone = make_party(name="Valka", withdrawn_at=GONE, withdrawn_why="not a town")
    make_identifier(party=gone, scheme="geonames", value="454572")

    with pytest.raises(ValidationError, match="“Valka” was withdrawn from the register"):
        add_from_gazetteer(make_place(), by=make_user())


def test_parties_are_known_by_the_number_of_geonames_alone() -> None:
    valka = make_party(name="Valka", country="LV")
    make_identifier(party=valka, scheme="geonames", value="454572")
    make_identifier(party=make_party(name="Valga"), scheme="lau", value="587876")
    make_party(name="Valka", country="LV")

    assert parties_of([make_place(), make_place(number=587876, name="Valga")]) == {454572: valka}
