"""What the minutes say: every part of them is read from the records it belongs to, none is typed twice."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from twinhall.accounts.models import User
from twinhall.meetings.models import (
    Attendance,
    Commitment,
    Decision,
    Item,
    Meeting,
    Minutes,
    Outcome,
    Passage,
    RollVote,
    digest_of,
)
from twinhall.meetings.queries import around_the_table, meetings, standing_passages
from twinhall.meetings.voting import Quorum, roll
from twinhall.parties.models import Affiliation


@dataclass(frozen=True)
class Point:
    """What the minutes have under an item of the agenda."""

    item: Item
    passage: Passage | None
    decisions: list[Decision]
    commitments: list[Commitment]


@dataclass(frozen=True)
class Minuted:
    """The minutes of a meeting with all that stands in them."""

    meeting: Meeting
    there: list[Attendance]
    quorum: Quorum
    points: list[Point]
    besides: list[Commitment]
    """What was taken on under no item."""

    @property
    def digest(self) -> str:
        """What tells this state of the minutes from another: all that is read in them is in it."""
        people = "\n".join(f"{one.party_id} {one.name}, {one.office} {one.role}" for one in self.there)
        quorum = f"{self.quorum.entitled} {self.quorum.present} {self.quorum.needed}"
        besides = "\n".join(_committed(one) for one in self.besides)
        said = [(point.item.number, _said(point)) for point in self.points]
        return digest_of([(0, f"{_headed(self.meeting)}\n{people}\n{quorum}\n{besides}"), *said])


def _headed(meeting: Meeting) -> str:
    """What stands above the minutes: which meeting it was, when and where."""
    when = f"{meeting.starts_on} {meeting.starts_at} {meeting.ends_on} {meeting.ends_at} {meeting.zone}"
    return f"{meeting.kind} {meeting.body_id} {meeting.host_id} {when}\n{meeting.title}\n{meeting.place}"


def _said(point: Point) -> str:
    text = point.passage.text if point.passage else ""
    decided = [_decided(one) for one in point.decisions]
    return "\x1d".join([point.item.title, text, *decided, *map(_committed, point.commitments)])


def _decided(decision: Decision) -> str:
    counts = (decision.in_favour, decision.against, decision.abstained, decision.present, decision.entitled)
    votes = " ".join(f"{vote.party_id}:{vote.choice}" for vote in decision.votes.all())
    way = f"{decision.method} {decision.majority} {decision.deed} {decision.membership_id}"
    came = f"{decision.number} {decision.outcome} {decision.decided_on}"
    return f"{came} {way} {counts} {votes} {decision.text}"


def _committed(commitment: Commitment) -> str:
    return f"{commitment.party_id} {commitment.name} {commitment.due} {commitment.text}"


def minuted(meeting: Meeting) -> Minuted:
    """The minutes of a meeting as they stand; a dozen queries, however long they are.

    Decisions that are not taken yet do not stand in them.
    """
    decisions = list(_decisions(meeting))
    commitments = list(Commitment.objects.filter(meeting=meeting).select_related("party", "meeting"))
    points = [
        Point(
            item,
            passage,
            [decision for decision in decisions if decision.item_id == item.pk],
            [commitment for commitment in commitments if commitment.item_id == item.pk],
        )
        for item, passage in standing_passages(meeting)
    ]
    there = Attendance.objects.filter(meeting=meeting, came=True).select_related("party")
    besides = [commitment for commitment in commitments if commitment.item_id is None]
    return Minuted(meeting, list(there), _quorum(meeting), points, besides)


def _quorum(meeting: Meeting) -> Quorum:
    """How many were there when it mattered: as the approved minutes keep it, else as it is known now."""
    kept = Minutes.objects.filter(meeting=meeting).values_list("entitled", "present", "needed").first()
    entitled, present, needed = kept or (None, None, None)
    if entitled is None or present is None or needed is None:
        return roll(meeting).quorum
    return Quorum(entitled, present, needed)


def _decisions(meeting: Meeting) -> "QuerySet[Decision]":
    votes = Prefetch("votes", RollVote.objects.select_related("party"))
    taken = Decision.objects.filter(meeting=meeting).exclude(outcome=Outcome.OPEN)
    return taken.select_related("meeting").prefetch_related(votes).order_by("number")


# Who writes, checks and approves ---------------------------------------------------------------------


def writers(minutes: Minutes) -> set[int]:
    """The keys of the people who wrote some of the minutes, and of their keeper."""
    wrote = Passage.objects.filter(item__meeting=minutes.meeting_id).values_list("by", flat=True)
    return {minutes.keeper_id, *wrote}


def may_check(minutes: Minutes) -> "QuerySet[User]":
    """Whom the meeting can elect to check its minutes: people who act for a party around its table.

    Not those who write the minutes.
    """
    parties = around_the_table(minutes.meeting)
    acting = Affiliation.objects.filter(
        Q(party__in=parties.values("pk")), ended_at__isnull=True, party__withdrawn_at__isnull=True
    )
    people = User.objects.filter(is_active=True, pk__in=acting.values("user"))
    return people.exclude(pk__in=writers(minutes)).order_by("name", "pk")


def may_approve_at(minutes: Minutes) -> list[Meeting]:
    """The meetings that can have approved minutes: later ones of the same organiser, that have begun."""
    meeting, now = minutes.meeting, timezone.now()
    later = meetings().filter(
        organiser=meeting.organiser_id, starts_on__gte=meeting.ends_on, cancelled_at__isnull=True
    )
    found = later.exclude(pk=meeting.pk).order_by("starts_on", "pk")
    return [one for one in found if meeting.finishes <= one.begins <= now]
