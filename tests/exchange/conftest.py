from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.exchange.files import SHIPPED
from twinhall.accounts.actions import system_actor
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.facts.loading import load_facts


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Report]:  # noqa: ARG001
    """The facts that ship, loaded once for a module's tests; each test undoes only what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_facts(SHIPPED, by=system_actor("shipped", "shipped with Twinhall"))
        transaction.set_rollback(True)
