"""Keeping what was read: the page as a source with its text, and the facts that it states."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.actions import seen_again
from twinhall.evidence.models import Snapshot, Source, SourceKind, Statement
from twinhall.evidence.values import writable
from twinhall.exchange.models.readings import TAKEN, FactDecision, ReadFact, Reading
from twinhall.exchange.readings.codec import fingerprint_of, kind_of, told_of
from twinhall.parties.actions import page_source
from twinhall.parties.models import Party, Publication
from twinhall.reader.facts import Fact

READER = "reader@1"
"""What statements name as their origin; raised when the rules of reading change."""


def page_of(*, url: str, title: str, language: str, publisher: Party | None, day: dt.date) -> Source:
    """The page as a source: known by its address, else by its title among the pages of its publisher.

    Raises ValidationError where another party is known to publish it.
    """
    known = _without_address(title, publisher) if not url else None
    if known is None and url:
        known = page_source(url=url, title=title, language=language, publisher=publisher, day=day)
    if known is None:
        known = _new(title, language, publisher, day)
    publication = Publication.objects.filter(source=known).select_related("publisher").first()
    if publisher and publication and publication.publisher_id != publisher.pk:
        raise ValidationError(
            _("The register knows this page as one of %(party)s."), params={"party": publication.publisher}
        )
    return known


def _without_address(title: str, publisher: Party | None) -> Source | None:
    pages = Source.objects.filter(kind=SourceKind.PAGE, title=title, publication__publisher=publisher)
    return pages.order_by("pk").first()


def _new(title: str, language: str, publisher: Party | None, day: dt.date) -> Source:
    said = f"{publisher.pk if publisher else ''} {title}"
    source = Source(
        key=f"page-{hashlib.sha256(said.encode()).hexdigest()[:24]}",
        kind=SourceKind.PAGE,
        title=title,
        language=language,
        read_on=day,
    )
    source.full_clean()
    source.save()
    if publisher is not None:
        Publication.objects.create(source=source, publisher=publisher)
    return source


@transaction.atomic
def keep_reading(
    source: Source,
    facts: Sequence[Fact],
    *,
    text: str,
    language: str,
    media_type: str,
    party: Party,
    by: User,
    at: dt.datetime,
) -> tuple[Reading, bool]:
    """Keep what a page states for the desk of a party; say whether its words are new to this desk.

    What was decided of the page before is not asked again: what was accepted is only seen again, what was
    rejected stays so. Raises ValidationError for a text that cannot be kept.
    """
    writable(text)
    reading, is_new = _reading(source, text, media_type, party, language, by=by, at=at)
    if is_new:
        _keep_facts(reading, facts)
    else:
        Reading.objects.filter(pk=reading.pk, seen_at__lt=at).update(seen_at=at)
    day = at.date()
    Source.objects.filter(pk=source.pk, read_on__lt=day).update(read_on=day)
    seen_again(Statement.objects.filter(pk__in=_said_by(reading)), day=day)
    log(gettext_noop("page read"), source.title, by=by, record=party)
    return reading, is_new


def _reading(
    source: Source, text: str, media_type: str, party: Party, language: str, *, by: User, at: dt.datetime
) -> tuple[Reading, bool]:
    snapshot, _new_one = Snapshot.objects.get_or_create(
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"fetched_at": at, "media_type": media_type, "main_text": text},
    )
    return Reading.objects.get_or_create(
        snapshot=snapshot,
        party=party,
        reader=READER,
        defaults={"language": language, "by": by, "at": at, "seen_at": at},
    )


def _keep_facts(reading: Reading, facts: Sequence[Fact]) -> None:
    """Keep each fact once, with the decision on it where it was decided on before."""
    before = decided_before(reading)
    seen: set[str] = set()
    for fact in sorted(facts, key=lambda fact: fact.quote_start):
        told = told_of(fact)
        fingerprint = fingerprint_of(kind_of(fact), told)
        if fingerprint in seen:
            continue
        seen.add(fingerprint)
        kept = ReadFact(
            reading=reading,
            number=len(seen),
            kind=kind_of(fact),
            told=told,
            quote=fact.quote,
            quote_start=fact.quote_start,
            confidence=fact.confidence,
            fingerprint=fingerprint,
        )
        _keep_fact(kept, before.get(fingerprint))


def _keep_fact(fact: ReadFact, before: ReadFact | None) -> None:
    if before is None:
        fact.save()
        return
    fact.decision, fact.why, fact.choices = before.decision, before.why, before.choices
    fact.decided_by, fact.decided_at = before.decided_by, before.decided_at
    fact.subject_type, fact.subject_id = before.subject_type, before.subject_id
    fact.save()
    fact.statements.set(before.statements.all())


def decided_before(reading: Reading) -> dict[str, ReadFact]:
    """What was decided last of the same page for the same desk in other readings, by fingerprint."""
    decided = earlier_facts(reading).exclude(decision=FactDecision.OPEN).select_related("decided_by")
    return {fact.fingerprint: fact for fact in decided.order_by("decided_at", "pk")}


def earlier_facts(reading: Reading) -> "QuerySet[ReadFact]":
    """The facts of the other readings of the same page for the same desk."""
    same = ReadFact.objects.filter(
        reading__party=reading.party_id, reading__snapshot__source=reading.snapshot.source_id
    )
    return same.exclude(reading=reading.pk)


def _said_by(reading: Reading) -> list[int]:
    taken = reading.facts.filter(decision__in=TAKEN, statements__isnull=False)
    return list(taken.values_list("statements", flat=True))
