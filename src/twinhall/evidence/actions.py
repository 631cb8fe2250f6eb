"""Proposing statements and deciding on them. Nothing else writes a sourced field."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence import values
from twinhall.evidence.models import Decision, Deed, Snapshot, Source, Statement, Verdict
from twinhall.evidence.settling import (
    BATCH,
    Place,
    Ranker,
    model_of,
    on_subjects,
    place_of,
    settle,
    subject_type,
    update,
)
from twinhall.evidence.sorts import MANY, PER_LANGUAGE


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a source states of one field of a record. ``value`` is what it should read, where it errs."""

    subject: models.Model
    field: str
    stated: object
    source: Source
    origin: str
    value: object | None = None
    why: str = ""
    as_printed: str = ""
    language: str = ""
    quote: str = ""
    quote_start: int | None = None
    snapshot: Snapshot | None = None
    confidence: float | None = None
    seen: dt.date | None = None
    translation_of: Statement | None = None


class RefusedError(Exception):
    """Proposals that cannot be, each with its reason. Nothing was written."""

    def __init__(self, refusals: Sequence[tuple[Proposal, str]]) -> None:
        self.refusals = refusals
        super().__init__("; ".join(f"{p.subject} – {p.field}: {why}" for p, why in refusals))


# Proposing ---------------------------------------------------------------------------------------------


def propose(proposals: Iterable[Proposal]) -> list[Statement]:
    """Keep what sources state, in the order given. What is known already is only seen again.

    Where it was known without the words it rests on, and they come now, it takes them. Raises RefusedError
    with every proposal whose value its column does not take; then nothing is written.
    """
    made, refusals = [], []
    for proposal in proposals:
        try:
            made.append(_statement(proposal))
        except ValidationError as error:
            refusals.append((proposal, " ".join(error.messages)))
    if refusals:
        raise RefusedError(refusals)
    with transaction.atomic():
        return _keep(made)


def _statement(proposal: Proposal) -> Statement:
    model = type(proposal.subject)
    sort = values.sort_of(model, proposal.field)
    if (sort is PER_LANGUAGE) != bool(proposal.language):
        raise ValidationError(
            _("This text needs its language.") if sort is PER_LANGUAGE else _("This field has no language.")
        )
    stated, value = (
        values.normalise(model, proposal.field, said, proposal.language)
        for said in (proposal.stated, proposal.stated if proposal.value is None else proposal.value)
    )
    if value != stated and not proposal.why:
        raise ValidationError(_("The value differs from what the source states: say why."))
    seen = proposal.seen or proposal.source.read_on
    statement = Statement(
        subject_type=subject_type(model),
        subject_id=proposal.subject.pk,
        field=proposal.field,
        language=proposal.language,
        as_printed=proposal.as_printed,
        stated=stated,
        stated_hash=hashlib.sha256(stated.encode()).hexdigest(),
        value=value,
        why=proposal.why,
        source=proposal.source,
        snapshot=proposal.snapshot,
        quote=proposal.quote,
        quote_start=proposal.quote_start,
        origin=proposal.origin,
        confidence=proposal.confidence,
        first_seen=seen,
        last_seen=seen,
        is_member=sort is MANY,
        translation_of=proposal.translation_of,
    )
    values.writable(statement.as_printed, statement.quote, statement.why, statement.origin)
    statement.clean_fields(exclude={"source", "snapshot", "decided_by", "translation_of"})
    return statement


def _identity(statement: Statement) -> tuple[Place, str, int]:
    return place_of(statement), statement.stated_hash, statement.source_id


def _keep(made: Sequence[Statement]) -> list[Statement]:
    known = {_identity(old): old for old in on_subjects(made)}
    new: dict[tuple[Place, str, int], Statement] = {}
    seen: dict[int, Statement] = {}
    kept = []
    for statement in made:
        identity = _identity(statement)
        old = known.get(identity)
        if old is None:
            first = new.setdefault(identity, statement)
            first.last_seen = max(first.last_seen, statement.last_seen)
            kept.append(first)
            continue
        if _is_news(old, statement):
            seen[old.pk] = old
        kept.append(old)
    Statement.objects.bulk_create(new.values(), batch_size=BATCH)
    columns = ["last_seen", "quote", "quote_start", "snapshot", "confidence"]
    Statement.objects.bulk_update(seen.values(), columns, batch_size=BATCH)
    return kept


def _is_news(old: Statement, now: Statement) -> bool:
    """Take over what a statement that is known brings: a later day, and its first quotation."""
    is_later, is_first = now.last_seen > old.last_seen, bool(now.quote and not old.quote)
    old.last_seen = max(old.last_seen, now.last_seen)
    if is_first:
        old.quote, old.quote_start = now.quote, now.quote_start
        old.snapshot, old.confidence = now.snapshot, now.confidence
    return is_later or is_first


def seen_again(statements: "models.QuerySet[Statement]", *, day: dt.date) -> int:
    """Note that their sources state these still; give how many were last seen before that day."""
    return statements.filter(last_seen__lt=day).update(last_seen=day)


# Deciding ----------------------------------------------------------------------------------------------


@transaction.atomic
def accept(
    statements: Iterable[Statement],
    *,
    by: User,
    rank: Ranker,
    why: str = "",
    replacing: Sequence[Statement] = (),
) -> int:
    """Accept statements; the best ranked on each field takes force and is written to its column.

    Gives how many were not accepted before. A finer date that agrees with the best ranked one is what
    takes force: December 2006 and 13 December 2006 are no contradiction. ``replacing`` are earlier words
    of the same people on the same fields: they are weighed once more with the others, so that their place
    passes to the new ones, and are rejected.
    """
    changed = _decide(statements, Deed.ACCEPTED, by=by, rank=rank, why=why, leaving={s.pk for s in replacing})
    reject(replacing, by=by, rank=rank, why=REPLACED)
    return changed


