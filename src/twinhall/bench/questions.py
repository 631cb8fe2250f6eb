"""What is asked in `bench serve`: pairs of addresses that answer alike, and our own lists and searches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from twinhall.bench import samples
from twinhall.bench.driving import Question
from twinhall.bench.generator import ANEW, KEPT
from twinhall.bench.peers import Datasette
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.web.asking import PAGE_SIZE
from twinhall.web.views.search import SUGGESTED

PARTY_GOAL = 4.0
SUGGEST_GOAL = 3.0
SEARCH_LIMIT = 50.0
LIST_LIMIT = 250.0
"""Milliseconds within which 95 of 100 answers come."""
BAVARIA = samples.Sides("DE", "DE.02", "IT")


@dataclass(frozen=True)
class Compared:
    """A page of ours, and how others answer the same; ``goal`` is how many times as many answers a second.

    Where there are several peers the goal is held against the quickest. ``hows``: the ways ours is asked in.
    """

    name: str
    ours: Sequence[Question]
    peers: dict[str, Sequence[Question]] = field(default_factory=dict)
    goal: float | None = None
    hows: Sequence[str] = (ANEW, KEPT)


@dataclass(frozen=True)
class Limited:
    """A page of ours; ``limit`` are the milliseconds within which 95 of 100 answers are to come."""

    name: str
    questions: Sequence[Question]
    limit: float | None = None


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page of ours, in English."""
    with override("en"):
        path = reverse(name, args=args)
    return f"{path}?{urlencode(query)}" if query else path


# Against others ----------------------------------------------------------------------------------------


def compared(peer: Datasette) -> Iterator[Compared]:
    """What is compared; what the register has nothing for is left out."""
    parties = samples.some_parties()
    found = [_party_page(peer, parties), _list(peer), _autocomplete(peer), _item(peer, parties)]
    return (one for one in found if one.ours)


def _party_page(peer: Datasette, parties: Sequence[tuple[int, str]]) -> Compared:
    ours = [Question(address("web:party", slug), slug) for _pk, slug in parties]
    return Compared("party page", ours, {"row page": [peer.row(*party) for party in parties]}, PARTY_GOAL)


def _list(peer: Datasette) -> Compared:
    countries = samples.some_countries()
    ours = [Question(address("web:parties", country=code), "/en/parties/") for code in countries]
    return Compared("list of a country", ours, {"table page": [peer.table(c, PAGE_SIZE) for c in countries]})


def _autocomplete(peer: Datasette) -> Compared:
    begun = samples.beginnings()
    peers: dict[str, Sequence[Question]] = {
        "JSON, range of keys": [peer.between(text, SUGGESTED) for text in begun],
        "JSON, startswith": [peer.beginning(text, SUGGESTED) for text in begun],
    }
    ours = [Question(address("web:suggest", q=text), '"href"') for text in begun]
    return Compared("autocomplete", ours, peers, SUGGEST_GOAL)


def _item(peer: Datasette, parties: Sequence[tuple[int, str]]) -> Compared:
    ours = [Question(address("api:party", slug), f'"{slug}"') for _pk, slug in parties]
    peers: dict[str, Sequence[Question]] = {"row as JSON": [peer.row_json(*party) for party in parties]}
    return Compared("API item", ours, peers, hows=[""])  # of the API nothing is kept


# Our own -----------------------------------------------------------------------------------------------


def limited(day: date) -> Iterator[Limited]:
    """Our own searches and lists, with the time that they may take; what the register has not is left out."""
    found = [*_searches(), *_by_place(), *_by_property(day), _long_pages()]
    return (one for one in found if one.questions)


def _searches() -> Iterator[Limited]:
    typed = samples.typed()
    suggest = [Question(address("web:suggest", q=text), '"suggestions": [') for text in typed]
    yield Limited("autocomplete, any script, slips", suggest, SEARCH_LIMIT)
    search = [Question(address("web:search", q=text), "<form") for text in typed]
    yield Limited("search, any script, slips", search, SEARCH_LIMIT)


def _by_place() -> Iterator[Limited]:
    """Partners between countries and regions, and those that Bavaria has in Italy."""
    places = samples.pairs_of_places()
    if samples.has_region(BAVARIA.region) and BAVARIA.partner_country in samples.some_countries():
        yield Limited("Bavaria’s partners in Italy", [_between(BAVARIA)], LIST_LIMIT)
    yield Limited("between two countries", [_between(p._replace(region="")) for p in places], LIST_LIMIT)
    yield Limited("between a region and a country", [_between(p) for p in places if p.region], LIST_LIMIT)


def _by_property(day: date) -> Iterator[Limited]:
    yield Limited("all ties", [_ties()], LIST_LIMIT)
    yield _each("by decade", "decade", range(1950, 2020, 10))
    yield _each("by field", "field", fields_of_cooperation())
    yield _each("by network", "network", samples.some_networks())
    yield _each("said by two sources or more", "sources", [2])
    days = [date(year, day.month, 1) for year in range(1960, day.year, 5)]
    yield Limited("in force on a day", [_ties(status="in force", on=day) for day in days], LIST_LIMIT)


def _each(name: str, filtered: str, values: Iterable[object]) -> Limited:
    return Limited(name, [_ties(**{filtered: value}) for value in values], LIST_LIMIT)


def _long_pages() -> Limited:
    populous = samples.largest_parties()
    return Limited("pages of the most populous", [Question(address("web:party", s), s) for s in populous])


def _between(sides: samples.Sides) -> Question:
    return _ties(**{name: value for name, value in sides._asdict().items() if value})


def _ties(**query: object) -> Question:
    return Question(address("web:partnerships", **query), "/en/partnerships/")
