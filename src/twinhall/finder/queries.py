"""Finding records by any of their names, in any script, with any order of words, and with slips in typing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from twinhall.core.sql import Columns, Condition, among, begins, joined, rows
from twinhall.finder import lookups
from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.keys import MOST_WORDS, key_of, words_of
from twinhall.finder.lookups import Spot, elsewhere
from twinhall.finder.models import Entry
from twinhall.finder.typos import beginning, corrections
from twinhall.finder.weights import ties_in
from twinhall.parties.models import Party
from twinhall.projects.models import Project

__all__ = ["PARTY", "PROJECT", "Found", "Hit", "Spot", "entries", "find", "hits", "named", "search"]

R = TypeVar("R", Party, Project)

MOST = 1000
"""How many records are found at most."""
FEW = 3
"""With fewer, others are looked for that are called nearly so."""
_LEADING = {1: "one", 2: "two"}
_LEAST_DRIVING = 3
_LEAST_DOUBTED = 5
_PARTY = Columns(Party, "id", "slug", "kind", "name", "language", "country")
_PROJECT = Columns(Project, "id", "slug", "title", "short")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first; those from ``similar`` on are called only nearly so."""

    spots: Sequence[Spot]
    similar: int
    is_cut: bool = False


@dataclass(frozen=True)
class Hit:
    """A record that was found, and the name it was found by."""

    record: Party | Project
    text: str
    language: str
    ties: int = field(default=0, compare=False)
    """Partnerships of a party, members of a network, partners of a project, as the index counts them."""

    @property
    def place(self) -> tuple[str, int]:
        """The kind and the primary key of its spot."""
        return PARTY if isinstance(self.record, Party) else PROJECT, self.record.pk


# Asking ------------------------------------------------------------------------------------------------


def find(query: str, *, is_exact: bool = False, limit: int = MOST) -> Found:
    """Records by the beginning of any word of any of their names, best first, at most ``limit``.

    Whole names come first, then beginnings of names, then of words within; among them those of most ties.
    Several words may come in any order. Where fewer than FEW are found, those follow that are called
    nearly so, unless ``is_exact``. One to some eight queries, however many are found.
    """
    key, words = key_of(query), words_of(query)[:MOST_WORDS]
    if not key:
        return Found([], 0)
    spots = _beginning(key, limit + 1)
    if len(spots) < FEW and len(words) > 1:
        spots = _distinct([*spots, *_in_any_order(words, limit + 1)])
    called = len(spots)
    if not is_exact and _is_doubtful(key, words, called):
        spots = _distinct([*spots, *_similar(words, limit + 1, is_unfinished=not called)])
    return Found(spots[:limit], min(called, limit), is_cut=len(spots) > limit)


def search(query: str, *, limit: int = MOST) -> list[Hit]:
    """Parties, networks and projects that a query finds, best first, at most ``limit``."""
    return hits(find(query, limit=limit).spots)


def hits(spots: Sequence[Spot]) -> list[Hit]:
    """The records of these spots, but for those that were withdrawn since; at most two queries.

    Of a party or project only what names it and leads to it has been read.
    """
    found: dict[int, tuple[Party | Project, str, str]] = {}
    if parties := [spot.entry for spot in spots if spot.kind == PARTY]:
        found |= _found_by(parties, _PARTY)
    if projects := [spot.entry for spot in spots if spot.kind == PROJECT]:
        found |= _found_by(projects, _PROJECT)
    return [Hit(*found[spot.entry], ties_in(spot.weight)) for spot in spots if spot.entry in found]


def _found_by(entries: Sequence[int], columns: Columns[R]) -> dict[int, tuple[R, str, str]]:
    """By entry: its record, and the name it was found by; one query."""
    which = among("e.id", entries)
    told = rows(
        f"SELECT e.id, e.text, e.language, {columns.of('r')} FROM finder_entry e "  # noqa: S608 - ours
        f"JOIN {columns.model._meta.db_table} r ON r.id = e.subject_id "
        f"WHERE r.withdrawn_at IS NULL AND {which.sql}",
        *which.values,
    )
    return {pk: (columns.record(row), text, language) for pk, text, language, *row in told}


