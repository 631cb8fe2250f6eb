from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from twinhall.documents.models import Document
from twinhall.meetings.models.meetings import Meeting


class Item(models.Model):
    """A point of the agenda. Minutes are written against it, decisions are taken under it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("what is asked for"), blank=True)
    presenter = models.CharField(_("presented by"), max_length=150, blank=True)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="meetings_item_once",
                violation_error_message=_("The agenda has an item with this number already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Paper(models.Model):
    """A document that belongs to a meeting: to an item, or to the whole, as the signed list of attendance."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="papers")
    is_attendance = models.BooleanField(_("is the signed list of attendance"), default=False)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "document"],
                name="meetings_paper_once",
                violation_error_message=_("The meeting has this paper already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def clean(self) -> None:
        """Refuse an item of another meeting."""
        if self.item is not None and self.item.meeting_id != self.meeting_id:
            raise ValidationError({"item": _now("This item belongs to another meeting.")})
