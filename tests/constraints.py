"""How a constraint of the database is proven: it refuses the row, and says why in words."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


class Breach(NamedTuple):
    """A record not yet saved that breaks one constraint, and what people are told about it."""

    make: Callable[[], models.Model]
    message: str


def constraints_of(app: str) -> Iterable[str]:
    """The names of all constraints that the models of an app declare."""
    return (c.name for model in apps.get_app_config(app).get_models() for c in model._meta.constraints)


def assert_refused(breach: Breach) -> None:
    """The database takes no such row, and a form says the constraint's own words and nothing else."""
    record = breach.make()
    with pytest.raises(ValidationError) as refusal:
        record.validate_constraints()
    assert refusal.value.messages == [breach.message]
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()
    assert record.pk is None or not type(record)._default_manager.filter(pk=record.pk).exists()
