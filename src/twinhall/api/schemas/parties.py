import datetime as dt
from typing import Annotated

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Country, NetworkSlug, OnDay, Paged, Region, Words, one_of
from twinhall.api.queries import PARTY_ORDERS
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.references import PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.parties import models as parties
from twinhall.reader.divisions import region_name


class PartyFilters(OnDay, Paged):
    q: Words = ""
    """The beginning of any word of any of its names, in any script."""
    country: Country = ""
    """ISO 3166-1, two letters."""
    region: Region = ""
    """A first-level division of a country, by its code in GeoNames: DE.02 is Bavaria."""
    kind: Annotated[str, one_of(parties.PartyKind.values)] = ""
    """Municipalities, districts and regions, where none is given."""
    network: NetworkSlug = ""
    """Members of this network on the day, by its slug."""
    order: Annotated[str, one_of(PARTY_ORDERS)] = "name"
    """By name, population or number of ties in force; a minus before it turns it round."""


class PartyRow(PartyRef):
    """A town, a region, or another that can act."""

    language: str | None
    """The language of its name."""
    region: str | None
    """Its first-level division, by its code in GeoNames."""
    region_name: str | None
    latitude: float | None
    """In degrees (WGS 84)."""
    longitude: float | None
    population: int | None
    population_year: str | None


def _row(party: parties.Party, at: Addresses) -> dict[str, object]:
    return {
        "slug": party.slug,
        "url": at.of_record("parties", party.slug),
        "page": at.of_page("parties", party.slug),
        "name": party.name or party.slug,
        "country": party.country or None,
        "kind": party.kind,
        "language": party.language or None,
        "region": party.region or None,
        "region_name": region_name(party.region) if party.region else None,
        "latitude": party.latitude,
        "longitude": party.longitude,
        "population": party.population,
        "population_year": iso(party.population_year),
    }


class ListedParty(PartyRow):
    """A party, as lists have it."""

    as_of: dt.date
    """The day that `ties` was asked for."""
    ties: int
    """How many partnerships were in force on the day."""

    @classmethod
    def told(cls, party: parties.Party, day: dt.date, ties: int, at: Addresses) -> "ListedParty":
        return cls(**_row(party, at), as_of=day, ties=ties)


class PartyPage(Page[ListedParty]):
    """A page of parties."""


class Name(Answer):
    """One spelling of a name."""

    text: str
    language: str | None
    kind: Annotated[str, told_of(parties.NameKind.values)]
    """An alias is also known; an exonym is its name in another language."""
    statements: list[Statement]

    @classmethod
    def of(cls, name: parties.Name, evidence: Evidence) -> "Name":
        return cls(
            text=name.text, language=name.language or None, kind=name.kind, statements=evidence.on(name)
        )


class Contact(Answer):
    """An office or a role to write to; never a person's own address."""

    office: Texts
    address: str | None
    website: str | None
    statements: list[Statement]

    @classmethod
    def of(cls, contact: parties.Contact, evidence: Evidence) -> "Contact":
        return cls(
            office=contact.office,
            address=contact.address or None,
            website=contact.website or None,
            statements=evidence.on(contact),
        )


class Succession(Answer):
    """One party took another's place."""

    predecessor: PartyRef
    successor: PartyRef
    date: str | None
    note: Texts
    statements: list[Statement]

    @classmethod
    def of(cls, succession: parties.Succession, evidence: Evidence, at: Addresses) -> "Succession":
        return cls(
            predecessor=PartyRef.of(succession.predecessor, at),
            successor=PartyRef.of(succession.successor, at),
            date=iso(succession.date),
            note=succession.note,
            statements=evidence.on(succession),
        )


class Party(PartyRow):
    """A party with all that the register says of itself; its ties are lists of their own."""

    website: str | None
    identifiers: dict[str, list[str]]
    """What registers elsewhere call it, by register: `wikidata`, `geonames`, `nuts`, `lau`."""
    names: list[Name]
    """Its names in all languages."""
    contacts: list[Contact]
    successions: list[Succession]
    """Whose place it took, and who took its own."""
    network: Ref | None
    """The network that it is, if it is one."""
    partnerships: str
    """The address of the list of its partnerships."""
    memberships: str
    """The address of the list of its memberships of networks."""
    projects: str
    """The address of the list of the projects that it takes part in."""
    statements: list[Statement]
    """What sources say of its name, country, position, population and web site."""
    sources: list[CitedSource]
    """The sources of all statements here, each once."""

    @classmethod
    def told(
        cls,
        party: parties.Party,
        successions: list[parties.Succession],
        evidence: Evidence,
        at: Addresses,
        *,
        is_network: bool,
    ) -> "Party":
        query = f"party={party.slug}"
        return cls(
            **_row(party, at),
            website=party.website or None,
            identifiers=_identifiers(party),
            names=[Name.of(name, evidence) for name in party.names.all()],
            contacts=[Contact.of(contact, evidence) for contact in party.contacts.all()],
            successions=[Succession.of(s, evidence, at) for s in successions],
            network=Ref.to("networks", party.slug, at) if is_network else None,
            partnerships=at.of_list("partnerships", query),
            memberships=at.of_list("memberships", query),
            projects=at.of_list("projects", query),
            statements=evidence.on(party),
            sources=evidence.sources(),
        )


def _identifiers(party: parties.Party) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for identifier in party.identifiers.all():
        found.setdefault(identifier.scheme, []).append(identifier.value)
    return found
