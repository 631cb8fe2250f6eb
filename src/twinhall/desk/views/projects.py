"""Projects at the desk: list, page, a new one, its partners, activities and outputs."""

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twinhall.core.languages import best
from twinhall.desk.base import Crumbs, DeskView, Files, FormPage
from twinhall.desk.facts import fact_rows
from twinhall.desk.forms.base import DeskForm
from twinhall.desk.forms.parties import resolve
from twinhall.desk.forms.records import ActivityForm, OutputForm, PartnerForm, ProjectForm, ProjectSearch
from twinhall.desk.forms.sources import SourcedForm
from twinhall.desk.indexing import index_subject
from twinhall.desk.lists import Cell, Cells, Column, ListPage
from twinhall.evidence.actions import Proposal
from twinhall.evidence.sorts import EXISTS
from twinhall.finder.queries import named
from twinhall.parties.actions import ORIGIN, state
from twinhall.parties.rules import readable_by
from twinhall.projects import queries
from twinhall.projects.actions import add_activity, add_output, add_partner, add_project
from twinhall.projects.models import Project
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.notes import Evidence


class ProjectList(ListPage):
    section = "projects"
    name = "projects"
    heading = gettext_lazy("Projects")
    model = Project
    filters = ProjectSearch
    orders = queries.PROJECT_ORDERS
    add_href = "desk:project-add"
    add_label = gettext_lazy("Add a project")
    add_permission = "parties.add_project"
    columns = (
        Column("title", gettext_lazy("Title"), is_sorted=True),
        Column("programme", gettext_lazy("Programme")),
        Column("starts", gettext_lazy("Starts"), is_sorted=True),
        Column("ends", gettext_lazy("Ends")),
        Column("partners", gettext_lazy("Partners"), is_number=True),
        Column("cost", gettext_lazy("Total cost"), only_in_files=True),
        Column("currency", gettext_lazy("Currency"), only_in_files=True),
        Column("address", gettext_lazy("Address"), only_in_files=True),
    )

    def found(self, asked: dict[str, Any], order: str, day: dt.date, among: Q) -> "QuerySet[Project]":  # noqa: ARG002
        return queries.project_list(**asked, order=order, among=among)

    def called(self, query: str) -> Q:
        return named(query, Project)

    def cells(self, records: Sequence[Project], day: dt.date) -> list[Cells]:  # noqa: ARG002
        return [_cells(project) for project in records]


def _cells(project: Project) -> Cells:
    title = best(project.title)
    return {
        "title": Cell(
            title.text or project.slug,
            href=reverse("desk:project", args=[project.slug]),
            lang=title.language,
            small=best(project.short).text,
        ),
        "programme": Cell(str(project.programme or "")),
        "starts": Cell(say.date(project.starts)),
        "ends": Cell(say.date(project.ends)),
        "partners": Cell(str(project.partner_count)),  # type: ignore[attr-defined]
        "cost": Cell(str(project.cost) if project.cost is not None else ""),
        "currency": Cell(project.currency),
        "address": Cell(project.slug),
    }


class ProjectPage(DeskView):
    section = "projects"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        project = get_object_or_404(queries.project_page(withdrawn=True), slug=slug)
        partners = list(project.participations.all())
        activities, outputs = list(project.activities.all()), list(project.outputs.all())
        evidence = Evidence([project, *partners, *activities, *outputs])
        names = Names(p.party for p in partners if p.party)
        context = {
            "record": project,
            "kind": project._meta.label_lower,
            "heading": best(project.short or project.title).text or project.slug,
            "facts": fact_rows(project, evidence.about),
            "partners": [
                (names.text(p.party) if p.party else say.country(p.country), p, fact_rows(p, evidence.about))
                for p in partners
            ],
            "activities": [(a, best(a.text), fact_rows(a, evidence.about)) for a in activities],
            "outputs": [(o, best(o.title), fact_rows(o, evidence.about)) for o in outputs],
            "documents": list(readable_by(self.request.user, project.documents.all())),
            "may_keep": self.may("parties.keep_record", project),
            "public_href": reverse("web:project", args=[slug]),
        }
        return self.page("desk/projects/detail.html", context)


