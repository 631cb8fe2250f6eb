"""Merging two records that are one, and taking a merge apart."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk import records
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.merging import MergePartiesForm, MergePartnershipsForm
from twinhall.exchange.merge.actions import merge_parties, merge_partnerships, undo
from twinhall.exchange.models import Merge
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.names import Names


class MergeInto(FormPage):
    """This record and another are one: which other, and why. The other is kept."""

    permission = "parties.administer"
    submit = gettext_lazy("Merge")
    is_grave = True

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        if not isinstance(record, Party | Partnership) or record.withdrawn_at:
            raise Http404
        return record

    def title(self) -> str:
        """What the record is called."""
        record = self.subject
        return Names([record]).text(record) if isinstance(record, Party) else str(record)

    def heading(self) -> str:
        return _("Merge %(record)s into another") % {"record": self.title()}

    def crumbs(self) -> Crumbs:
        return [(self.title(), self.back())]

    def back(self) -> str:
        return records.href(self.subject)

    def extra(self) -> dict[str, object]:
        lead = _(
            "All that is stated of this record moves to the other, its address leads there, "
            "and the merge can be undone."
        )
        return {"lead": lead}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        if isinstance(self.subject, Party):
            return MergePartiesForm(data, files)
        return MergePartnershipsForm(data, files)

    def save(self, form: DeskForm) -> str:
        kept, why, by = form.cleaned_data["kept"], form.cleaned_data["why"], self.request.user
        if isinstance(self.subject, Party):
            merge_parties(kept, self.subject, why=why, by=by)
        elif isinstance(self.subject, Partnership):
            merge_partnerships(kept, self.subject, why=why, by=by)
        return records.href(kept)

    def done(self) -> str:
        return _("Merged. It can be undone in the list of merges.")


class MergeList(DeskView):
    """What was merged, and the way back."""

    permission = "parties.administer"

    def get(self, request: HttpRequest) -> HttpResponse:
        page = asked_page(request, Merge.objects.select_related("by", "undone_by"))
        context = {"heading": _("Merges"), "page": page, "page_href": address_of_page(request)}
        return self.page("desk/merges.html", context)


class UndoMerge(FormPage):
    """Take a merge apart."""

    permission = "parties.administer"
    submit = gettext_lazy("Undo the merge")
    is_grave = True
    subject: Merge

    def find(self) -> Merge:
        return get_object_or_404(Merge, pk=self.kwargs["pk"], undone_at__isnull=True)

    def heading(self) -> str:
        words = {"gone": self.subject.gone_label, "kept": self.subject.kept_label}
        return _("Undo the merge of %(gone)s into %(kept)s") % words

    def crumbs(self) -> Crumbs:
        return [(_("Merges"), self.back())]

    def back(self) -> str:
        return reverse("desk:merges")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        undo(self.subject, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Undone. Both records stand again.")
