"""The text of a page cut into stretches, so that its quotes can be marked, also where they overlap."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from twinhall.exchange.models.readings import ReadFact


@dataclass
class Stretch:
    """A stretch of a text: in which quotes it lies, and which of them begin and end with it; by number."""

    text: str
    inside: list[int] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    is_open: bool = False
    """Whether one of the facts still waits."""


def marked(text: str, facts: Sequence[ReadFact]) -> list[Stretch]:
    """The stretches of a text, in order: all together they are the text. As many as quotes, twice and one."""
    spans = [(f.quote_start, min(f.quote_start + len(f.quote), len(text)), f) for f in facts]
    spans = [(start, end, fact) for start, end, fact in spans if start < end]
    starts: dict[int, list[ReadFact]] = {}
    stops: dict[int, list[ReadFact]] = {}
    for start, end, fact in spans:
        starts.setdefault(start, []).append(fact)
        stops.setdefault(end, []).append(fact)
    edges = sorted({0, len(text), *starts, *stops})
    inside: dict[int, ReadFact] = {}
    found = []
    for here, there in pairwise(edges):
        for fact in stops.get(here, ()):
            inside.pop(fact.number, None)
        inside |= {fact.number: fact for fact in starts.get(here, ())}
        found.append(_stretch(text[here:there], inside, starts.get(here, ()), stops.get(there, ())))
    return found


def _stretch(
    text: str, inside: dict[int, ReadFact], begins: Sequence[ReadFact], ends: Sequence[ReadFact]
) -> Stretch:
    return Stretch(
        text,
        sorted(inside),
        [fact.number for fact in begins],
        [fact.number for fact in ends],
        any(fact.is_open for fact in inside.values()),
    )
