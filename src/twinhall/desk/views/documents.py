"""Documents at the desk: added to acts and projects, private until they are published."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from twinhall.accounts.actions import log
from twinhall.desk import records
from twinhall.desk.base import Crumbs, Files, FormPage
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.records import DocumentForm
from twinhall.desk.forms.sources import parties_of
from twinhall.documents.actions import keep_document
from twinhall.documents.models import Document
from twinhall.meetings.queries import is_signed_list
from twinhall.parties.actions import file_document, set_public

SIGNED_LIST = gettext_lazy(
    "This is the signed list of attendance of a meeting. It has names and signatures of people and stays "
    "with those who keep the meeting; it cannot be published."
)


class DocumentAdd(FormPage):
    """A file for an act or a project, kept as a file of the party that the person acts for."""

    permission = "parties.state_fact"
    submit = gettext_lazy("Add the document")

    def find(self) -> Model:
        record = records.find(self.kwargs["kind"], self.kwargs["pk"])
        if not hasattr(record, "documents"):
            raise Http404
        return record

    def heading(self) -> str:
        return _("Add a document")

    def crumbs(self) -> Crumbs:
        return [(records.label(self.subject), self.back())]

    def back(self) -> str:
        return records.href(self.subject)

    def extra(self) -> dict[str, object]:
        return {"lead": _("It stays private to your party’s people until you publish it.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DocumentForm(data, files)

    def save(self, form: DeskForm) -> str:
        told = form.cleaned_data
        document = keep_document(
            upload=told["upload"],
            title=told["title"],
            language=told["language"],
            alt=told["alt"],
            by=self.request.user,
        )
        for party in parties_of(self.request.user, sides=records.sides(self.subject))[:1]:
            file_document(document, party=party)
        self.subject.documents.add(document)
        log(gettext_noop("document added"), document.title, by=self.request.user, record=self.subject)
        return reverse("desk:document", args=[document.pk])

    def done(self) -> str:
        return _("Added. Publish it when everyone may see it.")


class DocumentPage(FormPage):
    """One document: what it is, and whether everyone may see it."""

    permission = "parties.keep_document"
    template = "desk/document.html"
    subject: Document

    def find(self) -> Document:
        document = get_object_or_404(Document.objects.select_related("filing__party"), pk=self.kwargs["pk"])
        self.is_never_public = is_signed_list(document)
        return document

    @property
    def submit(self) -> str:
        """The deed is the other of the two."""
        return _("Make it private") if self.subject.published_at else _("Publish")

    def heading(self) -> str:
        return self.subject.title

    def record(self) -> Model | None:
        """The record that the document belongs to."""
        for related in (self.subject.acts, self.subject.membership_acts, self.subject.projects):
            if found := related.first():
                return found
        return None

    def back(self) -> str:
        if paper := self.subject.papers.select_related("meeting").first():
            return reverse("desk:meeting-agenda", args=[paper.meeting.slug])
        record = self.record()
        return records.href(record) if record else reverse("desk:dashboard")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def extra(self) -> dict[str, object]:
        return {
            "document": self.subject,
            "filed_by": getattr(self.subject, "filing", None),
            "why_private": SIGNED_LIST if self.is_never_public and not self.subject.published_at else "",
        }

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        is_public = self.subject.published_at is None
        if is_public and self.is_never_public:
            raise ValidationError(SIGNED_LIST)
        set_public(self.subject, public=is_public, by=self.request.user)
        if record := self.record():
            deed = gettext_noop("document published") if is_public else gettext_noop("document made private")
            log(deed, self.subject.title, by=self.request.user, record=record)
        return reverse("desk:document", args=[self.subject.pk])
