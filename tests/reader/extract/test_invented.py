"""What reads like a tie and is none: bodies, firms, guests, old treaties, headings, what never came about."""

import pytest

from twinhall.reader.facts import Partnership, Project
from twinhall.reader.places import Places

from .asked import facts_of


def ties(places: Places, language: str, whose: tuple[str, str], text: str) -> list[Partnership]:
    return [fact for fact in facts_of(places, language, whose, text) if isinstance(fact, Partnership)]


def partners(places: Places, language: str, whose: tuple[str, str], text: str) -> list[str]:
    return [fact.b.name for fact in ties(places, language, whose, text)]


@pytest.mark.parametrize(
    ("language", "whose", "text"),
    [
        ("en", ("Kendal", "GB"),
         "Twin towns\n\nKendal Museum works with that of Dresden (Germany). The council approved a pact."),
        ("it", ("Faenza", "IT"),
         "Gemellaggi\n\nIl museo di Faenza collabora con quello di Limoges (Francia) dal 1999."),
        ("sv", ("Kalmar", "SE"),
         "Vänorter\n\nKalmar museum samarbetar sedan 2001 med museet i Rostock (Tyskland)."),
        ("ru", ("Псков", "RU"),
         "Города-побратимы\n\nПсковский музей сотрудничает с музеем Тарту (Эстония). Дума одобрила договор."),
        ("de", ("Fulda", "DE"),
         "Das Krankenhaus arbeitet mit einer Klinik in Straßburg; der Kooperationsvertrag gilt seit 2015."),
        ("en", ("Stirling", "GB"),
         "Police Scotland and the police of Hamburg signed a cooperation agreement on training."),
        ("et", ("Rakvere", "EE"), "Linnavalitsus sõlmis lepingu Riia ettevõttega, kes ehitab uue silla."),
    ],
)  # fmt: skip
def test_a_museum_or_a_firm_has_no_tie_of_towns(
    places: Places, language: str, whose: tuple[str, str], text: str
) -> None:
    assert partners(places, language, whose, text) == []


@pytest.mark.parametrize(
    ("language", "whose", "text", "partner"),
    [
        ("en", ("Kendal", "GB"),
         "After a walk through the museum the mayors signed the twinning with Dresden (Germany).", "Dresden"),
        ("de", ("Fulda", "DE"),
         "Nach dem Konzert in der Schule unterschrieb man den Vertrag über die Partnerschaft mit Gliwice.",
         "Gliwice"),
    ],
)  # fmt: skip
def test_a_museum_beside_a_tie_of_towns_leaves_it(
    places: Places, language: str, whose: tuple[str, str], text: str, partner: str
) -> None:
    assert partners(places, language, whose, text) == [partner]


@pytest.mark.parametrize(
    ("language", "whose", "text"),
    [
        ("uk", ("Луцьк", "UA"),
         "Міста-побратими\n\nНа фестиваль приїхали гурти з Тарту, Граца та Бергена."),
        ("el", ("Βόλος", "GR"),
         "Αδελφοποιημένες πόλεις\n\nΣτο φεστιβάλ ήρθαν χορωδίες από το Γκρατς και το Μπέργκεν."),
        ("cs", ("Tábor", "CZ"), "Partnerská města\n\nNa festival přijely soubory z Tartu, Grazu a Bergenu."),
    ],
)  # fmt: skip
def test_where_guests_came_from_is_no_partner(
    places: Places, language: str, whose: tuple[str, str], text: str
) -> None:
    assert partners(places, language, whose, text) == []


@pytest.mark.parametrize(
    ("language", "whose", "text", "expected"),
    [
        ("en", ("Kendal", "GB"), "The treaty with Bremen was signed in 1791; twin towns came later.", []),
        ("bg", ("Ловеч", "BG"), "Побратимени градове\n\nДоговорът с Ниш е подписан през 1791 г.", []),
        ("bg", ("Ловеч", "BG"), "Побратимени градове\n\nДоговорът с Ниш е подписан през 1991 г.", ["Niš"]),
    ],
)  # fmt: skip
def test_a_treaty_of_another_century_is_none_of_towns(
    places: Places, language: str, whose: tuple[str, str], text: str, expected: list[str]
) -> None:
    assert partners(places, language, whose, text) == expected


