"""Merges, made as rows."""

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
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
