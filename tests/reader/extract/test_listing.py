"""What one line lists: names with countries and dates, pairs, double names, and where prose begins."""

import pytest

from twinhall.reader.extract.listing import listed
from twinhall.reader.places import Places

from .asked import scene_of


def items(places: Places, language: str, line: str) -> list[tuple[str, str, list[str]]]:
    scene = scene_of(places, language, line)
    found = listed(scene, 0, len(scene.text))
    return [(item.written, item.country, [str(told.date) for told in item.dates]) for item in found.items]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "Solna, Sweden, 1991", [("Solna", "SE", ["1991"])]),
        ("de", "Graz (Österreich), Brünn (Tschechien)", [("Graz", "AT", []), ("Brünn", "CZ", [])]),
        ("pt", "12.05.1995 Angers, França", [("Angers", "FR", ["1995-05-12"])]),
        ("ru", "Финляндия: Котка, Лахти", [("Котка", "FI", []), ("Лахти", "FI", [])]),
        ("it", "Jagodina e Paraćin (Serbia)", [("Jagodina", "RS", []), ("Paraćin", "RS", [])]),
        ("hu", "Cluj-Napoca - Kolozsvár, Románia", [("Cluj-Napoca - Kolozsvár", "RO", [])]),
    ],
)
def test_names_of_a_line(
    places: Places, language: str, line: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert items(places, language, line) == expected


def test_two_names_of_two_countries_are_a_pair(places: Places) -> None:
    scene = scene_of(places, "en", "Tornio – Haparanda (Finland – Sweden)")
    (pair,) = listed(scene, 0, len(scene.text)).items
    assert pair.other is not None
    assert ((pair.written, pair.country), (pair.other.written, pair.other.country)) == (
        ("Tornio", "FI"), ("Haparanda", "SE"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "line"), [("ca", "Europa"), ("ca", "Àfrica"), ("sv", "Norden"), ("fi", "Aasia")]
)
def test_a_continent_is_no_name(places: Places, language: str, line: str) -> None:
    assert items(places, language, line) == []


def test_prose_begins_after_the_names(places: Places) -> None:
    scene = scene_of(places, "en", "Solna, Sweden. The agreement was signed by both mayors.")
    found = listed(scene, 0, len(scene.text))
    assert scene.text[found.rest :].startswith("The agreement")
