"""What the tests of actions ask of the register."""

import datetime as dt

import pytest
from django.db import models

from tests.factories.evidence import (
    READ_ON,
    make_statement,
    place_of,
)
from twinhall.evidence.actions import (
    Proposal,
    RefusedError,
    propose,
)
from twinhall.evidence.models import Decision, Statement
from twinhall.evidence.settling import Ranker
from twinhall.partnerships.models import Act, Partnership

LATER = READ_ON + dt.timedelta(days=30)
EARLIER = READ_ON - dt.timedelta(days=30)


def fresh(record: models.Model) -> models.Model:
    """The record as the database holds it."""
    return type(record)._default_manager.get(pk=record.pk)


def column(record: models.Model, field: str) -> object:
    return getattr(fresh(record), field)


def in_force(record: models.Model, field: str, language: str = "") -> list[str]:
    found = Statement.objects.filter(place_of(record, field, language), in_force=True)
    return sorted(found.values_list("value", flat=True))


def ranked(*order: Statement) -> Ranker:
    """A ranker that puts these first, in this order."""
    places = {statement.pk: place for place, statement in enumerate(order)}
    return lambda statements: {s.pk: places.get(s.pk, len(order)) for s in statements}


def refused(*proposals: Proposal) -> list[tuple[Proposal, str]]:
    with pytest.raises(RefusedError) as refusal:
        propose(proposals)
    return list(refusal.value.refusals)


def dated(act: Act, *dates: str) -> list[Statement]:
    return [make_statement(subject=act, field="date", stated=date) for date in dates]


def members(partnership: Partnership) -> list[str]:
    return sorted(partnership.fields.values_list("code", flat=True))


def decisions(statement: Statement) -> list[str]:
    """What was decided on a statement, in order."""
    return list(Decision.objects.filter(statement=statement).values_list("deed", flat=True))
