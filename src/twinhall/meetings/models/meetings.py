import datetime as dt
import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twinhall.core.languages import Text
from twinhall.meetings.times import check_zone, instant, moment, zones
from twinhall.networks.models import Body
from twinhall.parties.models import Party

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A year outside of these is a slip of the hand, and nearly the end of the calendar that computers know."""
LONGEST = dt.timedelta(days=31)
"""What lasts longer is several meetings, or a slip of the hand."""


class MeetingKind(models.TextChoices):
    BOARD = "board", _("board meeting")
    ASSEMBLY = "assembly", _("general assembly")
    WORKING_GROUP = "working group", _("meeting of a working group")
    CONFERENCE = "conference", _("conference")
    SEMINAR = "seminar", _("seminar")
    FESTIVAL = "festival", _("festival")
    VISIT = "visit", _("visit")


class QuorumRule(models.TextChoices):
    """How many of those who may vote must be there, so that decisions stand."""

    NONE = "none", pgettext_lazy("quorum", "none")
    THIRD = "third", _("at least a third")
    HALF = "half", _("more than half")
    TWO_THIRDS = "two thirds", _("at least two thirds")


class MeetingState(models.TextChoices):
    """What became of a meeting; it follows from its columns and its days."""

    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    CALLED = "called", pgettext_lazy("meeting", "called")
    OVER = "over", pgettext_lazy("meeting", "over")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class Meeting(models.Model):
    """People of several parties come together: a board, an assembly, a conference, a visit.

    Days and times are those of the clocks at its place. Without times it lasts whole days.
    """

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """How often what calendars show was changed (RFC 5545, 3.8.7.4)."""
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language of title and papers"), max_length=12)
    organiser = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("organiser")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("body")
    )
    host = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("host"),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("address for those who take part from afar"), max_length=500, blank=True)
    starts_on = models.DateField(_("first day"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_on = models.DateField(_("last day"))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, validators=[check_zone])
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    about = models.TextField(_("what it is about"), blank=True)
    quorum = models.CharField(_("quorum"), max_length=12, choices=QuorumRule.choices, default=QuorumRule.NONE)
    registration_until = models.DateField(_("registration until"), null=True, blank=True)
    places = models.PositiveIntegerField(_("places there are"), null=True, blank=True)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)
    cancelled_why = models.CharField(_("reason for the cancellation"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    shows_agenda = models.BooleanField(_("agenda"), default=False)
    shows_towns = models.BooleanField(_("towns that take part"), default=False)
    shows_decisions = models.BooleanField(_("decisions"), default=False)
    shows_minutes = models.BooleanField(_("approved minutes"), default=False)

    spoken_for_by: ClassVar[tuple[str, ...]] = ("organiser", "host")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-starts_on", F("starts_at").desc(nulls_last=True), "-pk")
        indexes = [
            models.Index(fields=["starts_on", "slug"], name="meetings_meeting_starts"),
            models.Index(fields=["organiser", "starts_on"], name="meetings_meeting_organiser"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MeetingKind.values),
                name="meetings_meeting_kind",
                violation_error_message=_("This is not a kind of meeting."),
            ),
            models.CheckConstraint(
                condition=Q(quorum__in=QuorumRule.values),
                name="meetings_meeting_quorum",
                violation_error_message=_("This is not a rule for a quorum."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="meetings_meeting_both_times",
                violation_error_message=_("Give both times, or none for whole days."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"))
                | Q(ends_on=F("starts_on"), starts_at__isnull=True)
                | Q(ends_on=F("starts_on"), ends_at__gt=F("starts_at")),
                name="meetings_meeting_in_order",
                violation_error_message=_("A meeting ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(registration_until__isnull=True) | Q(registration_until__lte=F("ends_on")),
                name="meetings_meeting_registration",
                violation_error_message=_("Registration closes before the meeting is over."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_why="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_why="")),
                name="meetings_meeting_cancelled",
                violation_error_message=_("A cancellation needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.starts_on})"

    def clean(self) -> None:
        """Refuse days and times that no clock shows, too many days, and a body of another network."""
        errors: dict[str, ValidationError] = {}
        for side in ("starts", "ends"):
            day, time = getattr(self, f"{side}_on"), getattr(self, f"{side}_at")
            if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
                errors[f"{side}_on"] = ValidationError(
                    _now("Meetings are kept from %(first)s to %(last)s."),
                    params={"first": FIRST_YEAR, "last": LAST_YEAR},
                )
            elif day is not None and time is not None and self.zone in zones():
                try:
                    instant(day, time, self.zone)
                except ValidationError as error:
                    errors[f"{side}_at"] = error
        first, last = (getattr(self, f"{side}_on") for side in ("starts", "ends"))  # none, where it is no day
        if not errors and first and last and last - first >= LONGEST:
            said = _now("A meeting lasts %(days)s days at most. Plan several.")
            errors["ends_on"] = ValidationError(said, params={"days": LONGEST.days})
        if self.body is not None and self.body.network.party_id != self.organiser_id:
            errors["body"] = ValidationError(_now("This body belongs to another network."))
        if errors:
            raise ValidationError(errors)

    @property
    def words(self) -> Text:
        """Its title, in its language."""
        return Text(self.title, self.language)

    @property
    def is_whole_days(self) -> bool:
        return self.starts_at is None

    @property
    def begins(self) -> dt.datetime:
        """The instant of its beginning; midnight at its place where it lasts whole days."""
        return moment(self.starts_on, self.starts_at or dt.time(), self.zone)

    @property
    def finishes(self) -> dt.datetime:
        """The instant of its end; the midnight after its last day where it lasts whole days."""
        if self.ends_at is None:
            return moment(self.ends_on + dt.timedelta(days=1), dt.time(), self.zone)
        return moment(self.ends_on, self.ends_at, self.zone)

    @property
    def is_visit(self) -> bool:
        return self.kind == MeetingKind.VISIT

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    def state_at(self, now: dt.datetime) -> MeetingState:
        """What has become of it by an instant."""
        if self.cancelled_at is not None:
            return MeetingState.CANCELLED
        if self.finishes <= now:
            return MeetingState.OVER
        return MeetingState.CALLED if self.called_at else MeetingState.PLANNED
