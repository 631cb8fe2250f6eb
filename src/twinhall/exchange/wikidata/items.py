"""What was gathered of items and of their statements, before it is weighed: both readers fill these."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from twinhall.core.dates import PartialDate
from twinhall.exchange.wikidata.notes import Note, Reason
from twinhall.exchange.wikidata.values import Rank, Time

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """One of the values that an item has; ``ended`` is one that held once, ``date`` the day that it is of."""

    value: T
    rank: Rank = Rank.NORMAL
    ended: bool = False
    date: PartialDate | None = None


@dataclass(slots=True)
class Item:
    """All that was read of one item. Claims stand once each, in the order in which they were read."""

    labels: dict[str, str] = field(default_factory=dict)
    own_labels: dict[str, str] = field(default_factory=dict)
    """Labels in the languages of its country."""
    native: list[Claim[tuple[str, str]]] = field(default_factory=list)
    """Text and language."""
    countries: list[Claim[str]] = field(default_factory=list)
    """Codes of ISO 3166-1; empty for a country that has none."""
    classes: list[Claim[str]] = field(default_factory=list)
    positions: list[Claim[tuple[float, float]]] = field(default_factory=list)
    populations: list[Claim[int]] = field(default_factory=list)
    geonames: list[Claim[str]] = field(default_factory=list)
    websites: list[Claim[str]] = field(default_factory=list)


def add(claims: list[Claim[T]], claim: Claim[T]) -> None:
    """Keep a claim, once: rows of the service repeat it."""
    if claim not in claims:
        claims.append(claim)


@dataclass(slots=True)
class Reference:
    """A page that a statement names as its source."""

    url: str
    heading: str = ""
    language: str = ""
    work: str = ""
    """What the page is part of, in English."""
    retrieved: PartialDate | None = None


@dataclass(slots=True)
class Statement:
    """A statement of a tie (P190), as it stands at one of the two items."""

    item: str
    twin: str
    day: PartialDate
    """The day of the answer or the file that it was read from."""
    rank: Rank = Rank.NORMAL
    lack: Reason | None = None
    """Why there is no twin, where there is none."""
    begun: set[PartialDate] = field(default_factory=set)
    ended: set[PartialDate] = field(default_factory=set)
    has_ended: bool = False
    """It says that the tie ended, whether or not it says when."""
    references: dict[str, Reference] = field(default_factory=dict)
    """By what identifies each in its source; those without an address too."""


@dataclass(slots=True)
class Gathered:
    """Everything read from the files."""

    items: defaultdict[str, Item] = field(default_factory=lambda: defaultdict(Item))
    statements: dict[tuple[str, str], Statement] = field(default_factory=dict)
    """By their own number and the day."""
    roots: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Class → the general classes that it is a kind of."""
    redirects: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    noted: set[tuple[Note, str]] = field(default_factory=set)
    """What is to be said, and of which item or statement: rows that repeat say it once."""

    def dated(self, where: str, found: Time) -> PartialDate | None:
        """The date of a time; what is to be said of it is noted."""
        if found.note is not None:
            self.noted.add((found.note, where))
        return found.date

    def now(self, number: str) -> str:
        """The number under which an item stands today: of what it was merged into."""
        seen = {number}
        while (after := self.redirects.get(number, number)) not in seen:
            self.noted.add((Note.REDIRECTED, number))
            seen.add(after)
            number = after
        return number
