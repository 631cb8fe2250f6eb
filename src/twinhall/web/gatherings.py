"""Public meetings in lists: on their own page, on a network's, on a town's."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.core.languages import Text
from twinhall.meetings import words
from twinhall.meetings.models import Meeting, MeetingKind
from twinhall.meetings.queries import concerning, public_meetings
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.addresses import address

FEW = 3
"""So many meetings stand on the page of a party; its list has all."""


@dataclass(frozen=True)
class Line:
    """A meeting in a list."""

    title: Text
    href: str
    kind: str
    when: str
    place: str
    is_cancelled: bool
    organiser: Party


def lines(meetings: Iterable[Meeting]) -> list[Line]:
    """Meetings as lists show them."""
    return [
        Line(
            title=meeting.words,
            href=address("web:meeting", meeting.slug),
            kind=say.label(MeetingKind(meeting.kind)),
            when=words.days(meeting.starts_on, meeting.ends_on),
            place=meeting.place,
            is_cancelled=meeting.cancelled_at is not None,
            organiser=meeting.organiser,
        )
        for meeting in meetings
    ]


def meetings_of(party: Party, day: dt.date) -> dict[str, object]:
    """What the page of a party shows of its meetings: the latest few, and where all are. One query."""
    found = list(public_meetings().filter(concerning(party)).order_by("-starts_on", "-pk")[: FEW + 1])
    asked = {"party": party.slug}
    is_over = bool(found) and all(meeting.ends_on < day for meeting in found)
    href = reverse("web:meetings", query={**asked, "when": "past"} if is_over else asked)
    return {
        "meetings": lines(found[:FEW]),
        "meetings_href": href,
        "meetings_calendar": reverse("web:meetings-calendar", query=asked),
    }


def feed_links(asked: dict[str, str], name: str) -> dict[str, object]:
    """The feeds of a list of meetings: for calendars, and for readers of what is new."""
    title = _("Meetings of %(name)s") % {"name": name} if name else _("Meetings")
    return {
        "calendar_href": reverse("web:meetings-calendar", query=asked or None),
        "atom_href": (atom := reverse("web:meetings-atom", query=asked or None)),
        "feeds": [(title, atom)],
    }
