"""What a page can state: partnerships, memberships, projects and networks, each with the words it rests on.

Plain values, as the page prints them: nothing here corrects a page, asks a database or knows the day.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from twinhall.core.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the gazetteer that a name could mean; ``confidence`` from 0 to 1."""

    geonames: int
    name: str
    country: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Named:
    """A town, county or region that a page names.

    ``written`` is what stands on the page, inflected as it is there; ``name`` the name in Latin letters that
    it is taken for; ``country`` (ISO 3166-1, two letters) is empty where neither the page nor the place
    tells it. ``candidates`` are the places that it could be, the best first; where there is none, ``name``
    is only the written name, put into its basic form as far as that is known.
    """

    name: str
    written: str
    country: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def geonames(self) -> int | None:
        """The place that is meant, where one is likelier than all others."""
        return self.candidates[0].geonames if self.candidates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What all facts have: an exact part of the page's kept text, where it begins, how sure from 0 to 1."""

    quote: str
    quote_start: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Partnership(Stated):
    """A tie of two parties; of an act of many parties each pair is one.

    ``fields`` are slugs of ``data/vocabularies``.
    ``kind`` is twin, partner, friendship, region or border-twin; ``status`` empty, ended, suspended, inactive
    or planned. ``since`` is the signing where the page tells one, else the beginning; ``contact`` the first
    contact where that is not ``since``. ``a_country`` is the country that the page prints for ``a``.
    """

    a: Named
    b: Named
    kind: str = "partner"
    since: PartialDate | None = None
    until: PartialDate | None = None
    contact: PartialDate | None = None
    status: str = ""
    fields: tuple[str, ...] = ()
    a_country: str = ""
    country: str = ""
    """The country of ``b``, as the page prints it, else as the place tells it."""
    signed: bool | None = None
    """Whether ``since`` is a signing; None where the page leaves it open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Stated):
    """A party in a network. ``status`` is empty or not-yet, then with the page's words for the reason."""

    member: Named
    network: str
    network_written: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    role: str = ""
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Stated):
    """A project with towns as partners; ``budget`` in ``currency`` (three letters of ISO 4217)."""

    title: str
    programme: str = ""
    lead: str = ""
    partners: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    budget: Decimal | None = None
    currency: str = ""
    cofinancing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Stated):
    """A network of towns; ``members_count`` in the page's words, as "more than 50"."""

    name: str
    name_written: str = ""
    founded: PartialDate | None = None
    seat: str = ""
    members_count: str = ""


Fact: TypeAlias = Partnership | Membership | Project | Network
