import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.strategies import partial_dates
from tests.evidence.actions.asking import column, dated, fresh, in_force, members, ranked
from tests.evidence.records import a_partnership, a_programme, a_project, a_signing
from tests.factories.accounts import make_user
from tests.factories.evidence import (
    alike,
    make_accepted,
    make_statement,
)
from tests.factories.parties import make_name, make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import (
    accept,
    reject,
)
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("by_rank", "taken"),
    [
        (["2006-12", "2006-12-13"], "2006-12-13"),
        (["2006-12-13", "2006-12"], "2006-12-13"),
        (["2006", "2006-12", "2006-12-13"], "2006-12-13"),
        (["2006-12", "2007-01-05"], "2006-12"),
        (["2006", "2006-12-13", "2006-11-01"], "2006-12-13"),
        (["2006", "2006-12", "2006-11-01"], "2006-12"),
        (["2006", "2007", "2006-12", "2007-01-01"], "2006-12"),
    ],
)
def test_a_finer_date_that_agrees_with_the_best_ranked_ones_takes_force(
    by_rank: list[str], taken: str
) -> None:
    for order in (1, -1):
        act = a_signing()
        kept = dated(act, *by_rank[::order])
        accept(kept, by=make_user(), rank=ranked(*kept[::order]))
        assert in_force(act, "date") == [taken]
        assert str(column(act, "date")) == taken


def test_of_equally_fine_dates_the_best_ranked_takes_force() -> None:
    act = a_signing()
    worse, better = dated(act, "2006-12-13", "2006-12-14")
    accept([worse, better], by=make_user(), rank=ranked(better, worse))
    assert in_force(act, "date") == ["2006-12-14"]


def test_a_finer_date_that_is_rejected_gives_force_back_to_the_coarser() -> None:
    act = a_signing()
    month, day = dated(act, "2006-12", "2006-12-13")
    accept([month, day], by=make_user(), rank=alike)
    reject([day], by=make_user(), rank=alike)
    assert column(act, "date") == PartialDate(2006, 12)


def test_every_accepted_member_of_a_set_is_in_force() -> None:
    partnership = a_partnership()
    said = [make_statement(subject=partnership, field="fields", stated=code) for code in ("youth", "sport")]
    accept(said[:1], by=make_user(), rank=alike)
    assert members(partnership) == ["youth"]
    accept(said[1:], by=make_user(), rank=alike)
    assert members(partnership) == in_force(partnership, "fields") == ["sport", "youth"]


def test_rejecting_a_member_removes_it_from_the_set_and_leaves_the_others() -> None:
    partnership = a_partnership()
    youth = make_accepted(subject=partnership, field="fields", stated="youth")
    make_accepted(subject=partnership, field="fields", stated="sport")
    reject([youth], by=make_user(), rank=alike)
    assert members(partnership) == in_force(partnership, "fields") == ["sport"]


def test_a_member_stays_while_another_source_states_it() -> None:
    partnership = a_partnership()
    said = [make_accepted(subject=partnership, field="fields", stated="youth") for _ in range(2)]
    assert members(partnership) == ["youth"]
    reject(said[:1], by=make_user(), rank=alike)
    assert members(partnership) == ["youth"]
    reject(said[1:], by=make_user(), rank=alike)
    assert members(partnership) == []


def test_one_text_is_in_force_for_each_language() -> None:
    partnership = a_partnership()
    latvian = make_accepted(subject=partnership, field="history", stated="Kopš 1991.", language="lv")
    make_accepted(subject=partnership, field="history", stated="Aastast 1991.", language="et")
    newer = make_statement(subject=partnership, field="history", stated="Kopš 1992.", language="lv")
    accept([newer], by=make_user(), rank=ranked(newer, latvian))
    assert column(partnership, "history") == {"lv": "Kopš 1992.", "et": "Aastast 1991."}
    assert in_force(partnership, "history", "lv") == ["Kopš 1992."]
    assert in_force(partnership, "history", "et") == ["Aastast 1991."]


def test_a_rejected_text_leaves_no_trace_of_its_language() -> None:
    partnership = a_partnership()
    latvian = make_accepted(subject=partnership, field="history", stated="Kopš 1991.", language="lv")
    make_accepted(subject=partnership, field="history", stated="Aastast 1991.", language="et")
    reject([latvian], by=make_user(), rank=alike)
    assert column(partnership, "history") == {"et": "Aastast 1991."}


def test_a_reference_is_written_by_the_key_it_is_stated_with() -> None:
    project, programme = a_project(), a_programme(slug="urbact")
    statement = make_accepted(subject=project, field="programme", stated="urbact")
    assert column(project, "programme") == programme
    reject([statement], by=make_user(), rank=alike)
    assert column(project, "programme") is None


def test_that_a_record_exists_is_accepted_and_writes_no_column() -> None:
    name = make_name()
    before = fresh(name).__dict__ | {"_state": None}
    statement = make_accepted(subject=name, field=EXISTS, stated="yes")
    assert statement.in_force
    assert fresh(name).__dict__ | {"_state": None} == before


def test_several_fields_of_several_records_are_decided_at_once() -> None:
    party, act, partnership = make_party(name="", country=""), a_signing(), a_partnership()
    said = [
        make_statement(subject=party, field="name", stated="Valga"),
        make_statement(subject=party, field="country", stated="EE"),
        make_statement(subject=act, field="date", stated="1991"),
        make_statement(subject=act, field="place", stated="Valga"),
        make_statement(subject=partnership, field="fields", stated="youth"),
        make_statement(subject=partnership, field="history", stated="Since 1991.", language="en"),
    ]
    assert accept(said, by=make_user(), rank=alike) == 6
    assert (column(party, "name"), column(party, "country")) == ("Valga", "EE")
    assert (column(act, "date"), column(act, "place")) == (PartialDate(1991), "Valga")
    assert members(partnership) == ["youth"]
    assert column(partnership, "history") == {"en": "Since 1991."}
    assert Statement.objects.filter(in_force=True).count() == 6


def test_the_other_columns_of_a_record_stay_as_they_are() -> None:
    party = make_party(name="Valga", country="EE", population=12000)
    make_accepted(subject=party, field="population", stated=13000)
    kept = fresh(party)
    assert {field: getattr(kept, field) for field in ("name", "country", "population")} == {
        "name": "Valga",
        "country": "EE",
        "population": 13000,
    }


@settings(max_examples=40)
@given(dates=st.lists(partial_dates(first=2005, last=2007), min_size=1, max_size=6, unique=True))
def test_the_column_always_equals_the_one_statement_in_force(dates: list[PartialDate]) -> None:
    act = a_signing()
    said = dated(act, *(str(date) for date in dates))
    accept(said, by=make_user(), rank=ranked(*said))
    (value,) = in_force(act, "date")
    assert str(column(act, "date")) == value
    assert PartialDate.parse(value).agrees_with(dates[0])
    reject(said, by=make_user(), rank=ranked(*said))
    assert in_force(act, "date") == []
    assert column(act, "date") is None
