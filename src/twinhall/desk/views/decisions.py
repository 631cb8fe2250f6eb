"""Decisions at the desk: across all meetings, one by one, and on the page of their meeting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.text import alphabetical
from twinhall.desk.base import Crumbs
from twinhall.desk.forms.decisions import DecisionSearch
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.desk.views.attendance import told_of
from twinhall.desk.views.meetings import LISTS, OfMeeting
from twinhall.evidence.models import Source
from twinhall.finder.queries import named
from twinhall.meetings import queries, words
from twinhall.meetings.actions.deciding import key_of
from twinhall.meetings.actions.minuting import are_approved
from twinhall.meetings.models import Decision, DecisionDeed, Meeting, MeetingState, Method, Outcome
from twinhall.meetings.rules import decisions_seen_by
from twinhall.meetings.voting import Roll, not_voted, roll
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.names import Names

TONES = {Outcome.CARRIED: "good", Outcome.REJECTED: "bad", Outcome.OPEN: "warn"}
Deeds = list[tuple[str, str]]


class DecisionList(ListPage):
    section = "meetings"
    name = "decisions"
    heading = gettext_lazy("Decisions")
    lists = LISTS
    model = Decision
    filters = DecisionSearch
    orders = queries.DECISION_ORDERS
    nothing_yet = gettext_lazy("What is put to the vote at a meeting stands here, and what came of it.")
    columns = (
        Column("decision", gettext_lazy("Decision")),
        Column("outcome", gettext_lazy("Outcome")),
        Column("date", gettext_lazy("Decided on"), is_sorted=True, is_day=True),
        Column("meeting", gettext_lazy("Meeting")),
        Column("organiser", gettext_lazy("Organiser")),
        Column("member", gettext_lazy("On a member")),
        Column("votes", gettext_lazy("Votes"), only_in_files=True),
        Column("number", gettext_lazy("No."), only_in_files=True),
    )

    def found(
        self,
        asked: dict[str, object],
        order: str,
        day: dt.date,  # noqa: ARG002 - what was decided is not as of a day
        among: Q,
    ) -> "QuerySet[Decision]":
        found = queries.decision_list(
            outcome=str(asked["outcome"]),
            is_on_members=bool(asked["is_on_members"]),
            order=order,
            among=among,
        )
        return decisions_seen_by(self.request.user, found)

    def called(self, query: str) -> Q:
        text = query.strip()
        found = Q(text__icontains=text) | Q(meeting__title__icontains=text)
        return found | named(query, Party, "meeting__organiser") | named(query, Party, "membership__party")

    def cells(self, records: Sequence[Decision], day: dt.date) -> list[Cells]:  # noqa: ARG002
        organisers = (decision.meeting.organiser for decision in records)
        members = (decision.membership.party for decision in records if decision.membership)
        names = Names([*organisers, *members])
        return [_cells(decision, names) for decision in records]


def _cells(decision: Decision, names: Names) -> Cells:
    meeting = decision.meeting
    return {
        "decision": Cell(
            _short(decision.text),
            href=reverse("desk:decision", args=[decision.pk]),
            lang=meeting.language,
            small=decision.called,
        ),
        "outcome": Cell(str(Outcome(decision.outcome).label), tone=TONES[Outcome(decision.outcome)]),
        "date": Cell(say.date(decision.decided_on)),
        "meeting": Cell(
            meeting.title, href=reverse("desk:meeting", args=[meeting.slug]), lang=meeting.language
        ),
        "organiser": Cell(names.text(meeting.organiser)),
        "member": Cell(on_member(decision, names)),
        "votes": Cell(words.result(decision)),
        "number": Cell(decision.called),
    }


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(maxsplit=1)[0]} …"


SHORT = 160
"""So much of a decision stands in the list; the whole of it on its page."""


def on_member(decision: Decision, names: Names) -> str:
    """What a decision does to whom: “admit: Zgorzelec”; empty where it is about no membership."""
    if decision.membership is None:
        return ""
    deed = DecisionDeed(decision.deed).label
    return _("%(deed)s: %(member)s") % {"deed": deed, "member": names.text(decision.membership.party)}


class OfDecision(OfMeeting):
    """A page on a decision, which the address names; the rule is asked of its meeting."""

    decision: Decision

    def find(self) -> Meeting:
        self.decision = get_object_or_404(queries.decision_page(), pk=self.kwargs["pk"])
        return self.decision.meeting

    def back(self) -> str:
        return reverse("desk:decision", args=[self.decision.pk])

    def crumbs(self) -> Crumbs:
        page = reverse("desk:meeting", args=[self.subject.slug])
        called = _("Decision %(number)s") % {"number": self.decision.called}
        return [(_("Meetings"), reverse("desk:meetings")), (self.subject.title, page), (called, self.back())]


class DecisionPage(OfDecision):
    """A decision: what was put, how each voted, what came of it, and what it has changed."""

    permission = "meetings.see_meeting"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        decision, meeting = self.decision, self.subject
        is_open = decision.outcome == Outcome.OPEN
        called = roll(meeting, decision.decided_on) if is_open else None
        votes = list(decision.votes.all())
        member = [decision.membership.party] if decision.membership else []
        names = Names([meeting.organiser, *member, *(vote.party for vote in votes)])
        may_keep = self.may("meetings.keep_meeting", meeting)
        deeds, grave = next_deeds(decision, called) if may_keep else ([], [])
        context = {
            "record": decision,
            "meeting": meeting,
            "heading": _("Decision %(number)s") % {"number": decision.called},
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                *self.crumbs()[:-1],
                (decision.called, None),
            ],
            "organiser": names.of(meeting.organiser),
            "when": words.day(decision.decided_on) if decision.decided_on else "",
            "tone": TONES[Outcome(decision.outcome)],
            "result": words.result(decision),
            "quorum": _quorum(decision, called),
            "has_quorum": called is None or called.has_quorum or meeting.begins > timezone.now(),
            "on_member": on_member(decision, names),
            "votes": sorted(
                ((names.of(vote.party), vote) for vote in votes), key=lambda told: alphabetical(told[0].text)
            ),
            "sources": list(Source.objects.filter(key=key_of(decision))) if decision.act else [],
            "deeds": deeds,
            "grave_deeds": grave,
        }
        return self.page("desk/meetings/decision.html", context)


def _quorum(decision: Decision, called: Roll | None) -> str:
    """Who was there when it was taken; who is there now, while it has not been."""
    if called is not None:
        return told_of(called) if called.entitled else ""
    if not decision.entitled:
        return ""
    return words.presence(decision.present or 0, decision.entitled)


def next_deeds(decision: Decision, called: Roll | None) -> tuple[Deeds, Deeds]:
    """What its organiser can do next with a decision that was put; ``called`` while it is open."""
    meeting = decision.meeting
    again = [(_("Open the vote again"), reverse("desk:decision-reopen", args=[decision.pk]))]
    if called is None:
        return [], [] if are_approved(meeting) else again
    withdraw = [(_("Take it back"), reverse("desk:decision-withdraw", args=[decision.pk]))]
    if meeting.state_at(timezone.now()) == MeetingState.CANCELLED or meeting.begins > timezone.now():
        return [], withdraw
    voted = bool(decision.votes.all())
    deeds = []
    if decision.method == Method.ROLL and not_voted(decision, called):
        deeds.append((_("Call the roll"), reverse("desk:decision-roll", args=[decision.pk])))
    if decision.method != Method.ROLL or voted:
        deeds.append((_("Close the vote"), reverse("desk:decision-take", args=[decision.pk])))
    return deeds, [*again, *withdraw] if voted else withdraw


# On the page of a meeting ------------------------------------------------------------------------------


@dataclass(frozen=True)
class DecisionRow:
    """A decision as the page of its meeting lists it."""

    decision: Decision
    href: str
    result: str
    tone: str
    on_member: str


def rows_for_page(meeting: Meeting, *, may_keep: bool) -> dict[str, object]:
    """What the page shows of decisions; ``meeting`` has them read already, with their memberships."""
    decisions = list(meeting.decisions.all())
    names = Names(decision.membership.party for decision in decisions if decision.membership)
    has_begun = meeting.begins <= timezone.now()  # before that nobody can be there
    called = roll(meeting) if may_keep and has_begun and not meeting.cancelled_at else None
    return {
        "decisions": [
            DecisionRow(
                decision,
                reverse("desk:decision", args=[decision.pk]),
                words.result(decision),
                TONES[Outcome(decision.outcome)],
                on_member(decision, names),
            )
            for decision in decisions
        ],
        "may_put": may_keep and not meeting.cancelled_at and bool(meeting.items.all()),
        "quorum": told_of(called) if called and called.entitled else "",
        "has_quorum": called is None or called.has_quorum,
    }
