"""Keeping what was read: the text of the page, and the facts that it states."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.actions import seen_again
from twinhall.evidence.models import Snapshot, Source, Statement
from twinhall.evidence.values import writable
from twinhall.exchange.models.readings import TAKEN, ReadFact, Reading
from twinhall.exchange.readings.codec import fingerprint_of, kind_of, told_of
from twinhall.exchange.readings.pages import hash_of
from twinhall.parties.models import Party
from twinhall.reader.facts import Fact

READER = "reader@1"
"""What statements name as their origin; raised when the rules of reading change."""


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
    about: Party | None = None,
) -> tuple[Reading, bool]:
    """Keep what a page states for the desk of a party; say whether it reads otherwise than the last time.

    ``about``: whose page it is a copy of. What was decided of the page before is not asked again: what was
    accepted is only seen again, what was rejected stays so. Raises ValidationError for a text that cannot be
    kept.
    """
    writable(text)
    defaults = {"language": language, "by": by, "at": at, "seen_at": at, "about": about}
    snapshot = _snapshot(source, text, media_type, at)
    reading, is_new = Reading.objects.get_or_create(
        snapshot=snapshot, party=party, reader=READER, defaults=defaults
    )
    if is_new:
        _keep_facts(reading, facts)
    else:
        is_new = _go_back_to(reading)
        Reading.objects.filter(pk=reading.pk, seen_at__lt=at).update(seen_at=at)
    day = at.date()
    Source.objects.filter(pk=source.pk, read_on__lt=day).update(read_on=day)
    seen_again(Statement.objects.filter(pk__in=_said_by(reading)), day=day)
    log(gettext_noop("page read"), source.title, by=by, record=party)
    return reading, is_new


def _snapshot(source: Source, text: str, media_type: str, at: dt.datetime) -> Snapshot:
    return Snapshot.objects.get_or_create(
        source=source,
        sha256=hash_of(text),
        defaults={"fetched_at": at, "media_type": media_type, "main_text": text},
    )[0]


def _go_back_to(reading: Reading) -> bool:
    """Where the page reads as it did before it read otherwise: decide on its facts as was decided since.

    Says whether it does.
    """
    if readings_of_page(reading).first() == reading:
        return False
    before = _last_facts(reading)
    for fact in reading.facts.all():
        if before[fact.fingerprint] != fact:
            _keep_fact(fact, before[fact.fingerprint])
    return True


def _keep_facts(reading: Reading, facts: Sequence[Fact]) -> None:
    """Keep each fact once, with the decision on it where it was decided on before."""
    before = _last_facts(reading)
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


def readings_of_page(reading: Reading) -> "QuerySet[Reading]":
    """The readings of the same page for the same desk, the last first."""
    same = Reading.objects.filter(party=reading.party_id, snapshot__source=reading.snapshot.source_id)
    return same.order_by("-seen_at", "-pk")


def _last_facts(reading: Reading) -> dict[str, ReadFact]:
    """The facts of the page for this desk as they stood in the last reading that has them, by fingerprint."""
    facts = ReadFact.objects.filter(reading__in=readings_of_page(reading).order_by())
    facts = facts.select_related("decided_by").order_by("reading__seen_at", "reading")
    return {fact.fingerprint: fact for fact in facts}


def earlier_facts(reading: Reading) -> "QuerySet[ReadFact]":
    """The facts of the other readings of the same page for the same desk."""
    others = readings_of_page(reading).order_by().exclude(pk=reading.pk)
    return ReadFact.objects.filter(reading__in=others)


def _said_by(reading: Reading) -> list[int]:
    taken = reading.facts.filter(decision__in=TAKEN, statements__isnull=False)
    return list(taken.values_list("statements", flat=True))
