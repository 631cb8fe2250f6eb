"""Pages by cursor: the next one begins after the last record of this one, whatever was added meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar, cast

from django.core.signing import BadSignature, Signer
from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.http import HttpRequest

from twinhall.api.errors import BAD_CURSOR, ProblemError

LIMIT, MOST = 50, 200
M = TypeVar("M", bound=Model)
R = TypeVar("R")


@dataclass(frozen=True)
class Column:
    """A column that a list is ordered by."""

    path: str
    is_descending: bool = False
    has_nulls_last: bool = False

    @classmethod
    def of(cls, term: "str | OrderBy | F") -> "Column":
        """One of the terms of ``order_by``."""
        if isinstance(term, OrderBy):
            return cls(cast("Any", term.expression).name, term.descending, bool(term.nulls_last))
        if isinstance(term, F):
            return cls(cast("Any", term).name)
        return cls(term.removeprefix("-"), term.startswith("-"))

    def value(self, row: object) -> object:
        """What the row has in the column, as JSON knows it; dates as their ISO texts."""
        found = row[self.path] if isinstance(row, dict) else reduce(getattr, self.path.split("__"), row)
        return found if found is None or isinstance(found, bool | int) else str(found)


@dataclass(frozen=True)
class Cut(Generic[R]):
    """A page of a list: its rows, how many the list has (on the first page), and where the next begins."""

    rows: list[R]
    count: int | None
    cursor: str | None


def cut(found: "QuerySet[M, R]", *, cursor: str = "", limit: int = LIMIT, counts: bool = True) -> Cut[R]:
    """The page of an ordered list that begins after the cursor; ProblemError where that is not one.

    A list whose rows are groups must be ordered by all that makes them. ``counts``: whether the list is
    counted where the first page does not hold all of it.
    """
    columns = list(_columns(found))
    signer = _signer(found.model, columns)
    begun = found.filter(_after(columns, _read(cursor, signer))) if cursor else found
    ordered = begun.order_by(*found.query.order_by, "pk") if columns[-1].path == "pk" else begun
    rows = list(ordered[: limit + 1])
    if len(rows) <= limit:
        return Cut(rows, None if cursor else len(rows), None)
    count = found.count() if counts and not cursor else None
    more = signer.sign_object([column.value(rows[limit - 1]) for column in columns])
    return Cut(rows[:limit], count, more)


def next_page(request: HttpRequest, cursor: str | None) -> str | None:
    """The address of the page that begins after the cursor: of the same list, with the same filters."""
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _columns(found: "QuerySet[M, R]") -> Iterator[Column]:
    """The columns of its order, as far as they are needed to tell any two rows apart."""
    unique = {f.name for f in found.model._meta.get_fields() if getattr(f, "unique", False)}
    for term in found.query.order_by:
        column = Column.of(cast("str | OrderBy | F", term))
        yield column
        if column.path in unique:
            return
    if not found.query.values_select:
        yield Column("pk")


def _after(columns: Sequence[Column], values: Sequence[object]) -> Q:
    """The rows that come after those values in the order of the columns."""
    column, value = columns[0], values[0]
    if value is None:  # nulls stand last, so that only the next columns can go on
        return Q(**{f"{column.path}__isnull": True}) & _after(columns[1:], values[1:])
    beyond = Q(**{f"{column.path}__{'lt' if column.is_descending else 'gt'}": value})
    if column.has_nulls_last:
        beyond |= Q(**{f"{column.path}__isnull": True})
    if len(columns) == 1:
        return beyond
    return beyond | (Q(**{column.path: value}) & _after(columns[1:], values[1:]))


def _signer(model: type[Model], columns: Sequence[Column]) -> Signer:
    """Signs for one list in one order, so that no cursor is read as one of another."""
    order = " ".join(f"{column.is_descending:d}{column.path}" for column in columns)
    return Signer(salt=f"{model._meta.label_lower} {order}")


def _read(cursor: str, signer: Signer) -> list[Any]:
    try:
        values: list[Any] = signer.unsign_object(cursor)
    except BadSignature as error:
        raise ProblemError(BAD_CURSOR, BAD_CURSOR.advice) from error
    return values
