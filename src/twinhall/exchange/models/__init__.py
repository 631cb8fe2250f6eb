from twinhall.exchange.models.findings import Finding
from twinhall.exchange.models.merges import Merge

__all__ = ["Finding", "Merge"]
