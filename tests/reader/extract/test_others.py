"""Ties of others beside the subject's in one sentence, and those who signed on the subject's side."""

import pytest

from twinhall.reader.facts import Partnership
from twinhall.reader.places import Places

from .asked import facts_of


def pairs(places: Places, language: str, whose: tuple[str, str], text: str) -> list[tuple[str, str]]:
    facts = facts_of(places, language, whose, text)
    return sorted((fact.a.name, fact.b.name) for fact in facts if isinstance(fact, Partnership))


@pytest.mark.parametrize(
    ("language", "whose", "text", "expected"),
    [
        ("en", ("Ledbury", "GB"), "Hereford is twinned with Dillenburg, and Leominster with Saverne.",
         [("Hereford", "Dillenburg"), ("Leominster", "Saverne")]),
        ("it", ("Faenza", "IT"), "Faenza è gemellata con Talavera de la Reina, e Bologna con Zagabria.",
         [("Bologna", "Zagreb"), ("Faenza", "Talavera de la Reina")]),
        ("nl", ("Vlissingen", "NL"), "Middelburg is verzusterd met Folkestone; Zutphen met Satu Mare.",
         [("Middelburg", "Folkestone"), ("Zutphen", "Satu Mare")]),
        ("es", ("Teruel", "ES"), "Alcañiz está hermanada con Limoux y Huesca con Tarbes.",
         [("Alcañiz", "Limoux"), ("Huesca", "Tarbes")]),
        ("hu", ("Makó", "HU"), "Szeged és a németországi Darmstadt 1990 óta testvérvárosok.",
         [("Szeged", "Darmstadt")]),
        ("et", ("Rakvere", "EE"), "Viljandi ja Saksamaa linn Ahrensburg on sõpruslinnad.",
         [("Viljandi", "Ahrensburg")]),
    ],
)  # fmt: skip
def test_two_of_ours_have_a_partner_each(
    places: Places, language: str, whose: tuple[str, str], text: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(places, language, whose, text) == expected


@pytest.mark.parametrize(
    ("language", "whose", "text"),
    [
        ("en", ("Ledbury", "GB"), "Ledbury is twinned with Strömstad in Sweden and with Dillenburg."),
        ("de", ("Eutin", "DE"), "Eutin ist mit Strömstad (Schweden) und mit Dillenburg verschwistert."),
        ("sv", ("Avesta", "SE"), "Avesta har vänorterna Strömstad och Dillenburg, Tyskland."),
    ],
)  # fmt: skip
def test_all_partners_of_one_are_its_own(
    places: Places, language: str, whose: tuple[str, str], text: str
) -> None:
    own = {"en": "Ledbury", "de": "Eutin", "sv": "Avesta"}[language]
    assert pairs(places, language, whose, text) == [(own, "Dillenburg"), (own, "Strömstad")]


@pytest.mark.parametrize(
    ("language", "whose", "text", "signed"),
    [
        ("en", ("Ledbury", "GB"),
         "The twinning with Strömstad was signed in 1999. It was signed by Ledbury, Bromyard and Leominster.",
         ["Bromyard", "Ledbury", "Leominster"]),
        ("et", ("Rakvere", "EE"),
         "Leping Rootsi linna Strömstadiga sõlmiti 1990. Alla kirjutasid Rakvere, Tapa ja Kunda.",
         ["Kunda", "Rakvere", "Tapa"]),
        ("cs", ("Svitavy", "CZ"),
         "Smlouva o partnerství se švédským Strömstadem je z 1995. Podepsaly Svitavy, Litomyšl a Polička.",
         ["Litomyšl", "Polička", "Svitavy"]),
    ],
)  # fmt: skip
def test_who_signed_with_the_subject_has_the_same_partner(
    places: Places, language: str, whose: tuple[str, str], text: str, signed: list[str]
) -> None:
    assert pairs(places, language, whose, text) == [(name, "Strömstad") for name in signed]


def test_a_neighbour_is_no_partner(places: Places) -> None:
    text = (
        "Ciudades hermanadas\n\nÚbeda está hermanada con Chefchaouen (Marruecos). "
        "Con Baeza, nuestra vecina, nos une una declaración de 2003.\n"
    )
    assert pairs(places, "es", ("Úbeda", "ES"), text) == [("Úbeda", "Chefchaouen")]


def test_a_twin_in_the_same_country_is_one(places: Places) -> None:
    text = "Avesta har vänorten Strömstad sedan 1950."
    assert pairs(places, "sv", ("Avesta", "SE"), text) == [("Avesta", "Strömstad")]
