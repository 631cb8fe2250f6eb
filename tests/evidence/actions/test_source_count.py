"""How many sources say that a record exists is kept with it, whatever is decided."""

import pytest

from tests.evidence.actions.asking import fresh
from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_accepted, make_source, make_statement
from tests.factories.parties import make_party
from tests.factories.partnerships import make_partnership
from twinhall.evidence.actions import accept, correct, move, reject, reopen
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie() -> Partnership:
    return make_partnership()


def said(tie: Partnership, stated: str = "yes") -> Statement:
    return make_accepted(subject=tie, field=EXISTS, stated=stated)


def count(tie: Partnership) -> int:
    found = fresh(tie)
    assert isinstance(found, Partnership)
    return found.source_count


def test_each_source_counts_once_that_says_yes_and_was_accepted(tie: Partnership) -> None:
    source = make_source()
    for stated in ("yes", "no"):
        make_accepted(subject=tie, field=EXISTS, stated=stated, source=source)
    said(tie)
    said(tie, "no")
    make_statement(subject=tie, field=EXISTS, stated="yes")
    make_accepted(subject=tie, field="fields", stated="sport")
    assert count(tie) == 2
    assert count(make_partnership(kind="friendship")) == 0


def test_it_follows_each_decision(tie: Partnership) -> None:
    one, other = said(tie), said(tie)
    by, counts = make_user(), [count(tie)]
    reject([one], by=by, rank=alike)
    counts.append(count(tie))
    reopen([other], by=by, rank=alike)
    counts.append(count(tie))
    accept([one, other], by=by, rank=alike)
    counts.append(count(tie))
    correct(one, "no", why="A misprint.", by=by, rank=alike)
    counts.append(count(tie))
    assert counts == [2, 1, 0, 2, 1]


def test_it_moves_with_the_words(tie: Partnership) -> None:
    other = make_partnership(kind="friendship")
    move([said(tie)], other, rank=alike)
    assert (count(tie), count(other)) == (0, 1)


def test_a_record_without_the_column_is_left_alone() -> None:
    party = make_party()
    assert make_accepted(subject=party, field=EXISTS, stated="yes").in_force
    assert not hasattr(party, "source_count")
