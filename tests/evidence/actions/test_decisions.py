"""Each decision is kept once: on which statement, by whom, when and why."""

import datetime as dt

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from tests.evidence.actions.asking import column, decisions, in_force, ranked
from tests.evidence.records import a_partnership
from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_accepted, make_statement
from tests.factories.parties import make_party
from twinhall.accounts.models import LogEntry
from twinhall.evidence.actions import accept, reject, reopen
from twinhall.evidence.models import Decision, Deed, Statement, Verdict

pytestmark = pytest.mark.django_db

DECIDING = {Deed.ACCEPTED: accept, Deed.REJECTED: reject, Deed.REOPENED: reopen}


def waiting() -> Statement:
    return make_statement(subject=make_party(name=""), field="name", stated="Valga")


@pytest.mark.parametrize(("deed", "verdict"), [(Deed.ACCEPTED, "accepted"), (Deed.REJECTED, "rejected")])
def test_a_decision_says_who_made_it_when_and_why(deed: Deed, verdict: str) -> None:
    statement, person, before = waiting(), make_user(), timezone.now()
    DECIDING[deed]([statement], by=person, rank=alike, why="It stands in the agreement.")
    decision = Decision.objects.get()
    assert (decision.statement, decision.deed, decision.by, decision.why) == (
        statement,
        deed,
        person,
        "It stands in the agreement.",
    )
    statement.refresh_from_db()
    assert (statement.verdict, statement.decided_by, statement.decided_at) == (verdict, person, decision.at)
    assert before <= decision.at <= timezone.now() + dt.timedelta(seconds=1)


@pytest.mark.parametrize("deed", DECIDING)
def test_what_is_decided_already_is_not_decided_again(deed: Deed) -> None:
    statement, person = waiting(), make_user()
    if deed == Deed.REOPENED:
        reject([statement], by=person, rank=alike)
    assert DECIDING[deed]([statement], by=person, rank=alike, why="At first sight.") == 1
    kept = list(Decision.objects.values())
    assert DECIDING[deed]([statement], by=make_user(), rank=alike, why="At second sight.") == 0
    assert list(Decision.objects.values()) == kept


def test_a_statement_named_twice_is_decided_on_once() -> None:
    statement = waiting()
    again = Statement.objects.get(pk=statement.pk)
    assert accept([statement, again], by=make_user(), rank=alike) == 1
    assert decisions(statement) == ["accepted"]


def test_each_statement_of_a_batch_has_its_decision_and_those_decided_before_have_no_second() -> None:
    party, person = make_party(), make_user()
    name, country = (
        make_statement(subject=party, field=field, stated=stated)
        for field, stated in (("name", "Valga"), ("country", "EE"))
    )
    accept([name], by=make_user(), rank=alike)
    assert accept([name, country], by=person, rank=alike, why="Seen on the page.") == 1
    assert [decisions(name), decisions(country)] == [["accepted"], ["accepted"]]
    assert Decision.objects.get(statement=country).by == person


def test_the_reason_stands_in_the_log_too() -> None:
    statement, person = waiting(), make_user()
    accept([statement], by=person, rank=alike, why="Seen on the page.")
    reject([statement], by=person, rank=alike, why="A slip.")
    reopen([statement], by=person, rank=alike, why="No slip.")
    assert list(LogEntry.objects.order_by("pk").values_list("deed", "label", "why")) == [
        ("statements accepted", "1", "Seen on the page."),
        ("statements rejected", "1", "A slip."),
        ("statements reopened", "1", "No slip."),
    ]


def test_every_decision_on_a_statement_is_kept_in_order() -> None:
    statement, person = waiting(), make_user()
    for deed in (Deed.ACCEPTED, Deed.REJECTED, Deed.REOPENED, Deed.ACCEPTED):
        DECIDING[deed]([statement], by=person, rank=alike)
    assert decisions(statement) == ["accepted", "rejected", "reopened", "accepted"]


def test_what_was_decided_on_is_not_deleted() -> None:
    statement = make_accepted(subject=make_party(), field="name", stated="Valga")
    with pytest.raises(ProtectedError):
        statement.delete()


# Reopening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decide", [accept, reject])
def test_what_is_reopened_waits_again_and_nobody_has_decided_on_it(decide: object) -> None:
    statement = waiting()
    deed = Deed.ACCEPTED if decide is accept else Deed.REJECTED
    DECIDING[deed]([statement], by=make_user(), rank=alike)
    assert reopen([statement], by=make_user(), rank=alike) == 1
    statement.refresh_from_db()
    assert (statement.verdict, statement.decided_by, statement.decided_at, statement.in_force) == (
        Verdict.PROPOSED,
        None,
        None,
        False,
    )


def test_what_nobody_has_decided_on_is_not_reopened() -> None:
    assert reopen([waiting()], by=make_user(), rank=alike) == 0
    assert (Decision.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_reopening_the_only_accepted_statement_empties_the_column() -> None:
    party = make_party(name="")
    statement = make_accepted(subject=party, field="name", stated="Valga")
    reopen([statement], by=make_user(), rank=alike)
    assert (column(party, "name"), in_force(party, "name")) == ("", [])


def test_reopening_what_is_in_force_gives_force_to_the_next_best() -> None:
    party = make_party(name="")
    best, next_best = (make_statement(subject=party, field="name", stated=name) for name in ("Valga", "Walk"))
    accept([best, next_best], by=make_user(), rank=ranked(best, next_best))
    reopen([best], by=make_user(), rank=ranked(best, next_best))
    assert (column(party, "name"), in_force(party, "name")) == ("Walk", ["Walk"])


def test_reopening_what_was_rejected_changes_no_column() -> None:
    party = make_party(name="")
    make_accepted(subject=party, field="name", stated="Valga")
    other = make_statement(subject=party, field="name", stated="Walk")
    reject([other], by=make_user(), rank=alike)
    reopen([other], by=make_user(), rank=ranked(other))
    assert (column(party, "name"), in_force(party, "name")) == ("Valga", ["Valga"])


def test_reopening_a_member_takes_it_out_of_the_set() -> None:
    partnership = a_partnership()
    youth, sport = (
        make_accepted(subject=partnership, field="fields", stated=code) for code in ("youth", "sport")
    )
    reopen([youth], by=make_user(), rank=alike)
    assert in_force(partnership, "fields") == [sport.value]
    assert list(partnership.fields.values_list("code", flat=True)) == ["sport"]
