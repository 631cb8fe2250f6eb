"""What the tables of meetings never take, what forms say of it, and when a meeting is."""

import datetime as dt
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from tests.constraints import Breach, assert_refused, constraints_of
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
from twinhall.meetings.models import (
    Attendance,
    Checker,
    Cost,
    Decision,
    DecisionDeed,
    Gift,
    Item,
    Meeting,
    MeetingState,
    Method,
    Minutes,
    Outcome,
    Paper,
    Passage,
    ProgrammeLine,
    Registration,
    RollVote,
    Volume,
    digest_of,
)
from twinhall.networks.models import Membership

__all__ = ["document_folder"]

pytestmark = pytest.mark.django_db

M = TypeVar("M", bound=models.Model)
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
NEXT_DAY = DAY + dt.timedelta(days=1)
DIGEST = digest_of([(1, "Opened.")])


def another(record: M, **told: Any) -> M:
    """A record like this one, but for what is told; not saved."""
    record.pk, record._state.adding = None, True
    for name, value in told.items():
        setattr(record, name, value)
    return record


def a_meeting(**told: Any) -> Meeting:
    """A meeting, not yet saved."""
    return another(make_meeting(), slug="another", uid=uuid.uuid4(), **told)


def a_decision(**told: Any) -> Decision:
    """A decision, not yet saved."""
    item = make_item(make_meeting())
    return another(make_decision(item), **{"number": 9, **told})


def minutes_of(meeting: Meeting | None = None) -> Minutes:
    return Minutes.objects.create(meeting=meeting or make_meeting(), keeper=make_user())


def a_checker(**told: Any) -> Checker:
    """The second checker of minutes that have one, not yet saved."""
    first = Checker.objects.create(minutes=minutes_of(), place=1, person=make_user())
    return Checker(minutes=first.minutes, **{"place": 2, "person": make_user(), **told})


def the_same_checker() -> Checker:
    second = a_checker()
    second.person = Checker.objects.get(minutes=second.minutes).person
    return second


def approved(**told: Any) -> Minutes:
    """Minutes that a later meeting approved, not yet saved."""
    meeting, keeper = make_meeting(), make_user()
    at = make_meeting(organiser=meeting.organiser)
    usual = {"approved_at": NOW, "approved_by": make_user(), "approved_in": at}
    named: dict[str, object] = {"keeper": keeper, "meeting": meeting}
    values = {name: named.get(value, value) for name, value in told.items()}
    return Minutes(meeting=meeting, keeper=keeper, **{**usual, **values})


def an_act() -> dict[str, Any]:
    """A decision to admit that has taken its act."""
    act = make_membership_act()
    return {"membership": act.membership, "deed": DecisionDeed.ADMITTED, "act": act}


def the_same_vote() -> RollVote:
    decision, party = make_decision(make_item(make_meeting())), make_party()
    return another(RollVote.objects.create(decision=decision, party=party, choice="for"), choice="against")


def the_same_paper() -> Paper:
    return another(Paper.objects.create(meeting=make_meeting(), document=make_document()))


def the_same_answer() -> Registration:
    told = {"meeting": make_meeting(), "party": make_party(), "by": make_user()}
    Registration.objects.create(is_coming=True, **told)
    return Registration(is_coming=False, **told)


def the_same_passage() -> Passage:
    told = {"item": make_item(make_meeting()), "revision": 1, "by": make_user()}
    return another(Passage.objects.create(text="Opened.", **told), text="Closed.")


def a_second_voter() -> Attendance:
    first = make_attendance(make_meeting(), make_party(), has_vote=True)
    return another(first, name="Anna Liepa")


def a_gift(**told: Any) -> Gift:
    giver = make_party()
    usual = {"giver": giver, "receiver": make_party(name="Valka")}
    return Gift(meeting=make_meeting(), what="A clock", **{**usual, **told})


def a_gift_to_oneself() -> Gift:
    valga = make_party()
    return a_gift(giver=valga, receiver=valga)


def a_line(**told: Any) -> ProgrammeLine:
    return ProgrammeLine(meeting=make_meeting(), title="Lunch", **{"day": DAY, **told})


