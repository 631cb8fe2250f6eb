"""Meetings at the desk: found in the list, planned, changed, published."""

import csv
import datetime as dt

import pytest
from django.utils import timezone

from tests.desk.conftest import Desk, address, pills, said, waiting, wrongs
from tests.desk.league import join, league, mare, meeting
from tests.factories.accounts import make_administrator
from tests.factories.meetings import make_commitment, make_invitee, make_meeting
from tests.factories.networks import make_body, make_network
from tests.factories.parties import make_officer, make_party
from tests.web.reading import Page
from twinhall.finder.actions import index_all
from twinhall.meetings.actions.attending import answer
from twinhall.meetings.actions.calling import call
from twinhall.meetings.models import Checker, Meeting, Minutes
from twinhall.networks.models import Network
from twinhall.parties.models import Party

__all__ = ["league", "mare", "meeting"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


def planned(person: Desk, **typed: str) -> Meeting:
    """Plan a meeting in a form; give what came of it."""
    before = set(Meeting.objects.values_list("pk", flat=True))
    defaults = {
        "kind": "board",
        "title": "Autumn board",
        "language": "en",
        "starts_on": "2027-10-01",
        "starts_at": "10:00",
        "ends_at": "16:00",
        "zone": "Europe/Riga",
        "quorum": "half",
    }
    person.send(address("meeting-add"), **{**defaults, **typed})
    return Meeting.objects.exclude(pk__in=before).get()


def rows(shown: Page) -> list[str]:
    return [th.all("a")[0].text for th in shown.main.all("th", scope="row")]


# The list ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("meeting")
def test_the_list_has_the_meetings_that_a_person_sees(mare: Desk, kadri: Desk) -> None:
    make_meeting(title="Of others")
    assert rows(mare.open(address("meetings"))) == ["Spring meeting of the board"]
    assert kadri.open(address("meetings")).main.all("table") == []
    assert len(rows(Desk(make_administrator()).open(address("meetings")))) == 2


@pytest.mark.usefixtures("meeting")
def test_the_list_is_searched_narrowed_and_sorted(mare: Desk, league: Network) -> None:
    make_meeting(organiser=league.party, kind="seminar", title="Bridges", place="Cieszyn")
    index_all()
    for asked, found in {
        "": ["Spring meeting of the board", "Bridges"],
        "?q=bridg": ["Bridges"],
        "?q=cieszyn": ["Bridges"],
        "?q=arches": ["Spring meeting of the board", "Bridges"],
        "?kind=seminar": ["Bridges"],
        "?when=coming": ["Spring meeting of the board"],
        "?when=past": ["Bridges"],
        "?sort=title": ["Bridges", "Spring meeting of the board"],
        "?sort=date": ["Bridges", "Spring meeting of the board"],
        "?mine=on": ["Spring meeting of the board", "Bridges"],
    }.items():
        assert rows(mare.open(address("meetings") + asked)) == found, asked


@pytest.mark.usefixtures("meeting")
def test_the_list_is_a_file_too(mare: Desk) -> None:
    answered = mare.client.get(address("meetings-file", "csv"))
    head, line = csv.reader(answered.getvalue().decode("utf-8-sig").splitlines())
    assert dict(zip(head, line, strict=True)) == {
        "Title": "Spring meeting of the board",
        "When": "Friday, 12 March 2027",
        "Place": "Town hall, Valka",
        "Organiser": "League of Arches",
        "Standing": "planned",
        "Towns that come": "",
        "Last day": "2027-03-12",
        "Address": "spring",
    }
    assert mare.client.get(address("meetings-file", "xlsx")).status_code == 200


def test_what_the_room_of_meetings_lists_leads_from_one_to_the_other(mare: Desk) -> None:
    for here in ("meetings", "decisions", "commitments"):
        links = mare.open(address(here)).main.one("nav", aria_label="Lists").all("a")
        assert [a.attributes["href"] for a in links] == [
            address(name) for name in ("meetings", "decisions", "commitments")
        ]
        assert [a.attributes["href"] for a in links if "aria-current" in a.attributes] == [address(here)]
    assert mare.open(address("parties")).main.all("nav", aria_label="Lists") == []


# Planning ----------------------------------------------------------------------------------------------


def test_a_secretary_plans_a_meeting_of_a_body(mare: Desk, league: Network) -> None:
    board = make_body(network=league, kind="board", slug="board")
    make_body(network=make_network(), kind="board", slug="other")
    shown = mare.open(address("meeting-add"))
    offered = [option.text for option in shown.main.one("select", id="id_body").all("option")]
    assert offered == ["none: all members", "League of Arches: board"]
    made = planned(mare, organiser=str(league.party.pk), body=str(board.pk))
    assert (made.organiser, made.body) == (league.party, board)
    assert made.slug == "league-of-arches-board-2027-10-01"
    assert (made.starts_on, made.ends_on, made.starts_at) == (dt.date(2027, 10, 1),) * 2 + (dt.time(10),)


def test_a_body_that_has_ended_is_offered_to_its_own_meetings_alone(mare: Desk, league: Network) -> None:
    board = make_body(network=league, kind="board", slug="board")
    make_body(network=league, kind="audit", slug="audit")
    held = make_meeting(organiser=league.party, body=board, slug="held")
    type(board).objects.filter(pk=board.pk).update(until="2026-11")

    def offered(where: str) -> list[str]:
        return [
            option.attributes["value"]
            for option in mare.open(where).main.one("select", id="id_body").all("option")
        ]

    assert str(board.pk) not in offered(address("meeting-add"))
    assert str(board.pk) in offered(address("meeting-change", held.slug))
    mare.send(address("meeting-change", held.slug), place="Library, Valka")
    typed = {"starts_on": "2026-12-10", "ends_on": "2026-12-10"}
    shown = mare.refused(address("meeting-change", held.slug), **typed)
    assert wrongs(shown) == ["Body of the network: This body has ended by then."]


def test_a_municipality_plans_a_visit_without_bodies_to_choose(kadri: Desk, valga: Party) -> None:
    assert kadri.open(address("meeting-add")).main.all("select", id="id_body") == []
    visit = planned(kadri, organiser=str(valga.pk), kind="visit", starts_at="", ends_at="", quorum="none")
    assert (visit.is_visit, visit.is_whole_days, visit.body) == (True, True, None)


def zones_offered(person: Desk) -> tuple[list[str], list[str]]:
    """The zones that come first, and which is chosen beforehand."""
    zone = person.open(address("meeting-add")).main.one("select", id="id_zone")
    near = [option for option in zone.all("option") if option not in zone.one("optgroup").all("option")]
    chosen = [option for option in near if "selected" in option.attributes]
    values = [[option.attributes["value"] for option in some] for some in (near, chosen)]
    return values[0], values[1]


def test_zones_of_the_own_country_come_first(
    kadri: Desk, mare: Desk, league: Network, valga: Party, valka: Party
) -> None:
    assert zones_offered(kadri) == (["", "Europe/Tallinn"], ["Europe/Tallinn"])
    for town in (valga, valka):
        join(league, town)
    assert zones_offered(mare) == (["", "Europe/Tallinn", "Europe/Riga"], [""])


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (
            {"ends_on": "2027-09-30"},
            "Last day: The last day lies before the first. Choose the first day or a later one.",
        ),
        (
            {"ends_at": "10:00"},
            "Ends at: It would be over before it begins. Choose a later time, or a later last day.",
        ),
        ({"ends_at": ""}, "Ends at: Give both times, or none for whole days."),
        (
            {"registration_until": "2027-10-02"},
            "Registration until: Registration closes before the meeting is over.",
        ),
        (
            {"starts_on": "2027-03-28", "starts_at": "03:30", "ends_at": "05:00"},
            (
                "Begins at: On 2027-03-28 the clocks of Europe/Riga are put forward: "
                "03:30 does not exist there. Choose another time."
            ),
        ),
        ({"title": ""}, "Title: This field is required."),
    ],
)
def test_what_cannot_be_planned_is_refused_beside_its_field(
    kadri: Desk, valga: Party, typed: dict[str, str], wrong: str
) -> None:
    honest = {
        "organiser": str(valga.pk),
        "kind": "visit",
        "title": "Visit",
        "language": "et",
        "starts_on": "2027-10-01",
        "starts_at": "10:00",
        "ends_at": "16:00",
        "zone": "Europe/Riga",
    }
    shown = kadri.refused(address("meeting-add"), **{**honest, **typed})
    assert wrongs(shown) == [wrong]
    assert shown.one("title").text == "Error: Plan a meeting – Twinhall"
    assert "autofocus" in shown.main.one("div", class_="wrongs").attributes  # read out, and scrolled to
    assert not Meeting.objects.exists()


