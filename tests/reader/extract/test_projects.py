"""Projects, as sheets with labels and as sentences with a title in quotation marks."""

from decimal import Decimal

import pytest

from twinhall.reader.facts import Project
from twinhall.reader.places import Places

from .asked import facts_of


def told(places: Places, language: str, whose: tuple[str, str], text: str) -> list[Project]:
    return [fact for fact in facts_of(places, language, whose, text) if isinstance(fact, Project)]


def test_a_sheet(places: Places) -> None:
    text = (
        "Projekttitel: Grüne Höfe\nProgramm: Interreg Donauraum\nLeadpartner: Graz\n"
        "Projektpartner: Maribor, Pécs\nLaufzeit: 03/2018 – 08/2020\nGesamtkosten: 1,2 Mio. Euro\n"
    )
    (fact,) = told(places, "de", ("Graz", "AT"), text)
    assert (fact.title, fact.lead, fact.partners) == ("Grüne Höfe", "Graz", ("Maribor", "Pécs"))
    assert (str(fact.start), str(fact.end)) == ("2018-03", "2020-08")
    assert (fact.budget, fact.currency) == (Decimal(1_200_000), "EUR")
    assert fact.programme.startswith("Interreg")


def test_a_sentence(places: Places) -> None:
    text = (
        "Le projet « Jardins partagés » a été financé par l'Union européenne. "
        "Durée : de mars 2018 à août 2020. Budget : 45 000 €.\n"
    )
    (fact,) = told(places, "fr", ("Angers", "FR"), text)
    assert (fact.title, fact.budget, fact.currency) == ("Jardins partagés", Decimal(45_000), "EUR")


def test_labels_of_beginning_and_end(places: Places) -> None:
    text = (
        "Titolo del progetto: Ponti di pietra\nProgramma di finanziamento: Interreg V-A Italia-Slovenia\n"
        "Capofila: Comune di Gorizia\nPartner di progetto: Nova Gorica\n"
        "Data inizio: 1 ottobre 2018\nData fine: 31 marzo 2021\nBudget complessivo: € 1.450.300,50\n"
    )
    (fact,) = told(places, "it", ("Gorizia", "IT"), text)
    assert (fact.title, fact.programme) == ("Ponti di pietra", "Interreg V-A Italia-Slovenia")
    assert (fact.lead, fact.partners) == ("Gorizia", ("Nova Gorica",))
    assert (str(fact.start), str(fact.end)) == ("2018-10-01", "2021-03-31")
    assert fact.budget == Decimal("1450300.50")


def test_a_code_is_no_title(places: Places) -> None:
    text = (
        "Designação do projeto: Hortas Comuns\nCódigo do projeto: 0123_HORTAS_1_E\n"
        "Entidade beneficiária: Município de Chaves\nParceiros: Ourense\nCusto total: 90.000 €\n"
    )
    (fact,) = told(places, "pt", ("Chaves", "PT"), text)
    assert fact.title == "Hortas Comuns"


@pytest.mark.parametrize(
    ("language", "whose", "text", "days"),
    [
        ("fr", ("Nantes", "FR"),
         "Rencontre « Nos jardins », programme CERV, accueillie par la Ville de Nantes du 4 au 8 mai 2022.",
         ("2022-05-04", "2022-05-08")),
        ("hu", ("Gyula", "HU"),
         "„Kertek és hidak”, Európa a polgárokért program\nRendezte Gyula városa, 2016. július 7–10.",
         ("2016-07-07", "2016-07-10")),
        ("en", ("Exeter", "GB"),
         "“Gardens and bridges”, Europe for Citizens, hosted by Exeter, 29 May – 2 June 2019.",
         ("2019-05-29", "2019-06-02")),
    ],
)  # fmt: skip
def test_an_event_that_a_programme_pays(
    places: Places, language: str, whose: tuple[str, str], text: str, days: tuple[str, str]
) -> None:
    (fact,) = told(places, language, whose, text)
    assert (str(fact.start), str(fact.end)) == days
    assert fact.lead == whose[0]


def test_a_heading_is_a_title_where_the_text_says_it_again(places: Places) -> None:
    text = (
        "Bastu vid bron\n\nProjektet Bastu vid bron pågick från 1 januari 2020 till 30 juni 2022 inom "
        "Interreg Nord.\n\nDen totala budgeten var 456 000 euro.\n"
    )
    (fact,) = told(places, "sv", ("Haparanda", "SE"), text)
    assert (fact.title, fact.programme, fact.budget) == ("Bastu vid bron", "Interreg Nord", Decimal(456_000))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Konzert im Hof\nTermin: 3. Mai 2022\nVeranstalter: Musikverein\nKosten: 12 Euro\n"),
        ("bg", "Общината членува в мрежата „Здрави градове“.\nПрограма Европа за гражданите, 2010 г.\n"),
    ],
)
def test_what_is_no_project(places: Places, language: str, text: str) -> None:
    assert told(places, language, ("Graz", "AT"), text) == []


def test_who_only_speaks_of_projects_has_none(places: Places) -> None:
    assert told(places, "en", ("Exeter", "GB"), "The town plans many projects with its partners.") == []
