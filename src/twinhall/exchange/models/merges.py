from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership


class MergeKind(models.TextChoices):
    """What can be merged, by the name of its model."""

    PARTY = Party._meta.label_lower, _("party")
    PARTNERSHIP = Partnership._meta.label_lower, _("partnership")


class Merge(models.Model):
    """Two records were one, and one of them was kept. It can be undone: what moved is noted with what it was.

    ``moved`` is read by ``exchange.merge`` alone.
    """

    kind = models.CharField(_("kind of record"), max_length=60, choices=MergeKind.choices)
    kept_id = models.PositiveBigIntegerField(_("record that was kept"))
    gone_id = models.PositiveBigIntegerField(_("record that is gone"))
    kept_label = models.CharField(_("name of the record that was kept"), max_length=200)
    gone_label = models.CharField(_("name of the record that is gone"), max_length=200)
    why = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    moved: "models.JSONField[Any, Any]" = models.JSONField(_("what moved"), default=dict, editable=False)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["kind", "kept_id"], name="exchange_merge_kept")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MergeKind.values),
                name="exchange_merge_kind",
                violation_error_message=_("Records of this kind are not merged."),
            ),
            models.CheckConstraint(
                condition=~Q(kept_id=F("gone_id")),
                name="exchange_merge_of_two",
                violation_error_message=_("A record is not merged with itself."),
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="exchange_merge_why",
                violation_error_message=_("A merge needs its reason."),
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="exchange_merge_undone",
                violation_error_message=_("What was undone has somebody who undid it, and the time."),
            ),
            models.UniqueConstraint(
                fields=["kind", "gone_id"],
                condition=Q(undone_at__isnull=True),
                name="exchange_merge_gone_once",
                violation_error_message=_("This record is merged into another already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_label} → {self.kept_label}"
