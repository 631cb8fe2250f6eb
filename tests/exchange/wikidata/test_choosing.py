"""Of several values one, or none: nothing is guessed."""

import pytest

from twinhall.core.dates import PartialDate
from twinhall.exchange.wikidata import choosing
from twinhall.exchange.wikidata.items import Claim, Item
from twinhall.exchange.wikidata.notes import Note
from twinhall.exchange.wikidata.values import Rank
from twinhall.exchange.wikidata.vocabulary import COUNTRY

PREFERRED, DEPRECATED = Rank.PREFERRED, Rank.DEPRECATED


@pytest.mark.parametrize(
    ("claims", "country"),
    [
        ([Claim("RO")], ("RO", None)),
        ([Claim("RO"), Claim("AT", ended=True), Claim("")], ("RO", None)),
        ([Claim("DE"), Claim("FR", PREFERRED)], ("FR", None)),
        ([Claim("DE", DEPRECATED), Claim("FR")], ("FR", None)),
        ([Claim("RO"), Claim("", PREFERRED)], ("RO", None)),
        ([Claim("RU"), Claim("UA")], ("", Note.SEVERAL_COUNTRIES)),
        ([Claim("AT", ended=True), Claim("")], ("", Note.NO_COUNTRY)),
        ([], ("", Note.NO_COUNTRY)),
    ],
    ids=["one", "states that are no more", "preferred", "wrong", "no code", "Yalta", "only former", "none"],
)
def test_the_present_country(claims: list[Claim[str]], country: tuple[str, Note | None]) -> None:
    assert choosing.country(Item(countries=claims)) == country


def test_positions_the_preferred_else_the_first() -> None:
    two = [Claim((1.0, 1.0)), Claim((2.0, 2.0))]
    assert choosing.position(Item(positions=two)) == ((1.0, 1.0), Note.SEVERAL_POSITIONS)
    three = [*two, Claim((3.0, 3.0), PREFERRED)]
    assert choosing.position(Item(positions=three)) == ((3.0, 3.0), None)
    assert choosing.position(Item()) == ((None, None), None)


@pytest.mark.parametrize(
    ("claims", "population"),
    [
        ([Claim(1, date=PartialDate(2010)), Claim(2, date=PartialDate(2020, 12, 31))], 2),
        ([Claim(1, PREFERRED, date=PartialDate(2010)), Claim(2, date=PartialDate(2020))], 2),
        ([Claim(1, date=PartialDate(2020)), Claim(2, PREFERRED, date=PartialDate(2020))], 2),
        ([Claim(1, date=PartialDate(2010)), Claim(2)], 1),
        ([Claim(1, DEPRECATED, date=PartialDate(2020)), Claim(2, date=PartialDate(2010))], 2),
        ([Claim(1), Claim(2, PREFERRED)], 2),
        ([], None),
    ],
)
def test_the_newest_population(claims: list[Claim[int]], population: int | None) -> None:
    assert choosing.population(Item(populations=claims))[0] == population


def test_two_geonames_ids_are_none() -> None:
    assert choosing.geonames(Item(geonames=[Claim("1"), Claim("2")])) == ("", Note.SEVERAL_GEONAMES)
    assert choosing.geonames(Item(geonames=[Claim("1"), Claim("2", PREFERRED)])) == ("2", None)
    assert choosing.geonames(Item()) == ("", None)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "http://a b.example/",
        "http://x/" * 80,
    ],
)
def test_what_is_no_web_site_is_left_out(address: str) -> None:
    sites = [Claim(address), Claim("https://town.example/")]
    assert choosing.website(Item(websites=sites)) == "https://town.example/"


NAMES = {"en": "Antwerp", "lv": "Antverpene", "bg": "Антверпен"}


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (Item(NAMES, {"nl": "Antwerpen", "fr": "Anvers"}, [Claim(("Antwerpen", "nl"))]), ("Antwerpen", "nl")),
        (Item(NAMES, {"nl": "Antwerpen"}), ("Antwerpen", "nl")),
        (Item(NAMES, {"nl": "Antwerpen", "fr": "Anvers"}), ("Antwerp", "en")),
        (Item({"lv": "Antverpene"}, {}), ("Antverpene", "lv")),
        (Item({"mul": "Antwerpen"}, {}), ("Antwerpen", "")),
        (Item(), ("", "")),
    ],
)
def test_its_own_name_where_that_is_plain(item: Item, name: tuple[str, str]) -> None:
    assert choosing.name(item, ["en", "lv", "bg"]) == name


def test_other_names_once_each() -> None:
    item = Item(
        {**NAMES, "en": "Antwerpen"}, {"nl": "Antwerpen", "fr": "Anvers"}, [Claim(("Antwerpen", "nl"))]
    )
    assert choosing.other_names(item, "Antwerpen", ["en", "lv"]) == (
        ("Anvers", "fr", "alias"),
        ("Antverpene", "lv", "exonym"),
    )


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        (["Q515"], "municipality"),
        (["Q515", "Q1221156"], "municipality"),
        (["Q106658"], "region"),
        (["Q123705", "Q486972"], "district"),
        (["Q6256", "Q3624078"], COUNTRY),
        (["Q3024240"], COUNTRY),
        (["Q3624078", "Q133442"], "municipality"),
        (["Q9000100"], "district"),
        (["Q9000101"], "municipality"),
        (["Q9000100", "Q106658"], "region"),
    ],
    ids=[
        "city",
        "Berlin",
        "Landkreis",
        "quarter",
        "country",
        "historical state",
        "city-state",
        "by its general class",
        "by one of two general classes",
        "the table first",
    ],
)
def test_kinds(held: list[str], kind: str) -> None:
    roots = {"Q9000100": {"Q4286337"}, "Q9000101": {"Q15284", "Q13220204"}}
    item = Item(classes=[Claim(number) for number in held])
    assert choosing.kind(item, roots) == (kind, None)


def test_an_unknown_kind_is_a_municipality_and_said_so() -> None:
    assert choosing.kind(Item(classes=[Claim("Q9000999")]), {}) == ("municipality", Note.KIND_UNKNOWN)


def test_what_it_was_once_does_not_count() -> None:
    item = Item(classes=[Claim("Q3624078", ended=True), Claim("Q35657")])
    assert choosing.kind(item, {}) == ("region", None)
