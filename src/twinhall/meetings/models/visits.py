"""What a visit has besides: its programme, gifts and costs. Promises are commitments."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.meetings.models.meetings import Meeting
from twinhall.parties.models import Party

_CURRENCY = RegexValidator(r"^[A-Z]{3}$", _("A currency is three letters of ISO 4217, such as EUR."))


class ProgrammeLine(models.Model):
    """What happens when: a line of the programme, in the time of the place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="programme")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("time", "to"), null=True, blank=True)
    title = models.CharField(_("what"), max_length=300)
    place = models.CharField(_("place"), max_length=200, blank=True)
    who = models.CharField(_("who receives or leads"), max_length=200, blank=True)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "meeting__host")

    class Meta:
        verbose_name = _("line of the programme")
        verbose_name_plural = _("lines of the programme")
        ordering = ("day", F("starts_at").asc(nulls_first=True), "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meetings_programme_in_order",
                violation_error_message=_("It ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.title}"

    @property
    def is_outside(self) -> bool:
        """Whether the meeting is not on that day: its own days may be changed after the line was written."""
        return not self.meeting.starts_on <= self.day <= self.meeting.ends_on

    def clean(self) -> None:
        """Refuse what ends before it begins, and a day on which the meeting is not."""
        errors: dict[str, ValidationError] = {}
        day: dt.date | None = self.day  # none, where what was typed is no day
        if day is not None and self.is_outside:
            errors["day"] = ValidationError(_now("The meeting is not on that day."))
        if self.ends_at and not self.starts_at:
            errors["starts_at"] = ValidationError(_now("Say when it begins, too."))
        elif self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = ValidationError(_now("It ends after it begins."))
        if errors:
            raise ValidationError(errors)


class Gift(models.Model):
    """What was given, by whom to whom, and what it was worth."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="gifts")
    what = models.CharField(_("what"), max_length=300)
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("given by"))
    receiver = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("given to")
    )
    amount = models.DecimalField(
        _("worth"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[_CURRENCY])

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "meeting__host")

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")),
                name="meetings_gift_between_two",
                violation_error_message=_("A gift goes from one to another."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | (Q(amount__gte=0) & ~Q(currency="")),
                name="meetings_gift_money",
                violation_error_message=_("An amount has its currency, and is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Cost(models.Model):
    """What the visit costs, as planned and as paid, and who pays."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="costs")
    what = models.CharField(_("what for"), max_length=300)
    payer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name=_("paid by"))
    planned = models.DecimalField(
        _("planned"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    paid = models.DecimalField(
        _("paid"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[_CURRENCY])

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "meeting__host")

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(paid__isnull=True) | Q(paid__gte=0)),
                name="meetings_cost_money",
                violation_error_message=_("An amount is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.what
