"""Loading fact files: the records they need, then what they state, proposed and accepted.

All in one transaction.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.core.acts import Act, out_of_order
from twinhall.core.dates import PartialDate
from twinhall.exchange.facts.ledger import Ledger, Report
from twinhall.exchange.facts.networks import keep_networks, tell_networks
from twinhall.exchange.facts.parties import keep_parties, keep_sources, tell_parties
from twinhall.exchange.facts.partnerships import tell_partnerships
from twinhall.exchange.facts.problems import FactsRefusedError, Problem, Where
from twinhall.exchange.facts.projects import keep_programmes, tell_projects
from twinhall.exchange.facts.reading import ReadFile, read_files
from twinhall.exchange.regions import settle_regions
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
    ties: dict[type[Act], dict[int, Where]] = defaultdict(dict)
    for act, where in ledger.acts.items():
        ties[type(act)].setdefault(getattr(act, f"{act.tie}_id"), where)
    for model, places in ties.items():
        for tie, dates in _dates(model, places).items():
            pair = out_of_order(dates)
            if pair is not None:
                message = _(
                    "The acts stand in the wrong order: one of %(later)s comes before one of %(earlier)s."
                )
                ledger.problems.append(
                    Problem(places[tie].at("acts"), message % {"later": pair[0], "earlier": pair[1]})
                )


def _dates(model: type[Act], ties: Iterable[int]) -> dict[int, list[PartialDate | None]]:
    """The dates of the acts of each tie, in the order of the acts; attestations say nothing of order."""
    acts = model._default_manager.filter(**{f"{model.tie}__in": list(ties)})
    found: dict[int, list[PartialDate | None]] = defaultdict(list)
    dating = acts.exclude(Q(kind__in=model.undeciding)).order_by("number")
    for tie, date in dating.values_list(model.tie, "date"):
        found[tie].append(date)
    return found


def load_facts(paths: Sequence[Path], *, by: User, dry_run: bool = False) -> Report:
    """Load fact files, all or nothing. Loading the same files again changes nothing.

    Raises FactsRefusedError with every problem found, naming file, record and field.
    """
    files = read_files(paths)
    ledger = Ledger(by=by)
    with transaction.atomic():
        _load(ledger, files)
        transaction.set_rollback(dry_run)
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
        settle_regions()
        index_all()