BREACHES = {
    "meetings_meeting_kind": Breach(lambda: a_meeting(kind="séance"), "This is not a kind of meeting."),
    "meetings_meeting_quorum": Breach(lambda: a_meeting(quorum="most"), "This is not a rule for a quorum."),
    "meetings_meeting_both_times": Breach(
        lambda: a_meeting(ends_at=None), "Give both times, or none for whole days."
    ),
    "meetings_meeting_in_order": Breach(
        lambda: a_meeting(ends_at=dt.time(10)), "A meeting ends after it begins."
    ),
    "meetings_meeting_registration": Breach(
        lambda: a_meeting(registration_until=NEXT_DAY), "Registration closes before the meeting is over."
    ),
    "meetings_meeting_cancelled": Breach(
        lambda: a_meeting(cancelled_at=NOW), "A cancellation needs its reason."
    ),
    "meetings_item_once": Breach(
        lambda: another(make_item(make_meeting())), "The agenda has an item with this number already."
    ),
    "meetings_paper_once": Breach(the_same_paper, "The meeting has this paper already."),
    "meetings_invitee_once": Breach(
        lambda: another(make_invitee(make_meeting(), make_party())), "This address is invited already."
    ),
    "meetings_registration_once": Breach(
        the_same_answer, "This town has answered already; change its answer."
    ),
    "meetings_attendance_once": Breach(
        lambda: another(make_attendance(make_meeting(), make_party())),
        "This person is registered for the town already.",
    ),
    "meetings_attendance_one_vote": Breach(
        a_second_voter, "One member has one vote: another person casts it already."
    ),
    "meetings_attendance_role": Breach(
        lambda: Attendance(meeting=make_meeting(), party=make_party(), name="Anna Liepa", role="king"),
        "This is not a way to take part.",
    ),
    "meetings_commitment_text": Breach(
        lambda: another(make_commitment(make_meeting(), make_party()), text=""), "Say what is to be done."
    ),
    "meetings_commitment_dropped": Breach(
        lambda: another(make_commitment(make_meeting(), make_party()), is_dropped=True, closed_on=DAY),
        "Who drops a commitment says why.",
    ),
    "meetings_decision_once": Breach(
        lambda: a_decision(number=1), "The meeting has a decision with this number already."
    ),
    "meetings_decision_choices": Breach(
        lambda: a_decision(method="lots"), "This is not a way of voting, or not an outcome."
    ),
    "meetings_decision_deed": Breach(
        lambda: a_decision(deed=DecisionDeed.ADMITTED),
        "Say which membership the decision is about, and what it does to it.",
    ),
    "meetings_decision_act": Breach(
        lambda: a_decision(**an_act()), "Only a decision that was carried takes an act."
    ),
    "meetings_decision_dated": Breach(
        lambda: a_decision(method=Method.CONSENSUS, outcome=Outcome.CARRIED, decided_on=None),
        "What is decided has its day.",
    ),
    "meetings_decision_counted": Breach(
        lambda: a_decision(outcome=Outcome.REJECTED, in_favour=0, against=3),
        "A vote has its counts: for, against, abstentions.",
    ),
    "meetings_vote_once": Breach(the_same_vote, "This member has voted on it already."),
    "meetings_vote_choice": Breach(
        lambda: RollVote(decision=make_decision(make_item(make_meeting())), party=make_party(), choice="aye"),
        "A vote is for, against, or an abstention.",
    ),
    "meetings_passage_once": Breach(the_same_passage, "Somebody else has written here meanwhile."),
    "meetings_minutes_approved": Breach(
        lambda: approved(approved_in=None), "An approval says when, by whom and at which meeting."
    ),
    "meetings_minutes_not_by_keeper": Breach(
        lambda: approved(approved_by="keeper"), "Who wrote the minutes does not approve them."
    ),
    "meetings_minutes_later": Breach(
        lambda: approved(approved_in="meeting"), "Minutes are approved at a later meeting."
    ),
    "meetings_checker_place": Breach(lambda: a_checker(place=1), "Minutes have two checkers."),
    "meetings_checker_once": Breach(the_same_checker, "The two checkers are two people."),
    "meetings_checker_two": Breach(lambda: a_checker(place=3), "Minutes have two checkers."),
    "meetings_checker_signed": Breach(lambda: a_checker(signed_at=NOW), "A signature stands under a text."),
    "meetings_programme_in_order": Breach(
        lambda: a_line(starts_at=dt.time(12), ends_at=dt.time(12)), "It ends after it begins."
    ),
    "meetings_gift_between_two": Breach(a_gift_to_oneself, "A gift goes from one to another."),
    "meetings_gift_money": Breach(
        lambda: a_gift(amount=Decimal(20)), "An amount has its currency, and is not negative."
    ),
    "meetings_cost_money": Breach(
        lambda: Cost(
            meeting=make_meeting(), what="Bus", payer=make_party(), planned=Decimal("-0.01"), currency="EUR"
        ),
        "An amount is not negative.",
    ),
    "meetings_volume_made": Breach(
        lambda: Volume(
            key="x",
            title="Minutes of 2026",
            language="en",
            by=make_user(),
            made_at=timezone.now(),
        ),
        "A volume that was made has its content.",
    ),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("meetings"))


