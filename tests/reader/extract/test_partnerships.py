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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Twin towns\n\nGraz, Austria, 1979/1986\nFamilies have met every summer since then.\n"),
        ("fi", "Ystävyyskaupungit\n\nGraz, Itävalta, 1979/1986\nKuorot vierailevat joka vuosi.\n"),
        ("lv", "Sadraudzības pilsētas\n\nGrāca, Austrija, 1979/1986\nKopš tā laika notiek apmaiņa.\n"),
        ("de", "Partnerstädte\n\nGraz, Österreich (1979/1986)\nDer Austausch besteht bis heute.\n"),
    ],
)
def test_two_years_by_a_slash_are_no_end(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979", "", "", "")]


def test_which_of_two_years_was_signed_the_text_tells(places: Places) -> None:
    text = "Gemellaggi\n\nGraz, Austria, 1979/1986\nIl patto fu firmato nel 1986 dai due sindaci.\n"
    assert told(places, "it", text) == [("Graz", "1986", "", "1979", "")]


def test_a_dash_between_years_is_an_end(places: Places) -> None:
    text = "Twin towns\n\nGraz, Austria, 1979–1986\n"
    assert told(places, "en", text) == [("Graz", "1979", "1986", "", "ended")]


@pytest.mark.parametrize(
    ("language", "title", "introduction", "below"),
    [
        ("lv", "Sadraudzības pilsētas", "Sadarbības līgumi ir ar Grācu Austrijā un Marburgu Vācijā.",
         ("Graz (Austrija)", "Marburg (Vācija)")),
        ("hr", "Gradovi prijatelji", "Grad je pobratimljen s Grazom u Austriji i Marburgom u Njemačkoj.",
         ("Graz (Austrija)", "Marburg (Njemačka)")),
        ("fi", "Ystävyyskaupungit", "Ystävyyssopimus on Itävallan Grazin ja Saksan Marburgin kanssa.",
         ("Graz (Itävalta)", "Marburg (Saksa)")),
    ],
)  # fmt: skip
def test_what_the_introduction_lists_is_not_told_again(
    places: Places, language: str, title: str, introduction: str, below: tuple[str, str]
) -> None:
    text = f"{title}\n\n{introduction}\n\n{below[0]}, 1979\n\n{below[1]}, 1991\n"
    assert sorted((name[:4], since) for name, since, *_ in told(places, language, text)) == [
        ("Graz", "1979"),
        ("Marb", "1991"),
    ]


def test_two_towns_that_begin_alike_are_two(places: Places) -> None:
    text = "Twin towns\n\nBad Homburg, Germany, 1979\nBad Hersfeld, Germany\n"
    assert len(told(places, "en", text)) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Städtepartnerschaft\n\n24. Juni 1979: Marburg und Graz (Österreich) unterschreiben.\n",
        ),
        (
            "hu",
            "Testvérvárosi dátumok\n\n1979. június 24. – Eger és az ausztriai Graz aláírja.\n",
        ),
    ],
)
def test_a_dated_line_tells_when_it_was_signed(places: Places, language: str, text: str) -> None:
    assert told(places, language, text) == [("Graz", "1979-06-24", "", "", "")]
