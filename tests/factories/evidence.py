"""Sources, snapshots and statements."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from itertools import count

from django.db import models

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import Proposal, accept, propose
from twinhall.evidence.models import Snapshot, Source, SourceKind, Statement
from twinhall.evidence.settling import Ranks, subject_type

READ_ON = dt.date(2024, 5, 1)
ORIGIN = "officer"

_numbers = count(1)


def alike(statements: Sequence[Statement]) -> Ranks:
    """A ranker to which all statements are worth the same."""
    return {statement.pk: 0 for statement in statements}


def make_source(
    *,
    key: str = "",
    kind: str = SourceKind.PAGE,
    title: str = "Partner cities",
    url: str = "https://valga.example/partners",
    language: str = "en",
    licence: str = "",
    dated: PartialDate | None = None,
    not_before: PartialDate | None = None,
    read_on: dt.date = READ_ON,
) -> Source:
    """A source without a publisher; with a key of its own where none is given."""
    return Source.objects.create(
        key=key or f"source-{next(_numbers)}",
        kind=kind,
        title=title,
        url=url,
        language=language,
        licence=licence,
        dated=dated,
        not_before=not_before,
        read_on=read_on,
    )


def make_snapshot(
    *,
    source: Source | None = None,
    main_text: str = "Valga has eight partner cities.",
    media_type: str = "text/html",
    fetched_at: dt.datetime = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC),
) -> Snapshot:
    """What a source read like on a day."""
    return Snapshot.objects.create(
        source=source or make_source(),
        fetched_at=fetched_at,
        sha256=hashlib.sha256(main_text.encode()).hexdigest(),
        media_type=media_type,
        main_text=main_text,
    )


def make_proposal(
    *,
    subject: models.Model,
    field: str,
    stated: object,
    source: Source | None = None,
    origin: str = ORIGIN,
    value: object | None = None,
    why: str = "",
    as_printed: str = "",
    language: str = "",
    quote: str = "",
    quote_start: int | None = None,
    snapshot: Snapshot | None = None,
    confidence: float | None = None,
    seen: dt.date | None = None,
    translation_of: Statement | None = None,
) -> Proposal:
    """What a source states of one field of a record; not kept yet."""
    return Proposal(
        subject=subject,
        field=field,
        stated=stated,
        source=source or make_source(),
        origin=origin,
        value=value,
        why=why,
        as_printed=as_printed,
        language=language,
        quote=quote,
        quote_start=quote_start,
        snapshot=snapshot,
        confidence=confidence,
        seen=seen,
        translation_of=translation_of,
    )


def make_statement(
    *,
    subject: models.Model,
    field: str,
    stated: object,
    source: Source | None = None,
    value: object | None = None,
    why: str = "",
    as_printed: str = "",
    language: str = "",
    quote: str = "",
    seen: dt.date | None = None,
    translation_of: Statement | None = None,
) -> Statement:
    """A statement that was proposed and waits for a verdict."""
    proposal = make_proposal(
        subject=subject,
        field=field,
        stated=stated,
        source=source,
        value=value,
        why=why,
        as_printed=as_printed,
        language=language,
        quote=quote,
        seen=seen,
        translation_of=translation_of,
    )
    return propose([proposal])[0]


def make_accepted(
    *,
    subject: models.Model,
    field: str,
    stated: object,
    source: Source | None = None,
    value: object | None = None,
    why: str = "",
    as_printed: str = "",
    language: str = "",
    quote: str = "",
    seen: dt.date | None = None,
    by: User | None = None,
) -> Statement:
    """A statement that was proposed and accepted, among sources that are all worth the same.

    The column of the record in the database is written; ``subject`` itself must be read again.
    """
    statement = make_statement(
        subject=subject,
        field=field,
        stated=stated,
        source=source,
        value=value,
        why=why,
        as_printed=as_printed,
        language=language,
        quote=quote,
        seen=seen,
    )
    accept([statement], by=by or make_user(), rank=alike)
    statement.refresh_from_db()
    return statement


def place_of(subject: models.Model, field: str, language: str = "") -> models.Q:
    """The statements on one field of a record."""
    return models.Q(subject_type=subject_type(subject), subject_id=subject.pk, field=field, language=language)
