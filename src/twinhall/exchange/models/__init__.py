from twinhall.exchange.models.findings import Finding
from twinhall.exchange.models.merges import Merge
from twinhall.exchange.models.readings import ReadFact, Reading
from twinhall.exchange.models.tables import Loading, Reference, RowDecision, RowFinding, TakenRow

__all__ = [
    "Finding",
    "Loading",
    "Merge",
    "ReadFact",
    "Reading",
    "Reference",
    "RowDecision",
    "RowFinding",
    "TakenRow",
]
