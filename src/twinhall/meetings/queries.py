"""Questions on meetings: lists, a meeting with all its parts, what is open across meetings."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, F, OrderBy, OuterRef, Prefetch, Q, QuerySet, Subquery

from twinhall.documents.models import Document
from twinhall.meetings.models import (
    Attendance,
    Checker,
    Commitment,
    CommitmentState,
    Decision,
    Invitee,
    Item,
    Meeting,
    Minutes,
    Outcome,
    Paper,
    Passage,
    Registration,
    RollVote,
    Volume,
)
from twinhall.networks.models import Membership, MembershipStatus
from twinhall.networks.queries import at
from twinhall.parties.models import Party

_EARLIEST: tuple[OrderBy | str, ...] = ("starts_on", F("starts_at").asc(nulls_first=True), "pk")
_LATEST: tuple[OrderBy | str, ...] = ("-starts_on", F("starts_at").desc(nulls_last=True), "-pk")
MEETING_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "-date": _LATEST,
    "date": _EARLIEST,
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
}


def meetings() -> "QuerySet[Meeting]":
    """Meetings with who holds them, as every list shows them."""
    return Meeting.objects.select_related("organiser", "host", "body")


def meeting_list(
    day: dt.date, *, when: str = "", kind: str = "", order: str = "-date", among: Q | None = None
) -> "QuerySet[Meeting]":
    """Meetings in one of MEETING_ORDERS, with how many towns come; ``when`` is coming or past.

    ``among`` narrows the list further.
    """
    found = meetings().filter(among or Q())
    if when == "coming":
        found = found.filter(ends_on__gte=day)
    elif when == "past":
        found = found.filter(ends_on__lt=day)
    if kind:
        found = found.filter(kind=kind)
    return found.annotate(coming=_coming()).order_by(*MEETING_ORDERS[order])


def _coming() -> Subquery:
    answers = Registration.objects.filter(meeting=OuterRef("pk"), is_coming=True).order_by()
    return Subquery(answers.values("meeting").annotate(count=Count("pk")).values("count"))


def meeting_page() -> "QuerySet[Meeting]":
    """Meetings with all that their page shows but the minutes; a dozen queries, however long the agenda."""
    decisions = Decision.objects.select_related(
        "membership__party", "membership__network__party"
    ).prefetch_related(Prefetch("votes", RollVote.objects.select_related("party")))
    return meetings().prefetch_related(
        "items",
        Prefetch("papers", Paper.objects.select_related("document")),
        Prefetch("invitees", Invitee.objects.select_related("party")),
        Prefetch("registrations", Registration.objects.select_related("party")),
        Prefetch("attendances", Attendance.objects.select_related("party")),
        Prefetch("decisions", decisions.order_by("number")),
        Prefetch("commitments", Commitment.objects.select_related("party")),
        "programme",
    )


def public_meetings() -> "QuerySet[Meeting]":
    """Meetings that their organiser publishes."""
    return meetings().filter(published_at__isnull=False)


def public_list(day: dt.date, *, is_past: bool = False, among: Q | None = None) -> "QuerySet[Meeting]":
    """Public meetings to come, the nearest first; or those that are over, the last first."""
    found = public_meetings().filter(among or Q())
    if is_past:
        return found.filter(ends_on__lt=day).order_by(*_LATEST)
    return found.filter(ends_on__gte=day).order_by(*_EARLIEST)


def public_page() -> "QuerySet[Meeting]":
    """Public meetings with what their pages may show: no people, no paper that is not public; six queries."""
    papers = Paper.objects.filter(is_attendance=False, document__published_at__isnull=False)
    comes = Registration.objects.filter(is_coming=True).select_related("party")
    decided = Decision.objects.exclude(outcome=Outcome.OPEN).order_by("number")
    return public_meetings().prefetch_related(
        "items",
        Prefetch("papers", papers.select_related("document")),
        Prefetch("registrations", comes.order_by("party__slug")),
        Prefetch("decisions", decided),
    )


def concerning(party: Party) -> Q:
    """The public meetings that are a party's: it holds or receives them, or is shown to take part."""
    comes = Registration.objects.filter(party=party, is_coming=True).values("meeting")
    return Q(organiser=party) | Q(host=party) | Q(shows_towns=True, pk__in=comes)


def is_signed_list(document: Document) -> bool:
    """Whether a document is the signed list of attendance of a meeting, which is for its organiser alone."""
    return Paper.objects.filter(document=document, is_attendance=True).exists()


def members_on_the_day(meeting: Meeting) -> list[Party]:
    """All members of the network that holds a meeting, with a vote or without, on its first day."""
    standing = Membership.objects.standing().filter(network__party=meeting.organiser_id)
    members = at(standing, MembershipStatus.MEMBER, meeting.starts_on)
    return list(Party.objects.filter(pk__in=members.order_by().values("party")).order_by("slug"))


