import datetime as dt

import pytest
from django.conf import settings
from django.utils import translation

from twinhall.core.languages import is_country
from twinhall.core.vocabularies import eu_members, fields_of_cooperation

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def test_the_fields_of_cooperation_are_those_of_the_register_in_their_order() -> None:
    assert list(fields_of_cooperation()) == [
        "administration",
        "economy",
        "labour-mobility",
        "social-affairs",
        "health",
        "border-crossing",
        "education",
        "youth",
        "culture",
        "sport",
        "tourism",
        "environment",
        "science",
        "civil-society",
        "urban-development",
        "digital",
        "humanitarian-aid",
        "safety",
        "transport",
    ]


@pytest.mark.parametrize("code", list(fields_of_cooperation()))
def test_every_field_has_a_label_in_every_interface_language(code: str) -> None:
    labels = fields_of_cooperation()[code].labels
    assert sorted(language for language, label in labels.items() if label.strip()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_fields_have_one_label(language: str) -> None:
    labels = [term.labels[language] for term in fields_of_cooperation().values()]
    assert len(labels) == len(set(labels))


def test_a_label_is_in_the_language_of_the_request() -> None:
    youth = fields_of_cooperation()["youth"]
    with translation.override("et"):
        assert youth.label == "Noored"
    with translation.override("bg"):
        assert youth.label == "Младеж"


def test_the_code_of_a_field_is_its_key() -> None:
    assert [term.code for term in fields_of_cooperation().values()] == list(fields_of_cooperation())


@pytest.mark.parametrize(
    ("country", "last_day_outside"),
    [
        ("GB", dt.date(1972, 12, 31)),
        ("PL", dt.date(2004, 4, 30)),
        ("LV", dt.date(2004, 4, 30)),
        ("BG", dt.date(2006, 12, 31)),
        ("HR", dt.date(2013, 6, 30)),
    ],
)
def test_a_country_belongs_to_the_union_from_the_day_it_joins(
    country: str, last_day_outside: dt.date
) -> None:
    assert country not in eu_members(last_day_outside)
    assert country in eu_members(last_day_outside + dt.timedelta(days=1))


def test_the_united_kingdom_belonged_to_the_union_until_31_january_2020() -> None:
    left = eu_members(dt.date(2020, 1, 31)) - eu_members(dt.date(2020, 2, 1))
    assert left == {"GB"}


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (dt.date(1957, 12, 31), 0),
        (dt.date(1958, 1, 1), 6),
        (dt.date(1973, 1, 1), 9),
        (dt.date(1981, 1, 1), 10),
        (dt.date(1986, 1, 1), 12),
        (dt.date(1995, 1, 1), 15),
        (dt.date(2004, 4, 30), 15),
        (dt.date(2004, 5, 1), 25),
        (dt.date(2007, 1, 1), 27),
        (dt.date(2013, 7, 1), 28),
        (dt.date(2020, 1, 31), 28),
        (dt.date(2020, 2, 1), 27),
    ],
)
def test_the_union_had_as_many_members_as_the_treaties_say(day: dt.date, members: int) -> None:
    assert len(eu_members(day)) == members


def test_every_member_is_a_country() -> None:
    assert [code for code in eu_members(dt.date(2014, 1, 1)) if not is_country(code)] == []