@pytest.mark.usefixtures("document_folder")
@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


@pytest.mark.parametrize(
    "told",
    [
        {"ends_on": DAY - dt.timedelta(days=1)},
        {"ends_on": DAY - dt.timedelta(days=1), "starts_at": None, "ends_at": None},
        {"cancelled_why": "Snow."},
        {"cancelled_at": NOW, "cancelled_why": ""},
        {"starts_at": None},
    ],
)
def test_other_ways_to_break_a_meeting(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_meeting(**told).validate_constraints()


@pytest.mark.parametrize(
    "told",
    [
        {"starts_at": None, "ends_at": None},
        {"starts_at": dt.time(22), "ends_on": NEXT_DAY, "ends_at": dt.time(2)},
        {"registration_until": DAY},
        {"cancelled_at": NOW, "cancelled_why": "Snow."},
        {"quorum": "two thirds", "kind": "visit", "places": 0},
    ],
)
def test_what_a_meeting_may_be(told: dict[str, Any]) -> None:
    meeting = a_meeting(**told)
    meeting.full_clean()
    meeting.save()
    assert Meeting.objects.filter(slug="another").exists()


# What only the code can refuse -----------------------------------------------------------------------


def refusal_of(record: models.Model) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"starts_on": dt.date(2026, 3, 29), "ends_on": dt.date(2026, 3, 29), "starts_at": dt.time(3, 30)},
            {
                "starts_at": [
                    (
                        "On 2026-03-29 the clocks of Europe/Riga are put forward: "
                        "03:30 does not exist there. Choose another time."
                    )
                ]
            },
        ),
        (
            {"zone": "Europe/Walk"},
            {"zone": ["“Europe/Walk” is not a time zone. Zones are called like Europe/Riga."]},
        ),
        (
            {"starts_on": dt.date(26, 3, 12), "ends_on": dt.date(9999, 12, 31)},
            {
                "starts_on": ["Meetings are kept from 1900 to 2100."],
                "ends_on": ["Meetings are kept from 1900 to 2100."],
            },
        ),
        ({"kind": "board", "starts_on": None}, {"starts_on": ["This field cannot be null."]}),
    ],
)
def test_days_and_times_that_no_clock_shows_are_said_once(
    told: dict[str, Any], said: dict[str, list[str]]
) -> None:
    assert refusal_of(a_meeting(**told)) == said


def test_a_body_of_another_network_is_refused() -> None:
    assert refusal_of(a_meeting(body=make_body())) == {"body": ["This body belongs to another network."]}


def test_a_body_of_the_network_is_taken() -> None:
    network = make_network()
    assert make_meeting(organiser=network.party, body=make_body(network=network)).body


def test_an_item_of_another_meeting_is_refused(document_folder: Path) -> None:
    said = {"item": ["This item belongs to another meeting."]}
    elsewhere = make_item(make_meeting())
    paper = Paper(meeting=make_meeting(), item=elsewhere, document=make_document())
    assert document_folder.exists()
    assert refusal_of(paper) == said
    assert refusal_of(a_decision(item=elsewhere)) == said


