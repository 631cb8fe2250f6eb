"""Who may vote, whether enough are there, and what a count comes to. One member has one vote."""

import math
from dataclasses import dataclass

from twinhall.meetings.models import Attendance, Decision, DecisionDeed, Majority, Meeting, QuorumRule
from twinhall.networks.models import Category, Membership, MembershipStatus, Post
from twinhall.networks.queries import at
from twinhall.parties.models import Party

VOTING_CATEGORIES = ("", Category.MEMBER, Category.FOUNDING, Category.ACTIVE)
"""Members with a vote; where no category is kept, a member is taken for one of these."""


@dataclass(frozen=True)
class Roll:
    """The members that may vote at a meeting, and those of them that are there."""

    entitled: list[Party]
    present: list[Party]
    needed: int
    """How many must be there, so that decisions stand."""

    @property
    def has_quorum(self) -> bool:
        return len(self.present) >= self.needed


def entitled(meeting: Meeting) -> list[Party]:
    """Who may vote: the members of the network on the day of the meeting, by address.

    At a meeting of a body, those of them that hold a post in it on that day. No vote have associates,
    observers, honorary members, suspended ones, and whoever is admitted at this very meeting. Two queries
    at most.
    """
    day = meeting.starts_on
    voting = Membership.objects.standing().filter(
        network__party=meeting.organiser_id, category__in=VOTING_CATEGORIES
    )
    members = at(voting, MembershipStatus.MEMBER, day)
    # Who is admitted at this very meeting votes from the next one on.
    admitted = Decision.objects.filter(
        meeting=meeting, act__isnull=False, deed__in=(DecisionDeed.ADMITTED, DecisionDeed.READMITTED)
    )
    parties = Party.objects.filter(pk__in=members.order_by().values("party"))
    parties = parties.exclude(pk__in=admitted.values("membership__party"))
    if meeting.body_id is not None:
        seats = Post.objects.filter(body=meeting.body_id).values_list("party", "since", "until")
        holding = [
            party
            for party, since, until in seats
            if (since is None or since.first_day <= day) and (until is None or until.last_day >= day)
        ]
        parties = parties.filter(pk__in=holding)
    return list(parties.order_by("slug"))


def roll(meeting: Meeting) -> Roll:
    """Who may vote, and whose voter came; three queries at most."""
    may_vote = entitled(meeting)
    voters = Attendance.objects.filter(meeting=meeting, has_vote=True, came=True)
    there = set(voters.values_list("party", flat=True))
    present = [party for party in may_vote if party.pk in there]
    return Roll(may_vote, present, needed(meeting.quorum, len(may_vote)))


def needed(rule: str, members: int) -> int:
    """How many of so many members must be there."""
    return {
        QuorumRule.NONE: 0,
        QuorumRule.THIRD: math.ceil(members / 3),
        QuorumRule.HALF: members // 2 + 1 if members else 0,
        QuorumRule.TWO_THIRDS: math.ceil(members * 2 / 3),
    }[QuorumRule(rule)]


def is_carried(decision: Decision) -> bool:
    """Whether the votes counted carry it. Abstentions count neither way; of equal votes nothing comes."""
    in_favour, against = decision.in_favour or 0, decision.against or 0
    cast = in_favour + against
    if not cast:
        return False
    return {
        Majority.SIMPLE: in_favour > against,
        Majority.TWO_THIRDS: in_favour * 3 >= cast * 2,
        Majority.ALL: against == 0,
    }[Majority(decision.majority)]
