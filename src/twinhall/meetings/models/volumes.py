import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from twinhall.meetings.models.minutes import Minutes

VOLUMES_KEPT = dt.timedelta(days=7)
"""Since it was asked for; after that a volume is made anew by whoever wants it."""


class Volume(models.Model):
    """Approved minutes of a series bound into one file, in one language: asked for, then made by a worker.

    Which minutes, and in which language, tells one volume from another (``key``): a year with more of them
    approved is another volume, and what was asked for twice is one.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    minutes = models.ManyToManyField(Minutes, related_name="volumes")
    title = models.CharField(_("title"), max_length=300)
    heading = models.CharField(_("heading"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    task = models.UUIDField(null=True, editable=False)
    """The task that makes it: where that has failed, so has the volume."""
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("volume of minutes")
        verbose_name_plural = _("volumes of minutes")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, content__isnull=True)
                | Q(made_at__isnull=False, content__isnull=False),
                name="meetings_volume_made",
                violation_error_message=_("A volume that was made has its content."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
