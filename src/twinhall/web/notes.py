"""The numbered sources of a page: each fact carries a small mark that leads to the words it rests on."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from twinhall.core.languages import language_name
from twinhall.evidence.models import Statement
from twinhall.parties.queries import publishers
from twinhall.web import say


@dataclass
class Note:
    """One source's word on one matter of the page, as ``components/notes.html`` draws it."""

    number: int
    source_id: int
    source_title: str
    source_href: str
    lang: str
    language: str
    read: str
    accepted_by: str
    publisher: str = ""
    printed: list[tuple[str, str, str]] = field(default_factory=list)
    quote: str = ""
    why: str = ""

    @property
    def quoted(self) -> bool:
        """Whether the words of a snapshot are given."""
        return bool(self.quote)


class Notes:
    """Notes in the order in which a page first needs them. One note joins what a source says on a matter."""

    def __init__(self) -> None:
        self._notes: dict[tuple[Hashable, int], Note] = {}

    def cite(self, matter: Hashable, statements: Iterable[Statement]) -> list[int]:
        """The numbers of the notes that hold these statements, sources in order of their first mention."""
        numbers = {self._add(matter, statement).number for statement in statements}
        return sorted(numbers)

    def _add(self, matter: Hashable, statement: Statement) -> Note:
        note = self._notes.get((matter, statement.source_id))
        if note is None:
            note = self._made(statement)
            self._notes[matter, statement.source_id] = note
        model = apps.get_model(statement.subject_type)
        if statement.as_printed:
            words = (say.field(model, statement.field), statement.as_printed, note.lang)
            if words not in note.printed:
                note.printed.append(words)
        note.quote = note.quote or statement.quote
        note.why = note.why or statement.why
        return note

    def _made(self, statement: Statement) -> Note:
        source = statement.source
        return Note(
            number=len(self._notes) + 1,
            source_id=source.pk,
            source_title=source.title,
            source_href=reverse("web:source", args=[source.pk]),
            lang=source.language,
            language=language_name(source.language) if source.language else "",
            read=say.date(source.read_on),
            accepted_by=str(statement.decided_by or ""),
        )

    def items(self) -> Sequence[Note]:
        """All notes, with who publishes their sources; one query."""
        notes = list(self._notes.values())
        known = publishers(note.source_id for note in notes)
        for note in notes:
            note.publisher = str(known[note.source_id]) if note.source_id in known else ""
        return notes
