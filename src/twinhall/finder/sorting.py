"""What was found, sorted: towns and regions, networks, projects; and by country."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.queries import Spot
from twinhall.parties.models import Party, PartyKind
from twinhall.projects.models import Participation, Project


class Sort(models.TextChoices):
    PARTY = "party", _("Cities, regions and others")
    NETWORK = "network", _("Networks and associations")
    PROJECT = "project", _("Projects")


@dataclass(frozen=True, slots=True)
class Sorted:
    """A record that was found, what sort it is of, and its countries: of a project, those of its partners."""

    spot: Spot
    sort: Sort
    countries: frozenset[str]


def sorted_spots(spots: Sequence[Spot]) -> list[Sorted]:
    """What these spots are, in their order, without those withdrawn since; at most three queries."""
    found = {**_parties(spots), **_projects(spots)}
    return [Sorted(spot, *found[spot.kind, spot.pk]) for spot in spots if (spot.kind, spot.pk) in found]


def _parties(spots: Sequence[Spot]) -> dict[tuple[str, int], tuple[Sort, frozenset[str]]]:
    pks = [spot.pk for spot in spots if spot.kind == PARTY]
    rows = Party.objects.standing().filter(pk__in=pks).order_by().values_list("pk", "kind", "country")
    return {
        (PARTY, pk): (
            Sort.NETWORK if kind == PartyKind.ASSOCIATION else Sort.PARTY,
            frozenset({country} - {""}),
        )
        for pk, kind, country in rows
    }


def _projects(spots: Sequence[Spot]) -> dict[tuple[str, int], tuple[Sort, frozenset[str]]]:
    pks = [spot.pk for spot in spots if spot.kind == PROJECT]
    if not pks:
        return {}
    countries: dict[int, set[str]] = defaultdict(set)
    partners = Participation.objects.filter(project__in=pks).order_by()
    for pk, own, party_s in partners.values_list("project", "country", "party__country"):
        countries[pk] |= {own, party_s or ""} - {""}
    standing = Project.objects.standing().filter(pk__in=pks).order_by().values_list("pk", flat=True)
    return {(PROJECT, pk): (Sort.PROJECT, frozenset(countries[pk])) for pk in standing}
