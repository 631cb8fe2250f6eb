import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.meetings.models.agenda import Item
from twinhall.meetings.models.meetings import Meeting
from twinhall.parties.models import Party


class CommitmentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("commitment", "open")
    OVERDUE = "overdue", _("overdue")
    DONE = "done", pgettext_lazy("commitment", "done")
    DROPPED = "dropped", _("dropped")


class Commitment(models.Model):
    """What somebody took on at a meeting: who, what, until when. It lives on until it is done or dropped."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="commitments")
    item = models.ForeignKey(
        Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    text = models.CharField(_("what"), max_length=500)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("town or body")
    )
    name = models.CharField(_("person"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address for the reminder"), blank=True)
    language = models.CharField(_("language of the letters"), max_length=12, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField(_("due on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    is_dropped = models.BooleanField(default=False, editable=False)
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "party")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = (models.F("due").asc(nulls_last=True), "pk")
        indexes = [
            models.Index(fields=["due"], condition=Q(closed_on__isnull=True), name="meetings_commitment_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="meetings_commitment_text",
                violation_error_message=_("Say what is to be done."),
            ),
            models.CheckConstraint(
                condition=Q(is_dropped=False) | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="meetings_commitment_dropped",
                violation_error_message=_("Who drops a commitment says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.text[:80]}"

    def state_on(self, day: dt.date) -> CommitmentState:
        """How it stands on a day."""
        if self.closed_on is not None:
            return CommitmentState.DROPPED if self.is_dropped else CommitmentState.DONE
        return CommitmentState.OVERDUE if self.due is not None and self.due < day else CommitmentState.OPEN
