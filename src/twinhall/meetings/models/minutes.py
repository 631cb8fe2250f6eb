import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.meetings.models.agenda import Item
from twinhall.meetings.models.meetings import Meeting


class MinutesState(models.TextChoices):
    WRITTEN = "written", _("being written")
    CHECKED = "checked", _("checked by both checkers")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")


class Passage(models.Model):
    """What the minutes say under an item, in one of its revisions. The last one stands; none is lost.

    Who writes says which revision was read: a second person who read the same one is refused by
    ``meetings_passage_once``, and shown both.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="passages")
    revision = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("item__meeting__organiser",)

    class Meta:
        verbose_name = _("passage of the minutes")
        verbose_name_plural = _("passages of the minutes")
        ordering = ("item", "revision")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "revision"],
                name="meetings_passage_once",
                violation_error_message=_("Somebody else has written here meanwhile."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.revision}"


class Minutes(models.Model):
    """The minutes of a meeting: who keeps them, and when a later meeting approved them."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("keeper")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_in = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_minutes",
        verbose_name=_("meeting that approved them"),
    )
    entitled = models.PositiveIntegerField(_("who may vote"), null=True, blank=True, editable=False)
    present = models.PositiveIntegerField(_("of these present"), null=True, blank=True, editable=False)
    needed = models.PositiveIntegerField(_("of these needed"), null=True, blank=True, editable=False)
    """What the quorum was, as the minutes have it since they were approved."""

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True, approved_in__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, approved_in__isnull=False),
                name="meetings_minutes_approved",
                violation_error_message=_("An approval says when, by whom and at which meeting."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("keeper")),
                name="meetings_minutes_not_by_keeper",
                violation_error_message=_("Who wrote the minutes does not approve them."),
            ),
            models.CheckConstraint(
                condition=Q(approved_in__isnull=True) | ~Q(approved_in=F("meeting")),
                name="meetings_minutes_later",
                violation_error_message=_("Minutes are approved at a later meeting."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Checker(models.Model):
    """One of the two whom a meeting elects to check its minutes; each signs off what stands."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="checkers")
    place = models.PositiveSmallIntegerField(_("place"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("checker")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    """What the minutes were when they were signed (``digest_of``): another text is not signed."""

    spoken_for_by: ClassVar[tuple[str, ...]] = ("minutes__meeting__organiser",)

    class Meta:
        verbose_name = _("checker of minutes")
        verbose_name_plural = _("checkers of minutes")
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "place"],
                name="meetings_checker_place",
                violation_error_message=_("Minutes have two checkers."),
            ),
            models.UniqueConstraint(
                fields=["minutes", "person"],
                name="meetings_checker_once",
                violation_error_message=_("The two checkers are two people."),
            ),
            models.CheckConstraint(
                condition=Q(place__in=(1, 2)),
                name="meetings_checker_two",
                violation_error_message=_("Minutes have two checkers."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, digest="") | (Q(signed_at__isnull=False) & ~Q(digest="")),
                name="meetings_checker_signed",
                violation_error_message=_("A signature stands under a text."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def digest_of(passages: "list[tuple[int, str]]") -> str:
    """What tells one state of minutes from another: SHA-256 over numbers of items and what is said there."""
    told = "\x1e".join(f"{number}\x1f{text}" for number, text in passages)
    return hashlib.sha256(told.encode()).hexdigest()
