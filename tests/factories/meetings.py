"""Meetings of a network, and what belongs to them."""

import datetime as dt
from typing import Any

from tests.factories.accounts import make_user
from tests.factories.networks import make_network
from twinhall.accounts.models import User
from twinhall.meetings.models import (
    Attendance,
    Commitment,
    Decision,
    Invitee,
    Item,
    Meeting,
    MeetingKind,
    Method,
)
from twinhall.parties.models import Party

DAY = dt.date(2026, 3, 12)


def make_meeting(*, organiser: Party | None = None, slug: str = "", **told: Any) -> Meeting:
    """A board meeting in Valka on a Thursday, from ten to four."""
    organiser = organiser or make_network().party
    defaults: dict[str, Any] = {
        "kind": MeetingKind.BOARD,
        "title": "Spring meeting of the board",
        "language": "en",
        "place": "Town hall, Valka",
        "starts_on": DAY,
        "starts_at": dt.time(10),
        "ends_on": DAY,
        "ends_at": dt.time(16),
        "zone": "Europe/Riga",
    }
    meeting = Meeting(
        organiser=organiser, slug=slug or f"meeting-{Meeting.objects.count() + 1}", **{**defaults, **told}
    )
    meeting.full_clean()
    meeting.save()
    return meeting


def make_item(meeting: Meeting, title: str = "Opening") -> Item:
    """An item at the end of the agenda."""
    return Item.objects.create(meeting=meeting, number=meeting.items.count() + 1, title=title)


def make_decision(item: Item, *, method: str = Method.ROLL, **told: Any) -> Decision:
    """Something that is put and not decided yet."""
    decision = Decision(
        meeting=item.meeting,
        item=item,
        number=item.meeting.decisions.count() + 1,
        text="The plan of work is agreed.",
        method=method,
        decided_on=item.meeting.starts_on,
        **told,
    )
    decision.full_clean()
    decision.save()
    return decision


def make_attendance(meeting: Meeting, party: Party, *, name: str = "Jānis Ozols", **told: Any) -> Attendance:
    """A person of a party at a meeting."""
    return Attendance.objects.create(meeting=meeting, party=party, name=name, **told)


def make_invitee(
    meeting: Meeting, party: Party, *, person: User | None = None, email: str = "", **told: Any
) -> Invitee:
    """An address that is called, in English."""
    person = person or (None if email else make_user())
    address = email or (person.email if person else "")
    return Invitee.objects.create(
        meeting=meeting, party=party, person=person, email=address, **{"language": "en", **told}
    )


def make_commitment(
    meeting: Meeting, party: Party, *, text: str = "Send the budget", **told: Any
) -> Commitment:
    """Something that a party took on."""
    return Commitment.objects.create(meeting=meeting, party=party, text=text, **told)
