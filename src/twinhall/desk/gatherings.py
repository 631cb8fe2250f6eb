"""What the workroom says of meetings: those to come, calls to answer, minutes to check, what is overdue."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.desk.waiting import MOST
from twinhall.meetings import waiting, words
from twinhall.meetings.models import Invitee, Meeting
from twinhall.web.names import Names

NEXT = 5
"""So many meetings to come stand in the workroom; the list has all."""
Row = tuple[str, str, str]
"""What it is, more of it in small words, where it leads."""


def meetings_waiting(user: User, day: dt.date) -> dict[str, list[Row]]:
    """The rows of each sort; six queries for any number."""
    calls = list(waiting.unanswered(user, day)[:MOST])
    overdue = list(waiting.overdue(user, day)[:MOST])
    names = Names([*(call.party for call in calls), *(one.party for one in overdue)])
    return {
        "meetings": [
            (one.title, words.days(one.starts_on, one.ends_on), _page(one))
            for one in waiting.coming(user, day)[:NEXT]
        ],
        "calls": [
            (call.meeting.title, _by(call.meeting, names.text(call.party)), _answer(call)) for call in calls
        ],
        "minutes": [
            (
                check.minutes.meeting.title,
                words.day(check.minutes.meeting.starts_on),
                reverse("desk:minutes", args=[check.minutes.meeting.slug]),
            )
            for check in waiting.minutes_to_check(user)[:MOST]
        ],
        "commitments": [
            (one.text, f"{names.text(one.party)}, {_due(one.due)}", reverse("desk:commitment", args=[one.pk]))
            for one in overdue
        ],
    }


def _page(meeting: Meeting) -> str:
    return reverse("desk:meeting", args=[meeting.slug])


def _answer(call: Invitee) -> str:
    return reverse("desk:meeting-answer", args=[call.meeting.slug, call.party.slug])


def _by(meeting: Meeting, town: str) -> str:
    """Who is to answer, and until when."""
    until = words.day(meeting.registration_until or meeting.ends_on)
    return _("%(town)s, by %(day)s") % {"town": town, "day": until}


def _due(day: dt.date | None) -> str:
    return _("due on %(day)s") % {"day": words.day(day)} if day else ""
