from collections.abc import Sequence

import pytest
from django.db import IntegrityError, transaction

from tests.evidence.actions.asking import column, in_force, ranked
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    alike,
    make_accepted,
    make_statement,
)
from tests.factories.parties import make_name, make_party
from twinhall.accounts.models import LogEntry
from twinhall.evidence.actions import (
    accept,
    reject,
)
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.sorts import EXISTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "stated", "empty"),
    [("name", "Valga", ""), ("population", 12000, None), ("population_year", "2021", None)],
)
def test_rejecting_the_only_statement_empties_the_column(field: str, stated: object, empty: object) -> None:
    party = make_party(name="", country="")
    statement = make_accepted(subject=party, field=field, stated=stated)
    assert str(column(party, field)) == str(stated)
    assert reject([statement], by=make_user(), rank=alike) == 1
    assert column(party, field) == empty
    statement.refresh_from_db()
    assert (statement.verdict, statement.in_force) == (Verdict.REJECTED, False)


def test_rejecting_what_is_in_force_gives_force_to_the_next_best() -> None:
    party = make_party(name="")
    best, next_best, last = (
        make_statement(subject=party, field="name", stated=name) for name in ("Valga", "Walk", "Valka")
    )
    accept([best, next_best, last], by=make_user(), rank=ranked(best, next_best, last))
    reject([best], by=make_user(), rank=ranked(best, next_best, last))
    assert column(party, "name") == "Walk"
    assert in_force(party, "name") == ["Walk"]


def test_a_rejected_statement_can_be_accepted_after_all() -> None:
    party, first, second = make_party(name=""), make_user(), make_user()
    statement = make_statement(subject=party, field="name", stated="Valga")
    reject([statement], by=first, rank=alike)
    assert accept([statement], by=second, rank=alike) == 1
    statement.refresh_from_db()
    assert (statement.verdict, statement.decided_by) == (Verdict.ACCEPTED, second)
    assert column(party, "name") == "Valga"


def test_rejecting_a_proposal_leaves_what_is_in_force() -> None:
    party = make_party(name="")
    make_accepted(subject=party, field="name", stated="Valga")
    reject([make_statement(subject=party, field="name", stated="Walk")], by=make_user(), rank=alike)
    assert column(party, "name") == "Valga"
    assert in_force(party, "name") == ["Valga"]


def test_a_decision_that_fails_leaves_nothing_half_done() -> None:
    party = make_party(name="")
    statement = make_statement(subject=party, field="name", stated="Valga")

    def broken(_: Sequence[Statement]) -> dict[int, int]:
        raise LookupError

    with pytest.raises(LookupError):
        accept([statement], by=make_user(), rank=broken)
    statement.refresh_from_db()
    assert (statement.verdict, column(party, "name"), LogEntry.objects.count()) == (Verdict.PROPOSED, "", 0)


def test_the_facts_of_a_record_that_is_gone_are_still_decided() -> None:
    name = make_name()
    statement = make_statement(subject=name, field=EXISTS, stated="yes")
    party = make_party()
    named = make_statement(subject=party, field="name", stated="Valga")
    name.delete()
    party.delete()
    assert accept([statement, named], by=make_user(), rank=alike) == 2


def test_the_database_itself_keeps_one_statement_in_force() -> None:
    party = make_party()
    make_accepted(subject=party, field="name", stated="Valga")
    other = make_statement(subject=party, field="name", stated="Walk")
    accept([other], by=make_user(), rank=lambda found: {s.pk: int(s.pk == other.pk) for s in found})
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=other.pk).update(in_force=True)
