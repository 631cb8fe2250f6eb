"""What is decided on a word: the record follows, and each decision is in its history with a way back."""

import pytest

from tests.desk.conftest import (
    Desk,
    address,
    lines_of_history,
    of_record,
    population_of,
    said,
    words_on,
    wrongs,
)
from tests.factories.evidence import make_accepted, make_statement
from tests.factories.parties import make_officer, make_own_page, make_own_words, make_party
from tests.factories.partnerships import make_act
from twinhall.evidence.models import Statement
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

ONE, TWO = "Own statement", "Numbers of towns"


@pytest.fixture
def own(kadri: Desk, valga: Party) -> Statement:
    """What Valga states itself: 12,000."""
    return make_accepted(
        subject=valga, field="population", stated=12000, source=make_own_words(valga), by=kadri.user
    )


@pytest.fixture
def other(kadri: Desk, valga: Party) -> Statement:
    """What a third party's page prints: 12,182."""
    source = make_own_page(make_party(name="Elva"), title=TWO)
    return make_accepted(subject=valga, field="population", stated=12182, source=source, by=kadri.user)


def deed(statement: Statement, name: str) -> str:
    return address("statement", statement.pk, name)


def deeds(person: Desk, party: Party) -> list[list[str]]:
    """What the page of the fact offers to do to each of its words."""
    shown = person.open(of_record("fact", party, "population"))
    return [
        [a.inside[0] for a in word.one("ul", class_="deeds small").all("a") if isinstance(a.inside[0], str)]
        for word in shown.main.all("li")
        if "word" in word.classes
    ]


def test_a_word_is_rejected_with_its_reason_and_the_next_stands(
    kadri: Desk, valga: Party, own: Statement, other: Statement
) -> None:
    assert population_of(valga) == 12000
    refused = kadri.refused(deed(own, "reject"))
    assert wrongs(refused) == ["Reason: Give the reason."]
    shown = kadri.send(deed(own, "reject"), refused, why="Counted twice.")
    assert said(shown) == ["Done. The history of the record keeps it."]
    assert words_on(shown) == [("12,182", ["in force"]), ("12,000", ["rejected"])]
    assert population_of(valga) == 12182
    assert lines_of_history(kadri, valga)[0] == [
        "Kadri Kask",
        "Rejected Valga, population: 12,000 · Own statement",
        "Counted twice.",
    ]
    assert Statement.objects.get(pk=other.pk).in_force


def test_a_verdict_is_taken_back_and_given_anew(kadri: Desk, valga: Party, own: Statement) -> None:
    shown = kadri.send(deed(own, "reopen"), why="To be asked again.")
    assert (words_on(shown), population_of(valga)) == ([("12,000", ["waits for a decision"])], None)
    shown = kadri.send(deed(own, "accept"))
    assert (words_on(shown), population_of(valga)) == ([("12,000", ["in force"])], 12000)
    history = lines_of_history(kadri, valga)
    assert [(who, what.split()[0], why) for who, what, why in history] == [
        ("Kadri Kask", "Accepted", "–"),
        ("Kadri Kask", "Reopened", "To be asked again."),
        ("Kadri Kask", "Accepted", "–"),
    ]
    way = kadri.open(of_record("history", valga)).main.one("tbody").all("a")[0].attributes["href"]
    assert way == of_record("fact", valga, "population")


def test_a_word_is_chosen_over_the_others_and_released(
    kadri: Desk, valga: Party, own: Statement, other: Statement
) -> None:
    assert wrongs(kadri.refused(deed(other, "prefer"), why=" ")) == ["Reason: Give the reason."]
    shown = kadri.send(deed(other, "prefer"), why="The newer count.")
    assert words_on(shown) == [("12,182", ["in force", "chosen over the others"]), ("12,000", [])]
    assert population_of(valga) == 12182
    shown = kadri.send(deed(other, "release"))
    assert words_on(shown) == [("12,000", ["in force"]), ("12,182", [])]
    assert population_of(valga) == 12000
    assert [line[1].split(" Valga")[0] for line in lines_of_history(kadri, valga)][:2] == [
        "No longer chosen over others",
        "Chosen over others",
    ]
    assert Statement.objects.get(pk=own.pk).in_force


