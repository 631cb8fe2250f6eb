"""Questions on meetings: what lists hold and in which order, and that they ask no more for more rows."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.meetings import (
    DAY,
    make_attendance,
    make_commitment,
    make_decision,
    make_invitee,
    make_item,
    make_meeting,
)
from tests.factories.networks import make_body, make_membership, make_membership_act, make_network
from tests.factories.parties import make_party
from twinhall.meetings import queries
from twinhall.meetings.models import (
    Commitment,
    CommitmentState,
    Meeting,
    Outcome,
    Paper,
    Passage,
    ProgrammeLine,
    Registration,
    RollVote,
)
from twinhall.parties.models import Party

__all__ = ["document_folder"]

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def on(days: int, slug: str, **told: Any) -> Meeting:
    """A meeting so many days after DAY."""
    day = DAY + dt.timedelta(days=days)
    return make_meeting(**{"starts_on": day, "ends_on": day, "slug": slug, **told})


def slugs(found: Iterable[Meeting]) -> list[str]:
    return [meeting.slug for meeting in found]


def asked(question: Callable[[], object]) -> int:
    """How many queries a question takes."""
    with CaptureQueriesContext(connection) as captured:
        question()
    return len(captured)


def answer(meeting: Meeting, party: Party, *, is_coming: bool = True) -> Registration:
    return Registration.objects.create(meeting=meeting, party=party, is_coming=is_coming, by=make_user())


def fill(meeting: Meeting, number: int) -> None:
    """Something of everything that a meeting has."""
    town = make_party(name=f"Town {number}")
    item = make_item(meeting)
    decision = make_decision(item)
    RollVote.objects.create(decision=decision, party=town, choice="for")
    Paper.objects.create(meeting=meeting, item=item, document=make_document(published_at=NOW))
    Passage.objects.create(item=item, revision=1, text="Opened.", by=make_user())
    make_invitee(meeting, town, email=f"{number}@town.example")
    answer(meeting, town)
    make_attendance(meeting, town)
    make_commitment(meeting, town)
    ProgrammeLine.objects.create(meeting=meeting, day=meeting.starts_on, title="Lunch")


def test_lists_are_in_their_orders() -> None:
    on(0, "whole", title="B", starts_at=None, ends_at=None)
    on(0, "ten", title="C")
    on(-9, "before", title="A")
    assert {order: slugs(queries.meeting_list(DAY, order=order)) for order in queries.MEETING_ORDERS} == {
        "-date": ["ten", "whole", "before"],
        "date": ["before", "whole", "ten"],
        "title": ["before", "whole", "ten"],
        "-title": ["ten", "whole", "before"],
    }


def test_lists_are_narrowed() -> None:
    on(-1, "past")
    on(0, "today", kind="visit")
    on(1, "soon")
    on(-3, "long", ends_on=DAY)
    assert slugs(queries.meeting_list(DAY, when="coming")) == ["soon", "today", "long"]
    assert slugs(queries.meeting_list(DAY, when="past")) == ["past"]
    assert slugs(queries.meeting_list(DAY, kind="visit")) == ["today"]
    assert slugs(queries.meeting_list(DAY, among=Q(slug="past"), when="coming")) == []


def test_towns_that_come_are_counted() -> None:
    meeting = on(0, "a")
    on(1, "b")
    for number in range(3):
        answer(meeting, make_party(), is_coming=number > 0)
    found = queries.meeting_list(DAY, order="date")
    assert [(one.slug, one.coming) for one in found] == [("a", 2), ("b", None)]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("document_folder")
def test_pages_ask_no_more_for_more_rows() -> None:
    meeting = on(0, "a", published_at=NOW, host=make_party())
    pages: dict[str, tuple[int, Callable[[], object]]] = {
        "page": (10, lambda: list(queries.meeting_page())),
        "public page": (5, lambda: list(queries.public_page())),
        "list": (1, lambda: [str(one.organiser) for one in queries.meeting_list(DAY)]),
        "passages": (2, lambda: queries.standing_passages(meeting)),
        "commitments": (1, lambda: [str(one.party) for one in queries.commitment_list(DAY)]),
        "decisions": (1, lambda: [str(one.meeting.organiser) for one in queries.decision_list()]),
        "table": (1, lambda: list(queries.around_the_table(meeting))),
    }
    fill(meeting, 0)
    first = {name: asked(question) for name, (_most, question) in pages.items()}
    for number in range(1, 4):
        fill(meeting, number)
    assert {name: asked(question) for name, (_most, question) in pages.items()} == first
    assert not {name: first[name] for name, (most, _question) in pages.items() if first[name] > most}


@pytest.mark.usefixtures("document_folder")
def test_a_public_page_shows_nothing_that_is_not_public() -> None:
    meeting = on(0, "a", published_at=NOW)
    on(0, "b")
    fill(meeting, 1)
    for told in ({"is_attendance": True}, {}):
        published = NOW if told else None
        Paper.objects.create(meeting=meeting, document=make_document(published_at=published), **told)
    answer(meeting, make_party(), is_coming=False)
    meeting.decisions.create(
        item=meeting.items.get(), number=9, text="x", method="consensus", outcome="rejected", decided_on=DAY
    )
    (found,) = queries.public_page()
    assert [paper.document.published_at for paper in found.papers.all()] == [NOW]
    assert [one.is_coming for one in found.registrations.all()] == [True]
    assert [one.outcome for one in found.decisions.all()] == [Outcome.REJECTED]


def test_public_lists_begin_with_what_is_near() -> None:
    for days in (-9, -2, 0, 3, 8):
        on(days, f"d{days}", published_at=NOW)
    on(1, "hidden")
    assert slugs(queries.public_list(DAY)) == ["d0", "d3", "d8"]
    assert slugs(queries.public_list(DAY, is_past=True)) == ["d-2", "d-9"]


def test_the_meetings_of_a_party() -> None:
    valga = make_party()
    on(0, "holds", organiser=valga)
    on(1, "receives", host=valga)
    answer(on(2, "comes", shows_towns=True), valga)
    answer(on(3, "unseen"), valga)
    answer(on(4, "stays", shows_towns=True), valga, is_coming=False)
    on(5, "other")
    found = Meeting.objects.filter(queries.concerning(valga)).order_by("starts_on")
    assert slugs(found) == ["holds", "receives", "comes"]


def test_members_on_the_day() -> None:
    network = make_network()
    for name, kind, date, category in (
        ("Member", "admitted", "2010", "member"),
        ("Observer", "admitted", "2010", "observer"),
        ("Later", "admitted", "2026-04", "member"),
        ("Applicant", "applied", "2010", "member"),
    ):
        tie = make_membership(network=network, party=make_party(name=name), category=category)
        make_membership_act(membership=tie, kind=kind, date=date)
    make_membership_act(membership=make_membership(), date="2010")
    found = queries.members_on_the_day(on(0, "a", organiser=network.party))
    assert [party.name for party in found] == ["Member", "Observer"]


def test_the_parties_around_a_table() -> None:
    host, called, answered, came = (make_party(name=name) for name in ("Host", "Called", "Answered", "Came"))
    meeting = on(0, "a", host=host)
    make_invitee(meeting, called, email="a@called.example")
    answer(meeting, answered, is_coming=False)
    make_attendance(meeting, came)
    fill_other = on(1, "b", host=make_party(name="Other"))
    make_attendance(fill_other, make_party(name="Other still"))
    assert [party.name for party in queries.around_the_table(meeting)] == [
        "Answered",
        "Baltic Cities",
        "Called",
        "Came",
        "Host",
    ]
    Party.objects.filter(pk=came.pk).update(withdrawn_at=NOW, withdrawn_why="Twice.")
    assert came not in queries.around_the_table(meeting)


def test_the_last_revision_stands() -> None:
    meeting = on(0, "a")
    opening, budget, closing = (make_item(meeting, title) for title in ("Opening", "Budget", "Closing"))
    for item, revision, text in ((opening, 1, "a"), (opening, 2, "b"), (closing, 1, "c"), (opening, 3, "")):
        Passage.objects.create(item=item, revision=revision, text=text, by=make_user())
    found = queries.standing_passages(meeting)
    assert [(item, passage and (passage.revision, passage.text)) for item, passage in found] == [
        (opening, (3, "")),
        (budget, None),
        (closing, (1, "c")),
    ]


def test_minutes_of_a_meeting_are_of_one_series() -> None:
    network = make_network()
    body = make_body(network=network)
    same = {"organiser": network.party, "body": body}
    meeting = on(3, "later", **same)
    on(0, "earlier", **same)
    on(1, "cancelled", cancelled_at=NOW, cancelled_why="Snow.", **same)
    on(1, "assembly", kind="assembly", **same)
    on(1, "bodiless", organiser=network.party)
    on(1, "another")
    assert slugs(queries.series(meeting)) == ["earlier", "later"]
    assert slugs(queries.series(Meeting.objects.get(slug="bodiless"))) == ["bodiless"]


def test_decisions_the_newest_first() -> None:
    for days in (0, 3):
        item = make_item(on(days, f"d{days}"))
        for number in range(2):
            decision = make_decision(item, method="consensus")
            if number:
                decision.outcome = Outcome.CARRIED
                decision.save()
    told = [(one.meeting.slug, one.number) for one in queries.decision_list()]
    assert told == [("d3", 2), ("d3", 1), ("d0", 2), ("d0", 1)]
    assert {one.number for one in queries.decision_list(outcome="carried")} == {2}
    assert queries.decision_list(outcome="no such").count() == 4


def commitments(meeting: Meeting, party: Party) -> list[Commitment]:
    """In the order in which they are listed on DAY."""
    day = dt.timedelta(days=1)
    return [
        make_commitment(meeting, party, text=text, **told)
        for text, told in (
            ("overdue", {"due": DAY - day}),
            ("today", {"due": DAY}),
            ("some day", {}),
            ("done late", {"due": DAY - day, "closed_on": DAY}),
            ("dropped", {"closed_on": DAY, "is_dropped": True, "outcome": "No money."}),
        )
    ]


def test_commitments_are_listed_as_they_stand() -> None:
    made = commitments(on(-9, "a"), make_party())
    assert [one.text for one in queries.commitment_list(DAY)] == [one.text for one in made]
    for state in CommitmentState:
        found = queries.commitment_list(DAY, state=state)
        assert [one.text for one in found] == [one.text for one in made if one.state_on(DAY) == state]
    assert {one.state_on(DAY) for one in made} == set(CommitmentState)
