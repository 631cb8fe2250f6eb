import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twinhall.core.dates import PartialDate
from twinhall.reader.facts import Fact, Membership, Network, Partnership, Project
from twinhall.reader.page import page_of_text, read_page
from twinhall.reader.places import Places
from twinhall.reader.reading import read_facts

PAGES = Path(__file__).parent / "pages"
ROWS = [json.loads(line) for line in (PAGES / "index.jsonl").read_text(encoding="utf-8").splitlines()]
NEGATIVE = [row for row in ROWS if row["kind"] == "negative" and "-q" not in row["id"]]
"""Without those that are held out: whoever makes rules must not see what is read on them."""


def read(places: Places, language: str, subject: str, country: str, text: str) -> list[Fact]:
    page = page_of_text(text, language)
    facts = read_facts(page, places=places, subject=subject, subject_country=country)
    for fact in facts:
        assert page.text[fact.quote_start :].startswith(fact.quote)
        assert 8 <= len(fact.quote) <= 400 or len(page.text) < 8
    return facts


def ties(facts: list[Fact]) -> list[tuple[str, str, str, str]]:
    return [
        (fact.a.name, fact.b.name, fact.country, str(fact.since or ""))
        for fact in facts
        if isinstance(fact, Partnership)
    ]


def test_a_list_by_country(places: Places) -> None:
    text = (
        "Ikast testvértelepülései\n\nAusztria\nGraz\n2001. május 5.\n\n"
        "Románia\nCluj-Napoca - Kolozsvár\n1997. december 5.\n"
    )
    assert ties(read(places, "hu", "Szentes", "HU", text)) == [
        ("Szentes", "Graz", "AT", "2001-05-05"),
        ("Szentes", "Cluj-Napoca", "RO", "1997-12-05"),
    ]


def test_a_heading_with_prose_below(places: Places) -> None:
    text = (
        "Twin towns\n\nSolna, Sweden, 1991\n\nThe agreement was signed on 4 May 1992 and renewed in 2001.\n"
    )
    (fact,) = read(places, "en", "Valmiera", "LV", text)
    assert isinstance(fact, Partnership)
    assert (fact.kind, str(fact.since), fact.b.geonames) == ("twin", "1992-05-04", 2675397)


def test_a_flat_table(places: Places) -> None:
    text = "Vennskapsbyer\nBy\nLand\nÅr\nViitasaari\nFinland\n1978\nBalvi\nLatvia\n1992\n"
    assert ties(read(places, "no", "Levanger", "NO", text)) == [
        ("Levanger", "Viitasaari", "FI", "1978"),
        ("Levanger", "Balvi", "LV", "1992"),
    ]


def test_dates_before_names(places: Places) -> None:
    text = "Geminações\n12.05.1995 Angers, França\n03.10.2004 Zamora, Espanha\n"
    assert ties(read(places, "pt", "Bragança", "PT", text)) == [
        ("Bragança", "Angers", "FR", "1995-05-12"),
        ("Bragança", "Zamora", "ES", "2004-10-03"),
    ]


def test_an_act_of_many_parties(places: Places) -> None:
    text = (
        "Partnerstädte\n\nAm 3. Juni 1995 unterzeichneten Graz, Maribor (Slowenien) und Pécs (Ungarn) "
        "den Partnerschaftsvertrag.\n"
    )
    assert ties(read(places, "de", "Graz", "AT", text)) == [
        ("Graz", "Maribor", "SI", "1995-06-03"),
        ("Graz", "Pécs", "HU", "1995-06-03"),
    ]


def test_ties_of_others_are_theirs(places: Places) -> None:
    text = (
        "Jumelages\n\nRennes et Brno sont jumelées depuis 1965. "
        "Notre ville est jumelée avec Lublin (Pologne).\n"
    )
    found = ties(read(places, "fr", "Nancy", "FR", text))
    assert ("Nancy", "Lublin", "PL", "") in found