def test_nobody_plans_for_a_party_of_others(kadri: Desk, valka: Party) -> None:
    kadri.refused(
        address("meeting-add"), organiser=str(valka.pk), title="Visit", language="lv", starts_on="2027-10-01"
    )
    assert not Meeting.objects.exists()


# Changing ----------------------------------------------------------------------------------------------


def test_a_change_that_calendars_show_leads_to_telling_those_who_were_called(
    mare: Desk, meeting: Meeting, valga: Party
) -> None:
    make_invitee(meeting, valga)
    call(meeting, by=mare.user)
    shown = mare.send(address("meeting-change", "spring"), about="Money and bridges.", places="40")
    assert shown.main.one("h1").text == "Tell those who were called"
    assert said(shown) == ["Saved. Those who were called do not know it yet."]
    page = mare.open(address("meeting", "spring"))
    assert "Calendars show something else." in page.main.text
    mare.send(address("meeting-tell", "spring"))
    assert "Calendars show something else." not in mare.open(address("meeting", "spring")).main.text


def test_a_change_that_no_calendar_shows_needs_no_letter(mare: Desk, meeting: Meeting, valga: Party) -> None:
    make_invitee(meeting, valga)
    call(meeting, by=mare.user)
    shown = mare.send(address("meeting-change", "spring"), places="40")
    assert (shown.main.one("h1").text, said(shown)) == (meeting.title, ["Saved."])
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.places) == (0, 40)


