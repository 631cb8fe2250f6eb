"""Words of data sets, entered by the ten thousands.

A table that an operator loads is accepted as it comes: who decided, and when, stands on each statement, so
no decision is noted beside it. What makes it quick is that a record which is founded with its words gets its
columns before it is written; on records that the register has, the words are weighed as all others are.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from twinhall.accounts.models import User
from twinhall.core.copying import copy
from twinhall.evidence import values
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.evidence.settling import BATCH, Place, Ranker, is_finer, set_field, settle, subject_type
from twinhall.evidence.sorts import EXISTS, MANY

_COLUMNS = (
    "subject_type",
    "subject_id",
    "field",
    "language",
    "as_printed",
    "stated",
    "stated_hash",
    "value",
    "source_id",
    "origin",
    "first_seen",
    "last_seen",
    "verdict",
    "decided_by_id",
    "decided_at",
    "in_force",
)


class Word(NamedTuple):
    """What a source states of one field of one record, as the field's canonical text (``values.normalise``).

    ``row`` says which row of the table it came from.
    """

    model: type[models.Model]
    subject: int
    field: str
    value: str
    source: int
    row: int
    language: str = ""
    as_printed: str = ""


@transaction.atomic
def enter(
    words: Iterable[Word],
    *,
    founded: Sequence[models.Model],
    sources: Mapping[int, Source],
    by: User,
    origin: str,
    rank: Ranker,
) -> set[int]:
    """Write the records that are founded, and accept the words; give the rows that told something new.

    ``founded`` are unsaved records whose primary keys are reserved; their sourced columns are set here from
    the words on them, which are all that is said of them. ``sources`` are those of the words, by primary key.
    """
    new = {(type(record), record.pk) for record in founded}
    once = {(w.model, w.subject, w.field, w.language, w.value, w.source): w for w in reversed(list(words))}
    first: list[Word] = []
    later: list[Word] = []
    for word in reversed(once.values()):
        (first if (word.model, word.subject) in new else later).append(word)
    later = _unknown(later, sources)
    in_force = _set_columns(founded, first, sources)
    for model, group in _by_model(founded).items():
        columns = [field.attname for field in model._meta.local_concrete_fields]
        copy(model, columns, ([getattr(record, column) for column in columns] for record in group))
    now = timezone.now()
    rows = [_row(w, sources, by, origin, now, in_force=id(w) in in_force) for w in first]
    rows += [_row(w, sources, by, origin, now, in_force=False) for w in later]
    copy(Statement, _COLUMNS, rows)
    settle({_place(word) for word in later}, rank)
    return {word.row for word in (*first, *later)}


def _by_model(records: Iterable[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    found: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for record in records:
        found[type(record)].append(record)
    return found


def _place(word: Word) -> Place:
    return Place(subject_type(word.model), word.subject, word.field, word.language)


@lru_cache(maxsize=100_000)
def _hash(stated: str) -> str:
    return hashlib.sha256(stated.encode()).hexdigest()


def _row(
    word: Word, sources: Mapping[int, Source], by: User, origin: str, now: dt.datetime, *, in_force: bool
) -> Sequence[object]:
    read_on = sources[word.source].read_on
    return (
        subject_type(word.model),
        word.subject,
        word.field,
        word.language,
        word.as_printed,
        word.value,
        _hash(word.value),
        word.value,
        word.source,
        origin,
        read_on,
        read_on,
        Verdict.ACCEPTED.value,
        by.pk,
        now,
        in_force,
    )


# Words on records that the register has ----------------------------------------------------------------


def _unknown(words: Sequence[Word], sources: Mapping[int, Source]) -> list[Word]:
    """The words that are not kept yet; those that are were seen again."""
    kept: dict[tuple[str, int, str, str, str, int], tuple[int, dt.date]] = {}
    for found in _kept(words):
        kept[found[:6]] = found[6:]
    new, seen = [], defaultdict(list)
    for word in words:
        key = (
            subject_type(word.model),
            word.subject,
            word.field,
            word.language,
            _hash(word.value),
            word.source,
        )
        known = kept.get(key)
        if known is None:
            new.append(word)
        elif known[1] < sources[word.source].read_on:
            seen[sources[word.source].read_on].append(known[0])
    for day, pks in seen.items():
        for start in range(0, len(pks), BATCH):
            Statement.objects.filter(pk__in=pks[start : start + BATCH]).update(last_seen=day)
    return new


def _kept(words: Sequence[Word]) -> Iterator[Any]:
    """The identity, primary key and last day of what the words' sources state of their records already."""
    said_by = {word.source for word in words}
    subjects: dict[str, set[int]] = defaultdict(set)
    for word in words:
        subjects[subject_type(word.model)].add(word.subject)
    for kind, wanted in subjects.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), BATCH):
            yield from Statement.objects.filter(
                subject_type=kind, subject_id__in=ordered[start : start + BATCH], source__in=said_by
            ).values_list(
                "subject_type",
                "subject_id",
                "field",
                "language",
                "stated_hash",
                "source_id",
                "pk",
                "last_seen",
            )


# Records that are founded with their words -------------------------------------------------------------


def _set_columns(
    founded: Iterable[models.Model], words: Sequence[Word], sources: Mapping[int, Source]
) -> set[int]:
    """Set the columns of new records from the words on them; give the identities of those in force."""
    places: dict[tuple[type[models.Model], int, str, str], list[Word]] = defaultdict(list)
    for word in words:
        places[word.model, word.subject, word.field, word.language].append(word)
    records = {(type(record), record.pk): record for record in founded}
    in_force = set()
    for (model, subject, field, _language), group in places.items():
        if values.sort_of(model, field) is MANY:
            raise TypeError(f"{field} of {model.__name__} is a set: it is not founded in bulk.")
        best = _best(group, sources)
        in_force.add(id(best))
        record = records[model, subject]
        if field != EXISTS:
            set_field(record, _place(best), [best.value])
        elif hasattr(record, "source_count"):
            record.source_count = len({word.source for word in group if word.value == "yes"})
    return in_force


def _best(group: Sequence[Word], sources: Mapping[int, Source]) -> Word:
    """The newest word, or one that says the same more exactly; as ``settle`` chooses among equals."""
    if len(group) == 1:
        return group[0]
    best, *others = sorted(group, key=lambda word: -_age(sources[word.source]))
    for other in others:
        if is_finer(other.model, other.field, other.value, best.value):
            best = other
    return best


def _age(source: Source) -> int:
    return (source.dated.last_day if source.dated else source.read_on).toordinal()
