"""Parties, their names, identifiers and contacts, and what they publish.

A party made here has its columns filled without statements, as no part of the house may do: a test that
asks where a fact comes from makes its statements with ``tests.factories.evidence``.
"""

import datetime as dt
from hashlib import sha256
from itertools import count

from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.core.text import free_slug, slug
from twinhall.documents.models import Document
from twinhall.evidence.models import Source, SourceKind
from twinhall.parties.models import (
    Affiliation,
    Contact,
    Filing,
    Identifier,
    Invitation,
    Name,
    NameKind,
    Party,
    PartyKind,
    Publication,
    Role,
    Succession,
)

_numbers = count(1)


def make_party(
    *,
    name: str = "Valga",
    address: str = "",
    kind: str = PartyKind.MUNICIPALITY,
    language: str = "",
    country: str = "EE",
    region: str = "",
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
        region=region,
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
    *,
    party: Party | None = None,
    text: str = "Walk",
    language: str = "de",
    kind: str = NameKind.EXONYM,
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Name:
    return Name.objects.create(
        party=party or make_party(),
        text=text,
        language=language,
        kind=kind,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


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


def make_own_words(publisher: Party, *, dated: PartialDate | None = None) -> Source:
    """A source that holds what the party itself states here."""
    return make_own_page(publisher, title="Own statement", dated=dated, kind=SourceKind.OWN_STATEMENT)


def make_succession(
    *,
    predecessor: Party | None = None,
    successor: Party | None = None,
    date: str = "",
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Succession:
    """Halikko became a part of Salo, where no parties are given."""
    return Succession.objects.create(
        predecessor=predecessor or make_party(name="Halikko", country="FI"),
        successor=successor or make_party(name="Salo", country="FI"),
        date=PartialDate.parse(date) if date else None,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


def make_filing(*, document: Document, party: Party | None = None, is_close: bool = False) -> Filing:
    """Whose file a document is; its file needs the fixture ``document_folder``."""
    return Filing.objects.create(document=document, party=party or make_party(), is_close=is_close)


# People ----------------------------------------------------------------------------------------------


def make_affiliation(
    *,
    user: User | None = None,
    party: Party | None = None,
    role: str = Role.OFFICER,
    began_at: dt.datetime | None = None,
    ended_at: dt.datetime | None = None,
) -> Affiliation:
    """A person acts for a party, from now on where no time is given."""
    return Affiliation.objects.create(
        user=user or make_user(),
        party=party or make_party(),
        role=role,
        began_at=began_at or ended_at or timezone.now(),
        ended_at=ended_at,
    )


def make_officer(*parties: Party, role: str = Role.OFFICER, name: str = "Kadri Kask") -> User:
    """A person who acts for the parties, as their officer where no other role is given."""
    user = make_user(name=name)
    for party in parties:
        make_affiliation(user=user, party=party, role=role)
    return user


def make_invitation(
    *,
    email: str = "liis@valga.example",
    party: Party | None = None,
    role: str = Role.OFFICER,
    by: User | None = None,
    secret: str = "",
    expires_at: dt.datetime | None = None,
    accepted_at: dt.datetime | None = None,
    withdrawn_at: dt.datetime | None = None,
) -> Invitation:
    """A person asked to act for a party, for a day where no end is given; the secret is in its link."""
    return Invitation.objects.create(
        email=email,
        party=party or make_party(),
        role=role,
        by=by or make_user(),
        secret_hash=sha256((secret or f"secret-{next(_numbers)}").encode()).hexdigest(),
        expires_at=expires_at or timezone.now() + dt.timedelta(days=1),
        accepted_at=accepted_at,
        withdrawn_at=withdrawn_at,
    )
