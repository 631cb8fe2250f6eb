"""Proposing statements and deciding on them. Nothing else writes a sourced field."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence import values
from twinhall.evidence.models import Decision, Deed, Snapshot, Source, Statement, Verdict
from twinhall.evidence.queries import freshness
from twinhall.evidence.sorts import EXISTS, MANY, PER_LANGUAGE

BATCH = 500

Ranks = Mapping[int, int]
Ranker = Callable[[Sequence[Statement]], Ranks]
"""Ranks statements, by their primary keys: the lowest is in force. Worked out where publishers are known."""


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


class Place(NamedTuple):
    """One field of one record, and for a text its language: where statements compete."""

    subject_type: str
    subject_id: int
    field: str
    language: str


def subject_type(model: type[models.Model] | models.Model) -> str:
    """How statements call a model: ``partnerships.act``."""
    return model._meta.label_lower


def _place(statement: Statement) -> Place:
    return Place(statement.subject_type, statement.subject_id, statement.field, statement.language)


def _model(name: str) -> type[models.Model]:
    return apps.get_model(name)


# Proposing ---------------------------------------------------------------------------------------------


def propose(proposals: Iterable[Proposal]) -> list[Statement]:
    """Keep what sources state, in the order given. What is known already is only seen again.

    Raises RefusedError with every proposal whose value its column does not take; then nothing is written.
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
    return _place(statement), statement.stated_hash, statement.source_id


def _keep(made: Sequence[Statement]) -> list[Statement]:
    known = {_identity(old): old for old in _on_subjects(made)}
    new: dict[tuple[Place, str, int], Statement] = {}
    seen_again: dict[int, Statement] = {}
    kept = []
    for statement in made:
        identity = _identity(statement)
        old = known.get(identity)
        if old is None:
            first = new.setdefault(identity, statement)
            first.last_seen = max(first.last_seen, statement.last_seen)
            kept.append(first)
            continue
        if statement.last_seen > old.last_seen:
            old.last_seen = statement.last_seen
            seen_again[old.pk] = old
        kept.append(old)
    Statement.objects.bulk_create(new.values(), batch_size=BATCH)
    Statement.objects.bulk_update(seen_again.values(), ["last_seen"], batch_size=BATCH)
    return kept


def _on_subjects(statements: Iterable[Statement]) -> Iterable[Statement]:
    """All kept statements on the records that these are about."""
    ids: dict[str, set[int]] = defaultdict(set)
    for statement in statements:
        ids[statement.subject_type].add(statement.subject_id)
    for kind, wanted in ids.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), BATCH):
            yield from Statement.objects.filter(
                subject_type=kind, subject_id__in=ordered[start : start + BATCH]
            ).select_related("source__document")


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
    _update(changed.values(), verdict=verdict, in_force=False, preferred=False, **who)
    _note(changed.values(), deed, by=by, at=now, why=why)
    _settle({_place(s) for s in changed.values()}, rank, leaving=leaving)
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
    if values.sort_of(_model(statement.subject_type), statement.field) is MANY:
        raise ValidationError(_("Each accepted member of a set is in force; there is nothing to choose."))
    accept([statement], by=by, rank=rank, why=why)
    _release(statement, by=by)
    _update([statement], preferred=True)
    _note([statement], Deed.PREFERRED, by=by, at=timezone.now(), why=why)
    _settle({_place(statement)}, rank)


@transaction.atomic
def release(statement: Statement, *, by: User, rank: Ranker) -> None:
    """Take a choice back: the order of precedence decides again."""
    _release(statement, by=by)
    _update([statement], preferred=False, in_force=False)  # it is weighed as one word among the others
    _settle({_place(statement)}, rank)


def _release(statement: Statement, *, by: User) -> None:
    chosen = [s for s in _on_subjects([statement]) if s.preferred and _place(s) == _place(statement)]
    _update(chosen, preferred=False)
    _note(chosen, Deed.RELEASED, by=by, at=timezone.now(), why="")


@transaction.atomic
def correct(statement: Statement, value: object, *, why: str, by: User, rank: Ranker) -> None:
    """Say what a statement should read, where its source errs; what it states stays. Raises ValidationError.

    The value before is kept with the decision. Given what is stated, the correction is taken back.
    """
    model = _model(statement.subject_type)
    should = values.normalise(model, statement.field, value, statement.language)
    if should != statement.stated and not why.strip():
        raise ValidationError(_("The value differs from what the source states: say why."))
    note = Decision(statement=statement, deed=Deed.CORRECTED, by=by, why=why, was=statement.value)
    note.save()
    _update([statement], value=should, why="" if should == statement.stated else why, in_force=False)
    _settle({_place(statement)}, rank)
    log(gettext_noop("statement corrected"), str(statement), by=by, why=why)


