"""A vote that was counted wrongly is opened again, and what it did is taken back with it."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import make_attendance, make_item, make_meeting
from tests.factories.networks import (
    make_application,
    make_membership,
    make_membership_act,
    make_network,
)
from tests.factories.parties import make_officer, make_party
from twinhall.accounts.models import LogEntry, User
from twinhall.meetings.actions.deciding import cast, put, take
from twinhall.meetings.actions.reopening import reopen_decision
from twinhall.meetings.models import (
    Choice,
    Decision,
    DecisionDeed,
    Meeting,
    Method,
    Minutes,
    Outcome,
    RollVote,
)
from twinhall.networks.models import Application, Membership, MembershipStatus, Network
from twinhall.networks.queries import as_of
from twinhall.parties.models import Party, Role

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 12)
WHY = "Two votes were counted on the wrong side."


@pytest.fixture
def network() -> Network:
    return make_network(name="City Twins Association")


@pytest.fixture
def secretary(network: Network) -> User:
    return make_officer(network.party, role=Role.SECRETARY)


@pytest.fixture
def members(network: Network) -> list[Party]:
    return [join(network, name, "admitted").party for name in ("Narva", "Valga")]


@pytest.fixture
def meeting(network: Network, members: list[Party]) -> Meeting:
    """Both members are there."""
    meeting = make_meeting(organiser=network.party, starts_on=DAY, ends_on=DAY)
    for party in members:
        make_attendance(meeting, party, has_vote=True, came=True)
    return meeting


def join(network: Network, name: str, kind: str) -> Membership:
    made = make_membership(network=network, party=make_party(name=name), category="")
    make_membership_act(membership=made, kind=kind, date="2010-01-01")
    return made


def put_to(meeting: Meeting, by: User, **told: Any) -> Decision:
    told = {"method": Method.SECRET, **told}
    return put(make_item(meeting), text="Zgorzelec is admitted.", by=by, **told)


def status_of(membership: Membership) -> str:
    return str(as_of(Membership.objects.all(), DAY).get(pk=membership.pk).status)


def test_a_wrong_count_is_counted_anew(meeting: Meeting, secretary: User) -> None:
    decision = put_to(meeting, secretary)
    take(decision, counts={Choice.FOR: 2}, by=secretary)
    reopen_decision(decision, why=WHY, by=secretary)
    decision.refresh_from_db()
    counts = (decision.in_favour, decision.against, decision.abstained, decision.entitled, decision.present)
    assert (decision.outcome, counts) == (Outcome.OPEN, (None,) * 5)
    take(decision, counts={Choice.AGAINST: 2}, by=secretary)
    assert (decision.outcome, decision.called) == (Outcome.REJECTED, "1/2024")
    noted = LogEntry.objects.get(deed="vote opened again")
    assert (noted.label, noted.why) == ("1/2024: carried 2:0:0", WHY)


@pytest.mark.parametrize("is_taken", [False, True])
def test_a_vote_of_a_roll_is_noted_anew_and_the_log_keeps_how_each_voted(
    meeting: Meeting, secretary: User, members: list[Party], *, is_taken: bool
) -> None:
    decision = put_to(meeting, secretary, method=Method.ROLL)
    narva, valga = members
    cast(decision, votes={narva: Choice.FOR, valga: Choice.AGAINST}, by=secretary)
    if is_taken:
        take(decision, by=secretary)
    reopen_decision(decision, why=WHY, anew=[valga], by=secretary)
    label = LogEntry.objects.get(deed="vote opened again").label
    votes = f"{narva.slug} for, {valga.slug} against"
    assert label == (f"1/2024: rejected 1:1:0; {votes}" if is_taken else f"1/2024: {votes}")
    assert list(decision.votes.values_list("party", "choice")) == [(narva.pk, Choice.FOR)]
    with pytest.raises(ValidationError, match="that are there: Valga"):
        take(decision, by=secretary)
    cast(decision, votes={valga: Choice.FOR}, by=secretary)
    assert take(decision, by=secretary).outcome == Outcome.CARRIED


def test_a_long_roll_is_kept_in_several_lines(meeting: Meeting, secretary: User) -> None:
    decision = put_to(meeting, secretary, method=Method.ROLL)
    voted = [make_party(name=f"Municipality {number}") for number in range(20)]
    for party in voted:
        RollVote.objects.create(decision=decision, party=party, choice=Choice.ABSTAINED)
    with pytest.raises(ValidationError, match="Nobody has voted yet"):
        reopen_decision(decision, why=WHY, by=secretary)
    reopen_decision(decision, why=WHY, anew=voted, by=secretary)
    labels = LogEntry.objects.filter(deed="vote opened again").order_by("pk").values_list("label", flat=True)
    kept = " ".join(label.removeprefix("1/2024: ") for label in labels)
    assert kept == ", ".join(sorted(f"{party.slug} abstained" for party in voted))


def test_what_it_did_to_a_membership_is_taken_back(
    network: Network, meeting: Meeting, secretary: User
) -> None:
    applicant = join(network, "Zgorzelec", "applied")
    application = make_application(network=network)
    Application.objects.update(party=applicant.party, membership=applicant, completed_at=timezone.now())
    decision = put_to(meeting, secretary, membership=applicant, deed=DecisionDeed.ADMITTED)
    take(decision, counts={Choice.FOR: 2}, by=secretary, category="member", number=3)
    act = decision.act
    application.refresh_from_db()
    assert (act is not None, status_of(applicant), application.outcome) == (True, "member", "admitted")

    reopen_decision(decision, why=WHY, by=secretary)
    for record in (applicant, application, act, decision):
        assert record is not None
        record.refresh_from_db()
    assert act is not None
    assert (act.withdrawn_why, decision.act, status_of(applicant)) == (WHY, None, MembershipStatus.APPLICANT)
    assert (applicant.category, applicant.number) == ("", None)
    assert (application.decided_at, application.outcome) == (None, "")

    take(decision, counts={Choice.FOR: 2}, by=secretary, category="associate", number=3)
    for record in (applicant, application):
        record.refresh_from_db()
    assert (applicant.category, applicant.number, application.outcome) == ("associate", 3, "admitted")
    assert (status_of(applicant), decision.act == act) == (MembershipStatus.MEMBER, False)


def test_of_an_application_that_another_decision_ended_nothing_changes(
    network: Network, meeting: Meeting, secretary: User
) -> None:
    applicant = join(network, "Zgorzelec", "applied")
    earlier = make_application(network=network)
    ended = dt.datetime(2023, 5, 4, 12, tzinfo=dt.UTC)
    told = {"completed_at": ended, "decided_at": ended, "outcome": "admitted"}
    Application.objects.update(party=applicant.party, membership=applicant, **told)
    decision = put_to(meeting, secretary, membership=applicant, deed=DecisionDeed.ADMITTED)
    take(decision, counts={Choice.FOR: 2}, by=secretary, category="member")
    reopen_decision(decision, why=WHY, by=secretary)
    earlier.refresh_from_db()
    assert (earlier.decided_at, earlier.outcome) == (ended, "admitted")


def test_where_the_register_has_gone_on_the_vote_stays_closed(
    network: Network, meeting: Meeting, secretary: User
) -> None:
    applicant = join(network, "Zgorzelec", "applied")
    decision = put_to(meeting, secretary, membership=applicant, deed=DecisionDeed.ADMITTED)
    take(decision, counts={Choice.FOR: 2}, by=secretary, category="member")
    make_membership_act(membership=applicant, kind="left", date="2025-01-01", number=3)
    with pytest.raises(ValidationError, match="take that back first"):
        reopen_decision(decision, why=WHY, by=secretary)
    decision.refresh_from_db()
    assert (decision.outcome, decision.act is not None) == (Outcome.CARRIED, True)


def test_a_vote_is_not_opened_again_without_cause(meeting: Meeting, secretary: User) -> None:
    decision = put_to(meeting, secretary)
    with pytest.raises(ValidationError, match="Nobody has voted yet"):
        reopen_decision(decision, why=WHY, by=secretary)
    take(decision, counts={Choice.FOR: 2}, by=secretary)
    with pytest.raises(ValidationError, match="Give the reason"):
        reopen_decision(decision, why=" ", by=secretary)
    Minutes.objects.create(
        meeting=meeting,
        keeper=secretary,
        approved_at=timezone.now(),
        approved_by=make_user(),
        approved_in=make_meeting(organiser=meeting.organiser),
    )
    with pytest.raises(ValidationError, match="are approved"):
        reopen_decision(decision, why=WHY, by=secretary)
    decision.refresh_from_db()
    assert decision.outcome == Outcome.CARRIED
