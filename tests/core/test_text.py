import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.core.text import SLUG_LENGTH, alphabetical, fold, free_slug, slug


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zduńska Wola", "zdunska wola"),
        ("zdunska  WOLA ", "zdunska wola"),
        ("Черкаси", "cherkasi"),
        ("Stara Zagora – Стара Загора", "stara zagora stara zagora"),
        ("Høje-Taastrup", "hoje taastrup"),
        ("Straße", "strasse"),
        ("Ｖａｌｇａ", "valga"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_name_folds_to_latin_letters_and_digits(name: str, key: str) -> None:
    assert fold(name) == key


@given(text=st.text() | st.sampled_from(["Йошкар-Ола", "서울", "Jūrmala"]))
def test_a_name_folds_alike_however_its_marks_are_encoded(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(text=st.text())
def test_folding_leaves_lower_case_words_with_single_spaces(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", fold(text))


@given(text=st.text())
def test_what_is_folded_stays_as_it_is_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("names", "address"),
    [
        (("Kreis Gütersloh",), "kreis-gutersloh"),
        (("Halle (Westfalen)",), "halle-westfalen"),
        (("Solna", "Valmiera"), "solna-valmiera"),
        (("Стара Загора",), "stara-zagora"),
        (("—",), ""),
    ],
)
def test_an_address_is_made_of_names_in_the_order_given(names: tuple[str, ...], address: str) -> None:
    assert slug(*names) == address


@given(names=st.lists(st.text(), max_size=4))
def test_an_address_has_letters_digits_and_single_hyphens_and_fits_its_column(names: list[str]) -> None:
    found = slug(*names)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert len(found) <= SLUG_LENGTH


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        (set(), "halle"),
        ({"halle"}, "halle-de"),
        ({"halle", "halle-de"}, "halle-de-westfalen"),
        ({"halle", "halle-de", "halle-de-westfalen"}, "halle-de-westfalen-2"),
        ({"halle", "halle-de", "halle-de-westfalen", "halle-de-westfalen-2"}, "halle-de-westfalen-3"),
    ],
)
def test_a_clash_adds_words_one_by_one_and_then_a_number(taken: set[str], free: str) -> None:
    assert free_slug("halle", "de", "westfalen", taken=taken.__contains__) == free


def test_a_long_address_leaves_room_for_its_number() -> None:
    wanted = "a" * SLUG_LENGTH
    taken = {wanted, *(f"{'a' * (SLUG_LENGTH - len(ending))}{ending}" for ending in ("-2", "-3"))}
    assert free_slug(wanted, "de", taken=taken.__contains__) == "a" * (SLUG_LENGTH - 2) + "-4"


_SLUGS = st.text("ab-", min_size=1, max_size=4)


@given(
    wanted=_SLUGS | st.just("a" * SLUG_LENGTH),
    more=st.lists(_SLUGS, max_size=3),
    clashes=st.integers(0, 1200),
)
def test_a_free_address_is_never_a_taken_one_and_fits_its_column(
    wanted: str, more: list[str], clashes: int
) -> None:
    taken: set[str] = set()
    for _ in range(min(clashes, 40)):
        taken.add(free_slug(wanted, *more, taken=taken.__contains__))
    assert len(taken) == min(clashes, 40)
    refusals = iter(range(clashes))
    found = free_slug(wanted, *more, taken=lambda _: next(refusals, None) is not None)
    assert next(refusals, None) is None
    assert len(found) <= SLUG_LENGTH


def test_words_sort_as_readers_expect_in_latin_and_cyrillic() -> None:
    assert sorted(["Zviedrija", "Čehija", "Dānija", "Igaunija"], key=alphabetical) == [
        "Čehija",
        "Dānija",
        "Igaunija",
        "Zviedrija",
    ]
    assert sorted(["Япония", "Йемен", "Австралия"], key=alphabetical) == ["Австралия", "Йемен", "Япония"]
