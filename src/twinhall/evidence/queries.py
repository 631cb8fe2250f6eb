"""Questions on sources and statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from twinhall.evidence import values
from twinhall.evidence.models import Source, SourceKind, Statement, Verdict
from twinhall.evidence.sorts import MANY, PER_LANGUAGE

OPEN = (Verdict.PROPOSED, Verdict.ACCEPTED)
About = dict[tuple[str, int], list[Statement]]


def statements_about(records: Iterable[models.Model]) -> About:
    """The accepted and proposed statements on records, with their sources, by (kind, primary key).

    One query for any number of records.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for record in records:
        ids[record._meta.label_lower].add(record.pk)
    wanted = Q(pk__in=[])
    for kind, pks in ids.items():
        wanted |= Q(subject_type=kind, subject_id__in=pks)
    found: About = defaultdict(list)
    for statement in (
        Statement.objects.filter(wanted, verdict__in=OPEN)
        .select_related("source", "decided_by")
        .order_by("pk")
    ):
        found[statement.subject_type, statement.subject_id].append(statement)
    return found


def _one_valued() -> Q:
    """Statements on fields that hold one value: there two sources can contradict each other."""
    wanted = Q(pk__in=[])
    for model in apps.get_models():
        for field, sort in getattr(model, "sourced_fields", {}).items():
            if sort not in (MANY, PER_LANGUAGE):
                wanted |= Q(subject_type=model._meta.label_lower, field=field) & _compared(model, field)
    return wanted | Q(field="exists")


def _compared(model: type[models.Model], field: str) -> Q:
    """Leaves out the records of which words on the field never contradict each other."""
    column, held = getattr(model, "uncompared", {}).get(field, ("pk", ()))
    return (
        ~Q(subject_id__in=model._base_manager.filter(**{f"{column}__in": held}).values("pk")) if held else Q()
    )


def disputed_places() -> "QuerySet[Statement, dict[str, object]]":
    """Fields of one value on which accepted or proposed statements state more than one thing."""
    places = (
        Statement.objects.filter(_one_valued(), verdict__in=OPEN)
        .order_by()
        .values("subject_type", "subject_id", "field")
        .annotate(said=Count("stated_hash", distinct=True))
        .filter(said__gt=1)
    )
    return cast("QuerySet[Statement, dict[str, object]]", places)


def disagreements(among: Q | None = None) -> list[list[Statement]]:
    """Groups of statements on one field of one record that do not agree, each with its sources.

    A coarser date agrees with a finer one, so candidates are compared by what they mean. ``among`` narrows
    the statements to those on some records.
    """
    # A subquery, as any number of places may be disputed, and a condition for each has a limit.
    here = disputed_places().filter(
        subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"), field=OuterRef("field")
    )
    groups: dict[tuple[str, int, str], list[Statement]] = defaultdict(list)
    for statement in (
        Statement.objects.filter(Exists(here), among or Q(), verdict__in=OPEN)
        .select_related("source", "decided_by")
        .order_by("-in_force", "pk")
    ):
        groups[statement.subject_type, statement.subject_id, statement.field].append(statement)
    return [group for group in groups.values() if disagree(group)]


def disagree(group: Sequence[Statement], *, corrected: bool = False) -> bool:
    """Whether any two of the statements on one field state what cannot both be so.

    With ``corrected``, what counts is what they should read: an error in print is then no contradiction.
    """
    model = apps.get_model(group[0].subject_type)
    field = group[0].field
    said = {s.value if corrected else s.stated for s in group}
    return any(not values.agree(model, field, one, other) for one in said for other in said)


def freshness(statement: Statement) -> tuple[bool, int, int]:
    """A key that sorts the words of one side, the one that counts first.

    What people state here comes before their pages, which may be old however often they are read; then the
    newest.
    """
    dated = statement.source.dated
    age = dated.last_day if dated else statement.last_seen
    return statement.source.kind != SourceKind.OWN_STATEMENT, -age.toordinal(), statement.pk


def last_words(said: Iterable[Statement]) -> list[Statement]:
    """What one side says of each field now; its earlier words no longer stand against another's."""
    last: dict[tuple[str, int, str], Statement] = {}
    for statement in sorted(said, key=freshness, reverse=True):
        last[statement.subject_type, statement.subject_id, statement.field] = statement
    return list(last.values())


def printed_in_error() -> "QuerySet[Statement]":
    """What sources state that was corrected, with the reason."""
    return (
        Statement.objects.exclude(stated=F("value"))
        .filter(verdict__in=OPEN)
        .select_related("source", "decided_by")
        .order_by("subject_type", "subject_id", "pk")
    )


def statements_of(source: Source) -> "QuerySet[Statement]":
    """What a source states, record by record."""
    return source.statements.select_related("source", "decided_by").order_by(
        "subject_type", "subject_id", "field", "language", "pk"
    )
