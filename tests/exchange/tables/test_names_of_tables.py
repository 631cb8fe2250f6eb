"""What names in tables come to: countries, kinds of party, the government of a town."""

import pytest

from twinhall.exchange.tables.countries import country_code
from twinhall.exchange.tables.kinds import is_bare_identifier, kind_by_name, speaks_of_town


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("LV", "LV"),
        ("Latvia", "LV"),
        ("Lettland", "LV"),
        ("Läti", "LV"),
        ("Латвия", "LV"),
        ("England, United Kingdom", "GB"),
        ("Georgia (country)", "GE"),
        ("in Italy", "IT"),
        ("The Gambia", "GM"),
        ("Rauma, Norway", "NO"),
        ("Bosnia and Herzegovina", "BA"),
        ("israel🇮🇱🇮🇱", "IL"),
        ("ES\xa0", "ES"),
        ("People's Republic of China", "CN"),
        ("Côte d'Ivoire", "CI"),
        ("Kazakhstah", "KZ"),
    ],
)
def test_a_country_is_known_by_its_names(name: str, code: str) -> None:
    assert country_code(name) == (code, "")


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("Austria-Hungary", "a state that is no more: Austria-Hungary"),
        ("Mandatory Palestine", "a state that is no more: Mandatory Palestine"),
        ("t431453150", "not a country: t431453150"),
        ("Atlantis", "not a country: Atlantis"),
    ],
)
def test_what_is_no_country_today_has_no_code(name: str, remark: str) -> None:
    assert country_code(name) == ("", remark)


@pytest.mark.parametrize("name", ["Q3955", "t431453150", "http://www.wikidata.org/entity/Q1"])
def test_an_identifier_is_no_name(name: str) -> None:
    assert is_bare_identifier(name)


def test_a_name_with_a_number_is_a_name() -> None:
    assert not is_bare_identifier("Bordeaux 2")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Maui County", "region"),
        ("Wojewodschaft Jelenia Góra", "region"),
        ("Berlin – Mitte", "district"),
        ("Borough of Islington", "district"),
        ("Stratford-upon-Avon", ""),
    ],
)
def test_a_name_may_tell_the_kind(name: str, kind: str) -> None:
    assert kind_by_name(name) == kind


@pytest.mark.parametrize(
    ("name", "town", "is_it"),
    [
        ("Comune di Trento", "Trento", True),
        ("Gemeinde Mäder", "Maeder", False),  # two transliterations; who decides is a person
        ("Gemeinde Mäder", "Mader", True),
        ("Valga Linnavalitsus", "Valga", True),
        ("MUSE – Science Museum, Trento", "Trento", False),
        ("University of Trento", "Trento", False),
        ("Trento", "Trento", True),
    ],
)
def test_a_town_is_told_from_others_that_sit_in_it(name: str, town: str, *, is_it: bool) -> None:
    assert speaks_of_town(name, town) is is_it
