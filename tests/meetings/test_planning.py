"""Planning: addresses, what calendars must hear of, the order of agendas, what is public, calling off."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_administrator, make_user
from tests.factories.documents import document_folder, make_document
from tests.factories.meetings import DAY, make_decision, make_item, make_meeting
from tests.factories.networks import make_body
from tests.factories.parties import make_network_party, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.meetings.actions import planning
from twinhall.meetings.models import (
    Decision,
    Item,
    Meeting,
    MeetingKind,
    Method,
    Minutes,
    Outcome,
    Paper,
    Passage,
)
from twinhall.networks.models import Body
from twinhall.parties.models import Party

__all__ = ["document_folder"]

pytestmark = pytest.mark.django_db

COMING = timezone.localdate() + dt.timedelta(days=30)


@pytest.fixture
def by() -> User:
    return make_administrator()


def plan(organiser: Party, *, by: User, **told: Any) -> Meeting:
    usual = {
        "kind": MeetingKind.BOARD,
        "title": "Spring meeting",
        "language": "en",
        "starts_on": DAY,
        "ends_on": DAY,
        "zone": "Europe/Riga",
    }
    return planning.plan_meeting(organiser=organiser, by=by, **{**usual, **told})


def coming(**told: Any) -> Meeting:
    return make_meeting(**{"starts_on": COMING, "ends_on": COMING, **told})


def log_of(record: Meeting) -> list[str]:
    return list(
        LogEntry.objects.filter(record_id=str(record.pk)).order_by("pk").values_list("deed", flat=True)
    )


def test_a_meeting_is_planned_under_a_free_address(by: User) -> None:
    network = make_network_party(name="Baltic Cities", address="baltic-cities")
    slugs = [plan(network, by=by).slug for _ in range(3)]
    assert slugs[0] == "baltic-cities-board-2026-03-12"
    assert len(set(slugs)) == 3
    assert plan(network, by=by, kind=MeetingKind.WORKING_GROUP).slug == (
        "baltic-cities-working-group-2026-03-12"
    )
    first = Meeting.objects.get(slug=slugs[0])
    assert (first.called_at, first.published_at, first.sequence) == (None, None, 0)
    assert log_of(first) == ["meeting planned"]
    assert len(set(Meeting.objects.values_list("uid", flat=True))) == 4


def test_the_longest_address_of_a_party_leaves_room(by: User) -> None:
    party = make_party(address="x" * 100)
    assert {plan(party, by=by).slug for _ in range(2)} == set(Meeting.objects.values_list("slug", flat=True))


def test_what_is_wrong_is_not_planned(by: User) -> None:
    with pytest.raises(ValidationError, match="A meeting ends after it begins"):
        plan(make_party(), by=by, ends_on=DAY - dt.timedelta(days=1))
    assert not Meeting.objects.exists()
    assert not LogEntry.objects.exists()


# Changes ---------------------------------------------------------------------------------------------


def test_what_was_only_published_counts_too_since_calendars_follow_it(by: User) -> None:
    meeting = make_meeting()
    planning.publish_meeting(meeting, shown={}, by=by)
    assert planning.change_meeting(meeting, by=by, starts_on=DAY, title="Meeting in spring") == {"title"}
    meeting.refresh_from_db()
    assert (meeting.title, meeting.sequence) == ("Meeting in spring", 1)


@pytest.mark.parametrize(
    ("told", "sequence"),
    [
        ({"title": "Meeting in spring"}, 1),
        ({"place": "Library, Valka", "starts_at": dt.time(11)}, 1),
        ({"link": "https://meet.example/1"}, 1),
        ({"registration_until": DAY}, 0),
        ({"languages": ["et", "lv"], "places": 30, "quorum": "half"}, 0),
        ({"title": "Spring meeting of the board"}, 0),
        ({}, 0),
    ],
)
def test_after_the_call_what_calendars_show_counts(told: dict[str, Any], sequence: int, by: User) -> None:
    meeting = make_meeting(called_at=timezone.now())
    changed = planning.change_meeting(meeting, by=by, **told)
    meeting.refresh_from_db()
    assert meeting.sequence == sequence
    assert changed == {name for name in told if told[name] != "Spring meeting of the board"}
    assert log_of(meeting) == (["meeting changed"] if changed else [])


def test_each_change_counts(by: User) -> None:
    meeting = make_meeting(called_at=timezone.now())
    for place in ("A", "B", "A"):
        planning.change_meeting(meeting, by=by, place=place)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.slug) == (3, meeting.slug)


def test_a_wrong_change_is_not_kept(by: User) -> None:
    meeting = make_meeting(called_at=timezone.now())
    with pytest.raises(ValidationError):
        planning.change_meeting(meeting, by=by, ends_at=dt.time(9))
    meeting.refresh_from_db()
    assert (meeting.ends_at, meeting.sequence) == (dt.time(16), 0)


def test_what_somebody_else_did_since_the_page_was_opened_stays(by: User) -> None:
    """A form is filled in for a while: the meeting is called, or called off, in the meantime."""
    meeting = coming()
    opened, published = (Meeting.objects.get() for _number in range(2))
    Meeting.objects.update(called_at=timezone.now(), sequence=3)
    planning.change_meeting(opened, by=by, place="Library, Valka")
    planning.publish_meeting(published, shown={"shows_agenda": True}, by=by)
    meeting.refresh_from_db()
    assert (meeting.called_at is not None, meeting.sequence, meeting.place) == (True, 4, "Library, Valka")
    opened, again = (Meeting.objects.get() for _number in range(2))
    planning.cancel_meeting(meeting, why="Snow.", by=by)
    with pytest.raises(ValidationError, match="is not changed"):
        planning.change_meeting(opened, by=by, place="Station, Valka")
    with pytest.raises(ValidationError, match="cancelled already"):
        planning.cancel_meeting(again, why="Ice.", by=by)
    meeting.refresh_from_db()
    assert (meeting.cancelled_why, meeting.sequence, meeting.place) == ("Snow.", 5, "Library, Valka")


@pytest.mark.parametrize(("days", "is_kept"), [(30, True), (31, False)])
def test_a_meeting_lasts_a_month_at_most(by: User, days: int, *, is_kept: bool) -> None:
    meeting = make_meeting()
    last = DAY + dt.timedelta(days=days)
    if is_kept:
        planning.change_meeting(meeting, by=by, ends_on=last)
    else:
        with pytest.raises(ValidationError) as error:
            planning.change_meeting(meeting, by=by, ends_on=last)
        assert error.value.message_dict == {"ends_on": ["A meeting lasts 31 days at most. Plan several."]}
    meeting.refresh_from_db()
    assert (meeting.ends_on == last) is is_kept


def test_a_body_that_has_ended_does_not_meet(by: User) -> None:
    board = make_body()
    Body.objects.update(until="2026-02")
    board.refresh_from_db()
    with pytest.raises(ValidationError, match="This body has ended by then"):
        plan(board.network.party, by=by, body=board)
    before = plan(
        board.network.party, by=by, body=board, starts_on=dt.date(2026, 2, 28), ends_on=dt.date(2026, 2, 28)
    )
    with pytest.raises(ValidationError, match="This body has ended by then"):
        planning.change_meeting(before, by=by, starts_on=DAY, ends_on=DAY)


# What was put moves along ------------------------------------------------------------------------------


def put_on(meeting: Meeting, *days: dt.date) -> list[Decision]:
    """Decisions that are put for these days of a meeting, and not taken."""
    made = []
    for day in days:
        decision = make_decision(make_item(meeting))
        decision.decided_on = day
        decision.save()
        made.append(decision)
    return made


def test_what_was_put_moves_to_the_days_of_its_meeting(by: User) -> None:
    one, two = DAY, DAY + dt.timedelta(days=1)
    meeting = make_meeting(starts_on=one, ends_on=two)
    decisions = put_on(meeting, one, two)
    week = dt.timedelta(days=7)
    planning.change_meeting(meeting, by=by, starts_on=one + week, ends_on=one + week)
    for decision in decisions:
        decision.refresh_from_db()
        assert decision.decided_on == one + week
        decision.full_clean()


def test_a_meeting_is_not_taken_away_from_the_day_of_a_decision(by: User) -> None:
    one, two = DAY, DAY + dt.timedelta(days=1)
    meeting = make_meeting(starts_on=one, ends_on=two)
    put_on(meeting, two)
    meeting.decisions.update(method=Method.CONSENSUS, outcome=Outcome.CARRIED)
    planning.change_meeting(meeting, by=by, starts_on=one - dt.timedelta(days=1))
    with pytest.raises(ValidationError) as error:
        planning.change_meeting(meeting, by=by, ends_on=one)
    assert error.value.messages == ["Decision 1/2026 was taken on 2026-03-13: the meeting was on that day."]
    meeting.refresh_from_db()
    assert (meeting.starts_on, meeting.ends_on) == (one - dt.timedelta(days=1), two)


def test_in_another_year_or_body_what_was_put_is_counted_there(by: User) -> None:
    """“1/2026” is one decision: the numbers of what was not taken follow those of the other year."""
    january, december = dt.date(2026, 1, 8), dt.date(2025, 12, 11)
    there = make_meeting(starts_on=january, ends_on=january)
    moved = make_meeting(organiser=there.organiser, starts_on=december, ends_on=december)
    put_on(there, january)
    put_on(moved, december, december, december)
    planning.change_meeting(moved, by=by, starts_on=january, ends_on=january)
    called = [one.called for one in Decision.objects.order_by("pk")]
    assert called == ["1/2026", "2/2026", "3/2026", "4/2026"]
    planning.change_meeting(moved, by=by, kind=MeetingKind.ASSEMBLY)
    assert list(moved.decisions.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    "told",
    [
        {"starts_on": dt.date(2027, 1, 7), "ends_on": dt.date(2027, 1, 7)},
        {"kind": MeetingKind.ASSEMBLY},
    ],
)
def test_what_was_decided_keeps_its_number(told: dict[str, Any], by: User) -> None:
    meeting = make_meeting()
    put_on(meeting, DAY)
    meeting.decisions.update(method=Method.CONSENSUS, outcome=Outcome.CARRIED)
    with pytest.raises(ValidationError, match="kind, body and year stay"):
        planning.change_meeting(meeting, by=by, **told)
    meeting.refresh_from_db()
    assert (meeting.kind, meeting.starts_on, meeting.decisions.get().called) == ("board", DAY, "1/2026")


def test_what_stands_above_approved_minutes_does_not_change(by: User) -> None:
    meeting = make_meeting()
    Minutes.objects.create(
        meeting=meeting,
        keeper=make_user(),
        approved_at=timezone.now(),
        approved_by=by,
        approved_in=make_meeting(organiser=meeting.organiser),
    )
    for told in (
        {"title": "Another"},
        {"starts_on": DAY - dt.timedelta(days=1)},
        {"starts_at": dt.time(9)},
        {"place": "Library, Valka"},
        {"zone": "Europe/Warsaw"},
        {"quorum": "half"},
        {"kind": MeetingKind.SEMINAR},
        {"host": make_party()},
    ):
        with pytest.raises(ValidationError, match="are approved"):
            planning.change_meeting(meeting, by=by, **told)
    assert planning.change_meeting(meeting, by=by, title=Meeting.objects.get(pk=meeting.pk).title) == set()
    assert planning.change_meeting(meeting, by=by, about="Bridges.") == {"about"}


def test_calling_off(by: User) -> None:
    meeting = coming()
    planning.cancel_meeting(meeting, why="Snow.", by=by)
    meeting.refresh_from_db()
    assert (meeting.cancelled_why, meeting.sequence) == ("Snow.", 1)
    assert log_of(meeting) == ["meeting cancelled"]
    with pytest.raises(ValidationError, match="cancelled already"):
        planning.cancel_meeting(meeting, why="Ice.", by=by)
    with pytest.raises(ValidationError, match="is not changed"):
        planning.change_meeting(meeting, by=by, title="x")


def test_no_meeting_is_called_off_without_a_reason(by: User) -> None:
    meeting = coming()
    with pytest.raises(ValidationError, match="needs its reason"):
        planning.cancel_meeting(meeting, why="", by=by)
    meeting.refresh_from_db()
    assert (meeting.cancelled_at, meeting.sequence) == (None, 0)


def test_what_is_over_is_not_called_off(by: User) -> None:
    with pytest.raises(ValidationError, match="is over"):
        planning.cancel_meeting(
            make_meeting(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 1)), why="x", by=by
        )


def test_what_is_public_is_what_was_said(by: User) -> None:
    meeting = make_meeting()
    planning.publish_meeting(meeting, shown={"shows_agenda": True, "shows_towns": True}, by=by)
    first = Meeting.objects.get().published_at
    planning.publish_meeting(meeting, shown={"shows_minutes": True, "called_at": True}, by=by)
    meeting = Meeting.objects.get()
    assert meeting.published_at == first
    assert [getattr(meeting, part) for part in planning.PARTS] == [False, False, False, True]
    assert meeting.called_at is None
    planning.unpublish_meeting(meeting, by=by)
    assert not Meeting.objects.get().is_public


# The agenda ------------------------------------------------------------------------------------------


def titles(meeting: Meeting) -> list[tuple[int, str]]:
    return list(Item.objects.filter(meeting=meeting).order_by("number").values_list("number", "title"))


def test_items_are_added_at_the_end(by: User) -> None:
    meeting = make_meeting()
    make_item(make_meeting())
    for title in ("Opening", "Budget"):
        planning.add_item(meeting, title=title, by=by)
    assert titles(meeting) == [(1, "Opening"), (2, "Budget")]
    item = Item.objects.get(title="Budget")
    planning.change_item(item, title="Budget 2027", presenter="Anna Liepa", by=by)
    assert titles(meeting) == [(1, "Opening"), (2, "Budget 2027")]


def test_an_item_has_a_title(by: User) -> None:
    with pytest.raises(ValidationError):
        planning.add_item(make_meeting(), title="", by=by)


@pytest.mark.parametrize("numbers", [(1, 2, 3), (1, 3, 5), (2, 3, 4), (1, 4, 7)])
def test_an_agenda_is_put_in_order(numbers: tuple[int, ...], by: User) -> None:
    """Also one with gaps, in which a number out of the way might be another one's."""
    meeting = make_meeting()
    a, b, c = (
        Item.objects.create(meeting=meeting, number=number, title=title)
        for number, title in zip(numbers, "abc", strict=True)
    )
    planning.order_items(meeting, ordered=[c.pk, a.pk, b.pk], by=by)
    assert titles(meeting) == [(1, "c"), (2, "a"), (3, "b")]