def around_the_table(meeting: Meeting) -> "QuerySet[Party]":
    """The parties that have to do with a meeting: who holds and receives it, is called, answers or comes."""
    called = Invitee.objects.filter(meeting=meeting).values("party")
    answered = Registration.objects.filter(meeting=meeting).values("party")
    there = Attendance.objects.filter(meeting=meeting).values("party")
    own = Q(pk__in=[meeting.organiser_id, meeting.host_id or meeting.organiser_id])
    return Party.objects.filter(
        own | Q(pk__in=called) | Q(pk__in=answered) | Q(pk__in=there), withdrawn_at__isnull=True
    ).order_by("slug")


# Minutes ---------------------------------------------------------------------------------------------


def standing_passages(meeting: Meeting) -> list[tuple[Item, Passage | None]]:
    """Every item of the agenda with the last revision of what the minutes say under it; two queries."""
    items = list(Item.objects.filter(meeting=meeting).order_by("number"))
    newest = Passage.objects.filter(item=OuterRef("item")).order_by("-revision").values("pk")[:1]
    last = Passage.objects.filter(item__meeting=meeting, pk=Subquery(newest)).select_related("by")
    by_item = {passage.item_id: passage for passage in last}
    return [(item, by_item.get(item.pk)) for item in items]


def _minutes() -> "QuerySet[Minutes]":
    """Minutes with keeper and checkers, those of the oldest meeting first; two queries."""
    checkers = Prefetch("checkers", Checker.objects.select_related("person"))
    kept = ("keeper", "approved_by", "approved_in", "meeting__organiser", "meeting__host", "meeting__body")
    found = Minutes.objects.select_related(*kept).prefetch_related(checkers)
    return found.order_by("meeting__starts_on", F("meeting__starts_at").asc(nulls_first=True), "meeting")


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting, if they were begun, with keeper and checkers."""
    return _minutes().filter(meeting=meeting).first()


def approved_in_series(meeting: Meeting, year: int) -> "QuerySet[Minutes]":
    """The approved minutes of the series of a meeting and of a year: what makes a volume."""
    year_of_it = series(meeting).filter(starts_on__year=year).order_by().values("pk")
    return _minutes().filter(meeting__in=year_of_it, approved_at__isnull=False)


def bound_in(volume: Volume) -> "QuerySet[Minutes]":
    """The minutes of a volume, in their order."""
    return _minutes().filter(volumes=volume)


def series(meeting: Meeting) -> "QuerySet[Meeting]":
    """The meetings of the same organiser, kind and body, the oldest first: their minutes make one volume."""
    same = Q(organiser=meeting.organiser_id, kind=meeting.kind, body=meeting.body_id)
    found = meetings().filter(same, cancelled_at__isnull=True).select_related("minutes__approved_in")
    return found.order_by(*_EARLIEST)


# What lives on ---------------------------------------------------------------------------------------


DECISION_ORDERS: Mapping[str, tuple[str, ...]] = {
    "-date": ("-meeting__starts_on", "-meeting", "-number"),
    "date": ("meeting__starts_on", "meeting", "number"),
}


def decision_list(
    *, outcome: str = "", is_on_members: bool = False, order: str = "-date", among: Q | None = None
) -> "QuerySet[Decision]":
    """Decisions across meetings in one of DECISION_ORDERS, the newest first.

    ``is_on_members`` leaves those that admit, suspend or exclude; ``among`` narrows the list further.
    """
    found = Decision.objects.select_related("meeting__organiser", "item", "membership__party").filter(
        among or Q()
    )
    if outcome in Outcome.values:
        found = found.filter(outcome=outcome)
    if is_on_members:
        found = found.filter(membership__isnull=False)
    return found.order_by(*DECISION_ORDERS[order])


def decision_page() -> "QuerySet[Decision]":
    """Decisions with their meeting, their votes and the act that they took; two queries."""
    found = Decision.objects.select_related(
        "meeting__organiser", "meeting__host", "meeting__body", "item", "membership__party", "act"
    ).select_related("membership__network__party")
    return found.prefetch_related(Prefetch("votes", RollVote.objects.select_related("party")))


def in_state(found: "QuerySet[Commitment]", state: str, day: dt.date) -> "QuerySet[Commitment]":
    """Those that stand so on the day."""
    conditions = {
        CommitmentState.OPEN: Q(closed_on__isnull=True) & (Q(due__isnull=True) | Q(due__gte=day)),
        CommitmentState.OVERDUE: Q(closed_on__isnull=True, due__lt=day),
        CommitmentState.DONE: Q(closed_on__isnull=False, is_dropped=False),
        CommitmentState.DROPPED: Q(closed_on__isnull=False, is_dropped=True),
    }
    return found.filter(conditions[CommitmentState(state)])


def commitment_list(day: dt.date, *, state: str = "", among: Q | None = None) -> "QuerySet[Commitment]":
    """Commitments across meetings: those due first come first, those without a day after them."""
    found = Commitment.objects.select_related("meeting__organiser", "party").filter(among or Q())
    if state:
        found = in_state(found, state, day)
    return found.order_by(F("closed_on").asc(nulls_first=True), F("due").asc(nulls_last=True), "pk")
