"""A year of meetings for the demo, made up: the secretariat of the City Twins Association at work.

The towns and their memberships are those of the facts that ship. The meetings, and the people who come, are
invented, and say so.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log, open_account
from twinhall.accounts.models import User
from twinhall.meetings.actions.attending import Delegate, answer, note_attendance
from twinhall.meetings.actions.calling import Address, call, invite
from twinhall.meetings.actions.deciding import cast, put, take
from twinhall.meetings.actions.following import close_commitment, commit
from twinhall.meetings.actions.minuting import (
    approve_minutes,
    begin_minutes,
    digest,
    elect_checkers,
    sign_off,
    write,
)
from twinhall.meetings.actions.planning import add_item, plan_meeting, publish_meeting
from twinhall.meetings.models import (
    Attendance,
    AttendanceRole,
    Choice,
    Item,
    Meeting,
    MeetingKind,
    Method,
    ProgrammeLine,
    QuorumRule,
)
from twinhall.parties.actions import affiliate
from twinhall.parties.models import Party, Role

INVENTED = "Invented for the demonstration: there is no such meeting."
DELEGATES = (
    ("valga", "Mari Saar (invented)", "Head of development"),
    ("valka", "Jānis Bērziņš (invented)", "Deputy mayor"),
    ("narva", "Oleg Ivanov (invented)", "International office"),
    ("tornio", "Päivi Lahtinen (invented)", "Mayor’s office"),
    ("haparanda", "Erik Lund (invented)", "International office"),
    ("imatra", "Tuomas Virtanen (invented)", "Head of planning"),
    ("gorlitz", "Anna Richter (invented)", "Office of the lord mayor"),
    ("frankfurt-oder", "Jens Krüger (invented)", "Cooperation centre"),
)
"""Town, person and office: everybody who comes to the meetings of the demo."""


@transaction.atomic
def make_demo_year(*, secretary: User, today: dt.date) -> list[Meeting]:
    """Plan and hold the meetings of a year around ``today``, by the demo's secretary; and a visit.

    Nothing is made where the association has meetings already. The parties must be there: raises
    Party.DoesNotExist.
    """
    association = Party.objects.get(slug="city-twins-association")
    if Meeting.objects.filter(organiser=association).exists():
        return []
    people = [_person(*told, by=secretary) for told in DELEGATES]
    spring = _held(association, "Board meeting in spring", today - dt.timedelta(days=200), by=secretary)
    _spring(spring, people, by=secretary)
    autumn = _held(association, "Board meeting in autumn", today - dt.timedelta(days=45), by=secretary)
    _autumn(autumn, spring, people, by=secretary)
    return [spring, autumn, _next(association, people, today, by=secretary), _visit(today, by=people[0][1])]


def _person(slug: str, name: str, office: str, *, by: User) -> tuple[Party, User, str]:
    """A town, somebody who acts for it but has no password, and their office."""
    town = Party.objects.get(slug=slug)
    email = f"officer@{slug}.example"
    person = User.objects.filter(email=email).first() or open_account(email=email, name=name)
    if not person.affiliations.filter(party=town, ended_at__isnull=True).exists():
        affiliate(person, town, role=Role.OFFICER, by=by)
    return town, person, office


def _held(association: Party, title: str, day: dt.date, *, by: User) -> Meeting:
    """A board meeting that is over, with its agenda."""
    meeting = plan_meeting(
        organiser=association,
        by=by,
        kind=MeetingKind.BOARD,
        title=title,
        language="en",
        place="Online",
        starts_on=day,
        starts_at=dt.time(10),
        ends_on=day,
        ends_at=dt.time(13),
        zone="Europe/Tallinn",
        languages=["en"],
        about=INVENTED,
        quorum=QuorumRule.HALF,
    )
    for item in (
        "Opening, quorum, checkers of the minutes",
        "Members",
        "Plan of work",
        "Any other business",
    ):
        add_item(meeting, title=item, by=by)
    return meeting


def _come(meeting: Meeting, people: Sequence[tuple[Party, User, str]], *, by: User) -> None:
    """All these towns register one person each, who casts its vote, and come."""
    for town, person, office in people:
        who = Delegate(name=person.name, office=office, has_vote=True)
        answer(meeting, town, is_coming=True, delegates=[who], by=by, today=meeting.starts_on, late=True)
    everybody = meeting.attendances.values_list("pk", flat=True)
    note_attendance(meeting, shown=everybody, came=everybody, by=by)


def _write(meeting: Meeting, texts: Sequence[str], *, by: User) -> None:
    for item, text in zip(Item.objects.filter(meeting=meeting).order_by("number"), texts, strict=True):
        write(item, text=text, read=0, by=by)


def _spring(meeting: Meeting, people: Sequence[tuple[Party, User, str]], *, by: User) -> None:
    """Held, decided, written; what was taken on there is done, or overdue."""
    _come(meeting, people[:6], by=by)
    plan = meeting.items.get(number=3)
    decision = put(plan, text="The plan of work for the year is agreed.", method=Method.ROLL, by=by)
    cast(decision, votes={town: Choice.FOR for town, _person_, _office in people[:6]}, by=by)
    take(decision, by=by)
    done = commit(
        meeting,
        party=people[0][0],
        text="Collect good practices of schools on both sides of the border.",
        item=plan,
        name=people[0][1].name,
        email=people[0][1].email,
        language="et",
        due=meeting.starts_on + dt.timedelta(days=90),
        by=by,
    )
    close_commitment(
        done, on=meeting.starts_on + dt.timedelta(days=80), outcome="Twelve were collected.", by=by
    )
    commit(
        meeting,
        party=people[3][0],
        text="Send the figures of commuters across the border.",
        item=plan,
        name=people[3][1].name,
        email=people[3][1].email,
        language="en",
        due=meeting.starts_on + dt.timedelta(days=140),
        by=by,
    )
    minutes = begin_minutes(meeting, by=by)
    _write(
        meeting,
        (
            "The chair opened the meeting. Six members with a vote were present.",
            "The secretary told of towns that are interested in membership.",
            "The plan of work was discussed town by town and agreed.",
            "There was none.",
        ),
        by=by,
    )
    checkers = (people[1][1], people[2][1])
    elect_checkers(minutes, people=checkers, by=by)
    for checker in checkers:
        sign_off(minutes, seen=digest(minutes), by=checker)


def _autumn(
    meeting: Meeting, spring: Meeting, people: Sequence[tuple[Party, User, str]], *, by: User
) -> None:
    """Held; approved what was written in spring; its own minutes wait for the checkers."""
    _come(meeting, people[:5], by=by)
    approve_minutes(spring.minutes, at=meeting, by=people[0][1])
    commit(
        meeting,
        party=people[4][0],
        text="Invite the board to the next meeting and book a room with interpretation.",
        item=meeting.items.get(number=3),
        name=people[4][1].name,
        email=people[4][1].email,
        language="en",
        due=meeting.starts_on + dt.timedelta(days=60),
        by=by,
    )
    minutes = begin_minutes(meeting, by=by)
    _write(
        meeting,
        (
            "The chair opened the meeting. Five members with a vote were present.",
            "Zgorzelec has asked how it can become a member. The secretary will ask it to apply.",
            "The secretary reported on the year so far.",
            "The next meeting is in winter.",
        ),
        by=by,
    )
    elect_checkers(minutes, people=(people[1][1], people[3][1]), by=by)
    log(gettext_noop("example year made"), str(meeting.organiser), by=by, record=meeting)


def _next(
    association: Party, people: Sequence[tuple[Party, User, str]], today: dt.date, *, by: User
) -> Meeting:
    """Called for a day to come; some towns have answered.

    Which applications are on the table then is left open: whoever tries the demo may have admitted a town
    at a meeting of their own.
    """
    day = today + dt.timedelta(days=21)
    meeting = plan_meeting(
        organiser=association,
        by=by,
        kind=MeetingKind.BOARD,
        title="Board meeting in winter",
        language="en",
        place="Town hall, Haparanda",
        host=Party.objects.get(slug="haparanda"),
        starts_on=day,
        starts_at=dt.time(9, 30),
        ends_on=day,
        ends_at=dt.time(15),
        zone="Europe/Stockholm",
        languages=["en", "sv", "fi"],
        about=INVENTED,
        quorum=QuorumRule.HALF,
        registration_until=today + dt.timedelta(days=14),
    )
    for title in (
        "Opening and quorum",
        "Minutes of the meeting in autumn",
        "Applications for membership",
        "Plan of work for the coming year",
    ):
        add_item(meeting, title=title, by=by)
    plan = meeting.items.get(number=4)
    put(plan, text="The plan of work for the coming year is agreed.", method=Method.ROLL, by=by)
    invite(
        meeting,
        addresses=[Address(town, person.email, person.name, person, "en") for town, person, _ in people],
        by=by,
    )
    call(meeting, by=by)
    for town, person, office in people[:3]:
        who = Delegate(name=person.name, office=office, has_vote=True)
        answer(meeting, town, is_coming=True, delegates=[who], by=person, today=today)
    publish_meeting(meeting, shown={"shows_agenda": True, "shows_towns": True}, by=by)
    return meeting


def _visit(today: dt.date, *, by: User) -> Meeting:
    """Valka comes to Valga for two days: programme, delegation, an interpreter."""
    valga, valka = Party.objects.get(slug="valga"), Party.objects.get(slug="valka")
    day = today + dt.timedelta(days=10)
    visit = plan_meeting(
        organiser=valga,
        by=by,
        kind=MeetingKind.VISIT,
        title="Visit of the council of Valka",
        language="en",
        place="Valga",
        starts_on=day,
        ends_on=day + dt.timedelta(days=1),
        zone="Europe/Tallinn",
        languages=["et", "lv"],
        about=INVENTED,
    )
    lines = (
        (day, dt.time(10), dt.time(11), "Welcome at the town hall"),
        (day, dt.time(11, 15), dt.time(13), "The two councils meet"),
        (day, dt.time(14), dt.time(16), "Walk across the border square"),
        (day + dt.timedelta(days=1), dt.time(9), dt.time(12), "Schools on both sides"),
    )
    for when, starts, ends, title in lines:
        ProgrammeLine.objects.create(meeting=visit, day=when, starts_at=starts, ends_at=ends, title=title)
    delegation = [
        Delegate(name="Jānis Bērziņš (invented)", office="Deputy mayor"),
        Delegate(name="Līga Ozola (invented)", office="Head of schools"),
    ]
    answer(visit, valka, is_coming=True, delegates=delegation, by=by, today=today, late=True)
    Attendance.objects.create(
        meeting=visit,
        party=valga,
        name="Kaie Tamm (invented)",
        role=AttendanceRole.INTERPRETER,
        languages=["et", "lv"],
    )
    return visit
