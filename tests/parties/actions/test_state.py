"""What a person may accept is accepted, the rest waits; a later own word replaces the earlier."""

import pytest

from tests.evidence.actions.asking import column, decisions
from tests.factories.accounts import make_administrator, make_user
from tests.factories.evidence import make_proposal, make_source, place_of
from tests.factories.parties import make_affiliation, make_officer, make_own_page, make_party
from tests.factories.partnerships import make_partnership
from tests.parties.actions.stating import DAY, Towns, said, stated, told, two_towns
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import REPLACED, RefusedError
from twinhall.evidence.models import Decision, SourceKind, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.parties.actions import own_source, state
from twinhall.parties.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns() -> Towns:
    return two_towns()


# What takes force at once and what waits -------------------------------------------------------------------


def test_what_an_officer_states_for_the_own_side_is_accepted_and_in_force(towns: Towns) -> None:
    statement = said(towns, towns.valga, "1991-06-01")
    assert (statement.verdict, statement.in_force, statement.decided_by) == (
        Verdict.ACCEPTED,
        True,
        towns.kadri,
    )
    assert column(towns.signing, "date") == PartialDate(1991, 6, 1)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_what_an_editor_or_coordinator_states_of_a_tie_waits(towns: Towns, role: Role) -> None:
    person = make_officer(towns.valga, role=role)
    source = own_source(towns.valga, day=DAY)
    assert stated(towns.signing, "1991", source=source, by=person).verdict == Verdict.PROPOSED
    assert column(towns.signing, "date") is None


def test_what_somebody_else_states_waits(towns: Towns) -> None:
    source = make_source()
    for n, person in enumerate([make_user(), make_officer(make_party(name="Tartu"))]):
        assert stated(towns.signing, f"199{n}", source=source, by=person).verdict == Verdict.PROPOSED
    assert Decision.objects.count() == 0


def test_what_an_officer_reads_on_a_third_partys_page_is_accepted(towns: Towns) -> None:
    for source in (make_source(), make_own_page(make_party(name="Tartu"))):
        assert stated(towns.signing, "1991", source=source, by=towns.kadri).verdict == Verdict.ACCEPTED


def test_what_an_officer_reads_on_the_other_sides_page_waits_for_its_people(towns: Towns) -> None:
    page = make_own_page(towns.valka)
    assert stated(towns.signing, "1991", source=page, by=towns.kadri).verdict == Verdict.PROPOSED
    assert stated(towns.signing, "1991", source=page, by=towns.maris).verdict == Verdict.ACCEPTED


def test_what_an_officer_reads_on_the_page_of_a_side_without_people_is_accepted(towns: Towns) -> None:
    towns.maris.affiliations.update(ended_at=towns.maris.affiliations.get().began_at)
    page = make_own_page(towns.valka)
    assert stated(towns.signing, "1991", source=page, by=towns.kadri).verdict == Verdict.ACCEPTED


def test_what_stands_in_a_signed_document_is_accepted_and_goes_before_all(towns: Towns) -> None:
    said(towns, towns.valga, "1992")
    said(towns, towns.valka, "1992")
    document = make_source(kind=SourceKind.SIGNED_DOCUMENT)
    stated(towns.signing, "1991-06-01", source=document, by=towns.maris)
    assert column(towns.signing, "date") == PartialDate(1991, 6, 1)


def test_what_the_administrator_states_is_accepted_whoever_says_it(towns: Towns) -> None:
    page, person = make_own_page(towns.valka), make_administrator()
    assert stated(towns.signing, "1991", source=page, by=person).verdict == Verdict.ACCEPTED


def test_of_a_batch_each_statement_is_accepted_or_waits_by_itself(towns: Towns) -> None:
    other = make_partnership(parties=[towns.valka, make_party(name="Tartu")])
    source = own_source(towns.valga, day=DAY)
    statements = state(
        [
            make_proposal(subject=towns.signing, field="place", stated="Valga", source=source),
            make_proposal(subject=other, field=EXISTS, stated="yes", source=source),
        ],
        by=towns.kadri,
    )
    assert [s.verdict for s in statements] == [Verdict.ACCEPTED, Verdict.PROPOSED]


def test_of_a_batch_with_a_value_that_cannot_be_nothing_is_written(towns: Towns) -> None:
    source = own_source(towns.valga, day=DAY)
    good = make_proposal(subject=towns.signing, field="place", stated="Valga", source=source)
    bad = make_proposal(subject=towns.signing, field="date", stated="1991-13", source=source)
    with pytest.raises(RefusedError) as refusal:
        state([good, bad], by=towns.kadri)
    assert [proposal for proposal, _ in refusal.value.refusals] == [bad]
    assert (Statement.objects.count(), Decision.objects.count()) == (0, 0)


# A later word of the same side -----------------------------------------------------------------------------


@pytest.mark.parametrize("day", [0, 1])
def test_a_later_own_word_replaces_the_earlier_also_on_the_same_day(towns: Towns, day: int) -> None:
    earlier = said(towns, towns.valga, "1991")
    said(towns, towns.valga, "1992", day=day)
    assert told(towns.signing) == {"1991": "rejected", "1992": "accepted, in force"}
    assert column(towns.signing, "date") == PartialDate(1992)
    decision = Decision.objects.filter(statement=earlier).last()
    assert decision is not None
    assert (decision.by, decision.why) == (towns.kadri, REPLACED)


