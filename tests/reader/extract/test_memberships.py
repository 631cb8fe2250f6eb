"""Who belongs to which network, since when, in which role, or not yet and why."""

import pytest

from twinhall.reader.facts import Membership
from twinhall.reader.places import Places

from .asked import facts_of


def told(places: Places, language: str, whose: tuple[str, str], text: str) -> list[tuple[str, str, str, str]]:
    """Network, since, role and status of each membership."""
    return [
        (fact.network, str(fact.since or ""), fact.role, fact.status)
        for fact in facts_of(places, language, whose, text)
        if isinstance(fact, Membership)
    ]


@pytest.mark.parametrize(
    ("language", "whose", "text", "expected"),
    [
        ("de", ("Marburg", "DE"), "Marburg ist seit 1995 Mitglied im Klima-Bündnis.",
         ("Climate Alliance", "1995", "member", "")),
        ("pl", ("Opole", "PL"), "Miasto przystąpiło do Związku Miast Bałtyckich w 1998 roku.",
         ("Union of the Baltic Cities", "1998", "member", "")),
        ("es", ("Burgos", "ES"), "Burgos es miembro fundador de Eurotowns desde 1991.",
         ("Eurotowns", "1991", "founding member", "")),
        ("sv", ("Kalmar", "SE"), "Kalmar är ännu inte medlem i Cittaslow.",
         ("Cittaslow", "", "", "not-yet")),
    ],
)  # fmt: skip
def test_the_towns_own_memberships(
    places: Places, language: str, whose: tuple[str, str], text: str, expected: tuple[str, str, str, str]
) -> None:
    assert told(places, language, whose, text) == [expected]


def test_members_that_a_network_lists(places: Places) -> None:
    text = (
        "Douzelage\n\nDouzelage is a network of small towns.\n\nMembers:\n- Solna, Sweden\n- Graz, Austria\n"
    )
    members = [
        (fact.member.name, fact.network)
        for fact in facts_of(places, "en", ("Douzelage", ""), text)
        if isinstance(fact, Membership)
    ]
    assert members == [("Solna", "Douzelage"), ("Graz", "Douzelage")]


def test_a_country_is_no_network(places: Places) -> None:
    text = "The town belongs to the Russian Federation. The state is a member of the European Union."
    assert told(places, "en", ("Exeter", "GB"), text) == []
