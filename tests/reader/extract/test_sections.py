"""Which lines of a page are entries of its list, under which heading, and which are prose."""

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
