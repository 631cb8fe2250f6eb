"""What a list of partnerships can be narrowed by; each condition is one that an index answers."""

import datetime as dt
from typing import Any

from django.db.models import F, Q

from twinhall.partnerships.models import Partnership, Signatory

MEMBER = "member"
"""``networks.MembershipStatus.MEMBER``: networks stand above partnerships; parties lead to them here."""


def between(*, country: str, region: str, partner_country: str, partner_region: str) -> Q:
    """Ties of a side from one country and region and of another side from another.

    Countries as ISO 3166-1 alpha-2, regions as the code of a first-level division, such as ``DE.02``.
    """
    ours = _from("party", country, region)
    theirs = _from("partnership__signatories__party", partner_country, partner_region)
    if not theirs:
        return _signed_by(ours) if ours else Q()
    if not ours:
        return _signed_by(_from("party", partner_country, partner_region))
    # Two sides of one country are two parties; this is how SQL says so in one join.
    another = Q(partnership__signatories__party__lt=F("party")) | Q(
        partnership__signatories__party__gt=F("party")
    )
    return Q(pk__in=Signatory.objects.filter(another, **ours, **theirs).values("partnership"))


def of_party(slug: str) -> Q:
    """Ties of the party with this address."""
    return _signed_by({"party__slug": slug})


def in_network(slug: str, day: dt.date) -> Q:
    """Ties of a party that is a member of the network of this address on the day."""
    return _signed_by(
        {
            "party__memberships__network__party__slug": slug,
            "party__memberships__withdrawn_at__isnull": True,
            "party__memberships__spells__status": MEMBER,
            "party__memberships__spells__starts__lte": day,
            "party__memberships__spells__ends__gte": day,
        }
    )


def in_field(code: str) -> Q:
    """Ties that work in a field of cooperation."""
    return Q(pk__in=Partnership.fields.through.objects.filter(cooperationfield=code).values("partnership"))


def of_decade(decade: str) -> Q:
    """Ties since a year of a decade, told by its first: ``1990``. Raises ValueError where it is no year."""
    first = int(decade)
    return Q(undated=False, since__gte=f"{first:04}", since__lt=f"{first + 10:04}")


def _from(path: str, country: str, region: str) -> dict[str, Any]:
    told = {"country": country, "region": region}
    return {f"{path}__{column}": value for column, value in told.items() if value}


def _signed_by(parties: dict[str, Any]) -> Q:
    return Q(pk__in=Signatory.objects.filter(**parties).values("partnership"))
