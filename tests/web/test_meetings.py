"""Public meetings: shown is what the organiser publishes, part by part, and nothing else."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from tests.factories.accounts import make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.meetings import (
    make_attendance,
    make_commitment,
    make_decision,
    make_invitee,
    make_item,
    make_meeting,
)
from tests.factories.networks import make_network
from tests.factories.parties import make_network_party, make_party
from tests.web.conftest import Read
from tests.web.test_feeds import entries
from twinhall.meetings.actions.calling import call, call_off
from twinhall.meetings.actions.planning import add_paper, change_meeting, publish_meeting, unpublish_meeting
from twinhall.meetings.models import Meeting, Minutes, Outcome, Passage, Registration
from twinhall.parties.models import Party

__all__ = ["document_folder"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("document_folder")]

NEXT = timezone.localdate() + dt.timedelta(days=100)
PUBLIC = {
    "shows_agenda": "Agenda",
    "shows_towns": "Towns that take part",
    "shows_decisions": "Decisions",
    "shows_minutes": "Minutes",
}
PRIVATE = (
    *("Jānis", "Ozols", "Liis", "Lepp", "vegetarian", "@", "Send the budget", "Presented by nobody"),
    *("meet.example", "Signed list", "Draft of nobody"),
)
"""Words that are in the records of the meeting and must never be read by everybody."""


@pytest.fixture
def league() -> Party:
    return make_network(party=make_network_party(name="League of Arches")).party


def make_full(league: Party, **told: Any) -> Meeting:
    """A meeting with everything that a meeting can have, not published."""
    days: dict[str, Any] = {"starts_on": NEXT, "ends_on": NEXT, "slug": "spring", "organiser": league}
    meeting = make_meeting(**{**days, "link": "https://meet.example/1", **told})
    by, town = make_user(name="Liis Lepp"), make_party(name="Narva-Jõesuu")
    item = make_item(meeting, "A bridge of stone")
    item.presenter = "Presented by nobody"
    item.save()
    make_invitee(meeting, town, person=make_user(email="janis@ape.example"))
    make_attendance(meeting, town, name="Jānis Ozols", office="Mayor", diet="vegetarian")
    Registration.objects.create(meeting=meeting, party=town, is_coming=True, by=by)
    absent = make_party(name="Sillamäe")
    Registration.objects.create(meeting=meeting, party=absent, is_coming=False, by=by)
    decision = make_decision(item, method="secret", in_favour=3, against=1, abstained=0)
    decision.outcome = Outcome.CARRIED
    decision.save()
    make_decision(item).save()
    make_commitment(meeting, town)
    public = make_document(title="How we vote", published_at=timezone.now())
    for document in (public, make_document(title="Draft of nobody")):
        add_paper(meeting, document, item=item, by=by)
    signed = make_document(title="Signed list", published_at=timezone.now())
    add_paper(meeting, signed, is_attendance=True, by=by)
    approving = make_meeting(organiser=league, slug="autumn")
    Minutes.objects.create(
        meeting=meeting,
        keeper=by,
        approved_by=make_user(),
        approved_at=timezone.now(),
        approved_in=approving,
    )
    Passage.objects.create(item=item, revision=1, text="It was told at length.", by=by)
    return meeting


# The page ----------------------------------------------------------------------------------------------


def test_a_meeting_that_is_not_published_is_nowhere(client: Client, visit: Read, league: Party) -> None:
    make_full(league)
    for where in ("spring/", "spring.ics"):
        assert client.get(f"/en/meetings/{where}").status_code == 404
    assert visit("/en/meetings/").main.all("table") == []
    assert b"BEGIN:VEVENT" not in client.get("/en/meetings.ics").content
    assert entries(client, "/en/meetings.atom") == []
    assert b"meetings/spring" not in client.get("/sitemap-meetings.xml").content
    assert "Spring meeting" not in visit("/en/networks/league-of-arches/").main.text


@pytest.mark.parametrize("shown", [(), *((part,) for part in PUBLIC), tuple(PUBLIC)])
def test_each_part_is_shown_where_it_is_published_and_not_otherwise(
    client: Client, visit: Read, league: Party, shown: tuple[str, ...]
) -> None:
    meeting = make_full(league)
    publish_meeting(meeting, shown=dict.fromkeys(shown, True), by=make_user())
    page = visit("/en/meetings/spring/")
    parts = [h2.text for h2 in page.main.all("h2") if h2.text in PUBLIC.values()]
    assert parts == [words for part, words in PUBLIC.items() if part in shown]
    told = page.main.text
    assert ("Narva-Jõesuu" in told) == ("shows_towns" in shown)
    assert ("Carried: 3 for, 1 against, 0 abstaining" in told) == ("shows_decisions" in shown)
    assert ("It was told at length." in told) == ("shows_minutes" in shown)
    assert "A bridge of stone" in told or not {"shows_agenda", "shows_minutes"} & set(shown)
    assert "How we vote" in told  # a paper that was published is everybody's
    assert "Sillamäe" not in told
    feeds = ("meetings/spring/", "meetings.ics", "meetings.atom")
    whole = "".join(client.get(f"/en/{feed}").content.decode() for feed in feeds)
    for ours in ("@twinhall", '"@type"', '"@id"', '"@context"'):
        whole = whole.replace(ours, "")
    assert [word for word in PRIVATE if word in whole] == []


def test_what_is_unpublished_is_gone(client: Client, league: Party) -> None:
    meeting = make_full(league)
    publish_meeting(meeting, shown={}, by=make_user())
    assert client.get("/en/meetings/spring/").status_code == 200
    unpublish_meeting(meeting, by=make_user())
    assert client.get("/en/meetings/spring/").status_code == 404


def test_minutes_that_are_not_approved_are_not_shown(visit: Read, league: Party) -> None:
    meeting = make_full(league)
    Minutes.objects.update(approved_at=None, approved_by=None, approved_in=None)
    publish_meeting(meeting, shown={"shows_minutes": True}, by=make_user())
    assert "It was told at length." not in visit("/en/meetings/spring/").main.text


def test_a_cancelled_meeting_says_so_and_why(client: Client, visit: Read, league: Party) -> None:
    meeting = make_full(league)
    publish_meeting(meeting, shown={}, by=make_user())
    call_off(meeting, why="The hall has burnt down.", by=make_user())
    page = visit("/en/meetings/spring/")
    assert "This meeting was cancelled." in page.main.text
    assert "The hall has burnt down." in page.main.text
    assert "cancelled" in visit("/en/meetings/").main.one("table").text
    (entry,) = entries(client, "/en/meetings.atom")
    assert entry.title == "Cancelled: Spring meeting of the board"


def test_machines_are_told_of_an_event(visit: Read, league: Party) -> None:
    meeting = make_full(league)
    publish_meeting(meeting, shown={}, by=make_user())
    script = visit("/et/meetings/spring/").one("head").one("script", type="application/ld+json")
    said = json.loads(script.own_words)
    assert said["@type"] == "Event"
    begins = dt.datetime.combine(NEXT, dt.time(10), tzinfo=ZoneInfo("Europe/Riga"))
    assert said["startDate"] == begins.isoformat()
    assert said["eventStatus"] == "https://schema.org/EventScheduled"
    assert said["organizer"]["name"] == "League of Arches"
    assert said["location"] == {"@type": "Place", "name": "Town hall, Valka"}


# The list ----------------------------------------------------------------------------------------------


def published(**told: Any) -> Meeting:
    days: dict[str, Any] = {"starts_on": NEXT, "ends_on": NEXT}
    meeting = make_meeting(**{**days, **told})
    publish_meeting(meeting, shown={}, by=make_user())
    return meeting


def test_the_list_has_what_is_to_come_and_what_is_over(visit: Read, league: Party) -> None:
    far, near = NEXT + dt.timedelta(days=30), NEXT + dt.timedelta(days=3)
    published(title="Far", starts_on=far, ends_on=far, organiser=league)
    published(title="Near", starts_on=near, ends_on=near, kind="seminar")
    published(title="Over", starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 1), host=league)

    def titles(asked: str = "") -> list[str]:
        tables = visit(f"/en/meetings/{asked}").main.all("table")
        return [th.one("a").text for table in tables for th in table.all("th", scope="row")]

    assert titles() == ["Near", "Far"]
    assert titles("?when=past") == ["Over"]
    assert titles("?kind=seminar") == ["Near"]
    assert titles(f"?party={league.slug}") == ["Far"]
    assert titles(f"?party={league.slug}&when=past") == ["Over"]
    visit("/en/meetings/?party=nobody", answers=400)
    visit("/en/meetings/?kind=picnic", answers=400)


def test_a_meeting_is_over_on_the_day_after_it_on_its_page_as_in_the_list(visit: Read, league: Party) -> None:
    today = timezone.localdate()
    for days, when in ((0, ""), (1, "?when=past")):
        last = today - dt.timedelta(days=days)
        published(slug=f"d{days}", title="Held", starts_on=last, ends_on=last, organiser=league)
        assert ("over" in [span.text for span in visit(f"/en/meetings/d{days}/").main.all("span")]) == bool(
            days
        )
        assert f"/meetings/d{days}/" in "".join(
            a.attributes["href"] for a in visit(f"/en/meetings/{when}").main.all("a")
        )


def test_the_page_of_a_party_leads_to_its_meetings(visit: Read, league: Party) -> None:
    town = make_party(name="Narva-Jõesuu")
    published(title="In our hall", host=town, organiser=league)
    for where, party in (("networks/league-of-arches", league), ("parties/narva-joesuu", town)):
        section = visit(f"/en/{where}/").main.one("section", aria_labelledby="meetings")
        links = [a.attributes["href"] for a in section.all("a")]
        assert links[0].startswith("/en/meetings/meeting-")
        assert links[1:] == [f"/en/meetings/?party={party.slug}", f"/en/meetings.ics?party={party.slug}"]


def test_who_takes_part_is_found_only_where_it_is_shown(visit: Read, league: Party) -> None:
    meeting = make_full(league)
    publish_meeting(meeting, shown={}, by=make_user())
    assert visit("/en/parties/narva-joesuu/").main.all("section", aria_labelledby="meetings") == []
    publish_meeting(meeting, shown={"shows_towns": True}, by=make_user())
    assert len(visit("/en/parties/narva-joesuu/").main.all("section", aria_labelledby="meetings")) == 1


# Calendars ---------------------------------------------------------------------------------------------


@pytest.fixture
def read(client: Client) -> Callable[[str], Calendar]:
    """Reads a feed with a calendar library."""

    def opened(where: str) -> Calendar:
        answer = client.get(where)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))  # RFC 5545, 3.1
        told = Calendar.from_ical(answer.content)
        assert isinstance(told, Calendar)
        return told

    return opened


def test_a_calendar_that_is_subscribed_to_follows_a_meeting_to_its_end(
    read: Callable[[str], Calendar], league: Party
) -> None:
    by, town = make_user(), make_party(name="Ape")
    meeting = published(
        organiser=league, slug="spring", title="Пролетно заседание на управителния съвет в Стара Загора"
    )
    make_invitee(meeting, town)
    seen: list[Event] = []

    def look() -> Event:
        feed = read(f"/en/meetings.ics?party={league.slug}")
        assert (str(feed["version"]), str(feed["method"])) == ("2.0", "PUBLISH")
        assert [str(zone["tzid"]) for zone in feed.timezones] == ["Europe/Riga"]
        (event,) = feed.events
        seen.append(event)
        return event

    look()
    call(meeting, by=by)
    assert str(look()["status"]) == "CONFIRMED"
    change_meeting(meeting, starts_at=dt.time(11), by=by)
    moved = look()
    assert moved.start == dt.datetime.combine(NEXT, dt.time(11), tzinfo=ZoneInfo("Europe/Riga"))
    call_off(meeting, why="The hall has burnt down.", by=by)
    assert str(look()["status"]) == "CANCELLED"
    assert {str(event["uid"]) for event in seen} == {f"{meeting.uid}@twinhall"}
    assert [event.sequence for event in seen] == [0, 0, 1, 2]
    assert {str(event["summary"]) for event in seen} == {meeting.title}
    assert all("attendee" not in event and "organizer" not in event for event in seen)
    assert str(moved["url"]) == "http://testserver/en/meetings/spring/"


def test_whole_days_are_days_and_end_the_day_after(read: Callable[[str], Calendar]) -> None:
    last = NEXT + dt.timedelta(days=2)
    published(slug="fair", starts_at=None, ends_at=None, ends_on=last)
    feed = read("/en/meetings/fair.ics")
    (event,) = feed.events
    assert (NEXT, last + dt.timedelta(days=1)) == (event.DTSTART, event.DTEND)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert feed.timezones == []


def test_a_feed_has_the_meetings_of_one_party_or_of_all(
    read: Callable[[str], Calendar], league: Party
) -> None:
    published(organiser=league, title="Ours")
    published(title="Theirs", kind="seminar")
    make_meeting(organiser=league, title="Not published")

    def titles(asked: str) -> list[str]:
        return sorted(str(event["summary"]) for event in read(f"/en/meetings.ics{asked}").events)

    assert titles("") == ["Ours", "Theirs"]
    assert titles(f"?party={league.slug}") == ["Ours"]
    assert titles("?kind=seminar") == ["Theirs"]


def test_a_calendar_that_has_the_feed_already_is_told_so(client: Client, league: Party) -> None:
    meeting = published(organiser=league)
    etag = client.get("/en/meetings.ics").headers["ETag"]
    assert client.get("/en/meetings.ics", headers={"if-none-match": etag}).status_code == 304
    change_meeting(meeting, place="Town hall, Valga", by=make_user())
    assert client.get("/en/meetings.ics", headers={"if-none-match": etag}).status_code == 200


def test_what_is_new_is_told_once_and_stays_one_entry(client: Client, league: Party) -> None:
    meeting = published(organiser=league)
    (before,) = entries(client, "/en/meetings.atom")
    change_meeting(meeting, title="Spring meeting, moved", by=make_user())
    (after,) = entries(client, f"/en/meetings.atom?party={league.slug}")
    assert (before.id, before.link) == (after.id, after.link)
    assert (after.title, after.updated > before.updated) == ("Spring meeting, moved", True)
