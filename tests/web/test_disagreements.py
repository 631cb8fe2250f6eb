"""Where pages disagree or err, on the shipped facts."""

import pytest

from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_own_page, make_party
from tests.web.conftest import Read
from tests.web.reading import Page
from twinhall.evidence.models import Decision, Statement

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def disagreements(visit: Read) -> Page:
    return visit("/en/disagreements/")


@pytest.mark.parametrize("town", ["Słubice", "Cieszyn"])
def test_two_pages_disagree_on_whether_a_town_is_a_member(disagreements: Page, town: str) -> None:
    rows = disagreements.section("Where sources contradict each other 2").rows
    assert [row for row in rows if row[0].startswith(town)] == [
        [
            f"{town} in City Twins Association Category",
            "City Twins Association undated, not before 2007",
            "cooperating, not yet a member in the register",
            "not yet members",
        ],
        [
            f"{town} in City Twins Association Category",
            "Valga undated, not before 13 December 2006",
            "member",
            "Assotsiatsiooni liikmeslinnad 2006.aastast",
        ],
    ]


def test_a_word_that_nobody_has_accepted_says_so(visit: Read) -> None:
    town = make_party(name="Elva", website="https://elva.example")
    for verdict, website in (("accepted", "https://elva.example"), ("proposed", "https://forged.example")):
        make = make_accepted if verdict == "accepted" else make_statement
        make(subject=town, field="website", stated=website, source=make_own_page(town, title=verdict))
    rows = visit("/en/disagreements/").section("Where sources contradict each other 3").rows
    assert [row[2] for row in rows if row[0].startswith("Elva")] == [
        "https://elva.example in the register",
        "https://forged.example not accepted yet",
    ]


def test_three_words_are_printed_in_error(disagreements: Page) -> None:
    assert sorted(disagreements.section("Printed in error 3").rows) == [
        [
            "Frankfurt (Oder) Name",
            "Frankfurt (Order)",
            "Frankfurt (Oder) The town is named after the river Oder; the page prints Order.",
            "Valga undated, not before 13 December 2006",
        ],
        [
            "Valka Country",
            "Lithuania",
            "Latvia Valka is a town in Latvia; the page prints Lithuania.",
            "City Twins Association undated, not before 2007",
        ],
        [
            "Český Těšín Name",
            "Cesky Tiesin",
            (
                "Český Těšín The town is called Český Těšín, without diacritics Cesky Tesin; the "
                "page prints Tiesin."
            ),
            "City Twins Association undated, not before 2007",
        ],
    ]


def test_stated_sizes_stand_with_what_can_be_said_of_when(disagreements: Page) -> None:
    page_of_stara_zagora = "МЕЖДУНАРОДНА ДЕЙНОСТ НА ОБЩИНА СТАРА ЗАГОРА"
    assert sorted(disagreements.section("Sizes that networks are said to have 3").rows) == [
        [
            "Cities for Children",
            "more than 50 members, 26 countries над 50 града от 26 страни",
            f"undated, not before 2009 {page_of_stara_zagora}",
            "1",
        ],
        ["Strasbourg Club", "38 members 38 града", f"undated, not before 2009 {page_of_stara_zagora}", "1"],
        [
            "Union of the Baltic Cities",
            "more than 70 members vairāk nekā 70",
            "undated, not before 22 July 2022 Starptautiskā sadarbība",
            "1",
        ],
    ]


def test_words_as_printed_are_marked_with_their_language(disagreements: Page) -> None:
    quoted = {q.text: q.attributes["lang"] for q in disagreements.main.all("q")}
    assert quoted["Frankfurt (Order)"] == "et"
    assert quoted["38 града"] == "bg"
    assert quoted["vairāk nekā 70"] == "lv"


def test_each_word_leads_to_its_source(disagreements: Page, visit: Read) -> None:
    row = disagreements.section("Printed in error").one("tbody").all("tr")[0]
    source = next(a.attributes["href"] for a in row.all("a") if "/sources/" in a.attributes["href"])
    assert visit(source).section("What it states").rows != []


def test_two_ways_to_write_one_address_do_not_contradict_each_other(visit: Read) -> None:
    town = make_party(name="Valmera", country="LV")
    make_accepted(subject=town, field="website", stated="https://www.valmera.example/")
    make_accepted(subject=town, field="website", stated="http://valmera.example")
    assert "Valmera" not in visit("/en/disagreements/").main.text


def test_a_new_contradiction_stands_with_who_is_heard(visit: Read) -> None:
    town = make_party(name="Valmera", country="LV")
    make_accepted(subject=town, field="country", stated="LV", source=make_own_page(town))
    make_accepted(subject=town, field="country", stated="EE", source=make_source(title="A list of towns"))
    rows = visit("/en/disagreements/").section("Where sources contradict each other 3").rows
    assert [row[1:3] for row in rows if row[0] == "Valmera Country"] == [
        ["Valmera undated", "Latvia in the register"],
        ["A list of towns undated", "Estonia"],
    ]


def test_contradictions_stand_fifty_to_a_page(visit: Read) -> None:
    for number in range(50):
        town = make_party(name=f"Town {number:02}")
        for country in ("EE", "LV"):
            make_statement(subject=town, field="country", stated=country)
    address, head = "/en/disagreements/", "Where sources contradict each other 52"
    shown = [visit(address, page=page).section(head).rows for page in ("1", "2")]
    assert [len(rows) for rows in shown] == [100, 4]
    assert len({row[0] for rows in shown for row in rows}) == 52
    assert len(visit(address, page="2", errors="1").section("Printed in error 3").rows) == 3
    for asked in ({"page": "3"}, {"errors": "2"}, {"page": "x"}):
        visit(address, answers=400, **asked)


@pytest.mark.parametrize("field", ["latitude", "longitude", "population"])
def test_figures_of_different_days_are_no_contradiction(visit: Read, field: str) -> None:
    town = make_party(name="Valmera", country="LV")
    make_accepted(subject=town, field=field, stated=57)
    make_accepted(subject=town, field=field, stated=58)
    assert "Valmera" not in visit("/en/disagreements/").main.text


def test_without_statements_each_part_says_what_would_stand_there(visit: Read) -> None:
    Decision.objects.all().delete()
    Statement.objects.all().delete()
    shown = visit("/en/disagreements/")
    assert [empty.one("p", class_="empty-title").text for empty in shown.main.all("div", class_="empty")] == [
        "No source contradicts another.",
        "No error in print is known.",
        "No size has been stated.",
    ]
