"""Spells: the history of a tie told once, as stretches of days of one status each.

The status on any day follows from the acts of a tie (``core/acts.py`` tells the rule). Worked out beforehand
and kept, it is asked for with one comparison of days, at any number of ties. Nothing here knows a database.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twinhall.core.dates import PartialDate

FOREVER = dt.date.max
"""Where a spell ends that nothing has ended."""
_DAY = dt.timedelta(days=1)


class Step(NamedTuple):
    """What counts of an act: its kind and dates and, of one that joins or leaves, the party's number."""

    kind: str
    date: PartialDate | None = None
    valid_until: PartialDate | None = None
    party: int | None = None


class Span(NamedTuple):
    """A status from one day to another, both included."""

    status: str
    starts: dt.date
    ends: dt.date


class Since(NamedTuple):
    """Since when a tie has been: the date, the kind of act that it is the date of, whether there is none."""

    since: PartialDate | None
    since_kind: str
    undated: bool


@dataclass(frozen=True)
class Rules:
    """What follows from the acts of one kind of tie."""

    status_after: Mapping[str, str]
    """The status after an act of each kind; a kind that is missing leaves the status unchanged."""
    ended: str
    """The status of a term that ran out unrenewed, and of a tie that too few parties are left in."""
    signing: frozenset[str]
    """Kinds that a tie is dated by before all others."""
    undeciding: frozenset[str]
    """Kinds that say when a source saw the tie, not when it came about."""
    joined: str = ""
    left: str = ""
    """Kinds by which one party comes and goes, where a tie has several."""


def spans(steps: Sequence[Step], rules: Rules, parties: Collection[int] = ()) -> list[Span]:
    """The spells of a tie: ``steps`` are its acts in the order of their numbers, without withdrawn ones.

    ``parties`` are the numbers of its signatories; they are asked for only where a party has left. Spells
    follow each other by day and do not overlap; on a day that none of them covers the status is unknown.
    """
    begins = _beginnings(steps)
    turns: list[tuple[dt.date, str | None]] = []
    for day in _turning_days(steps, begins, rules):
        status = _status(steps, begins, day, rules, parties)
        if not turns or turns[-1][1] != status:
            turns.append((day, status))
    ends = [*(day - _DAY for day, _ in turns[1:]), FOREVER]  # one more than there are turns where none is
    return [Span(status, day, end) for (day, status), end in zip(turns, ends, strict=False) if status]


def since(steps: Iterable[Step], rules: Rules) -> Since:
    """The date of the first signing that has one; else of the first dated act that is no attestation."""
    dated = [step for step in steps if step.date is not None and step.kind not in rules.undeciding]
    found = next((step for step in dated if step.kind in rules.signing), dated[0] if dated else None)
    return Since(found.date, found.kind, undated=False) if found else Since(None, "", undated=True)


def _beginnings(steps: Iterable[Step]) -> list[dt.date | None]:
    """The day on which each act has begun; one without a date begins with the dated one before it."""
    found: list[dt.date | None] = []
    day: dt.date | None = None
    for step in steps:
        day = step.date.last_day if step.date else day
        found.append(day)
    return found


def _turning_days(steps: Sequence[Step], begins: Sequence[dt.date | None], rules: Rules) -> Sequence[dt.date]:
    """The days on which the status may become another one, in order."""
    days = {day for day in begins if day is not None}
    days |= {
        step.valid_until.last_day for step in steps if step.valid_until and step.kind in rules.status_after
    }
    return sorted(days)


def _status(
    steps: Sequence[Step],
    begins: Sequence[dt.date | None],
    day: dt.date,
    rules: Rules,
    parties: Collection[int],
) -> str | None:
    """The status on a day; none before anything has begun that says it."""
    begun = [step for step, begin in zip(steps, begins, strict=True) if begin is not None and begin <= day]
    if rules.left and _is_over(steps, begun, rules, parties):
        return rules.ended
    deciding = next((step for step in reversed(begun) if step.kind in rules.status_after), None)
    if deciding is None:
        return None
    has_run_out = deciding.valid_until is not None and deciding.valid_until.has_begun(day)
    return rules.ended if has_run_out else rules.status_after[deciding.kind]


def _is_over(steps: Sequence[Step], begun: Sequence[Step], rules: Rules, parties: Collection[int]) -> bool:
    """Whether fewer than two parties are left; a tie that nobody has joined yet is not over."""
    if not any(step.kind == rules.left for step in begun):
        return False
    return sum(_stays(party, steps, begun, rules) for party in parties) < 2  # noqa: PLR2004


def _stays(party: int, steps: Sequence[Step], begun: Sequence[Step], rules: Rules) -> bool:
    """Its last act of joining or leaving decides; before any, a party is in unless it only joins later."""
    moves = (rules.joined, rules.left)
    last = next((step.kind for step in reversed(begun) if step.party == party and step.kind in moves), "")
    if last:
        return last == rules.joined
    return next((s.kind for s in steps if s.party == party and s.kind in moves), "") != rules.joined
