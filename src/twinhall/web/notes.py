"""The numbered notes of a page: each fact carries a small mark that leads to the words it rests on.

Notes are numbered in the order in which a page first needs them and stand under their sources, so that a
source is described once, however many facts rest on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from django.apps import apps
from django.db import models

from twinhall.core.languages import language_name
from twinhall.evidence.models import Source, SourceKind, Statement, Verdict
from twinhall.evidence.queries import About, statements_about
from twinhall.parties.models import Party
from twinhall.parties.queries import publishers_of
from twinhall.web import say
from twinhall.web.addresses import address
from twinhall.web.dating import source_dated
from twinhall.web.names import Names

T = TypeVar("T")


@dataclass
class Note:
    """One source's word on one matter of the page."""

    number: int
    matter: str
    report: str = ""
    """The address at which an error in it is reported."""
    printed: list[tuple[str, str]] = field(default_factory=list)
    """What is printed, and of which field."""
    quotes: list[str] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    waits: bool = False
    """Whether it is nobody's word yet: somebody has to accept it."""
    seen: str = ""
    """The day on which the source last said so, where it has been read since and no longer does."""


@dataclass
class SourceNotes:
    """A source of the page and the notes that rest on it, as ``components/notes.html`` draws them."""

    title: str
    href: str
    lang: str
    language: str
    dated: str
    read: str
    kind: str = ""
    """What it is, where that is no page: a copy of one."""
    publisher: str = ""
    accepted_by: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Evidence:
    """What is said of the records of one page, and the notes made from it; one query."""

    def __init__(self, records: Iterable[models.Model]) -> None:
        self.about: About = statements_about(records)
        self._sources: dict[int, SourceNotes] = {}
        self._notes: dict[tuple[str, int], Note] = {}

    @cached_property
    def publishers(self) -> Mapping[int, Party]:
        """Who publishes the sources of all these statements, by the source's primary key; one query."""
        return publishers_of(statement for said in self.about.values() for statement in said)

    def on(self, record: models.Model, *fields: str) -> list[Statement]:
        """The statements on fields of a record (on all, if none is named)."""
        found = self.about.get((record._meta.label_lower, record.pk), [])
        return [s for s in found if not fields or s.field in fields]

    def cite(self, matter: str, statements: Iterable[Statement]) -> list[int]:
        """The numbers of the notes that hold these statements; ``matter`` is what the note is headed with."""
        return sorted({self._note(matter, statement).number for statement in statements})

    def marks(self, matter: str, record: models.Model, *fields: str) -> list[int]:
        """The numbers of the notes of every source that speaks of the fields of a record."""
        return self.cite(matter, self.on(record, *fields))

    def marks_in_force(self, matter: str, record: models.Model, *fields: str) -> list[int]:
        """The numbers of the notes for what stands in the record."""
        return self.cite(matter, [s for s in self.on(record, *fields) if s.in_force])

    def sources(self, names: Names | None = None) -> Sequence[SourceNotes]:
        """The sources of the page with their notes; ``names``, where they are those of the publishers too."""
        known = self.publishers
        names = names or Names(known.values())
        for pk, source in self._sources.items():
            source.publisher = names.text(known[pk]) if pk in known else ""
        return list(self._sources.values())

    def _note(self, matter: str, statement: Statement) -> Note:
        source = self._source(statement.source)
        note = self._notes.get((matter, statement.source_id))
        if note is None:
            report = address("web:report", statement.pk)
            note = Note(number=len(self._notes) + 1, matter=matter, report=report, waits=True)
            self._notes[matter, statement.source_id] = note
            source.notes.append(note)
        note.waits = note.waits and statement.verdict == Verdict.PROPOSED
        if statement.as_printed:
            label = say.field(apps.get_model(statement.subject_type), statement.field)
            _add(note.printed, (label, statement.as_printed))
        _add(note.quotes, statement.quote)
        if statement.quote and statement.last_seen < statement.source.read_on:
            note.seen = say.date(statement.last_seen)
        _add(note.whys, statement.why)
        _add(source.accepted_by, str(statement.decided_by) if statement.decided_by else "")
        return note

    def _source(self, source: Source) -> SourceNotes:
        if source.pk not in self._sources:
            self._sources[source.pk] = SourceNotes(
                title=source.words.text,
                href=address("web:source", source.pk),
                lang=source.words.language,
                language=language_name(source.language) if source.language else "",
                dated=source_dated(source),
                read=say.date(source.read_on),
                kind=source.get_kind_display() if source.kind == SourceKind.COPY else "",
            )
        return self._sources[source.pk]


def _add(kept: list[T], new: T | None) -> None:
    if new and new not in kept:
        kept.append(new)