def reject(statements: Iterable[Statement], *, by: User, rank: Ranker, why: str = "") -> int:
    """Reject statements; what is left decides what is in force. Gives how many were not rejected before."""
    return _decide(statements, Deed.REJECTED, by=by, rank=rank, why=why)


def reopen(statements: Iterable[Statement], *, by: User, rank: Ranker, why: str = "") -> int:
    """Take verdicts back: the statements wait again. Gives how many had been decided on."""
    return _decide(statements, Deed.REOPENED, by=by, rank=rank, why=why)


VERDICTS = {
    Deed.ACCEPTED: Verdict.ACCEPTED,
    Deed.REJECTED: Verdict.REJECTED,
    Deed.REOPENED: Verdict.PROPOSED,
}
LOGGED = {
    Deed.ACCEPTED: gettext_noop("statements accepted"),
    Deed.REJECTED: gettext_noop("statements rejected"),
    Deed.REOPENED: gettext_noop("statements reopened"),
}


REPLACED = gettext_noop("replaced by a later word of the same side")


@transaction.atomic
def _decide(
    statements: Iterable[Statement],
    deed: Deed,
    *,
    by: User,
    rank: Ranker,
    why: str,
    leaving: AbstractSet[int] = frozenset(),
) -> int:
    verdict, now = VERDICTS[deed], timezone.now()
    changed = {s.pk: s for s in statements if s.verdict != verdict}
    if not changed:
        return 0
    who = (
        {"decided_by": None, "decided_at": None}
        if verdict == Verdict.PROPOSED
        else {
            "decided_by": by,
            "decided_at": now,
        }
    )
    update(changed.values(), verdict=verdict, in_force=False, preferred=False, **who)
    _note(changed.values(), deed, by=by, at=now, why=why)
    settle({place_of(s) for s in changed.values()}, rank, leaving=leaving)
    log(LOGGED[deed], f"{len(changed)}", by=by, why=why)
    return len(changed)


def _note(statements: Iterable[Statement], deed: Deed, *, by: User, at: dt.datetime, why: str) -> None:
    Decision.objects.bulk_create(
        [Decision(statement=s, deed=deed, by=by, at=at, why=why) for s in statements], batch_size=BATCH
    )


@transaction.atomic
def prefer(statement: Statement, *, by: User, rank: Ranker, why: str) -> None:
    """Let a person's choice decide which word is in force, whoever's it is. Raises ValidationError.

    The statement is accepted first where it was not; only one of a field is chosen at a time.
    """
    if not why.strip():
        raise ValidationError(_("Say why this word is to stand rather than the others."))
    if values.sort_of(model_of(statement.subject_type), statement.field) is MANY:
        raise ValidationError(_("Each accepted member of a set is in force; there is nothing to choose."))
    accept([statement], by=by, rank=rank, why=why)
    _release(statement, by=by)
    update([statement], preferred=True)
    _note([statement], Deed.PREFERRED, by=by, at=timezone.now(), why=why)
    settle({place_of(statement)}, rank)


@transaction.atomic
def release(statement: Statement, *, by: User, rank: Ranker) -> None:
    """Take a choice back: the order of precedence decides again."""
    _release(statement, by=by)
    update([statement], preferred=False, in_force=False)  # it is weighed as one word among the others
    settle({place_of(statement)}, rank)


def _release(statement: Statement, *, by: User) -> None:
    chosen = [s for s in on_subjects([statement]) if s.preferred and place_of(s) == place_of(statement)]
    update(chosen, preferred=False)
    _note(chosen, Deed.RELEASED, by=by, at=timezone.now(), why="")


@transaction.atomic
def correct(statement: Statement, value: object, *, why: str, by: User, rank: Ranker) -> None:
    """Say what a statement should read, where its source errs; what it states stays. Raises ValidationError.

    The value before is kept with the decision. Given what is stated, the correction is taken back.
    """
    model = model_of(statement.subject_type)
    should = values.normalise(model, statement.field, value, statement.language)
    if should != statement.stated and not why.strip():
        raise ValidationError(_("The value differs from what the source states: say why."))
    note = Decision(statement=statement, deed=Deed.CORRECTED, by=by, why=why, was=statement.value)
    note.save()
    update([statement], value=should, why="" if should == statement.stated else why, in_force=False)
    settle({place_of(statement)}, rank)
    log(gettext_noop("statement corrected"), str(statement), by=by, why=why)


@transaction.atomic
def weigh(statements: Iterable[Statement], *, rank: Ranker) -> None:
    """Work out anew what stands where these are said, as when their source counts for more or less now.

    That they stood until now does not count for them.
    """
    given = list(statements)
    update(given, in_force=False)
    settle({place_of(s) for s in given}, rank)


@transaction.atomic
def move(statements: Iterable[Statement], to: models.Model, *, rank: Ranker) -> list[Statement]:
    """Move statements to another record of the same kind, as when two are one; give those that moved.

    What the same source states of the other record already stays where it is.
    """
    wanted = list(statements)
    here = {place_of(s) for s in wanted}
    there = {(s.field, s.language, s.stated_hash, s.source_id) for s in _all_on(to)}
    moved = [s for s in wanted if (s.field, s.language, s.stated_hash, s.source_id) not in there]
    update(moved, in_force=False, preferred=False, subject_id=to.pk)
    settle(here | {place_of(s) for s in moved}, rank)
    return moved


def _all_on(record: models.Model) -> Iterable[Statement]:
    return on_subjects([Statement(subject_type=subject_type(record), subject_id=record.pk)])
