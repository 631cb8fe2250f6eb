"""The parts of ties, from which their history follows: spells are made anew with whatever is written.

The acts and the signatories of a tie are its parts. They are saved, updated in bulk and deleted through the
classes here, so that no writer has to remember the spells; only ``core/copying.py`` and SQL go past them,
and who uses those calls ``respell``.
"""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, TypeVar, cast

from django.db import models, transaction
from django.db.models import QuerySet

from twinhall.core.respelling import batches, respell
from twinhall.core.ties import Tie, related

TELLING = frozenset({"kind", "number", "date", "valid_until", "party", "withdrawn_at"})
"""Columns of a part that the status of its tie follows from, besides the one that says whose part it is."""

T = TypeVar("T", bound=models.Model)


class PartQuerySet(QuerySet[T]):
    """Writes many parts and makes the spells of their ties anew. ``bulk_update`` comes here by ``update``."""

    def update(self, **columns: Any) -> int:
        part = cast("type[Part]", self.model)
        if not part.is_telling(columns):
            return super().update(**columns)
        with transaction.atomic(savepoint=False):
            before = dict(self.order_by().values_list("pk", f"{part.tie}_id"))
            changed = super().update(**columns)
            after = part.ties_of(before) if part.tie in columns or f"{part.tie}_id" in columns else set()
            respell(part.ties(), {*before.values(), *after})
        return changed

    def bulk_create(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> list[T]:
        part = cast("type[Part]", self.model)
        with transaction.atomic(savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            respell(part.ties(), {getattr(row, f"{part.tie}_id") for row in made})
        return made

    def delete(self) -> tuple[int, dict[str, int]]:
        part = cast("type[Part]", self.model)
        with transaction.atomic(savepoint=False):
            ties = set(self.order_by().values_list(f"{part.tie}_id", flat=True))
            gone = super().delete()
            respell(part.ties(), ties)
        return gone


class PartManager(models.Manager[T]):
    """All parts."""

    _queryset_class = PartQuerySet


class StandingPartManager(PartManager[T]):
    """Leaves out what was withdrawn."""

    def get_queryset(self) -> QuerySet[T]:
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Part(models.Model):
    """A row that the history of a tie follows from. ``tie`` is the column that says of which.

    A subclass names one of the managers above in ``Meta.base_manager_name``.
    """

    tie: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and make the spells of its tie anew; of the former one too, where it moved."""
        columns = kwargs.get("update_fields")
        if columns is not None and not self.is_telling(columns):
            super().save(*args, **kwargs)
            return
        with transaction.atomic(savepoint=False):
            before = set() if self._state.adding else self.ties_of([self.pk])
            super().save(*args, **kwargs)
            respell(self.ties(), {*before, getattr(self, f"{self.tie}_id")})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and make the spells of its tie anew."""
        with transaction.atomic(savepoint=False):
            ties = self.ties_of([self.pk])
            gone = super().delete(*args, **kwargs)
            respell(self.ties(), ties)
        return gone

    @classmethod
    def ties(cls) -> type[Tie]:
        """The model that it is a part of."""
        tie: type[Tie] = related(cls, cls.tie)
        return tie

    @classmethod
    def is_telling(cls, columns: Iterable[str]) -> bool:
        """Whether the history of a tie follows from any of the columns."""
        return any(name.removesuffix("_id") in {*TELLING, cls.tie} for name in columns)

    @classmethod
    def ties_of(cls, pks: Collection[int]) -> set[int]:
        """The ties of these parts, as the database has them."""
        found = (cls._base_manager.filter(pk__in=batch) for batch in batches(pks))
        return {tie for rows in found for tie in rows.values_list(f"{cls.tie}_id", flat=True)}
