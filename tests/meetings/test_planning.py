"""Planning: addresses, what calendars must hear of, the order of agendas, what is public, calling off."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_administrator
from tests.factories.documents import document_folder, make_document
from tests.factories.meetings import DAY, make_decision, make_item, make_meeting
from tests.factories.parties import make_network_party, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.meetings.actions import planning
from twinhall.meetings.models import Item, Meeting, MeetingKind, Paper, Passage
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


def test_before_the_call_no_version_is_counted(by: User) -> None:
    meeting = make_meeting()
    assert planning.change_meeting(meeting, by=by, title="Meeting in spring") == {"title"}
    meeting.refresh_from_db()
    assert (meeting.title, meeting.sequence) == ("Meeting in spring", 0)


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
