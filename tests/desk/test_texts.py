"""A text in its languages, side by side, and what is behind its original."""

import pytest

from tests.desk.conftest import Desk, address, filled, lines_of_history, of_record, said, waiting, wrongs
from tests.factories.networks import make_body
from tests.factories.parties import make_officer, make_party
from tests.web.reading import Page
from twinhall.evidence.models import Statement
from twinhall.parties.models import Party, Role
from twinhall.partnerships.models import Partnership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

BEHIND = "the original changed after this translation"


def history(tie: Partnership, **asked: str) -> str:
    place = of_record("texts", tie, "history")
    return place + ("?" + "&".join(f"{name}={value}" for name, value in asked.items()) if asked else "")


def side(shown: Page, language: str) -> str:
    return shown.main.one("section", aria_labelledby=f"tongue-{language}").text


def write(person: Desk, tie: Partnership, to: str, text: str, made_from: str = "") -> Page:
    return person.send(history(tie, to=to), to=to, text=text, made_from=made_from)


def test_a_text_is_written_in_one_language_and_translated(kadri: Desk, tie: Partnership) -> None:
    assert kadri.open(history(tie)).main.one("p", class_="empty-title").text == "There is no text yet."
    shown = write(kadri, tie, "et", "Kaks linna, üks ajalugu.")
    assert said(shown) == ["Saved."]
    assert "Kaks linna, üks ajalugu." in side(shown, "et")
    shown = write(kadri, tie, "lv", "Divas pilsētas, viena vēsture.", made_from="et")
    assert "Translated from: Estonian" in side(shown, "lv")
    assert "Divas pilsētas, viena vēsture." in side(shown, "lv")
    tie.refresh_from_db()
    assert tie.history == {"et": "Kaks linna, üks ajalugu.", "lv": "Divas pilsētas, viena vēsture."}
    assert [line[1].split(" Valga")[0] for line in lines_of_history(kadri, tie)] == ["Accepted"] * 2


def test_the_form_stands_beside_the_text_that_it_is_made_from(kadri: Desk, tie: Partnership) -> None:
    write(kadri, tie, "et", "Kaks linna.")
    write(kadri, tie, "bg", "Два града.", made_from="et")
    shown = kadri.open(history(tie, to="lv", **{"from": "et"}))
    original = shown.main.one("div", class_="original")
    assert original.one("p", lang="et").text == "Kaks linna."
    assert [a.text for a in original.all("a")] == ["Bulgarian"]
    assert [filled(shown)[name] for name in ("to", "made_from", "text")] == [["lv"], ["et"], [""]]
    own = kadri.open(history(tie, to="et"))
    assert filled(own)["text"] == ["Kaks linna."]


def test_a_translation_is_marked_when_its_original_changes(kadri: Desk, tie: Partnership) -> None:
    write(kadri, tie, "et", "Kaks linna.")
    shown = write(kadri, tie, "lv", "Divas pilsētas.", made_from="et")
    assert BEHIND not in side(shown, "lv")
    shown = write(kadri, tie, "et", "Kaks linna ja jõgi.")
    assert BEHIND in side(shown, "lv")
    assert BEHIND not in side(shown, "et")
    assert "1 other word" in side(shown, "et")
    shown = write(kadri, tie, "lv", "Divas pilsētas un upe.", made_from="et")
    assert BEHIND not in side(shown, "lv")


@pytest.mark.parametrize("code", ["xx", "e", "english", "", "en-", "<b>"])
def test_what_is_no_language_is_refused(kadri: Desk, tie: Partnership, code: str) -> None:
    refused = kadri.refused(history(tie), to=code, text="Two towns.")
    assert wrongs(refused)[0].startswith("Language: ")
    assert filled(refused)["text"] == ["Two towns."]
    assert not Statement.objects.exists()


@pytest.mark.parametrize("code", ["xx", "<b>", "english", "e"])
def test_an_address_with_a_false_language_falls_back(kadri: Desk, tie: Partnership, code: str) -> None:
    assert filled(kadri.open(history(tie, to=code)))["to"] == ["en"]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"text": ""}, "Text: This field is required."),
        ({"text": "x" * 10_001}, "Text: Ensure this value has at most 10000 characters (it has 10001)."),
        (
            {"text": "Kaks.", "made_from": "et", "to": "et"},
            "Translated from: A text is not a translation of itself.",
        ),
        (
            {"text": "Kaks.", "made_from": "fi"},
            "Translated from: Select a valid choice. fi is not one of the available choices.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    kadri: Desk, tie: Partnership, typed: dict[str, str], wrong: str
) -> None:
    write(kadri, tie, "et", "Kaks linna.")
    assert wrongs(kadri.refused(history(tie), **typed)) == [wrong]


def test_an_editors_text_waits_and_is_accepted(kadri: Desk, valga: Party, tie: Partnership) -> None:
    editor = Desk(make_officer(valga, role=Role.EDITOR, name="Peeter Puu"))
    shown = write(editor, tie, "et", "Kaks linna.")
    assert said(shown) == ["Proposed. It waits for those who speak for the record to accept it."]
    assert "Nothing stands in this language." in side(shown, "et")
    assert waiting(kadri, "proposed") == ["Valga and Valka History: Kaks linna. · Valga"]
    accept = kadri.open(history(tie)).main.all("ul", class_="deeds small")[0].all("a")[0]
    shown = kadri.send(accept.attributes["href"])
    assert "Kaks linna." in side(shown, "et")
    tie.refresh_from_db()
    assert tie.history == {"et": "Kaks linna."}


def test_the_public_page_reads_the_text_in_the_readers_language(kadri: Desk, tie: Partnership) -> None:
    write(kadri, tie, "en", "Two towns, one history.")
    write(kadri, tie, "et", "Kaks linna, üks ajalugu.")
    public = address("web:partnership", tie.slug)
    assert "Two towns, one history." in kadri.open(public).main.text
    assert "Kaks linna, üks ajalugu." in kadri.open(public.replace("/en/", "/et/")).main.text


def test_only_texts_have_such_a_page_and_only_for_those_who_may_write(
    kadri: Desk, tie: Partnership, valga: Party
) -> None:
    for field in ("fields", "slug", "nothing"):
        kadri.open(of_record("texts", tie, field), 404)
    kadri.open(of_record("texts", valga, "name"), 404)
    Desk(make_officer()).open(history(tie), 403)
    kadri.open(of_record("texts", make_body(), "name"))
    assert make_party(name="Elva").slug == "elva"