def test_what_has_ended_or_is_planned(places: Places) -> None:
    text = (
        "Partner towns\n\nGraz (Austria), 1990\nPskov (Russia): suspended in 2022\n\n"
        "The partnership with Narva in Estonia ended in 2016.\n"
    )
    found = {
        fact.b.name: fact
        for fact in read(places, "en", "Lublin", "PL", text)
        if isinstance(fact, Partnership)
    }
    assert found["Pskov"].status == "suspended"
    assert (found["Narva"].status, found["Narva"].until) == ("ended", PartialDate(2016))
    assert found["Graz"].status == ""


def test_who_seeks_a_partner_has_none(places: Places) -> None:
    assert (
        read(
            places,
            "en",
            "Lublin",
            "PL",
            "Partner search\n\nThe town of Narva (Estonia) is looking for a twin town.",
        )
        == []
    )


def test_members_of_a_network(places: Places) -> None:
    text = (
        "Valmiera is a member of the Union of the Baltic Cities since January 2021. "
        "The network was founded in 1991.\n"
    )
    facts = read(places, "en", "Valmiera", "LV", text)
    (membership,) = [fact for fact in facts if isinstance(fact, Membership)]
    assert (membership.network, str(membership.since)) == ("Union of the Baltic Cities", "2021-01")
    (network,) = [fact for fact in facts if isinstance(fact, Network)]
    assert (network.name, str(network.founded)) == ("Union of the Baltic Cities", "1991")


def test_not_yet_a_member(places: Places) -> None:
    text = "The town is not yet a member of Eurocities because its population is too small."
    (fact,) = [each for each in read(places, "en", "Valmiera", "LV", text) if isinstance(each, Membership)]
    assert (fact.status, fact.reason) == ("not-yet", "its population is too small")


def test_a_project_sheet(places: Places) -> None:
    text = (
        "Green Harbours\nProgramme: Interreg Central Baltic\nLead partner: Kotka\n"
        "Project partners: Valmiera, Ventspils\n"
        "Duration: 03/2018 – 08/2020\nTotal budget: EUR 740 000\n"
    )
    (fact,) = [each for each in read(places, "en", "Valmiera", "LV", text) if isinstance(each, Project)]
    assert (fact.title, fact.lead, str(fact.start), str(fact.end)) == (
        "Green Harbours",
        "Kotka",
        "2018-03",
        "2020-08",
    )
    assert (fact.budget, fact.currency) == (Decimal(740_000), "EUR")


@pytest.mark.parametrize("row", NEGATIVE, ids=[row["id"] for row in NEGATIVE])
def test_a_page_that_states_nothing_gives_nothing(row: dict[str, str], places: Places) -> None:
    path = PAGES / row["file"]
    page = read_page(path.read_bytes(), name=path.name)
    subject, country = row["subject"] or "", row["subject_country"] or ""
    assert read_facts(page, places=places, subject=subject, subject_country=country) == []


PIECES = st.sampled_from(
    ["Twin towns", "Solna", "Sweden", "1991", "(", ")", ",", "–", ":", "\n", "\n\n", ". ", " ", "member of",
     "Union of the Baltic Cities", "project “X Y”", "EUR 5 000", "was signed on", "and", "with", "*", "|",
     "„", "not yet"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40))
def test_no_text_breaks_it_and_quotes_are_exact(places: Places, pieces: list[str]) -> None:
    page = page_of_text("Twin towns " + "".join(pieces), "en")
    for fact in read_facts(page, places=places, subject="Valmiera", subject_country="LV"):
        assert page.text[fact.quote_start : fact.quote_start + len(fact.quote)] == fact.quote


def test_reading_is_linear(places: Places) -> None:
    block = "Solna, Sweden, 1991\nThe agreement was signed in 1992 by the mayors of both towns.\n\n"

    def cost(times: int) -> float:
        page = page_of_text("Twin towns\n" + block * times, "en")
        began = time.process_time()
        read_facts(page, places=places, subject="Valmiera", subject_country="LV")
        return time.process_time() - began

    cost(10)
    slow = min(cost(1500) for _time in range(3))
    assert slow < 40 * max(cost(150), 0.05)  # squared, it would be a hundredfold
