"""Deeds on commitments at the desk: taken on, said otherwise, done, dropped, opened again."""

from typing import Any, ClassVar

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.accounts.models import User
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.commitments import CommitmentForm, DoneForm, DropForm, ReminderForm
from twinhall.desk.views.agendas import told_of
from twinhall.desk.views.commitments import OfCommitment, with_all
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings.actions.following import (
    change_commitment,
    close_commitment,
    commit,
    reopen_commitment,
)
from twinhall.meetings.actions.minuting import are_approved
from twinhall.meetings.models import Meeting
from twinhall.web.environment import today

HERE = "commitments"


class CommitmentAdd(OfMeeting, FormPage):
    """What somebody takes on at a meeting."""

    submit = gettext_lazy("Note it")

    def heading(self) -> str:
        return _("Note what somebody takes on")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        held = {"item": self.request.GET.get("item"), "language": self.subject.language}
        return CommitmentForm(data, files, meeting=self.subject, initial=held)

    def save(self, form: DeskForm) -> str:
        commit(self.subject, by=self.request.user, **_told(form))
        return f"{self.back()}#{HERE}"

    def done(self) -> str:
        return _("Noted. It lives on until it is done or dropped.")


def _told(form: DeskForm) -> dict[str, Any]:
    """What a form says, and whose account the address is: letters are in the language of that person."""
    told = told_of(form)
    person = User.objects.filter(email__iexact=told["email"], is_active=True).first()
    return {**told, "person": person}


class CommitmentChange(OfMeeting, FormPage):
    """Another day, other words, another address; by those who keep the meeting."""

    def find(self) -> Meeting:
        self.commitment = get_object_or_404(with_all(), pk=self.kwargs["pk"])
        return self.commitment.meeting

    def heading(self) -> str:
        return _("Change the commitment")

    def back(self) -> str:
        return reverse("desk:commitment", args=[self.commitment.pk])

    def crumbs(self) -> Crumbs:
        return [(_("Commitments"), reverse("desk:commitments")), (_("Commitment"), self.back())]

    def extra(self) -> dict[str, object]:
        if are_approved(self.subject):
            return {"lead": _("The minutes are approved. Only whom to remind can be changed.")}
        return {"lead": _("If the day changes, reminders go out for the new one.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        one = self.commitment
        if are_approved(self.subject):
            return ReminderForm(data, files, initial={"email": one.email, "language": one.language})
        held = {name: getattr(one, name) for name in CommitmentForm.base_fields}
        return CommitmentForm(data, files, meeting=self.subject, chosen=one.party, initial=held)

    def save(self, form: DeskForm) -> str:
        change_commitment(self.commitment, by=self.request.user, **_told(form))
        return self.back()


class _Deed(OfCommitment, FormPage):
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