@pytest.mark.usefixtures("meeting")
def test_a_cancelled_meeting_is_not_changed(mare: Desk) -> None:
    mare.send(address("meeting-cancel", "spring"), why="The hall has burnt down.")
    shown = mare.refused(address("meeting-change", "spring"), title="Another")
    assert wrongs(shown) == ["A cancelled meeting is not changed. Plan a new one."]
    page = mare.open(address("meeting", "spring"))
    assert (pills(page)[0], "The hall has burnt down." in page.main.text) == ("cancelled", True)


# The page ----------------------------------------------------------------------------------------------


def test_who_is_invited_sees_the_page_from_the_call_on_without_the_addresses(
    mare: Desk, kadri: Desk, meeting: Meeting, valga: Party, valka: Party
) -> None:
    make_invitee(meeting, valga, person=kadri.user)
    make_invitee(meeting, valka, email="office@valka.example")
    kadri.open(address("meeting", "spring"), 403)
    call(meeting, by=mare.user)
    shown = kadri.open(address("meeting", "spring"))
    assert "office@valka.example" not in shown.main.text
    assert [h2.text for h2 in shown.main.all("h2")][:2] == ["When and where", "Agenda"]
    assert "Who is invited" not in [h2.text for h2 in shown.main.all("h2")]
    assert "Cancel the meeting" not in shown.main.text


def test_what_everybody_sees_is_chosen_part_by_part(mare: Desk, meeting: Meeting) -> None:
    mare.send(address("meeting-publish", "spring"), shows_agenda="on", shows_minutes="on")
    meeting.refresh_from_db()
    parts = (meeting.shows_agenda, meeting.shows_towns, meeting.shows_decisions, meeting.shows_minutes)
    assert (meeting.is_public, parts) == (True, (True, False, False, True))
    assert mare.client.get("/en/meetings/spring/").status_code == 200
    mare.send(address("meeting-unpublish", "spring"))
    meeting.refresh_from_db()
    assert not meeting.is_public
    assert mare.client.get("/en/meetings/spring/").status_code == 404


# The workroom ------------------------------------------------------------------------------------------


def test_the_workroom_says_what_waits(mare: Desk, kadri: Desk, meeting: Meeting, valga: Party) -> None:
    make_invitee(meeting, valga, person=kadri.user)
    make_invitee(meeting, valga, email="office@valga.example")
    assert waiting(kadri, "calls") == []
    call(meeting, by=mare.user)
    past = make_meeting(organiser=meeting.organiser)
    make_commitment(past, valga, due=dt.date(2026, 11, 1))
    minutes = Minutes.objects.create(meeting=past, keeper=mare.user)
    Checker.objects.create(minutes=minutes, place=1, person=kadri.user)
    assert len(waiting(kadri, "meetings")) == 1
    assert len(waiting(kadri, "calls")) == 1
    assert len(waiting(kadri, "minutes")) == 1
    assert len(waiting(kadri, "commitments")) == 1
    answer(meeting, valga, is_coming=False, by=kadri.user, today=timezone.localdate())
    assert waiting(kadri, "calls") == []


@pytest.mark.usefixtures("meeting")
def test_an_officer_elsewhere_sees_nothing_of_it() -> None:
    other = Desk(make_officer(make_party(name="Ape"), name="Ilze"))
    other.open(address("meeting", "spring"), 403)
    assert waiting(other, "meetings") == []
