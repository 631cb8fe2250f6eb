"""Questions on networks: lists, pages, members on a day."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, F, IntegerField, Max, OrderBy, Prefetch, Q, QuerySet, Value, When

from twinhall.core.ties import at_status, with_status
from twinhall.networks.models import (
    Membership,
    MembershipStatus,
    Network,
    Post,
)
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Signatory


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


def member_roll(network: Network, day: dt.date) -> "QuerySet[Membership]":
    """Those that are members of a network on the day, and no others, by running number and name."""
    found = at(_rows(day).filter(network=network), MembershipStatus.MEMBER, day)
    return found.order_by(F("number").asc(nulls_last=True), "party__slug")


def memberships_of(party: Party, day: dt.date) -> "QuerySet[Membership]":
    """A party's memberships with status, since and acts, oldest first; the party itself is not read again."""
    found = _rows(day).filter(party=party).select_related(None).select_related("network__party", "pair")
    return found.order_by("undated", "since", "network__party__name")


def posts_of(party: Party) -> "QuerySet[Post]":
    """What a party does or did in networks."""
    return Post.objects.filter(party=party).select_related("network__party", "body").order_by("since", "pk")


def members_in_order(
    network: Network, day: dt.date, *, statuses: Sequence[str], country: str = ""
) -> "QuerySet[Membership]":
    """A network's memberships as ``members_of`` gives them, but those of the first status first.

    ``country`` leaves only the members of one country. Their network is left to the caller, who has it.
    """
    found = members_of(network, day).select_related(None).select_related("party", "pair")
    if country:
        found = found.filter(party__country=country)
    places = [When(status=status, then=Value(place)) for place, status in enumerate(statuses)]
    place = Case(*places, default=Value(len(places)), output_field=IntegerField())
    return found.order_by(place, "party__slug")


def pairs_in(network: Network, day: dt.date) -> tuple[list[Partnership], dict[int, str]]:
    """The pairs that memberships belong to, and the status of each party of theirs that has one.

    Three queries for any number of them.
    """
    paired = Membership.objects.standing().filter(network=network, pair__isnull=False)
    signatories = Prefetch("signatories", Signatory.objects.select_related("party"))
    pairs = Partnership.objects.filter(pk__in=paired.values("pair")).prefetch_related(signatories)
    found = list(pairs.order_by("slug"))
    sides = {signatory.party_id for pair in found for signatory in pair.signatories.all()}
    return found, _status_of(network, day, sides) if sides else {}


def _status_of(network: Network, day: dt.date, parties: Collection[int]) -> dict[int, str]:
    found = as_of(Membership.objects.standing().filter(network=network, party__in=parties), day)
    return dict(found.order_by().values_list("party", "status"))  # type: ignore[misc]  # annotated


@dataclass(frozen=True)
class MemberCount:
    """Our own count of members on a day, next to what networks are said to count."""

    members: int
    countries: int


@dataclass(frozen=True)
class Tally:
    """How many memberships of a network have which status on a day, by country."""

    counts: Mapping[tuple[str, str], int]
    """By status and country."""

    @property
    def members(self) -> MemberCount:
        """Those that are members, and the countries of those parties that have one."""
        members = {c: n for (status, c), n in self.counts.items() if status == MembershipStatus.MEMBER}
        return MemberCount(sum(members.values()), len({country for country in members if country}))

    @property
    def total(self) -> int:
        """All memberships, whatever their status."""
        return sum(self.counts.values())

    @cached_property
    def by_country(self) -> Mapping[str, int]:
        """All memberships, whatever their status."""
        return _summed((country, n) for (_status, country), n in self.counts.items())

    def by_status(self, country: str = "") -> Mapping[str, int]:
        """Of one country, or of all."""
        return _summed((status, n) for (status, c), n in self.counts.items() if country in ("", c))


def _summed(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name, count in pairs:
        found[name] = found.get(name, 0) + count
    return found


def tally(network: Network, day: dt.date) -> Tally:
    """Count the memberships of a network by status and country; one query."""
    found = as_of(Membership.objects.standing().filter(network=network), day).order_by()
    rows = found.values_list("status", "party__country").annotate(count=Count("pk"))  # type: ignore[misc]  # annotated
    return Tally({(status, country): count for status, country, count in rows})


# Running numbers ---------------------------------------------------------------------------------------


def has_number(network: int, number: int, *, but: Membership | None = None) -> bool:
    """Whether a membership of the network, other than ``but``, has this running number."""
    found = Membership.objects.standing().filter(network=network, number=number)
    return (found.exclude(pk=but.pk) if but else found).exists()


def next_number(network: Network) -> int:
    """The running number after the highest one that was ever given: none is given twice."""
    highest = Membership.objects.filter(network=network).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def is_member(network: Network, party: Party, day: dt.date) -> bool:
    """Whether the party is a member of the network on the day."""
    found = Membership.objects.standing().filter(network=network, party=party)
    return at(found, MembershipStatus.MEMBER, day).exists()
