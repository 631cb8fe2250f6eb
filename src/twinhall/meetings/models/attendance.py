from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.letters.models import Letter
from twinhall.meetings.models.meetings import Meeting
from twinhall.parties.models import Party


class Invitee(models.Model):
    """Who is called to a meeting: a party, at an address of its."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invited_to")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(_("language of the letters"), max_length=12)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        verbose_name = _("invitee")
        verbose_name_plural = _("invitees")
        ordering = ("party__slug", "email")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email", "party"],
                name="meetings_invitee_once",
                violation_error_message=_("This address is invited already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.email}"

    @property
    def reads(self) -> str:
        """The language of the letters: a person's own, where an account stands behind the address."""
        return self.person.language if self.person else self.language


class MeetingLetter(models.Model):
    """A letter that went out for a meeting: its call, a change, a reminder, its cancellation."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="for_meeting")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    """Of which version of the meeting it told (``Meeting.sequence``)."""

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser",)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.meeting}: {self.letter}"


class Registration(models.Model):
    """What a town answered: it comes, or it does not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="registrations")
    is_coming = models.BooleanField(_("takes part"))
    note = models.CharField(_("note to the organiser"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "party")

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ("party__slug",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "party"],
                name="meetings_registration_once",
                violation_error_message=_("This town has answered already; change its answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.meeting}"


class AttendanceRole(models.TextChoices):
    DELEGATE = "delegate", _("delegate")
    DEPUTY = "deputy", _("deputy")
    GUEST = "guest", _("guest")
    SPEAKER = "speaker", _("speaker")
    INTERPRETER = "interpreter", _("interpreter")
    STAFF = "staff", _("staff")


class Attendance(models.Model):
    """A person whom a town, or the organiser, has registered; and whether that person came.

    What somebody eats is asked for a meal, and deleted after it (``attending.forget_diets``).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("town or body")
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=150)
    office = models.CharField(pgettext_lazy("person", "office"), max_length=150, blank=True)
    role = models.CharField(
        _("takes part as"), max_length=12, choices=AttendanceRole.choices, default=AttendanceRole.DELEGATE
    )
    has_vote = models.BooleanField(_("casts the vote of the town"), default=False)
    languages = models.JSONField(_("interprets between"), default=list, blank=True)
    diet = models.CharField(_("what to mind at meals"), max_length=200, blank=True)
    came = models.BooleanField(_("came"), null=True, blank=True)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("meeting__organiser", "party")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ("party__slug", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "party", "name"],
                name="meetings_attendance_once",
                violation_error_message=_("This person is registered for the town already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "party"],
                condition=Q(has_vote=True),
                name="meetings_attendance_one_vote",
                violation_error_message=_("One member has one vote: another person casts it already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=AttendanceRole.values),
                name="meetings_attendance_role",
                violation_error_message=_("This is not a way to take part."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.party}"
