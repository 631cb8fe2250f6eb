"""What search engines are told: parts that hold every page once in each language."""

from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.meetings import make_meeting
from tests.factories.parties import make_party
from tests.web.kinds import LANGUAGES
from twinhall.networks.models import Network
from twinhall.parties.models import Party
from twinhall.web.sitemaps import RECORDS, Records

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

SITE = "http://testserver"
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def tree(client: Client, address: str) -> ET.Element:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    return ET.fromstring(answer.content)  # noqa: S314 - our own


def entries(client: Client, address: str) -> dict[str, dict[str, str]]:
    """The addresses of a part, each with those in the other languages."""
    found = {}
    for url in tree(client, address).findall("s:url", SPACE):
        location = url.findtext("s:loc", "", SPACE)
        found[location] = {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SPACE)
        }
    return found


def parts(client: Client) -> list[str]:
    return [loc.text or "" for loc in tree(client, "/sitemap.xml").findall("s:sitemap/s:loc", SPACE)]


def test_the_index_names_every_part(client: Client) -> None:
    names = ("pages", "parties", "partnerships", "networks", "projects", "meetings", "sources")
    assert parts(client) == [f"{SITE}/sitemap-{name}.xml" for name in names]


def test_every_record_stands_once_in_each_language(client: Client) -> None:
    make_party(name="Gone", withdrawn_at=timezone.now(), withdrawn_why="Entered twice.")
    slugs = set(Party.objects.standing().filter(network=None).values_list("slug", flat=True))
    found = entries(client, "/sitemap-parties.xml")
    assert set(found) == {f"{SITE}/{code}/parties/{slug}/" for code in LANGUAGES for slug in slugs}
    valmiera = {code: f"{SITE}/{code}/parties/valmiera/" for code in LANGUAGES}
    assert all(found[address] == valmiera for address in valmiera.values())
    networks = entries(client, "/sitemap-networks.xml")
    assert len(networks) == len(LANGUAGES) * Network.objects.count()


def test_every_address_is_a_page(client: Client) -> None:
    make_meeting(published_at=timezone.now())
    for part in parts(client):
        address = list(entries(client, part.removeprefix(SITE)))[-1]
        assert (address, client.get(address.removeprefix(SITE)).status_code) == (address, 200)


def test_a_long_list_goes_over_several_parts(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Records, "limit", 10)
    addresses = [part for part in parts(client) if "parties" in part]
    assert addresses[1] == f"{SITE}/sitemap-parties.xml?p=2"
    found = [set(entries(client, address.removeprefix(SITE))) for address in addresses]
    assert all(len(part) <= 10 * len(LANGUAGES) for part in found)
    assert len(set().union(*found)) == sum(map(len, found))


def test_a_part_asks_no_more_of_a_larger_register(client: Client) -> None:
    asked = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            entries(client, "/sitemap-parties.xml")
        asked.append(len(queries))
        make_party()
    assert asked[0] == asked[1] <= 6


@pytest.mark.parametrize(
    "address", ["/sitemap-atlantis.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"]
)
def test_there_is_no_other_part(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_part_fits_the_limit_of_the_protocol() -> None:
    assert RECORDS * len(LANGUAGES) <= 50_000


def test_robots_are_led_to_the_map_and_not_into_the_workroom(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert lines[0] == "User-agent: *"
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    assert {"Disallow: /en/desk/", "Disallow: /bg/account/", "Disallow: /*?on="} <= set(lines)
    assert "" not in lines
