"""Several facts of one record changed at once, on one source."""

from django.db.models import Model
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from twinhall.desk import records
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.facts import FactsForm, proposals
from twinhall.desk.indexing import index_subject
from twinhall.evidence.models import Verdict
from twinhall.evidence.sorts import PER_LANGUAGE, Sort
from twinhall.parties.actions import retract, state


class Change(FormPage):
    """The facts of a record that are no texts, in one form."""

    permission = "parties.propose_fact"

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        sorts: dict[str, Sort] = getattr(type(record), "sourced_fields", {})
        self.names = [name for name, sort in sorts.items() if sort is not PER_LANGUAGE]
        if not self.names:
            raise Http404
        return record

    def heading(self) -> str:
        return _("Change the facts of %(record)s") % {"record": records.label(self.subject)}

    def crumbs(self) -> Crumbs:
        return [(records.label(self.subject), self.back())]

    def back(self) -> str:
        return records.href(self.subject)

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return FactsForm(
            data,
            files,
            record=self.subject,
            names=self.names,
            user=self.request.user,
            sides=records.sides(self.subject),
        )

    def save(self, form: FactsForm) -> str:
        changes = form.changes()
        for change in changes:
            for value in change.removed:
                retract(self.subject, change.field, value, by=self.request.user)
        told = proposals(self.subject, changes, source=form.source(), quote=form.cleaned_data["quote"])
        statements = state(told, by=self.request.user)
        form.file_with(self.subject)
        self.waiting = sum(s.verdict == Verdict.PROPOSED for s in statements)
        index_subject(self.subject)
        return self.back()

    def done(self) -> str:
        if self.waiting:
            return _("Proposed. It waits for those who speak for the record to accept it.")
        return _("Saved. What was said before is kept in the history.")
