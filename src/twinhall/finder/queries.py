"""Finding records by any of their names, in any script, with any order of words, and with slips in typing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.db.models import BigIntegerField

from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.keys import MOST_WORDS, key_of, words_of
from twinhall.finder.models import Entry
from twinhall.finder.typos import beginning, corrections, known_words
from twinhall.parties.models import Party
from twinhall.projects.models import Project

__all__ = ["PARTY", "PROJECT", "Found", "Hit", "Spot", "entries", "find", "hits", "named", "search"]

MOST = 1000
"""How many records are found at most."""
FEW = 3
"""With fewer, others are looked for that are called nearly so."""
_LEADING = {1: "one", 2: "two"}
_LEAST_DRIVING = 3
_LEAST_DOUBTED = 5
_BEFORE_IDS = 2**40


@dataclass(frozen=True, slots=True)
class Spot:
    """A record that was found: its kind and primary key, its weight, and the entry it was found by."""

    kind: str
    pk: int
    weight: int
    entry: int


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


# Asking ------------------------------------------------------------------------------------------------


def find(query: str, *, is_exact: bool = False, limit: int = MOST) -> Found:
    """Records by the beginning of any word of any of their names, best first, at most ``limit``.

    Whole names come first, then beginnings of names, then of words within; among them those of most ties.
    Several words may come in any order. Where fewer than FEW are found, those follow that are called
    nearly so, unless ``is_exact``. Two to some ten queries, however many are found.
    """
    key, words = key_of(query), words_of(query)[:MOST_WORDS]
    if not key:
        return Found([], 0)
    spots = _distinct([*_called(key, limit + 1), *_beginning(key, limit + 1)])
    if len(spots) < FEW and len(words) > 1:
        spots = _distinct([*spots, *_best(_with_all([{word: 0} for word in words]), limit + 1)])
    called = len(spots)
    if not is_exact and _is_doubtful(words, called):
        spots = _distinct([*spots, *_similar(words, limit + 1)])
    return Found(spots[:limit], min(called, limit), is_cut=len(spots) > limit)


def search(query: str) -> list[Hit]:
    """Parties, networks and projects that a query finds, best first."""
    return hits(find(query).spots)


def hits(spots: Sequence[Spot]) -> list[Hit]:
    """The records of these spots, but for those that were withdrawn since; three queries."""
    entries = Entry.objects.in_bulk([spot.entry for spot in spots])
    parties = Party.objects.standing().in_bulk([spot.pk for spot in spots if spot.kind == PARTY])
    projects = Project.objects.standing().in_bulk([spot.pk for spot in spots if spot.kind == PROJECT])
    found = []
    for spot in spots:
        record = parties.get(spot.pk) if spot.kind == PARTY else projects.get(spot.pk)
        entry = entries.get(spot.entry)
        if record and entry:
            found.append(Hit(record, entry.text, entry.language))
    return found


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
    words = words_of(query)[:MOST_WORDS]
    found = entries(query).filter(subject_type=kind).order_by()
    if words and not found.exists():
        found = _with_all([{word: 0} for word in words]).filter(subject_type=kind)
        if not found.exists():
            found = _with_all(_meant(words)).filter(subject_type=kind)
    return Q(**{f"{path}__in": found.values("subject_id")})


# Looking up --------------------------------------------------------------------------------------------


def _called(key: str, limit: int) -> list[Spot]:
    """Records that have this whole name, the heaviest first."""
    found = Entry.objects.filter(key=key, is_head=True).order_by("-weight", "id")
    return _spots(found.values_list("subject_type", "subject_id", "weight", "id")[:limit])


def _beginning(key: str, limit: int) -> list[Spot]:
    """Records with a name, or a word of one, that begins so."""
    if len(key) not in _LEADING:
        return _best(Entry.objects.filter(beginning("key", key)), limit)
    found = Entry.objects.filter(**{_LEADING[len(key)]: key}).order_by("-is_head", "-weight", "id")
    return _spots(found.values_list("subject_type", "subject_id", "weight", "id")[:limit])


def _best(found: "QuerySet[Entry]", limit: int, slips: Case | None = None) -> list[Spot]:
    """Each record once, by its best entry: fewest slips, then a name's beginning, then the first one."""
    how = Case(When(is_head=True, then=Value(0)), default=Value(1))
    rank = how if slips is None else slips * 2 + how
    placed = Cast(rank, BigIntegerField()) * _BEFORE_IDS + F("id")
    best = found.order_by().values("subject_type", "subject_id", "weight")
    best = best.annotate(how=Min(rank), entry=Min(placed)).order_by("how", "-weight", "entry")
    rows = best.values_list("subject_type", "subject_id", "weight", "entry")[:limit]
    return _spots((kind, pk, weight, entry % _BEFORE_IDS) for kind, pk, weight, entry in rows)


def _with_all(meant: Sequence[dict[str, int]]) -> "QuerySet[Entry]":
    """Entries of records in whose names all words begin; each word may be one of several."""
    first, *others = sorted(meant, key=lambda words: -min(map(len, words), default=0)) or [{}]
    if min(map(len, first), default=0) < _LEAST_DRIVING or not all(others):
        return Entry.objects.none()
    found = Entry.objects.filter(_any_beginning(first))
    for words in others:
        same = Entry.objects.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
        found = found.filter(Exists(same.filter(_any_beginning(words))))
    return found


def _similar(words: Sequence[str], limit: int) -> list[Spot]:
    """Records with names in which words begin that are nearly these."""
    meant = _meant(words)
    slips = Case(
        *(When(beginning("key", text), then=Value(count)) for each in meant for text, count in each.items()),
        default=Value(0),
    )
    return _best(_with_all(meant), limit, slips)


def _any_beginning(words: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for word in words:
        found |= beginning("key", word)
    return found


def _meant(words: Sequence[str]) -> list[dict[str, int]]:
    """For each word what it may stand for: itself where a name has it, else those that are nearly it."""
    meant = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        begins = len(words) > 1 and Entry.objects.filter(beginning("key", word)).exists()
        meant.append({word: 0} if begins else corrections(word, is_unfinished=is_last))
    return meant


def _is_doubtful(words: Sequence[str], found: int) -> bool:
    """Whether something else may have been meant: nothing is called so, or few are and no word is it."""
    if not found or len(words) != 1:
        return not found
    return found < FEW and len(words[0]) >= _LEAST_DOUBTED and not known_words(words)


def _spots(rows: Iterable[tuple[str, int, int, int]]) -> list[Spot]:
    return [Spot(*row) for row in rows]


def _distinct(spots: Iterable[Spot]) -> list[Spot]:
    """Each record once, where it comes first."""
    best: dict[tuple[str, int], Spot] = {}
    for spot in spots:
        best.setdefault((spot.kind, spot.pk), spot)
    return list(best.values())
