"""Finding records by any of their names, in any script, with any order of words, and with slips in typing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from twinhall.finder.entries import PARTY, PROJECT
from twinhall.finder.keys import MOST_WORDS, key_of, words_of
from twinhall.finder.models import Entry
from twinhall.finder.typos import beginning, corrections, known_words
from twinhall.finder.weights import ties_in
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
    nearly so, unless ``is_exact``. Two to some ten queries, however many are found.
    """
    key, words = key_of(query), words_of(query)[:MOST_WORDS]
    if not key:
        return Found([], 0)
    spots = _beginning(key, limit + 1)
    if len(spots) < FEW and len(words) > 1:
        spots = _distinct([*spots, *_best(_with_all(words), limit + 1)])
    called = len(spots)
    if not is_exact and _is_doubtful(key, words, called):
        spots = _distinct([*spots, *_similar(words, limit + 1, is_unfinished=not called)])
    return Found(spots[:limit], min(called, limit), is_cut=len(spots) > limit)


def search(query: str) -> list[Hit]:
    """Parties, networks and projects that a query finds, best first."""
    return hits(find(query).spots)


def hits(spots: Sequence[Spot]) -> list[Hit]:
    """The records of these spots, but for those that were withdrawn since; at most three queries.

    Of a party only what names it and leads to it has been read.
    """
    entries = Entry.objects.filter(pk__in=[spot.entry for spot in spots])
    told = entries.values_list("pk", "text", "language")
    called = {pk: (text, language) for pk, text, language in told}
    records: dict[tuple[str, int], Party | Project] = {}
    if parties := [spot.pk for spot in spots if spot.kind == PARTY]:
        named = Party.objects.standing().only("slug", "kind", "name", "language", "country")
        records |= {(PARTY, party.pk): party for party in named.filter(pk__in=parties).order_by()}
    if projects := [spot.pk for spot in spots if spot.kind == PROJECT]:
        standing = Project.objects.standing().filter(pk__in=projects).order_by()
        records |= {(PROJECT, project.pk): project for project in standing}
    return [
        Hit(records[place], *called[spot.entry], ties_in(spot.weight))
        for spot in spots
        if (place := (spot.kind, spot.pk)) in records and spot.entry in called
    ]


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
        found = _with_all(words).filter(subject_type=kind)
        if not found.exists():
            found = _nearly(words, is_unfinished=True)[0].filter(subject_type=kind)
    return Q(**{f"{path}__in": found.values("subject_id")})


# Looking up --------------------------------------------------------------------------------------------


def _called(key: str, limit: int) -> list[Spot]:
    """Records that have this whole name, the heaviest first."""
    found = Entry.objects.filter(key=key, is_head=True).order_by("-weight", "id")
    return _spots(found.values_list("subject_type", "subject_id", "weight", "id")[:limit])


def _beginning(key: str, limit: int) -> list[Spot]:
    """Records with a name, or a word of one, that begins so."""
    if len(key) not in _LEADING:
        return _best(Entry.objects.filter(beginning("key", key)), limit, whole=Value(key))
    found = Entry.objects.filter(**{_LEADING[len(key)]: key}).order_by("-is_head", "-weight", "id")
    rows = found.values_list("subject_type", "subject_id", "weight", "id")[:limit]
    return _distinct([*_called(key, limit), *_spots(rows)])[:limit]


def _best(
    found: "QuerySet[Entry]", limit: int, *, whole: Combinable | None = None, slips: Case | None = None
) -> list[Spot]:
    """Each record once, by its best entry: fewest slips, then a name's beginning, then the first one.

    A name that is ``whole`` comes before those that begin so.
    """
    begins = [When(is_head=True, then=Value(1))]
    if whole is not None:
        begins.insert(0, When(is_head=True, key=whole, then=Value(0)))
    rank: Combinable = Case(*begins, default=Value(2))
    if slips is not None:
        rank = slips * 3 + rank
    placed = Cast(rank, BigIntegerField()) * _BEFORE_IDS + F("id")
    best = found.order_by().values("subject_type", "subject_id", "weight")
    best = best.annotate(how=Min(rank), entry=Min(placed)).order_by("how", "-weight", "entry")
    rows = best.values_list("subject_type", "subject_id", "weight", "entry")[:limit]
    return _spots((kind, pk, weight, entry % _BEFORE_IDS) for kind, pk, weight, entry in rows)


def _with_all(words: Sequence[str]) -> "QuerySet[Entry]":
    """Entries of records in whose names all these words begin."""
    first, *others = sorted(words, key=lambda word: (-len(word), word)) or [""]
    if len(first) < _LEAST_DRIVING:
        return Entry.objects.none()
    return _each_of(Entry.objects.filter(beginning("key", first)), [beginning("key", w) for w in others])


def _each_of(found: "QuerySet[Entry]", conditions: Iterable[Q]) -> "QuerySet[Entry]":
    """Those of these entries whose record has, for each condition, an entry that fulfils it."""
    same = Entry.objects.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    for condition in conditions:
        found = found.filter(Exists(same.filter(condition)))
    return found


def _similar(words: Sequence[str], limit: int, *, is_unfinished: bool) -> list[Spot]:
    """Records with names that have words nearly these."""
    found, slips = _nearly(words, is_unfinished=is_unfinished)
    return _best(found, limit, whole=F("word"), slips=slips)


def _nearly(words: Sequence[str], *, is_unfinished: bool) -> tuple["QuerySet[Entry]", Case]:
    """Entries that begin with a corrected word, of records that have the others; and how unlikely it is.

    Of several words those that names begin with stay as they are. ``is_unfinished``: the last may go on.
    """
    known = words if len(words) > 1 else []
    kept = [word for word in known if Entry.objects.filter(beginning("key", word)).exists()]
    meant = [
        corrections(word, is_unfinished=is_unfinished and word == words[-1])
        for word in words
        if word not in kept
    ]
    if not meant or not all(meant):
        return Entry.objects.none(), Case(default=Value(0))
    first, *others = sorted(meant, key=len)
    conditions = [*(Q(word__in=list(each)) for each in others), *(beginning("key", word) for word in kept)]
    slips = Case(*(When(word=text, then=Value(count)) for text, count in first.items()), default=Value(0))
    return _each_of(Entry.objects.filter(word__in=list(first)), conditions), slips


def _is_doubtful(key: str, words: Sequence[str], found: int) -> bool:
    """Whether something else may have been meant: nothing is called so, or few are, and none wholly."""
    if not found or len(words) != 1:
        return not found
    is_long = len(words[0]) >= _LEAST_DOUBTED
    return found < FEW and is_long and not known_words(words) and not _called(key, 1)


def _spots(rows: Iterable[tuple[str, int, int, int]]) -> list[Spot]:
    return [Spot(*row) for row in rows]


def _distinct(spots: Iterable[Spot]) -> list[Spot]:
    """Each record once, where it comes first."""
    best: dict[tuple[str, int], Spot] = {}
    for spot in spots:
        best.setdefault((spot.kind, spot.pk), spot)
    return list(best.values())
