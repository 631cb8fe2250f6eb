"""Questions of maps: how many ties the parties have, and who the partners of one are."""

from django.db.models import Count, F, QuerySet

from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Signatory


def ties_by_party_of(ties: "QuerySet[Partnership]") -> dict[int, int]:
    """How many of these ties each party has, by primary key; one query."""
    signed = Signatory.objects.filter(partnership__in=ties.order_by().values("pk"))
    return dict(signed.order_by().values_list("party").annotate(Count("pk")))


def partners_in(ties: "QuerySet[Partnership]", party: int) -> "QuerySet[Party]":
    """The other parties of those of these ties that a party (primary key) has; the largest towns first."""
    own = ties.filter(pk__in=Signatory.objects.filter(party=party).values("partnership"))
    others = Signatory.objects.filter(partnership__in=own.order_by().values("pk")).exclude(party=party)
    found = Party.objects.standing().filter(pk__in=others.order_by().values("party"))
    return found.order_by(F("population").desc(nulls_last=True), "slug")
