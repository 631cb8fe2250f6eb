"""The shape of a fact file: what may stand where. What a value may be, the columns of the records say.

The format is described in ``docs/facts.md``.
"""

import datetime as dt
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, FiniteFloat

from twinhall.core.languages import is_language


class Strict(BaseModel):
    """A table that takes no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Value = str | int | FiniteFloat


def _plain(value: object) -> object:
    """Dates may stand without quotation marks in TOML; here they are texts like partial dates."""
    return value.isoformat() if isinstance(value, dt.date) else value


class Told(Strict):
    value: Annotated[Value, BeforeValidator(_plain)]
    stated: Annotated[Value | None, BeforeValidator(_plain)] = None
    printed: str = Field(default="", max_length=500)
    why: str = Field(default="", max_length=500)
    source: str = ""


def _told(value: object) -> object:
    return value if isinstance(value, dict | Told) else {"value": value}


def _language(code: str) -> str:
    if not is_language(code):
        raise ValueError(_("“%(code)s” is not a language code, such as lv or bg") % {"code": code})
    return code


OneTold = Annotated[Told, BeforeValidator(_told)]
Texts = dict[Annotated[str, AfterValidator(_language)], OneTold]
Printed = Annotated[str, Field(max_length=500)]


class Record(Strict):
    """A record names its source, where it is not its file's first, and the words it is named with there."""

    source: str = ""
    printed: Printed = ""


class SourceFacts(Strict):
    key: str
    kind: str = "page"
    title: str
    language: str = ""
    publisher: str = ""
    url: str = ""
    dated: Annotated[str | None, BeforeValidator(_plain)] = None
    not_before: Annotated[str | None, BeforeValidator(_plain)] = None
    read: dt.date
    licence: str = ""


class NameFacts(Record):
    text: str
    language: str = ""
    kind: str = "alias"


class ContactFacts(Record):
    slug: str
    office: Texts = {}
    address: OneTold | None = None
    website: OneTold | None = None


class PartyFacts(Record):
    slug: str
    kind: str
    name: OneTold | None = None
    language: str = ""
    country: OneTold | None = None
    latitude: OneTold | None = None
    longitude: OneTold | None = None
    population: OneTold | None = None
    population_year: OneTold | None = None
    website: OneTold | None = None
    identifiers: dict[str, str] = {}
    names: list[NameFacts] = []
    contacts: list[ContactFacts] = []


class ActFacts(Record):
    kind: str
    date: OneTold | None = None
    place: OneTold | None = None
    deciding_body: OneTold | None = None
    valid_until: OneTold | None = None
    party: str = ""
    note: Texts = {}
    reason: Texts = {}


class PartnershipFacts(Record):
    kind: str
    parties: list[str]
    continues: list[str] = []
    fields: list[OneTold] = []
    history: Texts = {}
    acts: list[ActFacts] = []


class SizeFacts(Record):
    members: int | None = None
    partners: int | None = None
    countries: int | None = None
    at_least: bool = False
    as_of: Annotated[str | None, BeforeValidator(_plain)] = None


class MemberFacts(Record):
    party: str
    category: OneTold | None = None
    number: OneTold | None = None
    via: str = ""
    pair: list[str] = []
    history: Texts = {}
    acts: list[ActFacts] = []


class BodyFacts(Record):
    slug: str
    kind: str
    name: Texts = {}
    place: OneTold | None = None


class PostFacts(Record):
    party: str
    body: str = ""
    role: str
    occasion: Texts = {}
    since: OneTold | None = None
    until: OneTold | None = None


class NetworkFacts(Record):
    party: str
    founded: OneTold | None = None
    founded_place: OneTold | None = None
    initiator: Texts = {}
    about: Texts = {}
    aims: Texts = {}
    actions: Texts = {}
    sectors: list[OneTold] = []
    sizes: list[SizeFacts] = []
    members: list[MemberFacts] = []
    bodies: list[BodyFacts] = []
    posts: list[PostFacts] = []


class ProgrammeFacts(Record):
    slug: str
    name: Texts


class PartnerFacts(Record):
    party: str = ""
    country: str = ""
    count: int = Field(default=1, ge=1, le=200)
    role: str
    part: Texts = {}
    left_on: OneTold | None = None


class ActivityFacts(Record):
    text: Texts


class OutputFacts(Record):
    kind: str
    title: Texts
    url: OneTold | None = None


class ProjectFacts(Record):
    slug: str
    title: Texts
    short: Texts = {}
    programme: OneTold | None = None
    measure: Texts = {}
    starts: OneTold | None = None
    ends: OneTold | None = None
    cost: OneTold | None = None
    currency: OneTold | None = None
    cofinancing_rate: OneTold | None = None
    funder: Texts = {}
    aim: Texts = {}
    about: Texts = {}
    website: OneTold | None = None
    led_to: OneTold | None = None
    sizes: list[SizeFacts] = []
    partners: list[PartnerFacts] = []
    activities: list[ActivityFacts] = []
    outputs: list[OutputFacts] = []


class FactFile(Strict):
    source: list[SourceFacts] = Field(min_length=1)
    party: list[PartyFacts] = []
    partnership: list[PartnershipFacts] = []
    network: list[NetworkFacts] = []
    programme: list[ProgrammeFacts] = []
    project: list[ProjectFacts] = []
