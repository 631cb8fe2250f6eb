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
        ("hr", "Grad je član Hrvatske mreže zdravih gradova.", ["Hrvatske mreže zdravih gradova"]),
        ("fr", "La ville adhère au Réseau français des villes cyclables, créé en 2001.",
         ["Réseau français des villes cyclables"]),
        ("fr", "La ville appartient au réseau des Jardins ouvriers, fondé en 1994.", ["Jardins ouvriers"]),
        ("it", "La città è socia dell'Associazione Città della Bicicletta.",
         ["Associazione Città della Bicicletta"]),
        ("sk", "Z Únie miest vystúpila v roku 2018.", ["Únie miest"]),
        ("bg", "Градът членува в Европейската мрежа „Градове за децата“.", ["Cities for Children"]),
        ("el", "Μέλος στο Δίκτυο Πόλεων «Καθαρή Θάλασσα».", ["Δίκτυο Πόλεων «Καθαρή Θάλασσα»"]),
        ("pl", "Miasto należy do Sieci Zdrowych Miast.", ["Sieci Zdrowych Miast"]),
        ("hr", "Suradnju je imao i član iz zemlje (Ruska Federacija).", []),
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("language", "whose", "text", "founded"),
    [
        ("de", ("Marburg", "DE"), "Marburg gehört der Euregio Egrensis an, die 1993 entstand.", "1993"),
        ("it", ("Feltre", "IT"), "La città aderisce alla rete Cittaslow, nata a Orvieto nel 1999.", "1999"),
        ("en", ("Exeter", "GB"), "Exeter is in Douzelage. Founded in 1991, it meets every year.", "1991"),
        ("en", ("Exeter", "GB"), "Exeter is a member of Douzelage. The network met in Graz in 2003.", ""),
    ],
)  # fmt: skip
def test_the_founding_of_a_network(
    places: Places, language: str, whose: tuple[str, str], text: str, founded: str
) -> None:
    assert "".join(each[1] for each in told(places, language, whose, text)) == founded


def test_a_heading_with_an_acronym_is_a_name(places: Places) -> None:
    text = "Réseau des villes à moulins (RVM)\nFondé en 2003, ce réseau réunit de petites villes.\n"
    assert told(places, "fr", ("Angers", "FR"), text) == [("Réseau des villes à moulins", "2003", "", "")]


def test_the_number_of_an_entry_counts_no_members(places: Places) -> None:
    text = "Networks\n\n4. Douzelage: the town is a member.\n"
    assert told(places, "en", ("Exeter", "GB"), text) == []
