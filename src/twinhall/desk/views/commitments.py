"""Commitments at the desk: across all meetings, taken on, done, dropped, opened again."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.commitments import CommitmentForm, CommitmentSearch, DoneForm, DropForm
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.desk.minutewords import TONES, commitment_words
from twinhall.desk.views.agendas import told_of
from twinhall.desk.views.meetings import OfMeeting
from twinhall.finder.queries import named
from twinhall.meetings import queries
from twinhall.meetings.actions.following import close_commitment, commit, reopen_commitment
from twinhall.meetings.models import Commitment, Meeting
from twinhall.meetings.rules import commitments_seen_by
from twinhall.parties.models import Party
from twinhall.parties.rules import may
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.names import Names

HERE = "commitments"


class CommitmentList(ListPage):
    section = "meetings"
    name = "commitments"
    heading = gettext_lazy("Commitments")
    model = Commitment
    filters = CommitmentSearch
    orders = ("due",)
    columns = (
        Column("text", gettext_lazy("What")),
        Column("who", gettext_lazy("Who")),
        Column("due", gettext_lazy("Due on")),
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


class CommitmentAdd(OfMeeting, FormPage):
    """What somebody takes on at a meeting."""

    submit = gettext_lazy("Note it")

    def heading(self) -> str:
        return _("Note what somebody takes on")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        held = {"item": self.request.GET.get("item"), "language": self.subject.language}
        return CommitmentForm(data, files, meeting=self.subject, initial=held)

    def save(self, form: DeskForm) -> str:
        told = told_of(form)
        person = User.objects.filter(email__iexact=told["email"], is_active=True).first()
        commit(self.subject, by=self.request.user, person=person, **told)  # type: ignore[arg-type]
        return f"{self.back()}#{HERE}"

    def done(self) -> str:
        return _("Noted. It lives on until it is done or dropped.")


class _OfCommitment(DeskView):
    section = "meetings"
    permission = "meetings.close_commitment"
    subject: Commitment

    def find(self) -> Commitment:
        found = Commitment.objects.select_related("meeting__organiser", "party", "person", "item")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("desk:commitment", args=[self.subject.pk])

    def crumbs(self) -> Crumbs:
        return [(_("Commitments"), reverse("desk:commitments")), (_("Commitment"), self.back())]


class CommitmentPage(_OfCommitment):
    """Who took on what, until when, and what came of it."""

    permission = "meetings.see_commitment"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        one = self.subject
        names = Names([one.party, one.meeting.organiser])
        state = one.state_on(today())
        may_close = self.may("meetings.close_commitment", one)
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
            "deeds": _deeds(one) if may_close else [],
        }
        return self.page("desk/commitments/detail.html", context)


def _deeds(one: Commitment) -> list[tuple[str, str]]:
    if one.closed_on:
        return [(_("Open it again"), reverse("desk:commitment-reopen", args=[one.pk]))]
    return [
        (_("It is done"), reverse("desk:commitment-done", args=[one.pk])),
        (_("Drop it"), reverse("desk:commitment-drop", args=[one.pk])),
    ]


class _Deed(_OfCommitment, FormPage):
    template = "desk/commitments/deed.html"
    title: ClassVar[Any]
    lead: ClassVar[Any] = ""

    def heading(self) -> str:
        return str(self.title)

    def extra(self) -> dict[str, object]:
        return {"record": self.subject, "lead": self.lead}


class Done(_Deed):
    title = gettext_lazy("It is done")
    submit = gettext_lazy("It is done")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DoneForm(data, files, initial={"on": today()})

    def save(self, form: DeskForm) -> str:
        close_commitment(self.subject, by=self.request.user, **told_of(form))  # type: ignore[arg-type]
        return self.back()

    def done(self) -> str:
        return _("Noted as done.")


class Drop(_Deed):
    title = gettext_lazy("Drop it")
    lead = gettext_lazy("It stays in the minutes, marked as dropped, with the reason.")
    submit = gettext_lazy("Drop it")
    is_grave = True

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DropForm(data, files)

    def save(self, form: DeskForm) -> str:
        outcome = form.cleaned_data["outcome"]
        close_commitment(self.subject, on=today(), outcome=outcome, dropped=True, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Dropped.")


class Reopen(_Deed):
    title = gettext_lazy("Open it again")
    lead = gettext_lazy("If it was closed by mistake. What came of it so far stays with it.")
    submit = gettext_lazy("Open it again")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        reopen_commitment(self.subject, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("It is open again.")


def rows_for_page(meeting: Meeting, user: User, *, may_keep: bool) -> dict[str, object]:
    """What the page of a meeting shows of what was taken on there; those fetched with the meeting.

    Who keeps the meeting sees all; others see what their own parties took on.
    """
    fetched = list(meeting.commitments.all())
    for one in fetched:
        one.meeting = meeting
    shown = [one for one in fetched if may_keep or may(user, "meetings.see_commitment", one)]
    return {"commitments": commitment_words(shown, Names(one.party for one in shown))}
