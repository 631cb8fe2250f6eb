"""Merges and rows of tables that wait, made as rows."""

from collections.abc import Mapping, Sequence

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source
from twinhall.accounts.models import User
from twinhall.evidence.models import Source
from twinhall.exchange.models import RowFinding
from twinhall.exchange.models.merges import Merge, MergeKind


def make_merge(
    *, kind: str = MergeKind.PARTY, kept_id: int = 1, gone_id: int = 2, by: User | None = None
) -> Merge:
    """A merge that moved nothing."""
    return Merge.objects.create(
        kind=kind,
        kept_id=kept_id,
        gone_id=gone_id,
        kept_label="Valga",
        gone_label="Walk",
        why="Entered twice.",
        by=by or make_user(),
        moved={"rows": [], "words": [], "names": []},
    )


def make_row_finding(
    *,
    candidates: Mapping[str, Sequence[int]],
    name: str = "Valga",
    table: str = "Places",
    row: int = 2,
    why: str = "only the name tells",
    country: str = "",
    source: Source | None = None,
) -> RowFinding:
    """A row on one party, known by nothing but its name, that waits."""
    source = source or make_source()
    return RowFinding.objects.create(
        fingerprint=f"{table} {row}",
        table=table,
        row=row,
        kind="Standing",
        told={"party": {"name": name, "country": country}, "sources": [source.key]},
        label=name,
        candidates=candidates,
        why=why,
        source=source,
    )
