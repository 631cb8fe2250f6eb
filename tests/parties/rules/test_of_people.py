"""What a person may do whatever the record, and for whom a person acts."""

from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from pytest_django import DjangoAssertNumQueries
from rules.permissions import permissions

from tests.factories.accounts import make_administrator, make_user
from tests.factories.parties import make_affiliation, make_officer, make_party
from tests.factories.partnerships import make_partnership
from tests.factories.projects import make_project
from tests.parties.rules.cast import anew, parties, people, table
from twinhall.parties import rules
from twinhall.parties.models import Role
from twinhall.parties.rules import Person, Standing, may, standing

pytestmark = pytest.mark.django_db

PREDICATES = table("""
                       | is_administrator | acts_for_somebody | speaks_for_somebody | leads_projects
anonymous              | –                | –                 | –                   | –
signed in              | –                | –                 | –                   | –
inactive officer       | –                | –                 | –                   | –
former officer         | –                | –                 | –                   | –
officer of Walk        | –                | –                 | –                   | –
officer of Tartu       | –                | yes               | yes                 | yes
officer                | –                | yes               | yes                 | yes
secretary              | –                | yes               | yes                 | yes
coordinator            | –                | yes               | –                   | yes
editor                 | –                | yes               | –                   | –
officer of Valka       | –                | yes               | yes                 | yes
network secretary      | –                | yes               | yes                 | yes
administrator          | yes              | –                 | –                   | –
inactive administrator | –                | –                 | –                   | –
""")

PERMISSIONS = table("""
                       | administer | see_dashboard | enter_desk | add_party | add_project | propose_fact
anonymous              | –          | –             | –          | –         | –           | –
signed in              | –          | yes           | –          | –         | –           | –
inactive officer       | –          | –             | –          | –         | –           | –
former officer         | –          | yes           | –          | –         | –           | –
officer of Walk        | –          | yes           | –          | –         | –           | –
officer of Tartu       | –          | yes           | yes        | yes       | yes         | yes
officer                | –          | yes           | yes        | yes       | yes         | yes
secretary              | –          | yes           | yes        | yes       | yes         | yes
coordinator            | –          | yes           | yes        | –         | yes         | yes
editor                 | –          | yes           | yes        | –         | –           | yes
officer of Valka       | –          | yes           | yes        | yes       | yes         | yes
network secretary      | –          | yes           | yes        | yes       | yes         | yes
administrator          | yes        | yes           | yes        | yes       | yes         | yes
inactive administrator | –          | –             | –          | –         | –           | –
""")

OF_RECORDS_AND_WORDS = {
    "state_fact",
    "keep_letter",
    "keep_record",
    "invite",
    "read_document",
    "keep_document",
    "accept_word",
    "reject_word",
    "prefer_word",
}


@pytest.mark.parametrize("who", PREDICATES)
def test_what_a_person_is(who: str) -> None:
    person = people(parties())[who]
    assert {name: getattr(rules, name)(person) for name in PREDICATES[who]} == PREDICATES[who]


@pytest.mark.parametrize("who", PERMISSIONS)
def test_who_has_signed_in_sees_where_to_go_from_here(who: str) -> None:
    assert rules.has_signed_in(people(parties())[who]) == PERMISSIONS[who]["see_dashboard"]


@pytest.mark.parametrize("who", PERMISSIONS)
def test_what_a_person_may_do_at_all(who: str) -> None:
    person = people(parties())[who]
    asked = {name: may(person, f"parties.{name}") for name in PERMISSIONS[who]}
    assert asked == PERMISSIONS[who]


def test_every_person_stands_in_every_table() -> None:
    assert list(people(parties())) == list(PREDICATES) == list(PERMISSIONS)


def test_every_permission_is_tried_in_one_of_the_tables() -> None:
    of_people = set(PERMISSIONS["anonymous"])
    ours = {name for name in permissions if name.startswith("parties.")}
    assert ours == {f"parties.{name}" for name in of_people | OF_RECORDS_AND_WORDS}


def test_nobody_may_do_what_no_rule_knows() -> None:
    asked = {who: may(person, "parties.dance") for who, person in people(parties()).items()}
    assert not any(asked.values())  # nor an administrator, whom Django would let do anything


# For whom a person acts ------------------------------------------------------------------------------------


def test_a_person_acts_for_parties_by_what_the_roles_allow() -> None:
    towns = [make_party(name=name) for name in ("Valga", "Valka", "Tartu", "Ape")]
    person = make_user()
    for town, role in zip(towns, Role, strict=True):
        make_affiliation(user=person, party=town, role=role)
    officer, secretary, coordinator, editor = (town.pk for town in towns)
    acts = standing(person)
    assert acts == Standing(
        speaking=frozenset({officer, secretary}),
        coordinating=frozenset({coordinator}),
        editing=frozenset({editor}),
    )
    assert acts.all == {officer, secretary, coordinator, editor}
    assert acts.voices(type(make_partnership())) == {officer, secretary}
    assert acts.voices(type(make_project())) == {officer, secretary, coordinator}


def test_who_has_gone_or_whose_party_was_withdrawn_acts_for_nobody() -> None:
    person = make_officer(
        make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="A second record of Valga.")
    )
    make_affiliation(user=person, party=make_party(), ended_at=timezone.now())
    assert standing(person) == Standing()


def test_who_came_back_acts_as_what_they_came_back() -> None:
    valga, person = make_party(), make_user()
    make_affiliation(user=person, party=valga, role=Role.OFFICER, ended_at=timezone.now())
    make_affiliation(user=person, party=valga, role=Role.EDITOR)
    assert standing(person) == Standing(editing=frozenset({valga.pk}))


def test_for_whom_a_person_acts_is_asked_once_for_each_request(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    valga = make_party()
    person = make_officer(valga)
    with django_assert_num_queries(1):
        assert [standing(person).speaking for _ in range(3)] == [{valga.pk}] * 3
        assert may(person, "parties.enter_desk")
        assert may(person, "parties.invite", valga)


def test_the_person_of_a_request_is_asked_about_once_too(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = make_officer(make_party())
    person = cast("Person", SimpleLazyObject(lambda: officer))
    with django_assert_num_queries(1):
        assert may(person, "parties.enter_desk")
        assert may(person, "parties.add_party")


def test_who_has_not_signed_in_or_may_not_is_not_asked_about(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asleep = make_affiliation(user=make_user(is_active=False)).user
    with django_assert_num_queries(0):
        assert [standing(AnonymousUser()), standing(asleep)] == [Standing(), Standing()]


def test_the_next_request_sees_what_has_changed() -> None:
    person = make_officer(make_party())
    assert may(person, "parties.enter_desk")
    person.affiliations.update(ended_at=timezone.now())
    assert not may(anew(person), "parties.enter_desk")


def test_an_administrator_who_speaks_for_a_town_is_both() -> None:
    valga, person = make_party(), make_administrator()
    make_affiliation(user=person, party=valga)
    assert standing(person).speaking == {valga.pk}
    assert may(person, "parties.administer")
