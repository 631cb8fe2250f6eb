"""What a table or a data base elsewhere tells, row by row, before it is matched with the register.

Readers of tables and of Wikidata make these; ``exchange.tables.loading`` takes them. They are plain values:
nothing here asks the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twinhall.core.dates import PartialDate


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """A party as one row tells of it. Position in degrees (WGS 84), country after ISO 3166-1 alpha-2."""

    name: str
    language: str = ""
    kind: str = "municipality"
    """Empty where the row does not tell: a party that is new is then a municipality."""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    population_year: PartialDate | None = None
    website: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """By scheme: ``{"wikidata": "Q1017", "geonames": "3247449"}``."""
    names: tuple[tuple[str, str, str], ...] = ()
    """Other names: text, language (or empty), kind (``parties.models.NameKind``)."""
    key: str = ""
    """What the table itself calls it, with the space of such keys: “places gn:2639996”."""
    town: str = ""
    """GeoNames id of the town where an organisation sits."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A dated deed within a tie, and the keys of the sources that tell of it."""

    kind: str
    date: PartialDate | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Partnership:
    """A tie of two or more parties, and the keys of the sources that state it.

    ``kind`` is empty where the source does not tell kinds of tie apart: it is then a twinning, or the tie
    of another kind that the register has between these parties. Each source *attests* the tie as of its own
    date unless the acts say more.
    """

    parties: tuple[Party, ...]
    kind: str = ""
    acts: tuple[Act, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """A party's place in a network, and the keys of the sources that state it."""

    network: Party
    founded: PartialDate | None = None
    party: Party
    category: str = ""
    acts: tuple[Act, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A project. ``texts`` are its title, short title and description: (field, language, text)."""

    key: str
    texts: tuple[tuple[str, str, str], ...] = ()
    programme: str = ""
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    cost: str = ""
    """An exact decimal, in the currency: three letters of ISO 4217."""
    currency: str = ""
    website: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Participation:
    """A party's part in a project; of several keys it is not known which project is meant."""

    projects: tuple[str, ...]
    party: Party
    role: str = "partner"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A party told by itself, and the keys of the sources that tell of it."""

    party: Party
    founded: PartialDate | None = None
    """Of a network: when it was founded. A network is a party of kind association."""
    is_network: bool = False
    sources: tuple[str, ...] = ()


Told = Standing | Partnership | Membership | Project | Participation


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source as a map or a reader describes it; ``read_on`` is a day, ``dated`` as exact as known."""

    key: str
    title: str
    kind: str = "dataset"
    url: str = ""
    language: str = ""
    licence: str = ""
    dated: PartialDate | None = None
    read_on: PartialDate | None = None
