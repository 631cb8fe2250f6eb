"""The page of one fact: who says what of it, and a form to state another value with its source."""

import pytest

from tests.desk.conftest import (
    Desk,
    address,
    filled,
    lines_of_history,
    of_record,
    population_of,
    said,
    waiting,
    words_on,
    wrongs,
)
from tests.factories.documents import make_pdf_bytes, make_upload
from tests.factories.evidence import make_accepted
from tests.factories.networks import make_membership, make_network
from tests.factories.parties import (
    make_network_party,
    make_officer,
    make_own_page,
    make_own_words,
    make_party,
)
from tests.factories.partnerships import make_act
from twinhall.documents.models import Document
from twinhall.evidence.models import SourceKind, Statement
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

STATED = "Stated. It stands in the register with its source."
PROPOSED = "Proposed. It waits for those who speak for the record to accept it."


def population(party: Party) -> str:
    return of_record("fact", party, "population")


def test_a_fact_that_nobody_stated_says_so(kadri: Desk, valga: Party) -> None:
    shown = kadri.open(population(valga))
    assert (shown.heading, shown.title) == ("Population", "Population, Valga – Twinhall")
    assert shown.section("Who says what").one("p", class_="empty-title").text == "Nobody has stated this yet."


def test_a_fact_is_stated_as_ones_own_word(kadri: Desk, valga: Party) -> None:
    shown = kadri.send(population(valga), value="12182", quote="Counted.")
    assert said(shown) == [STATED]
    assert words_on(shown) == [("12,182", ["in force"])]
    trail = shown.section("Who says what").one("p", class_="trail").text
    assert trail == "Valga · Own statement · 1 December 2026"
    assert population_of(valga) == 12182
    (line,) = lines_of_history(kadri, valga)
    assert line == ["Kadri Kask", "Accepted Valga, population: 12,182 · Own statement", "–"]


def test_a_later_word_of_ones_own_takes_the_place_of_the_earlier(kadri: Desk, valga: Party) -> None:
    kadri.send(population(valga), value="12000")
    shown = kadri.send(population(valga), value="12182")
    assert words_on(shown) == [("12,182", ["in force"]), ("12,000", ["rejected"])]
    assert lines_of_history(kadri, valga)[0] == [
        "Kadri Kask",
        "Rejected Valga, population: 12,000 · Own statement",
        "replaced by a later word of the same side",
    ]


def test_what_a_page_states_is_kept_as_printed_and_as_corrected(kadri: Desk, valga: Party) -> None:
    shown = kadri.send(
        population(valga),
        value="12182",
        basis="page",
        url="https://news.example/valga",
        page_title="Valga in numbers",
        stated="121820",
        as_printed="121 820 elanikku",
        why="A digit too many.",
    )
    assert words_on(shown) == [("12,182", ["in force"])]
    assert [p.text for p in shown.main.all("p", class_="as-stated")] == [
        "The source states: 121,820 – A digit too many.",
        "As printed: 121 820 elanikku",
    ]
    assert population_of(valga) == 12182
    assert Statement.objects.get().source.kind == SourceKind.PAGE


def test_what_a_signed_document_states_comes_first_once_everyone_sees_it(
    kadri: Desk, liga: Desk, tie: Partnership, valka: Party
) -> None:
    act = make_act(partnership=tie)
    make_accepted(subject=act, field="date", stated="1996", source=make_own_words(valka))
    where = of_record("fact", act, "date")
    kadri.send(where, value="1994")
    act.refresh_from_db()
    assert str(act.date) == "1996"
    upload = make_upload(make_pdf_bytes(), name="scan.pdf")
    shown = liga.send(where, value="1995", basis="document", document_title="Agreement", document=upload)
    assert words_on(shown)[0] == ("1996", ["in force"])
    liga.send(address("document", Document.objects.get().pk))
    assert words_on(liga.open(where))[0] == ("1995", ["in force"])
    act.refresh_from_db()
    assert str(act.date) == "1995"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"value": ""}, "Population: This field is required."),
        ({"value": "many"}, "Population: Enter a whole number."),
        ({"value": "-1"}, "Population: Ensure this value is greater than or equal to 0."),
        ({"value": "1", "basis": "page"}, "Address of the page: Give the address of the page."),
        ({"value": "1", "basis": "page", "url": "no address"}, "Address of the page: Enter a valid URL."),
        ({"value": "1", "basis": "own:0"}, "Where does this come from?: Select a valid choice."),
        (
            {"value": "1", "stated": "2"},
            "Population: The value differs from what the source states: say why.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_word(
    kadri: Desk, valga: Party, typed: dict[str, str], wrong: str
) -> None:
    refused = kadri.refused(population(valga), quote="As we know.", **typed)
    assert [told[: len(wrong)] for told in wrongs(refused)] == [wrong]
    assert filled(refused)["quote"] == ["As we know."]
    assert not Statement.objects.exists()


