"""What was found, sorted: towns and regions, networks, projects; and by country."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from twinhall.core.sql import among, rows
from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.lookups import Spot
from twinhall.parties.models import PartyKind


class Sort(models.TextChoices):
    PARTY = "party", _("Cities, regions and others")
    NETWORK = "network", _("Networks and associations")
    PROJECT = "project", _("Projects")


class Sorted(NamedTuple):
    """A record that was found, what sort it is of, and its countries: of a project, those of its partners."""

    spot: Spot
    sort: Sort
    countries: frozenset[str]


def sorted_spots(spots: Sequence[Spot]) -> list[Sorted]:
    """What these spots are, in their order, without those withdrawn since; at most two queries."""
    of_kind = {
        kind: read(pks) if (pks := [spot.pk for spot in spots if spot.kind == kind]) else {}
        for kind, read in ((PARTY, _parties), (PROJECT, _projects))
    }
    return [Sorted(spot, *told) for spot in spots if (told := of_kind[spot.kind].get(spot.pk))]


def _parties(pks: Sequence[int]) -> dict[int, tuple[Sort, frozenset[str]]]:
    which = among("id", pks)
    sql = f"SELECT id, kind, country FROM parties_party WHERE withdrawn_at IS NULL AND {which.sql}"  # noqa: S608 - ours
    return {
        pk: (Sort.NETWORK if kind == PartyKind.ASSOCIATION else Sort.PARTY, _only(country))
        for pk, kind, country in rows(sql, *which.values)
    }


@cache
def _only(country: str) -> frozenset[str]:
    """A country as a set; the empty one where it is not known."""
    return frozenset({country} - {""})


def _projects(pks: Sequence[int]) -> dict[int, tuple[Sort, frozenset[str]]]:
    """A partner is a party or, where none is named, a country."""
    which = among("j.id", pks)
    told = rows(
        "SELECT DISTINCT j.id, COALESCE(p.country, t.country, '') FROM projects_project j "  # noqa: S608 - ours
        "LEFT JOIN projects_participation t ON t.project_id = j.id "
        "LEFT JOIN parties_party p ON p.id = t.party_id "
        f"WHERE j.withdrawn_at IS NULL AND {which.sql}",
        *which.values,
    )
    countries: dict[int, set[str]] = defaultdict(set)
    for pk, country in told:
        countries[pk].add(country)
    return {pk: (Sort.PROJECT, frozenset(found - {""})) for pk, found in countries.items()}
