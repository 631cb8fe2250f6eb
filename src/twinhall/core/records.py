"""What several kinds of record share: they are withdrawn, not deleted; some count what others say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField

T = TypeVar("T", bound=models.Model)


@dataclass(frozen=True)
class Speaker:
    """Parties that speak for a record: a path to them, of those related rows alone that ``where`` names."""

    path: str
    where: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, told: "str | Speaker") -> "Speaker":
        """A bare path speaks by all its rows."""
        return cls(told) if isinstance(told, str) else told


Speakers = tuple[str | Speaker, ...]
"""Who speaks for a record: those whose word comes first before the others."""


class RecordManager(models.Manager[T]):
    """Questions that every withdrawable record answers."""

    def standing(self) -> "QuerySet[T]":
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class StandingManager(models.Manager[T]):
    """Leaves out what was withdrawn, so that a part taken back is nowhere to be seen."""

    def get_queryset(self) -> "QuerySet[T]":
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Withdrawable(models.Model):
    """A record that has statements is withdrawn with a reason; it is never deleted."""

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(_("reason for the withdrawal"), max_length=500, blank=True)

    class Meta:
        abstract = True


def withdrawn_with_reason(name: str) -> models.CheckConstraint:
    """A withdrawal has a reason, and a reason has its withdrawal; ``name`` is the constraint's."""
    return models.CheckConstraint(
        condition=(
            Q(withdrawn_at__isnull=True, withdrawn_why="")
            | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""))
        ),
        name=name,
        violation_error_message=_("A withdrawal needs its reason."),
    )


class StatedSize(models.Model):
    """A size that a source says a body has, with the day it was said of; our own counts are computed.

    Subclasses add whose size it is and what is counted.
    """

    countries = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    at_least = models.BooleanField(_("at least"), default=False)
    as_of = PartialDateField(_("as of"))

    class Meta:
        abstract = True
