"""Keeping the index of names in step with the records."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from twinhall.core.text import fold
from twinhall.finder.models import Entry
from twinhall.parties.models import Name, Party
from twinhall.projects.models import Project

KEY_LENGTH = 500
BATCH = 2000
ASKED_FOR = 500
"""How many records are named in one question, as databases limit it."""


@transaction.atomic
def index_all() -> int:
    """Make the whole index anew; give the number of its entries."""
    Entry.objects.all().delete()
    return _keep([*_party_entries(Party.objects.standing()), *_project_entries(Project.objects.standing())])


@transaction.atomic
def index_records(records: Iterable[Party | Project]) -> int:
    """Make the entries of these records anew, from what the database holds; give the number of them."""
    kinds: dict[type[Party | Project], set[int]] = {Party: set(), Project: set()}
    for record in records:
        kinds[type(record)].add(record.pk)
    entries: list[Entry] = []
    for model, pks in kinds.items():
        ordered = sorted(pks)
        for start in range(0, len(ordered), ASKED_FOR):
            entries += _anew(model, ordered[start : start + ASKED_FOR])
    return _keep(entries)


def _anew(model: type[Party | Project], pks: Sequence[int]) -> Iterator[Entry]:
    """The entries of records whose old ones are deleted."""
    Entry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=pks).delete()
    if model is Party:
        return _party_entries(Party.objects.standing().filter(pk__in=pks))
    return _project_entries(Project.objects.standing().filter(pk__in=pks))


def _keep(entries: Sequence[Entry]) -> int:
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def _party_entries(parties: "QuerySet[Party]") -> Iterator[Entry]:
    seen: set[tuple[int, str]] = set()
    own = parties.exclude(name="").values_list("pk", "name", "language")
    others = Name.objects.filter(party__in=parties.values("pk")).values_list("party", "text", "language")
    for pk, text, language in [*own, *others]:
        if (pk, fold(text)) not in seen:
            seen.add((pk, fold(text)))
            yield from _entries(Party._meta.label_lower, pk, text, language)


def _project_entries(projects: "QuerySet[Project]") -> Iterator[Entry]:
    for project in projects:
        for texts in (project.title, project.short):
            for language, text in texts.items():
                yield from _entries(Project._meta.label_lower, project.pk, text, language)


def _entries(kind: str, pk: int, text: str, language: str) -> Iterator[Entry]:
    words = fold(text).split()
    for start in range(len(words)):
        yield Entry(
            subject_type=kind,
            subject_id=pk,
            text=text[:KEY_LENGTH],
            language=language,
            key=" ".join(words[start:])[:KEY_LENGTH],
            is_head=start == 0,
        )
