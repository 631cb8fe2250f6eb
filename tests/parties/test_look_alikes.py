import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from twinhall.parties.likeness import Likeness, look_alikes_of
from twinhall.parties.queries import look_alikes

pytestmark = pytest.mark.django_db


def test_an_own_name_is_compared_folded() -> None:
    gorlitz = make_party(name="Görlitz", country="DE")
    make_party(name="Görlitz am Berg", country="DE")

    assert look_alikes(name=" GORLITZ", country="DE") == [gorlitz]


def test_any_other_name_counts() -> None:
    valka = make_party(name="Valka", country="LV")
    make_name(party=valka, text="Валка", language="ru")

    assert look_alikes(name="Valka", country="LV") == [valka]
    assert look_alikes(name="valkà", country="LV") == [valka]
    make_name(party=valka, text="Walk")
    assert look_alikes(name="WALK", country="LV") == [valka]


def test_a_name_taken_back_does_not_count() -> None:
    name = make_name(party=make_party(name="Valka", country="LV"), text="Walk")
    name.withdrawn_at, name.withdrawn_why = dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "misread"
    name.save()

    assert look_alikes(name="Walk", country="LV") == []


def test_another_country_is_another_party_and_none_may_be_any() -> None:
    here = make_party(name="Walk", country="EE")
    make_party(name="Walk", country="DE")
    nowhere = make_network_party(name="Walk")

    assert look_alikes(name="Walk", country="EE") == [here, nowhere]
    assert len(look_alikes(name="Walk")) == 3


@pytest.mark.parametrize(
    ("latitude", "longitude", "number"),
    [(51.4, 8.9, 1), (52.06, 8.36, 0), (51.4, None, 1), (None, 8.9, 1), (51.39, 12.0, 0)],
)
def test_far_away_is_another_party(latitude: float | None, longitude: float | None, number: int) -> None:
    make_party(name="Halle", country="DE", latitude=51.4, longitude=9.0)

    found = look_alikes(name="Halle", country="DE", latitude=latitude, longitude=longitude)

    assert len(found) == number


def test_an_equal_identifier_is_enough() -> None:
    valka = make_party(name="Valka", country="LV")
    make_identifier(party=valka, scheme="geonames", value="454572")
    make_identifier(party=make_party(name="Valga"), scheme="wikidata", value="Q454572")

    assert look_alikes(name="Walk", country="EE", identifiers={"geonames": "454572"}) == [valka]
    assert look_alikes(name="Walk", country="EE", identifiers={"geonames": "45457"}) == []


def test_a_withdrawn_party_is_like_nobody() -> None:
    gone = make_party(
        name="Valka", withdrawn_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), withdrawn_why="entered twice"
    )
    make_identifier(party=gone, scheme="geonames", value="454572")

    assert look_alikes(name="Valka", country="EE", identifiers={"geonames": "454572"}) == []


@pytest.mark.parametrize("name", ["", "…", "★"])
def test_a_name_without_letters_is_like_no_other(name: str) -> None:
    make_party(name="!!!", address="one")

    assert look_alikes(name=name) == []


def test_one_party_is_found_once_for_all_its_names() -> None:
    valka = make_party(name="Valka", country="LV")
    make_name(party=valka, text="Valka", language="et")
    make_identifier(party=valka)

    assert look_alikes(name="Valka", country="LV", identifiers={"wikidata": "Q211714"}) == [valka]


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_is_the_same(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        make_name(party=make_party(name=f"Town {n}"), text=f"Linn {n}", language="et")
    wanted = [
        Likeness(name=f"Town {n}", country="EE", identifiers={"geonames": f"{n + 1}"}) for n in range(number)
    ]

    with django_assert_num_queries(4):
        found = look_alikes_of(wanted)

    assert [[party.name for party in alike] for alike in found] == [[f"Town {n}"] for n in range(number)]
