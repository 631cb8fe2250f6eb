import tomllib
from importlib.resources import files

import pytest

from twinhall.core.text import fold
from twinhall.reader.gazetteer import Gazetteer
from twinhall.reader.lexicon import LANGUAGES, Lexicon, lexicon, plain, words

LARGE = 300_000


def entries(language: str) -> dict[str, dict[str, str]]:
    text = (files("twinhall.reader") / "lexicon" / f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def found(text: str, language: str) -> set[str]:
    return {hit.sort for hit in lexicon(language).hits(words(text, language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    english = {(table, key) for table, keys in entries("en").items() for key in keys}
    assert {(table, key) for table, keys in entries(language).items() for key in keys} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_lexicon_names_a_place(language: str, world: Gazetteer) -> None:
    """A word that is a city's name too would be a rule for a page; small places have names like words."""
    named = {
        entry.strip()
        for table, keys in entries(language).items()
        for key, text in keys.items()
        if table != "date" and key not in {"in", "from", "with", "and", "between", "months"}
        for entry in text.replace("\n", " ").split(",")
        if len(entry.strip("= *")) > 4 and " " not in entry.strip()
    }
    cities = {
        word
        for word in named
        for place in world.find(word.strip("=*"), limit=1)
        if fold(place.name) == fold(word.strip("=*")) and (place.population or 0) > LARGE
    }
    assert cities == set()


def test_an_entry_is_the_beginning_of_a_word() -> None:
    assert "tie.twin" in found("Vennskapskommunene våre", "no")
    assert "tie.twin" in found("ΑΔΕΛΦΟΠΟΙΗΜΕΝΕΣ ΠΟΛΕΙΣ", "el")
    assert "tie.twin" in found("Infratire intre orase", "ro")
    assert "tie.partner" in found("Unsere Städtepartnerschaften", "de")


def test_serbian_is_read_in_both_scripts() -> None:
    assert "tie.twin" in found("побратимљени градови", "sr") & found("pobratimljeni gradovi", "sr")


def test_words_of_an_entry_follow_one_another() -> None:
    assert "tie.partner" in found("smlouvu o spolupráci podepsali", "cs")
    assert "tie.partner" not in found("smlouvu podepsali", "cs")


def test_whole_words_and_parts_of_words() -> None:
    small = Lexicon("en", {"tie": {"twin": "twin=, *ship, sister cit"}})
    assert [hit.sort for hit in small.hits(words("twin"))] == ["tie.twin"]
    assert small.hits(words("twine")) == []
    assert [(hit.start, hit.end) for hit in small.hits(words("our sister cities"))] == [(4, 17)]
    assert small.hits(words("friendships"))


def test_words_are_compared_without_case_and_accents() -> None:
    assert plain("ŁÓDŹ") == "lodz"
    assert plain("Ђ", "sr") == plain("đ", "sr")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cs", "spolupráce zaměřená na kulturu"),
        ("sk", "spolupráca zameraná na šport"),
        ("sl", "namenjeno mladim"),
        ("pt", "uma relação próxima"),
        ("fr", "un projet commun"),
        ("pl", "przygotowali występ"),
        ("sv", "avtalet avser kultur"),
        ("it", "sono previsti scambi"),
    ],
)
def test_what_a_tie_is_for_is_no_plan_of_one(language: str, text: str) -> None:
    assert "act.plan" not in found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("no", "avtale for ungdom"),
        ("ro", "acordul a fost semnat"),
        ("pl", "byli tam partnerzy"),
        ("es", "el término municipal"),
        ("ru", "вышивка и танцы, выше"),
        ("cs", "vystoupil soubor"),
        ("pl", "wystąpił zespół, rozwiązań"),
        ("sv", "på Island"),
        ("el", "στις διακοπές"),
    ],
)
def test_common_words_end_or_rest_nothing(language: str, text: str) -> None:
    assert not {"act.end", "act.former", "act.suspend", "act.inactive"} & found(text, language)
