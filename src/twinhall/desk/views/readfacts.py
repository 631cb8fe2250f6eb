"""Deciding on what a page states, fact by fact."""

from functools import cached_property

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk.base import Files
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.deciding import AcceptForm, CorrectForm, RejectForm
from twinhall.desk.reviews import Cards
from twinhall.desk.views.readings import OfReading
from twinhall.exchange.models.readings import FactDecision, ReadFact, Reading
from twinhall.exchange.readings.accepting import accept_fact, reject_fact, reopen_fact, waiting
from twinhall.exchange.readings.review import Review, next_open, reviews_of


class _OfFact(OfReading):
    """A deed on one fact that was read."""

    template = "desk/readings/fact.html"
    kept: ReadFact

    def find(self) -> Reading:
        found = ReadFact.objects.select_related("reading__snapshot__source", "reading__party", "decided_by")
        self.kept = get_object_or_404(found, reading=self.kwargs["pk"], number=self.kwargs["number"])
        return self.kept.reading

    @cached_property
    def review(self) -> Review:
        """Who is meant by it, and how it stands to the register."""
        [found] = reviews_of(self.subject, [self.kept])
        return found

    def back(self) -> str:
        return f"{super().back()}#f{self.kept.number}" if hasattr(self, "kept") else super().back()

    def onward(self) -> str:
        """The next fact that waits."""
        after = next_open(self.kept)
        page = reverse("desk:reading", args=[self.subject.pk])
        return f"{page}#f{after.number}" if after else page

    def extra(self) -> dict[str, object]:
        return {
            "card": Cards([self.review], by=self.request.user).all()[0],
            "language": self.subject.language,
        }


class AcceptFact(_OfFact):
    """The fact comes into the register as the page has it."""

    submit = gettext_lazy("Accept")
    waits = 0

    def heading(self) -> str:
        return _("Accept a fact")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return AcceptForm(data, files, meant=self.review.meant if self.kept.is_open else {})

    def save(self, form: AcceptForm) -> str:
        self.waits = waiting(accept_fact(self.kept, by=self.request.user, choices=form.choices))
        return self.onward()

    def done(self) -> str:
        if self.waits:
            return _("Accepted. What is others’ to decide waits for them.")
        return _("Accepted.")


class CorrectFact(AcceptFact):
    """The fact comes into the register as it should read; what the page states is kept beside it."""

    submit = gettext_lazy("Correct and accept")

    def heading(self) -> str:
        return _("Correct a fact, then accept it")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return CorrectForm(data, files, fact=self.review.fact, meant=self.review.meant)

    def save(self, form: CorrectForm) -> str:  # type: ignore[override]
        statements = accept_fact(
            self.kept,
            by=self.request.user,
            choices=form.choices,
            changes=form.changes,
            why=form.cleaned_data["why"],
        )
        self.waits = waiting(statements)
        return self.onward()


class RejectFact(_OfFact):
    """The fact does not come into the register."""

    submit = gettext_lazy("Reject")
    form_class = RejectForm

    def heading(self) -> str:
        return _("Reject a fact")

    def save(self, form: RejectForm) -> str:
        reject_fact(self.kept, why=form.cleaned_data["why"], by=self.request.user)
        return self.onward()

    def done(self) -> str:
        return _("Rejected.")


class ReopenFact(_OfFact):
    """A fact that was rejected waits again."""

    submit = gettext_lazy("Reopen")
    form_class = DeskForm

    def find(self) -> Reading:
        reading = super().find()
        if self.kept.decision != FactDecision.REJECTED:
            raise Http404
        return reading

    def heading(self) -> str:
        return _("Reopen a fact that was rejected")

    def save(self, form: DeskForm) -> str:  # noqa: ARG002
        reopen_fact(self.kept, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("It waits again.")
