"""Attendance at the desk: who came, the quorum that follows, the list to sign as PDF and as spreadsheet."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.desk.conftest import Desk, address, filled, said, wrongs
from tests.factories.documents import make_photo_bytes, make_upload
from tests.factories.meetings import make_attendance, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_officer, make_party
from tests.web.test_pages import wrong_markup
from twinhall.meetings.models import Attendance, Meeting, Paper, QuorumRule
from twinhall.networks.models import Network
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

DAY = dt.date(2024, 3, 12)


@pytest.fixture
def network(valga: Party) -> Network:
    """Valga and Blagoevgrad are members."""
    network = make_network(name="City Twins")
    towns = [valga, make_party(name="Благоевград", country="BG", language="bg")]
    for town in towns:
        membership = make_membership(network=network, party=town, category="")
        make_membership_act(membership=membership, kind="admitted", date="2010", number=1)
    return network


@pytest.fixture
def secretary(network: Network) -> Desk:
    return Desk(make_officer(network.party, role=Role.SECRETARY))


@pytest.fixture
def meeting(network: Network, valka: Party) -> Meeting:
    """Hosted by Valka, with five people of three parties."""
    meeting = make_meeting(
        organiser=network.party, host=valka, starts_on=DAY, ends_on=DAY, slug="board", quorum=QuorumRule.HALF
    )
    valga, bulgarian = (Party.objects.get(name=name) for name in ("Valga", "Благоевград"))
    make_attendance(meeting, valga, name="Kadri Kask", office="Mayor", has_vote=True, diet="no nuts")
    make_attendance(meeting, valga, name="Ilze", role="interpreter", languages=["et", "lv"])
    make_attendance(meeting, bulgarian, name="Румяна Хаджидимитрова", office="заместник-кмет", has_vote=True)
    make_attendance(meeting, network.party, name="Έλενα Παπαδοπούλου", role="speaker")
    make_attendance(meeting, network.party, name="Sirje", role="staff")
    return meeting


def came(meeting: Meeting) -> list[str]:
    found = Attendance.objects.filter(meeting=meeting, came=True).order_by("pk")
    return list(found.values_list("name", flat=True))


def key(name: str) -> str:
    return str(Attendance.objects.get(name=name).pk)


def test_who_came_is_ticked_and_the_quorum_follows(secretary: Desk, meeting: Meeting) -> None:
    where = address("meeting-attendance", "board")
    shown = secretary.open(where)
    assert wrong_markup(shown) == []
    assert "0 of the 2 members that may vote are present; 2 must be." in shown.main.text
    page = secretary.send(where, came=[key("Kadri Kask"), key("Ilze")])
    assert said(page) == ["Noted who came."]
    assert came(meeting) == ["Kadri Kask", "Ilze"]
    assert "5 people are registered, 2 came." in page.main.text
    assert "1 of the 2 members that may vote is present; 2 must be." in page.main.text
    assert filled(page)["came"] == [key("Kadri Kask"), key("Ilze")]
    page = secretary.send(where, came=[key("Kadri Kask"), key("Румяна Хаджидимитрова")])
    assert "2 of the 2 members that may vote are present; 2 must be." in page.main.text


def test_somebody_of_another_meeting_is_refused(secretary: Desk, meeting: Meeting, valga: Party) -> None:
    other = make_attendance(make_meeting(organiser=meeting.organiser), valga, name="Elsewhere")
    shown = secretary.refused(address("meeting-attendance", "board"), came=[str(other.pk)])
    assert len(wrongs(shown)) == 1
    assert came(meeting) == []


def test_nobody_came_to_a_meeting_that_is_to_come(secretary: Desk, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(starts_on=dt.date(2199, 1, 1), ends_on=dt.date(2199, 1, 1))
    shown = secretary.refused(address("meeting-attendance", "board"), came=[key("Ilze")])
    assert wrongs(shown) == ["Nobody can have come yet: the meeting is still to come."]


def test_only_the_organiser_notes_and_the_host_reads_the_list(
    kadri: Desk, liga: Desk, meeting: Meeting
) -> None:
    for person in (kadri, liga):
        person.open(address("meeting-attendance", meeting.slug), 403)
        person.open(address("attendance-signed", meeting.slug), 403)
    paper = address("meeting-attendance-file", meeting.slug, "pdf")
    assert [person.client.get(paper).status_code for person in (kadri, liga)] == [403, 200]


# The list as a file ------------------------------------------------------------------------------------


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_list_to_sign_has_all_towns_and_people_in_every_script(secretary: Desk, meeting: Meeting) -> None:
    answer = secretary.client.get(address("meeting-attendance-file", meeting.slug, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="board-attendance-2024-03-12.pdf"'
    text = text_of(answer.content)
    for words in (
        *("List of attendance: Spring meeting of the board", "City Twins", "Valga", "Благоевград"),
        *("Kadri Kask", "Mayor", "Румяна Хаджидимитрова", "заместник-кмет", "Έλενα Παπαδοπούλου"),
        *("casts the vote of the town", "Estonian, Latvian", "Signature", "Who came besides"),
    ):
        assert words in text, words
    assert "no nuts" not in text
    width, height = PdfReader(io.BytesIO(answer.content)).pages[0].mediabox[2:]
    assert width > height


def test_the_list_is_made_in_the_language_that_is_asked_for(secretary: Desk, meeting: Meeting) -> None:
    links = [
        a.attributes["href"]
        for a in secretary.open(address("meeting-attendance", "board")).main.all("a", hreflang="bg")
    ]
    assert links == [f"/bg/desk/meetings/{meeting.slug}/attendance.pdf"]
    assert "вторник, 12 март 2024" in text_of(secretary.client.get(links[0]).content)


def test_the_spreadsheet_has_a_row_for_each_person(secretary: Desk, meeting: Meeting) -> None:
    secretary.send(address("meeting-attendance", "board"), came=[key("Kadri Kask")])
    answer = secretary.client.get(address("meeting-attendance-file", meeting.slug, "xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    head, *rows = ([cell or "" for cell in row] for row in sheet.iter_rows(values_only=True))
    assert head[:2] == ["Town or body", "Name"]
    told = {row[1]: [row[0], *row[2:]] for row in rows}
    assert told["Kadri Kask"] == ["Valga", "Mayor", "delegate", "yes", "", "no nuts", "yes"]
    assert told["Ilze"] == ["Valga", "", "interpreter", "", "Estonian, Latvian", "", "no"]
    assert len(told) == 5


def test_the_signed_list_is_kept_for_the_organiser_alone(
    secretary: Desk, kadri: Desk, meeting: Meeting
) -> None:
    upload = make_upload(make_photo_bytes(), name="list.jpg")
    page = secretary.send(address("attendance-signed", meeting.slug), upload=upload)
    assert said(page) == ["The signed list is kept with the papers."]
    paper = Paper.objects.get()
    assert (paper.is_attendance, paper.document.filing.party) == (True, meeting.organiser)
    assert str(paper.document) == "Signed list of attendance, 12 March 2024"
    editor = Desk(make_officer(meeting.organiser, role=Role.EDITOR, name="Ed"))
    file = reverse("web:document", args=[paper.document.pk])
    for where in (address("paper", meeting.slug, paper.pk), file):
        people = (secretary, kadri, editor)
        assert [person.client.get(where).status_code for person in people] == [200, 403, 403]
