"""The agenda of a meeting at the desk: written, put in order, its papers, printed."""

import io

import pytest
from pypdf import PdfReader

from tests.desk.conftest import Desk, Typed, address, said, wrongs
from tests.desk.league import league, mare, meeting
from tests.factories.documents import make_document, make_pdf_bytes, make_upload
from tests.factories.meetings import make_decision, make_invitee, make_item
from tests.web.reading import page
from twinhall.meetings.actions.calling import call
from twinhall.meetings.models import Item, Meeting, Paper
from twinhall.parties.actions import set_public
from twinhall.parties.models import Party

__all__ = ["league", "mare", "meeting"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "document_folder")]

AGENDA = "/en/desk/meetings/spring/agenda/"


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return list(Item.objects.filter(meeting=meeting).order_by("number").values_list("number", "title"))


def test_items_are_added_changed_and_taken_off(mare: Desk, meeting: Meeting) -> None:
    for title in ("Opening", "Budget", "Any other business"):
        shown = mare.send(AGENDA, title=title)
        assert said(shown) == ["Added to the agenda."]
    budget = Item.objects.get(title="Budget")
    mare.send(address("item-change", "spring", budget.pk), title="The budget", presenter="Mare Mets")
    assert titles(meeting) == [(1, "Opening"), (2, "The budget"), (3, "Any other business")]
    mare.send(address("item-remove", "spring", Item.objects.get(number=1).pk))
    assert titles(meeting) == [(1, "The budget"), (2, "Any other business")]


def test_buttons_move_an_item_up_and_down(mare: Desk, meeting: Meeting) -> None:
    first, second, third = (make_item(meeting, title) for title in ("A", "B", "C"))
    shown = mare.open(AGENDA)
    offered = [(b.attributes["name"], b.attributes["value"]) for b in shown.main.all("button", class_="step")]
    assert offered == [
        ("down", str(first.pk)),
        ("up", str(second.pk)),
        ("down", str(second.pk)),
        ("up", str(third.pk)),
    ]
    order = address("agenda-order", "spring")
    mare.client.post(order, {"up": third.pk})
    assert titles(meeting) == [(1, "A"), (2, "C"), (3, "B")]
    mare.client.post(order, {"down": first.pk})
    assert titles(meeting) == [(1, "C"), (2, "A"), (3, "B")]
    for nothing in ({"up": third.pk}, {"down": "0"}, {"up": "x"}, {}):  # the first is at its end
        assert mare.client.post(order, nothing).status_code == 302
    assert titles(meeting) == [(1, "C"), (2, "A"), (3, "B")]


def test_an_item_that_was_decided_on_stays(mare: Desk, meeting: Meeting) -> None:
    item = make_item(meeting)
    make_decision(item)
    shown = mare.refused(address("item-remove", "spring", item.pk))
    assert wrongs(shown) == ["Something was written or decided under this item: it stays."]


def test_an_item_of_another_meeting_is_not_reached(mare: Desk, kadri: Desk, meeting: Meeting) -> None:
    mine = make_item(meeting)
    mare.open(address("item-change", "spring", mine.pk + 1), 404)
    kadri.open(address("item-change", "spring", mine.pk), 403)
    assert kadri.client.post(address("agenda-order", "spring"), {"down": mine.pk}).status_code == 403


# Papers ------------------------------------------------------------------------------------------------


def add_paper(person: Desk, title: str, item: Item | None = None) -> Paper:
    typed: dict[str, Typed] = {
        "title": title,
        "upload": make_upload(make_pdf_bytes()),
        "item": str(item.pk) if item else "",
    }
    person.send(address("paper-add", "spring"), **typed)
    return Paper.objects.get(document__title=title)


def test_a_paper_belongs_to_an_item_or_to_the_whole(mare: Desk, meeting: Meeting) -> None:
    item = make_item(meeting, "Budget")
    of_item, of_all = add_paper(mare, "Draft budget", item), add_paper(mare, "How to find us")
    assert (of_item.item, of_all.item) == (item, None)
    assert of_item.document.filing.party == meeting.organiser
    shown = mare.open(address("meeting", "spring"))
    assert [li.all("a")[0].text for li in shown.main.all("li", class_="paper")] == [
        "Draft budget",
        "How to find us",
    ]
    mare.send(address("paper-remove", "spring", of_all.pk))
    assert list(Paper.objects.all()) == [of_item]