def test_that_a_record_does_not_exist_is_stated(kadri: Desk, tie: Partnership) -> None:
    shown = kadri.send(of_record("fact", tie, "exists"), value="no", quote="There never was one.")
    assert words_on(shown) == [("said not to be so", ["in force"])]


def test_a_field_with_choices_is_stated(kadri: Desk, valga: Party) -> None:
    network = make_network(party=make_network_party(name="League"))
    membership = make_membership(network=network, party=valga, category="")
    where = of_record("fact", membership, "category")
    assert filled(kadri.open(where))["stated"] == [""]
    kadri.send(where, value="observer")
    membership.refresh_from_db()
    assert membership.category == "observer"


def test_a_set_is_stated_and_grows(kadri: Desk, tie: Partnership) -> None:
    where = of_record("fact", tie, "fields")
    kadri.send(where, value=["culture", "sport"])
    shown = kadri.send(where, value=["tourism"])
    assert sorted(words_on(shown)) == [(word, ["in force"]) for word in ("Culture", "Sport", "Tourism")]
    assert {field.code for field in tie.fields.all()} == {"culture", "sport", "tourism"}


# Who may only propose ----------------------------------------------------------------------------------


@pytest.mark.parametrize("colleague", [True, False])
def test_what_another_proposes_waits_and_is_accepted(kadri: Desk, valga: Party, *, colleague: bool) -> None:
    party = valga if colleague else make_party(name="Elva")
    other = Desk(make_officer(party, role=Role.EDITOR, name="Peeter Puu"))
    shown = other.send(population(valga), value="12182", basis=f"own:{party.pk}")
    assert said(shown) == [PROPOSED]
    assert words_on(shown) == [("12,182", ["waits for a decision"])]
    assert shown.main.all("ul", class_="deeds small") == []
    assert population_of(valga) is None
    assert waiting(other, "proposed") == []
    assert waiting(kadri, "proposed") == [f"Valga Population: 12,182 · {party}"]
    offered = kadri.open(population(valga)).main.one("ul", class_="deeds small").all("a")
    shown = kadri.send(offered[0].attributes["href"])
    assert words_on(shown) == [("12,182", ["in force"])]
    assert population_of(valga) == 12182
    assert waiting(kadri, "proposed") == []
    assert lines_of_history(kadri, valga)[0][0] == "Kadri Kask"


def test_the_word_of_the_others_page_waits_for_the_others(
    kadri: Desk, liga: Desk, tie: Partnership, valka: Party
) -> None:
    act = make_act(partnership=tie)
    where = of_record("fact", act, "place")
    page_of = {"basis": "page", "url": "https://valka.lv/", "page_of": str(valka.pk)}
    shown = kadri.send(where, value="Valka", **page_of)
    assert said(shown) == [PROPOSED]
    assert waiting(liga, "proposed") == ["Valga and Valka: agreement signed Place: Valka · Valka"]


def test_a_stranger_states_nothing(valga: Party) -> None:
    Desk(make_officer()).open(population(valga), 403)


@pytest.mark.parametrize(
    "fact", [("parties.party", "slug"), ("parties.party", "nothing"), ("partnerships.partnership", "history")]
)
def test_what_is_no_fact_of_its_own_page_is_not_found(
    kadri: Desk, valga: Party, tie: Partnership, fact: tuple[str, str]
) -> None:
    kind, field = fact
    pk = valga.pk if kind == "parties.party" else tie.pk
    kadri.open(address("fact", kind, pk, field), 404)


def test_sources_that_disagree_are_shown_with_the_best_first(kadri: Desk, valga: Party) -> None:
    make_accepted(
        subject=valga, field="population", stated=12000, source=make_own_page(make_party(name="Elva"))
    )
    shown = kadri.send(population(valga), value="12182")
    assert words_on(shown) == [("12,182", ["in force"]), ("12,000", [])]
    assert "The words do not agree." not in shown.main.text  # figures of two days are no contradiction


def test_names_that_do_not_agree_are_said_to(kadri: Desk, valga: Party) -> None:
    make_accepted(subject=valga, field="name", stated="Walk", source=make_own_page(make_party(name="Elva")))
    shown = kadri.send(of_record("fact", valga, "name"), value="Valga")
    assert "The words do not agree." in shown.main.text