def test_releasing_asks_for_no_reason_that_it_would_lose(kadri: Desk, other: Statement) -> None:
    shown = kadri.open(deed(other, "release"))
    assert shown.all("input", name="why") == []


def test_what_is_printed_is_corrected_and_the_correction_taken_back(
    kadri: Desk, valga: Party, other: Statement
) -> None:
    refused = kadri.refused(deed(other, "correct"), value="12128")
    assert wrongs(refused) == ["The value differs from what the source states: say why."]
    shown = kadri.send(deed(other, "correct"), refused, why="Digits swapped.")
    assert (words_on(shown), population_of(valga)) == ([("12,128", ["in force"])], 12128)
    assert shown.main.one("p", class_="as-stated").text == "The source states: 12,182 – Digits swapped."
    assert lines_of_history(kadri, valga)[0][1:] == [
        "Corrected Valga, population: 12,182 · Numbers of towns",
        "Digits swapped.",
    ]
    shown = kadri.send(deed(other, "correct"), value="12182", why="It was right.")
    assert (words_on(shown), population_of(valga)) == ([("12,182", ["in force"])], 12182)
    assert shown.main.all("p", class_="as-stated") == []


def test_a_member_of_a_set_is_corrected_and_rejected(kadri: Desk, tie: Partnership, valga: Party) -> None:
    word = make_accepted(subject=tie, field="fields", stated="culture", source=make_own_page(valga))
    kadri.send(deed(word, "correct"), value="sport", why="It prints the old heading.")
    assert [field.code for field in tie.fields.all()] == ["sport"]
    refused = kadri.refused(deed(word, "prefer"), why="Mine.")
    assert wrongs(refused) == ["Each accepted member of a set is in force; there is nothing to choose."]
    kadri.send(deed(word, "reject"), why="No longer.")
    assert not tie.fields.exists()


def test_what_can_be_done_follows_from_the_words_state(
    kadri: Desk, valga: Party, own: Statement, other: Statement
) -> None:
    assert deeds(kadri, valga) == [["Reject", "Reopen", "Correct", "Let it stand"]] * 2
    kadri.send(deed(other, "prefer"), why="The newer count.")
    kadri.send(deed(own, "reject"), why="The older count.")
    assert deeds(kadri, valga) == [
        ["Reject", "Reopen", "Correct", "Let precedence decide"],
        ["Accept", "Reopen", "Correct"],
    ]


def test_the_other_sides_own_word_is_not_decided_on(
    kadri: Desk, liga: Desk, tie: Partnership, valka: Party
) -> None:
    act = make_act(partnership=tie)
    word = make_accepted(subject=act, field="place", stated="Valka", source=make_own_words(valka))
    for name in ("reject", "reopen", "correct", "prefer"):
        kadri.open(deed(word, name), 403)
        assert kadri.client.post(deed(word, name), {"why": "x", "value": "Valga"}).status_code == 403
        liga.open(deed(word, name))
    waits = make_statement(subject=act, field="place", stated="Valka linn", source=make_own_page(valka))
    kadri.open(deed(waits, "accept"), 403)
    liga.send(deed(waits, "accept"))


def test_an_editor_and_a_stranger_decide_on_nothing(valga: Party, own: Statement) -> None:
    for person in (make_officer(valga, role=Role.EDITOR), make_officer(make_party(name="Elva"))):
        for name in ("accept", "reject", "reopen", "correct", "prefer", "release"):
            Desk(person).open(deed(own, name), 403)


def test_a_word_on_what_there_is_not_is_not_found(kadri: Desk, own: Statement) -> None:
    kadri.open(deed(own, "forget"), 404)
    kadri.open(address("statement", own.pk + 1, "accept"), 404)
