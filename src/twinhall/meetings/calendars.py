"""Meetings as calendar files (RFC 5545), whose events change in people's calendars as the meetings do."""

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from twinhall.meetings.models import Invitee, Meeting, MeetingState

PRODUCT = "-//Twinhall//Meetings//EN"


def calendar(events: Iterable[Event], *, name: str = "", method: str = "PUBLISH") -> bytes:
    """A calendar file of events, with the time zones that they name.

    ``method`` is that of RFC 5546: PUBLISH for a feed, REQUEST for an invitation, CANCEL for its end.
    """
    told, shown = Calendar(), list(events)
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", method)
    if name:
        told.add("name", name)
        told.add("x-wr-calname", name)
    for one in shown:
        told.add_component(one)
    if shown:  # the zones' rules for the years that are told of: for all years they outweigh the events
        first, last = min(one.start.year for one in shown), max(one.end.year for one in shown)
        told.add_missing_timezones(dt.date(first - 1, 1, 1), dt.date(last + 2, 1, 1))
    return bytes(told.to_ical())


def event(
    meeting: Meeting,
    *,
    now: dt.datetime,
    address: str = "",
    invitees: Sequence[Invitee] = (),
    sender: str = "",
) -> Event:
    """A meeting as an event. Its UID stays, its SEQUENCE counts changes, so that calendars follow it.

    What lasts whole days has dates only, the end being the day after the last one (RFC 5545, 3.6.1).
    """
    told = Event()
    told.add("uid", f"{meeting.uid}@twinhall")
    told.add("sequence", meeting.sequence)
    told.add("dtstamp", now)
    told.add("last-modified", meeting.changed_at)
    told.add("summary", meeting.title, parameters={"LANGUAGE": meeting.language})
    zone = ZoneInfo(meeting.zone)
    if meeting.starts_at is None or meeting.ends_at is None:
        told.add("dtstart", meeting.starts_on)
        told.add("dtend", meeting.ends_on + dt.timedelta(days=1))
        told.add("transp", "TRANSPARENT")
    else:
        told.add("dtstart", dt.datetime.combine(meeting.starts_on, meeting.starts_at, tzinfo=zone))
        told.add("dtend", dt.datetime.combine(meeting.ends_on, meeting.ends_at, tzinfo=zone))
    if meeting.place:
        told.add("location", meeting.place)
    if meeting.link and invitees:  # for those who take part alone: RFC 7986, 5.11
        told.add("conference", meeting.link, parameters={"VALUE": "URI"})
    if meeting.about:
        told.add("description", meeting.about)
    if address:
        told.add("url", address)
    is_off = meeting.state_at(now) == MeetingState.CANCELLED
    told.add("status", "CANCELLED" if is_off else "CONFIRMED" if meeting.called_at else "TENTATIVE")
    if sender:
        organiser = vCalAddress(f"mailto:{sender}")
        organiser.params["CN"] = vText(meeting.organiser.name)
        told["organizer"] = organiser
    for invitee in invitees:
        attendee = vCalAddress(f"mailto:{invitee.email}")
        attendee.params["CN"] = vText(invitee.name or invitee.party.name)
        attendee.params["RSVP"] = vText("FALSE")  # towns answer at the desk, where they say who comes
        told.add("attendee", attendee, encode=False)
    return told
