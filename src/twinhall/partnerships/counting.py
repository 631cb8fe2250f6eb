"""How many ties parties have, for lists that show it or are sorted by it."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from twinhall.partnerships.models import Signatory, Status

if TYPE_CHECKING:
    from twinhall.parties.models import Party


def in_force(day: dt.date) -> "QuerySet[Signatory]":
    """The parties to all partnerships that are in force on the day; joined, so that it is quick for a few."""
    return Signatory.objects.order_by().filter(
        partnership__withdrawn_at__isnull=True,
        partnership__spells__status=Status.IN_FORCE,
        partnership__spells__starts__lte=day,
        partnership__spells__ends__gte=day,
    )


def with_ties(parties: "QuerySet[Party]", day: dt.date) -> "QuerySet[Party]":
    """Annotate ``ties``: the partnerships in force on the day."""
    theirs = in_force(day).filter(party=OuterRef("pk")).values("party")
    counted = theirs.annotate(n=Count("pk")).values("n")
    return parties.annotate(ties=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def ties_by_party(day: dt.date) -> dict[int, int]:
    """How many partnerships in force on the day each party has, by primary key; one query for them all."""
    in_force = Signatory.objects.filter(
        partnership__withdrawn_at__isnull=True,
        partnership__spells__status=Status.IN_FORCE,
        partnership__spells__starts__lte=day,
        partnership__spells__ends__gte=day,
    )
    return dict(in_force.order_by().values_list("party").annotate(Count("pk")))


def ties_by_country() -> dict[str, int]:
    """How many partnerships each country has a side in, by ISO 3166-1 alpha-2; one query.

    A tie within a country counts once. It reads every signature: keep the answer where it is shown often.
    """
    signed = Signatory.objects.filter(partnership__withdrawn_at__isnull=True).exclude(party__country="")
    counted = signed.order_by().values_list("party__country")
    return dict(counted.annotate(Count("partnership", distinct=True)))
