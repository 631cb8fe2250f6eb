"""Questions in SQL: the same on every database."""
# ruff: noqa: S608 - the tables are ours

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.parties import make_party
from tests.factories.projects import make_project
from twinhall.core.sql import Columns, Condition, among, begins, joined, rows
from twinhall.parties.models import Party
from twinhall.projects.models import Project

pytestmark = pytest.mark.django_db


def slugs(which: Condition) -> list[str]:
    sql = f"SELECT slug FROM parties_party WHERE {which.sql} ORDER BY slug"
    return [slug for (slug,) in rows(sql, *which.values)]


@pytest.mark.parametrize(
    ("countries", "found"),
    [([], []), (["LV"], ["riga"]), (["LV", "EE", "XX"], ["riga", "tartu"]), (["'", '"', "%", "\\"], [])],
)
def test_among_finds_what_is_one_of_these(countries: list[str], found: list[str]) -> None:
    make_party(name="Riga", country="LV")
    make_party(name="Tartu", country="EE")
    make_party(name="Oulu", country="FI")
    assert slugs(among("country", countries)) == found


def test_among_takes_more_than_a_database_takes_values_one_by_one() -> None:
    pk = make_party(name="Riga").pk
    assert slugs(among("id", range(pk, pk + 300_000))) == ["riga"]


def test_begins_and_joined_narrow_together() -> None:
    for slug, country in (("riga", "LV"), ("rimini", "IT"), ("rjukan", "NO")):
        make_party(name=slug, country=country)
    assert slugs(begins("slug", "ri")) == ["riga", "rimini"]
    assert slugs(joined([begins("slug", "ri"), among("country", ["IT", "NO"])])) == ["rimini"]


def test_a_record_has_the_columns_that_were_asked_for_as_its_fields_read_them() -> None:
    project = make_project(title="Green border")
    columns = Columns(Project, "title", "slug", "id")
    [values] = rows(f"SELECT {columns.of('j')} FROM projects_project j")
    with CaptureQueriesContext(connection) as captured:
        record = columns.record(values)
        assert (record.pk, record.slug, record.title) == (project.pk, project.slug, project.title)
    assert len(captured) == 0
    assert record.get_deferred_fields() == {f.attname for f in Project._meta.concrete_fields} - {
        "id",
        "slug",
        "title",
    }


def test_columns_may_be_named_in_any_order() -> None:
    party = make_party(name="Riga", country="LV")
    columns = Columns(Party, "country", "name", "id")
    [values] = rows(f"SELECT {columns.of('p')} FROM parties_party p")
    record = columns.record(values)
    assert (record.pk, record.name, record.country) == (party.pk, "Riga", "LV")
