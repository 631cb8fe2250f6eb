"""Commitments at the desk: across all meetings, each on its page, and on the page of its meeting."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.base import Crumbs, DeskView
from twinhall.desk.forms.commitments import CommitmentSearch
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.desk.minutewords import TONES, commitment_words
from twinhall.desk.views.history import deeds_on
from twinhall.desk.views.meetings import LISTS
from twinhall.finder.queries import named
from twinhall.meetings import queries
from twinhall.meetings.models import Commitment, Meeting
from twinhall.meetings.rules import commitments_seen_by
from twinhall.parties.models import Party
from twinhall.parties.rules import may
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.names import Names


class CommitmentList(ListPage):
    section = "meetings"
    name = "commitments"
    heading = gettext_lazy("Commitments")
    lists = LISTS
    model = Commitment
    filters = CommitmentSearch
    orders = ("due",)
    nothing_yet = gettext_lazy("What somebody takes on at a meeting stands here until it is done, and after.")
    columns = (
        Column("text", gettext_lazy("What")),
        Column("who", gettext_lazy("Who")),
        Column("due", gettext_lazy("Due on"), is_day=True),
        Column("state", gettext_lazy("Standing")),
        Column("meeting", gettext_lazy("Meeting")),
        Column("closed", gettext_lazy("Closed on"), only_in_files=True),
        Column("outcome", gettext_lazy("What came of it"), only_in_files=True),
    )

    def found(self, asked: dict[str, str], order: str, day: dt.date, among: Q) -> "QuerySet[Commitment]":  # noqa: ARG002
        return commitments_seen_by(
            self.request.user, queries.commitment_list(day, state=asked["state"], among=among)
        )

    def called(self, query: str) -> Q:
        text = query.strip()
        return Q(text__icontains=text) | Q(name__icontains=text) | named(query, Party)

    def cells(self, records: Sequence[Commitment], day: dt.date) -> list[Cells]:
        names = Names(one.party for one in records)
        return [_cells(one, names, day) for one in records]


def _cells(one: Commitment, names: Names, day: dt.date) -> Cells:
    state, meeting = one.state_on(day), one.meeting
    return {
        "text": Cell(one.text, href=reverse("desk:commitment", args=[one.pk]), lang=meeting.language),
        "who": Cell(names.text(one.party), small=one.name),
        "due": Cell(say.date(one.due)),
        "state": Cell(say.label(state), tone=TONES.get(state, "quiet")),
        "meeting": Cell(meeting.title, lang=meeting.language, small=say.date(meeting.starts_on)),
        "closed": Cell(one.closed_on.isoformat() if one.closed_on else ""),
        "outcome": Cell(one.outcome),
    }


def with_all() -> "QuerySet[Commitment]":
    """Commitments with all that their pages say of them."""
    return Commitment.objects.select_related("meeting__organiser", "meeting__host", "party", "person", "item")


class OfCommitment(DeskView):
    """A page on a commitment, which the address names."""

    section = "meetings"
    permission = "meetings.close_commitment"
    subject: Commitment

    def find(self) -> Commitment:
        return get_object_or_404(with_all(), pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("desk:commitment", args=[self.subject.pk])

    def crumbs(self) -> Crumbs:
        return [(_("Commitments"), reverse("desk:commitments")), (_("Commitment"), self.back())]


class CommitmentPage(OfCommitment):
    """Who took on what, until when, and what came of it."""

    permission = "meetings.see_commitment"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        one = self.subject
        names = Names([one.party, one.meeting.organiser])
        state = one.state_on(today())
        may_close = self.may("meetings.close_commitment", one)
        may_keep = self.may("meetings.keep_meeting", one.meeting)
        context = {
            "record": one,
            "heading": _("Commitment"),
            "crumbs": [
                (_("Workroom"), reverse("desk:dashboard")),
                (_("Commitments"), reverse("desk:commitments")),
                (_("Commitment"), None),
            ],
            "party": names.of(one.party),
            "organiser": names.of(one.meeting.organiser),
            "state": state,
            "tone": TONES.get(state, "quiet"),
            "may_see_meeting": self.may("meetings.see_meeting", one.meeting),
            "deeds": _deeds(one, may_change=may_keep) if may_close else [],
            "history": deeds_on(one),
        }
        return self.page("desk/commitments/detail.html", context)


def _deeds(one: Commitment, *, may_change: bool) -> list[tuple[str, str]]:
    if one.closed_on:
        return [(_("Open it again"), reverse("desk:commitment-reopen", args=[one.pk]))]
    change = [(_("Change"), reverse("desk:commitment-change", args=[one.pk]))] if may_change else []
    return [
        (_("It is done"), reverse("desk:commitment-done", args=[one.pk])),
        *change,
        (_("Drop it"), reverse("desk:commitment-drop", args=[one.pk])),
    ]


def rows_for_page(meeting: Meeting, user: User, *, may_keep: bool) -> dict[str, object]:
    """What the page of a meeting shows of what was taken on there; those fetched with the meeting.

    Who keeps the meeting sees all; others see what their own parties took on.
    """
    fetched = list(meeting.commitments.all())
    for one in fetched:
        one.meeting = meeting
    shown = [one for one in fetched if may_keep or may(user, "meetings.see_commitment", one)]
    return {"commitments": commitment_words(shown, Names(one.party for one in shown))}
