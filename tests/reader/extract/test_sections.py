"""Which lines of a page are entries of its list, under which heading, and which are prose."""

import pytest

from twinhall.reader.extract.sections import blocks
from twinhall.reader.places import Places

from .asked import on_page


def entries(places: Places, language: str, whose: tuple[str, str], text: str) -> list[tuple[str, str, str]]:
    found, _, _ = blocks(*on_page(places, language, whose, text))
    return [(entry.listed.items[0].written, entry.section.kind, entry.section.country) for entry in found]


def test_headings_tell_kind_and_country(places: Places) -> None:
    text = "Testvérvárosok\n\nAusztria\nGraz\n\nRománia\nKolozsvár\n"
    assert entries(places, "hu", ("Eger", "HU"), text) == [
        ("Graz", "twin", "AT"),
        ("Kolozsvár", "twin", "RO"),
    ]


def test_a_list_ends_at_a_heading_of_something_else(places: Places) -> None:
    text = "Twin towns\n\nSolna, Sweden\n\nContact\n\nBrno, Czechia\n"
    assert entries(places, "en", ("Exeter", "GB"), text) == [("Solna", "twin", "")]


def test_the_head_of_a_column_is_no_entry(places: Places) -> None:
    text = "Partnerstädte\n\nStadt | Land | Einwohner | Vertrag vom\nGraz | Österreich | 290.000 | 2012\n"
    assert entries(places, "de", ("Marburg", "DE"), text) == [("Graz", "partner", "")]


def test_rows_of_a_projects_sheet_list_no_ties(places: Places) -> None:
    text = "Orașe înfrățite\n\nProiect\nLider de proiect: Arad\nParteneri: Graz (Austria), Brno (Cehia)\n"
    assert entries(places, "ro", ("Arad", "RO"), text) == []
    found, prose, _ = blocks(*on_page(places, "ro", ("Arad", "RO"), text))
    assert not found
    assert not any("Graz" in line.text for line in prose)


def test_continents_head_lists_and_are_none(places: Places) -> None:
    text = "Vänorter\n\nNorden\nLahtis, Finland\n\nEuropa\nGraz, Österrike\n"
    assert [each[0] for each in entries(places, "sv", ("Kalmar", "SE"), text)] == ["Lahtis", "Graz"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Town twinning meeting\n\nSolna, Sweden – 12 guests\nBrno, Czechia – 30 guests\n"),
        ("cs", "Setkání partnerských měst\n\nSolna, Švédsko – 12 hostů\nBrno, Česko – 30 hostů\n"),
        ("hu", "Testvérvárosi találkozó\n\nSolna, Svédország – 12 fő\nBrno, Csehország – 30 fő\n"),
        ("fi", "Ystävyyskaupunkitapaaminen\n\nSolna, Ruotsi – 12 vierasta\nBrno, Tšekki – 30 vierasta\n"),
    ],
)
def test_guests_of_a_meeting_are_no_entries(places: Places, language: str, text: str) -> None:
    assert entries(places, language, ("Eger", "HU"), text) == []


def test_a_town_with_its_inhabitants_is_an_entry(places: Places) -> None:
    text = "Twin towns\n\nSolna, Sweden – 82,000 people\nBrno, Czechia – 390 000 people\n"
    assert entries(places, "en", ("Exeter", "GB"), text) == [("Solna", "twin", ""), ("Brno", "twin", "")]


@pytest.mark.parametrize(
    ("language", "title", "head", "row"),
    [
        ("tr", "Kardeş şehirler", "Sıra | Kent ve ülke | Nüfus | Protokol tarihi", "Solna | İsveç | 1979"),
        ("sv", "Vänorter", "Ort | Avtal | Invånare", "Solna | Sverige | 1979"),
    ],
)
def test_the_head_of_a_table_is_no_entry(
    places: Places, language: str, title: str, head: str, row: str
) -> None:
    found = entries(places, language, ("Edirne", "TR"), f"{title}\n\n{head}\n{row}\n")
    assert [name for name, *_ in found] == ["Solna"]


def test_a_table_of_guests_lists_no_ties(places: Places) -> None:
    text = "Testvérvárosi találkozó\n\nVáros | Ország | Vendégek\nSolna | Svédország | 24\n"
    assert entries(places, "hu", ("Eger", "HU"), text) == []
