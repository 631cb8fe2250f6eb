"""Questions on networks: lists, pages, members on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from twinhall.core.acts import with_since, with_status
from twinhall.networks.models import (
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipStatus,
    Network,
    Post,
)
from twinhall.parties.models import Party
from twinhall.partnerships.models import Signatory

ADMISSION = (MembershipActKind.ADMITTED, MembershipActKind.READMITTED)


def as_of(memberships: "QuerySet[Membership]", day: dt.date) -> "QuerySet[Membership]":
    """Annotate ``status`` on the day."""
    return with_status(
        memberships,
        MembershipAct.objects.all(),
        day,
        unknown=MembershipStatus.UNKNOWN,
        ended=MembershipStatus.FORMER,
    )


def since(memberships: "QuerySet[Membership]") -> "QuerySet[Membership]":
    """Annotate ``since`` and ``since_kind``: the first dated admission, else the first dated act."""
    return with_since(memberships, MembershipAct.objects.all(), signing=ADMISSION)


def network_list(*, field: str = "") -> "QuerySet[Network]":
    """Networks by name, with their parties and how many memberships the register holds."""
    found = Network.objects.filter(party__withdrawn_at__isnull=True).select_related("party")
    if field:
        found = found.filter(sectors=field)
    memberships = Count("memberships", filter=Q(memberships__withdrawn_at__isnull=True))
    return (
        found.annotate(membership_count=memberships)
        .prefetch_related("sizes", "sectors")
        .order_by("party__slug")
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
        since(as_of(Membership.objects.standing(), day))
        .select_related("party", "network__party", "via", "pair")
        .prefetch_related("acts", Prefetch("pair__signatories", Signatory.objects.select_related("party")))
    )


def members_of(network: Network, day: dt.date) -> "QuerySet[Membership]":
    """A network's memberships with status, since and acts, by name."""
    return _rows(day).filter(network=network).order_by("party__slug")


def memberships_of(party: Party, day: dt.date) -> "QuerySet[Membership]":
    """A party's memberships with status, since and acts, oldest first."""
    return _rows(day).filter(party=party).order_by(F("since").asc(nulls_last=True), "network__party__name")


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
