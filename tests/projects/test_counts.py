import datetime as dt

import pytest

from tests.factories.parties import make_party
from tests.factories.projects import make_participation, make_project
from twinhall.core.vocabularies import eu_members
from twinhall.projects.counts import PartnerCount, count_partners
from twinhall.projects.models import Participation, ParticipationRole, Project

pytestmark = pytest.mark.django_db

DAY = dt.date(2013, 6, 30)
LEAD, PARTNER, ASSOCIATED = ParticipationRole.LEAD, ParticipationRole.PARTNER, ParticipationRole.ASSOCIATED


@pytest.fixture
def project() -> Project:
    """A Polish lead; partners of Latvia, of Poland and two of Italy unnamed; an associated one of Norway."""
    project = make_project()
    make_participation(project=project, party=make_party(name="Poznań", country="PL"), role=LEAD)
    make_participation(project=project, party=make_party(name="Daugavpils", country="LV"))
    make_participation(project=project, party=make_party(name="Łódź", country="PL"))
    make_participation(project=project, country="IT")
    make_participation(project=project, country="IT")
    make_participation(project=project, party=make_party(name="Oslo", country="NO"), role=ASSOCIATED)
    return project


def partners(project: Project) -> list[Participation]:
    return list(project.participations.select_related("party"))


@pytest.mark.parametrize(
    ("lead", "associated", "expected"),
    [
        (True, True, PartnerCount(6, 4, True, 1, 2, 3, DAY)),
        (True, False, PartnerCount(5, 3, True, 0, 2, 3, DAY)),
        (False, True, PartnerCount(5, 4, False, 1, 2, 3, DAY)),
        (False, False, PartnerCount(4, 3, False, 0, 2, 3, DAY)),
    ],
)
def test_a_count_says_by_which_rule_it_was_made(
    project: Project,
    lead: bool,  # noqa: FBT001
    associated: bool,  # noqa: FBT001
    expected: PartnerCount,
) -> None:
    assert count_partners(partners(project), lead=lead, associated=associated, eu_day=DAY) == expected


def test_associated_partners_are_counted_unless_they_are_left_out(project: Project) -> None:
    assert count_partners(partners(project), lead=True, eu_day=DAY).partners == 6


def test_without_the_lead_its_country_is_missing_where_nobody_else_is_of_it() -> None:
    project = make_project()
    make_participation(project=project, country="PL", role=LEAD)
    make_participation(project=project, country="LV")
    counted = count_partners(partners(project), lead=False, eu_day=DAY)
    assert (counted.partners, counted.countries, counted.eu_countries) == (1, 1, 1)


def test_a_party_without_a_country_is_a_partner_of_none() -> None:
    project = make_project()
    make_participation(project=project, party=make_party(country=""))
    counted = count_partners(partners(project), lead=True, eu_day=DAY)
    assert (counted.partners, counted.countries, counted.unnamed) == (1, 0, 0)


def test_no_partners_are_none() -> None:
    expected = PartnerCount(0, 0, lead=True, associated=0, unnamed=0, eu_countries=0, eu_day=DAY)
    assert count_partners([], lead=True, eu_day=DAY) == expected


@pytest.mark.parametrize(
    ("country", "day", "belongs"),
    [
        ("GB", "1972-12-31", 0),
        ("GB", "1973-01-01", 1),
        ("GB", "2020-01-31", 1),
        ("GB", "2020-02-01", 0),
        ("HR", "2013-06-30", 0),
        ("HR", "2013-07-01", 1),
        ("LV", "2004-04-30", 0),
        ("LV", "2004-05-01", 1),
        ("NO", "2024-01-01", 0),
    ],
)
def test_who_belonged_to_the_union_is_asked_for_the_day(country: str, day: str, belongs: int) -> None:
    project = make_project()
    make_participation(project=project, country=country)
    on = dt.date.fromisoformat(day)
    counted = count_partners(partners(project), lead=True, eu_day=on)
    assert (counted.countries, counted.eu_countries, counted.eu_day) == (1, belongs, on)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1957-12-31", 0),
        ("1958-01-01", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1995-01-01", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-07-01", 28),
        ("2020-02-01", 27),
    ],
)
def test_the_union_grew_and_shrank(day: str, members: int) -> None:
    assert len(eu_members(dt.date.fromisoformat(day))) == members
