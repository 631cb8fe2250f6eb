"""Many rows at once: written as a save would write them, with keys that nobody else is given."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.evidence import make_source
from tests.factories.parties import make_party
from twinhall.core.copying import copy, reserve
from twinhall.core.dates import PartialDate
from twinhall.evidence.models import Source
from twinhall.parties.models import Party, Succession
from twinhall.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def test_keys_are_given_once() -> None:
    first = reserve(Party, 3)
    second = reserve(Party, 2)
    made = make_party()
    assert len({*first, *second, made.pk}) == 6


def test_no_keys_are_reserved_for_nothing() -> None:
    assert reserve(Party, 0) == []


def test_rows_are_written_with_defaults() -> None:
    [pk] = reserve(Party, 1)
    assert copy(Party, ("id", "slug", "kind", "latitude"), [(pk, "valga", "municipality", 57.77)]) == 1
    valga = Party.objects.get(pk=pk)
    assert (valga.slug, valga.latitude, valga.population_year, valga.withdrawn_at) == (
        "valga",
        57.77,
        None,
        None,
    )


def test_days_hours_and_texts_in_languages_come_back_as_they_went_in() -> None:
    now = timezone.now()
    day = dt.date(2026, 11, 21)
    copy(
        Source,
        ("key", "title", "dated", "read_on"),
        [("a", "A", PartialDate(2016, 9), day), ("b", "B", None, day), ("c", "C", PartialDate(2016, 9), day)],
    )
    assert list(Source.objects.order_by("key").values_list("dated", "read_on")) == [
        (PartialDate(2016, 9), day),
        (None, day),
        (PartialDate(2016, 9), day),
    ]
    columns = ("slug", "kind", "parties_key", "history", "withdrawn_at", "withdrawn_why")
    copy(Partnership, columns, [("a-b", "twinning", "1 2", {"en": "Since 1992"}, now, "by mistake")])
    tie = Partnership.objects.get()
    assert (tie.history, tie.withdrawn_at) == ({"en": "Since 1992"}, now)


def test_an_empty_text_in_languages_is_an_empty_mapping() -> None:
    one, other = make_party(), make_party(name="Valka")
    copy(Succession, ("predecessor_id", "successor_id", "note"), [(one.pk, other.pk, {})])
    assert Succession.objects.get().note == {}


def test_constraints_hold() -> None:
    source = make_source()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy(Source, ("key", "title", "read_on"), [(source.key, "again", source.read_on)])


def test_nothing_is_written_of_no_rows() -> None:
    assert copy(Party, ("slug", "kind"), []) == 0
