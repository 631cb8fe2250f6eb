"""Taking a record out of the register with its reason, and putting it back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.records import Withdrawable
from twinhall.desk import records
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.statements import NeedsReasonForm
from twinhall.desk.indexing import index_subject
from twinhall.parties.actions import restore, withdraw
from twinhall.parties.models import Party
from twinhall.projects.queries import ties_of


class _OfRecord(FormPage):
    permission = "parties.keep_record"

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        if not isinstance(record, Withdrawable):
            raise Http404
        return record

    def crumbs(self) -> Crumbs:
        return [(records.label(self.subject), records.href(self.subject))]

    def back(self) -> str:
        return records.href(self.subject)


class Withdraw(_OfRecord):
    """Take a record out of the register."""

    submit = gettext_lazy("Withdraw")
    is_grave = True

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """An old way back may lead here: what is withdrawn already is only shown."""
        return redirect(self.back()) if self.subject.withdrawn_at else super().get(*args, **kwargs)

    def heading(self) -> str:
        return _("Withdraw %(record)s") % {"record": records.label(self.subject)}

    def extra(self) -> dict[str, object]:
        return {
            "lead": _(
                "The record leaves the public pages; its address says so, with your reason. "
                "What sources state of it is kept, and it can be restored at any time."
            )
        }

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return NeedsReasonForm(data, files)

    def save(self, form: DeskForm) -> str:
        if isinstance(self.subject, Party) and (ties := ties_of(self.subject)):
            message = _("It still has ties: %(ties)s. Withdraw or merge these first.")
            raise ValidationError(message % {"ties": ", ".join(ties)})
        withdraw(self.subject, why=form.cleaned_data["why"], by=self.request.user)
        index_subject(self.subject)
        return records.href(self.subject)

    def done(self) -> str:
        return _("Withdrawn. Its history leads back.")


class Restore(_OfRecord):
    """Put a withdrawn record back."""

    submit = gettext_lazy("Restore")

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """An old way back may lead here: what stands is only shown."""
        return super().get(*args, **kwargs) if self.subject.withdrawn_at else redirect(self.back())

    def heading(self) -> str:
        return _("Restore %(record)s") % {"record": records.label(self.subject)}

    def extra(self) -> dict[str, object]:
        return {"lead": _("It was withdrawn: %(why)s") % {"why": self.subject.withdrawn_why}}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        if getattr(self.subject, "merged_into", None):
            raise ValidationError(_("It was merged into another record. Undo the merge instead."))
        restore(self.subject, by=self.request.user)
        index_subject(self.subject)
        return records.href(self.subject)

    def done(self) -> str:
        return _("Restored.")
