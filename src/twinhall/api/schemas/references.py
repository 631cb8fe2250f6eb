"""How answers name other records: by their addresses and what they are called."""

from typing import Annotated

from twinhall.api.addresses import Addresses
from twinhall.api.schemas.base import Answer, told_of
from twinhall.core.dates import PartialDate
from twinhall.documents import models as documents
from twinhall.parties.models import Party, PartyKind


def iso(date: PartialDate | None) -> str | None:
    """A date as exact as it is known, as ISO 8601 writes it; null where there is none."""
    return None if date is None else str(date)


class PartyRef(Answer):
    """A party, as other records name it."""

    slug: str
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    name: str
    """Its name in its own language."""
    country: str | None
    """ISO 3166-1, two letters."""
    kind: Annotated[str, told_of(PartyKind.values)]

    @classmethod
    def of(cls, party: Party, at: Addresses) -> "PartyRef":
        return cls(
            slug=party.slug,
            url=at.of_record("parties", party.slug),
            page=at.of_page("parties", party.slug),
            name=party.name or party.slug,
            country=party.country or None,
            kind=party.kind,
        )


class Ref(Answer):
    """A record, as others name it."""

    slug: str
    url: str
    page: str

    @classmethod
    def to(cls, collection: str, slug: str, at: Addresses) -> "Ref":
        return cls(slug=slug, url=at.of_record(collection, slug), page=at.of_page(collection, slug))


class DocumentRef(Answer):
    """A published document."""

    title: str
    language: str | None
    media_type: str
    size: int
    """In bytes."""
    address: str
    """Where it can be read."""

    @classmethod
    def of(cls, document: documents.Document, at: Addresses) -> "DocumentRef":
        return cls(
            title=document.title,
            language=document.language or None,
            media_type=document.media_type,
            size=document.size,
            address=at.of_page("documents", document.pk),
        )
