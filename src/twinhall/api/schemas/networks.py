from typing import Annotated, Self

from twinhall.api.addresses import Addresses
from twinhall.api.asking import FieldCode, Paged, one_of
from twinhall.api.schemas.base import Answer, Page, Texts, told_of
from twinhall.api.schemas.parties import Contact, Name
from twinhall.api.schemas.references import PartyRef, Ref, iso
from twinhall.api.schemas.statements import CitedSource, Evidence, Statement
from twinhall.networks import models, queries
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
