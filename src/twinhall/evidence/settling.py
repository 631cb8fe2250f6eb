"""Working out which words are in force, and writing them into the records' columns."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from django.apps import apps
from django.db import IntegrityError, models, transaction

from twinhall.evidence import values
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.queries import freshness
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE

BATCH = 500

Ranks = Mapping[int, int]
Ranker = Callable[[Sequence[Statement]], Ranks]
"""Ranks statements, by their primary keys: the lowest is in force. Worked out where publishers are known."""


class Place(NamedTuple):
    """One field of one record, and for a text its language: where statements compete."""

    subject_type: str
    subject_id: int
    field: str
    language: str


def subject_type(model: type[models.Model] | models.Model) -> str:
    """How statements call a model: ``partnerships.act``."""
    return model._meta.label_lower


def place_of(statement: Statement) -> Place:
    """Where a statement competes."""
    return Place(statement.subject_type, statement.subject_id, statement.field, statement.language)


def model_of(name: str) -> type[models.Model]:
    """The model that statements call so."""
    return apps.get_model(name)


def on_subjects(statements: Iterable[Statement]) -> Iterable[Statement]:
    """All kept statements on the records that these are about."""
    ids: dict[str, set[int]] = defaultdict(set)
    for statement in statements:
        ids[statement.subject_type].add(statement.subject_id)
    for kind, wanted in ids.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), BATCH):
            yield from Statement.objects.filter(
                subject_type=kind, subject_id__in=ordered[start : start + BATCH]
            ).select_related("source__document")


def settle(places: set[Place], rank: Ranker, *, leaving: AbstractSet[int] = frozenset()) -> None:
    """Work out anew which statements on these places are in force, and write their columns.

    Those that are ``leaving`` are weighed with the others, but take no force.
    """
    subjects = [Statement(subject_type=p.subject_type, subject_id=p.subject_id) for p in places]
    competing: dict[Place, list[Statement]] = {place: [] for place in places}
    for statement in on_subjects(subjects):
        if statement.verdict == Verdict.ACCEPTED and place_of(statement) in competing:
            competing[place_of(statement)].append(statement)
    ranks = rank([s for group in competing.values() for s in group])
    chosen = {
        place: _in_force(place, [s for s in group if s.pk not in leaving], ranks)
        for place, group in competing.items()
    }
    _mark([s for group in competing.values() for s in group], {s.pk for g in chosen.values() for s in g})
    _write(chosen)
    _count_sources(competing)


def _in_force(place: Place, group: Sequence[Statement], ranks: Ranks) -> list[Statement]:
    model = model_of(place.subject_type)
    if not group or values.sort_of(model, place.field) is MANY:
        return list(group)
    best, *others = sorted(group, key=lambda s: (not s.preferred, ranks[s.pk], *freshness(s)))
    for other in others if not best.preferred else []:
        if is_finer(model, place.field, other.value, best.value):
            best = other
    return [best]


def is_finer(model: type[models.Model], field: str, one: str, other: str) -> bool:
    """Whether one value says the same as the other, more exactly."""
    exact = values.grade(model, field, one) > values.grade(model, field, other)
    return exact and values.agree(model, field, one, other)


def _mark(group: Sequence[Statement], chosen: set[int]) -> None:
    """Take force from those that lose it before giving it: the database holds one at a time."""
    for in_force in (False, True):
        moved = [s for s in group if s.in_force != in_force and (s.pk in chosen) is in_force]
        update(moved, in_force=in_force)


def update(statements: Iterable[Statement], **columns: object) -> None:
    """Set the same values on all these statements and on their rows."""
    changed = list(statements)
    for statement in changed:
        for column, value in columns.items():
            setattr(statement, column, value)
    for start in range(0, len(changed), BATCH):
        batch = [statement.pk for statement in changed[start : start + BATCH]]
        Statement.objects.filter(pk__in=batch).update(**columns)


def _write(chosen: Mapping[Place, Sequence[Statement]]) -> None:
    by_model: dict[str, dict[int, list[tuple[Place, Sequence[Statement]]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for place, group in chosen.items():
        if place.field != EXISTS:
            by_model[place.subject_type][place.subject_id].append((place, group))
    for kind, wanted in by_model.items():
        model = model_of(kind)
        changed: list[models.Model] = []
        columns: set[str] = set()
        for record in model._base_manager.filter(pk__in=list(wanted)):
            moved = [
                p.field for p, group in wanted[record.pk] if set_field(record, p, [s.value for s in group])
            ]
            if moved:
                changed.append(record)
                columns.update(moved)
        if columns:
            _save(model, changed, sorted(columns))


def _save(model: type[models.Model], changed: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Write the columns. Raises ValidationError, in the words of the constraint that one of them breaks."""
    try:
        with transaction.atomic():
            model._base_manager.bulk_update(changed, columns, batch_size=BATCH)
    except IntegrityError:
        for record in changed:
            record.validate_constraints()
        raise


def _count_sources(accepted: Mapping[Place, Sequence[Statement]]) -> None:
    """Write how many sources say that a record exists, where its model has the column ``source_count``."""
    counted: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, group in accepted.items():
        if place.field == EXISTS and hasattr(model_of(place.subject_type), "source_count"):
            count = len({s.source_id for s in group if s.value == "yes"})
            counted[place.subject_type, count].append(place.subject_id)
    for (kind, count), pks in counted.items():
        for start in range(0, len(pks), BATCH):
            rows = model_of(kind)._base_manager.filter(pk__in=pks[start : start + BATCH])
            rows.exclude(source_count=count).update(source_count=count)


def set_field(record: models.Model, place: Place, said: Sequence[str]) -> bool:
    """Set one field to what stands in force of it; say whether the record's row must be saved."""
    sort = values.sort_of(type(record), place.field)
    found = [values.python(type(record), place.field, value) for value in said]
    if sort is MANY:
        getattr(record, place.field).set(dict.fromkeys(found))
        return False
    column = values.holder(type(record), place.field)
    before = getattr(record, column.attname)
    if sort is PER_LANGUAGE:
        texts: dict[str, Any] = dict(before)
        texts.pop(place.language, None)
        setattr(record, place.field, texts | ({place.language: found[0]} if found else {}))
    else:
        empty = None if column.null else column.get_default()
        setattr(record, column.attname, found[0] if found else empty)
    return bool(getattr(record, column.attname) != before)
