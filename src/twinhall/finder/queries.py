"""Finding records by any of their names, in any script."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When

from twinhall.core.text import fold
from twinhall.finder.models import Entry
from twinhall.parties.models import Party
from twinhall.projects.models import Project

PARTY, PROJECT = Party._meta.label_lower, Project._meta.label_lower
MOST = 200


@dataclass(frozen=True)
class Hit:
    """A record that was found, and the name it was found by."""

    record: Party | Project
    text: str
    language: str


def _beginning_with(key: str) -> Q:
    """Keys that begin so, asked in the form that each database answers from its index."""
    if connection.vendor == "postgresql":
        return Q(key__startswith=key)
    return Q(key__gte=key, key__lt=key + "\x7f")


def entries(query: str) -> "QuerySet[Entry]":
    """Index entries whose key begins with the folded query; whole names first, then beginnings."""
    key = fold(query)
    if not key:
        return Entry.objects.none()
    how = Case(
        When(Q(key=key, is_head=True), then=Value(0)),
        When(is_head=True, then=Value(1)),
        When(key=key, then=Value(2)),
        default=Value(3),
    )
    return Entry.objects.filter(_beginning_with(key)).annotate(how=how).order_by("how", "key", "pk")


def named(query: str, model: type[Party] | type[Project], path: str = "pk") -> Q:
    """The records whose ``path`` leads to a party or project that a query finds."""
    found = entries(query).filter(subject_type=model._meta.label_lower).order_by()
    return Q(**{f"{path}__in": found.values("subject_id")})


def search(query: str) -> list[Hit]:
    """Parties, networks and projects by the beginning of any word of any of their names, best first.

    At most MOST entries are looked through. Three queries, however many are found.
    """
    best: dict[tuple[str, int], Entry] = {}
    for entry in entries(query)[:MOST]:
        best.setdefault((entry.subject_type, entry.subject_id), entry)
    parties = Party.objects.standing().in_bulk([pk for kind, pk in best if kind == PARTY])
    projects = Project.objects.standing().in_bulk([pk for kind, pk in best if kind == PROJECT])
    records: dict[tuple[str, int], Party | Project] = {
        **{(PARTY, pk): party for pk, party in parties.items()},
        **{(PROJECT, pk): project for pk, project in projects.items()},
    }
    return [
        Hit(records[place], entry.text, entry.language) for place, entry in best.items() if place in records
    ]
