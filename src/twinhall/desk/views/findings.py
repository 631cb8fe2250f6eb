"""What readers report: the list of a person's desks, and the page on which one report is decided on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.desk import records
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.forms.findings import DecideForm
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.evidence.values import sort_of
from twinhall.exchange.findings import decide, findings_of, words_on
from twinhall.exchange.models import Finding
from twinhall.exchange.models.findings import FindingDecision
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.names import Names
from twinhall.web.subjects import Subject, Subjects

TONES = {FindingDecision.OPEN: "warn", FindingDecision.TAKEN_UP: "good"}


class FindingList(DeskView):
    """What readers report of the records that a person speaks for, the open ones first."""

    section = "findings"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = asked_page(request, findings_of(self.request.user))
        subjects = _subjects(found)
        names = Names(party for finding in found for party in finding.desks.all())
        rows = [
            {
                "finding": finding,
                "subject": _subject(finding, subjects),
                "field": say.field(finding.model, finding.field),
                "desks": say.listed(names.text(party) for party in finding.desks.all()),
                "tone": _tone(finding),
            }
            for finding in found
        ]
        context = {
            "heading": _("Reported errors"),
            "rows": rows,
            "page": found,
            "page_href": address_of_page(request),
        }
        return self.page("desk/findings/list.html", context)


class FindingPage(FormPage):
    """One report with the fact that it is about; while it is open, a form to decide on it."""

    permission = "exchange.decide_finding"
    section = "findings"
    template = "desk/findings/detail.html"
    submit = gettext_lazy("Decide")

    def find(self) -> Model:
        self.finding = get_object_or_404(Finding.objects.prefetch_related("desks"), pk=self.kwargs["pk"])
        return self.finding

    def heading(self) -> str:
        return _("Reported error")

    def crumbs(self) -> Crumbs:
        return [(_("Reported errors"), self.back())]

    def back(self) -> str:
        return reverse("desk:findings")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DecideForm:
        return DecideForm(data, files, has_reporter=bool(self.finding.email))

    def save(self, form: DecideForm) -> str:
        decision = FindingDecision(form.cleaned_data["decision"])
        with translation.override(self.finding.page_language):
            about = self._about()
        decide(
            self.finding,
            decision=decision,
            answer=form.cleaned_data["answer"],
            by=self.request.user,
            about=about,
        )
        return (
            (_fact_href(self.finding) or self.back()) if decision == FindingDecision.TAKEN_UP else self.back()
        )

    def done(self) -> str:
        if self.finding.decision == FindingDecision.TAKEN_UP:
            return _("Taken up. State here what is right, with its source.")
        return _("Dismissed.")

    def _about(self) -> str:
        """The fact, in the present language: “Valga, population”."""
        subject = _subject(self.finding, _subjects([self.finding])).label
        field = say.field(self.finding.model, self.finding.field)
        return _("%(record)s, %(field)s") % {"record": subject, "field": field.lower()}

    def extra(self) -> dict[str, object]:
        finding = self.finding
        stands = [word for word in words_on(finding) if word.in_force]
        subjects = Subjects([_named(finding), *stands])
        names = Names(finding.desks.all())
        return {
            "finding": finding,
            "subject": _subject(finding, subjects),
            "field": say.field(finding.model, finding.field),
            "stands": [subjects.corrected(word) for word in stands],
            "desks": say.listed(names.text(party) for party in finding.desks.all()),
            "tone": _tone(finding),
            "fact_href": _fact_href(finding),
        }


def _named(finding: Finding) -> Statement:
    """What the finding is about, as ``Subjects`` asks for it."""
    return Statement(subject_type=finding.subject_type, subject_id=finding.subject_id, field=EXISTS)


def _subjects(findings: Iterable[Finding]) -> Subjects:
    return Subjects(_named(finding) for finding in findings)


def _subject(finding: Finding, subjects: Subjects) -> Subject:
    return subjects.of(_named(finding))


def _tone(finding: Finding) -> str:
    return TONES.get(FindingDecision(finding.decision), "quiet")


def _fact_href(finding: Finding) -> str:
    """The address of the desk's page on the fact; empty where the desk has none."""
    if finding.subject_type not in records.MODELS:
        return ""
    page = "desk:texts" if sort_of(finding.model, finding.field) is PER_LANGUAGE else "desk:fact"
    place: list[Any] = [finding.subject_type, finding.subject_id, finding.field]
    return reverse(page, args=place)
