"""Parties, their names, identifiers and contacts, and what they publish.

A party made here has its columns filled without statements, as no part of the house may do: a test that
asks where a fact comes from makes its statements with ``tests.factories.evidence``.
"""

import datetime as dt

from tests.factories.evidence import make_source
from twinhall.core.dates import PartialDate
from twinhall.core.text import free_slug, slug
from twinhall.evidence.models import Source
from twinhall.parties.models import Contact, Identifier, Name, NameKind, Party, PartyKind, Publication


def make_party(
    *,
    name: str = "Valga",
    address: str = "",
    kind: str = PartyKind.MUNICIPALITY,
    language: str = "",
    country: str = "EE",
    latitude: float | None = None,
    longitude: float | None = None,
    population: int | None = None,
    population_year: PartialDate | None = None,
    website: str = "",
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Party:
    """A party at the given address (``slug``), else at a free one made from its name."""
    return Party.objects.create(
        slug=address
        or free_slug(slug(name) or "party", taken=lambda wanted: Party.objects.filter(slug=wanted).exists()),
        kind=kind,
        name=name,
        language=language,
        country=country,
        latitude=latitude,
        longitude=longitude,
        population=population,
        population_year=population_year,
        website=website,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


def make_network_party(
    *, name: str = "City Twins Association", country: str = "", address: str = ""
) -> Party:
    """A party of the kind that networks are."""
    return make_party(name=name, address=address, kind=PartyKind.ASSOCIATION, country=country)


def make_name(
    *, party: Party | None = None, text: str = "Walk", language: str = "de", kind: str = NameKind.EXONYM
) -> Name:
    return Name.objects.create(party=party or make_party(), text=text, language=language, kind=kind)


def make_identifier(
    *, party: Party | None = None, scheme: str = "wikidata", value: str = "Q211714"
) -> Identifier:
    return Identifier.objects.create(party=party or make_party(), scheme=scheme, value=value)


def make_contact(
    *,
    party: Party | None = None,
    key: str = "town-office",
    office: str = "Town office",
    address: str = "",
    website: str = "",
) -> Contact:
    return Contact.objects.create(
        party=party or make_party(), key=key, office={"en": office}, address=address, website=website
    )


def make_publication(*, source: Source | None = None, publisher: Party | None = None) -> Publication:
    return Publication.objects.create(source=source or make_source(), publisher=publisher or make_party())


def make_own_page(
    publisher: Party, *, title: str = "", dated: PartialDate | None = None, kind: str = "page"
) -> Source:
    """A source that the party publishes itself."""
    source = make_source(title=title or f"Partners of {publisher}", dated=dated, kind=kind)
    make_publication(source=source, publisher=publisher)
    return source
