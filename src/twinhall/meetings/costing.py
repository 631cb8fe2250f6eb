"""What a visit costs, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from twinhall.meetings.models import Cost
from twinhall.parties.models import Party


@dataclass(frozen=True)
class Sum:
    """What a party pays in a currency (ISO 4217), as planned and as paid; of all parties without one."""

    payer: Party | None
    currency: str
    planned: Decimal
    paid: Decimal


def sums(costs: Iterable[Cost]) -> list[Sum]:
    """By payer and currency, in the order in which they first come; then of all by currency.

    No query, where the payers are fetched. Currencies are never added to each other.
    """
    costs = list(costs)
    each = [
        _sum([cost for cost in costs if (cost.payer, cost.currency) == (payer, currency)], payer, currency)
        for payer, currency in dict.fromkeys((cost.payer, cost.currency) for cost in costs)
    ]
    currencies = dict.fromkeys(cost.currency for cost in costs)
    totals = [_sum([c for c in costs if c.currency == currency], None, currency) for currency in currencies]
    return [*each, *totals]


def _sum(costs: Iterable[Cost], payer: Party | None, currency: str) -> Sum:
    costs = list(costs)
    planned = sum((cost.planned or Decimal() for cost in costs), Decimal())
    paid = sum((cost.paid or Decimal() for cost in costs), Decimal())
    return Sum(payer, currency, planned, paid)
