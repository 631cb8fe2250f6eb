"""A later word takes the place of an earlier one of the same people."""

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.evidence.actions.asking import EARLIER, LATER, column, decisions, in_force, ranked
from tests.factories.accounts import make_user
from tests.factories.evidence import READ_ON, alike, make_accepted, make_source, make_statement
from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import REPLACED, accept, reject
from twinhall.evidence.models import Decision, SourceKind, Statement, Verdict
from twinhall.evidence.queries import freshness
from twinhall.evidence.settling import Ranks
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> Party:
    return make_party(name="", country="")


def test_the_later_word_is_in_force_and_the_earlier_rejected_with_the_reason(party: Party) -> None:
    person = make_user()
    earlier = make_accepted(subject=party, field="name", stated="Walk")
    later = make_statement(subject=party, field="name", stated="Valga")
    assert accept([later], by=person, rank=ranked(earlier, later), replacing=[earlier]) == 1
    assert (column(party, "name"), in_force(party, "name")) == ("Valga", ["Valga"])
    earlier.refresh_from_db()
    assert (earlier.verdict, earlier.in_force) == (Verdict.REJECTED, False)
    decision = Decision.objects.filter(statement=earlier).last()
    assert decision is not None
    assert (decision.deed, decision.by, decision.why) == ("rejected", person, REPLACED)
    assert decisions(earlier) == ["accepted", "rejected"]


def test_the_earlier_word_is_weighed_once_more_while_it_is_still_in_force(party: Party) -> None:
    earlier = make_accepted(subject=party, field="name", stated="Walk")
    later = make_statement(subject=party, field="name", stated="Valga")
    shown: list[dict[str, bool]] = []

    def rank(statements: Sequence[Statement]) -> Ranks:
        shown.append({s.stated: s.in_force for s in statements})
        return alike(statements)

    accept([later], by=make_user(), rank=rank, replacing=[earlier])
    assert shown == [{"Walk": True, "Valga": False}, {"Valga": True}]


def test_the_place_of_the_earlier_word_passes_to_the_later(party: Party) -> None:
    earlier = make_accepted(subject=party, field="name", stated="Walk")
    others = make_accepted(subject=party, field="name", stated="Valka")
    later = make_statement(subject=party, field="name", stated="Valga")

    def held(statements: Sequence[Statement]) -> dict[int, int]:
        """Whoever holds the place keeps it against the others."""
        holders = {s.pk for s in statements if s.in_force}
        return {s.pk: int(s.pk == others.pk and bool(holders - {others.pk})) for s in statements}

    assert in_force(party, "name") == ["Walk"]
    accept([later], by=make_user(), rank=held, replacing=[earlier])
    assert in_force(party, "name") == ["Valga"]


def test_a_better_word_of_others_takes_force_though_the_later_replaces(party: Party) -> None:
    earlier = make_accepted(subject=party, field="name", stated="Walk")
    others = make_statement(subject=party, field="name", stated="Valka")
    later = make_statement(subject=party, field="name", stated="Valga")
    accept([others], by=make_user(), rank=ranked(earlier, others))
    accept([later], by=make_user(), rank=ranked(others, later, earlier), replacing=[earlier])
    assert in_force(party, "name") == ["Valka"]
    assert [Statement.objects.get(pk=s.pk).verdict for s in (earlier, later)] == ["rejected", "accepted"]


def test_an_earlier_word_that_waits_is_replaced_too(party: Party) -> None:
    waiting = make_statement(subject=party, field="name", stated="Walk")
    later = make_statement(subject=party, field="name", stated="Valga")
    accept([later], by=make_user(), rank=alike, replacing=[waiting])
    assert decisions(waiting) == ["rejected"]


def test_words_on_several_fields_are_replaced_each_in_its_own(party: Party) -> None:
    old_name, old_country = (
        make_accepted(subject=party, field=field, stated=stated)
        for field, stated in (("name", "Walk"), ("country", "LV"))
    )
    kept = make_accepted(subject=party, field="population", stated=12000)
    later = [
        make_statement(subject=party, field=field, stated=stated)
        for field, stated in (("name", "Valga"), ("country", "EE"))
    ]
    accept(later, by=make_user(), rank=alike, replacing=[old_name, old_country])
    assert [column(party, field) for field in ("name", "country", "population")] == ["Valga", "EE", 12000]
    assert decisions(kept) == ["accepted"]


def test_where_nothing_is_replaced_nothing_is_rejected(party: Party) -> None:
    earlier = make_accepted(subject=party, field="name", stated="Walk")
    later = make_statement(subject=party, field="name", stated="Valga")
    accept([later], by=make_user(), rank=ranked(earlier, later))
    assert decisions(earlier) == ["accepted"]
    assert column(party, "name") == "Walk"


def test_a_word_that_was_replaced_can_replace_in_its_turn(party: Party) -> None:
    first = make_accepted(subject=party, field="name", stated="Walk")
    second = make_statement(subject=party, field="name", stated="Valga")
    accept([second], by=make_user(), rank=alike, replacing=[first])
    accept([first], by=make_user(), rank=alike, replacing=[second])
    assert in_force(party, "name") == ["Walk"]
    assert decisions(first) == ["accepted", "rejected", "accepted"]


# Which word of one side counts first -----------------------------------------------------------------------


def a_word(
    kind: SourceKind, own_date: PartialDate | None = None, seen: dt.date = READ_ON, stated: str = "Valga"
) -> Statement:
    source = make_source(kind=kind, dated=own_date, read_on=seen)
    return make_statement(subject=make_party(), field="name", stated=stated, source=source)


PAGE, OWN = SourceKind.PAGE, SourceKind.OWN_STATEMENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((OWN, PartialDate(1991), READ_ON), (PAGE, PartialDate(2024), LATER)),
        ((OWN, PartialDate(2024, 5, 2), READ_ON), (OWN, PartialDate(2024, 5, 1), READ_ON)),
        ((PAGE, PartialDate(2021), READ_ON), (PAGE, PartialDate(2020), LATER)),
        ((PAGE, PartialDate(2021), READ_ON), (PAGE, PartialDate(2021, 6), READ_ON)),
        ((PAGE, None, READ_ON), (PAGE, PartialDate(2021), LATER)),
        ((PAGE, None, LATER), (PAGE, None, READ_ON)),
        ((PAGE, None, READ_ON), (SourceKind.DATASET, None, EARLIER)),
    ],
)
def test_own_words_come_before_pages_then_the_newest(
    first: tuple[SourceKind, PartialDate | None, dt.date],
    second: tuple[SourceKind, PartialDate | None, dt.date],
) -> None:
    for order in (1, -1):
        made = {told: a_word(*told) for told in (first, second)[::order]}
        assert sorted(made, key=lambda told: freshness(made[told])) == [first, second]


def test_of_two_equally_new_words_the_one_stated_first_counts() -> None:
    first, second = a_word(OWN, PartialDate(2024)), a_word(OWN, PartialDate(2024))
    assert sorted([second, first], key=freshness) == [first, second]


def test_what_people_state_here_takes_force_from_their_newer_page(party: Party) -> None:
    page = make_source(kind=PAGE, dated=PartialDate(2024))
    own = make_source(kind=OWN, dated=PartialDate(2001))
    make_accepted(subject=party, field="name", stated="Walk", source=page)
    stated = make_accepted(subject=party, field="name", stated="Valga", source=own)
    assert in_force(party, "name") == ["Valga"]
    reject([stated], by=make_user(), rank=alike)
    assert in_force(party, "name") == ["Walk"]