def test_those_who_are_called_read_the_papers_and_nobody_else(
    mare: Desk, kadri: Desk, liga: Desk, meeting: Meeting, valga: Party
) -> None:
    paper = add_paper(mare, "Draft budget")
    where = address("paper", "spring", paper.pk)
    make_invitee(meeting, valga, person=kadri.user)
    assert kadri.client.get(where).status_code == 403
    call(meeting, by=mare.user)
    answered = kadri.client.get(where)
    assert (answered.status_code, b"".join(answered.streaming_content)[:5]) == (200, b"%PDF-")  # type: ignore[attr-defined]
    assert liga.client.get(where).status_code == 403
    kadri.client.logout()
    assert kadri.client.get(address("web:document", paper.document_id)).status_code == 403
    set_public(paper.document, public=True, by=mare.user)
    assert kadri.client.get(address("web:document", paper.document_id)).status_code == 200


def test_the_signed_list_of_attendance_is_the_organisers(
    mare: Desk, kadri: Desk, meeting: Meeting, valga: Party
) -> None:
    signed = make_document(title="Signed list")
    paper = Paper.objects.create(meeting=meeting, document=signed, is_attendance=True)
    make_invitee(meeting, valga, person=kadri.user)
    call(meeting, by=mare.user)
    assert kadri.client.get(address("paper", "spring", paper.pk)).status_code == 403
    assert "Signed list" not in kadri.open(address("meeting", "spring")).main.text
    assert "Signed list" in mare.open(address("meeting", "spring")).main.text


SIGNED = (
    "This is the signed list of attendance of a meeting. It has names and signatures of people and stays "
    "with those who keep the meeting; it cannot be published."
)


def test_the_signed_list_is_never_public(mare: Desk, meeting: Meeting) -> None:
    paper = add_paper(mare, "Draft budget")
    ways = mare.open(AGENDA).main.one("li", class_="paper").text
    assert "for those who are called" in ways
    assert "Settings" in ways
    Paper.objects.update(is_attendance=True)
    ways = mare.open(AGENDA).main.one("li", class_="paper").text
    assert "for those who keep the meeting" in ways
    assert "Settings" not in ways
    where = address("document", paper.document_id)
    shown = mare.open(where)
    assert SIGNED in shown.main.text
    assert shown.main.all("form") == []
    refused = page(mare.client.post(where), 422)
    assert wrongs(refused) == [SIGNED]
    paper.document.refresh_from_db()
    assert (paper.document.is_public, meeting.papers.count()) == (False, 1)


def test_a_signed_list_that_was_public_is_made_private(mare: Desk, meeting: Meeting) -> None:
    paper = add_paper(mare, "Draft budget")
    set_public(paper.document, public=True, by=mare.user)
    Paper.objects.update(is_attendance=True)
    mare.send(address("document", paper.document_id))
    paper.document.refresh_from_db()
    assert (paper.document.is_public, meeting.papers.count()) == (False, 1)
    assert mare.client.post(address("document", paper.document_id)).status_code == 422


# Printed -----------------------------------------------------------------------------------------------


def test_the_agenda_is_printed_with_its_papers(mare: Desk, meeting: Meeting) -> None:
    item = make_item(meeting, "Откриване и избор на проверяващи")
    add_paper(mare, "Σχέδιο προϋπολογισμού", item)
    answered = mare.client.get("/bg" + address("meeting-agenda-file", "spring").removeprefix("/en"))
    assert answered.headers["Content-Type"] == "application/pdf"
    pdf = PdfReader(io.BytesIO(answered.content))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert pdf.metadata
    assert pdf.metadata.title == "Spring meeting of the board"
    for words in ("Spring meeting of the board", "Town hall, Valka", item.title, "Σχέδιο προϋπολογισμού"):
        assert words in text
