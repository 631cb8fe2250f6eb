"""Pages that were read, and facts as the reader gives them."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.parties import make_own_page, make_party
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source
from twinhall.exchange.models import ReadFact, Reading
from twinhall.exchange.readings.keeping import keep_reading
from twinhall.parties.models import Party
from twinhall.reader.facts import Candidate, Fact, Membership, Named, Network, Partnership, Project

QUOTE = "In 1992 Valga and Valka signed an agreement."


def named(name: str, written: str = "", country: str = "", *places: tuple[int, float]) -> Named:
    """A name on a page, and the GeoNames ids that it could be, each with a confidence."""
    found = tuple(Candidate(number, name, country, sure) for number, sure in places)
    return Named(name, written or name, country, found)


def tie(
    a: Named | str = "Valga",
    b: Named | str = "Valka",
    *,
    kind: str = "partner",
    since: str = "",
    until: str = "",
    contact: str = "",
    status: str = "",
    fields: Sequence[str] = (),
    a_country: str = "",
    country: str = "",
    signed: bool | None = None,
    quote: str = QUOTE,
    start: int = 0,
) -> Partnership:
    """A partnership that a page states."""
    return Partnership(
        a=a if isinstance(a, Named) else named(a),
        b=b if isinstance(b, Named) else named(b),
        kind=kind,
        since=_date(since),
        until=_date(until),
        contact=_date(contact),
        status=status,
        fields=tuple(fields),
        a_country=a_country,
        country=country,
        signed=signed,
        quote=quote,
        quote_start=start,
        confidence=0.9,
    )


def membership(
    member: str = "Valga",
    network: str = "City Twins Association",
    *,
    since: str = "",
    until: str = "",
    role: str = "",
    status: str = "",
    reason: str = "",
    quote: str = QUOTE,
    start: int = 0,
) -> Membership:
    """A membership that a page states."""
    return Membership(
        member=named(member),
        network=network,
        network_written=network,
        since=_date(since),
        until=_date(until),
        role=role,
        status=status,
        reason=reason,
        quote=quote,
        quote_start=start,
        confidence=0.8,
    )


def network(
    name: str = "City Twins Association", *, founded: str = "", members: str = "", quote: str = QUOTE
) -> Network:
    """A network that a page states."""
    return Network(
        name=name,
        founded=_date(founded),
        members_count=members,
        quote=quote,
        quote_start=0,
        confidence=0.8,
    )


def project(
    title: str = "Town Twins in Time",
    *,
    lead: str = "",
    partners: Sequence[str] = (),
    start: str = "",
    end: str = "",
    programme: str = "",
    quote: str = QUOTE,
) -> Project:
    """A project that a page states."""
    return Project(
        title=title,
        lead=lead,
        partners=tuple(partners),
        start=_date(start),
        end=_date(end),
        programme=programme,
        quote=quote,
        quote_start=0,
        confidence=0.8,
    )


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def make_reading(
    *facts: Fact,
    party: Party | None = None,
    source: Source | None = None,
    text: str = QUOTE,
    by: User | None = None,
    language: str = "en",
    at: dt.datetime | None = None,
) -> Reading:
    """A page of the party that was read for its desk."""
    desk = party or make_party()
    page = source or make_own_page(desk)
    return keep_reading(
        page,
        facts,
        text=text,
        language=language,
        media_type="text/plain",
        party=desk,
        by=by or make_user(),
        at=at or timezone.now(),
    )[0]


def only_fact(reading: Reading) -> ReadFact:
    """The one fact of a reading."""
    return reading.facts.get()
