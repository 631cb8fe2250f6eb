"""Acts of a tie: found by their kind and place among the acts of that kind, or made."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from twinhall.core.acts import Act
from twinhall.evidence.models import Source
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.reading import ReadFile
from twinhall.exchange.facts.schema import ActFacts, OneTold, Told

A = TypeVar("A", bound=Act)


def tell_acts(
    ledger: Ledger,
    file: ReadFile,
    facts: Sequence[ActFacts],
    *,
    known: Sequence[A],
    add: Callable[[ActFacts], A],
    source: Source,
    where: Where,
) -> None:
    """Note what a source says of the acts of one tie.

    Two sources that date the first signing speak of one act: the first of kind *signed*, whatever they
    say besides. What has no counterpart is added after the others.
    """
    nth: Counter[str] = Counter()
    for number, told in enumerate(facts, start=1):
        place = where.at(f"acts {number} ({told.kind})")
        same = [act for act in known if act.kind == told.kind]
        with ledger.at(place):
            is_known = nth[told.kind] < len(same)
            act = same[nth[told.kind]] if is_known else ledger.made(add(told))
            nth[told.kind] += 1
            ledger.acts[act] = where
            _tell_act(ledger, act, told, ledger.source(told.source, file) if told.source else source, place)


def _tell_act(ledger: Ledger, act: A, facts: ActFacts, source: Source, where: Where) -> None:
    ledger.tell_exists(act, facts, source, where)
    for column in ("date", "place", "deciding_body", "valid_until"):
        ledger.tell(
            act,
            column,
            _dated(act, facts, source) if column == "date" else getattr(facts, column),
            source,
            where,
        )
    ledger.tell_texts(act, "note", facts.note, source, where)
    if facts.reason:
        ledger.tell_texts(act, "reason", facts.reason, source, where)


def _dated(act: Act, facts: ActFacts, source: Source) -> OneTold | None:
    """The act's date; what a source only sees to be so has the source's date, else the day it was read."""
    if facts.date is None and facts.kind in act.undeciding:
        return Told(value=str(source.dated or source.read_on))
    return facts.date
