"""Statements move to another record of the same kind, as when two records are one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.actions.asking import column, decisions, in_force, members, ranked
from tests.evidence.records import a_partnership
from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_accepted, make_source, make_statement
from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import accept, move, prefer, reject
from twinhall.evidence.models import Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="", country="")


@pytest.fixture
def walk() -> Party:
    """A second record of the same town."""
    return make_party(name="", country="", address="walk")


def subject(statement: Statement) -> int:
    statement.refresh_from_db()
    return statement.subject_id


def test_a_statement_moves_with_its_verdict_and_its_decisions(valga: Party, walk: Party) -> None:
    person = make_user()
    statement = make_accepted(subject=walk, field="name", stated="Valga", by=person)
    assert move([statement], valga, rank=alike) == [statement]
    assert subject(statement) == valga.pk
    assert (statement.verdict, statement.decided_by, statement.in_force) == (Verdict.ACCEPTED, person, True)
    assert decisions(statement) == ["accepted"]


def test_the_columns_of_both_records_are_written_anew(valga: Party, walk: Party) -> None:
    name = make_accepted(subject=walk, field="name", stated="Valga")
    population = make_accepted(subject=walk, field="population", stated=12000)
    make_accepted(subject=walk, field="country", stated="EE")
    move([name, population], valga, rank=alike)
    assert [column(valga, field) for field in ("name", "population", "country")] == ["Valga", 12000, ""]
    assert [column(walk, field) for field in ("name", "population", "country")] == ["", None, "EE"]


def test_what_is_left_takes_force_and_what_comes_competes(valga: Party, walk: Party) -> None:
    stays = make_accepted(subject=walk, field="name", stated="Walk")
    moves = make_accepted(subject=walk, field="name", stated="Valga")
    worse = make_accepted(subject=valga, field="name", stated="Vallika")
    move([moves], valga, rank=ranked(moves, stays, worse))
    assert (column(walk, "name"), in_force(walk, "name")) == ("Walk", ["Walk"])
    assert (column(valga, "name"), in_force(valga, "name")) == ("Valga", ["Valga"])


def test_a_worse_word_that_comes_takes_no_force(valga: Party, walk: Party) -> None:
    better = make_accepted(subject=valga, field="name", stated="Valga")
    moves = make_accepted(subject=walk, field="name", stated="Walk")
    move([moves], valga, rank=ranked(better, moves))
    assert (column(valga, "name"), in_force(valga, "name")) == ("Valga", ["Valga"])
    assert (column(walk, "name"), in_force(walk, "name")) == ("", [])


def test_what_the_same_source_states_of_the_other_already_stays(valga: Party, walk: Party) -> None:
    source = make_source()
    make_accepted(subject=valga, field="name", stated="Valga", source=source)
    duplicate = make_accepted(subject=walk, field="name", stated="Valga", source=source)
    another = make_accepted(subject=walk, field="name", stated="Walk", source=source)
    elsewhere = make_accepted(subject=walk, field="name", stated="Valga")
    country = make_accepted(subject=walk, field="country", stated="EE", source=source)
    moved = move([duplicate, another, elsewhere, country], valga, rank=ranked(duplicate))
    assert moved == [another, elsewhere, country]
    assert subject(duplicate) == walk.pk
    assert in_force(walk, "name") == ["Valga"]
    assert (column(valga, "country"), column(walk, "country")) == ("EE", "")


def test_what_was_rejected_of_the_other_already_stays_rejected(valga: Party, walk: Party) -> None:
    source = make_source()
    rejected = make_statement(subject=valga, field="name", stated="Walk", source=source)
    reject([rejected], by=make_user(), rank=alike)
    duplicate = make_accepted(subject=walk, field="name", stated="Walk", source=source)
    assert move([duplicate], valga, rank=alike) == []
    assert column(valga, "name") == ""


def test_what_waits_or_was_rejected_moves_as_it_is(valga: Party, walk: Party) -> None:
    waiting = make_statement(subject=walk, field="name", stated="Valga")
    rejected = make_statement(subject=walk, field="name", stated="Vlaga")
    reject([rejected], by=make_user(), rank=alike)
    move([waiting, rejected], valga, rank=alike)
    assert [subject(waiting), subject(rejected)] == [valga.pk, valga.pk]
    assert [waiting.verdict, rejected.verdict] == [Verdict.PROPOSED, Verdict.REJECTED]
    assert column(valga, "name") == ""


def test_a_choice_does_not_move(valga: Party, walk: Party) -> None:
    here = make_accepted(subject=valga, field="name", stated="Valga")
    prefer(here, by=make_user(), rank=alike, why="The council has said so.")
    there = make_accepted(subject=walk, field="name", stated="Walk")
    prefer(there, by=make_user(), rank=alike, why="The council has said so.")
    move([there], valga, rank=ranked(there, here))
    assert not Statement.objects.get(pk=there.pk).preferred
    assert column(valga, "name") == "Valga"


def test_members_and_texts_move_into_their_sets_and_languages() -> None:
    kept, merged = a_partnership(), a_partnership()
    make_accepted(subject=kept, field="fields", stated="sport")
    make_accepted(subject=kept, field="history", stated="Aastast 1991.", language="et")
    moving = [
        make_accepted(subject=merged, field="fields", stated="youth"),
        make_accepted(subject=merged, field="history", stated="Kopš 1991.", language="lv"),
        make_accepted(subject=merged, field=EXISTS, stated="yes"),
    ]
    make_accepted(subject=merged, field="fields", stated="culture")
    assert move(moving, kept, rank=alike) == moving
    assert (members(kept), members(merged)) == (["sport", "youth"], ["culture"])
    assert column(kept, "history") == {"et": "Aastast 1991.", "lv": "Kopš 1991."}
    assert column(merged, "history") == {}
    assert in_force(kept, EXISTS) == ["yes"]


def test_a_finer_date_that_comes_takes_force(valga: Party, walk: Party) -> None:
    make_accepted(subject=valga, field="population_year", stated="2021")
    finer = make_accepted(subject=walk, field="population_year", stated="2021-01")
    move([finer], valga, rank=alike)
    assert column(valga, "population_year") == PartialDate(2021, 1)


def test_nothing_moves_where_nothing_is_named(valga: Party, walk: Party) -> None:
    make_accepted(subject=walk, field="name", stated="Valga")
    before = list(Statement.objects.values())
    assert move([], valga, rank=alike) == []
    assert list(Statement.objects.values()) == before


@settings(max_examples=30)
@given(
    told=st.lists(
        st.tuples(
            st.booleans(), st.sampled_from(["Valga", "Walk", "Valka"]), st.integers(0, 1), st.booleans()
        ),
        unique_by=lambda said: said[:3],
        max_size=8,
    )
)
def test_after_any_move_each_column_equals_the_one_statement_in_force(
    told: list[tuple[bool, str, int, bool]],
) -> None:
    valga, walk = make_party(name=""), make_party(name="")
    sources = [make_source(), make_source()]
    said = []
    for here, text, source, accepted in told:
        statement = make_statement(
            subject=valga if here else walk, field="name", stated=text, source=sources[source]
        )
        if accepted:
            accept([statement], by=make_user(), rank=alike)
        said.append(statement)
    there = list(Statement.objects.filter(pk__in=[s.pk for s in said], subject_id=walk.pk))
    known = {(text, source) for here, text, source, _ in told if here}
    moved = move(there, valga, rank=alike)
    assert len(moved) == sum(not here and (text, source) not in known for here, text, source, _ in told)
    for party in (valga, walk):
        left = Statement.objects.filter(subject_type="parties.party", subject_id=party.pk)
        names = in_force(party, "name")
        assert len(names) == int(left.filter(verdict=Verdict.ACCEPTED).exists())
        assert column(party, "name") == (names[0] if names else "")
