import datetime as dt

import pytest

from tests.constraints import Breach, assert_refused
from tests.factories.accounts import make_user
from tests.factories.exchange import make_merge
from twinhall.exchange.models.merges import Merge, MergeKind

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def a_merge(
    *,
    kind: str = MergeKind.PARTY,
    gone_id: int = 2,
    why: str = "Entered twice.",
    undone_at: dt.datetime | None = None,
) -> Merge:
    """A merge not saved yet."""
    return Merge(
        kind=kind,
        kept_id=1,
        gone_id=gone_id,
        kept_label="Valga",
        gone_label="Walk",
        why=why,
        by=make_user(),
        undone_at=undone_at,
    )


def merged_again() -> Merge:
    make_merge(kept_id=3, gone_id=2)
    return a_merge()


BREACHES = {
    "exchange_merge_kind": Breach(
        lambda: a_merge(kind="projects.project"), "Records of this kind are not merged."
    ),
    "exchange_merge_of_two": Breach(lambda: a_merge(gone_id=1), "A record is not merged with itself."),
    "exchange_merge_why": Breach(lambda: a_merge(why=""), "A merge needs its reason."),
    "exchange_merge_undone": Breach(
        lambda: a_merge(undone_at=NOW), "What was undone has somebody who undid it, and the time."
    ),
    "exchange_merge_gone_once": Breach(merged_again, "This record is merged into another already."),
}


def test_every_constraint_has_its_test() -> None:
    assert {constraint.name for constraint in Merge._meta.constraints} == BREACHES.keys()


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(name: str) -> None:
    assert_refused(BREACHES[name])


def test_what_was_undone_can_be_merged_again() -> None:
    first = make_merge()
    first.undone_by, first.undone_at = make_user(), NOW
    first.save()
    make_merge()
    assert Merge.objects.count() == 2


def test_a_merge_is_called_by_both_names() -> None:
    assert str(make_merge()) == "Walk → Valga"
