"""Calendar files: what calendars read in them is the meeting."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from twinhall.meetings.calendars import calendar, event
from twinhall.meetings.models import Invitee, Meeting
from twinhall.parties.models import Party

Component = Any  # icalendar's own types say of each property all that any may be
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 12)
LONG = "Пролетно заседание на управителния съвет на побратимените градове от Балтийско море до Черно море"
lines = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=200)


def a_meeting(**told: Any) -> Meeting:
    """A meeting of ten to four in Riga, in no database."""
    usual = {
        "organiser": Party(name="Baltic Cities"),
        "title": "Spring meeting",
        "language": "en",
        "place": "Town hall, Valka",
        "starts_on": DAY,
        "starts_at": dt.time(10),
        "ends_on": told.get("starts_on", DAY),
        "ends_at": dt.time(16),
        "zone": "Europe/Riga",
        "changed_at": NOW,
    }
    return Meeting(**{**usual, **told})


def read(*meetings: Meeting, method: str = "PUBLISH", name: str = "", **told: Any) -> Component:
    """What a calendar reads in a file of these."""
    return Calendar.from_ical(
        calendar([event(one, now=NOW, **told) for one in meetings], method=method, name=name)
    )


def one(**told: Any) -> Component:
    (found,) = read(a_meeting(**told)).events
    return found


def test_an_event_says_what_the_meeting_is() -> None:
    meeting = a_meeting(about="Budget,\r\nplan; visits\\walks", sequence=3)
    (found,) = read(meeting, address="https://hall.example/en/meetings/x/").events
    assert {name: str(found[name]) for name in ("uid", "sequence", "summary", "location", "url")} == {
        "uid": f"{meeting.uid}@twinhall",
        "sequence": "3",
        "summary": "Spring meeting",
        "location": "Town hall, Valka",
        "url": "https://hall.example/en/meetings/x/",
    }
    assert str(found["description"]) == "Budget,\nplan; visits\\walks"
    assert found["summary"].params["LANGUAGE"] == "en"
    assert (found["dtstamp"].dt, found["last-modified"].dt) == (NOW, NOW)


def test_times_are_those_of_the_place() -> None:
    found = one()
    riga = ZoneInfo("Europe/Riga")
    assert found.start == dt.datetime(2026, 3, 12, 10, tzinfo=riga)
    assert found.end == dt.datetime(2026, 3, 12, 16, tzinfo=riga)
    assert found["dtstart"].params["TZID"] == "Europe/Riga"
    assert b"DTSTART;TZID=Europe/Riga:20260312T100000\r\n" in calendar([found])


def test_whole_days_have_dates_and_end_with_the_day_after() -> None:
    found = one(starts_at=None, ends_at=None, ends_on=dt.date(2026, 3, 31))
    assert (found["dtstart"].dt, found["dtend"].dt) == (DAY, dt.date(2026, 4, 1))
    assert found["dtstart"].params["VALUE"] == "DATE"
    assert str(found["transp"]) == "TRANSPARENT"
    assert read(a_meeting(starts_at=None, ends_at=None)).timezones == []


def test_a_meeting_may_last_over_midnight() -> None:
    found = one(starts_at=dt.time(22), ends_on=dt.date(2026, 3, 29), ends_at=dt.time(4))
    assert found.end.astimezone(dt.UTC) == dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC)


def test_every_zone_that_is_named_is_brought_along_once() -> None:
    zones = ["Europe/Riga", "Europe/Sofia", "Europe/Riga", "UTC"]
    found = read(*(a_meeting(zone=zone) for zone in zones))
    assert sorted(str(zone["tzid"]) for zone in found.timezones) == ["Europe/Riga", "Europe/Sofia"]
    assert b"DTSTART:20260312T100000Z" in calendar([event(a_meeting(zone="UTC"), now=NOW)])


@pytest.mark.parametrize(
    "zone", ["Europe/Riga", "Europe/Dublin", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia"]
)
@pytest.mark.parametrize("year", [1996, 2026, 2037, 2060])
def test_a_zone_holds_for_the_years_that_are_told_of(zone: str, year: int) -> None:
    """Calendars that know no zones read their rules in the file itself."""
    days = [dt.date(year, month, 15) for month in range(1, 13)]
    found = read(*(a_meeting(zone=zone, starts_on=day) for day in days))
    clocks = found.timezones[0].to_tz(lookup_tzid=False)
    for day in days:
        noon = dt.datetime.combine(day, dt.time(12))
        assert noon.replace(tzinfo=clocks).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset(), day


def test_a_file_is_not_heavier_than_its_events() -> None:
    assert len(calendar([event(a_meeting(), now=NOW)])) < 1200


def test_a_calendar_without_events_is_one() -> None:
    found = read(name="Meetings of Valga")
    assert (found.events, found.timezones, str(found["x-wr-calname"])) == ([], [], "Meetings of Valga")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, "TENTATIVE"),
        ({"called_at": NOW}, "CONFIRMED"),
        ({"cancelled_at": NOW, "cancelled_why": "Snow."}, "CANCELLED"),
        ({"called_at": NOW, "cancelled_at": NOW, "cancelled_why": "Snow."}, "CANCELLED"),
    ],
)
def test_what_has_become_of_it(told: dict[str, Any], status: str) -> None:
    assert str(one(**told)["status"]) == status


@pytest.mark.parametrize("method", ["PUBLISH", "REQUEST", "CANCEL"])
def test_a_file_says_what_it_is_for(method: str) -> None:
    assert str(read(a_meeting(), method=method)["method"]) == method


def test_an_invitation_names_who_invites_and_whom() -> None:
    """RFC 5546, 3.2.2: without organiser and attendee nobody is invited."""
    valga = Party(name='Valga linn; "Walk", a town: twin')
    invitees = [
        Invitee(email="info@valga.example", party=valga),
        Invitee(email="k@x.example", name="Kadri", party=valga),
    ]
    meeting = a_meeting(link="https://meet.example/a;b,c")
    (found,) = read(meeting, method="REQUEST", invitees=invitees, sender="hall@twinhall.example").events
    assert (str(found["organizer"]), found["organizer"].params["CN"]) == (
        "mailto:hall@twinhall.example",
        "Baltic Cities",
    )
    assert [(str(each), each.params["CN"], each.params["RSVP"]) for each in found["attendee"]] == [
        ("mailto:info@valga.example", valga.name, "FALSE"),
        ("mailto:k@x.example", "Kadri", "FALSE"),
    ]
    assert str(found["conference"]) == "https://meet.example/a;b,c"


def test_what_everybody_reads_names_nobody_and_lets_nobody_in() -> None:
    found = one(link="https://meet.example/a")
    assert not {"attendee", "organizer", "conference"} & {name.lower() for name in found}


@given(title=lines, place=lines, about=lines)
def test_texts_in_every_script_are_read_as_they_were_written(title: str, place: str, about: str) -> None:
    found = one(title=title, place=place, about=about)
    assert str(found["summary"]) == title
    assert str(found.get("location", "")) == place
    assert str(found.get("description", "")) == about


@given(title=lines | st.just(LONG))
def test_lines_are_folded_between_characters(title: str) -> None:
    """RFC 5545, 3.1: no line of more than 75 octets, and none that ends within a character."""
    written = calendar([event(a_meeting(title=title), now=NOW)])
    assert written.endswith(b"END:VCALENDAR\r\n")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in written.replace(b"\r\n", b"")


@pytest.mark.parametrize("year", [1900, 2100])
def test_a_past_or_far_meeting_is_read(year: int) -> None:
    assert one(starts_on=dt.date(year, 1, 1)).start.year == year
