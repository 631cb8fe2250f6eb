from collections.abc import Sequence

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source, make_statement
from tests.factories.parties import make_name, make_network_party, make_own_page, make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence.actions import accept
from twinhall.evidence.models import Source, SourceKind, Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.actions import found_network, open_membership
from twinhall.networks.models import Membership
from twinhall.parties.models import Party
from twinhall.parties.precedence import Rank, rank, sides_of
from twinhall.partnerships.actions import add_act, found_partnership
from twinhall.partnerships.models import Act, ActKind, PartnershipKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga")


@pytest.fixture
def valka() -> Party:
    return make_party(name="Valka", country="LV")


@pytest.fixture
def signing(valga: Party, valka: Party) -> Act:
    user = make_user()
    partnership = found_partnership(kind=PartnershipKind.TWINNING, parties=[valga, valka], by=user)
    return add_act(partnership, kind=ActKind.SIGNED, by=user)


@pytest.fixture
def network() -> Party:
    return make_network_party()


@pytest.fixture
def membership(network: Party, valga: Party) -> Membership:
    user = make_user()
    return open_membership(found_network(network, by=user), valga, by=user)


def said(subject: models.Model, stated: str, source: Source, *, field: str = "date") -> Statement:
    return make_statement(subject=subject, field=field, stated=stated, source=source)


def ranks(*statements: Statement) -> list[Rank]:
    found = rank(statements)
    return [Rank(found[statement.pk]) for statement in statements]


# Who speaks for a record ---------------------------------------------------------------------------------


def test_both_signatories_speak_for_a_partnership_and_its_acts(
    signing: Act, valga: Party, valka: Party
) -> None:
    tie, act = ("partnerships.partnership", signing.partnership_id), ("partnerships.act", signing.pk)
    both = {valga.pk, valka.pk}
    assert sides_of([tie, act]) == {tie: [both], act: [both]}


def test_the_network_speaks_for_a_membership_before_the_member(
    membership: Membership, network: Party, valga: Party
) -> None:
    subject = ("networks.membership", membership.pk)
    assert sides_of([subject]) == {subject: [{network.pk}, {valga.pk}]}


def test_a_party_speaks_for_itself_and_for_its_names(valga: Party) -> None:
    name = make_name(party=valga)
    itself, named = ("parties.party", valga.pk), ("parties.name", name.pk)
    assert sides_of([itself, named]) == {itself: [{valga.pk}], named: [{valga.pk}]}


def test_for_a_record_that_is_gone_nobody_speaks() -> None:
    assert sides_of([("parties.party", 404)]) == {("parties.party", 404): [set()]}


