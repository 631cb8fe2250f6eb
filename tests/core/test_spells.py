"""The spells of a tie tell of any day what the rule tells of it, and follow each other."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.strategies import DAYS
from tests.partnerships.rule import (
    Told,
    days_around,
    histories,
    since_by_the_rule,
    status_by_the_rule,
)
from twinhall.core.dates import PartialDate
from twinhall.core.spells import FOREVER, Since, Span, Step, since, spans
from twinhall.networks.models import MembershipAct
from twinhall.partnerships.models import Act

RULES = Act.rules


def steps(told: Sequence[Told]) -> list[Step]:
    return [Step(*act) for act in told]


def status_on(day: dt.date, found: Sequence[Span]) -> str:
    return next((span.status for span in found if span.starts <= day <= span.ends), "unknown")


@settings(deadline=None)
@given(data=st.data(), parties=st.integers(2, 4))
def test_spells_tell_what_the_rule_tells(data: st.DataObject, parties: int) -> None:
    told = data.draw(histories(parties))
    found = spans(steps(told), RULES, range(parties))
    for day in data.draw(days_around([told])) | {data.draw(DAYS), dt.date.min, dt.date.max}:
        assert status_on(day, found) == status_by_the_rule(parties, told, day), day
    assert since(steps(told), RULES)[:2] == since_by_the_rule(told)


@settings(deadline=None)
@given(told=histories(3))
def test_spells_follow_each_other_and_the_last_has_no_end(told: list[Told]) -> None:
    found = spans(steps(told), RULES, range(3))
    assert all(span.starts <= span.ends for span in found)
    assert all(one.ends < other.starts for one, other in pairwise(found))
    assert all(one.status != other.status for one, other in pairwise(found) if one.ends == _before(other))
    assert not found or found[-1].ends == FOREVER or found[-1].status == "ended"


def _before(span: Span) -> dt.date:
    return span.starts - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([], []),
        ([Step("signed")], []),
        ([Step("joined", PartialDate(1992), party=0)], []),
        ([Step("signed", PartialDate(9999))], [Span("in force", FOREVER, FOREVER)]),
        (
            [Step("signed", PartialDate(1992, 6), PartialDate(2002)), Step("lapsed", PartialDate(1999))],
            [
                Span("in force", dt.date(1992, 6, 30), dt.date(1999, 12, 30)),
                Span("dormant", dt.date(1999, 12, 31), FOREVER),
            ],
        ),
        (  # nothing has said the status when both had left, nor after one came back
            [
                Step("left", PartialDate(1992), party=0),
                Step("left", PartialDate(1993), party=1),
                Step("joined", PartialDate(1994), party=0),
                Step("joined", PartialDate(1995), party=1),
            ],
            [Span("ended", dt.date(1992, 12, 31), dt.date(1995, 12, 30))],
        ),
    ],
)
def test_spells_told_by_hand(told: list[Step], expected: list[Span]) -> None:
    assert spans(told, RULES, (0, 1)) == expected


def test_a_membership_has_spells_of_its_own_words() -> None:
    told = [Step("admitted", PartialDate(2006), PartialDate(2008)), Step("attested", PartialDate(2010))]
    assert spans(told, MembershipAct.rules) == [
        Span("member", dt.date(2006, 12, 31), dt.date(2008, 12, 30)),
        Span("former", dt.date(2008, 12, 31), dt.date(2010, 12, 30)),
        Span("member", dt.date(2010, 12, 31), FOREVER),
    ]
    assert since(told[1:], MembershipAct.rules) == Since(None, "", undated=True)
