"""A record that is held is what the database has, not what was read before."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.parties import make_contact, make_party
from twinhall.core.locking import hold
from twinhall.parties.models import Contact, Party

pytestmark = pytest.mark.django_db


def test_what_is_held_is_read_anew_with_all_that_was_fetched_before() -> None:
    make_contact(party=make_party())
    held = Party.objects.prefetch_related("contacts").get()
    Party.objects.update(population=7)
    Contact.objects.all().delete()
    with transaction.atomic():
        hold(held)
    assert (held.population, list(held.contacts.all())) == (7, [])


def test_what_was_taken_away_meanwhile_is_not_held() -> None:
    gone = make_contact()
    Contact.objects.all().delete()
    with pytest.raises(ValidationError, match="It is there no more"), transaction.atomic():
        hold(gone)


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="the database locks no rows")
def test_nobody_else_changes_what_is_held() -> None:
    party = make_party()
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        hold(party)
    assert any(one["sql"].endswith("FOR NO KEY UPDATE") for one in asked.captured_queries)
