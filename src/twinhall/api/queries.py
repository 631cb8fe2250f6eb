"""Questions that only the API asks."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import Model, Q, QuerySet

from twinhall.evidence.models import Source, Statement
from twinhall.evidence.queries import OPEN, About, disagreements, disputed_places, statements_of
from twinhall.finder.queries import named
from twinhall.networks.models import Body, Membership, MembershipAct, Network, NetworkSize, Post
from twinhall.networks.narrowing import in_network
from twinhall.parties.models import Contact, Name, Party, Succession
from twinhall.parties.queries import PARTY_ORDERS as PLAIN_ORDERS
from twinhall.parties.queries import party_list
from twinhall.partnerships.counting import with_ties
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import Activity, Output, Participation, Programme, Project, ProjectSize


def withdrawn(known: "QuerySet[Any]", **address: object) -> Any | None:  # noqa: ANN401 - any record
    """The record that stood at an address and was withdrawn; none where there never was one."""
    return known.filter(**address, withdrawn_at__isnull=False).first()


def has_party(slug: str) -> bool:
    """Whether a party stands at this slug."""
    return Party.objects.standing().filter(slug=slug).exists()


def has_network(slug: str) -> bool:
    """Whether a network stands at this slug."""
    return Network.objects.filter(party__slug=slug, party__withdrawn_at__isnull=True).exists()


def has_programme(slug: str) -> bool:
    """Whether there is a programme of this slug."""
    return Programme.objects.filter(slug=slug).exists()


TIES: Mapping[str, tuple[str, ...]] = {"ties": ("ties", "slug"), "-ties": ("-ties", "slug")}
PARTY_ORDERS = (*PLAIN_ORDERS, *TIES)


def parties(
    day: dt.date, *, q: str = "", network: str = "", order: str = "name", **asked: str
) -> "QuerySet[Party]":
    """The parties that the filters let through, in one of PARTY_ORDERS; members and ties are the day's."""
    among = named(q, Party) if q else Q()
    if network:
        among &= in_network(network, day)
    if order not in TIES:
        return party_list(**asked, among=among, order=order)
    return with_ties(party_list(**asked, among=among), day).order_by(*TIES[order])


def memberships_of(*, party: str = "", country: str = "") -> Q:
    """The memberships of a party, by its slug, or of the parties of a country."""
    found = Q()
    if party:
        found &= Q(party__slug=party)
    if country:
        found &= Q(party__country=country)
    return found


def projects_of(party: str) -> Q:
    """The projects that a party takes part in, by its slug; all where none is given."""
    if not party:
        return Q()
    return Q(pk__in=Participation.objects.filter(party__slug=party).values("project"))


def open_statements_of(source: Source) -> "QuerySet[Statement]":
    """What a source states and nobody has rejected, record by record."""
    return statements_of(source).filter(verdict__in=OPEN)


# The record of the API that a statement belongs to: its collection, and the path to what it is called there.
PLACES: Mapping[type[Model], tuple[str, str]] = {
    Party: ("parties", "slug"),
    Name: ("parties", "party__slug"),
    Contact: ("parties", "party__slug"),
    Succession: ("parties", "successor__slug"),
    Partnership: ("partnerships", "slug"),
    Act: ("partnerships", "partnership__slug"),
    Network: ("networks", "party__slug"),
    NetworkSize: ("networks", "network__party__slug"),
    Body: ("networks", "network__party__slug"),
    Post: ("networks", "network__party__slug"),
    Membership: ("memberships", "pk"),
    MembershipAct: ("memberships", "membership"),
    Project: ("projects", "slug"),
    ProjectSize: ("projects", "project__slug"),
    Activity: ("projects", "project__slug"),
    Output: ("projects", "project__slug"),
    Participation: ("projects", "project__slug"),
}
_MODELS = {model._meta.label_lower: model for model in PLACES}


Places = Mapping[tuple[str, int], tuple[str, object]]
"""The collection and the key of the records that statements belong to, by (kind, primary key)."""


def places_of(statements: Iterable[Statement]) -> Places:
    """The records of the API that statements belong to.

    One query for each kind of record. A statement on a programme belongs to no record of its own.
    """
    wanted: dict[str, set[int]] = {}
    for statement in statements:
        wanted.setdefault(statement.subject_type, set()).add(statement.subject_id)
    found: dict[tuple[str, int], tuple[str, object]] = {}
    for kind, pks in wanted.items():
        if kind in _MODELS:
            collection, path = PLACES[_MODELS[kind]]
            rows = _MODELS[kind]._base_manager.filter(pk__in=pks).values_list("pk", path)
            found |= {(kind, pk): (collection, key) for pk, key in rows}
    return found


def sources_in(about: About) -> set[int]:
    """The primary keys of the sources of all these statements."""
    return {statement.source_id for found in about.values() for statement in found}


Place = tuple[str, int, str]
"""A field of a record: its kind, its primary key, the field."""


def disputed() -> "QuerySet[Statement, dict[str, object]]":
    """Fields on which more than one thing is stated, record by record; some of that may yet agree."""
    return disputed_places().order_by("subject_type", "subject_id", "field")


def disagreements_at(rows: Iterable[Mapping[str, object]]) -> list[list[Statement]]:
    """What is stated of each of these fields, of those alone where it cannot all be so; one query."""
    places = [cast("Place", (row["subject_type"], row["subject_id"], row["field"])) for row in rows]
    if not places:
        return []
    ids: dict[str, set[int]] = {}
    for kind, pk, _field in places:
        ids.setdefault(kind, set()).add(pk)
    among = Q()
    for kind, pks in ids.items():
        among |= Q(subject_type=kind, subject_id__in=pks)
    groups = {(g[0].subject_type, g[0].subject_id, g[0].field): g for g in disagreements(among)}
    return [groups[place] for place in places if place in groups]


def networks_among(parties: Iterable[Party]) -> set[int]:
    """Which of these parties are networks, by their primary keys; one query, or none."""
    pks = [party.pk for party in parties if party.is_association]
    return set(Network.objects.filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
