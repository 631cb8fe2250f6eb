import math
import unicodedata
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from tests.core.strategies import partial_dates
from tests.evidence.records import a_programme
from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.evidence import values
from twinhall.evidence.sorts import EXISTS, MANY, ONE, PER_LANGUAGE, Sort
from twinhall.networks.models import Membership
from twinhall.parties.models import Contact, Name, Party
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import Project

SOURCED = [
    (model, field, sort)
    for model in apps.get_models()
    for field, sort in getattr(model, "sourced_fields", {}).items()
]


def refusal(model: type[models.Model], field: str, value: object, language: str = "") -> list[str]:
    with pytest.raises(ValidationError) as error:
        values.normalise(model, field, value, language)
    return error.value.messages


@pytest.mark.parametrize(
    ("model", "field", "sort"),
    [
        (Party, "name", ONE),
        (Partnership, "fields", MANY),
        (Partnership, "history", PER_LANGUAGE),
        (Partnership, EXISTS, ONE),
        (Name, EXISTS, ONE),
    ],
)
def test_a_model_says_how_a_field_holds_its_values(model: type[models.Model], field: str, sort: Sort) -> None:
    assert values.sort_of(model, field) is sort


@pytest.mark.parametrize("field", ["slug", "kind", "nothing"])
def test_what_a_model_does_not_name_takes_no_source(field: str) -> None:
    assert refusal(Party, field, "valga") == [f"“{field}” of a party is no fact that takes a source."]


@pytest.mark.parametrize(("model", "field", "sort"), SOURCED)
def test_every_sourced_field_is_a_column_that_fits_its_sort(
    model: type[models.Model], field: str, sort: Sort
) -> None:
    column = values.holder(model, field)
    assert isinstance(column, models.ManyToManyField) is (sort is MANY)
    assert isinstance(column, models.JSONField) is (sort is PER_LANGUAGE)
    # A rejected statement may leave nothing in force, which the column must be able to say.
    assert sort is not ONE or column.null or column.get_default() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field", "value", "canonical"),
    [
        (Party, "name", "  Valga ", "Valga"),
        (Party, "name", unicodedata.normalize("NFD", "Jūrmala"), unicodedata.normalize("NFC", "Jūrmala")),
        (Party, "country", "EE", "EE"),
        (Party, "population", 12000, "12000"),
        (Party, "population", " 12000 ", "12000"),
        (Party, "latitude", 58, "58.0"),
        (Party, "latitude", "57.7750", "57.775"),
        (Party, "population_year", 2021, "2021"),
        (Act, "date", "2006-12-13", "2006-12-13"),
        (Act, "date", PartialDate(2006, 12), "2006-12"),
        (Project, "cost", "1250000.00", "1250000"),
        (Project, "cost", Decimal("100.50"), "100.5"),
        (Project, "cofinancing_rate", 85, "85"),
        (Contact, "website", "https://valga.example/", "https://valga.example/"),
        (Partnership, "fields", " youth ", "youth"),
        (Partnership, EXISTS, "yes", "yes"),
        (Partnership, EXISTS, "no", "no"),
    ],
)
def test_a_value_is_cleaned_through_its_column(
    model: type[models.Model], field: str, value: object, canonical: str
) -> None:
    assert values.normalise(model, field, value) == canonical


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field", "value", "reason"),
    [
        (Party, "country", "XX", "“XX” is not a country code of ISO 3166-1, such as LV or BG."),
        (Party, "population", "many", "“many” value must be an integer."),
        (Party, "population", -1, "Ensure this value is greater than or equal to 0."),
        (Party, "latitude", 90.5, "Ensure this value is less than or equal to 90."),
        (Party, "latitude", math.nan, "The value is not a number."),
        (Party, "latitude", "nan", "The value is not a number."),
        (Party, "website", "valga.example", "Enter a valid URL."),
        (Party, "name", "V" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        (Party, "name", "Val\0ga", "The text holds characters that cannot be kept, such as NUL."),
        (Party, "name", "Val\ud800ga", "The text holds characters that cannot be kept, such as NUL."),
        (
            Act,
            "date",
            "13.12.2006",
            "“13.12.2006” is not a date: write 1991, 2013-06 or 2006-12-13.",
        ),
        (Act, "date", "1992-00", "1992-00 does not exist: month must be in 1..12."),
        (Project, "cost", "-1", "Ensure this value is greater than or equal to 0."),
        (Project, "currency", "euro", "A currency is three letters of ISO 4217, such as EUR."),
        (Partnership, "fields", "yachting", "There is no field of cooperation “yachting”."),
        (Project, "programme", "urbact", "There is no programme “urbact”."),
        (Partnership, EXISTS, "perhaps", "Whether a record exists is said with “yes” or “no”."),
    ],
)
def test_what_its_column_does_not_take_is_refused_with_its_reason(
    model: type[models.Model], field: str, value: object, reason: str
) -> None:
    assert reason in refusal(model, field, value)


