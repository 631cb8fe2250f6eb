"""Ties: records whose status on a day follows from their acts, and is kept as spells."""

import datetime as dt
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from twinhall.core.fields import PartialDateField
from twinhall.core.records import Withdrawable
from twinhall.core.spells import Since

T = TypeVar("T", bound=models.Model)


class Tie(Withdrawable):
    """A record whose status on a day follows from its acts (related as ``acts``), kept as ``spells``.

    ``since`` and its kind follow from them too, and are kept for lists; none of it takes a source.
    """

    status: str  # what `with_status` annotates; not there on rows that were asked for otherwise

    since = PartialDateField(_("since"), editable=False)
    since_kind = models.CharField(_("dated by"), max_length=12, blank=True, editable=False)
    undated = models.BooleanField(_("not dated"), default=True, editable=False)
    """Sorts the undated ones last whichever way dates are sorted, by an index on every database."""

    class Meta:
        abstract = True

    def date(self, found: Since) -> None:
        """Set since when it has been, on a record that is yet to be written."""
        self.since, self.since_kind, self.undated = found


class Spell(models.Model):
    """A status of a tie from one day to another, both included. Made anew by ``respell`` alone.

    The spells of a tie do not overlap; on a day without one its status is unknown.
    """

    status = models.CharField(_("status"), max_length=12)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    class Meta:
        abstract = True


def spell_constraints(app: str, tie: str) -> list[Any]:
    """What is always true of the spells of a tie: they have days, and no two begin on one."""
    return [
        models.UniqueConstraint(
            fields=[tie, "starts"],
            name=f"{app}_spell_once",
            violation_error_message=_("This tie has a spell from this day already."),
        ),
        models.CheckConstraint(
            condition=Q(starts__lte=F("ends")),
            name=f"{app}_spell_in_order",
            violation_error_message=_("A spell ends on or after the day it starts."),
        ),
    ]


def spell_indexes(app: str, tie: str) -> list[models.Index]:
    """For the ties of a status on a day, without a look at their rows."""
    return [models.Index(fields=["status", "ends", "starts", tie], name=f"{app}_spell_on_day")]


def related(model: type[models.Model], name: str) -> type[Any]:
    """The model that another is related to by that name."""
    return cast("type[Any]", model._meta.get_field(name).related_model)


# Asking ------------------------------------------------------------------------------------------------


def on_day(spells: type[Spell], day: dt.date) -> "QuerySet[Spell]":
    """The spells that cover the day: one at most of each tie."""
    return spells._default_manager.filter(starts__lte=day, ends__gte=day)


def with_status(ties: "QuerySet[T]", day: dt.date, *, unknown: str) -> "QuerySet[T]":
    """Annotate ``status``, the status of each tie on the day. For rows; ``at_status`` narrows a list."""
    spells = related(ties.model, "spells")
    here = on_day(spells, day).filter(**{_link(spells): OuterRef("pk")})
    status = Coalesce(Subquery(here.values("status")[:1]), Value(unknown), output_field=models.CharField())
    return cast("QuerySet[T]", ties.annotate(status=status))


def at_status(ties: "QuerySet[T]", status: str, day: dt.date, *, unknown: str, common: str) -> "QuerySet[T]":
    """Those ties that have the status on the day; ``unknown`` is that of ties without a spell then.

    Most ties have the ``common`` one: they are looked at one by one in the order that the list has anyway,
    until a page is full. To those of a rare one the index of the spells leads.
    """
    spells = related(ties.model, "spells")
    here = on_day(spells, day).filter(**{_link(spells): OuterRef("pk")})
    if status == unknown:
        return ties.filter(~Exists(here))
    if status == common:
        # The status is compared outside: inside, SQLite may go through all spells of the status for each tie.
        return ties.filter(Exact(Subquery(here.values("status")[:1]), Value(status)))
    return ties.filter(spells__status=status, spells__starts__lte=day, spells__ends__gte=day)


def _link(spells: type[Spell]) -> str:
    return next(f.name for f in spells._meta.local_fields if isinstance(f, models.ForeignKey))
