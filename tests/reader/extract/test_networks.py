"""What a page tells of networks: their names, founding, seat and members."""

import pytest

from twinhall.reader.extract.network_names import networks_in
from twinhall.reader.facts import Network
from twinhall.reader.places import Places

from .asked import facts_of, scene_of


def names(places: Places, language: str, sentence: str) -> list[str]:
    scene = scene_of(places, language, sentence)
    return [body.name for body in networks_in(scene, 0, len(scene.text))]


def told(places: Places, language: str, whose: tuple[str, str], text: str) -> list[tuple[str, str, str, str]]:
    return [
        (fact.name, str(fact.founded or ""), fact.seat, fact.members_count)
        for fact in facts_of(places, language, whose, text)
        if isinstance(fact, Network)
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("de", "Die Stadt ist Mitglied im Klima-Bündnis.", ["Climate Alliance"]),
        ("pl", "Miasto należy do Związku Miast Bałtyckich.", ["Union of the Baltic Cities"]),
        ("fr", "La ville est membre de l'Union européenne.", []),
        ("hr", "Grad je u državi članici Europske unije.", []),
        ("it", "Il progetto del Consiglio d'Europa ha molti membri.", []),
        ("ro", "Echipa orașului este membră în Liga a IV-a.", []),
        ("en", "The town's team is a member of League III.", []),
        ("sv", "Stadens lag är medlem i Liga II-B.", []),
        ("hr", "Suradnju je imao i član iz zemlje (Ruska Federacija).", []),
    ],
)
def test_names_of_networks(places: Places, language: str, sentence: str, expected: list[str]) -> None:
    assert names(places, language, sentence) == expected


@pytest.mark.parametrize(
    ("language", "whose", "text", "seat"),
    [
        ("en", ("Exeter", "GB"), "Exeter is a member of Douzelage. The network has its seat in Granville.",
         "Granville"),
        ("fr", ("Angers", "FR"), "Angers est membre du Douzelage. Ce réseau a son siège à Granville.",
         "Granville"),
        ("hu", ("Eger", "HU"), "Eger a Douzelage tagja. A Douzelage szervezet székhelye Granville.",
         "Granville"),
    ],
)  # fmt: skip
def test_the_seat_of_a_network(
    places: Places, language: str, whose: tuple[str, str], text: str, seat: str
) -> None:
    assert [each[2] for each in told(places, language, whose, text)] == [seat]


def test_founding_and_members(places: Places) -> None:
    text = (
        "Exeter is a member of Douzelage. The network was founded in 1991 and has more than 20 member towns."
    )
    assert told(places, "en", ("Exeter", "GB"), text) == [("Douzelage", "1991", "", "more than 20")]
