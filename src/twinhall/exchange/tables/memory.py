"""Rows that were loaded before: taken once, a row is known, and a row that waits goes on waiting.

So a table that is loaded again changes nothing, whatever has come to the register meanwhile: what a row in
doubt means is said by a person, not by the order in which tables were loaded.
"""

import hashlib
from collections.abc import Iterable

from twinhall.core.copying import copy
from twinhall.exchange.models import RowDecision, RowFinding, TakenRow
from twinhall.exchange.tables.maps import Map, Row

_BITS = 63
"""Of a hash, so that databases take it as a number: of a million rows two are alike once in 10⁷ times."""


def map_digest(mapped: Map) -> bytes:
    """What tells a map from others: a row read by another map is another row."""
    return hashlib.sha256(mapped.model_dump_json().encode()).digest()


def row_digest(of_map: bytes, row: Row) -> int:
    """What tells a row from others, wherever it stands in a table."""
    told = hashlib.sha256(of_map + "\x1f".join(row.values()).encode())
    return int.from_bytes(told.digest()[:8]) >> (64 - _BITS)


def rows_taken() -> set[int]:
    """The rows that were taken; some 30 MB for a million."""
    return set(TakenRow.objects.values_list("digest", flat=True).iterator())


def rows_waiting_still() -> set[str]:
    """The fingerprints of rows that nobody has decided on."""
    return set(
        RowFinding.objects.filter(decision=RowDecision.OPEN).values_list("fingerprint", flat=True).iterator()
    )


def remember(digests: Iterable[int]) -> None:
    """Note rows as taken. Within the transaction that takes them."""
    copy(TakenRow, ("digest",), ((digest,) for digest in digests))
