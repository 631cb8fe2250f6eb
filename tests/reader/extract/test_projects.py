"""Projects, as sheets with labels and as sentences with a title in quotation marks."""

from decimal import Decimal

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


def test_who_only_speaks_of_projects_has_none(places: Places) -> None:
    assert told(places, "en", ("Exeter", "GB"), "The town plans many projects with its partners.") == []
