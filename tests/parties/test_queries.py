import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.evidence import make_source, make_statement
from tests.factories.parties import (
    make_contact,
    make_identifier,
    make_name,
    make_network_party,
    make_own_page,
    make_party,
)
from twinhall.parties.models import NameKind, Party, PartyKind
from twinhall.parties.queries import (
    countries_of_parties,
    names_in,
    party_list,
    party_page,
    publishers,
    publishers_of,
    regions_of_parties,
    source_list,
)

pytestmark = pytest.mark.django_db


def withdrawn(*, name: str = "Walk", country: str = "EE") -> Party:
    return make_party(
        name=name, country=country, withdrawn_at=timezone.now(), withdrawn_why="A second record of Valga."
    )


# Lists ---------------------------------------------------------------------------------------------------


def test_cities_and_regions_are_listed_in_the_order_of_their_addresses_in_any_script() -> None:
    for address in ("halle-westfalen", "halle-saale"):
        make_party(name="Halle", address=address, country="DE")
    make_party(name="Valga")
    make_party(name="Āraiši", country="LV")
    make_party(name="Стара Загора", country="BG")
    listed = ["araisi", "halle-saale", "halle-westfalen", "stara-zagora", "valga"]
    assert [party.slug for party in party_list()] == listed


def test_only_municipalities_districts_and_regions_are_listed() -> None:
    for kind in PartyKind.values:
        make_party(name=kind, kind=kind)
    assert [party.kind for party in party_list()] == ["district", "municipality", "region"]


def test_what_was_withdrawn_is_not_listed() -> None:
    withdrawn()
    assert list(party_list()) == []


def test_the_list_is_narrowed_to_a_country_or_a_kind() -> None:
    valga = make_party(name="Valga", country="EE")
    valka = make_party(name="Valka", country="LV")
    vidzeme = make_party(name="Vidzeme", country="LV", kind=PartyKind.REGION)
    network = make_network_party(country="LV")
    assert list(party_list(country="EE")) == [valga]
    assert list(party_list(country="LV")) == [valka, vidzeme]
    assert list(party_list(kind=PartyKind.REGION)) == [vidzeme]
    assert list(party_list(kind=PartyKind.ASSOCIATION)) == [network]
    assert list(party_list(country="LV", kind=PartyKind.MUNICIPALITY)) == [valka]
    assert list(party_list(country="BG")) == []


def test_the_list_is_narrowed_to_a_region_which_names_its_country() -> None:
    munich = make_party(name="Munich", country="DE", region="DE.02")
    make_party(name="Görlitz", country="DE", region="DE.13")
    make_party(name="Elsewhere", country="AT", region="DE.02")
    assert list(party_list(region="DE.02")) == list(party_list(country="DE", region="DE.02")) == [munich]
    assert list(party_list(country="AT", region="DE.02")) == []


def test_the_regions_of_a_country_with_listed_parties_are_counted() -> None:
    for name, region in (("Munich", "DE.02"), ("Lindau", "DE.02"), ("Görlitz", "DE.13"), ("Somewhere", "")):
        make_party(name=name, country="DE", region=region)
    make_party(name="Bregenz", country="AT", region="AT.08")
    make_party(name="An office", country="DE", region="DE.01", kind=PartyKind.INSTITUTION)
    assert regions_of_parties("DE") == {"DE.02": 2, "DE.13": 1}
    assert regions_of_parties("FR") == {}


def test_the_countries_of_listed_parties_are_counted() -> None:
    make_party(name="Valga", country="EE")
    make_party(name="Valka", country="LV")
    make_party(name="Valmiera", country="LV")
    make_party(name="Somewhere", country="")
    make_network_party(country="BG")
    withdrawn(country="FI")
    assert countries_of_parties() == {"EE": 1, "LV": 2}


def test_a_page_has_what_is_known_of_a_party_in_four_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    valga, tartu = make_party(name="Valga"), make_party(name="Tartu")
    for party in (valga, tartu):
        make_name(party=party)
        make_contact(party=party)
    make_identifier(party=valga)
    withdrawn()
    with django_assert_num_queries(4):
        found = {
            party.slug: [len(party.names.all()), len(party.identifiers.all()), len(party.contacts.all())]
            for party in party_page()
        }
    assert found == {"tartu": [1, 0, 1], "valga": [1, 1, 1]}


# Publishers ----------------------------------------------------------------------------------------------


def test_publishers_stand_under_their_sources() -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka")
    of_valga, of_valka, of_nobody = make_own_page(valga), make_own_page(valka), make_source()
    make_own_page(valga)
    found = publishers([of_valga.pk, of_valka.pk, of_nobody.pk, of_valga.pk])
    assert found == {of_valga.pk: valga, of_valka.pk: valka}


def test_publishers_of_statements_are_those_of_their_sources(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    party = make_party()
    page, other = make_own_page(party), make_source()
    said = [
        make_statement(subject=party, field="name", stated=name, source=source)
        for name, source in (("Valga", page), ("Walk", page), ("Valga", other))
    ]
    with django_assert_num_queries(1):
        assert publishers_of(said) == {page.pk: party}


def test_sources_are_listed_by_title_with_publishers_and_how_much_they_state(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    party = make_party(name="Valga")
    second, first = make_source(title="Twin towns"), make_own_page(party, title="Partner cities")
    make_statement(subject=party, field="name", stated="Valga", source=first)
    make_statement(subject=party, field="country", stated="EE", source=first)
    with django_assert_num_queries(1):
        listed = list(source_list())
        published = [str(getattr(source, "publication", "")) for source in listed]
    assert [source.pk for source in listed] == [first.pk, second.pk]
    assert [getattr(source, "statement_count", None) for source in listed] == [2, 0]
    assert published == ["Valga: Partner cities", ""]


# Names ---------------------------------------------------------------------------------------------------


def test_a_party_is_called_by_its_name_in_the_language() -> None:
    valga, valka = make_party(name="Valga"), make_party(name="Valka")
    make_name(party=valga, text="Walk", language="de")
    make_name(party=valka, text="Valka", language="lv")
    assert names_in("de", [valga.pk, valka.pk]) == {valga.pk: "Walk"}
    assert names_in("lv", [valga.pk, valka.pk]) == {valka.pk: "Valka"}
    assert names_in("bg", [valga.pk, valka.pk]) == {}
    assert names_in("de", []) == {}


def test_an_official_name_goes_before_an_exonym() -> None:
    party = make_party(name="Valga")
    make_name(party=party, text="Walk", language="et", kind=NameKind.EXONYM)
    assert names_in("et", [party.pk]) == {party.pk: "Walk"}
    make_name(party=party, text="Zalk", language="et", kind=NameKind.OFFICIAL)
    assert names_in("et", [party.pk]) == {party.pk: "Zalk"}


def test_of_two_names_of_one_kind_the_first_in_the_alphabet_is_used() -> None:
    party = make_party()
    for text in ("Walk", "Pedde", "Zalk"):
        make_name(party=party, text=text, language="de")
    assert names_in("de", [party.pk]) == {party.pk: "Pedde"}


@pytest.mark.parametrize("kind", [NameKind.FORMER, NameKind.ALIAS])
def test_nothing_is_called_by_a_former_or_other_name(kind: str) -> None:
    party = make_party()
    make_name(party=party, text="Walk", language="de", kind=kind)
    assert names_in("de", [party.pk]) == {}
