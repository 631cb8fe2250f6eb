"""Papers of a meeting at the desk: laid before it, read by those who are called; the agenda as PDF."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK
from twinhall.desk.base import Files
from twinhall.desk.forms.agendas import PaperForm
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.views.agendas import OfAgenda, agenda_of
from twinhall.desk.views.meetings import OfMeeting
from twinhall.documents.actions import keep_document
from twinhall.documents.serving import answer
from twinhall.documents.typesetting import typeset
from twinhall.meetings import queries, words
from twinhall.meetings.actions.planning import add_paper, remove_paper
from twinhall.meetings.models import Item, Meeting, MeetingKind, Paper
from twinhall.parties.actions import file_document
from twinhall.web.exports import file_name
from twinhall.web.names import Names
from twinhall.web.papers import as_pdf


class PaperAdd(OfAgenda):
    """A file laid before the meeting; it is kept as the organiser's."""

    submit = gettext_lazy("Add the paper")

    def heading(self) -> str:
        return _("Add a paper")

    def extra(self) -> dict[str, object]:
        return {"lead": _("Those who are called can read it here. Everybody can once you publish it.")}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PaperForm(data, files, meeting=self.subject, initial={"item": self.request.GET.get("item")})

    def save(self, form: DeskForm) -> str:
        told, by = form.cleaned_data, self.request.user
        document = keep_document(
            upload=told["upload"], title=told["title"], language=told["language"], alt=told["alt"], by=by
        )
        file_document(document, party=self.subject.organiser)
        add_paper(self.subject, document, item=told["item"], by=by)
        return self.back()

    def done(self) -> str:
        return _("Added to the papers.")


class _OfPaper(OfAgenda):
    def find(self) -> Meeting:
        meeting = super().find()
        known = Paper.objects.select_related("document", "meeting")
        self.paper = get_object_or_404(known, meeting=meeting, pk=self.kwargs["pk"])
        return meeting


class PaperRemove(_OfPaper):
    """A paper taken away from the meeting."""

    submit = gettext_lazy("Take the paper away")
    is_grave = True

    def heading(self) -> str:
        return _("Take away: %(paper)s") % {"paper": self.paper}

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return DeskForm(data, files)

    def save(self, form: DeskForm) -> str:  # noqa: ARG002 - there is nothing to fill in
        remove_paper(self.paper, by=self.request.user)
        return self.back()

    def done(self) -> str:
        return _("Taken away.")


class PaperFile(OfMeeting):
    """A paper, for those who are at the table; the signed list of attendance for the organiser alone."""

    permission = "meetings.see_meeting"

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:  # noqa: ARG002
        found = Paper.objects.select_related("document")
        paper = get_object_or_404(found, meeting=self.subject, pk=pk)
        if paper.is_attendance and not self.may("meetings.keep_meeting", self.subject):
            raise PermissionDenied
        return answer(request, paper.document)


class AgendaFile(OfMeeting):
    """The agenda as a paper to print."""

    permission = "meetings.see_meeting"

    def find(self) -> Meeting:
        return get_object_or_404(queries.meeting_page(), slug=self.kwargs["slug"])

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"{slug}-agenda", "pdf", self.subject.starts_on)
        return as_pdf(agenda_paper(self.subject), name)


def agenda_paper(meeting: Meeting) -> bytes:
    """The agenda as PDF, in the language of the request; items in the language of the meeting."""
    names = Names([meeting.organiser, *([meeting.host] if meeting.host else [])])
    facts = [
        (_("When"), words.when(meeting)),
        (_("Place"), meeting.place),
        (_("Host"), names.text(meeting.host) if meeting.host else ""),
        (_("From afar"), meeting.link),
    ]
    items, papers = agenda_of(meeting, with_signed=False)
    data = {
        "title": meeting.title,
        "lang": meeting.language,
        "kind": f"{names.text(meeting.organiser)} · {MeetingKind(meeting.kind).label}",
        "facts": [[label, value] for label, value in facts if value],
        "about": meeting.about,
        "heading": _("Agenda"),
        "items": [_item(item, its_papers) for item, its_papers in items],
        "papers_label": _("Papers"),
        "papers": [str(paper) for paper in papers],
        "cancelled": _("This meeting was cancelled.") if meeting.cancelled_at else "",
        "foot": names.text(meeting.organiser),
    }
    return typeset("meetings/agenda", data, language=get_language() or FALLBACK)


def _item(item: Item, papers: Sequence[Paper]) -> dict[str, object]:
    return {
        "number": item.number,
        "title": item.title,
        "text": item.text,
        "presenter": _("presented by %(name)s") % {"name": item.presenter} if item.presenter else "",
        "papers": [str(paper) for paper in papers],
    }
