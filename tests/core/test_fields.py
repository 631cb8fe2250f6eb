from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models

from tests.factories.evidence import make_source
from twinhall.core.dates import PartialDate
from twinhall.core.fields import GradedField, PartialDateField, TranslatedField, WebsiteField
from twinhall.evidence.models import Source


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["1991", "2013-06", "2006-12-13"])
def test_a_date_comes_back_from_the_database_as_it_went_in(text: str) -> None:
    source = make_source(dated=PartialDate.parse(text))
    source.refresh_from_db()
    assert source.dated == PartialDate.parse(text)


@pytest.mark.django_db
def test_no_date_is_null() -> None:
    source = make_source(dated=None)
    source.refresh_from_db()
    assert source.dated is None
    assert list(Source.objects.filter(dated__isnull=True)) == [source]


@pytest.mark.django_db
def test_a_date_is_kept_as_its_iso_text() -> None:
    make_source(dated=PartialDate(2006, 2, 3))
    with connection.cursor() as cursor:
        cursor.execute("SELECT dated FROM evidence_source")
        assert cursor.fetchall() == [("2006-02-03",)]


@pytest.mark.django_db
def test_dates_are_compared_and_sorted_in_the_database() -> None:
    for text in ("1992-06-01", "1992", "1991-12-31", "1992-06"):
        make_source(dated=PartialDate.parse(text))
    dated = Source.objects.order_by("dated").values_list("dated", flat=True)
    assert [str(date) for date in dated] == ["1991-12-31", "1992", "1992-06", "1992-06-01"]
    assert dated.filter(dated=PartialDate(1992, 6)).count() == 1
    assert dated.filter(dated__gt=PartialDate(1992)).count() == 2


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("1991", PartialDate(1991)),
        (1991, PartialDate(1991)),
        (PartialDate(1991, 6), PartialDate(1991, 6)),
        ("", None),
        (None, None),
    ],
)
def test_what_a_form_or_a_file_gives_becomes_a_date(value: object, cleaned: PartialDate | None) -> None:
    assert PartialDateField().clean(value, None) == cleaned


def test_what_is_no_date_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValidationError) as refusal:
        PartialDateField().clean("in June", None)
    assert refusal.value.messages == ["“in June” is not a date: write 1991, 2013-06 or 2006-12-13."]


def test_a_date_that_is_required_is_missed() -> None:
    with pytest.raises(ValidationError) as refusal:
        PartialDateField(null=False, blank=False).clean(None, None)
    assert refusal.value.messages == ["This field cannot be null."]


@pytest.mark.django_db
@pytest.mark.parametrize("dated", [PartialDate(2013, 6), None])
def test_a_date_survives_being_written_to_a_file_and_read_again(dated: PartialDate | None) -> None:
    source = make_source(dated=dated)
    (read,) = serializers.deserialize("json", serializers.serialize("json", [source]))
    assert vars(read.object)["dated"] == dated


@pytest.mark.parametrize(
    "field",
    [
        PartialDateField("founded"),
        PartialDateField(null=False, blank=False),
        TranslatedField("aims"),
        TranslatedField(blank=False),
        GradedField(max_length=20),
    ],
)
def test_a_column_is_rebuilt_from_its_migration(field: "models.Field[Any, Any]") -> None:
    _, path, args, kwargs = field.deconstruct()
    assert path == f"twinhall.core.fields.{type(field).__name__}"
    rebuilt = type(field)(*args, **kwargs)
    assert rebuilt.deconstruct()[2:] == (args, kwargs)
    assert (rebuilt.null, rebuilt.blank, rebuilt.max_length) == (field.null, field.blank, field.max_length)
    assert rebuilt.validators == field.validators


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("member", "member", True),
        ("member", "founding member", True),
        ("founding member", "member", True),
        ("founding member", "honorary", False),
        ("member", "observer", False),
    ],
)
def test_a_finer_choice_agrees_with_its_coarser_one_only(
    one: str,
    other: str,
    agree: bool,  # noqa: FBT001 - the expected answer
) -> None:
    field = GradedField(coarser={"founding member": "member", "honorary": "member"})
    assert field.agree(one, other) is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("https://www.valga.ee/", "http://valga.ee", True),
        ("http://valga.ee/en/", "https://valga.ee/en", True),
        ("https://valga.ee/en", "https://valga.ee", False),
        ("https://valga.ee", "https://www2.valga.ee", False),
        ("https://valga.ee", "https://valka.lv", False),
    ],
)
def test_one_site_may_be_written_in_several_ways(
    one: str,
    other: str,
    agree: bool,  # noqa: FBT001 - the expected answer
) -> None:
    assert WebsiteField().agree(one, other) is agree
    assert WebsiteField().agree(other, one) is agree


def test_a_finer_choice_has_a_higher_grade() -> None:
    field = GradedField(coarser={"founding member": "member"})
    assert (field.grade("founding member"), field.grade("member"), field.grade("observer")) == (1, 0, 0)


def test_choices_that_name_no_coarser_ones_are_all_alike() -> None:
    field = GradedField()
    assert field.grade("member") == 0
    assert not field.agree("founding member", "member")


@pytest.mark.parametrize("texts", [{}, {"en": "Town"}, {"lv": "Pilsēta", "pt-br": "Cidade"}])
def test_texts_under_their_languages_are_taken(texts: dict[str, str]) -> None:
    assert TranslatedField().clean(texts, None) == texts


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["Town"], "A text stands under its language, as in {“en”: “…”}."),
        ("Town", "A text stands under its language, as in {“en”: “…”}."),
        ({"qq": "Town"}, "“qq” is not a language code."),
        ({"": "Town"}, "“” is not a language code."),
        ({"en": " "}, "The text in “en” is empty."),
        ({"en": 5}, "The text in “en” is empty."),
    ],
)
def test_anything_else_is_refused_with_its_reason(texts: object, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        TranslatedField().clean(texts, None)
    assert refusal.value.messages == [reason]


def test_no_two_records_share_the_mapping_they_start_with() -> None:
    field = TranslatedField()
    assert field.get_default() == {}
    assert field.get_default() is not field.get_default()