def test_a_coarser_later_word_replaces_a_finer_one(towns: Towns) -> None:
    said(towns, towns.valga, "1991-06-01")
    said(towns, towns.valga, "1991-06")
    assert told(towns.signing) == {"1991-06-01": "rejected", "1991-06": "accepted, in force"}


def test_going_back_to_an_earlier_value_on_the_same_day_takes_its_statement_up_again(towns: Towns) -> None:
    first = said(towns, towns.valga, "1991")
    said(towns, towns.valga, "1992")
    assert said(towns, towns.valga, "1991") == first
    assert told(towns.signing) == {"1991": "accepted, in force", "1992": "rejected"}
    assert decisions(first) == ["accepted", "rejected", "accepted"]


def test_going_back_to_an_earlier_value_on_another_day_is_another_statement(towns: Towns) -> None:
    first = said(towns, towns.valga, "1991")
    said(towns, towns.valga, "1992", day=1)
    third = said(towns, towns.valga, "1991", day=2)
    kept = Statement.objects.filter(place_of(towns.signing, "date"), verdict=Verdict.ACCEPTED)
    assert (list(kept), third.in_force, third != first) == ([third], True, True)
    assert column(towns.signing, "date") == PartialDate(1991)


def test_the_same_word_on_a_later_day_is_the_newer_of_the_two(towns: Towns) -> None:
    first, second = (said(towns, towns.valga, "1991", day=day) for day in (0, 1))
    first.refresh_from_db()
    assert [first.verdict, second.verdict, second.in_force] == ["rejected", "accepted", True]


def test_the_same_word_on_the_same_day_is_decided_on_once(towns: Towns) -> None:
    first = said(towns, towns.valga, "1991")
    assert said(towns, towns.valga, "1991") == first
    assert decisions(first) == ["accepted"]


def test_what_a_colleague_stated_or_proposed_is_replaced_too(towns: Towns) -> None:
    editor, colleague = (
        make_officer(towns.valga, role=Role.EDITOR),
        make_officer(towns.valga, role=Role.SECRETARY),
    )
    source = own_source(towns.valga, day=DAY)
    stated(towns.signing, "1990", source=source, by=editor)
    stated(towns.signing, "1991", source=source, by=colleague)
    said(towns, towns.valga, "1992")
    assert told(towns.signing) == {"1990": "rejected", "1991": "rejected", "1992": "accepted, in force"}


def test_what_only_waits_replaces_nothing(towns: Towns) -> None:
    said(towns, towns.valga, "1991")
    editor = make_officer(towns.valga, role=Role.EDITOR)
    stated(towns.signing, "1992", source=own_source(towns.valga, day=DAY), by=editor)
    assert told(towns.signing) == {"1991": "accepted, in force", "1992": "proposed"}


def test_an_own_word_takes_the_place_of_the_own_page_and_leaves_it_accepted(towns: Towns) -> None:
    page = make_own_page(towns.valga, dated=PartialDate(2024, 12, 31))
    stated(towns.signing, "1991", source=page, by=towns.kadri)
    said(towns, towns.valga, "1992")
    assert told(towns.signing) == {"1991": "accepted", "1992": "accepted, in force"}


def test_a_later_word_replaces_nothing_on_another_field_or_record(towns: Towns) -> None:
    said(towns, towns.valga, "Valga", field="place")
    said(towns, towns.valga, "Town council", field="deciding_body")
    other = two_towns()
    said(other, other.valga, "1991")
    said(towns, towns.valga, "Valka", field="place")
    assert Statement.objects.filter(verdict=Verdict.REJECTED).count() == 1


def test_a_later_text_replaces_that_of_its_language_alone(towns: Towns) -> None:
    said(towns, towns.valga, "Kopš 1991.", field="note", language="lv")
    said(towns, towns.valga, "Aastast 1991.", field="note", language="et")
    said(towns, towns.valga, "Kopš 1992.", field="note", language="lv", day=1)
    assert column(towns.signing, "note") == {"lv": "Kopš 1992.", "et": "Aastast 1991."}


def test_members_of_a_set_stand_side_by_side(towns: Towns) -> None:
    tie = towns.signing.partnership
    source = own_source(towns.valga, day=DAY)
    for code in ("youth", "sport"):
        stated(tie, code, source=source, by=towns.kadri, field="fields")
    assert told(tie, "fields") == {"youth": "accepted, in force", "sport": "accepted, in force"}


def test_a_party_speaks_for_itself(towns: Towns) -> None:
    source = own_source(towns.valga, day=DAY)
    stated(towns.valga, "13000", source=source, by=towns.kadri, field="population")
    assert column(towns.valga, "population") == 13000
    make_affiliation(user=towns.maris, party=make_party(name="Tartu"))
    waits = stated(towns.valga, "1", source=source, by=towns.maris, field="population")
    assert (waits.verdict, column(towns.valga, "population")) == (Verdict.PROPOSED, 13000)