class ProjectAdd(FormPage):
    """A new project, by its lead partner."""

    section = "projects"
    permission = "parties.add_project"
    submit = gettext_lazy("Add the project")

    def heading(self) -> str:
        return _("Add a project")

    def crumbs(self) -> Crumbs:
        return [(_("Projects"), self.back())]

    def back(self) -> str:
        return reverse("desk:projects")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ProjectForm(data, files, user=self.request.user, sides=[])

    def save(self, form: ProjectForm) -> str:
        told, by = form.cleaned_data, self.request.user
        project = add_project(title=told["title"], lead=told["lead"], by=by)
        texts = [("title", told["title"], told["title_language"])]
        facts = {name: told[name] for name in ("programme", "starts", "ends")}
        _state(project, form, texts=texts, facts=facts)
        index_subject(project)
        return reverse("desk:project", args=[project.slug])

    def done(self) -> str:
        return _("Added. Now its partners, aim and money.")


def _state(
    record: Model, form: SourcedForm, *, texts: Sequence[tuple[str, str, str]], facts: dict[str, Any]
) -> None:
    """State what a form says of a new record on its source; texts are field, words and language."""
    common = {
        "subject": record,
        "source": form.source(),
        "origin": ORIGIN,
        "quote": form.cleaned_data["quote"],
    }
    proposals = [Proposal(field=EXISTS, stated="yes", **common)]
    proposals += [
        Proposal(field=field, stated=words, language=language, **common) for field, words, language in texts
    ]
    proposals += [Proposal(field=f, stated=v, **common) for f, v in facts.items() if v not in ("", None)]
    state(proposals, by=form.user)


class _OfProject(FormPage):
    section = "projects"
    permission = "parties.keep_record"
    subject: Project

    def find(self) -> Project:
        return get_object_or_404(queries.project_page(), slug=self.kwargs["slug"])

    def crumbs(self) -> Crumbs:
        title = best(self.subject.short or self.subject.title).text or self.subject.slug
        return [(_("Projects"), reverse("desk:projects")), (title, self.back())]

    def back(self) -> str:
        return reverse("desk:project", args=[self.subject.slug])

    def sides(self) -> list[Any]:
        """The project's partners, the lead first."""
        return [p.party for p in self.subject.participations.all() if p.party]


class PartnerAdd(_OfProject):
    """Another partner."""

    called = MappingProxyType({"party": "partner"})

    def heading(self) -> str:
        return _("Add a partner")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return PartnerForm(data, files, user=self.request.user, sides=self.sides())

    def save(self, form: PartnerForm) -> str:
        told, by = form.cleaned_data, self.request.user
        party = resolve(told["partner"], by=by) if told["partner"] else None
        partner = add_partner(self.subject, party=party, country=told["country"], role=told["role"], by=by)
        _state(partner, form, texts=[], facts={})
        return self.back()


class ActivityAdd(_OfProject):
    """Another activity."""

    def heading(self) -> str:
        return _("Add an activity")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return ActivityForm(data, files, user=self.request.user, sides=self.sides())

    def save(self, form: ActivityForm) -> str:
        told = form.cleaned_data
        activity = add_activity(self.subject, by=self.request.user)
        _state(activity, form, texts=[("text", told["text"], told["text_language"])], facts={})
        return self.back()


class OutputAdd(_OfProject):
    """Another output."""

    def heading(self) -> str:
        return _("Add an output")

    def make(self, data: QueryDict | None = None, files: Files | None = None) -> DeskForm:
        return OutputForm(data, files, user=self.request.user, sides=self.sides())

    def save(self, form: OutputForm) -> str:
        told = form.cleaned_data
        output = add_output(self.subject, kind=told["kind"], by=self.request.user)
        texts = [("title", told["title"], told["title_language"])]
        _state(output, form, texts=texts, facts={"url": told["address"]})
        return self.back()
