"""The statements that a page shows: fetched at once for all its records, then picked by record and field."""

from collections.abc import Hashable, Iterable

from django.db import models

from twinhall.evidence.models import Statement
from twinhall.evidence.queries import About, statements_about
from twinhall.evidence.sorts import EXISTS
from twinhall.web.notes import Notes


class PageEvidence:
    """What is said of the records of one page, and the notes made from it."""

    def __init__(self, records: Iterable[models.Model]) -> None:
        self.about: About = statements_about(records)
        self.notes = Notes()

    def on(self, record: models.Model, *fields: str) -> list[Statement]:
        """The statements on fields of a record (on all, if none is named)."""
        found = self.about.get((record._meta.label_lower, record.pk), [])
        return [s for s in found if not fields or s.field in fields]

    def marks(self, matter: Hashable, record: models.Model, *fields: str) -> list[int]:
        """The numbers of the notes for what stands in the record: the statements in force on its fields."""
        return self.notes.cite(matter, [s for s in self.on(record, *fields) if s.in_force])

    def all_marks(self, matter: Hashable, record: models.Model, *fields: str) -> list[int]:
        """The numbers of the notes of every source that speaks of the fields."""
        return self.notes.cite(matter, self.on(record, *fields))

    def own_marks(self, record: models.Model, *fields: str) -> list[int]:
        """Like ``marks``, the record itself being the matter."""
        return self.all_marks((record._meta.label_lower, record.pk), record, *(fields or (EXISTS,)))