def entries(query: str) -> "QuerySet[Entry]":
    """Index entries whose key begins with the folded query; whole names first, then beginnings."""
    key = key_of(query)
    if not key:
        return Entry.objects.none()
    how = Case(
        When(Q(key=key, is_head=True), then=Value(0)),
        When(is_head=True, then=Value(1)),
        When(key=key, then=Value(2)),
        default=Value(3),
    )
    found = Entry.objects.filter(beginning("key", key)).annotate(how=how)
    return found.order_by("how", "-weight", "key", "pk")


def named(query: str, model: type[Party] | type[Project], path: str = "pk") -> Q:
    """The records whose ``path`` leads to a party or project that a query finds, as ``find`` does."""
    kind = PARTY if issubclass(model, Party) else PROJECT
    key, words = key_of(query), words_of(query)[:MOST_WORDS]
    for way in _ways(key, words):
        sql, values = lookups.subjects(way, kind)
        if rows(f"{sql} LIMIT 1", *values):
            return Q(**{f"{path}__in": RawSQL(sql, values)})  # noqa: S611 - ours, the values apart
    return Q(pk__in=[])


def _ways(key: str, words: Sequence[str]) -> Iterator[Condition]:
    """How entries may be meant: they begin so, have all the words, or words nearly these."""
    if key:
        yield begins("e.key", key)
    if words and (which := _with_all(words)):
        yield which
    if words and (which := _nearly(words, is_unfinished=True)[0]):
        yield which


# Looking up --------------------------------------------------------------------------------------------


def _beginning(key: str, limit: int) -> list[Spot]:
    """Records with a name, or a word of one, that begins so."""
    if len(key) not in _LEADING:
        return lookups.best(begins("e.key", key), limit, whole=Condition("%s", (key,)))
    leading = lookups.leading(_LEADING[len(key)], key, limit)
    return _distinct([*lookups.called(key, limit), *leading])[:limit]


def _in_any_order(words: Sequence[str], limit: int) -> list[Spot]:
    """Records in whose names all these words begin."""
    which = _with_all(words)
    return lookups.best(which, limit) if which else []


def _with_all(words: Sequence[str]) -> Condition | None:
    """Entries of records in whose names all these words begin; None where the words are too short."""
    first, *others = sorted(words, key=lambda word: (-len(word), word))
    if len(first) < _LEAST_DRIVING:
        return None
    return joined([begins("e.key", first), *(elsewhere(begins("o.key", word)) for word in others)])


def _similar(words: Sequence[str], limit: int, *, is_unfinished: bool) -> list[Spot]:
    """Records with names that have words nearly these."""
    which, slips = _nearly(words, is_unfinished=is_unfinished)
    return lookups.best(which, limit, whole=Condition("e.word"), slips=slips) if which else []


def _nearly(words: Sequence[str], *, is_unfinished: bool) -> tuple[Condition | None, Mapping[str, int]]:
    """Entries that begin with a corrected word, of records that have the others; and how unlikely each is.

    Of several words those that names begin with stay as they are. ``is_unfinished``: the last may go on.
    """
    known = words if len(words) > 1 else []
    are_there = lookups.which_are_there([begins("e.key", word) for word in known])
    kept = [word for word, is_there in zip(known, are_there, strict=True) if is_there]
    meant = [
        corrections(word, is_unfinished=is_unfinished and word == words[-1])
        for word in words
        if word not in kept
    ]
    if not meant or not all(meant):
        return None, {}
    first, *others = sorted(meant, key=len)
    conditions = [*(among("o.word", each) for each in others), *(begins("o.key", word) for word in kept)]
    return joined([among("e.word", first), *map(elsewhere, conditions)]), first


def _is_doubtful(key: str, words: Sequence[str], found: int) -> bool:
    """Whether something else may have been meant: nothing is called so, or few are, and none wholly."""
    if not found or len(words) != 1:
        return not found
    is_long = len(words[0]) >= _LEAST_DOUBTED
    return found < FEW and is_long and not lookups.is_word(words[0]) and not lookups.called(key, 1)


def _distinct(spots: Iterable[Spot]) -> list[Spot]:
    """Each record once, where it comes first."""
    best: dict[tuple[str, int], Spot] = {}
    for spot in spots:
        best.setdefault((spot.kind, spot.pk), spot)
    return list(best.values())
