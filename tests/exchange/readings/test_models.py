"""What is always true of readings and of the facts that they found."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from tests.constraints import Breach, assert_refused
from tests.factories.accounts import make_user
from tests.factories.readings import make_reading, tie
from twinhall.exchange.models.readings import FactDecision, FactKind, ReadFact, Reading

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def a_reading(**more: Any) -> Reading:
    """A second reading of a text that was read, not saved yet."""
    first = make_reading()
    told = {"snapshot": first.snapshot, "party": first.party, "reader": "reader@2", "by": first.by}
    return Reading(**{**told, "at": NOW, "seen_at": NOW, **more})


def a_fact(**more: Any) -> ReadFact:
    """A second fact of a reading, not saved yet."""
    reading = make_reading(tie())
    told = {
        "reading": reading,
        "number": 2,
        "kind": FactKind.PARTNERSHIP,
        "told": {},
        "quote": "Valka",
        "quote_start": 0,
        "confidence": 0.5,
        "fingerprint": "another",
    }
    if more.pop("same", ""):
        told["fingerprint"] = reading.facts.get().fingerprint
    return ReadFact(**{**told, **more})


def a_decided_fact(decision: str, **more: Any) -> ReadFact:
    """A fact with a decision, not saved yet."""
    return a_fact(decision=decision, decided_by=make_user(), decided_at=timezone.now(), **more)


BREACHES = {
    "exchange_reading_once": Breach(
        lambda: a_reading(reader="reader@1"), "This text has been read for this desk already."
    ),
    "exchange_reading_seen_in_order": Breach(
        lambda: a_reading(seen_at=NOW - dt.timedelta(days=1)),
        "A page is last read on or after the day it is first read.",
    ),
    "exchange_fact_number_once": Breach(
        lambda: a_fact(number=1), "The reading has a fact with this number already."
    ),
    "exchange_fact_once": Breach(lambda: a_fact(same=True), "The reading has this fact already."),
    "exchange_fact_kind": Breach(lambda: a_fact(kind="rumour"), "This is not a kind of fact."),
    "exchange_fact_quoted": Breach(
        lambda: a_fact(quote=""), "A fact that was read has the words it rests on."
    ),
    "exchange_fact_confidence": Breach(lambda: a_fact(confidence=1.5), "A confidence lies between 0 and 1."),
    "exchange_fact_decision": Breach(lambda: a_decided_fact("shelved"), "This is not a decision on a fact."),
    "exchange_fact_decided": Breach(
        lambda: a_fact(decided_at=NOW), "A decision has somebody who took it, and the time."
    ),
    "exchange_fact_became": Breach(
        lambda: a_decided_fact(FactDecision.ACCEPTED),
        "What was accepted became a record, and nothing else did.",
    ),
    "exchange_fact_why": Breach(
        lambda: a_decided_fact(FactDecision.REJECTED), "A correction or a rejection needs its reason."
    ),
}


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses_what_can_never_be(name: str) -> None:
    assert_refused(BREACHES[name])


def test_every_constraint_is_proven() -> None:
    declared = {c.name for model in (Reading, ReadFact) for c in model._meta.constraints}
    assert declared == set(BREACHES)
