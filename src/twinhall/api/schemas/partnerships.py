import datetime as dt
from typing import Annotated, Self

from pydantic import Field

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Country, Decade, FieldCode, NetworkSlug, OnDay, Paged, Region, Slug, one_of
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.references import DocumentRef, PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.core.acts import Act as AnyAct
from twinhall.partnerships import models, queries
from twinhall.partnerships.models import PartnershipKind, Status


class PartnershipFilters(OnDay, Paged):
    country: Country = ""
    """A country that one of the parties lies in; ISO 3166-1, two letters."""
    region: Region = ""
    """A region that one of the parties lies in, by its code in GeoNames: DE.02 is Bavaria."""
    partner_country: Country = ""
    """A country that another of the parties lies in: `country=DE&partner_country=IT`."""
    partner_region: Region = ""
    """A region that another of the parties lies in."""
    kind: Annotated[str, one_of(PartnershipKind.values)] = ""
    """After the kinds of link of the RGRE database and CLAIR."""
    status: Annotated[str, one_of(Status.values)] = ""
    """The status on the day."""
    field: FieldCode = ""
    """A field of cooperation."""
    network: NetworkSlug = ""
    """With a side that is a member of this network on the day, by its slug."""
    decade: Decade = ""
    """The decade since when the tie has been, by its first year."""
    sources: Annotated[int, Field(ge=0, le=1000)] = 0
    """Said by at least so many sources."""
    party: Slug = ""
    """The ties of this party, by its slug."""
    order: Annotated[str, one_of(list(queries.PARTNERSHIP_ORDERS))] = "between"
    """By the names of the parties, or since when; a minus before it turns it round."""


class Act(Answer):
    """A dated deed within a tie; its status follows from these."""

    kind: str
    number: int
    """Its place among the acts of the tie: the highest that has begun decides."""
    date: str | None
    """As exact as it is known: `1991`, `2013-06`, `2006-12-13`; null where it is not dated."""
    place: str | None
    deciding_body: str | None
    valid_until: str | None
    note: Texts


def act_facts(act: AnyAct) -> dict[str, object]:
    """What every answer tells of an act."""
    return {
        "kind": act.kind,
        "number": act.number,
        "date": iso(act.date),
        "place": act.place or None,
        "deciding_body": act.deciding_body or None,
        "valid_until": iso(act.valid_until),
        "note": act.note,
    }


class PartnershipAct(Act):
    """An act of a partnership."""

    party: str | None
    """The slug of the party that joined or left."""
    documents: list[DocumentRef]
    """Those that are published."""
    statements: list[Statement]


class PartnershipRow(Answer):
    """A tie between two or more parties, on a day."""

    slug: str
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    kind: Annotated[str, told_of(PartnershipKind.values)]
    as_of: dt.date
    """The day that `status` was asked for."""
    status: Annotated[str, told_of(Status.values)]
    """Follows from the acts that had begun on the day."""
    since: str | None
    """The date of the signing, else of the first dated act."""
    since_kind: str | None
    """The kind of act that `since` is the date of."""
    fields: list[str]
    """Fields of cooperation."""
    parties: list[PartyRef]

    @classmethod
    def of(cls, tie: models.Partnership, day: dt.date, at: Addresses) -> Self:
        return cls(**_row(tie, day, at))


def _row(tie: models.Partnership, day: dt.date, at: Addresses) -> dict[str, object]:
    return {
        "slug": tie.slug,
        "url": at.of_record("partnerships", tie.slug),
        "page": at.of_page("partnerships", tie.slug),
        "kind": tie.kind,
        "as_of": day,
        "status": tie.status,
        "since": iso(tie.since),
        "since_kind": tie.since_kind or None,
        "fields": [field.code for field in tie.fields.all()],
        "parties": [PartyRef.of(signatory.party, at) for signatory in tie.signatories.all()],
    }


class ActRow(Act):
    """An act, as lists have it."""

    @classmethod
    def of(cls, act: AnyAct) -> "ActRow":
        return cls(**act_facts(act))


class ListedPartnership(PartnershipRow):
    """A tie as lists have it: with its acts, without what is said of them."""

    acts: list[ActRow]

    @classmethod
    def of(cls, tie: models.Partnership, day: dt.date, at: Addresses) -> Self:
        return cls(**_row(tie, day, at), acts=[ActRow.of(act) for act in tie.acts.all()])


class PartnershipPage(Page[ListedPartnership]):
    """A page of partnerships."""


class Sides(Answer):
    """What the sides of a tie say of it themselves. Parties are named by their slugs."""

    said: Annotated[str, told_of(queries.Said.values)]
    saying: list[str]
    """Sides that say that the tie is."""
    confirming: list[str]
    """Sides that have said so here themselves."""
    unread: list[str]
    """Sides of whom no page has been read."""

    @classmethod
    def of(cls, sides: queries.Sides) -> "Sides":
        return cls(
            said=sides.said.value,
            saying=[party.slug for party in sides.saying],
            confirming=[party.slug for party in sides.confirming],
            unread=[party.slug for party in sides.unread],
        )


class Partnership(PartnershipRow):
    """A tie with its acts, its sides, and what is said of it."""

    history: Texts
    sides: Sides
    acts: list[PartnershipAct]
    continues: Ref | None
    """The tie that it lives on from."""
    continued_by: list[Ref]
    """The ties that live on from it."""
    statements: list[Statement]
    """What sources say of the tie itself, its fields and its history; of its acts see there."""
    sources: list[CitedSource]
    """The sources of all statements here, each once."""

    @classmethod
    def told(
        cls, tie: models.Partnership, day: dt.date, sides: queries.Sides, evidence: Evidence, at: Addresses
    ) -> "Partnership":
        slugs = {signatory.party_id: signatory.party.slug for signatory in tie.signatories.all()}
        return cls(
            **_row(tie, day, at),
            history=tie.history,
            sides=Sides.of(sides),
            acts=[_act(act, slugs.get(act.party_id or 0), evidence, at) for act in tie.acts.all()],
            continues=Ref.to("partnerships", tie.continues.slug, at) if tie.continues else None,
            continued_by=[Ref.to("partnerships", other.slug, at) for other in tie.continued_by.all()],
            statements=evidence.on(tie),
            sources=evidence.sources(),
        )


def _act(act: models.Act, party: str | None, evidence: Evidence, at: Addresses) -> PartnershipAct:
    return PartnershipAct(
        **act_facts(act),
        party=party,
        documents=[DocumentRef.of(document, at) for document in act.documents.all()],
        statements=evidence.on(act),
    )