@pytest.mark.parametrize(
    ("language", "whose", "text"),
    [
        ("ru", ("Псков", "RU"), "С польским Белостоком договор о побратимстве так и не был подписан."),
        ("en", ("Kendal", "GB"), "The twinning charter with Bremen (Germany) was never signed."),
        ("es", ("Lugo", "ES"), "El hermanamiento con Burdeos (Francia) nunca llegó a firmarse."),
        ("pl", ("Zamość", "PL"), "Umowy o partnerstwie z Dreznem (Niemcy) nigdy nie podpisano."),
    ],
)  # fmt: skip
def test_what_was_never_signed_is_no_tie(
    places: Places, language: str, whose: tuple[str, str], text: str
) -> None:
    assert partners(places, language, whose, text) == []


@pytest.mark.parametrize(
    ("language", "whose", "heading", "text"),
    [
        ("sv", ("Haparanda", "SE"), "Resultat", "Haparanda och finska Torneå är tvillingstäder sedan 1987."),
        ("nl", ("Zutphen", "NL"), "Wat er nog komt",
         "Met de Poolse stad Gliwice sloot Zutphen in 1993 een jumelage."),
        ("de", ("Fulda", "DE"), "Über Fulda",
         "Fulda hat seit 1990 eine Partnerschaft mit dem polnischen Gliwice."),
    ],
)  # fmt: skip
def test_a_sentence_gives_no_country_to_the_headings_below(
    places: Places, language: str, whose: tuple[str, str], heading: str, text: str
) -> None:
    page = f"{text}\n\n{heading}\n\nDe"
    assert len(ties(places, language, whose, page)) == 1
    assert heading not in partners(places, language, whose, page)


@pytest.mark.parametrize(
    ("language", "whose", "text", "wrong"),
    [
        ("lt", ("Utena", "LT"), "Miestai partneriai\n\nAntras – keturšalis memorandumas.", "Antras"),
        ("tr", ("Edirne", "TR"), "Kardeş şehir\n\nİki belediye kardeş şehir olarak çalışır.", "İki"),
        ("el", ("Βόλος", "GR"), "Αδελφοποίηση\n\nΉταν η πρώτη αδελφοποίηση της πόλης μας, το 1996.", "Ήταν"),
    ],
)  # fmt: skip
def test_a_small_word_that_opens_a_line_is_no_town(
    places: Places, language: str, whose: tuple[str, str], text: str, wrong: str
) -> None:
    assert wrong not in [fact.b.written for fact in ties(places, language, whose, text)]


@pytest.mark.parametrize(
    ("language", "whose", "text", "first"),
    [
        ("sk", ("Trnava", "SK"),
         ("Partnerské mestá\n\nGliwice (Poľsko)\nZmluva bola podpísaná v roku 1999.\n\n"
          "Mesto pripravuje partnerstvo s ukrajinským Užhorodom. Primátor je splnomocnený na podpis zmluvy."),
         "Gliwice"),
        ("pl", ("Zamość", "PL"),
         ("Miasta partnerskie\n\nLoches (Francja)\nUmowę podpisano w 1999 roku.\n\n"
          "Planowane jest partnerstwo z ukraińskim Łuckiem. Umowa jest w przygotowaniu."), "Loches"),
    ],
)  # fmt: skip
def test_an_entry_keeps_its_status_where_a_paragraph_is_about_another_town(
    places: Places, language: str, whose: tuple[str, str], text: str, first: str
) -> None:
    found = {fact.b.name: fact for fact in ties(places, language, whose, text)}
    assert (found[first].status, str(found[first].since)) == ("", "1999")
    assert [fact.status for name, fact in found.items() if name != first] == ["planned"]


def test_a_project_in_a_paragraph_has_the_partners_of_its_sentence(places: Places) -> None:
    text = (
        "Gefördert wird das Projekt „Grenzen“ mit den Partnern Zittau und Liberec. Ausflüge: Prag, Breslau."
    )
    [project] = [f for f in facts_of(places, "de", ("Bautzen", "DE"), text) if isinstance(f, Project)]
    assert project.partners == ("Zittau", "Liberec")


def test_a_firm_may_follow_its_town_after_a_small_word(places: Places) -> None:
    text = "Belediye, Viyana'dan bir şirketle otobüs alımı için sözleşme imzaladı."
    assert partners(places, "tr", ("Edirne", "TR"), text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Laura Bensi presenta un romanzo su due città gemelle divise da un fiume, firmato nel 2019."),
        (
            "es",
            "Acudieron los socios de la peña El Cipotegato, que en 2011 y en 2016 firmaron un manifiesto.",
        ),
    ],
)
def test_people_are_no_partners_and_their_clubs_no_networks(places: Places, language: str, text: str) -> None:
    whose = {"it": ("Gubbio", "IT"), "es": ("Tarazona", "ES")}[language]
    assert facts_of(places, language, whose, text) == []
