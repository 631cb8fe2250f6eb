"""Sides of a record whose words come before the others', and words that contest another side's."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import make_user
from tests.factories.evidence import make_source, make_statement
from tests.factories.parties import make_own_page, make_own_words, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_activity, make_participation, make_programme, make_project
from twinhall.evidence.actions import accept
from twinhall.evidence.models import Source, Statement
from twinhall.parties.models import Party
from twinhall.parties.precedence import Rank, rank, sides_of
from twinhall.partnerships.models import Act
from twinhall.projects.models import ParticipationRole, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def valga() -> Party:
    return make_party(name="Valga")


@pytest.fixture
def valka() -> Party:
    return make_party(name="Valka", country="LV")


@pytest.fixture
def project(valga: Party, valka: Party) -> Project:
    """Led by Valga; Valka, and somebody in Finland, take part."""
    found = make_project()
    make_participation(project=found, party=valga, role=ParticipationRole.LEAD)
    make_participation(project=found, party=valka)
    make_participation(project=found, country="FI")
    return found


@pytest.fixture
def signing(valga: Party, valka: Party) -> Act:
    return make_act(partnership=make_partnership(parties=[valga, valka]))


def said(subject: Project | Act, stated: str, source: Source) -> Statement:
    field = "starts" if isinstance(subject, Project) else "date"
    return make_statement(subject=subject, field=field, stated=stated, source=source)


def stands(subject: Project | Act, stated: str, source: Source) -> Statement:
    statement = said(subject, stated, source)
    accept([statement], by=make_user(), rank=rank)
    return statement


def ranks(*statements: Statement) -> list[Rank]:
    anew = list(Statement.objects.filter(pk__in=[s.pk for s in statements]).select_related("source"))
    found = rank(anew)
    return [Rank(found[statement.pk]) for statement in statements]


# The lead partner before the others ------------------------------------------------------------------------


def test_of_a_project_and_its_parts_the_lead_partner_speaks_before_all_partners(
    project: Project, valga: Party, valka: Party
) -> None:
    activity = make_activity(project=project)
    subjects = [("projects.project", project.pk), ("projects.activity", activity.pk)]
    assert sides_of(subjects) == {key: [{valga.pk}, {valga.pk, valka.pk}] for key in subjects}


def test_a_project_without_a_lead_partner_has_no_first_side() -> None:
    part = make_participation()
    subject = ("projects.project", part.project_id)
    assert sides_of([subject]) == {subject: [set(), {part.party_id}]}


def test_for_a_programme_nobody_speaks() -> None:
    subject = ("projects.programme", make_programme().pk)
    assert sides_of([subject]) == {subject: []}


def test_each_tier_of_a_kind_of_record_is_one_question(
    project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subjects = [("projects.project", pk) for pk in (project.pk, make_project().pk, make_project().pk)]
    with django_assert_num_queries(2):
        assert len(sides_of(subjects)) == 3


def test_the_lead_partners_word_goes_before_the_other_partners(
    project: Project, valga: Party, valka: Party
) -> None:
    lead, partner = said(project, "2010", make_own_page(valga)), said(project, "2011", make_own_page(valka))
    third = said(project, "2012", make_own_page(make_party(name="Tartu")))
    assert ranks(third, partner, lead) == [Rank.THIRD_PARTY, Rank.OTHER_SIDE, Rank.FIRST_SIDE]


def test_partners_that_agree_are_both_sides(project: Project, valga: Party, valka: Party) -> None:
    lead, partner = (
        said(project, "2010", make_own_page(valga)),
        said(project, "2010-05", make_own_page(valka)),
    )
    assert ranks(lead, partner) == [Rank.BOTH_SIDES] * 2


# Contesting ------------------------------------------------------------------------------------------------


def test_what_is_stated_here_against_an_equal_sides_word_that_stands_contests_it(
    signing: Act, valga: Party, valka: Party
) -> None:
    for source in (make_own_page(valga), make_own_words(valga)):
        first = stands(signing, "1991", source)
        second = said(signing, "1992", make_own_words(valka))
        assert ranks(first, second) == [Rank.FIRST_SIDE, Rank.CONTESTING]


def test_a_page_contests_nothing(signing: Act, valga: Party, valka: Party) -> None:
    first, second = (
        stands(signing, "1991", make_own_words(valga)),
        said(signing, "1992", make_own_page(valka)),
    )
    assert ranks(first, second) == [Rank.FIRST_SIDE] * 2


def test_what_stands_contests_nothing(signing: Act, valga: Party, valka: Party) -> None:
    first = stands(signing, "1991", make_own_words(valga))
    second = said(signing, "1992", make_own_words(valka))
    accept([second], by=make_user(), rank=rank)
    assert ranks(first, second) == [Rank.FIRST_SIDE, Rank.CONTESTING]


def test_where_no_sides_word_stands_the_one_that_was_there_first_is_contested(
    signing: Act, valga: Party, valka: Party
) -> None:
    waiting, new = said(signing, "1991", make_own_words(valga)), said(signing, "1992", make_own_words(valka))
    assert ranks(waiting, new) == [Rank.FIRST_SIDE, Rank.CONTESTING]
    third = stands(signing, "1993", make_source())
    assert ranks(waiting, new, third) == [Rank.FIRST_SIDE, Rank.CONTESTING, Rank.THIRD_PARTY]


def test_what_agrees_with_the_word_that_stands_does_not_contest_it(
    signing: Act, valga: Party, valka: Party
) -> None:
    first = stands(signing, "1991", make_own_words(valga))
    assert ranks(first, said(signing, "1991-06-01", make_own_words(valka))) == [Rank.BOTH_SIDES] * 2


def test_a_side_does_not_contest_its_own_word(signing: Act, valga: Party) -> None:
    page = stands(signing, "1991", make_own_page(valga))
    assert ranks(page, said(signing, "1992", make_own_words(valga))) == [Rank.FIRST_SIDE] * 2


def test_the_first_side_contests_no_lower_one_and_the_lower_contests_the_first(
    project: Project, valga: Party, valka: Party
) -> None:
    partner = stands(project, "2010", make_own_words(valka))
    lead = said(project, "2011", make_own_words(valga))
    assert ranks(partner, lead) == [Rank.OTHER_SIDE, Rank.FIRST_SIDE]
    accept([lead], by=make_user(), rank=rank)
    assert ranks(partner, lead) == [Rank.CONTESTING, Rank.FIRST_SIDE]
