"""The page of a party with more ties than one page shows."""

import pytest

from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from tests.web.reading import Page
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

HUB = "/en/parties/hub/"


@pytest.fixture
def hub() -> Party:
    """A town with 51 ties in force, 2 of them in Latvia, and one that has ended."""
    hub = make_party(name="Hub")
    for number in range(52):
        country = "LV" if number < 2 else "FI"
        town = make_party(name=f"Town {number:02}", country=country, language="fi")
        tie = make_partnership(parties=[hub, town])
        make_act(partnership=tie, date=str(1950 + number))
        if number == 51:
            make_act(partnership=tie, kind="ended", date="2010", number=2)
    return hub


def partners(page: Page) -> list[str]:
    """The partners of the page by their first words, in its order."""
    tables = page.main.all("table")
    return [row[0][:7] for table in tables for row in table.rows if row[0].startswith("Town")]


@pytest.mark.usefixtures("hub")
def test_fifty_ties_stand_on_a_page_and_all_where_they_are_asked_for(visit: Read) -> None:
    first = visit(HUB)
    assert [len(partners(visit(HUB, page=page))) for page in ("1", "2")] == [50, 2]
    assert partners(visit(HUB, page="2")) == ["Town 50", "Town 51"]
    assert "51 in force" in first.main.all("h2")[0].text
    assert len(partners(visit(HUB, ties="all"))) == 52
    assert first.main.facts["Partnerships in force"].startswith("51 ")
    assert {"?page=2", "?ties=all"} <= {a.attributes["href"] for a in first.main.all("a")}


@pytest.mark.usefixtures("hub")
def test_the_partners_of_one_country_stand_alone(visit: Read) -> None:
    folded = visit(HUB).main.all("details")[0]
    assert (folded.one("summary").text, folded.items) == (
        "Partners by country",
        ["Finland (50)", "Latvia (2)"],
    )
    shown = visit(HUB, country="LV")
    assert partners(shown) == ["Town 00", "Town 01"]
    assert HUB in {a.attributes["href"] for a in shown.main.all("a")}


@pytest.mark.usefixtures("hub")
def test_a_long_line_of_time_is_folded_up_by_decades(visit: Read) -> None:
    parts = visit(HUB).section("Time line").all("summary")
    assert [part.text for part in parts] == [
        "1950s 10",
        "1960s 10",
        "1970s 10",
        "1980s 10",
        "1990s 10",
        "2000s 2",
        "2010s 1",
    ]


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"page": "3"}, "There is no page “3”. Pages of this list go from 1 to 2."),
        ({"page": "x"}, "There is no page “x”. Pages of this list go from 1 to 2."),
        ({"country": "SE"}, "“SE” cannot be chosen here."),
        ({"country": "LV", "page": "2"}, "There is no page “2”. Pages of this list go from 1 to 1."),
    ],
)
def test_what_the_page_has_not_is_refused_with_a_word(visit: Read, asked: dict[str, str], word: str) -> None:
    assert word in visit(HUB, answers=400, **asked).main.text
