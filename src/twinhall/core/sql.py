"""Questions in SQL, for the few that pages ask all the time.

Django takes longer to write such a question than the database to answer it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

M = TypeVar("M", bound=models.Model)


class Condition(NamedTuple):
    """A condition in SQL, and what stands at its marks."""

    sql: str
    values: tuple[object, ...] = ()


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a question answers; a value for each of its marks."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor)


def among(column: str, values: Iterable[object]) -> Condition:
    """The column is one of these, however many they are."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} = ANY(%s)", ([*values],))
    each = "SELECT value FROM json_each(%s)"
    return Condition(f"{column} IN ({each})", (json.dumps([*values]),))


def begins(column: str, key: str) -> Condition:
    """The column begins with a key of letters a to z and digits; in the form that an index answers."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} LIKE %s", (f"{key}%",))
    return Condition(f"{column} >= %s AND {column} < %s", (key, f"{key}\x7f"))


def joined(conditions: Iterable[Condition]) -> Condition:
    """All of these."""
    told = list(conditions)
    return Condition(" AND ".join(c.sql for c in told), tuple(value for c in told for value in c.values))


class Columns(Generic[M]):
    """Some columns of a model: what a question asks for, and the records made of its answer.

    The records have these columns alone; any other is read when it is asked for.
    """

    def __init__(self, model: type[M], *names: str) -> None:
        self.model = model
        # ``from_db`` takes values in the order of the model's fields.
        self._fields = [field for field in model._meta.local_concrete_fields if field.attname in names]
        self._names = [field.attname for field in self._fields]
        self._read = [getattr(field, "from_db_value", None) for field in self._fields]

    def of(self, table: str) -> str:
        """The columns in SQL, of the table with this short name."""
        return ", ".join(f"{table}.{field.column}" for field in self._fields)

    def record(self, values: Sequence[object]) -> M:
        """The record with these values."""
        told = [
            value if read is None else read(value, None, connection)
            for read, value in zip(self._read, values, strict=True)
        ]
        return self.model.from_db(DEFAULT_DB_ALIAS, self._names, told)
