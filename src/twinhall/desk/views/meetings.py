"""Meetings at the desk: the list, a meeting's page, planning and changing one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.meetings import MeetingForm, MeetingSearch
from twinhall.desk.forms.parties import resolve
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.finder.queries import named
from twinhall.meetings import queries, words
from twinhall.meetings.actions.planning import IN_CALENDARS, change_meeting, plan_meeting
from twinhall.meetings.models import Meeting, MeetingKind, MeetingState
from twinhall.meetings.rules import seen_by
from twinhall.parties.models import Party
from twinhall.web.names import Names

LISTS = (
    ("meetings", gettext_lazy("Meetings")),
    ("decisions", gettext_lazy("Decisions")),
    ("commitments", gettext_lazy("Commitments")),
)
"""What the room of meetings lists."""
TONES = {MeetingState.CALLED: "good", MeetingState.CANCELLED: "bad", MeetingState.PLANNED: "warn"}


class MeetingList(ListPage):
    section = "meetings"
    name = "meetings"
    heading = gettext_lazy("Meetings")
    lists = LISTS
    model = Meeting
    filters = MeetingSearch
    orders = queries.MEETING_ORDERS
    add_href = "desk:meeting-add"
    add_label = gettext_lazy("Plan a meeting")
    add_permission = "parties.add_party"
    nothing_yet = gettext_lazy("Meetings that you plan, or that your towns are called to, stand here.")
    columns = (
        Column("title", gettext_lazy("Title"), is_sorted=True),
        Column("date", gettext_lazy("When"), is_sorted=True),
        Column("place", gettext_lazy("Place")),
        Column("organiser", gettext_lazy("Organiser")),
        Column("state", gettext_lazy("Standing")),
        Column("coming", gettext_lazy("Towns that come"), is_number=True),
        Column("ends", gettext_lazy("Last day"), only_in_files=True),
        Column("address", gettext_lazy("Address"), only_in_files=True),
    )

    def found(self, asked: dict[str, str], order: str, day: dt.date, among: Q) -> "QuerySet[Meeting]":
        return seen_by(self.request.user, queries.meeting_list(day, **asked, order=order, among=among))

    def called(self, query: str) -> Q:
        text = query.strip()
        return Q(title__icontains=text) | Q(place__icontains=text) | named(query, Party, "organiser")

    def cells(self, records: Sequence[Meeting], day: dt.date) -> list[Cells]:  # noqa: ARG002
        names, now = Names(meeting.organiser for meeting in records), timezone.now()
        return [_cells(meeting, names, now) for meeting in records]


def _cells(meeting: Meeting, names: Names, now: dt.datetime) -> Cells:
    state = meeting.state_at(now)
    return {
        "title": Cell(
            meeting.title,
            href=reverse("desk:meeting", args=[meeting.slug]),
            lang=meeting.language,
            small=str(MeetingKind(meeting.kind).label),
        ),
        "date": Cell(words.days(meeting.starts_on, meeting.ends_on)),
        "place": Cell(meeting.place),
        "organiser": Cell(names.text(meeting.organiser)),
        "state": Cell(str(state.label), tone=TONES.get(state, "quiet")),
        "coming": Cell(str(meeting.coming or "")),  # type: ignore[attr-defined]  # annotated
        "ends": Cell(meeting.ends_on.isoformat()),
        "address": Cell(meeting.slug),
    }


class OfMeeting(DeskView):
    """A page within a meeting, which the address names."""

    section = "meetings"
    permission = "meetings.keep_meeting"
    subject: Meeting

    def find(self) -> Meeting:
        return get_object_or_404(queries.meetings(), slug=self.kwargs["slug"])

    def back(self) -> str:
        return reverse("desk:meeting", args=[self.subject.slug])

    def crumbs(self) -> Crumbs:
        return [(_("Meetings"), reverse("desk:meetings")), (self.subject.title, self.back())]


class MeetingAdd(FormPage):
    """A new meeting of a party that the person speaks for."""

    section = "meetings"
    permission = "parties.add_party"
    submit = gettext_lazy("Plan the meeting")

    def heading(self) -> str:
        return _("Plan a meeting")

    def crumbs(self) -> Crumbs:
        return [(_("Meetings"), self.back())]

    def back(self) -> str:
        return reverse("desk:meetings")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return MeetingForm(data, files, user=self.request.user)

    def save(self, form: MeetingForm) -> str:
        told, by = columns(form, by=self.request.user), self.request.user
        organiser = resolve(told.pop("organiser"), by=by)
        meeting = plan_meeting(organiser=organiser, by=by, **told)
        return reverse("desk:meeting", args=[meeting.slug])

    def done(self) -> str:
        return _("Planned. Now its agenda, and whom to invite.")


class MeetingChange(OfMeeting, FormPage):
    """Other days, another place, another title."""

    def heading(self) -> str:
        return _("Change the meeting")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        meeting = self.subject
        held = {name: getattr(meeting, name) for name in MeetingForm.base_fields}
        return MeetingForm(data, files, user=self.request.user, meeting=meeting, initial=held)

    def save(self, form: MeetingForm) -> str:
        told, by = columns(form, by=self.request.user), self.request.user
        changed = change_meeting(self.subject, by=by, **told)
        self.is_to_be_told = bool(self.subject.called_at and changed & IN_CALENDARS)
        return reverse("desk:meeting-tell", args=[self.subject.slug]) if self.is_to_be_told else self.back()

    def done(self) -> str:
        saved = super().done()
        return f"{saved} {_('Those who were called do not know it yet.')}" if self.is_to_be_told else saved


def columns(form: MeetingForm, *, by: User) -> dict[str, Any]:
    """What a form says, as the meeting keeps it: a host of the gazetteer becomes a party."""
    told = {name: value for name, value in form.cleaned_data.items() if name != "once"}
    told["host"] = resolve(told["host"], by=by) if told["host"] else None
    return told
