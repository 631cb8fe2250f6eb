import pytest
from django.utils import translation

from twinhall.core.languages import (
    Text,
    best,
    country_name,
    here,
    is_country,
    is_language,
    language_name,
    locale,
)


@pytest.mark.parametrize("code", ["LV", "EE", "BG", "GB", "XK"])
def test_a_code_of_iso_3166_is_a_country(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["", "L", "lv", "LVA", "XX", "EU", "UN", "ZZ", "IC", "001", "Лв", "LV\n"])
def test_another_code_is_no_country(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize("code", ["lv", "bg", "tr", "pt-br", "zh-Hans"])
def test_a_language_with_a_name_in_cldr_is_a_language(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize("code", ["", "qq", "latvian", "LV", "-lv"])
def test_another_code_is_no_language(code: str) -> None:
    assert not is_language(code)


def test_a_country_is_called_as_the_language_calls_it() -> None:
    assert country_name("LV", "en") == "Latvia"
    assert country_name("LV", "et") == "Läti"
    assert country_name("LV", "bg") == "Латвия"


def test_without_a_language_a_country_is_called_as_the_request_calls_it() -> None:
    with translation.override("lv"):
        assert country_name("EE") == "Igaunija"


def test_a_country_without_a_name_is_called_by_its_code() -> None:
    assert country_name("X9", "en") == "X9"


def test_a_language_is_called_as_the_request_calls_it() -> None:
    with translation.override("et"):
        assert language_name("bg") == "bulgaaria"
        assert language_name("pt-br") == language_name("pt")
        assert language_name("qq") == "qq"


def test_a_language_that_cldr_lacks_is_answered_in_english() -> None:
    assert locale("qq") == locale("en")
    assert locale("") == locale("en")
    with translation.override(None):
        assert here() == locale("en")


@pytest.mark.parametrize(
    ("texts", "wanted", "found"),
    [
        ({"en": "Town", "lv": "Pilsēta"}, "lv", Text("Pilsēta", "lv")),
        ({"pt": "Cidade", "en": "Town"}, "pt-br", Text("Cidade", "pt")),
        ({"lv": "Pilsēta", "en": "Town"}, "bg", Text("Town", "en")),
        ({"tr": "Şehir", "bg": "Град", "lv": "Pilsēta"}, "et", Text("Pilsēta", "lv")),
        ({"tr": "Şehir", "fi": "Kaupunki"}, "et", Text("Şehir", "tr")),
        ({"lv": "", "en": "Town"}, "lv", Text("Town", "en")),
        ({}, "lv", Text("", "lv")),
    ],
)
def test_the_best_text_is_in_the_language_then_english_then_another_of_ours_then_any(
    texts: dict[str, str], wanted: str, found: Text
) -> None:
    assert best(texts, wanted) == found


def test_without_a_language_the_best_text_is_in_that_of_the_request() -> None:
    with translation.override("et"):
        assert best({"en": "Town", "et": "Linn"}) == Text("Linn", "et")
    with translation.override(None):
        assert best({"et": "Linn", "en": "Town"}) == Text("Town", "en")


def test_only_an_empty_text_is_false() -> None:
    assert not Text("", "en")
    assert Text("Valga", "en")
