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


@pytest.mark.parametrize(
    ("language", "whose", "text", "expected"),
    [
        ("de", ("Marburg", "DE"), "Marburg gehört der Euregio Egrensis an, die 1993 gegründet wurde.",
         ("Euregio Egrensis", "")),
        ("sv", ("Kalmar", "SE"), "Kalmar är medlem i Eurotowns sedan 1994 och satt i styrelsen 2005–2009.",
         ("Eurotowns", "1994")),
        ("es", ("Burgos", "ES"), "Burgos es socia de Eurotowns. En 2011 su alcalde fue elegido presidente.",
         ("Eurotowns", "")),
        ("sr", ("Суботица", "RS"), "Суботица је члан Сталне конференције градова и општина од 1953.",
         ("Сталне конференције градова и општина", "1953")),
        ("bg", ("Русе", "BG"), "Русе членува в Energy Cities от самото ѝ създаване през 1990 г.",
         ("Energy Cities", "1990")),
    ],
)  # fmt: skip
def test_since_is_when_the_town_joined(
    places: Places, language: str, whose: tuple[str, str], text: str, expected: tuple[str, str]
) -> None:
    assert [each[:2] for each in told(places, language, whose, text)] == [expected]


@pytest.mark.parametrize(
    ("language", "whose", "text", "expected"),
    [
        ("pt", ("Évora", "PT"), "Évora fez parte da Eurotowns entre 1998 e 2009.", ("1998", "2009")),
        ("en", ("Exeter", "GB"), "Exeter withdrew from Eurotowns in 2012, having joined it in 1999.",
         ("1999", "2012")),
        ("de", ("Marburg", "DE"), "Aus dem Verband Deutscher Burgenstädte trat Marburg 2018 aus.",
         ("", "2018")),
        ("nl", ("Gouda", "NL"), "In 2015 trad Gouda uit de Vereniging van Kaassteden.", ("", "2015")),
        ("ru", ("Псков", "RU"), "Из Союза северных городов Псков вышел в 2013 году.", ("", "2013")),
        ("fi", ("Kotka", "FI"), "Kotka erosi Rajakaupunkien yhdistyksestä vuonna 2013.", ("", "2013")),
    ],
)  # fmt: skip
def test_who_left_a_network(
    places: Places, language: str, whose: tuple[str, str], text: str, expected: tuple[str, str]
) -> None:
    (fact,) = (each for each in facts_of(places, language, whose, text) if isinstance(each, Membership))
    assert (str(fact.since or ""), str(fact.until or "")) == expected


def test_each_network_of_a_sentence_has_its_own_date(places: Places) -> None:
    text = "Orașul este membru al Eurotowns din 1990 și a aderat la rețeaua Energy Cities în mai 2009."
    assert [each[:2] for each in told(places, "ro", ("Oradea", "RO"), text)] == [
        ("Eurotowns", "1990"),
        ("Energy Cities", "2009-05"),
    ]


def test_a_founding_member_is_one_since_the_founding(places: Places) -> None:
    text = (
        "The Linen Road Network was founded on 14 September 2009.\n\nFounding members\n- Gouda, Netherlands\n"
    )
    (fact,) = (
        each
        for each in facts_of(places, "en", ("Linen Road Network", ""), text)
        if isinstance(each, Membership)
    )
    assert (fact.member.name, str(fact.since)) == ("Gouda", "2009-09-14")


@pytest.mark.parametrize(
    ("language", "whose", "text"),
    [
        ("es", ("Burgos", "ES"), "El ingreso en Eurotowns se pidió en 2021; Burgos no es todavía miembro."),
        ("sl", ("Ptuj", "SI"), "V mrežo Eurotowns občina še ni vključena, ker nima načrta."),
        ("uk", ("Дрогобич", "UA"), "Дрогобич ще не вступив до Energy Cities, бо немає плану дій."),
    ],
)  # fmt: skip
def test_who_has_only_applied(places: Places, language: str, whose: tuple[str, str], text: str) -> None:
    assert [each[1:] for each in told(places, language, whose, text)] == [("", "", "not-yet")]


def test_taking_part_in_an_event_is_no_membership(places: Places) -> None:
    text = "Като член на сдружението, общината участва в събитията Зелени дни през 2009 година."
    assert told(places, "bg", ("Русе", "BG"), text) == []


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
