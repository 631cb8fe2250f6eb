"""Questions on sources and statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import TypeAlias, cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from twinhall.core.fields import Reading
from twinhall.evidence import values
from twinhall.evidence.models import Source, SourceKind, Statement, Verdict
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE

OPEN = (Verdict.PROPOSED, Verdict.ACCEPTED)
About = dict[tuple[str, int], list[Statement]]
Place: TypeAlias = tuple[str, int, str]
"""A field of a record: its kind, its primary key, the field."""
Places: TypeAlias = "QuerySet[Statement, dict[str, object]]"


def statements_about(records: Iterable[models.Model], *, sources: Collection[int] | None = None) -> About:
    """The accepted and proposed statements on records, with their sources, by (kind, primary key).

    ``sources``: of these alone, by primary key. One query for any number of records.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for record in records:
        ids[record._meta.label_lower].add(record.pk)
    wanted = Q(pk__in=[])
    for kind, pks in ids.items():
        wanted |= Q(subject_type=kind, subject_id__in=pks)
    found: About = defaultdict(list)
    wanted &= Q() if sources is None else Q(source__in=sources)
    told = Statement.objects.filter(wanted, verdict__in=OPEN).select_related("source", "decided_by")
    # Sorted here: to order by a column costs Django a look at each of the fifty that are read.
    for statement in sorted(told.order_by(), key=lambda statement: statement.pk):
        found[statement.subject_type, statement.subject_id].append(statement)
    return found


def _compared_fields() -> Iterator[tuple[type[models.Model], str]]:
    """The fields that hold one value, on which two sources can contradict each other; not so `exists`."""
    for model in apps.get_models():
        never = {name for name, rule in getattr(model, "uncompared", {}).items() if rule is None}
        for field, sort in getattr(model, "sourced_fields", {}).items():
            if sort not in (MANY, PER_LANGUAGE) and field not in never:
                yield model, field


def _compared(model: type[models.Model], field: str) -> Q:
    """The statements on a field that can contradict each other (``sorts.py``)."""
    here = Q(subject_type=model._meta.label_lower, field=field)
    column, held = getattr(model, "uncompared", {}).get(field, ("pk", ()))
    seen = model._base_manager.filter(**{f"{column}__in": held}).values("pk")
    return here & ~Q(subject_id__in=seen) if held else here


def _no_labels() -> Q:
    """The statements that are more than a data set's label of a record: no contradiction is without one."""
    named = ((model, field) for model in apps.get_models() for field in getattr(model, "labels", ()))
    labels = reduce(or_, (Q(subject_type=model._meta.label_lower, field=field) for model, field in named))
    return ~(labels & Q(source__kind=SourceKind.DATASET))


def _places(found: Q) -> Places:
    """Fields of records on which such statements still stand, and not only labels of data sets."""
    places = Statement.objects.filter(found, verdict__in=OPEN).order_by()
    places = places.values("subject_type", "subject_id", "field")  # type: ignore[assignment]
    return cast("Places", places.annotate(heard=Count("pk", filter=_no_labels())).filter(heard__gt=0))


def disputed_places() -> Places:
    """Fields of one value on which accepted or proposed statements state more than one thing."""
    wanted = reduce(or_, (_compared(model, field) for model, field in _compared_fields()))
    said = Count("stated_hash", distinct=True)
    return _places(wanted | Q(field=EXISTS)).annotate(said=said).filter(said__gt=1)


def contradictions(among: Q | None = None) -> list[Place]:
    """Where sources contradict each other as they should read, as (kind, primary key, field), in that order.

    ``among`` narrows the statements that are heard.

    What was corrected so that its values agree is an error in print, not a contradiction that stands. One
    query for each sort of column reads all that is stated: keep what it answers (``web/worked_out.py``).
    """
    found: list[Place] = []
    for readings, wanted in _by_readings():
        counts = {f"said_{n}": Count(reading, distinct=True) for n, reading in enumerate(readings)}
        apart = reduce(or_, (Q(**{f"{name}__gt": 1}) for name in counts))
        rows = _places(wanted & (among or Q())).annotate(**counts).filter(apart)
        found += rows.values_list("subject_type", "subject_id", "field")
    return sorted(found)


def _by_readings() -> list[tuple[list[Reading], Q]]:
    """The statements that can contradict each other, by how their values are compared."""
    sorts: dict[str, tuple[list[Reading], Q]] = {}
    for model, field in _compared_fields():
        readings = values.readings(model, field, "value")
        key = repr(readings)
        known = sorts.get(key, (readings, Q(pk__in=[])))[1]
        sorts[key] = readings, known | _compared(model, field)
    return [*sorts.values(), ([F("value")], Q(field=EXISTS))]


def said_at(places: Iterable[Place]) -> list[list[Statement]]:
    """The statements that stand on fields of records, of each field those in force first; one query."""
    groups: dict[Place, list[Statement]] = {place: [] for place in places}
    among = Q(pk__in=[])
    for kind in {kind for kind, _pk, _field in groups}:
        among |= Q(subject_type=kind, subject_id__in={pk for k, pk, _field in groups if k == kind})
    for statement in _with_sources(among):
        place = statement.subject_type, statement.subject_id, statement.field
        if place in groups:
            groups[place].append(statement)
    return [group for group in groups.values() if group]


def _with_sources(among: Q) -> "QuerySet[Statement]":
    found = Statement.objects.filter(among, verdict__in=OPEN)
    return found.select_related("source", "decided_by").order_by("-in_force", "pk")


def disagreements(among: Q | None = None) -> list[list[Statement]]:
    """Groups of statements on one field of one record that do not agree, each with its sources.

    A coarser date agrees with a finer one, so candidates are compared by what they mean. ``among`` narrows
    the statements to those on some records.
    """
    # A subquery, as any number of places may be disputed, and a condition for each has a limit.
    here = disputed_places().filter(
        subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"), field=OuterRef("field")
    )
    groups: dict[Place, list[Statement]] = defaultdict(list)
    for statement in _with_sources(Q(Exists(here)) & (among or Q())):
        groups[statement.subject_type, statement.subject_id, statement.field].append(statement)
    return [group for group in groups.values() if disagree(group)]


def disagree(group: Sequence[Statement], *, corrected: bool = False) -> bool:
    """Whether any two of the statements on one field state what cannot both be so.

    With ``corrected``, what counts is what they should read: an error in print is then no contradiction.
    What two data sets label a record with is not compared (``labels`` of the model, ``sorts.py``).
    """
    model = apps.get_model(group[0].subject_type)
    field = group[0].field
    is_label = field in getattr(model, "labels", ())
    said, heard = set(), set()
    for statement in group:
        text = statement.value if corrected else statement.stated
        said.add(text)
        if not is_label or statement.source.kind != SourceKind.DATASET:
            heard.add(text)
    return any(not values.agree(model, field, one, other) for one in heard for other in said)


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


def statements_of(source: Source, *, kind: str = "", field: str = "") -> "QuerySet[Statement]":
    """What a source states, record by record; of one kind of record and one field, if they are given."""
    found = source.statements.select_related("source", "decided_by")
    found = found.filter(subject_type=kind) if kind else found
    found = found.filter(field=field) if field else found
    return found.order_by("subject_type", "subject_id", "field", "pk")


def matters_of(source: Source) -> dict[tuple[str, str], int]:
    """On how many matters a source has a word: its statements by kind of record and field; one query."""
    counted = source.statements.order_by("subject_type", "field").values_list("subject_type", "field")
    return {(kind, field): count for kind, field, count in counted.annotate(count=Count("pk"))}
