"""What is asked in `bench serve`: pairs of addresses that answer alike, and our own lists and searches."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override

from twinhall.bench import samples
from twinhall.bench.driving import Question
from twinhall.bench.peers import Datasette
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.web.asking import PAGE_SIZE
from twinhall.web.views.search import SUGGESTED

PARTY_GOAL = 4.0
SUGGEST_GOAL = 3.0
SEARCH_LIMIT = 50.0
LIST_LIMIT = 250.0
"""Milliseconds within which 95 of 100 answers come."""
SUGGESTIONS = '"suggestions": ['
BAVARIA = samples.Sides("DE", "DE.02", "IT")


@dataclass(frozen=True)
class Compared:
    """A page of ours, and how others answer the same; ``goal`` is how many times as many answers a second.

    Where there are several peers the goal is held against the quickest.
    """

    name: str
    ours: list[Question]
    peers: dict[str, list[Question]] = field(default_factory=dict)
    goal: float | None = None


@dataclass(frozen=True)
class Limited:
    """A page of ours of which 95 of 100 answers come within so many milliseconds; without a limit, as it is."""

    name: str
    questions: list[Question]
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
    countries = samples.some_countries()
    begun = samples.beginnings()
    suggest = [Question(address("web:suggest", q=text), '"href"') for text in begun]
    found = [
        Compared(
            "party page",
            [Question(address("web:party", slug), slug) for _pk, slug in parties],
            {"row page": [peer.row(pk, slug) for pk, slug in parties]},
            PARTY_GOAL,
        ),
        Compared(
            "list of a country",
            [Question(address("web:parties", country=code), "/en/parties/") for code in countries],
            {"table page": [peer.table(code, PAGE_SIZE) for code in countries]},
        ),
        Compared(
            "autocomplete",
            suggest,
            {
                "JSON, range of keys": [peer.between(text, SUGGESTED) for text in begun],
                "JSON, startswith": [peer.beginning(text, SUGGESTED) for text in begun],
            },
            SUGGEST_GOAL,
        ),
        Compared(
            "API item",
            [Question(address("api:party", slug), f'"{slug}"') for _pk, slug in parties],
            {"row as JSON": [peer.row_json(pk, slug) for pk, slug in parties]},
        ),
    ]
    return (one for one in found if one.ours)


# Our own -----------------------------------------------------------------------------------------------


def limited(day: date) -> Iterator[Limited]:
    """Our own searches and lists, with what 95 of 100 answers are to come within; what is empty is left out."""
    typed = samples.typed()
    found = [
        Limited(
            "autocomplete",
            [Question(address("web:suggest", q=text), SUGGESTIONS) for text in typed],
            SEARCH_LIMIT,
        ),
        Limited("search", [Question(address("web:search", q=text), "<form") for text in typed], SEARCH_LIMIT),
        Limited("list of ties, all", [_ties()], LIST_LIMIT),
        *_by_place(),
        Limited("by decade", [_ties(decade=year) for year in range(1950, 2020, 10)], LIST_LIMIT),
        Limited("by field", [_ties(field=code) for code in fields_of_cooperation()], LIST_LIMIT),
        Limited("by network", [_ties(network=slug) for slug in samples.some_networks()], LIST_LIMIT),
        Limited("said by two sources or more", [_ties(sources=2)], LIST_LIMIT),
        Limited("in force", [_ties(status="in force")], LIST_LIMIT),
        Limited(
            "in force on a day",
            [_ties(status="in force", on=date(y, day.month, 1)) for y in range(1960, day.year, 5)],
            LIST_LIMIT,
        ),
        Limited(
            "pages of the most populous",
            [Question(address("web:party", s), s) for s in samples.largest_parties()],
        ),
    ]
    return (one for one in found if one.questions)


def _by_place() -> Iterator[Limited]:
    """Partners between countries and regions, and those that Bavaria has in Italy."""
    places = samples.pairs_of_places()
    if any(place.country == "DE" for place in places) and "IT" in samples.some_countries():
        yield Limited("Bavaria’s partners in Italy", [_between(BAVARIA)], LIST_LIMIT)
    yield Limited("between countries", [_between(p._replace(region="")) for p in places], LIST_LIMIT)
    yield Limited("a region and a country", [_between(p) for p in places if p.region], LIST_LIMIT)


def _between(sides: samples.Sides) -> Question:
    asked = {name: value for name, value in sides._asdict().items() if value}
    return _ties(**asked)


def _ties(**query: object) -> Question:
    return Question(address("web:partnerships", **query), "/en/partnerships/")
