"""Acts and as-of: a status follows from dated acts, so that it can be asked for any day.

Of the acts that have begun on a day, the one with the highest number decides. An act has begun when the
last possible day of its date has come; an act without a date begins with the one before it, and where
none is before it, the status is unknown until the next has begun.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from twinhall.core.dates import PartialDate
from twinhall.core.fields import PartialDateField, TranslatedField
from twinhall.core.parts import Part
from twinhall.core.records import Withdrawable, withdrawn_with_reason
from twinhall.core.spells import Rules


class Act(Part, Withdrawable):
    """A dated deed within a tie. A subclass names its tie, its kinds and the status after each of them.

    One that was entered in error is taken back: its number stays its own, and no status follows from it.
    """

    rules: ClassVar[Rules]
    """What follows from the acts of this kind of tie."""
    status_after: ClassVar[Mapping[str, str]]
    undeciding: ClassVar[frozenset[str]] = frozenset()
    """Kinds that say when a source saw the tie, not when it came about."""

    kind = models.CharField(_("kind"), max_length=12)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    date = PartialDateField(_("date"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    deciding_body = models.CharField(_("deciding body"), max_length=200, blank=True)
    valid_until = PartialDateField(_("valid until"))
    note = TranslatedField(_("note"))

    class Meta:
        abstract = True
        ordering = ("number",)

    @property
    def deed(self) -> str:
        """Its kind in words."""
        return _deeds(type(self), get_language()).get(self.kind, self.kind)


A = TypeVar("A", bound=Act)


@cache
def _deeds(acts: type[Act], _language: str | None) -> Mapping[str, str]:
    """The kinds of acts in words of the language, which is that of the request."""
    kinds = cast("models.Field[str, str]", acts._meta.get_field("kind")).flatchoices
    return {str(kind): str(label) for kind, label in kinds}


def begun(column: str, day: dt.date) -> Q:
    """The rows whose partial date in ``column`` has surely begun on the day (``PartialDate.has_begun``).

    The ISO text of a coarser date sorts before that of the days it covers, so the year and the month
    that the following day falls into are taken out.
    """
    if day == dt.date.max:
        return Q(**{f"{column}__isnull": False})
    after = (day + dt.timedelta(days=1)).isoformat()
    return Q(**{f"{column}__lt": after}) & ~Q(**{f"{column}__in": [after[:4], after[:7]]})


def out_of_order(dates: Iterable[PartialDate | None]) -> tuple[PartialDate, PartialDate] | None:
    """The first two dates of acts in their order of which the later surely lies before the earlier."""
    before: PartialDate | None = None
    for date in dates:
        if date is None:
            continue
        if before is not None and date.last_day < before.first_day:
            return before, date
        before = date
    return None


def make_room(acts: "QuerySet[A]", date: PartialDate | None) -> int:
    """The number for a new act among all acts of its tie; those that surely begin after it move up by one.

    Without a date it stands after all others.
    """
    kept = list(acts.order_by("number"))
    later = [act for act in kept if date and act.date and act.date.first_day > date.last_day]
    if not later:
        return kept[-1].number + 1 if kept else 1
    place = later[0].number
    for act in reversed(kept):  # from the highest, as no two may have one number
        if act.number >= place:
            _move_to(act, act.number + 1)
    return place


def _move_to(act: Act, number: int) -> None:
    act.number = number
    act.save(update_fields=["number"])


def renumber(acts: "QuerySet[A]", numbers: Mapping[int, int]) -> None:
    """Give acts of one tie higher numbers, by primary key; from the highest, as no two may have one."""
    for act in acts.filter(pk__in=numbers).order_by("-number"):
        _move_to(act, numbers[act.pk])


def act_constraints(app: str, tie: str) -> list[Any]:
    """What is always true of the acts of a tie: they count from one, and no two have one number."""
    return [
        withdrawn_with_reason(f"{app}_act_withdrawn"),
        models.UniqueConstraint(
            fields=[tie, "number"],
            name=f"{app}_act_number_once",
            violation_error_message=_("This tie has an act with this number already."),
        ),
        models.CheckConstraint(
            condition=Q(number__gte=1),
            name=f"{app}_act_from_one",
            violation_error_message=_("The first act of a tie has the number 1."),
        ),
    ]
