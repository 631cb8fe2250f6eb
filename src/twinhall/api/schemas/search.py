from typing import Annotated

from pydantic import Field

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Asked, Words
from twinhall.api.pagination import LIMIT, MOST
from twinhall.api.schemas.base import Answer, Page, told_of
from twinhall.core.languages import best
from twinhall.finder.queries import Hit
from twinhall.parties.models import Party


class SearchFilters(Asked):
    q: Words = ""
    """Words of a name, in any script. Without any, nothing is found."""
    limit: Annotated[int, Field(ge=1, le=MOST)] = LIMIT
    """How many records are given at most."""


class Found(Answer):
    """A record that was found."""

    type: Annotated[str, told_of(["party", "network", "project"])]
    slug: str
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    name: str
    country: str | None
    """ISO 3166-1, two letters; of a party."""
    kind: str | None
    """The kind of party."""
    found_by: str
    """The name that it was found by."""
    found_by_language: str | None

    @classmethod
    def of(cls, hit: Hit, at: Addresses, *, is_network: bool) -> "Found":
        record = hit.record
        by = {"slug": record.slug, "found_by": hit.text, "found_by_language": hit.language or None}
        if isinstance(record, Party):
            return cls(
                **by,
                **_addresses("networks" if is_network else "parties", record.slug, at),
                type="network" if is_network else "party",
                name=record.name or record.slug,
                country=record.country or None,
                kind=record.kind,
            )
        title = best(record.short or record.title).text or record.slug
        return cls(
            **by,
            **_addresses("projects", record.slug, at),
            type="project",
            name=title,
            country=None,
            kind=None,
        )


def _addresses(collection: str, slug: str, at: Addresses) -> dict[str, str]:
    return {"url": at.of_record(collection, slug), "page": at.of_page(collection, slug)}


class FoundPage(Page[Found]):
    """What was found, best first; there is one page."""
