"""Networks, memberships and their acts, bodies, posts and sizes, made as rows."""

import datetime as dt

from django.utils import timezone

from tests.factories.parties import make_network_party, make_party
from twinhall.core.dates import PartialDate
from twinhall.networks.models import (
    Application,
    Body,
    BodyKind,
    Category,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    NetworkSize,
    Post,
    PostRole,
    Requirement,
)
from twinhall.parties.models import Party
from twinhall.partnerships.models import CooperationField, Partnership


def make_network(*, party: Party | None = None, name: str = "Baltic Cities", sectors: str = "") -> Network:
    """A network without members; ``sectors`` are codes parted by spaces."""
    network = Network.objects.create(party=party or make_network_party(name=name))
    network.sectors.set(CooperationField.objects.filter(code__in=sectors.split()))
    return network


def make_membership(
    *,
    network: Network | None = None,
    party: Party | None = None,
    category: str = Category.MEMBER,
    number: int | None = None,
    via: Party | None = None,
    pair: Partnership | None = None,
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Membership:
    """A membership without acts."""
    return Membership.objects.create(
        network=network or make_network(),
        party=party or make_party(),
        category=category,
        number=number,
        via=via,
        pair=pair,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


def make_membership_act(
    *,
    membership: Membership | None = None,
    kind: str = MembershipActKind.ADMITTED,
    date: str = "",
    valid_until: str = "",
    number: int = 0,
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> MembershipAct:
    """An act after the others of its membership, without a date where none is given."""
    tie = membership or make_membership()
    return MembershipAct.objects.create(
        membership=tie,
        kind=kind,
        date=PartialDate.parse(date) if date else None,
        valid_until=PartialDate.parse(valid_until) if valid_until else None,
        number=number or MembershipAct.every.filter(membership=tie).count() + 1,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


def make_body(*, network: Network | None = None, slug: str = "board", kind: str = BodyKind.BOARD) -> Body:
    return Body.objects.create(network=network or make_network(), slug=slug, kind=kind)


def make_post(
    *,
    network: Network | None = None,
    party: Party | None = None,
    body: Body | None = None,
    role: str = PostRole.CHAIR,
    number: int = 1,
    since: str = "",
    until: str = "",
) -> Post:
    return Post.objects.create(
        network=network or make_network(),
        party=party or make_party(),
        body=body,
        role=role,
        number=number,
        since=PartialDate.parse(since) if since else None,
        until=PartialDate.parse(until) if until else None,
    )


def make_requirement(
    *, network: Network, number: int = 1, name: str = "Decision of the council"
) -> Requirement:
    """A paper without which an application is not complete."""
    return Requirement.objects.create(network=network, number=number, name={"en": name})


def make_application(
    *, network: Network | None = None, town: str = "Zgorzelec", email: str = "ewa@zgorzelec.example"
) -> Application:
    """An application that a stranger sent, not yet looked at."""
    return Application.objects.create(
        network=network or make_network(),
        town=town,
        country="PL",
        why="We are one town.",
        name="Ewa Example",
        office="International office",
        email=email,
        language="en",
        consented_at=timezone.now(),
    )


def make_network_size(
    *,
    network: Network | None = None,
    members: int | None = 50,
    countries: int | None = None,
    at_least: bool = False,
    as_of: str = "",
) -> NetworkSize:
    return NetworkSize.objects.create(
        network=network or make_network(),
        members=members,
        countries=countries,
        at_least=at_least,
        as_of=PartialDate.parse(as_of) if as_of else None,
    )
