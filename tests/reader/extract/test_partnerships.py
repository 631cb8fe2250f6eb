"""Entries of lists with what their rows and the lines below them tell."""

import pytest

from twinhall.reader.places import Places

from .test_telling import told

ROWS = [
    ("cs", "Partnerská města\n\n{}\nBrno, Česko, 1991\n", "Graz, Rakousko, plánováno",
     ("Graz", "", "", "", "planned")),
    ("de", "Partnerstädte\n\n{}\nBrno, Tschechien, 1991\n", "Graz, Österreich, in Planung",
     ("Graz", "", "", "", "planned")),
    ("en", "Twin towns\n\n{}\nBrno, Czechia, 1991\n", "Graz, Austria, ended in 2009",
     ("Graz", "", "2009", "", "ended")),
    ("en", "Twin towns\n\n{}\nBrno, Czechia, 1991\n", "Graz, Austria, 1979, dormant",
     ("Graz", "1979", "", "", "inactive")),
    ("fr", "Villes jumelées\n\n{}\nBrno, Tchéquie, 1991\n", "Graz, Autriche, 1979, en sommeil",
     ("Graz", "1979", "", "", "inactive")),
    ("pl", "Miasta partnerskie\n\n{}\nBrno, Czechy, 1991\n", "Graz, Austria, 1979 (współpraca zawieszona)",
     ("Graz", "1979", "", "", "suspended")),
    ("sv", "Vänorter\n\n{}\nBrno, Tjeckien, 1991\n", "Graz, Österrike, 1979, vilande",
     ("Graz", "1979", "", "", "inactive")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "page", "row", "expected"), ROWS)
def test_a_row_tells_how_its_tie_stands(
    places: Places, language: str, page: str, row: str, expected: tuple[str, str, str, str, str]
) -> None:
    first, second = told(places, language, page.format(row))
    assert first == expected
    assert (second[0], second[1], second[4]) == ("Brno", "1991", "")


def test_a_visit_and_a_jubilee_are_not_the_beginning(places: Places) -> None:
    text = (
        "Twin towns\n\nGraz, Austria\nThe charter was signed on 3 May 1979. A choir had visited in 1975. "
        "In 2009 both towns celebrated thirty years.\n"
    )
    assert told(places, "en", text) == [("Graz", "1979-05-03", "", "1975", "")]


def test_what_is_planned_with_another_is_not_the_entrys(places: Places) -> None:
    text = (
        "Gemellaggi\n\nGraz, Austria, 1979\nBrno, Cechia, 1991\n\n"
        "Il consiglio comunale ha approvato il gemellaggio con Kalocsa (Ungheria).\n"
    )
    assert told(places, "it", text) == [
        ("Graz", "1979", "", "", ""),
        ("Brno", "1991", "", "", ""),
        ("Kalocsa", "", "", "", "planned"),
    ]


def test_the_last_year_of_an_old_name_is_no_end(places: Places) -> None:
    text = "Partnerstädte\n\nBrno, Tschechien\nSie hieß Brünn bis 1918. Ein Vertrag besteht seit 1991.\n"
    assert told(places, "de", text) == [("Brno", "1991", "", "", "")]


def test_the_council_that_froze_a_tie_did_not_begin_it(places: Places) -> None:
    text = (
        "Twin towns\n\nBrno, Czechia, 1991\nGraz, Austria, 1979\n"
        "In March 2022 the council decided to suspend the partnership.\n"
    )
    assert told(places, "en", text)[-1] == ("Graz", "1979", "", "", "suspended")
