import datetime as dt
from collections.abc import Sequence

import pytest

from tests.evidence.actions.asking import (
    LATER,
    column,
    in_force,
    ranked,
)
from tests.evidence.records import a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    READ_ON,
    alike,
    make_accepted,
    make_source,
    make_statement,
)
from tests.factories.parties import make_party
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import (
    accept,
    reject,
)
from twinhall.evidence.models import Statement, Verdict

pytestmark = pytest.mark.django_db


def test_accepting_writes_the_column_and_says_who_decided_and_when() -> None:
    party, user = make_party(name=""), make_user()
    statement = make_statement(subject=party, field="name", stated="Valga")
    assert accept([statement], by=user, rank=alike) == 1
    assert column(party, "name") == "Valga"
    statement.refresh_from_db()
    assert (statement.verdict, statement.in_force, statement.decided_by) == (Verdict.ACCEPTED, True, user)
    assert statement.decided_at is not None


def test_a_decision_is_one_line_of_the_log() -> None:
    party, user = make_party(), make_user()
    statements = [
        make_statement(subject=party, field="name", stated="Valga"),
        make_statement(subject=party, field="country", stated="EE"),
    ]
    accept(statements, by=user, rank=alike)
    reject(statements[:1], by=user, rank=alike)
    lines = LogEntry.objects.order_by("pk").values_list("deed", "label", "by")
    assert list(lines) == [("statements accepted", "2", user.pk), ("statements rejected", "1", user.pk)]


def test_accepting_what_is_accepted_already_changes_nothing() -> None:
    party, user = make_party(), make_user()
    statement = make_accepted(subject=party, field="name", stated="Valga", by=user)
    before = list(Statement.objects.values())
    assert accept([statement], by=make_user(), rank=alike) == 0
    assert list(Statement.objects.values()) == before
    assert LogEntry.objects.count() == 1


def test_accepting_nothing_does_nothing() -> None:
    assert accept([], by=make_user(), rank=alike) == 0
    assert LogEntry.objects.count() == 0


def test_the_column_takes_the_corrected_value() -> None:
    act = a_signing()
    make_accepted(subject=act, field="date", stated="1993", value="1992", why="The agreement says 1992.")
    assert column(act, "date") == PartialDate(1992)


@pytest.mark.parametrize("best", [0, 1, 2])
def test_of_several_values_the_best_ranked_is_in_force_whatever_came_first(best: int) -> None:
    party = make_party(name="")
    said = [make_statement(subject=party, field="name", stated=name) for name in ("Valga", "Walk", "Valka")]
    accept(said, by=make_user(), rank=ranked(said[best]))
    assert column(party, "name") == said[best].value
    assert in_force(party, "name") == [said[best].value]


def test_force_passes_from_one_statement_to_a_better_ranked_one() -> None:
    party = make_party(name="")
    old = make_accepted(subject=party, field="name", stated="Walk")
    new = make_statement(subject=party, field="name", stated="Valga")
    accept([new], by=make_user(), rank=ranked(new, old))
    old.refresh_from_db()
    assert (old.verdict, old.in_force) == (Verdict.ACCEPTED, False)
    assert in_force(party, "name") == ["Valga"]
    assert column(party, "name") == "Valga"


def test_a_worse_ranked_statement_is_accepted_without_taking_force() -> None:
    party = make_party(name="")
    old = make_accepted(subject=party, field="name", stated="Valga")
    new = make_statement(subject=party, field="name", stated="Walk")
    accept([new], by=make_user(), rank=ranked(old, new))
    new.refresh_from_db()
    assert (new.verdict, new.in_force) == (Verdict.ACCEPTED, False)
    assert column(party, "name") == "Valga"


def test_the_ranker_is_shown_every_accepted_statement_on_the_field_and_no_other() -> None:
    party = make_party()
    accepted = make_accepted(subject=party, field="name", stated="Valga")
    make_accepted(subject=party, field="country", stated="EE")
    make_accepted(subject=make_party(), field="name", stated="Valga")
    make_statement(subject=party, field="name", stated="Walk")
    wrong = make_statement(subject=party, field="name", stated="Vlaga")
    reject([wrong], by=make_user(), rank=alike)
    new = make_statement(subject=party, field="name", stated="Valka")
    shown: list[int] = []

    def rank(statements: Sequence[Statement]) -> dict[int, int]:
        shown.extend(s.pk for s in statements)
        return dict.fromkeys(shown, 0)

    accept([new], by=make_user(), rank=rank)
    assert sorted(shown) == [accepted.pk, new.pk]


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        ((PartialDate(2020), READ_ON), (PartialDate(2021), READ_ON), "Walk"),
        ((PartialDate(2021), READ_ON), (PartialDate(2020), READ_ON), "Valga"),
        ((PartialDate(2021, 6), READ_ON), (PartialDate(2021), READ_ON), "Walk"),
        ((None, READ_ON), (None, LATER), "Walk"),
        ((None, READ_ON), (PartialDate(2021), LATER), "Valga"),
        ((PartialDate(2020), READ_ON), (PartialDate(2020), LATER), "Valga"),
    ],
)
def test_within_a_rank_the_newest_source_is_in_force_and_of_equals_the_first(
    first: tuple[PartialDate | None, dt.date], second: tuple[PartialDate | None, dt.date], winner: str
) -> None:
    party = make_party(name="")
    said = [
        make_statement(
            subject=party, field="name", stated=name, source=make_source(dated=own, read_on=read_on)
        )
        for name, (own, read_on) in (("Valga", first), ("Walk", second))
    ]
    accept(said, by=make_user(), rank=alike)
    assert column(party, "name") == winner


def test_rank_goes_before_age() -> None:
    party = make_party(name="")
    old = make_statement(
        subject=party, field="name", stated="Valga", source=make_source(dated=PartialDate(1991))
    )
    new = make_statement(
        subject=party, field="name", stated="Walk", source=make_source(dated=PartialDate(2024))
    )
    accept([old, new], by=make_user(), rank=ranked(old, new))
    assert column(party, "name") == "Valga"