def test_a_membership_of_another_network_is_not_decided_on() -> None:
    decision = a_decision(membership=make_membership(), deed=DecisionDeed.ADMITTED)
    assert refusal_of(decision) == {"membership": ["This is a membership of another network."]}
    assert Membership.objects.count() == 1


def test_nothing_is_decided_on_a_day_without_the_meeting() -> None:
    assert refusal_of(a_decision(decided_on=NEXT_DAY)) == {"decided_on": ["The meeting was not on that day."]}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"day": NEXT_DAY}, {"day": ["The meeting is not on that day."]}),
        ({"ends_at": dt.time(12)}, {"starts_at": ["Say when it begins, too."]}),
    ],
)
def test_a_line_of_the_programme_is_in_its_time(told: dict[str, Any], said: dict[str, list[str]]) -> None:
    found = refusal_of(a_line(**told))
    assert {field: found[field] for field in said} == said


def test_money_has_a_currency_of_three_letters() -> None:
    gift = a_gift(amount=Decimal(-1), currency="eur")
    assert {"amount", "currency"} <= set(refusal_of(gift))


# When it is ------------------------------------------------------------------------------------------


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def test_a_meeting_begins_and_finishes_by_the_clock_of_its_place() -> None:
    meeting = make_meeting()
    assert (meeting.begins, meeting.finishes) == (utc(2026, 3, 12, 8), utc(2026, 3, 12, 14))
    assert not meeting.is_whole_days


def test_whole_days_end_with_the_midnight_after_them() -> None:
    last = dt.date(2026, 3, 29)  # the clocks are put forward within it
    meeting = make_meeting(starts_on=dt.date(2026, 3, 28), ends_on=last, starts_at=None, ends_at=None)
    assert (meeting.begins, meeting.finishes) == (utc(2026, 3, 27, 22), utc(2026, 3, 29, 21))
    assert meeting.is_whole_days


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut", "America/Santiago", "America/Havana"])
def test_where_clocks_leave_out_midnight_whole_days_still_have_their_ends(zone: str) -> None:
    for number in range(365):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=number)
        meeting = Meeting(starts_on=day, ends_on=day, zone=zone)
        assert dt.timedelta(hours=23) <= meeting.finishes - meeting.begins <= dt.timedelta(hours=25), day


def test_a_country_may_change_its_rules_afterwards() -> None:
    """A row whose time no clock shows any more is still shown, at the time that comes nearest."""
    meeting = make_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_on="2026-03-29", ends_on="2026-03-29", starts_at="03:30", ends_at="10:00"
    )
    meeting.refresh_from_db()
    assert meeting.begins == utc(2026, 3, 29, 1, 30)
    assert meeting.state_at(utc(2026, 3, 29, 7)) == MeetingState.OVER


def test_what_becomes_of_a_meeting() -> None:
    meeting = make_meeting()
    before, after = utc(2026, 3, 12, 13, 59), utc(2026, 3, 12, 14)
    assert (meeting.state_at(before), meeting.state_at(after)) == (MeetingState.PLANNED, MeetingState.OVER)
    meeting.called_at = timezone.now()
    assert (meeting.state_at(before), meeting.state_at(after)) == (MeetingState.CALLED, MeetingState.OVER)
    meeting.cancelled_at = timezone.now()
    assert {meeting.state_at(before), meeting.state_at(after)} == {MeetingState.CANCELLED}


def test_an_agenda_is_shown_in_order() -> None:
    meeting = make_meeting()
    Item.objects.bulk_create(Item(meeting=meeting, number=number, title="x") for number in (10, 2, 1))
    assert [item.number for item in meeting.items.all()] == [1, 2, 10]


def test_what_is_signed_tells_texts_apart() -> None:
    said = [
        [(1, "a"), (2, "b")],
        [(1, "ab"), (2, "")],
        [(2, "b"), (1, "a")],
        [(1, "a")],
        [(12, "")],
        [(1, "2")],
    ]
    assert len({digest_of(one) for one in said}) == len(said)
