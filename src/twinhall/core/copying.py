"""Many rows into a table at once: COPY on PostgreSQL, one prepared INSERT on SQLite.

For what is loaded by the ten thousands. There are no model instances and no signals, so what a model does
when it is saved is the caller's to do; the constraints of the database hold as ever.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Row: TypeAlias = Sequence[object]
Column: TypeAlias = "models.Field[Any, Any]"

_COUNTING = frozenset({"AutoField", "BigAutoField", "SmallAutoField"})
# Columns whose values go to the database as they are in Python.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BooleanField)


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Primary keys that nobody else will be given, for rows that are yet to be copied.

    To be called in a transaction; keys that are not used stay unused.
    """
    table, column = model._meta.db_table, str(model._meta.pk.column)
    if count < 1:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [f'"{table}"', column, count])
            return [int(row[0]) for row in cursor.fetchall()]
        # https://www.sqlite.org/autoinc.html: the table of sequences may be written to.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        known = cursor.fetchone()
        if known is None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
        first = (known[0] if known else 0) + 1
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        return list(range(first, first + count))


def copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows of these columns (by attribute: ``party_id``) and give their number.

    Columns that are not named take their field's default. Raises IntegrityError as any insert does, and
    then the transaction is lost.
    """
    fields = [_column(model, name) for name in columns]
    others = [f for f in _written(model) if f not in fields]
    rest = tuple(f.get_db_prep_save(f.get_default(), connection) for f in others)
    ready = _prepared(fields, rows, rest)
    names = ", ".join(connection.ops.quote_name(str(f.column)) for f in [*fields, *others])
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({names}) FROM STDIN", ready)
    marks = ", ".join(["%s"] * (len(fields) + len(others)))
    kept: list[Any] = list(ready)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", kept)  # noqa: S608 - our columns
    return len(kept)


def _column(model: type[models.Model], name: str) -> Column:
    return next(f for f in model._meta.local_concrete_fields if f.attname == name)


def _written(model: type[models.Model]) -> Iterator[Column]:
    return (f for f in model._meta.local_concrete_fields if f.get_internal_type() not in _COUNTING)


def _prepared(fields: Sequence[Column], rows: Iterable[Row], rest: Row) -> Iterator[Row]:
    special = [
        (place, _preparing(field))
        for place, field in enumerate(fields)
        if not isinstance(field, (*_PLAIN, models.ForeignKey, models.AutoField))
    ]
    for row in rows:
        values = [*row, *rest]
        for place, prepare in special:
            values[place] = prepare(values[place])
        yield values


def _preparing(field: Column) -> Callable[[Any], object]:
    """What turns a value of the column into the database's form. Days and hours recur, so they are kept."""
    here = connections[DEFAULT_DB_ALIAS]
    kept: dict[object, object] = {}

    def prepare(value: Any) -> object:  # noqa: ANN401 - a value of any column
        key = None if value is None else value or type(value)
        try:
            return kept[key]
        except KeyError:
            kept[key] = field.get_db_prep_save(value, here)
            return kept[key]
        except TypeError:  # a mapping of texts: each its own
            return field.get_db_prep_save(value, here)

    return prepare


def _copy(command: str, rows: Iterable[Row]) -> int:
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(command) as copying:
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the last one is the number of rows
            copying.write_row(row)
    return count
