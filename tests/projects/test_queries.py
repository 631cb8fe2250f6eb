import datetime as dt
from collections.abc import Callable
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.networks import make_network
from tests.factories.parties import make_party
from tests.factories.projects import (
    make_activity,
    make_output,
    make_participation,
    make_programme,
    make_project,
    make_project_size,
)
from twinhall.parties.models import Party
from twinhall.projects.models import Project
from twinhall.projects.queries import (
    countries_of_partners,
    participations_of,
    programmes_with_projects,
    project_list,
    project_page,
)

pytestmark = pytest.mark.django_db

WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def test_projects_are_listed_newest_first_and_those_without_a_date_last() -> None:
    make_project(slug="undated")
    make_project(slug="old", starts="2004")
    make_project(slug="new", starts="2013-06")
    make_project(slug="another-undated")
    make_project(slug="gone", withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    assert [project.slug for project in project_list()] == ["new", "old", "another-undated", "undated"]


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"programme": "interreg"}, ["green"]),
        ({"programme": "life"}, []),
        ({"country": "LV"}, ["green"]),
        ({"country": "IT"}, ["blue", "green"]),
        ({"country": "FR"}, []),
        ({"country": "IT", "programme": "interreg"}, ["green"]),
    ],
)
def test_the_list_is_narrowed(narrowed: dict[str, str], expected: list[str]) -> None:
    make_programme(slug="life")
    green = make_project(slug="green", programme=make_programme(slug="interreg"))
    make_participation(project=green, party=make_party(country="LV"))
    make_participation(project=green, country="IT")
    make_participation(project=green, country="IT")
    make_participation(project=make_project(slug="blue"), country="IT")
    found = project_list(programme=narrowed.get("programme", ""), country=narrowed.get("country", ""))
    partners = {"green": 3, "blue": 1}
    listed = [attrgetter("slug", "partner_count")(project) for project in found]
    assert listed == [(slug, partners[slug]) for slug in expected]


@pytest.mark.parametrize(
    ("starts", "ends", "running", "not_running"),
    [
        ("2013-06", "2015-05-31", ["2013-06-30", "2015-05-31"], ["2013-06-29", "2015-06-01"]),
        ("2004", "2006", ["2004-12-31", "2006-12-31"], ["2004-12-30", "2007-01-01"]),
        ("2004", "", ["2004-12-31", "2024-01-01", "9999-12-31"], ["0001-01-01", "2004-12-30"]),
        ("0001-01-01", "0001-01-01", ["0001-01-01"], ["0001-01-02"]),
        ("", "2006", [], ["0001-01-01", "2005-01-01", "9999-12-31"]),
    ],
)
def test_a_project_runs_from_its_first_day_to_its_last(
    starts: str, ends: str, running: list[str], not_running: list[str]
) -> None:
    project = make_project(starts=starts, ends=ends)
    answers = {day: list(project_list(day=dt.date.fromisoformat(day))) for day in (*running, *not_running)}
    assert answers == {day: [project] if day in running else [] for day in answers}


def test_a_partys_projects_are_newest_first() -> None:
    valga = make_party()
    gone = make_project(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    projects = [make_project(starts="2004"), make_project(), make_project(starts="2013"), gone]
    old, undated, new, _gone = [make_participation(project=p, party=valga) for p in projects]
    make_participation(project=projects[0], party=make_party(name="Valka"))
    assert list(participations_of(valga)) == [new, old, undated]


def test_programmes_are_those_of_listed_projects_each_once() -> None:
    make_programme(name="Nobody's")
    interreg, gone = make_programme(name="Interreg"), make_programme(name="Gone")
    make_project(programme=interreg)
    make_project(programme=interreg)
    make_project(programme=gone, withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    assert list(programmes_with_projects()) == [interreg]


# Queries do not grow -----------------------------------------------------------------------------------


def _read_list(_town: Party) -> int:
    return len([(p.slug, p.programme.name if p.programme else "") for p in project_list()])


def _read_pages(_town: Party) -> int:
    return len(
        [
            (
                project.programme.name if project.programme else "",
                project.led_to.party.name if project.led_to else "",
                [partner.of_country for partner in project.participations.all()],
                [*project.sizes.all(), *project.activities.all(), *project.outputs.all()],
            )
            for project in project_page()
        ]
    )


def _read_participations(town: Party) -> int:
    return len(
        [
            (part.project.slug, part.project.programme.name if part.project.programme else "")
            for part in participations_of(town)
        ]
    )


@pytest.mark.parametrize(
    ("read", "queries"),
    [(_read_list, 1), (_read_pages, 6), (_read_participations, 1)],
    ids=["list", "pages", "of a party"],
)
def test_the_number_of_queries_is_the_same_for_two_projects_and_for_thirty(
    read: Callable[[Party], int], queries: int
) -> None:
    valga, network = make_party(), make_network()
    asked = []
    for projects in (2, 30):
        for _n in range(Project.objects.count(), projects):
            project = make_project(programme=make_programme(), led_to=network)
            make_participation(project=project, party=valga)
            make_participation(project=project, country="IT")
            make_project_size(project=project)
            make_activity(project=project)
            make_output(project=project)
        with CaptureQueriesContext(connection) as captured:
            assert read(valga) == projects
        asked.append(len(captured))
    assert asked == [queries, queries]


def test_the_countries_of_partners_are_those_of_named_towns_and_of_unnamed_ones() -> None:
    project = make_project()
    make_participation(project=project, party=make_party(country="PL"))
    make_participation(project=project, country="RO")
    assert countries_of_partners() == {"PL", "RO"}
