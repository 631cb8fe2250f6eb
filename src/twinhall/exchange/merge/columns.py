"""The columns that a merge writes: who or what a row belongs to. None of them takes a source.

Each is named in full, so that a reader of the source, and the test that reads it, see what is written.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from django.db.models import Model, QuerySet
from django.utils import timezone

from twinhall.networks.models import MembershipAct
from twinhall.partnerships.models import Act

Rows: TypeAlias = "QuerySet[Any]"
Value = int | str | list[int] | None
Writer = Callable[[Rows, Value, Value], object]
"""Writes rows: what their column held, and what it is to hold."""
PLACE = "place"
"""Of an act, as a list of two: its tie and its number there."""


def _place(rows: Rows, _was: Value, now: Value) -> None:
    tie, number = cast("list[int]", now)
    if rows.model is Act:
        Act._base_manager.filter(pk__in=rows.values("pk")).update(partnership=tie, number=number)
    else:
        MembershipAct._base_manager.filter(pk__in=rows.values("pk")).update(membership=tie, number=number)


def _withdrawn(rows: Rows, _was: Value, now: Value) -> None:
    """A reason withdraws; without one the record stands."""
    rows.update(withdrawn_why=now, withdrawn_at=timezone.now() if now else None)


def _relinked(links: Callable[[Any], Any]) -> Writer:
    """The writer of links between two tables: one record's place in them passes to another."""

    def write(rows: Rows, was: Value, now: Value) -> None:
        for record in rows:
            links(record).remove(was)
            links(record).add(now)

    return write


WRITERS: Mapping[str, Writer] = {
    "continues": lambda rows, _was, now: rows.update(continues=now),
    "giver": lambda rows, _was, now: rows.update(giver=now),
    "host": lambda rows, _was, now: rows.update(host=now),
    "language": lambda rows, _was, now: rows.update(language=now),
    "membership": lambda rows, _was, now: rows.update(membership=now),
    "merged_into": lambda rows, _was, now: rows.update(merged_into=now),
    "organiser": lambda rows, _was, now: rows.update(organiser=now),
    "pair": lambda rows, _was, now: rows.update(pair=now),
    "parties_key": lambda rows, _was, now: rows.update(parties_key=now),
    "party": lambda rows, _was, now: rows.update(party=now),
    "payer": lambda rows, _was, now: rows.update(payer=now),
    "predecessor": lambda rows, _was, now: rows.update(predecessor=now),
    "publisher": lambda rows, _was, now: rows.update(publisher=now),
    "receiver": lambda rows, _was, now: rows.update(receiver=now),
    "subject_id": lambda rows, _was, now: rows.update(subject_id=now),
    "successor": lambda rows, _was, now: rows.update(successor=now),
    "via": lambda rows, _was, now: rows.update(via=now),
    "withdrawn_why": _withdrawn,
    PLACE: _place,
    "acts": _relinked(lambda document: document.acts),
    "membership_acts": _relinked(lambda document: document.membership_acts),
    "desks": _relinked(lambda finding: finding.desks),
}


def held(record: Model, column: str) -> Value:
    """What a column of a record holds in the database."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    if column == PLACE:
        return list(rows.values_list(type(record).tie, "number").get())  # type: ignore[attr-defined]
    value: Value = rows.values_list(column, flat=True).get()
    return value


def holding(model: type[Model], pk: int, column: str, value: Value) -> Rows:
    """The row, as long as its column holds the value."""
    rows = model._base_manager.filter(pk=pk)
    if column == PLACE and isinstance(value, list):
        tie, number = value
        return rows.filter(**{model.tie: tie, "number": number})  # type: ignore[attr-defined]
    return rows.filter(**{column: value})
