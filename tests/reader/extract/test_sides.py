"""Whose tie a sentence tells: the subject's, or that of a town beside it."""

import pytest

from twinhall.reader.extract.sides import sides
from twinhall.reader.places import Places

from .asked import on_page


def told(places: Places, language: str, whose: tuple[str, str], sentence: str) -> list[tuple[str, list[str]]]:
    """Who has ties, each with whom."""
    scene, subject = on_page(places, language, whose, sentence)
    found = sides(scene, subject, (0, len(scene.text)))
    return [(one.name, [party.named.name for party in others]) for one, others in found]


@pytest.mark.parametrize(
    ("language", "whose", "sentence", "expected"),
    [
        ("en", ("Ludlow", "GB"), "Our neighbours in Shrewsbury are twinned with Zutphen in the Netherlands.",
         ("Shrewsbury", ["Zutphen"])),
        ("fr", ("Lannion", "FR"), "Rennes est jumelée avec Exeter.", ("Rennes", ["Exeter"])),
        ("it", ("Bra", "IT"), "Anche la vicina Alba è gemellata con Arlon, in Belgio.", ("Alba", ["Arlon"])),
        ("sv", ("Avesta", "SE"), "Grannkommunen Hedemora har vänortsavtal med Brande i Danmark.",
         ("Hedemora", ["Brande"])),
        ("no", ("Elverum", "NO"), "Nabobyen Hamar er vennskapsby med Lund i Sverige.", ("Hamar", ["Lund"])),
        ("sr", ("Užice", "RS"), "I obližnja Požega potpisala je povelju sa slovenačkim Grosupljem.",
         ("Požega", ["Grosuplje"])),
    ],
)  # fmt: skip
def test_another_towns_tie_is_its_own(
    places: Places, language: str, whose: tuple[str, str], sentence: str, expected: tuple[str, list[str]]
) -> None:
    assert told(places, language, whose, sentence) == [expected]


def test_a_twin_across_the_border_is_no_other_town(places: Places) -> None:
    sentence = "Mit dem benachbarten polnischen Słubice verbindet uns eine Städtepartnerschaft."
    assert told(places, "de", ("Eutin", "DE"), sentence) == [("Eutin", ["Słubice"])]


def test_who_has_no_ties_tells_of_others(places: Places) -> None:
    sentence = "Valmiera has been twinned with Solna since 1991."
    assert told(places, "en", ("Union of the Baltic Cities", ""), sentence) == [("Valmiera", ["Solna"])]
