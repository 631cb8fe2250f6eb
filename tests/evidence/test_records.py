"""What sources, statements and decisions are called, how they are ordered, and what holds them."""

import datetime as dt

import pytest
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone, translation

from tests.evidence.records import a_partnership
from tests.factories.accounts import make_user
from tests.factories.evidence import make_accepted, make_snapshot, make_source, make_statement
from tests.factories.parties import make_party
from twinhall.core.languages import Text
from twinhall.evidence.models import Decision, Deed, SourceKind

pytestmark = pytest.mark.django_db


def test_what_statements_rest_on_is_not_deleted() -> None:
    source = make_source()
    make_statement(subject=make_party(), field="population", stated=12000, source=source)
    with pytest.raises(ProtectedError):
        source.delete()
    snapshot = make_snapshot()
    with pytest.raises(ProtectedError):
        snapshot.source.delete()


def test_what_was_decided_on_or_translated_is_not_deleted() -> None:
    tie = a_partnership()
    original = make_statement(subject=tie, field="history", stated="Kopš 1991.", language="lv")
    translated = make_statement(
        subject=tie, field="history", stated="Since 1991.", language="en", translation_of=original
    )
    decided = make_accepted(subject=tie, field="fields", stated="youth")
    decision = Decision.objects.get(statement=decided)
    for record in (decided, original, decision.by):
        with pytest.raises(ProtectedError):
            record.delete()
    assert list(original.translations.all()) == [translated]


def test_records_are_called_by_what_people_know_them_by() -> None:
    source = make_source(title="Partnerpilsētas", language="lv")
    statement = make_statement(subject=make_party(), field="population", stated=12000, source=source)
    records: list[tuple[models.Model, str]] = [
        (source, "Partnerpilsētas"),
        (make_snapshot(source=source), "Partnerpilsētas (2024-05-01)"),
        (statement, "Partnerpilsētas: population = 12000"),
        (
            Decision(statement=statement, deed=Deed.ACCEPTED, by=make_user()),
            "Partnerpilsētas: population = 12000: accepted",
        ),
    ]
    assert [str(record) for record, _ in records] == [text for _, text in records]
    assert source.words == Text("Partnerpilsētas", "lv")


def test_what_a_party_states_here_is_called_so_in_the_language_of_the_page() -> None:
    source = make_source(kind=SourceKind.OWN_STATEMENT, title="Own statement", language="")
    with translation.override("en"):
        assert source.words == Text("Own statement", "en")
    with translation.override("lv"):
        assert source.words == Text(translation.gettext("Own statement"), "lv")
    with translation.override(None):
        assert source.words == Text("Own statement", "en")


def test_decisions_stand_in_the_order_in_which_they_were_made() -> None:
    statement = make_statement(subject=make_party(), field="name", stated="Valga")
    person = make_user()
    at = [timezone.now() - dt.timedelta(hours=hours) for hours in (1, 3, 2)]
    last, first, second = (
        Decision.objects.create(statement=statement, deed=Deed.ACCEPTED, by=person, at=time) for time in at
    )
    assert list(statement.decisions.all()) == [first, second, last]