def test_sides_of_any_number_of_records_of_a_kind_are_one_question(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    subjects = [("parties.party", make_party(name=f"Town {n}").pk) for n in range(5)]
    with django_assert_num_queries(1):
        assert len(sides_of(subjects)) == 5


# Ranks ---------------------------------------------------------------------------------------------------


def test_one_sides_word_goes_before_a_third_partys(signing: Act, valga: Party) -> None:
    own = said(signing, "1992", make_own_page(valga))
    third = said(signing, "1993", make_own_page(make_party(name="Tartu")))
    nobodys = said(signing, "1994", make_source())
    assert ranks(third, own, nobodys) == [Rank.THIRD_PARTY, Rank.FIRST_SIDE, Rank.THIRD_PARTY]


def test_what_both_sides_say_goes_before_what_one_says(signing: Act, valga: Party, valka: Party) -> None:
    first = said(signing, "1992", make_own_page(valga))
    second = said(signing, "1992", make_own_page(valka))
    alone = said(signing, "1993", make_own_page(valka))
    assert ranks(first, second, alone) == [Rank.BOTH_SIDES, Rank.BOTH_SIDES, Rank.FIRST_SIDE]


def test_two_sides_agree_on_a_month_and_a_day_in_it(signing: Act, valga: Party, valka: Party) -> None:
    month = said(signing, "2006-12", make_own_page(valga))
    day = said(signing, "2006-12-13", make_own_page(valka))
    assert ranks(month, day) == [Rank.BOTH_SIDES, Rank.BOTH_SIDES]


def test_two_pages_of_one_side_are_one_side(signing: Act, valga: Party) -> None:
    statements = [said(signing, "1992", make_own_page(valga)) for _ in range(2)]
    assert ranks(*statements) == [Rank.FIRST_SIDE, Rank.FIRST_SIDE]


def test_a_third_party_that_agrees_makes_no_second_side(signing: Act, valga: Party) -> None:
    own = said(signing, "1992", make_own_page(valga))
    third = said(signing, "1992", make_own_page(make_party(name="Tartu")))
    assert ranks(own, third) == [Rank.FIRST_SIDE, Rank.THIRD_PARTY]


def test_sides_that_contradict_each_other_each_have_their_own_word(
    signing: Act, valga: Party, valka: Party
) -> None:
    statements = [said(signing, "1992", make_own_page(valga)), said(signing, "1993", make_own_page(valka))]
    assert ranks(*statements) == [Rank.FIRST_SIDE, Rank.FIRST_SIDE]


def test_a_signed_document_goes_before_all_whoever_keeps_it(signing: Act, valga: Party, valka: Party) -> None:
    document = said(signing, "1991", make_source(kind=SourceKind.SIGNED_DOCUMENT))
    sides = [said(signing, "1992", make_own_page(party)) for party in (valga, valka)]
    assert ranks(document, *sides) == [Rank.SIGNED_DOCUMENT, Rank.BOTH_SIDES, Rank.BOTH_SIDES]


def test_a_network_goes_before_its_member(membership: Membership, network: Party, valga: Party) -> None:
    member = said(membership, "observer", make_own_page(valga), field="category")
    of_network = said(membership, "member", make_own_page(network), field="category")
    assert ranks(member, of_network) == [Rank.OTHER_SIDE, Rank.FIRST_SIDE]


def test_a_network_and_its_member_that_agree_are_both_sides(
    membership: Membership, network: Party, valga: Party
) -> None:
    member = said(membership, "member", make_own_page(valga), field="category")
    of_network = said(membership, "founding member", make_own_page(network), field="category")
    assert ranks(member, of_network) == [Rank.BOTH_SIDES, Rank.BOTH_SIDES]


def test_what_is_said_of_another_field_or_record_does_not_count(
    signing: Act, valga: Party, valka: Party
) -> None:
    place = said(signing, "Valga", make_own_page(valga), field="place")
    deciding = said(signing, "Valga", make_own_page(valka), field="deciding_body")
    tie = said(signing.partnership, "yes", make_own_page(valka), field=EXISTS)
    assert ranks(place, deciding, tie) == [Rank.FIRST_SIDE] * 3


def test_what_was_corrected_is_compared_as_it_should_read(signing: Act, valga: Party, valka: Party) -> None:
    corrected = make_statement(
        subject=signing,
        field="date",
        stated="1993",
        value="1992",
        why="The agreement says 1992.",
        source=make_own_page(valga),
    )
    assert ranks(corrected, said(signing, "1992", make_own_page(valka))) == [Rank.BOTH_SIDES] * 2


def test_ranks_run_from_a_signed_document_to_a_third_party() -> None:
    assert sorted(Rank) == [
        Rank.SIGNED_DOCUMENT,
        Rank.BOTH_SIDES,
        Rank.FIRST_SIDE,
        Rank.OTHER_SIDE,
        Rank.CONTESTING,
        Rank.THIRD_PARTY,
    ]


def test_nothing_has_no_rank() -> None:
    assert rank([]) == {}


# Ranks at work -------------------------------------------------------------------------------------------


def date_after(signing: Act, statements: Sequence[Statement]) -> PartialDate | None:
    accept(statements, by=make_user(), rank=rank)
    signing.refresh_from_db()
    return signing.date


def test_the_older_word_of_a_side_is_in_force_over_a_newer_one_of_others(signing: Act, valga: Party) -> None:
    own = said(signing, "1992", make_own_page(valga, dated=PartialDate(2001)))
    third = said(signing, "1993", make_source(dated=PartialDate(2024)))
    assert date_after(signing, [own, third]) == PartialDate(1992)


def test_a_second_side_that_agrees_settles_what_one_side_left_open(
    signing: Act, valga: Party, valka: Party
) -> None:
    newer = said(signing, "1993", make_own_page(valga, dated=PartialDate(2024)))
    older = said(signing, "1992", make_own_page(valga, dated=PartialDate(2001)))
    assert date_after(signing, [newer, older]) == PartialDate(1993)
    other = said(signing, "1992", make_own_page(valka, dated=PartialDate(2001)))
    assert date_after(signing, [other]) == PartialDate(1992)


def test_a_third_partys_day_makes_the_sides_month_finer_but_not_another(
    signing: Act, valga: Party, valka: Party
) -> None:
    sides = [said(signing, "2006-12", make_own_page(party)) for party in (valga, valka)]
    wrong = said(signing, "2006-11-01", make_source())
    assert date_after(signing, [*sides, wrong]) == PartialDate(2006, 12)
    finer = said(signing, "2006-12-13", make_source())
    assert date_after(signing, [finer]) == PartialDate(2006, 12, 13)
