import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.reader.countries import CountryMention, countries_in, country_of
from twinhall.reader.forms import LANGUAGES


@pytest.mark.parametrize(
    ("written", "language", "code"),
    [
        ("в Германия", "bg", "DE"),
        ("als Estats Units d'Amèrica", "ca", "US"),
        ("na Ukrajině", "cs", "UA"),
        ("i Storbritannien", "da", "GB"),
        ("Österreichs", "de", "AT"),
        ("της Γερμανίας", "el", "DE"),
        ("Northern Ireland", "en", "GB"),
        ("EE.UU.", "es", "US"),
        ("Soomes", "et", "FI"),
        ("Puolasta", "fi", "PL"),
        ("République tchèque", "fr", "CZ"),
        ("u Ruskoj Federaciji", "hr", "RU"),
        ("Németországban", "hu", "DE"),
        ("dei Paesi Bassi", "it", "NL"),
        ("Makedonijoje", "lt", "MK"),
        ("Norvēģijas", "lv", "NO"),
        ("Groot-Brittannië", "nl", "GB"),
        ("Tyskland", "no", "DE"),
        ("w Niemczech", "pl", "DE"),
        ("Guiné-Bissau", "pt", "GW"),
        ("Statelor Unite", "ro", "US"),
        ("Польши", "ru", "PL"),
        ("ČR", "sk", "CZ"),
        ("na Hrvaškem", "sl", "HR"),
        ("у Великој Британији", "sr", "GB"),
        ("u Severnoj Makedoniji", "sr", "MK"),
        ("Vitryssland", "sv", "BY"),
        ("Almanya'nın", "tr", "DE"),
        ("у Польщі", "uk", "PL"),
    ],
)
def test_a_country_is_found_as_its_language_inflects_it(written: str, language: str, code: str) -> None:
    assert [(mention.code, mention.is_adjective) for mention in countries_in(written, language)] == [
        (code, False)
    ]


@pytest.mark.parametrize(
    ("written", "language", "code"),
    [
        ("a szlovákiai város", "hu", "SK"),
        ("польська громада", "uk", "PL"),
        ("poļu pašvaldība", "lv", "PL"),
        ("niemiecką gminą", "pl", "DE"),
        ("the Polish town", "en", "PL"),
        ("saksa linn", "et", "DE"),
        ("puolalaisen kaupungin", "fi", "PL"),
        ("γερμανικού δήμου", "el", "DE"),
    ],
)
def test_an_adjective_tells_the_country_too(written: str, language: str, code: str) -> None:
    assert [(mention.code, mention.is_adjective) for mention in countries_in(written, language)] == [
        (code, True)
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Turku pilsēta", "lv"), ("to polish the text", "en"), ("lett az eredmény", "hu"), ("Polis", "de")],
)
def test_words_that_look_like_a_country_are_none(text: str, language: str) -> None:
    assert countries_in(text, language) == []


def test_names_of_other_languages_count_as_they_stand() -> None:
    assert [m.code for m in countries_in("Deutschland, Polska, Україна", "lv")] == ["DE", "PL", "UA"]


def test_codes_in_brackets_and_flags() -> None:
    text = "Solna (S), Halle (DE), Tartu \U0001f1ea\U0001f1ea, none (e)"

    assert [m.code for m in countries_in(text, "en")] == ["SE", "DE", "EE"]


def test_a_mention_says_where_it_stands() -> None:
    assert countries_in("towns of the United Kingdom and of Italy", "en") == [
        CountryMention(13, 27, "GB"),
        CountryMention(35, 40, "IT"),
    ]


def test_a_longer_name_goes_before_a_shorter() -> None:
    assert [m.code for m in countries_in("Papua New Guinea", "en")] == ["PG"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("POLAND:", "PL"), (" Poland ", "PL"), ("Poland and Italy", ""), ("Kent", ""), ("", "")],
)
def test_a_heading_may_be_a_country_and_nothing_else(name: str, code: str) -> None:
    assert country_of(name, "en") == code


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=80))
def test_any_text_has_its_countries_in_order(language: str, text: str) -> None:
    found = countries_in(text, language)

    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_long_text_takes_time_in_proportion() -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        countries_in(text, "de")
        return time.process_time() - begun

    countries_in("Vereinigte Staaten", "de")
    once = max(seconds("Vereinigte (A Staaten " * 2_000), 0.001)

    assert min(seconds("Vereinigte (A Staaten " * 20_000) for _time in range(3)) < 40 * once
