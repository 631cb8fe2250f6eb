"""What a list is narrowed to in one question is what the rule says of each of its rows."""

from collections.abc import Callable

import pytest
from django.db import models
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import make_administrator
from tests.factories.parties import make_affiliation, make_officer, make_party
from tests.factories.projects import make_participation, make_project
from tests.parties.rules.cast import anew, parties, people, records, sourced_models
from twinhall.parties.models import Party, Role
from twinhall.parties.rules import Person, kept_by, may, spoken_for, spoken_for_by
from twinhall.projects.models import Participation, ParticipationRole, Programme, Project

pytestmark = pytest.mark.django_db

Rows = QuerySet[models.Model]
TWINS: dict[str, Callable[[Person, Rows], Rows]] = {
    "parties.keep_record": kept_by,
    "parties.state_fact": spoken_for_by,
}


def everybody() -> dict[str, Person]:
    """The people of the tables, and one for each party of the register in each of the roles."""
    of = parties()
    records(of)
    found = people(of)
    for party in Party.objects.all():
        for role in Role:
            found[f"{role} of {party}"] = make_officer(party, role=role)
    both = make_officer(of.valga, role=Role.EDITOR)
    make_affiliation(user=both, party=of.tartu, role=Role.COORDINATOR)
    make_affiliation(user=both, party=of.network)
    return {**found, "of several": both}


@pytest.mark.parametrize("permission", TWINS)
def test_the_rule_and_its_twin_agree_on_every_record_and_every_person(permission: str) -> None:
    unlike = []
    asked = 0
    for who, person in everybody().items():
        for model in sourced_models():
            rows = model._base_manager.all()
            listed = set(TWINS[permission](person, rows))
            allowed = {record for record in rows if may(person, permission, record)}
            asked += len(rows)
            if listed != allowed:
                unlike.append((who, model.__name__, listed, allowed))
    assert unlike == []
    assert asked > 1000


@pytest.mark.parametrize("permission", TWINS)
def test_a_list_is_narrowed_in_one_question_once_it_is_known_for_whom_a_person_acts(
    permission: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    valga = make_party()
    for _ in range(5):
        make_participation(project=make_project(), party=valga, role=ParticipationRole.LEAD)
    person = anew(make_officer(valga))
    rows: Rows = Project._base_manager.all()
    with django_assert_num_queries(2):
        assert len(TWINS[permission](person, rows)) == 5
    with django_assert_num_queries(1):
        assert len(TWINS[permission](person, rows)) == 5


def test_a_record_with_several_speakers_is_listed_once() -> None:
    valga, valka = make_party(), make_party(name="Valka")
    person = make_officer(valga)
    make_affiliation(user=person, party=valka)
    project = make_project()
    make_participation(project=project, party=valga, role=ParticipationRole.LEAD)
    make_participation(project=project, party=valka)
    assert list(spoken_for_by(person, Project.objects.all())) == [project]
    assert list(kept_by(person, Project.objects.all())) == [project]


def test_a_list_that_was_narrowed_already_stays_so() -> None:
    valga = make_party()
    person = make_officer(valga)
    here, there = make_project(slug="here"), make_project(slug="there")
    for project in (here, there):
        make_participation(project=project, party=valga, role=ParticipationRole.LEAD)
    for narrowed in (kept_by, spoken_for_by):
        assert list(narrowed(person, Project.objects.filter(slug="here"))) == [here]
        assert list(narrowed(make_administrator(), Project.objects.filter(slug="here"))) == [here]


def test_which_records_some_parties_speak_for_can_be_asked_without_a_person() -> None:
    valga = make_party()
    led, joined = make_project(), make_project()
    make_participation(project=led, party=valga, role=ParticipationRole.LEAD)
    part = make_participation(project=joined, party=valga)
    make_participation(project=led, party=make_party(name="Valka"))
    these = frozenset({valga.pk})
    assert list(Project.objects.filter(spoken_for(Project, these, tiers=1))) == [led]
    assert set(Project.objects.filter(spoken_for(Project, these))) == {led, joined}
    assert list(Participation.objects.filter(spoken_for(Participation, these, tiers=1), project=joined)) == [
        part
    ]
    assert list(Project.objects.filter(spoken_for(Project, frozenset()))) == []
    assert list(Programme.objects.filter(spoken_for(Programme, these))) == []