def test_an_empty_agenda_is_in_order(by: User) -> None:
    meeting = make_meeting()
    planning.order_items(meeting, ordered=[], by=by)
    assert titles(meeting) == []


def test_an_agenda_that_has_changed_meanwhile_is_left_as_it_is(by: User) -> None:
    meeting = make_meeting()
    a, b = make_item(meeting, "a"), make_item(meeting, "b")
    other = make_item(make_meeting())
    for ordered in ([b.pk], [b.pk, a.pk, a.pk], [b.pk, a.pk, other.pk], [b.pk, other.pk], [a.pk, a.pk]):
        with pytest.raises(ValidationError, match="changed meanwhile"):
            planning.order_items(meeting, ordered=ordered, by=by)
    assert titles(meeting) == [(1, "a"), (2, "b")]


def test_after_an_item_is_removed_the_others_move_up(by: User) -> None:
    meeting = make_meeting()
    items = [make_item(meeting, title) for title in "abcd"]
    planning.remove_item(items[1], by=by)
    assert titles(meeting) == [(1, "a"), (2, "c"), (3, "d")]


def test_an_item_under_which_something_stands_stays(by: User) -> None:
    meeting = make_meeting()
    written, decided = make_item(meeting), make_item(meeting)
    Passage.objects.create(item=written, revision=1, text="Opened.", by=by)
    make_decision(decided)
    for item in (written, decided):
        with pytest.raises(ValidationError, match="it stays"):
            planning.remove_item(item, by=by)
    assert len(titles(meeting)) == 2


@pytest.mark.usefixtures("document_folder")
def test_papers_come_and_go(by: User) -> None:
    meeting, document = make_meeting(), make_document()
    item = make_item(meeting)
    paper = planning.add_paper(meeting, document, item=item, by=by)
    with pytest.raises(ValidationError, match="has this paper already"):
        planning.add_paper(meeting, document, by=by)
    planning.remove_item(item, by=by)
    paper.refresh_from_db()
    assert (paper.item, paper.is_attendance) == (None, False)
    planning.remove_paper(paper, by=by)
    assert not Paper.objects.exists()
    document.refresh_from_db()  # the file stays


@pytest.mark.parametrize(
    ("until", "day", "closed"),
    [
        (None, DAY, False),
        (None, DAY + dt.timedelta(days=1), True),
        (DAY - dt.timedelta(days=9), DAY - dt.timedelta(days=9), False),
        (DAY - dt.timedelta(days=9), DAY - dt.timedelta(days=8), True),
    ],
)
def test_registration_is_open_until_its_day_or_the_last_one(
    until: dt.date | None, day: dt.date, *, closed: bool
) -> None:
    assert planning.has_closed(make_meeting(registration_until=until), day) is closed
