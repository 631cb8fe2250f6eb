from typing import Self

from twinhall.api.addresses import Addresses
from twinhall.api.asking import Paged
from twinhall.api.schemas.base import Answer, Page
from twinhall.api.schemas.statements import CitedSource, Said, Statement, facts_of, said_by
from twinhall.evidence import models as evidence
from twinhall.parties.models import Party


class SourceFilters(Paged):
    """A page of a list of sources or statements."""


class Source(CitedSource):
    """Something that states facts: a page, a signed document, a data set, a side's own statement."""

    statement_count: int
    """How many statements were taken from it, those that were rejected too."""
    statements: str
    """The address of the list of what it states."""

    @classmethod
    def told(cls, source: evidence.Source, at: Addresses) -> Self:
        count: int = source.statement_count  # type: ignore[attr-defined]  # annotated by the query
        return cls(
            **facts_of(source, publisher_of(source), at),
            statement_count=count,
            statements=at.of_list(f"sources/{source.pk}/statements"),
        )


def publisher_of(source: evidence.Source) -> Party | None:
    """Who publishes it, if anybody is known to."""
    return source.publication.publisher if hasattr(source, "publication") else None


class SourcePage(Page[Source]):
    """A page of sources."""


class Subject(Answer):
    """The record that a statement is about."""

    kind: str
    """What sort of record: `party`, `name`, `partnership`, `act`, `membership` …"""
    url: str | None
    """The address of the record that it belongs to; null where that has no address of its own."""

    @classmethod
    def of(cls, statement: evidence.Statement, place: tuple[str, object] | None, at: Addresses) -> "Subject":
        kind = statement.subject_type.partition(".")[2]
        return cls(kind=kind, url=at.of_record(*place) if place else None)


class SourceStatement(Said):
    """What a source says of one field of one record."""

    subject: Subject

    @classmethod
    def of(
        cls, statement: evidence.Statement, place: tuple[str, object] | None, at: Addresses
    ) -> "SourceStatement":
        return cls(**said_by(statement), subject=Subject.of(statement, place, at))


class SourceStatementPage(Page[SourceStatement]):
    """A page of what a source states."""


class Disagreement(Answer):
    """Statements on one field of one record that cannot all be so."""

    subject: Subject
    field: str
    is_open: bool
    """Whether it stands after what was printed in error has been corrected."""
    statements: list[Statement]
    """What is in force stands first."""
    sources: list[CitedSource]
    """The sources of these statements, each once."""


class DisagreementPage(Page[Disagreement]):
    """A page of disagreements."""
