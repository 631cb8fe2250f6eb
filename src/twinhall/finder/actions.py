"""Keeping the index of names in step with the records."""

from collections.abc import Iterator

from django.db import transaction

from twinhall.core.text import fold
from twinhall.finder.models import Entry
from twinhall.parties.models import Name, Party
from twinhall.projects.models import Project

KEY_LENGTH = 500
BATCH = 2000


@transaction.atomic
def index_all() -> int:
    """Make the whole index anew; give the number of its entries."""
    Entry.objects.all().delete()
    entries = [*_party_entries(), *_project_entries()]
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def _party_entries() -> Iterator[Entry]:
    seen: set[tuple[int, str]] = set()
    own = Party.objects.standing().exclude(name="").values_list("pk", "name", "language")
    others = Name.objects.filter(party__withdrawn_at__isnull=True).values_list("party", "text", "language")
    for pk, text, language in [*own, *others]:
        if (pk, fold(text)) not in seen:
            seen.add((pk, fold(text)))
            yield from _entries(Party._meta.label_lower, pk, text, language)


def _project_entries() -> Iterator[Entry]:
    for project in Project.objects.standing():
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
