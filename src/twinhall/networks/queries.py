"""Questions on networks: lists, pages, members on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OrderBy, Prefetch, Q, QuerySet

from twinhall.core.ties import at_status, with_status
from twinhall.networks.models import (
    Membership,
    MembershipStatus,
    Network,
    Post,
)
from twinhall.parties.models import Party
from twinhall.partnerships.models import Signatory


def as_of(memberships: "QuerySet[Membership]", day: dt.date) -> "QuerySet[Membership]":
    """Annotate ``status`` on the day."""
    return with_status(memberships, day, unknown=MembershipStatus.UNKNOWN)


def at(memberships: "QuerySet[Membership]", status: str, day: dt.date) -> "QuerySet[Membership]":
    """Those that have the status on the day."""
    return at_status(
        memberships, status, day, unknown=MembershipStatus.UNKNOWN, common=MembershipStatus.MEMBER
    )


NETWORK_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "name": ("party__slug",),
    "-name": ("-party__slug",),
    "members": ("membership_count", "party__slug"),
    "-members": ("-membership_count", "party__slug"),
}


def network_list(*, field: str = "", order: str = "name", among: Q | None = None) -> "QuerySet[Network]":
    """Networks in one of NETWORK_ORDERS, with their parties and how many memberships the register holds.

    ``among`` narrows the list further.
    """
    found = Network.objects.filter(among or Q(), party__withdrawn_at__isnull=True).select_related("party")
    if field:
        found = found.filter(sectors=field)
    memberships = Count("memberships", filter=Q(memberships__withdrawn_at__isnull=True))
    return (
        found.annotate(membership_count=memberships)
        .prefetch_related("sizes", "sectors")
        .order_by(*NETWORK_ORDERS[order])
    )


def network_page() -> "QuerySet[Network]":
    """Networks with what their page shows of themselves."""
    posts = Post.objects.select_related("party", "body").order_by("since", "pk")
    return (
        Network.objects.filter(party__withdrawn_at__isnull=True)
        .select_related("party")
        .prefetch_related(
            "sizes",
            "sectors",
            "bodies",
            "party__names",
            "party__contacts",
            "party__identifiers",
            Prefetch("posts", posts),
        )
    )


def _rows(day: dt.date) -> "QuerySet[Membership]":
    return (
        as_of(Membership.objects.standing(), day)
        .select_related("party", "network__party", "via", "pair")
        .prefetch_related("acts", Prefetch("pair__signatories", Signatory.objects.select_related("party")))
    )


MEMBERSHIP_ORDERS: Mapping[str, tuple[str, ...]] = {
    "member": ("party__slug", "network__party__slug"),
    "-member": ("-party__slug", "network__party__slug"),
    "network": ("network__party__slug", "party__slug"),
    "-network": ("-network__party__slug", "party__slug"),
    "since": ("undated", "since", "party__slug"),
    "-since": ("undated", "-since", "party__slug"),
}


def membership_list(
    day: dt.date, *, network: str = "", status: str = "", order: str = "member", among: Q | None = None
) -> "QuerySet[Membership]":
    """Memberships with status, since and acts, in one of MEMBERSHIP_ORDERS; of a network, by its address.

    ``among`` narrows the list further.
    """
    found = _rows(day).filter(among or Q())
    if network:
        found = found.filter(network__party__slug=network)
    if status:
        found = at(found, status, day)
    return found.order_by(*MEMBERSHIP_ORDERS[order])


def membership_page(day: dt.date) -> "QuerySet[Membership]":
    """Memberships with all that their page shows, withdrawn ones as well."""
    return as_of(Membership.objects.all(), day).select_related("party", "network__party", "via", "pair")


def members_of(network: Network, day: dt.date) -> "QuerySet[Membership]":
    """A network's memberships with status, since and acts, by name."""
    return _rows(day).filter(network=network).order_by("party__slug")


def memberships_of(party: Party, day: dt.date) -> "QuerySet[Membership]":
    """A party's memberships with status, since and acts, oldest first."""
    return _rows(day).filter(party=party).order_by("undated", "since", "network__party__name")


def posts_of(party: Party) -> "QuerySet[Post]":
    """What a party does or did in networks."""
    return Post.objects.filter(party=party).select_related("network__party", "body").order_by("since", "pk")


@dataclass(frozen=True)
class MemberCount:
    """Our own count of members on a day, next to what networks are said to count."""

    members: int
    countries: int


def count_members(memberships: list[Membership]) -> MemberCount:
    """Count those that are members, and the countries of those parties that have one."""
    members = [m for m in memberships if m.status == MembershipStatus.MEMBER]
    return MemberCount(len(members), len({m.party.country for m in members if m.party.country}))
