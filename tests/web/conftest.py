"""The shipped register, read from its files once and then laid in by rows; the present day; a reader."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from tests.web.reading import Page, page
from twinhall.accounts.actions import system_actor
from twinhall.exchange.facts.loading import load_facts
from twinhall.exchange.management.commands.demo import shipped_facts

TODAY = dt.date(2026, 12, 1)
"""Some days after the shipped pages were read."""

Rows = dict[type[models.Model], list[models.Model]]
Read = Callable[..., Page]


@pytest.fixture(autouse=True)
def _present_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture(autouse=True)
def _no_collected_files(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


@pytest.fixture(scope="session")
def shipped_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Rows:  # noqa: ARG001
    """All rows that loading the shipped facts makes; none of them stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in _tables()}
        load_facts(shipped_facts(), by=system_actor("shipped", "shipped with Twinhall"))
        made: Rows = {
            model: [row for row in model._default_manager.order_by("pk") if row.pk not in known]
            for model, known in before.items()
        }
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def register(shipped_rows: Rows, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped register, for the tests of one file; what a test adds is gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model, rows in shipped_rows.items():  # foreign keys are looked at when a transaction ends
            model._default_manager.bulk_create(rows, batch_size=500)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(shipped_rows)):
                cursor.execute(statement)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def visit(db: None, client: Client) -> Read:  # noqa: ARG001
    """Opens an address and reads the page that answers."""

    def visited(address: str, *, answers: int = 200, **query: str) -> Page:
        return page(client.get(address, query), answers)

    return visited
