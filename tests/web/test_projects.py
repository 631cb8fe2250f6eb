"""The pages of projects, on the shipped facts."""

from decimal import Decimal

import pytest

from tests.factories.parties import make_party
from tests.factories.projects import make_output, make_participation, make_project, make_project_size
from tests.web.conftest import Read
from tests.web.reading import Page
from twinhall.projects.models import ParticipationRole, Project

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def cities(visit: Read) -> Page:
    return visit("/en/projects/cities-of-change/")


def test_the_sheet_of_cities_of_change(cities: Page) -> None:
    assert cities.section("Project sheet").facts == {
        "Programme": "Europe for Citizens",
        "Measure": "Measure 1.2, thematic network of twinned towns",
        "Period": "June 2013 – 31 May 2015",
        "Total cost": "99,000 EUR",
        "Paid by the programme": "100% of the cost",
        "Paid by": "European Union",
        "Web site": "http://www.ccnet.poznan.pl/",
    }


def test_its_full_title_stands_under_the_short_one(cities: Page) -> None:
    assert cities.heading == "Cities of change"
    assert cities.main.all("p", class_="aka")[0].text == (
        "Cities of change – cooperation of cities in the field of city development"
    )


def test_its_aim_is_told(cities: Page) -> None:
    assert cities.section("Aim").one("p").text == (
        "To build a lasting network of European cities that share experience of modern, "
        "strategic city planning "
        "and of following change, so that large cities develop better."
    )


def test_its_partners_are_named_where_the_page_names_them(cities: Page) -> None:
    assert cities.section("Partners").rows == [
        ["Poznań", "Poland", "lead partner", "1"],
        [
            (
                "Daugavpils The city council was to join in every activity and to offer its own "
                "experience and examples "
                "of good practice towards the project's aims."
            ),
            "Latvia",
            "partner",
            "1",
        ],
        ["not named", "Italy", "partner", "3"],
        ["not named", "Ireland", "partner", "1"],
        ["not named", "Netherlands", "partner", "2"],
        ["not named", "Lithuania", "partner", "1"],
        ["not named", "Spain", "partner", "1"],
        ["not named", "France", "partner", "1"],
        ["not named", "United Kingdom", "partner", "1"],
        ["not named", "Germany", "partner", "1"],
        ["not named", "Romania", "partner", "1"],
    ]


def test_the_stated_number_of_partners_is_true_by_a_rule(cities: Page) -> None:
    partners = cities.section("Partners")
    assert partners.all("p")[0].text == (
        "Said to have: 14 partners, 11 countries. The stated number is true if the lead partner is counted."
    )
    assert partners.items == [
        "14 partners, 11 countries, the lead partner counted.",
        "13 partners, 10 countries, the lead partner left out.",
        "12 partners are known by their countries only; they count like named ones.",
        "11 of the countries belonged to the European Union on 1 June 2013.",
    ]


def test_its_activities_and_outputs_are_told_by_title(cities: Page) -> None:
    assert cities.section("Activities").items == [
        "Cooperation with the partners across borders",
        "Training in planning",
        "Working seminars that form the cities into one lasting network for territorial development",
    ]
    outputs = cities.section("Outputs")
    assert outputs.items == [
        "News: Project news 1",
        "News: Project news 2",
        "News: Project news 3",
        "News: Project news 4",
        "News: Project news 5",
        "Summary: Project summary",
        "Publication: Project publications",
    ]
    assert outputs.one("ul").all("a", rel="external") == []


def test_the_words_of_the_page_stand_behind_the_sheet(cities: Page) -> None:
    period = cities.section("Project sheet").all("dd")[2]
    assert [cities.note(number) for number in period.marks] == [
        "Period · starts 2013.gada jūnija · ends 2015.gada 31.maijam"
    ]


def test_the_project_that_an_association_grew_from_leads_to_it(visit: Read) -> None:
    project = visit("/en/projects/city-twins-cooperation-network/")
    grown = project.section("What grew from it").one("a", href="/en/networks/city-twins-association/")
    assert grown.text == "City Twins Association"
    assert project.section("Project sheet").facts == {
        "Programme": "Interreg IIIC",
        "Period": "2004 – 2006",
        "Paid by": "Interreg IIIC, in part",
    }


def test_the_list_shows_projects_newest_first(visit: Read) -> None:
    assert visit("/en/projects/").main.rows == [
        ["Cities of change", "Europe for Citizens", "June 2013 – 31 May 2015", "14"],
        ["City Twins Cooperation Network", "Interreg IIIC", "2004 – 2006", "0"],
        ["European regions develop European citizenship", "Europe for Citizens", "–", "1"],
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"country": "PL"}, ["Cities of change"]),
        ({"country": "BG"}, ["European regions develop European citizenship"]),
        ({"programme": "interreg-iiic"}, ["City Twins Cooperation Network"]),
        ({"on": "2014-01-01"}, ["Cities of change"]),
        ({"on": "2015-05-31"}, ["Cities of change"]),
        ({"on": "2015-06-01"}, []),
        ({"on": "2014-01-01", "country": "BG"}, []),
    ],
)
def test_the_list_narrows(visit: Read, query: dict[str, str], titles: list[str]) -> None:
    assert [row[0] for row in visit("/en/projects/", **query).main.rows] == titles


def test_an_empty_list_says_what_to_do(visit: Read) -> None:
    assert visit("/en/projects/", on="2015-06-01").main.one("div", class_="empty").text == (
        "No project fits these filters. Choose another country, programme or day. Clear the filters"
    )


# A project of its own -----------------------------------------------------------------------------------


def test_a_project_of_which_little_is_known_says_no_more(visit: Read) -> None:
    make_project(slug="green-border", title="Green border")
    shown = visit("/en/projects/green-border/")
    assert (shown.heading, shown.headings) == ("Green border", ["Project sheet"])


def test_money_keeps_its_cents(visit: Read) -> None:
    project = make_project(slug="green-border", cost=Decimal("1234567.50"), cofinancing_rate=Decimal("72.5"))
    Project.objects.filter(pk=project.pk).update(currency="EUR")
    facts = visit("/en/projects/green-border/").section("Project sheet").facts
    assert facts == {"Total cost": "1,234,567.50 EUR", "Paid by the programme": "72.5% of the cost"}


def test_a_stated_number_may_be_true_without_the_lead(visit: Read) -> None:
    project = make_project(slug="green-border")
    make_participation(project=project, party=make_party(country="EE"), role=ParticipationRole.LEAD)
    make_participation(project=project, country="LV")
    make_project_size(project=project, partners=1, countries=1)
    partners = visit("/en/projects/green-border/").section("Partners")
    assert partners.all("p")[0].text == (
        "Said to have: 1 partner, 1 country. The stated number is true if the lead partner is not counted."
    )


def test_a_stated_number_that_is_true_by_no_rule_is_not_called_true(visit: Read) -> None:
    project = make_project(slug="green-border")
    make_participation(project=project, country="LV")
    make_project_size(project=project, partners=40)
    assert visit("/en/projects/green-border/").section("Partners").all("p")[0].text == (
        "Said to have: 40 partners."
    )


def test_an_output_with_an_address_is_a_link(visit: Read) -> None:
    output = make_output(project=make_project(slug="green-border"), title="News 1")
    type(output).objects.filter(pk=output.pk).update(url="https://green.example/news-1")
    outputs = visit("/en/projects/green-border/").section("Outputs")
    assert outputs.one("a", rel="external").attributes["href"] == "https://green.example/news-1"
