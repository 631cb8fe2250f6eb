"""Decisions: what is put, who votes, what is refused, and the act that is taken."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_administrator
from tests.factories.meetings import make_attendance, make_item, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_officer, make_party
from twinhall.accounts.models import User
from twinhall.evidence.models import SourceKind, Statement
from twinhall.meetings.actions.deciding import cast, put, source_of, take, withdraw_decision
from twinhall.meetings.actions.planning import change_meeting
from twinhall.meetings.models import (
    Choice,
    Decision,
    DecisionDeed,
    Majority,
    Meeting,
    Method,
    Outcome,
    QuorumRule,
    RollVote,
)
from twinhall.meetings.voting import entitled
from twinhall.networks.models import Membership, MembershipAct, MembershipStatus, Network
from twinhall.networks.queries import as_of
from twinhall.parties.models import Party, Role

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 12)
"""Over in any year in which this is run: what has not begun decides nothing."""


@pytest.fixture
def network() -> Network:
    return make_network(name="City Twins Association")


@pytest.fixture
def secretary(network: Network) -> User:
    return make_officer(network.party, role=Role.SECRETARY)


def make_board(network: Network, **told: Any) -> Meeting:
    defaults = {"starts_on": DAY, "ends_on": DAY, "quorum": QuorumRule.HALF}
    return make_meeting(organiser=network.party, **{**defaults, **told})


def membership(network: Network, name: str, *kinds: str) -> Membership:
    """A membership with acts, the first of 2010, each a year after the one before."""
    made = make_membership(network=network, party=make_party(name=name), category="")
    for number, kind in enumerate(kinds, start=1):
        make_membership_act(membership=made, kind=kind, date=f"{2009 + number}-01-01", number=number)
    return made


def member(network: Network, name: str) -> Party:
    return membership(network, name, "admitted").party


def there(meeting: Meeting, *parties: Party) -> None:
    """Each of them has sent somebody who votes, and who came."""
    for party in parties:
        make_attendance(meeting, party, name=f"Voter of {party}", has_vote=True, came=True)


def put_to(meeting: Meeting, by: User, *, method: str = Method.ROLL, **told: Any) -> Decision:
    return put(make_item(meeting), text="The plan of work is agreed.", method=method, by=by, **told)


def status_of(made: Membership, day: dt.date = DAY) -> str:
    return str(as_of(Membership.objects.all(), day).get(pk=made.pk).status)


def kinds_of(made: Membership) -> list[str]:
    return list(
        MembershipAct.objects.filter(membership=made).order_by("number").values_list("kind", flat=True)
    )


# Who is admitted, suspended, excluded ------------------------------------------------------------------


def test_an_admission_by_roll_call_makes_a_member_on_that_day(network: Network, secretary: User) -> None:
    narva, valga = member(network, "Narva"), member(network, "Valga")
    applicant = membership(network, "Zgorzelec", "applied")
    meeting = make_board(network)
    there(meeting, narva, valga)
    decision = put_to(meeting, secretary, membership=applicant, deed=DecisionDeed.ADMITTED)
    cast(decision, votes={narva: Choice.FOR, valga: Choice.FOR}, by=secretary)
    take(decision, by=secretary, category="member", number=3)
    assert (decision.outcome, decision.in_favour, decision.against) == (Outcome.CARRIED, 2, 0)
    assert (decision.entitled, decision.present) == (2, 2)
    assert status_of(applicant) == MembershipStatus.MEMBER
    assert status_of(applicant, DAY - dt.timedelta(days=1)) == MembershipStatus.APPLICANT
    applicant.refresh_from_db()
    assert (applicant.category, applicant.number) == ("member", 3)


def test_who_is_admitted_votes_from_the_next_meeting_on(network: Network, secretary: User) -> None:
    narva, joining = member(network, "Narva"), membership(network, "Zgorzelec", "applied")
    board = make_board(network)
    there(board, narva)
    decision = put_to(
        board, secretary, method=Method.CONSENSUS, membership=joining, deed=DecisionDeed.ADMITTED
    )
    take(decision, by=secretary, category="member")

    assert entitled(board) == [narva]
    later = make_board(network, starts_on=DAY + dt.timedelta(days=1), ends_on=DAY + dt.timedelta(days=1))
    assert entitled(later) == [narva, joining.party]


def test_the_act_rests_on_the_decision_as_its_source(network: Network, secretary: User) -> None:
    applicant = membership(network, "Zgorzelec", "applied")
    decision = put_to(
        make_board(network, quorum=QuorumRule.NONE),
        secretary,
        method=Method.CONSENSUS,
        membership=applicant,
        deed=DecisionDeed.ADMITTED,
    )
    take(decision, by=secretary, category="member", number=None)
    assert decision.act is not None
    source = source_of(decision)
    assert (source.kind, source.title) == (SourceKind.DECISION, "Decision 1/2024 (board meeting)")
    assert source.publication.publisher == network.party
    said = Statement.objects.filter(subject_type="networks.membershipact", subject_id=decision.act.pk)
    assert {(s.field, s.value, s.in_force, s.source_id) for s in said} == {
        ("exists", "yes", True, source.pk),
        ("date", "2024-03-12", True, source.pk),
    }


@pytest.mark.parametrize(
    ("kinds", "deed", "after"),
    [
        (["applied"], DecisionDeed.REFUSED, MembershipStatus.FORMER),
        (["attested", "suspended"], DecisionDeed.READMITTED, MembershipStatus.MEMBER),
        (["admitted"], DecisionDeed.SUSPENDED, MembershipStatus.SUSPENDED),
        (["admitted"], DecisionDeed.EXCLUDED, MembershipStatus.FORMER),
        (["admitted", "suspended"], DecisionDeed.READMITTED, MembershipStatus.MEMBER),
        (["admitted", "left"], DecisionDeed.READMITTED, MembershipStatus.MEMBER),
    ],
)
def test_a_carried_decision_takes_its_act(
    network: Network, secretary: User, kinds: list[str], deed: str, after: str
) -> None:
    made = membership(network, "Imatra", *kinds)
    meeting = make_board(network, quorum=QuorumRule.NONE)
    decision = put_to(meeting, secretary, method=Method.CONSENSUS, membership=made, deed=deed)
    take(decision, by=secretary)
    assert (kinds_of(made), status_of(made)) == ([*kinds, deed], after)


def test_not_yet_is_decided_with_its_reason(network: Network, secretary: User) -> None:
    applicant = membership(network, "Zgorzelec", "applied")
    meeting = make_board(network, quorum=QuorumRule.NONE, language="pl")
    decision = put_to(
        meeting, secretary, method=Method.CONSENSUS, membership=applicant, deed=DecisionDeed.NOT_YET
    )
    with pytest.raises(ValidationError) as error:
        take(decision, by=secretary, texts={"reason": ""})
    assert error.value.message_dict == {"reason": ["“Not yet a member” needs its reason."]}
    take(Decision.objects.get(), by=secretary, texts={"reason": "Miasto nie ma jeszcze uchwały."})
    assert status_of(applicant) == MembershipStatus.COOPERATING
    assert MembershipAct.objects.get(kind="not yet").reason == {"pl": "Miasto nie ma jeszcze uchwały."}


def test_who_never_was_a_member_is_not_readmitted(network: Network, secretary: User) -> None:
    refused = membership(network, "Zgorzelec", "applied", "refused")
    with pytest.raises(ValidationError, match="the act “readmitted” is not possible then") as error:
        put_to(make_board(network), secretary, membership=refused, deed=DecisionDeed.READMITTED)
    assert set(error.value.message_dict) == {"deed"}


def test_a_rejected_decision_takes_no_act(network: Network, secretary: User) -> None:
    narva, applicant = member(network, "Narva"), membership(network, "Zgorzelec", "applied")
    meeting = make_board(network)
    there(meeting, narva)
    decision = put_to(meeting, secretary, membership=applicant, deed=DecisionDeed.ADMITTED)
    cast(decision, votes={narva: Choice.AGAINST}, by=secretary)
    take(decision, by=secretary, category="member", number=3)
    assert (decision.outcome, decision.act, kinds_of(applicant)) == (Outcome.REJECTED, None, ["applied"])


def test_an_act_that_was_taken_back_leaves_the_decision_as_it_was(network: Network, secretary: User) -> None:
    applicant = membership(network, "Zgorzelec", "applied")
    meeting = make_board(network, quorum=QuorumRule.NONE)
    decision = put_to(
        meeting, secretary, method=Method.CONSENSUS, membership=applicant, deed=DecisionDeed.ADMITTED
    )
    take(decision, by=secretary, category="member", number=None)
    assert decision.act is not None
    decision.act.withdrawn_at, decision.act.withdrawn_why = timezone.now(), "Entered by mistake."
    decision.act.save()
    assert status_of(applicant) == MembershipStatus.APPLICANT
    decision.refresh_from_db()
    assert decision.outcome == Outcome.CARRIED


def test_what_does_not_fit_the_membership_is_refused(network: Network, secretary: User) -> None:
    narva = membership(network, "Narva", "admitted")
    with pytest.raises(ValidationError, match="The membership is “member” on 2024-03-12"):
        put_to(make_board(network), secretary, membership=narva, deed=DecisionDeed.ADMITTED)


def test_what_another_decision_has_done_meanwhile_is_not_done_twice(
    network: Network, secretary: User
) -> None:
    applicant = membership(network, "Zgorzelec", "applied")
    meeting = make_board(network, quorum=QuorumRule.NONE)
    one, two = (
        put_to(meeting, secretary, method=Method.CONSENSUS, membership=applicant, deed=DecisionDeed.ADMITTED)
        for _number in (1, 2)
    )
    take(one, by=secretary, category="member", number=1)
    with pytest.raises(ValidationError, match="The membership is “member” on 2024-03-12"):
        take(two, by=secretary, category="member", number=1)
    two.refresh_from_db()
    assert (two.outcome, kinds_of(applicant)) == (Outcome.OPEN, ["applied", "admitted"])


def test_a_number_that_another_member_has_is_refused_and_nothing_is_decided(
    network: Network, secretary: User
) -> None:
    narva, applicant = membership(network, "Narva", "admitted"), membership(network, "Zgorzelec", "applied")
    Membership.objects.filter(pk=narva.pk).update(number=7)
    meeting = make_board(network, quorum=QuorumRule.NONE)
    decision = put_to(
        meeting, secretary, method=Method.CONSENSUS, membership=applicant, deed=DecisionDeed.ADMITTED
    )
    with pytest.raises(ValidationError, match="Another membership of the network has this number"):
        take(decision, by=secretary, category="member", number=7)
    decision.refresh_from_db()
    assert (decision.outcome, status_of(applicant)) == (Outcome.OPEN, MembershipStatus.APPLICANT)


def test_a_membership_of_another_network_is_refused(network: Network, secretary: User) -> None:
    elsewhere = membership(make_network(name="League"), "Tartu", "applied")
    with pytest.raises(ValidationError, match="This is a membership of another network"):
        put_to(make_board(network), secretary, membership=elsewhere, deed=DecisionDeed.ADMITTED)


# Votes that are refused --------------------------------------------------------------------------------


def refused(decision: Decision, party: Party, by: User) -> str:
    """What is said to a vote that is not noted."""
    with pytest.raises(ValidationError) as said:
        cast(decision, votes={party: Choice.FOR}, by=by)
    assert not RollVote.objects.filter(decision=decision, party=party, choice=Choice.FOR).exists()
    return str(said.value.messages[0])


def test_a_suspended_member_has_no_vote(network: Network, secretary: User) -> None:
    imatra = membership(network, "Imatra", "admitted", "suspended").party
    meeting = make_board(network)
    there(meeting, imatra)
    decision = put_to(meeting, secretary)
    assert refused(decision, imatra, secretary) == "Imatra is suspended on 2024-03-12 and has no vote."


def test_who_is_suspended_on_the_first_day_has_no_vote_on_the_second(
    network: Network, secretary: User
) -> None:
    narva, imatra = member(network, "Narva"), membership(network, "Imatra", "admitted")
    second = DAY + dt.timedelta(days=1)
    make_membership_act(membership=imatra, kind="suspended", date=str(second), number=2)
    meeting = make_board(network, ends_on=second, quorum=QuorumRule.TWO_THIRDS)
    there(meeting, narva, imatra.party)
    on_first, on_second = put_to(meeting, secretary), put_to(meeting, secretary, decided_on=second)
    cast(on_first, votes={imatra.party: Choice.FOR}, by=secretary)
    assert refused(on_second, imatra.party, secretary) == "Imatra is suspended on 2024-03-13 and has no vote."
    cast(on_first, votes={narva: Choice.FOR}, by=secretary)
    cast(on_second, votes={narva: Choice.FOR}, by=secretary)
    counted = [take(one, by=secretary) for one in (on_first, on_second)]
    assert [(one.entitled, one.present) for one in counted] == [(2, 2), (1, 1)]


def test_who_is_no_member_has_no_vote(network: Network, secretary: User) -> None:
    applicant = membership(network, "Zgorzelec", "applied").party
    meeting = make_board(network)
    there(meeting, applicant)
    assert refused(put_to(meeting, secretary), applicant, secretary) == (
        "Zgorzelec has no vote at this meeting."
    )


def test_who_is_not_there_has_no_vote(network: Network, secretary: User) -> None:
    narva, valga = member(network, "Narva"), member(network, "Valga")
    meeting = make_board(network)
    make_attendance(meeting, valga, has_vote=True, came=False)
    decision = put_to(meeting, secretary)
    for party in (narva, valga):
        said = f"{party} is not there: nobody came who casts its vote."
        assert refused(decision, party, secretary) == said


def test_a_second_vote_is_refused_and_so_are_those_that_came_with_it(
    network: Network, secretary: User
) -> None:
    narva, valga = member(network, "Narva"), member(network, "Valga")
    meeting = make_board(network)
    there(meeting, narva, valga)
    decision = put_to(meeting, secretary)
    cast(decision, votes={narva: Choice.AGAINST}, by=secretary)
    with pytest.raises(ValidationError, match="Narva has voted already"):
        cast(decision, votes={valga: Choice.FOR, narva: Choice.FOR}, by=secretary)
    assert list(decision.votes.values_list("party", "choice")) == [(narva.pk, Choice.AGAINST)]


def test_there_is_no_roll_call_on_a_secret_vote(network: Network, secretary: User) -> None:
    narva = member(network, "Narva")
    meeting = make_board(network)
    there(meeting, narva)
    decision = put_to(meeting, secretary, method=Method.SECRET)
    assert refused(decision, narva, secretary) == "There is no roll call on this decision."


# Closing a vote ----------------------------------------------------------------------------------------


def test_without_a_quorum_nothing_is_decided(network: Network, secretary: User) -> None:
    narva, _valga = member(network, "Narva"), member(network, "Valga")
    meeting = make_board(network)
    there(meeting, narva)
    decision = put_to(meeting, secretary)
    cast(decision, votes={narva: Choice.FOR}, by=secretary)
    with pytest.raises(ValidationError) as said:
        take(decision, by=secretary)
    assert said.value.messages == [
        "There is no quorum: 1 of the 2 members that may vote is there, and 2 must be."
    ]
    decision.refresh_from_db()
    assert decision.outcome == Outcome.OPEN


def test_more_votes_than_voters_are_refused(network: Network, secretary: User) -> None:
    meeting = make_board(network)
    there(meeting, member(network, "Narva"), member(network, "Valga"))
    decision = put_to(meeting, secretary, method=Method.SECRET)
    with pytest.raises(ValidationError) as said:
        take(decision, counts={Choice.FOR: 2, Choice.ABSTAINED: 1}, by=secretary)
    assert said.value.messages == ["3 votes were counted, but only 2 members with a vote are there."]


@pytest.mark.parametrize("method", [Method.ROLL, Method.SECRET])
def test_a_vote_that_nobody_cast_is_not_closed(network: Network, secretary: User, method: str) -> None:
    meeting = make_board(network)
    there(meeting, member(network, "Narva"))
    decision = put_to(meeting, secretary, method=method)
    with pytest.raises(ValidationError, match="Nobody has voted yet"):
        take(decision, counts={}, by=secretary)


def test_a_roll_is_not_closed_while_somebody_there_has_not_voted(network: Network, secretary: User) -> None:
    narva, valga, valka = (member(network, name) for name in ("Narva", "Valga", "Valka"))
    meeting = make_board(network)
    there(meeting, narva, valga, valka)
    decision = put_to(meeting, secretary)
    cast(decision, votes={narva: Choice.AGAINST}, by=secretary)
    with pytest.raises(ValidationError) as said:
        take(decision, by=secretary)
    words = (
        "No vote is noted yet of these members that are there: Valga, Valka. Note it, or tick that they "
        "did not vote."
    )
    assert said.value.message_dict == {"did_not_vote": [words]}
    decision.refresh_from_db()
    assert (decision.outcome, decision.against) == (Outcome.OPEN, None)
    take(decision, did_not_vote=True, by=secretary)
    assert (decision.outcome, decision.against, decision.present) == (Outcome.REJECTED, 1, 3)


@pytest.mark.parametrize(
    ("majority", "counts", "outcome"),
    [
        (Majority.SIMPLE, (2, 1), Outcome.CARRIED),
        (Majority.SIMPLE, (1, 1), Outcome.REJECTED),
        (Majority.TWO_THIRDS, (2, 1), Outcome.CARRIED),
        (Majority.TWO_THIRDS, (1, 1), Outcome.REJECTED),
        (Majority.ALL, (3, 0), Outcome.CARRIED),
        (Majority.ALL, (2, 1), Outcome.REJECTED),
    ],
)
def test_a_majority_carries(
    network: Network, secretary: User, majority: str, counts: tuple[int, int], outcome: str
) -> None:
    in_favour, against = counts
    meeting = make_board(network)
    there(meeting, *(member(network, name) for name in ("Narva", "Valga", "Valka", "Imatra")))
    decision = put_to(meeting, secretary, method=Method.SECRET, majority=majority)
    take(decision, counts={Choice.FOR: in_favour, Choice.AGAINST: against, Choice.ABSTAINED: 1}, by=secretary)
    assert decision.outcome == outcome


def test_what_was_decided_is_neither_voted_on_nor_taken_again_nor_taken_back(
    network: Network, secretary: User
) -> None:
    narva = member(network, "Narva")
    meeting = make_board(network)
    there(meeting, narva)
    decision = put_to(meeting, secretary)
    cast(decision, votes={narva: Choice.FOR}, by=secretary)
    take(decision, by=secretary)
    for deed in (
        lambda: cast(decision, votes={narva: Choice.AGAINST}, by=secretary),
        lambda: take(decision, by=secretary),
        lambda: withdraw_decision(decision, by=secretary),
    ):
        with pytest.raises(ValidationError, match="This was decided already"):
            deed()


def test_of_two_who_have_the_page_open_the_first_decides(network: Network, secretary: User) -> None:
    """A secret count that carried is not closed once more by whoever opened the page before."""
    narva, applicant = member(network, "Narva"), membership(network, "Zgorzelec", "applied")
    meeting = make_board(network)
    there(meeting, narva)
    decision = put_to(
        meeting, secretary, method=Method.SECRET, membership=applicant, deed=DecisionDeed.ADMITTED
    )
    opened, again = (Decision.objects.get() for _number in range(2))
    take(decision, counts={Choice.FOR: 1}, by=secretary, category="member")
    for deed in (
        lambda: take(opened, counts={Choice.AGAINST: 1}, by=secretary),
        lambda: withdraw_decision(again, by=secretary),
    ):
        with pytest.raises(ValidationError, match="This was decided already"):
            deed()
    decision.refresh_from_db()
    assert (decision.outcome, decision.in_favour, decision.against) == (Outcome.CARRIED, 1, 0)
    assert (decision.act is not None, kinds_of(applicant)) == (True, ["applied", "admitted"])


def test_no_vote_is_noted_after_the_count(network: Network, secretary: User) -> None:
    narva, valga = member(network, "Narva"), member(network, "Valga")
    meeting = make_board(network)
    there(meeting, narva, valga)
    decision = put_to(meeting, secretary)
    cast(decision, votes={narva: Choice.FOR}, by=secretary)
    opened = Decision.objects.get()
    take(decision, did_not_vote=True, by=secretary)
    with pytest.raises(ValidationError, match="This was decided already"):
        cast(opened, votes={valga: Choice.AGAINST}, by=secretary)
    assert RollVote.objects.count() == 1


def test_what_was_taken_back_meanwhile_is_not_decided(network: Network, secretary: User) -> None:
    decision = put_to(make_board(network, quorum=QuorumRule.NONE), secretary, method=Method.CONSENSUS)
    opened = Decision.objects.get()
    withdraw_decision(decision, by=secretary)
    with pytest.raises(ValidationError, match="It is there no more"):
        take(opened, by=secretary)


def test_what_was_put_can_be_taken_back(network: Network, secretary: User) -> None:
    decision = put_to(make_board(network), secretary)
    withdraw_decision(decision, by=secretary)
    assert not Decision.objects.exists()


def test_a_cancelled_meeting_decides_nothing(network: Network, secretary: User) -> None:
    narva, meeting = member(network, "Narva"), make_board(network)
    there(meeting, narva)
    decision = put_to(meeting, secretary)
    meeting.cancelled_at, meeting.cancelled_why = timezone.now(), "Snow."
    meeting.save()
    for deed in (
        lambda: put_to(meeting, secretary),
        lambda: cast(decision, votes={narva: Choice.FOR}, by=secretary),
        lambda: take(decision, by=secretary),
    ):
        with pytest.raises(ValidationError, match="A meeting that was cancelled decides nothing"):
            deed()


def test_what_was_put_is_taken_on_the_day_to_which_its_meeting_moved(
    network: Network, secretary: User
) -> None:
    meeting = make_board(network, quorum=QuorumRule.NONE)
    decision = put_to(meeting, secretary, method=Method.CONSENSUS)
    later = DAY + dt.timedelta(days=7)
    change_meeting(meeting, by=secretary, starts_on=later, ends_on=later)
    assert take(decision, by=secretary).decided_on == later


def test_a_meeting_that_has_not_begun_decides_nothing(network: Network, secretary: User) -> None:
    later = timezone.localdate() + dt.timedelta(days=30)
    meeting = make_board(network, starts_on=later, ends_on=later, quorum=QuorumRule.NONE)
    decision = put_to(meeting, secretary, method=Method.CONSENSUS)
    with pytest.raises(ValidationError, match="The meeting has not begun yet"):
        take(decision, by=secretary)


# Numbers -----------------------------------------------------------------------------------------------


def test_decisions_are_counted_through_the_year_of_a_board(network: Network) -> None:
    by = make_administrator()
    spring = make_board(network)
    autumn, next_year = (
        make_board(network, starts_on=day, ends_on=day) for day in (dt.date(2024, 9, 1), dt.date(2025, 3, 1))
    )
    assembly = make_board(network, kind="assembly")
    called = [put_to(meeting, by).called for meeting in (spring, spring, autumn, next_year, assembly)]
    assert called == ["1/2024", "2/2024", "3/2024", "1/2025", "1/2024"]
