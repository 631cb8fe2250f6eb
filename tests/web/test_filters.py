"""The filters of the lists: what they offer, what they refuse, and how they are taken off."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_programme, make_project
from tests.web.conftest import Read
from twinhall.core.http import BadQuestionError
from twinhall.parties.models import Party
from twinhall.web import summaries
from twinhall.web.asking import asked_filters
from twinhall.web.forms.filtering import Filters
from twinhall.web.forms.filters import NetworkFilters, PartnershipFilters, PartyFilters, ProjectFilters

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 21)
F = TypeVar("F", bound=Filters)


def asked(form: type[F], **query: str) -> F:
    return asked_filters(RequestFactory().get("/", query), form)


def offered(form: type[Filters], field: str, language: str = "en", **query: str) -> list[str]:
    with translation.override(language):
        choices = asked(form, **query).fields[field].offered  # type: ignore[attr-defined]
        return [label for value, label in choices if value]


def refused(form: type[Filters], **query: str) -> str:
    with translation.override("en"), pytest.raises(BadQuestionError) as refusal:
        asked(form, **query)
    return str(refusal.value)


@pytest.fixture
def _bavaria() -> None:
    """Towns of two regions of Germany, and of one of Italy."""
    make_party(name="Munich", country="DE", region="DE.02")
    make_party(name="Görlitz", country="DE", region="DE.13")
    make_party(name="Verona", country="IT", region="IT.20")
    make_party(name="Valga", country="EE")


# What is offered -----------------------------------------------------------------------------------------


def test_countries_are_those_of_the_register_in_the_order_of_the_reader() -> None:
    for country in ("UA", "EE", "EE", "DE", ""):
        make_party(country=country)
    assert offered(PartyFilters, "country", "en") == ["Estonia", "Germany", "Ukraine"]
    assert offered(PartyFilters, "country", "et") == ["Eesti", "Saksamaa", "Ukraina"]


def test_programmes_are_those_that_a_project_has() -> None:
    make_programme(name="Unused")
    make_project(programme=make_programme(name="Interreg"))
    assert offered(ProjectFilters, "programme", "en") == ["Interreg"]


@pytest.mark.usefixtures("_bavaria")
def test_a_region_can_be_chosen_where_its_country_is() -> None:
    assert "region" not in asked(PartyFilters).fields
    assert offered(PartyFilters, "region", country="DE") == ["Bavaria", "Saxony"]
    assert "region" not in asked(PartyFilters, country="EE").fields  # of whose regions none is known
    ties = asked(PartnershipFilters, partner_country="IT")
    assert "region" not in ties.fields
    assert "partner_region" in ties.fields


@pytest.mark.usefixtures("_bavaria")
def test_a_region_brings_its_country_along() -> None:
    form = asked(PartyFilters, region="DE.02")
    assert (form.cleaned_data["country"], form.cleaned_data["region"]) == ("DE", "DE.02")


@pytest.mark.usefixtures("_bavaria")
def test_a_region_left_from_another_country_is_dropped() -> None:
    form = asked(PartyFilters, country="IT", region="DE.02")
    assert (form.cleaned_data["country"], form.cleaned_data["region"]) == ("IT", "")


def test_a_region_that_lost_its_towns_can_still_be_asked_for() -> None:
    make_party(country="DE")
    assert offered(PartyFilters, "region", region="DE.02") == ["Bavaria"]


def test_networks_are_offered_by_name() -> None:
    for name in ("Zeta", "Ära", "Beta"):
        make_network(party=make_network_party(name=name))
    assert offered(PartyFilters, "network") == ["Ära", "Beta", "Zeta"]


def test_decades_begin_with_the_present_one() -> None:
    decades = offered(PartnershipFilters, "decade")
    assert (decades[0], decades[-1]) == ("2020s", "1900s")


def test_what_is_offered_is_asked_for_once() -> None:
    """Of countries, networks, their names, and the regions of two countries."""
    for country, region in (("DE", "DE.02"), ("IT", "IT.20")):
        make_party(country=country, region=region)
    make_network()
    with CaptureQueriesContext(connection) as queries, translation.override("en"):
        str(asked(PartnershipFilters, country="DE", partner_country="IT"))
    assert len(queries) == 5


def test_options_are_written_safely_and_the_one_asked_for_is_marked() -> None:
    make_network(party=make_network_party(name="<b>&", address="bold"))
    with translation.override("en"):
        drawn = str(asked(PartyFilters, network="bold")["network"])
    assert '<option value="">any network or none</option>' in drawn
    assert '<option value="bold" selected>&lt;b&gt;&amp;</option>' in drawn
    assert drawn.startswith('<select id="id_network" name="network">')


# What is refused -----------------------------------------------------------------------------------------


def test_what_cannot_be_chosen_is_refused_by_what_was_asked() -> None:
    said = refused(ProjectFilters, country="XX", programme="none")
    assert said == "“XX” cannot be chosen here. “none” cannot be chosen here."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"region": "nonsense"}, "“nonsense” cannot be chosen here. “nonsense” cannot be chosen here."),
        ({"country": "DE", "region": "DE.99"}, "“DE.99” cannot be chosen here."),
        ({"partner_region": "DE.99"}, "“DE.99” cannot be chosen here."),
        ({"decade": "1995"}, "“1995” cannot be chosen here."),
        ({"decade": "١٩٩٠"}, "“١٩٩٠” cannot be chosen here."),
        ({"network": "atlantis"}, "“atlantis” cannot be chosen here."),
        ({"party": "atlantis"}, "There is no party with the address “atlantis”."),
        ({"sources": "two"}, "Write the number of sources in digits."),
        ({"sources": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"sources": "100"}, "Ensure this value is less than or equal to 99."),
    ],
)
@pytest.mark.usefixtures("_bavaria")
def test_what_cannot_be_is_refused_with_a_word(query: dict[str, str], said: str) -> None:
    assert refused(PartnershipFilters, **query) == said


def test_any_decade_can_be_asked_for_by_its_address() -> None:
    form = asked(PartnershipFilters, decade="0830")
    assert form.cleaned_data["decade"] == "0830"


# What is set ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_bavaria")
def test_each_filter_that_is_set_leads_to_the_list_without_it() -> None:
    query = {"country": "DE", "region": "DE.02", "kind": "", "page": "3", "on": "2010-01-01"}
    with translation.override("en"):
        chips = asked(PartyFilters, **query).chips
    assert [(chip.label, chip.text) for chip in chips] == [("Country", "Germany"), ("Region", "Bavaria")]
    assert QueryDict(chips[0].href[1:]).dict() == {"on": "2010-01-01"}  # the region goes with its country
    assert QueryDict(chips[1].href[1:]).dict() == {"country": "DE", "on": "2010-01-01"}


def test_a_party_is_called_by_its_name_and_kept_by_the_form() -> None:
    make_party(name="Мюнхен", address="munich")
    form = asked(PartnershipFilters, party="munich", sources="2", decade="1990")
    assert [chip.text for chip in form.chips] == ["1990s", "2", "Мюнхен"]
    assert 'type="hidden" name="party" value="munich"' in str(form["party"])
    assert "party" not in asked(PartnershipFilters).fields


@pytest.mark.usefixtures("_bavaria")
def test_the_filters_less_used_are_open_where_one_is_set(visit: Read) -> None:
    closed, opened = (
        visit("/en/partnerships/", **query).main.one("form", class_="filters").one("details")
        for query in ({"country": "DE"}, {"decade": "1990"})
    )
    assert ("open" in closed.attributes, "open" in opened.attributes) == (False, True)


@pytest.mark.usefixtures("_bavaria")
def test_an_empty_list_says_what_to_take_off(visit: Read) -> None:
    empty = visit("/en/partnerships/", region="DE.02", partner_country="IT").main.one("div", class_="empty")
    assert "Take one of them off: Country: Germany, Region: Bavaria, Partner’s country: Italy." in empty.text
    assert [a.attributes["href"] for a in empty.all("a")] == [
        "?partner_country=IT",
        "?partner_country=IT&country=DE",
        "?region=DE.02&country=DE",
        "/en/partnerships/",
    ]


@pytest.mark.usefixtures("_bavaria")
def test_a_list_keeps_its_order_and_day_when_its_filters_change(visit: Read) -> None:
    listed = visit("/en/parties/", country="DE", sort="-ties", on="2010-01-01")
    sent = {
        field.attributes["name"]: field.attributes["value"]
        for field in listed.main.one("form", class_="filters").all("input", type="hidden")
    }
    assert sent == {"on": "2010-01-01", "sort": "-ties"}
    assert listed.title.startswith("Cities and regions: Germany")


# The question --------------------------------------------------------------------------------------------


def test_the_partners_of_a_region_in_another_country(visit: Read) -> None:
    bavarian, saxon = (
        make_party(name=f"In {code}", country="DE", region=code) for code in ("DE.02", "DE.13")
    )
    italian, french = (make_party(name=f"In {code}", country=code) for code in ("IT", "FR"))
    for number, sides in enumerate([(bavarian, italian), (bavarian, french), (saxon, italian)]):
        make_act(partnership=make_partnership(parties=sides, address=f"tie-{number}"), date="1990")
    query = {"country": "DE", "region": "DE.02", "partner_country": "IT", "status": "in force"}

    listed = visit("/en/partnerships/", **query)

    assert [row[0] for row in listed.main.rows] == ["In DE.02 – In IT Germany, Italy"]
    assert listed.main.one("p", class_="aka").text == (
        "1 partnership in force on 1 December 2026 between Bavaria and Italy"
    )


def test_towns_are_found_by_network_name_and_region(visit: Read) -> None:
    league = make_network(party=make_network_party(name="League", address="league"))
    for name, region in (("Ada", "LV.30"), ("Bea", "LV.31"), ("Cia", "LV.30")):
        make_party(name=name, country="LV", region=region)
    ada, bea, _cia = (
        make_membership(network=league, party=party)
        for party in sorted(Party.objects.filter(country="LV"), key=str)
    )
    for member in (ada, bea):
        make_membership_act(membership=member, date="2000")

    def towns(query: Mapping[str, str]) -> list[str]:
        return [row[0] for row in visit("/en/parties/", **query).main.rows]

    assert towns({"network": "league"}) == ["Ada Latvia", "Bea Latvia"]
    assert towns({"network": "league", "region": "LV.30"}) == ["Ada Latvia"]
    assert towns({"network": "league", "on": "1999-01-01"}) == []


def test_a_tie_is_found_by_the_network_of_one_side(visit: Read) -> None:
    league = make_network(party=make_network_party(name="League", address="league"))
    ada, bea, cia = (make_party(name=name) for name in ("Ada", "Bea", "Cia"))
    make_membership_act(membership=make_membership(network=league, party=ada), date="2000")
    make_partnership(parties=[ada, bea], address="ada-bea")
    make_partnership(parties=[bea, cia], address="bea-cia")

    listed = visit("/en/partnerships/", network="league")

    assert [row[0] for row in listed.main.rows] == ["Ada – Bea Estonia"]
    assert listed.main.one("p", class_="aka").text == "1 partnership, with a member of League"
    assert [chip.text for chip in listed.main.one("ul", class_="chips").all("a")] == [
        "Take off: A side in the network League"
    ]
    assert visit("/en/partnerships/", network="league", on="1999-01-01").main.rows == []


# In words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "count", "said"),
    [
        ({}, 36_637, "36,637 partnerships"),
        ({"country": "DE"}, 1, "1 partnership with a side in Germany"),
        ({"partner_country": "IT", "partner_region": "IT.20"}, 2, "2 partnerships with a side in Veneto"),
        ({"party": "munich"}, 9, "9 partnerships of Munich"),
        (
            {"party": "munich", "status": "in force"},
            9,
            "9 partnerships of Munich in force on 21 November 2026",
        ),
        (
            {"party": "munich", "country": "DE", "partner_country": "IT"},
            9,
            "9 partnerships of Munich, between Germany and Italy",
        ),
        ({"party": "munich", "country": "IT"}, 9, "9 partnerships between Munich and Italy"),
        (
            {"region": "DE.02", "partner_country": "IT", "status": "in force"},
            412,
            "412 partnerships in force on 21 November 2026 between Bavaria and Italy",
        ),
        ({"status": "ended"}, 3, "3 partnerships ended by 21 November 2026"),
        ({"status": "unknown"}, 3, "3 partnerships of unknown status on 21 November 2026"),
        ({"status": "dormant"}, 3, "3 partnerships dormant on 21 November 2026"),
        (
            {"kind": "twinning", "field": "culture", "decade": "1990", "sources": "2"},
            5,
            (
                "5 partnerships of the kind “twinning”, in the field “Culture”, begun in the 1990s, "
                "said by at least 2 sources"
            ),
        ),
        ({"sources": "1"}, 5, "5 partnerships, said by at least 1 source"),
    ],
)
@pytest.mark.usefixtures("_bavaria")
def test_a_list_of_ties_says_what_it_shows(query: dict[str, str], count: int, said: str) -> None:
    with translation.override("en"):
        assert summaries.partnerships(asked(PartnershipFilters, **query), count, DAY) == said


@pytest.mark.parametrize(
    ("query", "count", "said"),
    [
        ({}, 2, "2 towns and regions in the register"),
        ({"region": "DE.02", "kind": "municipality"}, 1_204, "1,204 municipalities in Bavaria"),
        ({"kind": "district"}, 1, "1 district"),
        ({"kind": "region", "country": "DE"}, 3, "3 regions in Germany"),
        ({"q": "mun", "country": "DE"}, 1, "1 town or region in Germany, called “mun”"),
    ],
)
@pytest.mark.usefixtures("_bavaria")
def test_a_list_of_towns_says_what_it_shows(query: dict[str, str], count: int, said: str) -> None:
    with translation.override("en"):
        assert summaries.parties(asked(PartyFilters, **query), count) == said


def test_lists_of_networks_and_projects_say_what_they_show() -> None:
    with translation.override("en"):
        networks = summaries.networks(asked(NetworkFilters, field="culture"), 1)
        projects = summaries.projects(asked(ProjectFilters), 26, dt.date(2012, 5, 1))
    assert (networks, projects) == ("1 network in the sector “Culture”", "26 projects, running on 1 May 2012")
