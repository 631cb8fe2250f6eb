"""Who may vote, whether enough are there, and what a count comes to. One member has one vote."""

import datetime as dt
import math
from dataclasses import dataclass

from twinhall.meetings.models import Attendance, Decision, DecisionDeed, Majority, Meeting, QuorumRule
from twinhall.networks.models import Category, Membership, MembershipStatus, Post, PostRole
from twinhall.networks.queries import at
from twinhall.parties.models import Party

VOTING_CATEGORIES = ("", Category.MEMBER, Category.FOUNDING, Category.ACTIVE)
"""Members with a vote; where no category is kept, a member is taken for one of these."""
VOTING_ROLES = (
    PostRole.CHAIR,
    PostRole.VICE_CHAIR,
    PostRole.TREASURER,
    PostRole.BOARD_MEMBER,
    PostRole.LEAD_CITY,
)
"""Posts in a body that give a seat. Who writes, moderates, audits, checks or receives has none by that."""


@dataclass(frozen=True)
class Quorum:
    """How many may vote, how many of them are there, and how many must be, so that decisions stand."""

    entitled: int
    present: int
    needed: int

    @property
    def is_there(self) -> bool:
        return self.present >= self.needed


@dataclass(frozen=True)
class Roll:
    """The members that may vote at a meeting, and those of them that are there."""

    entitled: list[Party]
    present: list[Party]
    needed: int
    """How many must be there, so that decisions stand."""

    @property
    def quorum(self) -> Quorum:
        return Quorum(len(self.entitled), len(self.present), self.needed)

    @property
    def has_quorum(self) -> bool:
        return self.quorum.is_there


def entitled(meeting: Meeting, day: dt.date | None = None) -> list[Party]:
    """Who may vote on a day of a meeting: the members of the network on it, by address.

    At a meeting of a body, those of them that hold a seat in it on that day (VOTING_ROLES); in one that has
    ended, nobody. No vote have associates, observers, honorary members, suspended ones, and whoever is
    admitted at this very meeting. Without a ``day`` it is the first one. Two queries at most.
    """
    day = day or meeting.starts_on
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
        parties = parties.filter(pk__in=_seated(meeting.body_id, day))
    return list(parties.order_by("slug"))


def suspended(meeting: Meeting, day: dt.date | None = None) -> list[Party]:
    """The members without a vote, as they are suspended on a day of the meeting, by address.

    At a meeting of a body, those of them that hold a seat in it. Two queries at most.
    """
    day = day or meeting.starts_on
    own = Membership.objects.standing().filter(network__party=meeting.organiser_id)
    barred = at(own, MembershipStatus.SUSPENDED, day)
    parties = Party.objects.filter(pk__in=barred.order_by().values("party"))
    if meeting.body_id is not None:
        parties = parties.filter(pk__in=_seated(meeting.body_id, day))
    return list(parties.order_by("slug"))


def _seated(body: int, day: dt.date) -> list[int]:
    """The keys of the parties that hold a seat in a body on a day."""
    seats = Post.objects.filter(body=body, role__in=VOTING_ROLES)
    return [
        party
        for party, since, *ends in seats.values_list("party", "since", "until", "body__until")
        if (since is None or since.first_day <= day)
        and all(until is None or until.last_day >= day for until in ends)
    ]


def roll(meeting: Meeting, day: dt.date | None = None) -> Roll:
    """Who may vote on a day of a meeting, the first one if none is named, and whose voter came.

    Three queries at most.
    """
    may_vote = entitled(meeting, day)
    voters = Attendance.objects.filter(meeting=meeting, has_vote=True, came=True)
    there = set(voters.values_list("party", flat=True))
    present = [party for party in may_vote if party.pk in there]
    return Roll(may_vote, present, needed(meeting.quorum, len(may_vote)))


def not_voted(decision: Decision, called: Roll) -> list[Party]:
    """Those that are there and whose vote is not noted yet. One query, none where votes are prefetched."""
    voted = {vote.party_id for vote in decision.votes.all()}
    return [party for party in called.present if party.pk not in voted]


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
