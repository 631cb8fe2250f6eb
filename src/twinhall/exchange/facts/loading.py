"""Loading fact files: the records they need, then what they state, proposed and accepted in one transaction."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.core.acts import Act, out_of_order
from twinhall.exchange.facts.ledger import Ledger, Report
from twinhall.exchange.facts.networks import keep_networks, tell_networks
from twinhall.exchange.facts.parties import keep_parties, keep_sources, tell_parties
from twinhall.exchange.facts.partnerships import tell_partnerships
from twinhall.exchange.facts.problems import FactsRefusedError, Problem, Where
from twinhall.exchange.facts.projects import keep_programmes, tell_projects
from twinhall.exchange.facts.reading import ReadFile, read_files
from twinhall.finder.actions import index_all

STEPS: Sequence[Callable[[Ledger, ReadFile], None]] = (
    keep_parties,
    keep_sources,
    tell_parties,
    keep_networks,
    tell_partnerships,
    tell_networks,
    keep_programmes,
    tell_projects,
)


def check_order(ledger: Ledger) -> None:
    """Refuse ties whose acts, as they now stand, lie in another order than their dates."""
    by_tie: dict[Any, tuple[type[Act], Where]] = {}
    for act, where in ledger.acts.items():
        by_tie.setdefault((type(act), getattr(act, f"{act.tie}_id")), (type(act), where))
    for (model, tie), (_model, where) in by_tie.items():
        acts = model._default_manager.filter(**{model.tie: tie}).exclude(kind__in=model.undeciding)
        pair = out_of_order(act.date for act in acts.order_by("number"))
        if pair is not None:
            message = _(
                "The acts stand in the wrong order: one of %(later)s comes before one of %(earlier)s."
            )
            ledger.problems.append(
                Problem(where.at("acts"), message % {"later": pair[0], "earlier": pair[1]})
            )


class _DryRunError(Exception):
    """Unwinds the transaction of a dry run."""


def load_facts(paths: Sequence[Path], *, by: User, dry_run: bool = False) -> Report:
    """Load fact files, all or nothing. Loading the same files again changes nothing.

    Raises FactsRefusedError with every problem found, naming file, record and field.
    """
    files = read_files(paths)
    ledger = Ledger(by=by)
    try:
        with transaction.atomic():
            _load(ledger, files)
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return ledger.report


def _load(ledger: Ledger, files: Sequence[ReadFile]) -> None:
    for step in STEPS:
        for file in files:
            step(ledger, file)
        if ledger.problems:
            raise FactsRefusedError(ledger.problems)
    ledger.settle()
    if not ledger.problems:
        check_order(ledger)
    if ledger.problems:
        raise FactsRefusedError(ledger.problems)
    if ledger.report.changed:
        index_all()
