"""Keeping the index of names in step with the records."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db import connection, transaction

from twinhall.core.copying import copy
from twinhall.finder.entries import (
    COLUMNS,
    PARTY,
    PROJECT,
    Reading,
    Row,
    Subject,
    read_parties,
    read_projects,
    rows_of,
)
from twinhall.finder.models import Entry, Word
from twinhall.finder.typos import LEAST_LETTERS, known_words
from twinhall.finder.weights import partners_of_projects, ties_of_parties, weight
from twinhall.parties.models import Party
from twinhall.projects.models import Project

ASKED_FOR = 1000
"""How many records are named in one question, as databases limit it, and held in memory."""


@transaction.atomic
def index_all() -> int:
    """Make the whole index anew; give the number of its entries. Some twenty thousand of them a second."""
    Entry.objects.all().delete()
    Word.objects.all().delete()
    words: dict[str, int] = {}
    count = 0
    parties = list(Party.objects.standing().order_by("pk").values_list("pk", flat=True))
    projects = list(Project.objects.standing().order_by("pk").values_list("pk", flat=True))
    for subjects in _in_parts(read_parties, parties, ties_of_parties()):
        count += _write(subjects, words)
    for subjects in _in_parts(read_projects, projects, partners_of_projects()):
        count += _write(subjects, words)
    _write_words(words)
    _count_rows()
    return count


def index_records(records: Iterable[Party | Project]) -> int:
    """Make the entries of these records anew, from what the database holds; give the number of them."""
    pks: dict[type[Party | Project], set[int]] = {Party: set(), Project: set()}
    for record in records:
        pks[type(record)].add(record.pk)
    with transaction.atomic():
        return index_parties(pks[Party]) + index_projects(pks[Project])


@transaction.atomic
def index_parties(pks: Iterable[int]) -> int:
    """Make the entries of the parties with these primary keys anew; give the number of them."""
    return sum(_anew(PARTY, read_parties, part, ties_of_parties(part)) for part in _parts(sorted(set(pks))))


@transaction.atomic
def index_projects(pks: Iterable[int]) -> int:
    """Make the entries of the projects with these primary keys anew; give the number of them."""
    return sum(
        _anew(PROJECT, read_projects, part, partners_of_projects(part)) for part in _parts(sorted(set(pks)))
    )


@transaction.atomic
def weigh_parties(pks: Iterable[int]) -> int:
    """Bring the weights of parties whose number of ties has changed up to date; give how many changed."""
    return sum(_weigh(part) for part in _parts(sorted(set(pks))))


def _weigh(pks: Sequence[int]) -> int:
    ties = ties_of_parties(pks)
    entries = Entry.objects.filter(subject_type=PARTY, subject_id__in=pks)
    weighed = dict(entries.order_by().values_list("subject_id", "weight").distinct())
    changed = 0
    for pk, population in Party.objects.filter(pk__in=weighed).values_list("pk", "population"):
        now = weight(ties.get(pk, 0), population)
        if now != weighed[pk]:
            entries.filter(subject_id=pk).update(weight=now)
            changed += 1
    return changed


def _parts(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + ASKED_FOR] for start in range(0, len(pks), ASKED_FOR))


def _in_parts(read: Reading, pks: Sequence[int], ties: Mapping[int, int]) -> Iterator[Iterator[Subject]]:
    return (read(part, ties) for part in _parts(pks))


def _anew(kind: str, read: Reading, pks: Sequence[int], ties: Mapping[int, int]) -> int:
    """Write the entries of records whose old ones are deleted."""
    Entry.objects.filter(subject_type=kind, subject_id__in=pks).delete()
    words: dict[str, int] = {}
    count = _write(read(pks, ties), words)
    _add_words(words)
    return count


def _write(subjects: Iterable[Subject], words: dict[str, int]) -> int:
    """Write the entries of these records, and note their words with the weight of the heaviest."""
    rows: list[Row] = []
    for subject in subjects:
        found, its_words = rows_of(subject)
        rows += found
        for word in its_words:
            if subject.weight >= words.get(word, 0):
                words[word] = subject.weight
    return copy(Entry, COLUMNS, rows)


def _write_words(words: Mapping[str, int]) -> None:
    """Words as long as can be corrected."""
    rows = ((w, w[::-1], len(w), weighed) for w, weighed in words.items() if len(w) >= LEAST_LETTERS)
    copy(Word, ("text", "reverse", "length", "weight"), rows)


def _add_words(words: Mapping[str, int]) -> None:
    """Write the words that are not there, and make those heavier that have become so."""
    known = known_words(words)
    _write_words({word: weighed for word, weighed in words.items() if word not in known})
    heavier: Collection[Word] = [word for text, word in known.items() if word.weight < words[text]]
    for word in heavier:
        word.weight = words[word.text]
    Word.objects.bulk_update(heavier, ["weight"], batch_size=ASKED_FOR)


def _count_rows() -> None:
    """Tell PostgreSQL what the index now holds, which it would find out within minutes only."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE finder_entry, finder_word")
