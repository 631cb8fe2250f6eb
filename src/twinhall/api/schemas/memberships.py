import datetime as dt
from typing import Annotated, Self

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Country, NetworkSlug, OnDay, Paged, Slug, one_of
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.partnerships import Act, act_facts
from twinhall.api.schemas.references import PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.networks import models, queries
from twinhall.networks.models import MembershipStatus


class MembersFilters(OnDay, Paged):
    country: Country = ""
    """The country of the member; ISO 3166-1, two letters."""
    status: Annotated[str, one_of(MembershipStatus.values)] = ""
    """The status on the day."""
    order: Annotated[str, one_of(list(queries.MEMBERSHIP_ORDERS))] = "member"
    """A minus before it turns it round."""


class MembershipFilters(MembersFilters):
    network: NetworkSlug = ""
    """The network, by its slug."""
    party: Slug = ""
    """The member, by its slug."""


class MembershipAct(Act):
    """An act of a membership."""

    reason: Texts
    """Why a party is not yet a member."""


class ToldMembershipAct(MembershipAct):
    """An act of a membership, with what is said of it."""

    statements: list[Statement]


class MembershipRow(Answer):
    """A party's place in a network, on a day."""

    id: int
    url: str
    """Its address in the API."""
    page: str
    """The page of the network, for people."""
    network: PartyRef
    party: PartyRef
    category: Annotated[str | None, told_of([*models.Category.values, None])]
    number: int | None
    """The running number among the members."""
    via: PartyRef | None
    """The umbrella body through which it takes part."""
    pair: Ref | None
    """The city twins that it belongs to."""
    as_of: dt.date
    """The day that `status` was asked for."""
    status: Annotated[str, told_of(MembershipStatus.values)]
    """Follows from the acts that had begun on the day."""
    since: str | None
    since_kind: str | None
    """The kind of act that `since` is the date of."""
    history: Texts


def _membership(membership: models.Membership, day: dt.date, at: Addresses) -> dict[str, object]:
    network = membership.network.party
    return {
        "id": membership.pk,
        "url": at.of_record("memberships", membership.pk),
        "page": at.of_page("networks", network.slug),
        "network": PartyRef.of(network, at),
        "party": PartyRef.of(membership.party, at),
        "category": membership.category or None,
        "number": membership.number,
        "via": PartyRef.of(membership.via, at) if membership.via else None,
        "pair": Ref.to("partnerships", membership.pair.slug, at) if membership.pair else None,
        "as_of": day,
        "status": membership.status,
        "since": iso(membership.since),
        "since_kind": membership.since_kind or None,
        "history": membership.history,
    }


class ListedMembership(MembershipRow):
    """A membership, as lists have it: with its acts, without what is said of them."""

    acts: list[MembershipAct]

    @classmethod
    def of(cls, membership: models.Membership, day: dt.date, at: Addresses) -> Self:
        acts = [MembershipAct(**act_facts(act), reason=act.reason) for act in membership.acts.all()]
        return cls(**_membership(membership, day, at), acts=acts)


class MembershipPage(Page[ListedMembership]):
    """A page of memberships."""


class Membership(MembershipRow):
    """A membership with its acts and what is said of it."""

    acts: list[ToldMembershipAct]
    statements: list[Statement]
    sources: list[CitedSource]
    """The sources of all statements here, each once."""

    @classmethod
    def told(
        cls, membership: models.Membership, day: dt.date, evidence: Evidence, at: Addresses
    ) -> "Membership":
        acts = [
            ToldMembershipAct(**act_facts(act), reason=act.reason, statements=evidence.on(act))
            for act in membership.acts.all()
        ]
        return cls(
            **_membership(membership, day, at),
            acts=acts,
            statements=evidence.on(membership),
            sources=evidence.sources(),
        )
