"""Minutes: written without losing an edit, checked by two, approved later by somebody else."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import (
    make_attendance,
    make_commitment,
    make_decision,
    make_item,
    make_meeting,
)
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_affiliation, make_officer, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.meetings.actions.attending import note_attendance
from twinhall.meetings.actions.deciding import put, take
from twinhall.meetings.actions.following import commit
from twinhall.meetings.actions.minuting import (
    WrittenMeanwhileError,
    approve_minutes,
    begin_minutes,
    digest,
    elect_checkers,
    sign_off,
    state_of,
    write,
)
from twinhall.meetings.actions.planning import change_meeting
from twinhall.meetings.minuted import may_approve_at, may_check, minuted
from twinhall.meetings.models import (
    Checker,
    Decision,
    Item,
    Majority,
    Meeting,
    Method,
    Minutes,
    MinutesState,
    Passage,
)
from twinhall.meetings.queries import minutes_of
from twinhall.meetings.voting import Quorum
from twinhall.networks.models import Membership
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

LATER = dt.date(2026, 6, 11)


@pytest.fixture
def organiser() -> Party:
    return make_network().party


@pytest.fixture
def meeting(organiser: Party) -> Meeting:
    return make_meeting(organiser=organiser, slug="spring")


@pytest.fixture
def later(organiser: Party) -> Meeting:
    return make_meeting(organiser=organiser, slug="summer", starts_on=LATER, ends_on=LATER)


@pytest.fixture
def item(meeting: Meeting) -> Item:
    return make_item(meeting, "The plan of work")


@pytest.fixture
def keeper() -> User:
    return make_user(name="Mare Mets")


@pytest.fixture
def minutes(meeting: Meeting, keeper: User, item: Item) -> Minutes:
    """Begun, with a passage under their one item."""
    begun = begin_minutes(meeting, by=keeper)
    write(item, text="The plan was discussed.", read=0, by=keeper)
    return begun


@pytest.fixture
def two() -> tuple[User, User]:
    return make_user(name="Anna Aas"), make_user(name="Jānis Ozols")


def join(organiser: Party, party: Party) -> Membership:
    membership = make_membership(network=organiser.network, party=party)
    make_membership_act(membership=membership, kind="admitted", date="2010-01-01")
    return membership


def sign_both(minutes: Minutes, two: tuple[User, User]) -> None:
    elect_checkers(minutes, people=two, by=minutes.keeper)
    for person in two:
        sign_off(minutes, seen=digest(minutes), by=person)


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


# Begun and written -------------------------------------------------------------------------------------


def test_minutes_of_a_meeting_that_has_not_begun_are_refused(organiser: Party, keeper: User) -> None:
    day = timezone.localdate() + dt.timedelta(days=2)
    with pytest.raises(ValidationError) as error:
        begin_minutes(make_meeting(organiser=organiser, starts_on=day, ends_on=day), by=keeper)
    assert refused(error) == "The meeting has not begun yet."


def test_minutes_of_a_cancelled_meeting_are_refused(organiser: Party, keeper: User) -> None:
    off = make_meeting(organiser=organiser, cancelled_at=timezone.now(), cancelled_why="Snow.")
    with pytest.raises(ValidationError, match="cancelled has no minutes"):
        begin_minutes(off, by=keeper)


def test_minutes_are_begun_once(minutes: Minutes, keeper: User) -> None:
    with pytest.raises(ValidationError):
        begin_minutes(minutes.meeting, by=keeper)
    assert Minutes.objects.count() == 1


@pytest.mark.usefixtures("minutes")
def test_each_revision_is_kept(item: Item, two: tuple[User, User]) -> None:
    write(item, text="The plan was agreed.", read=1, by=two[0])
    assert write(item, text="The plan was agreed.", read=2, by=two[0]) is None
    kept = Passage.objects.filter(item=item).order_by("revision").values_list("revision", "text", "by__name")
    assert list(kept) == [
        (1, "The plan was discussed.", "Mare Mets"),
        (2, "The plan was agreed.", "Anna Aas"),
    ]


@pytest.mark.usefixtures("minutes")
@pytest.mark.parametrize("read", [0, 1])
def test_a_text_over_another_than_was_read_is_refused_with_both_kept(
    item: Item, two: tuple[User, User], read: int
) -> None:
    write(item, text="Anna’s words.", read=1, by=two[0])
    with pytest.raises(WrittenMeanwhileError) as error:
        write(item, text="Jānis’ words.", read=read, by=two[1])
    assert (error.value.theirs.text, error.value.theirs.by) == ("Anna’s words.", two[0])
    assert Passage.objects.count() == 2


def test_nothing_is_written_before_minutes_are_begun(item: Item, keeper: User) -> None:
    with pytest.raises(ValidationError, match="have not been begun"):
        write(item, text="Too early.", read=0, by=keeper)


# What stands in them -----------------------------------------------------------------------------------


def test_attendance_decisions_and_commitments_come_in_by_themselves(
    minutes: Minutes, organiser: Party, keeper: User, item: Item
) -> None:
    town, absent = make_party(name="Valka"), make_party(name="Narva")
    for party, came in ((town, True), (absent, False)):
        membership = make_membership(network=organiser.network, party=party)
        make_membership_act(membership=membership, kind="admitted", date="2010-01-01")
        make_attendance(minutes.meeting, party, has_vote=True, came=came)
    taken = make_decision(item, method=Method.CONSENSUS)
    make_decision(item)  # put, and not taken: it does not stand in the minutes
    take(taken, by=keeper)
    promised, besides = (
        make_commitment(minutes.meeting, town, item=item),
        make_commitment(minutes.meeting, town),
    )
    told = minuted(minutes.meeting)
    (point,) = told.points
    assert [one.party for one in told.there] == [town]
    assert told.quorum == Quorum(entitled=2, present=1, needed=0)
    assert (point.passage.text if point.passage else "") == "The plan was discussed."
    assert (point.decisions, point.commitments, told.besides) == ([taken], [promised], [besides])


def test_a_signature_is_under_all_that_is_read(
    minutes: Minutes, keeper: User, item: Item, two: tuple[User, User]
) -> None:
    meeting, town = minutes.meeting, make_party(name="Valka")
    person = make_attendance(meeting, town)
    changes: list[Callable[[], object]] = [
        lambda: note_attendance(meeting, shown=[person.pk], came=[person.pk], by=keeper),
        lambda: take(make_decision(item, method=Method.CONSENSUS), by=keeper),
        lambda: commit(meeting, party=town, text="Send it", item=item, by=keeper),
        lambda: commit(meeting, party=town, text="Send more", by=keeper),
        lambda: write(item, text="Another text.", read=1, by=keeper),
    ]
    for change in changes:
        sign_both(minutes, two)
        assert state_of(minutes) == MinutesState.CHECKED
        change()
        assert state_of(minutes) == MinutesState.WRITTEN


@pytest.mark.parametrize(
    "told",
    [
        {"title": "Another meeting"},
        {"place": "Library, Valka"},
        {"starts_on": dt.date(2026, 3, 11)},
        {"starts_at": dt.time(9)},
        {"zone": "Europe/Warsaw"},
        {"kind": "assembly"},
        {"quorum": "third"},
    ],
)
def test_a_signature_is_under_what_stands_above_the_minutes_too(
    minutes: Minutes, keeper: User, told: dict[str, Any]
) -> None:
    join(minutes.meeting.organiser, make_party(name="Valka"))
    before = digest(minutes)
    change_meeting(minutes.meeting, by=keeper, about="Bridges.")
    assert digest(minutes) == before
    change_meeting(minutes.meeting, by=keeper, **told)
    assert digest(minutes) != before


@pytest.mark.parametrize(
    "told",
    [
        {"method": Method.SECRET},
        {"majority": Majority.ALL},
        {"deed": "suspended"},
        {"in_favour": 3},
        {"text": "Otherwise."},
    ],
)
def test_a_signature_is_under_how_and_what_was_decided(
    minutes: Minutes, item: Item, told: dict[str, Any]
) -> None:
    membership = join(minutes.meeting.organiser, make_party(name="Valka"))
    decision = make_decision(item, membership=membership, deed="excluded")
    counts = {"in_favour": 2, "against": 1, "abstained": 0}
    Decision.objects.filter(pk=decision.pk).update(outcome="carried", **counts)
    before = digest(minutes)
    Decision.objects.filter(pk=decision.pk).update(**told)
    assert digest(minutes) != before


def test_what_becomes_of_a_commitment_does_not_change_the_minutes(minutes: Minutes) -> None:
    commitment = make_commitment(minutes.meeting, make_party(name="Valka"))
    before = digest(minutes)
    commitment.closed_on, commitment.outcome = LATER, "Sent."
    commitment.save()
    assert digest(minutes) == before


# Checked -----------------------------------------------------------------------------------------------


def test_who_wrote_does_not_check(minutes: Minutes, item: Item, keeper: User, two: tuple[User, User]) -> None:
    write(item, text="Anna’s words.", read=1, by=two[0])
    for writer in (keeper, two[0]):
        with pytest.raises(ValidationError) as error:
            elect_checkers(minutes, people=(writer, two[1]), by=keeper)
        assert refused(error) == "Who writes the minutes does not check them."


def test_a_checker_who_writes_afterwards_does_not_sign(
    minutes: Minutes, item: Item, keeper: User, two: tuple[User, User]
) -> None:
    elect_checkers(minutes, people=two, by=keeper)
    write(item, text="Anna’s words.", read=1, by=two[0])
    with pytest.raises(ValidationError) as error:
        sign_off(minutes, seen=digest(minutes), by=two[0])
    assert refused(error) == "Who writes the minutes does not check them."


def test_the_two_are_two(minutes: Minutes, keeper: User, two: tuple[User, User]) -> None:
    with pytest.raises(ValidationError, match="two people"):
        elect_checkers(minutes, people=(two[0], two[0]), by=keeper)


def test_another_text_than_the_one_that_stands_is_not_signed(
    minutes: Minutes, item: Item, keeper: User, two: tuple[User, User]
) -> None:
    elect_checkers(minutes, people=two, by=keeper)
    seen = digest(minutes)
    write(item, text="Changed meanwhile.", read=1, by=keeper)
    with pytest.raises(ValidationError) as error:
        sign_off(minutes, seen=seen, by=two[0])
    assert refused(error) == "The minutes have changed since you read them. Read them again."
    assert not Checker.objects.filter(signed_at__isnull=False).exists()


def test_only_the_two_sign(minutes: Minutes, keeper: User, two: tuple[User, User]) -> None:
    elect_checkers(minutes, people=two, by=keeper)
    with pytest.raises(ValidationError, match="Only the two checkers"):
        sign_off(minutes, seen=digest(minutes), by=make_user())


def test_whom_another_takes_the_place_of_has_not_signed(
    minutes: Minutes, keeper: User, two: tuple[User, User]
) -> None:
    sign_both(minutes, two)
    other = make_user(name="Õie Õun")
    elect_checkers(minutes, people=(two[1], other), by=keeper)
    signed = {checker.person: checker.signed_at is not None for checker in minutes.checkers.all()}
    assert signed == {two[1]: True, other: False}


def test_others_are_elected_also_where_the_two_were_fetched_before(
    minutes: Minutes, keeper: User, two: tuple[User, User]
) -> None:
    """As the page does: the first two are read with the minutes, and one of them gives way."""
    elect_checkers(minutes, people=two, by=keeper)
    opened = minutes_of(minutes.meeting)
    assert opened is not None
    other = make_user(name="Õie Õun")
    elect_checkers(opened, people=(two[0], other), by=keeper)
    kept = Checker.objects.order_by("place").values_list("place", "person")
    assert list(kept) == [(1, two[0].pk), (2, other.pk)]


def test_people_of_the_towns_around_the_table_can_check(minutes: Minutes, organiser: Party) -> None:
    town, elsewhere = make_party(name="Valka"), make_party(name="Narva")
    make_attendance(minutes.meeting, town, came=True)
    make_affiliation(user=minutes.keeper, party=organiser)
    anna, janis = make_officer(organiser, name="Anna Aas"), make_officer(town, name="Jānis Ozols")
    make_officer(elsewhere)
    make_affiliation(user=make_user(), party=town, ended_at=timezone.now())
    assert list(may_check(minutes)) == [anna, janis]


# Approved ----------------------------------------------------------------------------------------------


def test_minutes_are_approved_by_one_who_did_not_write_them_at_a_later_meeting(
    minutes: Minutes, later: Meeting, two: tuple[User, User]
) -> None:
    sign_both(minutes, two)
    assert may_approve_at(minutes) == [later]
    approve_minutes(minutes, at=later, by=two[0])
    assert state_of(minutes) == MinutesState.APPROVED
    assert LogEntry.objects.filter(deed="minutes approved", by=two[0]).count() == 1


def test_who_wrote_does_not_approve(
    minutes: Minutes, item: Item, later: Meeting, keeper: User, two: tuple[User, User]
) -> None:
    writer = make_user(name="Õie Õun")
    write(item, text="Her words.", read=1, by=writer)
    sign_both(minutes, two)
    for person in (keeper, writer):
        with pytest.raises(ValidationError) as error:
            approve_minutes(minutes, at=later, by=person)
        assert refused(error) == (
            "Who wrote the minutes does not approve them. Another secretary or an administrator notes it."
        )


def test_minutes_that_one_checker_has_not_signed_are_not_approved(
    minutes: Minutes, later: Meeting, keeper: User, two: tuple[User, User]
) -> None:
    elect_checkers(minutes, people=two, by=keeper)
    sign_off(minutes, seen=digest(minutes), by=two[0])
    with pytest.raises(ValidationError) as error:
        approve_minutes(minutes, at=later, by=two[1])
    assert refused(error) == "Minutes are approved when both checkers have signed them off."


def test_minutes_are_not_approved_at_another_meeting_than_a_later_one_of_theirs(
    minutes: Minutes, organiser: Party, two: tuple[User, User]
) -> None:
    sign_both(minutes, two)
    soon = timezone.localdate() + dt.timedelta(days=2)
    before = make_meeting(organiser=organiser, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 1, 1))
    others = make_meeting(starts_on=LATER, ends_on=LATER)
    off = make_meeting(
        organiser=organiser,
        starts_on=LATER,
        ends_on=LATER,
        cancelled_at=timezone.now(),
        cancelled_why="Snow.",
    )
    to_come = make_meeting(organiser=organiser, starts_on=soon, ends_on=soon)
    for other in (minutes.meeting, before, others, off, to_come):
        with pytest.raises(ValidationError):
            approve_minutes(minutes, at=other, by=two[0])
    assert may_approve_at(minutes) == []


def test_who_opened_the_page_before_the_approval_changes_nothing_after_it(
    minutes: Minutes, item: Item, later: Meeting, keeper: User, two: tuple[User, User]
) -> None:
    sign_both(minutes, two)
    opened = [Minutes.objects.get() for _number in range(3)]
    approve_minutes(minutes, at=later, by=two[0])
    deeds: list[Callable[[], object]] = [
        lambda: elect_checkers(opened[0], people=(two[0], make_user()), by=keeper),
        lambda: sign_off(opened[1], seen=digest(opened[1]), by=two[1]),
        lambda: approve_minutes(opened[2], at=later, by=two[1]),
        lambda: write(item, text="Too late.", read=1, by=keeper),
    ]
    for deed in deeds:
        with pytest.raises(ValidationError, match="approved"):
            deed()
    assert Checker.objects.filter(signed_at__isnull=False).count() == 2
    assert Minutes.objects.get().approved_by == two[0]


def test_the_quorum_of_approved_minutes_stays_whatever_comes_to_be_known(
    minutes: Minutes, later: Meeting, two: tuple[User, User]
) -> None:
    """An act with an earlier date, stated afterwards, does not change who was counted."""
    meeting = minutes.meeting
    Meeting.objects.filter(pk=meeting.pk).update(quorum="half")
    members = [join(meeting.organiser, make_party(name=name)) for name in ("Narva", "Valka")]
    for membership in members:
        make_attendance(meeting, membership.party, has_vote=True, came=True)
    sign_both(minutes, two)
    approve_minutes(minutes, at=later, by=two[0])
    was, told = digest(minutes), minuted(meeting).quorum
    assert told == Quorum(entitled=2, present=2, needed=2)
    make_membership_act(membership=members[0], kind="left", date="2020-01-01", number=2)
    assert (minuted(meeting).quorum, digest(minutes)) == (told, was)


def test_what_is_approved_does_not_change(
    minutes: Minutes, item: Item, later: Meeting, keeper: User, two: tuple[User, User]
) -> None:
    open_decision = make_decision(item, method=Method.CONSENSUS)
    sign_both(minutes, two)
    approve_minutes(minutes, at=later, by=two[0])
    for change in (
        lambda: write(item, text="Too late.", read=1, by=keeper),
        lambda: elect_checkers(minutes, people=two, by=keeper),
        lambda: sign_off(minutes, seen=digest(minutes), by=two[1]),
        lambda: commit(minutes.meeting, party=make_party(), text="More", by=keeper),
        lambda: note_attendance(minutes.meeting, shown=[], came=[], by=keeper),
        lambda: put(item, text="More", method=Method.CONSENSUS, by=keeper),
        lambda: take(open_decision, by=keeper),
    ):
        with pytest.raises(ValidationError, match="approved"):
            change()
