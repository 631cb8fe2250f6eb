from importlib.resources import files

import pytest
from babel import Locale

from twinhall.reader.forms import LANGUAGES, SORTS, forms_of, small
from twinhall.reader.gazetteer import Gazetteer, Place

CODES = {str(code) for code in Locale("en").territories if len(str(code)) == 2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_forms(language: str) -> None:
    forms = forms_of(language)

    assert (files("twinhall.reader") / "forms" / f"{language}.toml").is_file()
    assert forms.joiners
    assert forms.adjectives
    assert {*forms.countries, *forms.adjectives} <= CODES
    assert set(forms.kinds) == set(SORTS)
    assert all(
        forms.kinds[sort].whole or forms.kinds[sort].stems for sort in ("town", "municipality", "region")
    )
    assert all(0 < len(ending) <= 6 for ending in forms.endings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_for_a_party_is_the_name_of_a_city(language: str, world: Gazetteer) -> None:
    """Places are the gazetteer's business: none stands in the data."""
    words = {word for words in forms_of(language).kinds.values() for word in words.whole if len(word) > 4}
    found = world.named({word for word in words if word.isascii()})

    assert [
        p.name for places in found.values() for p in places if small(p.name) in words and _is_city(p)
    ] == []


def _is_city(place: Place) -> bool:
    """In Europe: a Spanish word for a village is the name of one in Colorado."""
    return place.timezone.startswith("Europe/") and (place.population or 0) > 100_000


@pytest.mark.parametrize(
    ("word", "language", "basic"),
    [
        ("Volas", "lv", "vola"),
        ("Helsingin", "fi", "helsinki"),
        ("Kassával", "hu", "kassa"),
        ("Alsómocsoláddal", "hu", "alsómocsolád"),
        ("Νάουσας", "el", "νάουσα"),
        ("Kilis’in", "tr", "kilis"),
        ("Витебском", "ru", "витебск"),
        ("Görlitzer", "de", "görlitz"),
        ("İzmir'in", "tr", "izmir"),
    ],
)
def test_a_word_has_its_basic_form_among_others(word: str, language: str, basic: str) -> None:
    forms = forms_of(language).basic(word)

    assert forms[0] == small(word)
    assert basic in forms


@pytest.mark.parametrize("language", ["", "xx", "eu"])
def test_an_unknown_language_has_words_as_they_stand(language: str) -> None:
    assert forms_of(language).basic("Bilbora") == ["bilbora"]


@pytest.mark.parametrize(("code", "same"), [("nb", "no"), ("sr-Latn", "sr"), ("de_AT", "de"), ("EN", "en")])
def test_codes_of_a_language_are_told(code: str, same: str) -> None:
    assert forms_of(code) == forms_of(same)


def test_letters_are_spelt_out() -> None:
    assert forms_of("lv").spelt_out("čeksna") == "cheksna"
    assert forms_of("el").spelt_out("μπονη") == "bονi"


def test_a_very_long_word_is_left_alone() -> None:
    assert forms_of("fi").basic("n" * 1_000) == ["n" * 1_000]
