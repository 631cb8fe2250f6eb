"""Minutes at the desk: their page, their beginning, and the volume that a series makes."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.minutewords import approval_words, checker_lines, minutes_words
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings import queries
from twinhall.meetings.actions.minuting import begin_minutes, state_of
from twinhall.meetings.models import Meeting, Minutes, MinutesState
from twinhall.parties.rules import may

TONES = {MinutesState.WRITTEN: "warn", MinutesState.CHECKED: "good", MinutesState.APPROVED: "good"}
Deeds = list[tuple[str, str]]


class OfMinutes(DeskView):
    """A page on the minutes of a meeting, which the address names."""

    section = "meetings"
    permission = "meetings.read_minutes"
    subject: Minutes

    def find(self) -> Minutes:
        found = queries.minutes_of(get_object_or_404(queries.meetings(), slug=self.kwargs["slug"]))
        if found is None:
            raise Http404(_("The minutes of this meeting have not been begun."))
        return found

    def back(self) -> str:
        return reverse("desk:minutes", args=[self.subject.meeting.slug])

    def crumbs(self) -> Crumbs:
        return [*meeting_crumbs(self.subject.meeting), (_("Minutes"), self.back())]


def meeting_crumbs(meeting: Meeting) -> Crumbs:
    """The way to the page of a meeting."""
    return [
        (_("Meetings"), reverse("desk:meetings")),
        (meeting.title, reverse("desk:meeting", args=[meeting.slug])),
    ]


class MinutesPage(OfMinutes):
    """What the minutes say, how far they are, and what comes next."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        minutes, told = self.subject, minutes_words(self.subject.meeting)
        state = state_of(minutes, now=told.digest)
        may_keep = self.may("meetings.keep_meeting", minutes.meeting)
        deeds = self._deeds(state, told.digest, may_keep=may_keep)
        context = {
            "record": minutes.meeting,
            "heading": _("Minutes"),
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                *meeting_crumbs(minutes.meeting),
                (_("Minutes"), None),
            ],
            "minutes": minutes,
            "state": state,
            "tone": TONES[state],
            "approval": approval_words(minutes),
            "minuted": told,
            "checkers": checker_lines(minutes, told.digest),
            "may_keep": may_keep,
            "may_write": may_keep and not minutes.approved_at,
            "deeds": deeds,
        }
        return self.page("desk/minutes/detail.html", context)

    def _deeds(self, state: MinutesState, digest: str, *, may_keep: bool) -> Deeds:
        minutes, slug = self.subject, self.subject.meeting.slug
        if minutes.approved_at:
            return []
        deeds: Deeds = []
        checker = next((c for c in minutes.checkers.all() if c.person_id == self.request.user.pk), None)
        if checker is not None and checker.digest != digest:
            deeds.append((_("Read and sign off"), reverse("desk:minutes-sign", args=[slug])))
        if may_keep and state == MinutesState.CHECKED:
            deeds.append((_("Note the approval"), reverse("desk:minutes-approve", args=[slug])))
        if may_keep:
            elected = _("Elect other checkers") if minutes.checkers.all() else _("Elect the two checkers")
            deeds.append((elected, reverse("desk:minutes-checkers", args=[slug])))
        return deeds


class Begin(OfMeeting, FormPage):
    """The minutes begun; who begins them keeps them."""

    submit = gettext_lazy("Begin the minutes")

    def heading(self) -> str:
        return _("Begin the minutes")

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "You become their keeper. Who keeps or writes minutes neither checks nor approves them: "
                "others do."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        begin_minutes(self.subject, by=self.request.user)
        return reverse("desk:minutes", args=[self.subject.slug])

    def done(self) -> str:
        return _("Begun. Write under each item what was said.")


class Series(OfMeeting):
    """The minutes of all meetings of one series, by year, with a volume of each year."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        found = list(queries.series(self.subject))
        years = [
            (year, rows, any(minutes and minutes.approved_at for _one, minutes in rows))
            for year, rows in (
                (year, [(one, getattr(one, "minutes", None)) for one in some])
                for year, some in groupby(reversed(found), key=lambda one: one.starts_on.year)
            )
        ]
        context = {
            "record": self.subject,
            "heading": _("Minutes of the series"),
            "crumbs": [(_("Workroom"), reverse("desk:dashboard")), *self.crumbs(), (_("Series"), None)],
            "years": years,
        }
        return self.page("desk/minutes/series.html", context)


def rows_for_page(meeting: Meeting, user: User, *, may_keep: bool) -> dict[str, object]:
    """What the page of a meeting shows of its minutes: how far they are, and where they are kept."""
    minutes = queries.minutes_of(meeting)
    has_begun = meeting.begins <= timezone.now() and not meeting.cancelled_at
    if minutes is None or not may(user, "meetings.read_minutes", minutes):
        return {"minutes": None, "may_begin": may_keep and has_begun and minutes is None}
    state = state_of(minutes)
    return {
        "minutes": minutes,
        "minutes_state": state,
        "minutes_tone": TONES[state],
        "minutes_approval": approval_words(minutes),
        "may_begin": False,
    }
