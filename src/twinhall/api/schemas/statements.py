"""What sources say: every fact of the register rests on statements, each with its source."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from django.db.models import Model

from twinhall.api.addresses import Addresses
from twinhall.api.schemas.base import Answer, told_of
from twinhall.api.schemas.references import PartyRef
from twinhall.evidence import models as evidence
from twinhall.evidence.queries import OPEN, About
from twinhall.parties.models import Party


class SourceRef(Answer):
    """A source, as statements name it; `sources` of the same answer tells the rest of it."""

    id: int
    url: str
    """Its address in the API."""
    title: str
    publisher: str | None
    """The slug of the party that publishes it."""


class CitedSource(Answer):
    """A source that statements rest on."""

    id: int
    url: str
    """Its address in the API."""
    page: str
    """Its page for people."""
    kind: Annotated[str, told_of(evidence.SourceKind.values)]
    """An own statement is what a party states here itself."""
    title: str
    address: str | None
    """Where it can be read itself."""
    language: str | None
    licence: str | None
    """The licence of the source's own words and data. Where none is stated, only facts were taken from it."""
    dated: str | None
    """Its own date: `1991`, `2013-06` or `2006-12-13`."""
    not_before: str | None
    """An undated source is not older than this."""
    read_on: dt.date
    """When it was read or received."""
    publisher: PartyRef | None


def facts_of(source: evidence.Source, publisher: Party | None, at: Addresses) -> dict[str, object]:
    """What every answer tells of a source."""
    return {
        "id": source.pk,
        "url": at.of_record("sources", source.pk),
        "page": at.of_page("sources", source.pk),
        "kind": source.kind,
        "title": source.title,
        "address": source.url or None,
        "language": source.language or None,
        "licence": source.licence or None,
        "dated": str(source.dated) if source.dated else None,
        "not_before": str(source.not_before) if source.not_before else None,
        "read_on": source.read_on,
        "publisher": PartyRef.of(publisher, at) if publisher else None,
    }


class Said(Answer):
    """What a source says of one field of one record, whatever source it is."""

    id: int
    field: str
    """Which field it speaks of; `exists` where it says that the record itself is so."""
    language: str | None
    """The language, where the field holds a text in several."""
    as_printed: str | None
    """The words of the source, where they are a name, a heading, a year or a number."""
    stated: str
    """What the source says, in canonical form."""
    value: str
    """What it should read: the same, unless it was corrected."""
    why: str | None
    """Why it was corrected."""
    quote: str | None
    """Where it stands in the source, in the source's words; only where this register has read it itself."""
    in_force: bool
    """Whether it is what the record shows."""
    verdict: Annotated[str, told_of(OPEN)]
    """What is proposed waits for a person."""
    chosen: bool
    """Whether a person chose it over others, with a reason."""
    origin: str
    """How it came here: a reader, a table, an officer."""
    confidence: float | None
    """How certain a reader was, from 0 to 1."""
    first_seen: dt.date
    last_seen: dt.date


class Statement(Said):
    """What a source says of one field of one record."""

    source: SourceRef


def said_by(statement: evidence.Statement) -> dict[str, object]:
    """What every answer tells of a statement. Who judged it is not told: the page for people says that."""
    return {
        "id": statement.pk,
        "field": statement.field,
        "language": statement.language or None,
        "as_printed": statement.as_printed or None,
        "stated": statement.stated,
        "value": statement.value,
        "why": statement.why or None,
        "quote": statement.quote or None,
        "in_force": statement.in_force,
        "verdict": statement.verdict,
        "chosen": statement.preferred,
        "origin": statement.origin,
        "confidence": statement.confidence,
        "first_seen": statement.first_seen,
        "last_seen": statement.last_seen,
    }


class Evidence:
    """The statements on the records of one answer, and their sources, each once."""

    def __init__(self, about: About, publishers: Mapping[int, Party], at: Addresses) -> None:
        self._about = about
        self._publishers = publishers
        self._at = at
        self._cited: dict[int, evidence.Source] = {}
        self._refs: dict[int, SourceRef] = {}

    def on(self, *records: Model) -> list[Statement]:
        """The accepted and proposed statements on records."""
        return [
            self.told(statement)
            for record in records
            for statement in self._about.get((record._meta.label_lower, record.pk), ())
        ]

    def told(self, statement: evidence.Statement) -> Statement:
        """A statement with its source."""
        return Statement(**said_by(statement), source=self._ref(statement.source))

    def sources(self) -> list[CitedSource]:
        """The sources of all statements that were told so far."""
        return [
            CitedSource(**facts_of(source, self._publishers.get(pk), self._at))
            for pk, source in self._cited.items()
        ]

    def _ref(self, source: evidence.Source) -> SourceRef:
        if source.pk not in self._refs:
            publisher = self._publishers.get(source.pk)
            self._cited[source.pk] = source
            self._refs[source.pk] = SourceRef(
                id=source.pk,
                url=self._at.of_record("sources", source.pk),
                title=source.title,
                publisher=publisher.slug if publisher else None,
            )
        return self._refs[source.pk]
