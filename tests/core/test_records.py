import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories.parties import make_party
from twinhall.parties.models import Party

WITHDRAWN = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_standing_record_has_not_been_withdrawn() -> None:
    standing = make_party(name="Valga")
    make_party(name="Walk", withdrawn_at=WITHDRAWN, withdrawn_why="A second record of Valga.")
    assert list(Party.objects.standing()) == [standing]


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "why"), [(WITHDRAWN, ""), (None, "A second record of Valga.")])
def test_a_withdrawal_and_its_reason_come_together(at: dt.datetime | None, why: str) -> None:
    with pytest.raises(IntegrityError):
        make_party(withdrawn_at=at, withdrawn_why=why)


@pytest.mark.django_db
def test_a_withdrawal_without_its_reason_is_refused_in_words() -> None:
    party = Party(slug="valga", kind="municipality", withdrawn_at=WITHDRAWN)
    with pytest.raises(ValidationError) as refusal:
        party.validate_constraints()
    assert refusal.value.messages == ["A withdrawal needs its reason."]
