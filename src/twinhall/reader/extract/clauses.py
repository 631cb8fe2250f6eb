"""Which part of a sentence is about which of its parties, and so which of its dates are whose."""

from itertools import pairwise

from twinhall.reader.extract.dating import Dated, Span, dated
from twinhall.reader.extract.parties import Party
from twinhall.reader.extract.scene import Scene

_CLAUSE_SIGNS = frozenset(",;–—")


def own_dates(scene: Scene, span: Span, party: Party, parties: list[Party]) -> list[Dated]:
    """The dates of one of a sentence's parties: of its clause where each has one, else beside its name."""
    dates = dated(scene, span)
    stretches = [stretch_of(scene, span, each, parties) for each in parties]
    own = stretch_of(scene, span, party, parties)
    if len(set(stretches)) > 1 and all(_dates_in(dates, stretch) for stretch in stretches):
        beside = [each for each, stretch in zip(parties, stretches, strict=True) if stretch == own]
        return _dates_of(party, beside, _dates_in(dates, own))
    return _dates_of(party, parties, dates)


def _dates_in(dates: list[Dated], stretch: Span) -> list[Dated]:
    return [each for each in dates if stretch[0] <= each.told.start < stretch[1]]


def stretch_of(scene: Scene, span: Span, party: Party, parties: list[Party]) -> Span:
    """The part of a sentence that is about a party and those that it only lists beside it."""
    start, end = span
    for one, other in pairwise(parties):
        if not _is_told_between(scene, one, other):
            continue
        signs = _outside_brackets(scene, one.end, other.start)
        joined = [hit.start for hit in scene.hits(one.end, other.start, "word.and")]
        border = (signs or joined or [other.start])[-1]
        if other.start <= party.start:
            start = border
        elif one.end >= party.end:
            end = min(end, border)
    return start, end


def _outside_brackets(scene: Scene, start: int, end: int) -> list[int]:
    """Where signs between clauses stand, but for those in brackets."""
    return [
        at
        for at in range(start, end)
        if scene.text[at] in _CLAUSE_SIGNS
        and scene.text.count("(", start, at) <= scene.text.count(")", start, at)
    ]


def _is_told_between(scene: Scene, one: Party, other: Party) -> bool:
    """Whether something is told between two parties, outside of brackets."""
    return any(
        scene.text.count("(", one.end, place) <= scene.text.count(")", one.end, place)
        for place in [
            *(told.start for told in scene.dates(one.end, other.start)),
            *(hit.start for hit in scene.hits(one.end, other.start, "act", "tie") if hit.sort != "act.early"),
        ]
    )


def _dates_of(party: Party, parties: list[Party], dates: list[Dated]) -> list[Dated]:
    """The dates of one of several parties: those inside the list belong to the party before them."""
    if len(parties) == 1:
        return dates
    first, last = parties[0], parties[-1]
    inside = [each for each in dates if first.end <= each.told.start < last.start]
    if not inside:
        return dates
    following = next((p.start for p in parties if p.start > party.start), len(dates) and dates[-1].told.end)
    own = [
        each
        for each in dates
        if party.end <= each.told.start < max(following, party.end + 40 if party is last else 0)
    ]
    return [
        Dated(each.told, "head" if each.role in {"plain", "agreement"} else each.role, each.span)
        for each in own
    ]
