"""The page of a meeting at the desk: what is planned, who comes, what was decided, what comes next."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from twinhall.core.languages import language_name
from twinhall.desk.forms.networks import body_name
from twinhall.desk.views import attendance, commitments, decisions, minutes, visitpage
from twinhall.desk.views.agendas import agenda_of
from twinhall.desk.views.meetings import TONES, OfMeeting
from twinhall.meetings import queries, words
from twinhall.meetings.actions.calling import on_the_list, untold
from twinhall.meetings.actions.planning import PARTS, has_closed
from twinhall.meetings.models import Meeting, MeetingState
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.names import Names

Deeds = list[tuple[str, str]]


class MeetingPage(OfMeeting):
    permission = "meetings.see_meeting"

    def find(self) -> Meeting:
        return get_object_or_404(queries.meeting_page(), slug=self.kwargs["slug"])

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        meeting, now = self.subject, timezone.now()
        state, may_keep = meeting.state_at(now), self.may("meetings.keep_meeting", meeting)
        names = Names([meeting.organiser, *([meeting.host] if meeting.host else [])])
        items, papers = agenda_of(meeting, with_signed=may_keep)
        invited = _invited(meeting) if may_keep else None
        deeds, grave = next_deeds(meeting, state, today(), invited) if invited else ([], [])
        context = {
            "record": meeting,
            "heading": meeting.title,
            "when": words.when(meeting),
            "body": body_name(meeting.body) if meeting.body else "",
            "state": state,
            "tone": TONES.get(state, "quiet"),
            "organiser": names.of(meeting.organiser),
            "host": names.of(meeting.host) if meeting.host else None,
            "facts": _facts(meeting),
            "may_keep": may_keep,
            "items": items,
            "papers": papers,
            "deeds": deeds,
            "grave_deeds": grave,
            "is_untold": may_keep and is_untold(meeting, state),
            "invited": invited,
            "shown": [_part(part) for part in PARTS if getattr(meeting, part)],
            "public_href": reverse("web:meeting", args=[meeting.slug]) if meeting.is_public else "",
        }
        return self.page("desk/meetings/detail.html", {**context, **self._parts(may_keep=may_keep)})

    def _parts(self, *, may_keep: bool) -> dict[str, object]:
        """What the parts of the page show that have pages of their own."""
        meeting, user = self.subject, self.request.user
        return {
            **attendance.rows_for_page(meeting, user, may_keep=may_keep),
            **decisions.rows_for_page(meeting, may_keep=may_keep),
            **minutes.rows_for_page(meeting, user, may_keep=may_keep),
            **commitments.rows_for_page(meeting, user, may_keep=may_keep),
            **visitpage.rows_for_page(meeting, may_plan=self.may("meetings.keep_programme", meeting)),
        }


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    """What the page lists besides days and place, where it is known."""
    spoken = say.capital(say.listed(language_name(code) for code in meeting.languages))
    until = words.day(meeting.registration_until) if meeting.registration_until else ""
    quorum = str(meeting.get_quorum_display()) if meeting.quorum != "none" else ""
    places = say.number(meeting.places) if meeting.places is not None else ""
    told = [
        (_("Languages spoken"), spoken),
        (_("Registration until"), until),
        (_("Places there are"), places),
        (_("Quorum"), quorum),
    ]
    return [(label, value) for label, value in told if value]


def _part(name: str) -> str:
    column = cast("models.Field[Any, Any]", Meeting._meta.get_field(name))
    return str(column.verbose_name)


def is_untold(meeting: Meeting, state: MeetingState) -> bool:
    """Whether calendars of some who were called show something else than the register."""
    return state == MeetingState.CALLED and bool(untold(meeting))


def _invited(meeting: Meeting) -> dict[str, int]:
    """How many addresses are on the list, how many of them were called, how many towns have answered."""
    listed = on_the_list(meeting)
    return {
        "addresses": len(listed),
        "called": sum(letter is not None for _invitee, letter in listed),
        "towns": len({invitee.party_id for invitee, _letter in listed}),
        "answered": len(meeting.registrations.all()),
    }


def next_deeds(
    meeting: Meeting, state: MeetingState, day: dt.date, invited: Mapping[str, int]
) -> tuple[Deeds, Deeds]:
    """What its organiser can do next with a meeting, and what would end it: words and addresses."""

    def to(name: str, label: str) -> tuple[str, str]:
        return label, reverse(f"desk:{name}", args=[meeting.slug])

    if state == MeetingState.CANCELLED:
        return [], []
    deeds = [to("meeting-change", _("Change"))]
    if state == MeetingState.OVER:
        return deeds, []
    if invited["called"] < invited["addresses"]:
        deeds.append(to("meeting-call", _("Send the call")))
    if meeting.called_at and not has_closed(meeting, day):
        deeds.append(to("meeting-remind", _("Remind those who have not answered")))
    if invited["called"]:
        deeds.append(to("meeting-tell", _("Tell those who were called")))
    return deeds, [to("meeting-cancel", _("Cancel the meeting"))]
