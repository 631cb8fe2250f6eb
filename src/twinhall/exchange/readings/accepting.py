"""Deciding on facts that were read: nothing comes into the register before a person has accepted it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Statement, Verdict
from twinhall.exchange.gazetteer import add_from_gazetteer
from twinhall.exchange.models.readings import FactDecision, ReadFact, Reading
from twinhall.exchange.readings.codec import fact_of
from twinhall.exchange.readings.ends import Choice, Meant, value_of
from twinhall.exchange.readings.founding import found_record, make_part
from twinhall.exchange.readings.keeping import READER
from twinhall.exchange.readings.known import known_of
from twinhall.exchange.readings.planning import plan_of
from twinhall.exchange.readings.plans import Plan
from twinhall.exchange.readings.review import agreeing, meant_in, newest, open_facts, page_of, reviews_of
from twinhall.parties.actions import state
from twinhall.parties.models import Party
from twinhall.reader.facts import Fact


@transaction.atomic
def accept_fact(
    kept: ReadFact,
    *,
    by: User,
    choices: Mapping[str, Choice | None] | None = None,
    changes: Mapping[str, object] | None = None,
    why: str = "",
) -> list[Statement]:
    """Take a fact into the register: its record, where that is new, and what the page says of it.

    ``choices`` says who is meant, by the keys of the ends, where it is not the likeliest; None leaves a
    partner of a project out. ``changes`` gives what fields of the fact should read where the page errs, with
    ``why``. What the person may not decide on waits for who may. Raises ValidationError or RefusedError.
    """
    _claim(kept)
    fact = fact_of(kept.kind, kept.told)
    should = replace(fact, **cast("Any", dict(changes or {})))
    if should != fact and not why.strip():
        raise ValidationError({"why": _("Say why it should read otherwise than the page has it.")})
    ends = _parties(kept, fact, choices or {}, by=by)
    plan = _plan(kept.reading, fact, should, ends)
    record = plan.main.record or found_record(plan, should, ends, by=by)
    plan.main.record = record
    statements = state(_proposals(kept, plan, record, why=why, by=by), by=by)
    decision = FactDecision.ACCEPTED if should == fact else FactDecision.CORRECTED
    _decide(kept, decision, by=by, why=why, ends=ends, record=record)
    kept.statements.set(statements)
    log(gettext_noop("fact accepted"), str(record), by=by, record=record, why=why)
    return statements


@transaction.atomic
def reject_fact(kept: ReadFact, *, why: str, by: User) -> None:
    """Leave a fact out of the register, with the reason. Raises ValidationError."""
    _claim(kept)
    if not why.strip():
        raise ValidationError({"why": _("Say why this is rejected.")})
    _decide(kept, FactDecision.REJECTED, by=by, why=why)
    log(gettext_noop("fact rejected"), kept.quote, by=by, record=kept.reading.party, why=why)


@transaction.atomic
def reopen_fact(kept: ReadFact, *, by: User) -> None:
    """Let a fact that was rejected wait again. Raises ValidationError for any other."""
    if newest(kept.reading).pk != kept.reading_id or kept.decision != FactDecision.REJECTED:
        raise ValidationError(_("Only what was rejected can be reopened, in the last reading of its page."))
    kept.decision, kept.why, kept.decided_by, kept.decided_at = FactDecision.OPEN, "", None, None
    kept.save()
    log(gettext_noop("fact reopened"), kept.quote, by=by, record=kept.reading.party)


@transaction.atomic
def accept_agreeing(reading: Reading, listed: Iterable[str], *, by: User) -> int:
    """Accept those of the facts that still agree with the register; give how many were accepted.

    ``listed`` are the facts as they were shown (``Review.shown``). One that was decided on meanwhile, that no
    longer agrees or by which somebody else is meant now is left as it is.
    """
    wanted = set(listed)
    still = [r for r in agreeing(reviews_of(reading, open_facts(reading)), by=by) if r.shown in wanted]
    for review in still:
        choices = {key: _likeliest(one) for key, one in review.meant.items()}
        accept_fact(review.kept, by=by, choices=choices)
    return len(still)


def waiting(statements: Sequence[Statement]) -> int:
    """How many of the words wait for somebody else's decision."""
    return sum(statement.verdict == Verdict.PROPOSED for statement in statements)


# Steps -----------------------------------------------------------------------------------------------


def _claim(kept: ReadFact) -> None:
    if newest(kept.reading).pk != kept.reading_id:
        raise ValidationError(_("The page was read again since. Decide on what it says now."))
    still = ReadFact.objects.select_for_update().filter(pk=kept.pk, decision=FactDecision.OPEN)
    if not still.exists():
        raise ValidationError(_("This fact has been decided already."))


def _parties(
    kept: ReadFact, fact: Fact, choices: Mapping[str, Choice | None], *, by: User
) -> dict[str, Party | None]:
    """Who is meant, each a party of the register now."""
    [meant] = meant_in(kept.reading, [fact])
    found: dict[str, Party | None] = {}
    for key, one in meant.items():
        choice = choices[key] if key in choices else _likeliest(one)
        if choice is None and one.end.is_needed:
            raise ValidationError(
                {f"who_{key}": _("Say who is meant by “%(name)s”.") % {"name": one.end.named.written}}
            )
        found[key] = choice if isinstance(choice, Party | None) else add_from_gazetteer(choice, by=by)
    return found


def _likeliest(one: Meant) -> Choice | None:
    """The likeliest; of a partner of a project, who is in doubt is left out."""
    return one.choice if one.end.is_needed or one.is_certain else None


def _plan(reading: Reading, fact: Fact, should: Fact, ends: Mapping[str, Party | None]) -> Plan:
    return plan_of(fact, should, ends, known_of([should], [ends]), page_of(reading))


def _proposals(kept: ReadFact, plan: Plan, record: models.Model, *, why: str, by: User) -> list[Proposal]:
    """What the page says of each record, once it is there."""
    found = []
    for part in plan:
        part.record = part.record or make_part(part, record, by=by)
        found += [
            Proposal(
                subject=part.record,
                field=said.field,
                stated=said.stated,
                value=said.value,
                why=why if said.value != said.stated else "",
                as_printed=said.printed,
                language=said.language,
                source=kept.reading.source,
                snapshot=kept.reading.snapshot,
                quote=kept.quote,
                quote_start=kept.quote_start,
                confidence=kept.confidence,
                origin=READER,
                seen=kept.reading.seen_at.date(),
            )
            for said in part.said
        ]
    return found


def _decide(
    kept: ReadFact,
    decision: FactDecision,
    *,
    by: User,
    why: str,
    ends: Mapping[str, Party | None] | None = None,
    record: models.Model | None = None,
) -> None:
    kept.decision, kept.why = decision, why.strip()
    kept.decided_by, kept.decided_at = by, timezone.now()
    kept.choices = {key: value_of(party) if party else "" for key, party in (ends or {}).items()}
    if record is not None:
        kept.subject_type, kept.subject_id = record._meta.label_lower, record.pk
    kept.full_clean(exclude={"told", "choices", "statements"})
    kept.save()
