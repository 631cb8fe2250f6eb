from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.evidence.models import Source


class Reference(models.Model):
    """What a table calls a record: so that its next row, and the next table, mean the same one."""

    key = models.CharField(_("key"), max_length=300)
    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("record"))

    class Meta:
        verbose_name = _("reference")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "key"],
                name="exchange_reference_once",
                violation_error_message=_("This key stands for another record."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Loading(models.Model):
    """How far the loading of a table has come; one that was broken off goes on from here."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    """The hash of the file's content, the map's and what they are loaded as."""
    file = models.CharField(_("file"), max_length=300)
    row = models.PositiveIntegerField(_("last row"), default=1)
    counts = models.JSONField(_("counts"), default=dict)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("loading")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return self.file


class TakenRow(models.Model):
    """A row of a table that was taken into the register, by a hash of it and of the map it was read by."""

    digest = models.BigIntegerField(_("hash"), primary_key=True)

    class Meta:
        verbose_name = _("row that was taken")

    def __str__(self) -> str:
        return f"{self.digest:x}"


class RowDecision(models.TextChoices):
    OPEN = "open", pgettext_lazy("row", "open")
    MATCHED = "matched", pgettext_lazy("row", "matched")
    DISMISSED = "dismissed", pgettext_lazy("row", "dismissed")


class RowFinding(models.Model):
    """A row of a table that waits, since it is not certain which party it means.

    It stands outside the register until an administrator says who is meant. ``told`` is what it tells, of
    the kind ``kind`` (``exchange.told``); ``candidates`` are the parties that each of its parties could be,
    by its place in the row; ``source`` is the first whose word it is.
    """

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    table = models.CharField(_("table"), max_length=300)
    row = models.PositiveIntegerField(_("row"))
    kind = models.CharField(_("kind"), max_length=20)
    told = models.JSONField(_("what it tells"))
    label = models.CharField(_("in short"), max_length=500)
    candidates = models.JSONField(_("candidates"))
    why = models.CharField(_("why it waits"), max_length=300)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=10, choices=RowDecision.choices, default=RowDecision.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    choices = models.JSONField(_("who was meant"), default=dict, blank=True)

    class Meta:
        verbose_name = _("row that waits")
        ordering = ("table", "row", "pk")
        indexes = [models.Index(fields=["decision", "table", "row"], name="exchange_row_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=RowDecision.values),
                name="exchange_row_decision",
                violation_error_message=_("This is not a decision on a row."),
            ),
            models.CheckConstraint(
                condition=Q(decision=RowDecision.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision=RowDecision.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="exchange_row_decided",
                violation_error_message=_("A decision has somebody who took it, and the time."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
