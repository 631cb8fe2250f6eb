"""Deciding at the desk: something is put, the roll is called, the vote is closed."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.decisions import DecisionForm, ReopenForm, RollForm, TakeForm
from twinhall.desk.views.attendance import told_of
from twinhall.desk.views.decisions import OfDecision, on_member
from twinhall.desk.views.meetings import OfMeeting
from twinhall.meetings import words
from twinhall.meetings.actions.deciding import cast, put, take, withdraw_decision
from twinhall.meetings.actions.reopening import reopen_decision
from twinhall.meetings.models import Decision, Meeting, Method
from twinhall.meetings.voting import not_voted, roll, suspended
from twinhall.web.names import Names


class DecisionAdd(OfMeeting, FormPage):
    """Something put to the vote under an item of the agenda."""

    submit = gettext_lazy("Put it")
    called = {"membership": "act", "deed": "act"}
    decision: Decision

    def heading(self) -> str:
        return _("Put a decision")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        first = self.subject.items.order_by("number").values_list("pk", flat=True).first()
        held = {"item": self.request.GET.get("item") or first}
        return DecisionForm(data, files, meeting=self.subject, initial=held)

    def extra(self) -> dict[str, object]:
        if self.subject.items.exists():
            return {}
        return {"lead": _("There is no item yet under which it could be decided: write the agenda first.")}

    def save(self, form: DecisionForm) -> str:
        told = form.told
        item = told.pop("item")
        item.meeting = self.subject
        self.decision = put(item, by=self.request.user, **told)
        return reverse("desk:decision", args=[self.decision.pk])

    def done(self) -> str:
        return _("Put as decision %(number)s.") % {"number": self.decision.called}


class RollCall(OfDecision, FormPage):
    """The whole roll in one form: every member that is there, for, against or abstaining."""

    template = "desk/meetings/roll.html"
    submit = gettext_lazy("Note the votes")

    def find(self) -> Meeting:
        meeting = super().find()
        if self.decision.method != Method.ROLL:
            raise Http404
        return meeting

    def heading(self) -> str:
        return _("Call the roll: decision %(number)s") % {"number": self.decision.called}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        self.roll = roll(self.subject, self.decision.decided_on)
        return RollForm(data, files, voters=not_voted(self.decision, self.roll))

    def extra(self) -> dict[str, object]:
        votes, present = list(self.decision.votes.all()), set(self.roll.present)
        absent = [party for party in self.roll.entitled if party not in present]
        barred = suspended(self.subject, self.decision.decided_on)
        names = Names([*absent, *barred, *(vote.party for vote in votes)])
        return {
            "decision": self.decision,
            "record": self.subject,
            "quorum": told_of(self.roll),
            "has_quorum": self.roll.has_quorum,
            "voted": [(names.of(vote.party), vote) for vote in votes],
            "absent": [names.of(party) for party in absent],
            "suspended": [names.of(party) for party in barred],
        }

    def save(self, form: RollForm) -> str:
        cast(self.decision, votes=form.votes, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("The votes are noted. Close the vote when all have voted.")


class Take(OfDecision, FormPage):
    """The vote is closed: it is counted, and what it decides is done."""

    template = "desk/meetings/take.html"
    submit = gettext_lazy("Close the vote")

    def heading(self) -> str:
        return _("Close the vote: decision %(number)s") % {"number": self.decision.called}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        is_roll = self.decision.method == Method.ROLL
        called = roll(self.subject, self.decision.decided_on) if is_roll else None
        missing = not_voted(self.decision, called) if called else []
        return TakeForm(data, files, decision=self.decision, not_voted=missing)

    def extra(self) -> dict[str, object]:
        decision = self.decision
        called = roll(self.subject, decision.decided_on)
        names = Names([decision.membership.party] if decision.membership else [])
        return {
            "decision": decision,
            "record": self.subject,
            "quorum": told_of(called) if called.entitled else "",
            "has_quorum": called.has_quorum,
            "counted": words.counted(decision.votes.all()),
            "on_member": on_member(decision, names),
        }

    def save(self, form: TakeForm) -> str:
        take(self.decision, counts=form.counts, by=self.request.user, **form.act)
        return self.back()

    def done(self) -> str:
        return f"{words.result(self.decision)}."


class Withdraw(OfDecision, FormPage):
    """What was put and not decided, taken back."""

    submit = gettext_lazy("Take it back")
    is_grave = True

    def heading(self) -> str:
        return _("Take back decision %(number)s") % {"number": self.decision.called}

    def extra(self) -> dict[str, object]:
        return {"lead": _("It was not decided yet. Votes that were noted go with it.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        withdraw_decision(self.decision, by=self.request.user)
        return reverse("desk:meeting", args=[self.subject.slug])

    def done(self) -> str:
        return _("Taken back.")


class Reopen(OfDecision, FormPage):
    """A vote that was counted or noted wrongly, opened again."""

    submit = gettext_lazy("Open the vote again")
    is_grave = True

    def heading(self) -> str:
        return _("Open the vote again: decision %(number)s") % {"number": self.decision.called}

    def extra(self) -> dict[str, object]:
        if self.decision.act_id is not None:
            return {
                "lead": _(
                    "What it did to the membership is taken back. The vote is noted and closed anew; what "
                    "stood before stays in the log."
                )
            }
        return {"lead": _("The vote is noted and closed anew; what stood before stays in the log.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ReopenForm(data, files, decision=self.decision)

    def save(self, form: ReopenForm) -> str:
        why, by = form.cleaned_data["why"], self.request.user
        reopen_decision(self.decision, why=why, anew=form.anew, by=by)
        return self.back()

    def done(self) -> str:
        return _("Open again.")
