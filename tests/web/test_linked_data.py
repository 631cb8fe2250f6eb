"""What pages say to machines: the block is whole, safe in HTML, and costs no question."""

import json
from typing import Any

import pytest

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_identifier, make_name, make_network_party, make_party
from tests.web.conftest import Read
from twinhall.web.linked_data import MOST, block

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SITE = "http://testserver"
LD = "application/ld+json"


def said(visit: Read, address: str) -> dict[str, Any]:
    """The block of data of a page."""
    script = visit(address).one("head").one("script", type=LD)
    found: dict[str, Any] = json.loads(script.own_words)
    assert found["@context"] == "https://schema.org"
    return found


def test_a_town_is_a_city_with_its_place_and_names(visit: Read) -> None:
    town = make_party(
        name="Valka-Town",
        language="lv",
        country="LV",
        latitude=57.77,
        longitude=26.0,
        website="https://valka.lv/",
    )
    for scheme, value in (("wikidata", "Q5"), ("geonames", "7"), ("nuts", "LV008")):
        make_identifier(party=town, scheme=scheme, value=value)
    make_name(party=town, text="Walk", language="de")
    assert said(visit, "/et/parties/valka-town/") == {
        "@context": "https://schema.org",
        "@type": "City",
        "@id": f"{SITE}/en/parties/valka-town/",
        "name": "Valka-Town",
        "url": f"{SITE}/et/parties/valka-town/",
        "alternateName": ["Walk"],
        "address": {"@type": "PostalAddress", "addressCountry": "LV"},
        "geo": {"@type": "GeoCoordinates", "latitude": 57.77, "longitude": 26.0},
        "identifier": [{"@type": "PropertyValue", "propertyID": "nuts", "value": "LV008"}],
        "sameAs": [
            "https://sws.geonames.org/7/",
            "http://www.wikidata.org/entity/Q5",
            "https://valka.lv/",
        ],
    }


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("district", "AdministrativeArea"), ("region", "AdministrativeArea"), ("institution", "Organization")],
)
def test_what_is_no_town_is_of_another_type(visit: Read, kind: str, type_: str) -> None:
    make_party(name="It", kind=kind, country="LV", latitude=1.0, longitude=1.0)
    told = said(visit, "/en/parties/it/")
    assert (told["@type"], "geo" in told) == (type_, kind != "institution")


def test_a_network_names_its_members_but_not_all_of_many(visit: Read) -> None:
    told = said(visit, "/en/networks/city-twins-association/")
    assert (told["@type"], told["name"]) == ("Organization", "City Twins Association")
    assert {"@type": "City", "@id": f"{SITE}/en/parties/valga/", "name": "Valga"}.items() <= next(
        member for member in told["member"] if member["name"] == "Valga"
    ).items()
    league = make_network(party=make_network_party(name="League"))
    for number in range(MOST + 1):
        town = make_membership(network=league, party=make_party(name=f"Town {number}"))
        make_membership_act(membership=town, date="2001")
    assert len(said(visit, "/en/networks/league/")["member"]) == MOST


def test_a_project_tells_its_dates_and_partners(visit: Read) -> None:
    told = said(visit, "/en/projects/cities-of-change/")
    assert (told["@type"], told["url"]) == ("Project", f"{SITE}/en/projects/cities-of-change/")
    assert "poznan" in {member["@id"].split("/")[-2] for member in told["member"]}


def test_a_tie_is_told_by_whom_its_page_is_about(visit: Read) -> None:
    told = said(visit, "/en/partnerships/solna-valmiera/")
    assert (told["@type"], [party["name"] for party in told["about"]]) == ("WebPage", ["Solna", "Valmiera"])


@pytest.mark.parametrize(
    ("name", "files"), [("parties", 3), ("partnerships", 3), ("networks", 2), ("projects", 2)]
)
def test_a_list_is_a_data_set_with_files_that_are_there(visit: Read, name: str, files: int) -> None:
    told = said(visit, f"/lv/{name}/")
    assert (told["@type"], told["@id"]) == ("Dataset", f"{SITE}/lv/{name}/")
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"]["url"] == f"{SITE}/lv/sources/"
    addresses = [file["contentUrl"] for file in told["distribution"]]
    assert (len(addresses), addresses[0]) == (files, f"{SITE}/lv/{name}.csv")


@pytest.mark.parametrize("name", ["parties", "partnerships", "networks", "projects"])
def test_a_list_leads_to_its_files_with_its_filters(visit: Read, name: str) -> None:
    shown = visit(f"/en/{name}/?page=1")
    links = {a.text: a.attributes["href"] for a in shown.main.all("a", type="text/csv")}
    assert links == {"CSV": f"/en/{name}.csv"}
    alternate = shown.one("head").one("link", type="text/csv")
    assert alternate.attributes["href"] == f"/en/{name}.csv"


def test_the_files_of_a_page_keep_its_filters_and_its_day(visit: Read) -> None:
    shown = visit("/en/parties/?country=LV&on=2010-01-01")
    (link,) = shown.main.all("a", type="application/geo+json")
    assert link.attributes["href"] == "/en/parties.geojson?country=LV&on=2010-01-01"


@pytest.mark.parametrize(
    "sign", ["</script>", "<!--", "<script", "]]>", "&amp;", "\u2028", "\u2029", "\"'\\"]
)
def test_no_sign_of_a_text_ends_the_block(visit: Read, sign: str) -> None:
    text = str(block({"@type": "Thing", "name": f"a{sign}b"}))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["name"] == f"a{sign}b"
    make_party(name=f"Town {sign}", address="town-of-signs")
    assert said(visit, "/en/parties/town-of-signs/")["name"] == f"Town {sign}"
