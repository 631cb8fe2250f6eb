"""The rule of status and date told again in plain Python, without the house's own parts."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import strategies as st

from tests.core.strategies import partial_dates
from twinhall.core.dates import PartialDate

STATUS = {
    "contact": "contact",
    "intent": "proposed",
    "begun": "in force",
    "signed": "in force",
    "renewed": "in force",
    "widened": "in force",
    "upgraded": "in force",
    "attested": "in force",
    "suspended": "suspended",
    "resumed": "in force",
    "revived": "in force",
    "lapsed": "dormant",
    "ended": "ended",
}
MOVES = ("joined", "left")


class Told(NamedTuple):
    """An act as it is told to both; ``party`` is the place of a party among those of the tie."""

    kind: str
    date: PartialDate | None = None
    valid_until: PartialDate | None = None
    party: int | None = None


def last_day(date: PartialDate) -> dt.date:
    if date.month is None:
        return dt.date(date.year, 12, 31)
    if date.day is None:
        ahead = dt.date(date.year, date.month, 28) + dt.timedelta(days=4)
        return ahead - dt.timedelta(days=ahead.day)
    return dt.date(date.year, date.month, date.day)


def begun_acts(acts: Sequence[Told], day: dt.date) -> list[Told]:
    found, before = [], None
    for act in acts:
        before = act.date or before
        if before is not None and last_day(before) <= day:
            found.append(act)
    return found


def is_in(party: int, acts: Sequence[Told], begun: Sequence[Told]) -> bool:
    moves = [act.kind for act in begun if act.party == party]
    ahead = [act.kind for act in acts if act.party == party]
    return moves[-1] == "joined" if moves else ahead[:1] != ["joined"]


def status_by_the_rule(parties: int, acts: Sequence[Told], day: dt.date) -> str:
    begun = begun_acts(acts, day)
    remaining = sum(is_in(party, acts, begun) for party in range(parties))
    if remaining < 2 and any(act.kind == "left" for act in begun):
        return "ended"
    deciding = [act for act in begun if act.kind not in MOVES]
    if not deciding:
        return "unknown"
    term = deciding[-1].valid_until
    if term is not None and last_day(term) <= day:
        return "ended"
    return STATUS[deciding[-1].kind]


def since_by_the_rule(acts: Sequence[Told]) -> tuple[PartialDate | None, str]:
    dated = [act for act in acts if act.date is not None and act.kind != "attested"]
    signings = [act for act in dated if act.kind == "signed"]
    first = next(iter([*signings, *dated]), None)
    return (first.date, first.kind) if first else (None, "")


# Histories to tell ------------------------------------------------------------------------------------

DATES = partial_dates(first=1990, last=1994)
AROUND = st.dates(dt.date(1989, 12, 1), dt.date(1995, 2, 1))


@st.composite
def histories(draw: st.DrawFn, parties: int) -> list[Told]:
    def act(kind: str) -> st.SearchStrategy[Told]:
        dates, terms = st.none() | DATES, st.none() | st.none() | DATES
        party = st.integers(0, parties - 1) if kind in MOVES else st.none()
        return st.builds(Told, st.just(kind), dates, terms, party)

    # Parties join and leave about as often as all else happens: few kinds, many stories.
    kinds = st.sampled_from([*STATUS, *MOVES * 6])
    return draw(st.lists(kinds.flatmap(act), max_size=6))


@st.composite
def days_around(draw: st.DrawFn, told: Sequence[Sequence[Told]]) -> set[dt.date]:
    """Any days, and the days on which acts begin and terms run out, with the day before each."""
    dates = [date for acts in told for act in acts for date in (act.date, act.valid_until) if date]
    edges = st.sampled_from([last_day(date) for date in dates]) if dates else AROUND
    chosen = draw(st.lists(edges, max_size=3))
    return {*chosen, *(day - dt.timedelta(days=1) for day in chosen), draw(AROUND)}
