import datetime as dt
from typing import Annotated, Self

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Country, FieldCode, NetworkSlug, OnDay, Paged, Slug, one_of
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.parties import Contact, Name
from twinhall.api.schemas.partnerships import Act, act_facts
from twinhall.api.schemas.references import PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.networks import models, queries
from twinhall.networks.models import MembershipStatus
from twinhall.projects.models import Project


class NetworkFilters(Paged):
    field: FieldCode = ""
    """A sector that it works in."""
    order: Annotated[str, one_of(list(queries.NETWORK_ORDERS))] = "name"
    """By name or by the number of memberships; a minus before it turns it round."""


class StatedSize(Answer):
    """A size that a source says it has; our own counts are computed."""

    members: int | None
    countries: int | None
    at_least: bool
    as_of: str | None

    @classmethod
    def of(cls, size: models.NetworkSize) -> "StatedSize":
        return cls(
            members=size.members, countries=size.countries, at_least=size.at_least, as_of=iso(size.as_of)
        )


class NetworkRow(Answer):
    """A network that parties are members of."""

    slug: str
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    name: str
    founded: str | None
    founded_place: str | None
    sectors: list[str]
    """Fields of cooperation that it works in."""
    sizes: list[StatedSize]
    """How many members it is said to have; several may stand side by side."""
    memberships: str
    """The address of the list of its members."""


def _row(network: models.Network, at: Addresses) -> dict[str, object]:
    slug = network.party.slug
    return {
        "slug": slug,
        "url": at.of_record("networks", slug),
        "page": at.of_page("networks", slug),
        "name": str(network.party),
        "founded": iso(network.founded),
        "founded_place": network.founded_place or None,
        "sectors": [sector.code for sector in network.sectors.all()],
        "sizes": [StatedSize.of(size) for size in network.sizes.all()],
        "memberships": at.of_list(f"networks/{slug}/memberships"),
    }


class ListedNetwork(NetworkRow):
    """A network, as lists have it."""

    membership_count: int
    """How many memberships the register holds, whatever their status."""

    @classmethod
    def of(cls, network: models.Network, at: Addresses) -> Self:
        count: int = network.membership_count  # type: ignore[attr-defined]  # annotated by the query
        return cls(**_row(network, at), membership_count=count)


class NetworkPage(Page[ListedNetwork]):
    """A page of networks."""


class Body(Answer):
    """A part of a network: its board, a working group, an office."""

    slug: str
    kind: Annotated[str, told_of(models.BodyKind.values)]
    name: Texts
    place: str | None
    statements: list[Statement]

    @classmethod
    def of(cls, body: models.Body, evidence: Evidence) -> "Body":
        return cls(
            slug=body.slug,
            kind=body.kind,
            name=body.name,
            place=body.place or None,
            statements=evidence.on(body),
        )


class Post(Answer):
    """What a party does for a network for a time."""

    party: PartyRef
    role: Annotated[str, told_of(models.PostRole.values)]
    body: str | None
    """The slug of the body that it is a post of."""
    occasion: Texts
    since: str | None
    until: str | None
    statements: list[Statement]

    @classmethod
    def of(cls, post: models.Post, evidence: Evidence, at: Addresses) -> "Post":
        return cls(
            party=PartyRef.of(post.party, at),
            role=post.role,
            body=post.body.slug if post.body else None,
            occasion=post.occasion,
            since=iso(post.since),
            until=iso(post.until),
            statements=evidence.on(post),
        )


class Network(NetworkRow):
    """A network with all that the register says of it; its members are a list of their own."""

    party: PartyRef
    """The same as a party, which others can be tied to."""
    website: str | None
    initiator: Texts
    about: Texts
    aims: Texts
    actions: Texts
    names: list[Name]
    contacts: list[Contact]
    bodies: list[Body]
    posts: list[Post]
    grew_from: list[Ref]
    """Projects that it grew from."""
    statements: list[Statement]
    sources: list[CitedSource]
    """The sources of all statements here, each once."""

    @classmethod
    def told(
        cls, network: models.Network, origins: list[Project], evidence: Evidence, at: Addresses
    ) -> "Network":
        party = network.party
        return cls(
            **_row(network, at),
            party=PartyRef.of(party, at),
            website=party.website or None,
            initiator=network.initiator,
            about=network.about,
            aims=network.aims,
            actions=network.actions,
            names=[Name.of(name, evidence) for name in party.names.all()],
            contacts=[Contact.of(contact, evidence) for contact in party.contacts.all()],
            bodies=[Body.of(body, evidence) for body in network.bodies.all()],
            posts=[Post.of(post, evidence, at) for post in network.posts.all()],
            grew_from=[Ref.to("projects", project.slug, at) for project in origins],
            statements=evidence.on(network, party, *network.sizes.all()),
            sources=evidence.sources(),
        )


# Memberships -------------------------------------------------------------------------------------------


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
