"""The pages of sources, on the shipped facts."""

import pytest

from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_party
from tests.web.conftest import Read
from twinhall.evidence.models import Source

pytestmark = pytest.mark.usefixtures("register")


def address_of(key: str) -> str:
    return f"/en/sources/{Source.objects.get(key=key).pk}/"


def test_the_five_pages_stand_with_their_publishers_and_how_old_they_are(visit: Read) -> None:
    rows = {row[0]: row[1:4] for row in visit("/en/sources/").main.rows}
    read = "21 November 2026"
    assert {title: rest for title, rest in rows.items() if rest[0] != "–"} == {
        "Cities of change – cooperation of cities in the field of city development page, Latvian": [
            "Daugavpils",
            "undated, not before June 2013",
            read,
        ],
        "Kaksiklinnade Assotsiatsioon page, Estonian": [
            "Valga",
            "undated, not before 13 December 2006",
            read,
        ],
        "Starptautiskā sadarbība page, Latvian": ["Valmiera", "undated, not before 22 July 2022", read],
        "What is City Twins Association? page, English": [
            "City Twins Association",
            "undated, not before 2007",
            read,
        ],
        "МЕЖДУНАРОДНА ДЕЙНОСТ НА ОБЩИНА СТАРА ЗАГОРА page, Bulgarian": [
            "Stara Zagora",
            "undated, not before 2009",
            read,
        ],
    }


def test_a_source_says_who_published_it_when_and_when_it_was_read(visit: Read) -> None:
    source = visit(address_of("valmiera-international-cooperation"))
    assert source.heading == "Starptautiskā sadarbība"
    assert source.main.facts == {
        "Publisher": "Valmiera",
        "Language": "Latvian",
        "Dated": "undated, not before 22 July 2022",
        "Read or received": "21 November 2026",
        "Address": "not known",
        "Licence": "none stated; only facts are taken, told in our own words",
    }


def all_rows(visit: Read, address: str) -> tuple[int, list[list[str]]]:
    """What the head of the table counts, and the rows of all its pages, without the way to report errors."""
    first = visit(address)
    total = int(first.section("What it states").one("h2").all("span")[0].text)
    pages = [first, *(visit(address, page=str(number)) for number in range(2, -(-total // 100) + 1))]
    return total, [row[:-1] for page in pages for row in page.main.rows]


def test_a_source_shows_what_it_states_as_printed_and_as_read(visit: Read) -> None:
    total, rows = all_rows(visit, address_of("valmiera-international-cooperation"))
    assert len(rows) == total > 50
    solna = [row[1:] for row in rows if row[0] == "Solna and Valmiera partnership"]
    assert [row for row in solna if row[0] == "Named as"] == [["Named as", "Solna, Zviedrija, 1991", "–"]]
    assert [
        row[1:] for row in rows if row[0].startswith("Valmiera in Union of the Baltic Cities: admitted")
    ] == [
        ["Date", "2021.gada janvāra", "January 2021"],
        ["Named as", "–", "said to be so"],
    ]


def test_a_correction_stands_beside_what_is_printed(visit: Read) -> None:
    _, rows = all_rows(visit, address_of("valga-city-twins-association"))
    assert [row for row in rows if "Order" in row[2] and row[1] == "Name"] == [
        [
            "Frankfurt (Oder) party",
            "Name",
            "Frankfurt (Order)",
            (
                "Frankfurt (Order) printed in error The register has Frankfurt (Oder). "
                "The town is named after the river Oder; the page prints Order."
            ),
        ]
    ]


def test_what_is_not_in_force_says_so(visit: Read) -> None:
    source = make_source(title="A letter", language="")
    make_statement(subject=make_party(), field="population", stated=12000, source=source)
    assert visit(f"/en/sources/{source.pk}/").main.rows == [
        ["Valga party", "Population", "–", "12,000 not in force", "Report an error"]
    ]


def test_a_link_goes_to_the_source_and_back_to_the_record(visit: Read) -> None:
    source = make_source(title="A letter", url="https://valmera.example/letter?a=1&b=2")
    make_accepted(subject=make_party(name="Valmera"), field="population", stated=12000, source=source)
    shown = visit(f"/en/sources/{source.pk}/").main
    assert [a.attributes["href"] for a in shown.all("a")][-3:-1] == [
        "https://valmera.example/letter?a=1&b=2",
        "/en/parties/valmera/",
    ]


def test_a_large_source_is_read_by_what_it_speaks_of(visit: Read) -> None:
    source = make_source(title="A table of towns")
    for number in range(51):
        town = make_party(name=f"Town {number:03}")
        make_statement(subject=town, field="country", stated="EE", source=source)
        make_statement(subject=town, field="population", stated=1000 + number, source=source)
    address = f"/en/sources/{source.pk}/"
    first = visit(address)
    folded = first.main.all("details")[0]
    assert folded.items == ["party, Country (51)", "party, Population (51)"]
    assert [len(page.main.rows) for page in (first, visit(address, page="2"))] == [100, 2]
    alone = visit(address, of="parties.party", field="population")
    assert {row[1] for row in alone.main.rows} == {"Population"}
    assert len(alone.main.rows) == 51
    assert address in {a.attributes["href"] for a in alone.main.all("a")}
    for asked in ({"of": "parties.party"}, {"of": "parties.party", "field": "slug"}, {"page": "3"}):
        visit(address, answers=400, **asked)


def test_a_source_from_which_nothing_was_taken_says_so(visit: Read) -> None:
    shown = visit(f"/en/sources/{make_source(title='An empty page').pk}/")
    assert shown.main.one("p", class_="empty-title").text == "Nothing has been taken from this source yet."


@pytest.mark.parametrize("pk", ["0", "999999999", "9" * 30])
def test_an_unknown_source_is_not_found(visit: Read, pk: str) -> None:
    visit(f"/en/sources/{pk}/", answers=404)
