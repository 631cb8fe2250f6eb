"""Who works off the tasks, and which deeds of a day have been asked for."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Shift(models.Model):
    """A worker that is at work. It says so every few seconds, so that others notice when it has died."""

    key = models.CharField(_("worker"), max_length=32, unique=True)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)

    def __str__(self) -> str:
        return self.key


class DailyRun(models.Model):
    """A daily deed that was asked for on a day, so that of several workers one alone asks for it."""

    deed = models.CharField(_("deed"), max_length=200)
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("asked for at"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deed", "day"],
                name="work_daily_run_once",
                violation_error_message=_("This deed has been asked for on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed}: {self.day}"