@transaction.atomic
def weigh(statements: Iterable[Statement], *, rank: Ranker) -> None:
    """Work out anew what stands where these are said, as when their source counts for more or less now.

    That they stood until now does not count for them.
    """
    given = list(statements)
    _update(given, in_force=False)
    _settle({_place(s) for s in given}, rank)


@transaction.atomic
def move(statements: Iterable[Statement], to: models.Model, *, rank: Ranker) -> list[Statement]:
    """Move statements to another record of the same kind, as when two are one; give those that moved.

    What the same source states of the other record already stays where it is.
    """
    wanted = list(statements)
    here = {_place(s) for s in wanted}
    there = {(s.field, s.language, s.stated_hash, s.source_id) for s in _all_on(to)}
    moved = [s for s in wanted if (s.field, s.language, s.stated_hash, s.source_id) not in there]
    _update(moved, in_force=False, preferred=False, subject_id=to.pk)
    _settle(here | {_place(s) for s in moved}, rank)
    return moved


def _all_on(record: models.Model) -> Iterable[Statement]:
    return _on_subjects([Statement(subject_type=subject_type(record), subject_id=record.pk)])


def _settle(places: set[Place], rank: Ranker, *, leaving: AbstractSet[int] = frozenset()) -> None:
    """Work out anew which statements on these places are in force, and write their columns.

    Those that are ``leaving`` are weighed with the others, but take no force.
    """
    subjects = [Statement(subject_type=p.subject_type, subject_id=p.subject_id) for p in places]
    competing: dict[Place, list[Statement]] = {place: [] for place in places}
    for statement in _on_subjects(subjects):
        if statement.verdict == Verdict.ACCEPTED and _place(statement) in competing:
            competing[_place(statement)].append(statement)
    ranks = rank([s for group in competing.values() for s in group])
    chosen = {
        place: _in_force(place, [s for s in group if s.pk not in leaving], ranks)
        for place, group in competing.items()
    }
    _mark([s for group in competing.values() for s in group], {s.pk for g in chosen.values() for s in g})
    _write(chosen)


def _in_force(place: Place, group: Sequence[Statement], ranks: Ranks) -> list[Statement]:
    model = _model(place.subject_type)
    if not group or values.sort_of(model, place.field) is MANY:
        return list(group)
    best, *others = sorted(group, key=lambda s: (not s.preferred, ranks[s.pk], *freshness(s)))
    for other in others if not best.preferred else []:
        if _is_finer(model, place.field, other.value, best.value):
            best = other
    return [best]


def _is_finer(model: type[models.Model], field: str, one: str, other: str) -> bool:
    """Whether one value says the same as the other, more exactly."""
    exact = values.grade(model, field, one) > values.grade(model, field, other)
    return exact and values.agree(model, field, one, other)


def _mark(group: Sequence[Statement], chosen: set[int]) -> None:
    """Take force from those that lose it before giving it: the database holds one at a time."""
    for in_force in (False, True):
        moved = [s for s in group if s.in_force != in_force and (s.pk in chosen) is in_force]
        _update(moved, in_force=in_force)


def _update(statements: Iterable[Statement], **columns: object) -> None:
    """Set the same values on all these statements and on their rows."""
    changed = list(statements)
    for statement in changed:
        for column, value in columns.items():
            setattr(statement, column, value)
    for start in range(0, len(changed), BATCH):
        batch = [statement.pk for statement in changed[start : start + BATCH]]
        Statement.objects.filter(pk__in=batch).update(**columns)


def _write(chosen: Mapping[Place, Sequence[Statement]]) -> None:
    by_model: dict[str, dict[int, list[tuple[Place, Sequence[Statement]]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for place, group in chosen.items():
        if place.field != EXISTS:
            by_model[place.subject_type][place.subject_id].append((place, group))
    for kind, wanted in by_model.items():
        model = _model(kind)
        records = model._base_manager.filter(pk__in=list(wanted))
        columns: set[str] = set()
        for record in records:
            for place, group in wanted[record.pk]:
                if _set(record, place, group):
                    columns.add(place.field)
        if columns:
            model._base_manager.bulk_update(records, sorted(columns), batch_size=BATCH)


def _set(record: models.Model, place: Place, group: Sequence[Statement]) -> bool:
    """Set one field from its statements in force; say whether the record's row must be saved."""
    sort = values.sort_of(type(record), place.field)
    found = [values.python(type(record), place.field, s.value) for s in group]
    if sort is MANY:
        getattr(record, place.field).set(dict.fromkeys(found))
        return False
    if sort is PER_LANGUAGE:
        texts: dict[str, Any] = dict(getattr(record, place.field))
        texts.pop(place.language, None)
        setattr(record, place.field, texts | ({place.language: found[0]} if found else {}))
        return True
    column = values.holder(type(record), place.field)
    empty = None if column.null else column.get_default()
    setattr(record, column.attname, found[0] if found else empty)
    return True
