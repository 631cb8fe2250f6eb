"""Rows of tables that wait, since it is not certain which party they mean: who decides says who is meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import TypeAdapter

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.models import Source
from twinhall.exchange import told
from twinhall.exchange.models import RowDecision, RowFinding
from twinhall.exchange.tables.drafts import Batch
from twinhall.exchange.tables.excerpt import excerpt, parties_of
from twinhall.exchange.tables.loading import Line, Loader
from twinhall.exchange.tables.matching import match_all
from twinhall.exchange.tables.register import Register, mergers
from twinhall.exchange.tables.report import Outcome
from twinhall.exchange.tables.rows import RefusedError
from twinhall.exchange.tables.taking import NEW, PROJECT
from twinhall.projects.models import Project

KINDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (told.Standing, told.Partnership, told.Membership, told.Project, told.Participation)
}
_OPEN = Q(decision=RowDecision.OPEN)


# Questions -------------------------------------------------------------------------------------------


def rows_waiting(*, table: str = "", why: str = "") -> "QuerySet[RowFinding]":
    """The rows that wait, in the order of their tables; narrowed to a table or a reason."""
    found = RowFinding.objects.filter(_OPEN).select_related("source")
    if table:
        found = found.filter(table=table)
    if why:
        found = found.filter(why=why)
    return found.order_by("table", "row", "pk")


def row_after(finding: RowFinding, *, table: str = "", why: str = "") -> RowFinding | None:
    """The next row that waits after this one, in the same order; after the last the first; else None."""
    found = rows_waiting(table=table, why=why).exclude(pk=finding.pk)
    here = {"table": finding.table, "row": finding.row}
    later = Q(table__gt=finding.table) | Q(table=finding.table, row__gt=finding.row)
    later |= Q(**here, pk__gt=finding.pk)
    return found.filter(later).first() or found.first()


def tables_waiting() -> list[tuple[str, int]]:
    """The tables that rows wait of, and how many."""
    return [(table, count) for table, count in tables_seen() if count]


def tables_seen() -> list[tuple[str, int]]:
    """The tables that rows wait of, or waited, and how many wait still."""
    return _counted("table")


def reasons_seen() -> list[tuple[str, int]]:
    """The reasons that rows wait for, or waited, and how many wait still."""
    return _counted("why")


def _counted(column: str) -> list[tuple[str, int]]:
    rows = RowFinding.objects.order_by().values_list(column)
    return sorted(rows.annotate(n=Count("pk", filter=_OPEN)))


def record_of(finding: RowFinding) -> told.Told:
    """What a row tells."""
    record: told.Told = TypeAdapter(KINDS[finding.kind]).validate_python(finding.told)
    return record


@dataclass(frozen=True)
class Place:
    """A party of a row, or its project (whose ``told`` is None), and who of the register it may be.

    ``candidates`` are primary keys: those of when the row was read that still stand, then those that came
    since; there are none where it is not in doubt. ``match`` is who it is by now, where that is certain.
    """

    key: str
    told: told.Party | None
    is_in_doubt: bool
    candidates: Sequence[int] = ()
    match: int | None = None

    @property
    def may_be_new(self) -> bool:
        """Whether a new party can be made of it: not of a project, nor of one told by its name alone."""
        if self.told is None:
            return False
        try:
            Batch.check(self.told)
        except RefusedError:
            return False
        return True

    @property
    def choices(self) -> list[int | str]:
        """What may be said of it: one of the candidates, or that it is none of them."""
        return [*self.candidates, NEW] if self.may_be_new else [*self.candidates]


def places_of(finding: RowFinding, register: Register | None = None) -> list[Place]:
    """The parties of a row as the register knows them now, its project first; some ten queries."""
    record = record_of(finding)
    known = register or _register_for(finding)
    return [*_project(finding, record, known), *_parties(finding, record, known)]


def _register_for(finding: RowFinding) -> Register:
    besides = [pk for place, found in finding.candidates.items() if place != PROJECT for pk in found]
    return excerpt(record_of(finding), besides=besides)


def _project(finding: RowFinding, record: told.Told, register: Register) -> Iterable[Place]:
    if PROJECT in finding.candidates and isinstance(record, told.Participation):
        found = [*finding.candidates[PROJECT], *register.projects_by_key.values()]
        stands = set(Project.objects.standing().filter(pk__in=found).values_list("pk", flat=True))
        candidates = [pk for pk in dict.fromkeys(found) if pk in stands]
        yield Place(PROJECT, None, is_in_doubt=True, candidates=candidates)


def _parties(finding: RowFinding, record: told.Told, register: Register) -> Iterable[Place]:
    parties, merged = parties_of(record), mergers()
    now = match_all(register, parties, [None] * len(parties))
    for number, (party, found) in enumerate(zip(parties, now, strict=True)):
        before = finding.candidates.get(str(number))
        in_doubt = before is not None or bool(found.candidates)
        likely = [merged.get(pk, pk) for pk in before or ()]
        likely += [*found.candidates, *([found.party] if found.party and in_doubt else [])]
        candidates = [pk for pk in dict.fromkeys(likely) if pk in register.about]
        yield Place(str(number), party, in_doubt, candidates, found.party)


# Deeds -----------------------------------------------------------------------------------------------


@transaction.atomic
def settle_row(finding: RowFinding, *, choices: Mapping[str, int | str], by: User) -> Outcome:
    """Say who a row means, and take it into the register. Raises ValidationError.

    ``choices`` gives, for each place in doubt, the primary key of one of its candidates, or NEW where the
    party is none of them. It is kept who was meant, also where that is a new party: the table's next load
    means the same.
    """
    _claim(finding)
    register = _register_for(finding)
    in_doubt = [place for place in places_of(finding, register) if place.is_in_doubt]
    if any(choices.get(place.key) not in place.choices for place in in_doubt):
        raise ValidationError(_("Choose who is meant, for each of the parties in doubt."))
    said = {place.key: choices[place.key] for place in in_doubt}
    loader = Loader(register, by)
    outcome = _take(finding, loader, said)
    loader.index()
    meant = {key: loader.meant[int(key)] if choice == NEW else choice for key, choice in said.items()}
    _decide(finding, RowDecision.MATCHED, meant, by=by)
    log(gettext_noop("waiting row matched"), finding.label, by=by, record=finding)
    return outcome


def _take(finding: RowFinding, loader: Loader, choices: Mapping[str, int | str]) -> Outcome:
    record = record_of(finding)
    sources = {source.key: source for source in Source.objects.filter(key__in=record.sources)}
    [report], _notes = loader.take([Line(finding.row, record)], sources, table=finding.table, choices=choices)
    if report.outcome in (Outcome.REFUSED, Outcome.WAITING):
        raise ValidationError(
            _("The row could not be taken: %(why)s.")
            % {"why": _(report.why) if report.why else report.outcome}
        )
    return report.outcome


@transaction.atomic
def dismiss_row(finding: RowFinding, *, by: User) -> None:
    """Leave a row out for good. Raises ValidationError where it was decided already."""
    _claim(finding)
    _decide(finding, RowDecision.DISMISSED, {}, by=by)
    log(gettext_noop("waiting row dismissed"), finding.label, by=by, record=finding)


def _claim(finding: RowFinding) -> None:
    waiting = RowFinding.objects.select_for_update().filter(pk=finding.pk, decision=RowDecision.OPEN)
    if not waiting.exists():
        raise ValidationError(_("This row has been decided already."))


def _decide(
    finding: RowFinding, decision: RowDecision, choices: Mapping[str, int | str], *, by: User
) -> None:
    finding.decision, finding.choices = decision, dict(choices)
    finding.decided_by, finding.decided_at = by, timezone.now()
    finding.save()