@pytest.mark.parametrize("field", ["name", "population", EXISTS])
@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_an_empty_value_is_no_fact(field: str, value: object) -> None:
    assert refusal(Party, field, value) == [
        "The value is empty; leave the field out where nothing is stated."
    ]


@pytest.mark.django_db
def test_a_reference_is_known_by_the_column_that_it_points_at() -> None:
    programme = a_programme(slug="urbact")
    assert values.normalise(Project, "programme", "urbact") == "urbact"
    assert refusal(Project, "programme", programme.pk) == [f"There is no programme “{programme.pk}”."]
    party = make_party()
    assert refusal(Project, "led_to", party.pk) == [f"There is no network “{party.pk}”."]


def test_a_text_in_a_language_is_cleaned_through_its_column() -> None:
    assert values.normalise(Partnership, "history", " Kopš 1991. gada ", "lv") == "Kopš 1991. gada"
    decomposed = unicodedata.normalize("NFD", "Kopš 1991. gada")
    assert values.normalise(Partnership, "history", decomposed, "lv") == "Kopš 1991. gada"
    assert refusal(Partnership, "history", "Since 1991", "qq") == ["“qq” is not a language code."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field", "stated", "value"),
    [
        (Party, "population", "12000", 12000),
        (Party, "latitude", "57.775", 57.775),
        (Act, "date", "2006-12", PartialDate(2006, 12)),
        (Project, "cost", "100.5", Decimal("100.50")),
        (Project, "programme", "urbact", "urbact"),
        (Partnership, "fields", "youth", "youth"),
        (Partnership, "history", "1991", "1991"),
        (Partnership, EXISTS, "yes", "yes"),
    ],
)
def test_a_canonical_text_is_read_as_its_column_holds_it(
    model: type[models.Model], field: str, stated: str, value: object
) -> None:
    found = values.python(model, field, stated)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("model", "field", "one", "other", "agree"),
    [
        (Act, "date", "2006-12", "2006-12-13", True),
        (Act, "date", "2006", "2006-12-13", True),
        (Act, "date", "2006-11", "2006-12-13", False),
        (Act, "date", "1992", "1993", False),
        (Act, "place", "Valga", "Valga", True),
        (Act, "place", "Valga", "Valka", False),
        (Act, "place", "2006", "2006-12", False),
        (Membership, "category", "member", "founding member", True),
        (Membership, "category", "observer", "founding member", False),
        (Project, "cost", "100", "100.00", True),
        (Party, "population", "12000", "12001", False),
        (Partnership, "fields", "youth", "sport", True),
        (Partnership, "history", "Since 1991.", "Since 1992.", False),
        (Partnership, EXISTS, "yes", "no", False),
    ],
)
def test_values_agree_that_do_not_contradict_each_other(
    model: type[models.Model],
    field: str,
    one: str,
    other: str,
    agree: bool,  # noqa: FBT001 - the answer
) -> None:
    assert values.agree(model, field, one, other) is agree
    assert values.agree(model, field, other, one) is agree


@pytest.mark.parametrize(
    ("model", "field", "stated", "grade"),
    [
        (Act, "date", "2006", 1),
        (Act, "date", "2006-12", 2),
        (Act, "date", "2006-12-13", 3),
        (Act, "place", "2006-12-13", 0),
        (Membership, "category", "founding member", 1),
        (Membership, "category", "member", 0),
        (Partnership, "history", "2006-12-13", 0),
        (Partnership, "fields", "youth", 0),
        (Partnership, EXISTS, "yes", 0),
    ],
)
def test_dates_and_graded_choices_are_more_or_less_exact(
    model: type[models.Model], field: str, stated: str, grade: int
) -> None:
    assert values.grade(model, field, stated) == grade


@given(date=partial_dates())
def test_every_date_keeps_its_text(date: PartialDate) -> None:
    assert values.normalise(Act, "date", date) == str(date)
    assert values.python(Act, "date", str(date)) == date


@given(number=st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_equal_amounts_have_one_text(number: Decimal) -> None:
    canonical = values.normalise(Project, "cost", number)
    assert values.normalise(Project, "cost", canonical) == canonical
    assert values.python(Project, "cost", canonical) == number


@given(text=st.text(max_size=200))
def test_a_text_is_kept_in_one_form_or_refused(text: str) -> None:
    try:
        canonical = values.normalise(Act, "place", text)
    except ValidationError:
        assert "\0" in text or not text.strip() or len(unicodedata.normalize("NFC", text).strip()) > 200
    else:
        assert canonical == unicodedata.normalize("NFC", text).strip()
        assert values.normalise(Act, "place", canonical) == canonical
