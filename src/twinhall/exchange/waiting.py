"""Rows of tables that wait, since it is not certain which party they mean: who decides says who is meant."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pydantic import TypeAdapter

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.models import Source
from twinhall.exchange import told
from twinhall.exchange.models import RowDecision, RowFinding
from twinhall.exchange.tables.loading import Line, Loader
from twinhall.exchange.tables.register import read_register
from twinhall.exchange.tables.report import Outcome
from twinhall.exchange.tables.taking import NEW

KINDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (told.Standing, told.Partnership, told.Membership, told.Project, told.Participation)
}


# Questions -------------------------------------------------------------------------------------------


def rows_waiting(*, table: str = "", why: str = "") -> "QuerySet[RowFinding]":
    """The rows that wait, in the order of their tables; narrowed to a table or a reason."""
    found = RowFinding.objects.filter(decision=RowDecision.OPEN).select_related("source")
    if table:
        found = found.filter(table=table)
    if why:
        found = found.filter(why=why)
    return found.order_by("table", "row", "pk")


def tables_waiting() -> list[tuple[str, int]]:
    """The tables that rows wait of, and how many."""
    rows = RowFinding.objects.filter(decision=RowDecision.OPEN).values_list("table").annotate(n=Count("pk"))
    return list(rows.order_by("table"))


# Deeds -----------------------------------------------------------------------------------------------


@transaction.atomic
def settle_row(finding: RowFinding, *, choices: Mapping[str, int | str], by: User) -> Outcome:
    """Say who a row means, and take it into the register. Raises ValidationError.

    ``choices`` gives, for each place with candidates, the primary key of one of them, or NEW where the
    party is none of them.
    """
    _claim(finding)
    for place, candidates in finding.candidates.items():
        if choices.get(place) not in [*candidates, NEW]:
            raise ValidationError(_("Choose who is meant, for each of the parties in doubt."))
    record: told.Told = TypeAdapter(KINDS[finding.kind]).validate_python(finding.told)
    loader = Loader(read_register(), by)
    sources = {source.key: source for source in Source.objects.filter(key__in=record.sources)}
    [report], _notes = loader.take([Line(finding.row, record)], sources, table=finding.table, choices=choices)
    if report.outcome in (Outcome.REFUSED, Outcome.WAITING):
        raise ValidationError(
            _("The row could not be taken: %(why)s.") % {"why": report.why or report.outcome}
        )
    loader.index()
    _decide(finding, RowDecision.MATCHED, dict(choices), by=by)
    log(gettext_noop("waiting row matched"), finding.label, by=by, record=finding)
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
