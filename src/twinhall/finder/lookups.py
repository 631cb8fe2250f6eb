"""What is asked of the index, in SQL (``core/sql.py``): three to eight questions, while somebody types.

``e`` is always the entry that is looked for. All that readers write goes in as values, apart from the SQL.
"""
# ruff: noqa: S608 - what is put together here are names of ours

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from twinhall.core.sql import Condition, joined, rows
from twinhall.finder.models import Entry, Word

_ENTRIES = Entry._meta.db_table
_WORDS = Word._meta.db_table
_BEFORE_IDS = 2**40


class Spot(NamedTuple):
    """A record that was found: its kind and primary key, its weight, and the entry it was found by."""

    kind: str
    pk: int
    weight: int
    entry: int


# Conditions --------------------------------------------------------------------------------------------


def elsewhere(condition: Condition) -> Condition:
    """The record has an entry ``o`` that fulfils the condition."""
    same = "o.subject_type = e.subject_type AND o.subject_id = e.subject_id"
    return Condition(
        f"EXISTS (SELECT 1 FROM {_ENTRIES} o WHERE {same} AND {condition.sql})", condition.values
    )


def subjects(which: Condition, kind: str) -> Condition:
    """The primary keys of the records of a kind that have such entries, as a question."""
    sql = f"SELECT e.subject_id FROM {_ENTRIES} e WHERE {which.sql} AND e.subject_type = %s"
    return Condition(sql, (*which.values, kind))


# Records -----------------------------------------------------------------------------------------------


def called(key: str, limit: int) -> list[Spot]:
    """Records that have this whole name, the heaviest first."""
    return _in_order("e.key = %s AND e.is_head", key, limit, "e.weight DESC, e.id")


def leading(column: str, letters: str, limit: int) -> list[Spot]:
    """Records with a name, or a word of one, that begins with these one or two letters."""
    return _in_order(f"e.{column} = %s", letters, limit, "e.is_head DESC, e.weight DESC, e.id")


def _in_order(which: str, value: str, limit: int, order: str) -> list[Spot]:
    columns = "e.subject_type, e.subject_id, e.weight, e.id"
    sql = f"SELECT {columns} FROM {_ENTRIES} e WHERE {which} ORDER BY {order} LIMIT %s"
    return list(map(Spot._make, rows(sql, value, limit)))


def best(
    which: Condition, limit: int, *, whole: Condition | None = None, slips: Mapping[str, int] | None = None
) -> list[Spot]:
    """Each record once, by its best entry: fewest slips, then a name's beginning, then the first one.

    A name whose key is ``whole`` comes before those that begin so; ``slips`` are by the first word.
    """
    first, values = (f"WHEN e.is_head AND e.key = {whole.sql} THEN 0", whole.values) if whole else ("", ())
    rank = f"CASE {first} WHEN e.is_head THEN 1 ELSE 2 END"
    if slips:
        each = " ".join("WHEN %s THEN %s" for _word in slips)
        rank = f"3 * CASE e.word {each} ELSE 0 END + {rank}"
        values = (*(told for pair in slips.items() for told in pair), *values)
    columns = "e.subject_type, e.subject_id, e.weight"
    placed = f"MIN(({rank}) * CAST({_BEFORE_IDS} AS bigint) + e.id) AS place"
    found = f"SELECT {columns}, {placed} FROM {_ENTRIES} e WHERE {which.sql} GROUP BY {columns}"
    order = f"place / {_BEFORE_IDS}, weight DESC, place"
    sql = f"SELECT * FROM ({found}) AS best ORDER BY {order} LIMIT %s"
    told = rows(sql, *values, *which.values, limit)
    return [Spot(kind, pk, weight, place % _BEFORE_IDS) for kind, pk, weight, place in told]


# Whether there is any ----------------------------------------------------------------------------------


def which_are_there(conditions: Sequence[Condition]) -> list[bool]:
    """Of each of these conditions whether any entry fulfils it."""
    if not conditions:
        return []
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {_ENTRIES} e WHERE {c.sql})" for c in conditions)
    values = [value for condition in conditions for value in condition.values]
    return [bool(told) for told in rows(f"SELECT {asked}", *values)[0]]


def is_word(text: str) -> bool:
    """Whether a name has this word, of those that are kept for corrections."""
    which = "w.length = %s AND w.text = %s"
    return bool(rows(f"SELECT 1 FROM {_WORDS} w WHERE {which} LIMIT 1", len(text), text))


def words(which: Iterable[Condition]) -> dict[str, int]:
    """The words of any of these conditions on a word ``w``, with their weights."""
    told = list(which)
    sql = " UNION ALL ".join(f"SELECT w.text, w.weight FROM {_WORDS} w WHERE {c.sql}" for c in told)
    return dict(rows(sql, *joined(told).values))
