"""Acts of two ties that are one: found in each other by their kind and place among the acts of that kind."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import TypeVar

from twinhall.core.acts import Act
from twinhall.documents.models import Document
from twinhall.exchange.merge.columns import PLACE
from twinhall.exchange.merge.journal import Journal

A = TypeVar("A", bound=Act)


def fold_acts(journal: Journal, gone: Sequence[Act], kept: Sequence[Act], *, tie: int, link: str) -> None:
    """Bring the standing acts of one tie to the other; ``link`` is what documents call their acts.

    What has no counterpart moves as it is. What was taken back stays where it is.
    """
    coming = [act for act in gone if act.withdrawn_at is None]
    same = counterparts(coming, [act for act in kept if act.withdrawn_at is None])
    for act in coming:
        if act.pk in same:
            journal.pass_on(act, same[act.pk])
            journal.relink(Document.objects.all(), link, act.pk, same[act.pk].pk)
    _number(journal, woven(coming, kept, same), tie)


def counterparts(coming: Sequence[A], kept: Sequence[A]) -> dict[int, A]:
    """The kept act that each coming one is, by primary key: both are the first *signed*, or the second."""
    waiting: dict[tuple[str, int | None], deque[A]] = defaultdict(deque)
    for act in kept:
        waiting[_deed(act)].append(act)
    found: dict[int, A] = {}
    for act in coming:
        if waiting[_deed(act)]:
            found[act.pk] = waiting[_deed(act)].popleft()
    return found


def _deed(act: Act) -> tuple[str, int | None]:
    """Its kind, and who it was that joined or left."""
    return act.kind, getattr(act, "party_id", None)


def woven(coming: Sequence[A], kept: Sequence[A], same: Mapping[int, A]) -> list[A]:
    """All acts in one order: those without a counterpart between those they stood between, by their dates."""
    order, after = list(kept), 0
    for place, act in enumerate(coming):
        if act.pk in same:
            after = max(after, order.index(same[act.pk]) + 1)
        else:
            met = [order.index(same[later.pk]) for later in coming[place:] if later.pk in same]
            before = min((there for there in met if there >= after), default=len(order))
            after = _place(act, order[:before], after)
            order.insert(after, act)
            after += 1
    return order


def _place(act: Act, order: Sequence[Act], after: int) -> int:
    """Before the first act that surely begins later; without a date, right after the one before it."""
    if act.date is None:
        return after
    day = act.date.last_day
    dates = ((place, order[place].date) for place in range(after, len(order)))
    return next((place for place, date in dates if date is not None and date.first_day > day), len(order))


def _number(journal: Journal, order: Sequence[Act], tie: int) -> None:
    """Number the acts of a tie in their order; those that are there keep their numbers where they can."""
    places: list[tuple[Act, int]] = []
    last = 0
    for act in order:
        is_here = getattr(act, f"{act.tie}_id") == tie
        last = max(last + 1, act.number) if is_here else last + 1
        places.append((act, last))
    for act, number in reversed(places):  # from the highest, as no two may have one number
        journal.put(act, PLACE, [tie, number])
