import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.finder.keys import KEY_LENGTH, key_of, ways_of_writing, words_of


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sankt-Peterburg", "sanktpeterburg"),
        ("Санкт-Петербург", "sanktpeterburg"),
        ("St.Gallen", "stgallen"),
        ("  St. Gallen ", "stgallen"),
        ("Αγία Πετρούπολη", "agiapetroypoli"),
        ("…", ""),
        ("x" * 5000, "x" * KEY_LENGTH),
    ],
)
def test_a_key_is_the_folded_text_without_spaces(text: str, key: str) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Union of the Baltic Cities", ["union", "of", "the", "baltic", "cities"]),
        ("L’Aquila", ["l", "aquila"]),
        ("Rhein-Neckar (Kreis)", ["rhein", "neckar", "kreis"]),
        ("ვალკა", ["valka"]),  # folds to valk'a: a sign that folding makes does not part words
        ("नई दिल्ली", ["ni", "dilli"]),
        ("北京", ["beijing"]),
        ("– …", []),
    ],
)
def test_words_end_at_the_signs_of_the_text_itself(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_name_with_an_umlaut_is_written_in_two_ways() -> None:
    assert ways_of_writing("Görlitz") == ["Görlitz", "Goerlitz"]
    assert ways_of_writing("Ålborg") == ["Ålborg", "Aalborg"]
    assert ways_of_writing("Valga") == ["Valga"]


@given(text=st.text())
def test_the_words_of_any_text_are_folded(text: str) -> None:
    for word in words_of(text):
        assert 0 < len(word) <= KEY_LENGTH
        assert word.isascii()
        assert word.isalnum()
        assert word == key_of(word)
