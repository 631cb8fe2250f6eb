import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from twinhall.core.languages import best
from twinhall.projects import queries
from twinhall.projects.counts import PartnerCount, count_partners
from twinhall.projects.models import Participation, Project
from twinhall.web import rows, say, summaries
from twinhall.web.asking import address_of_page, asked_besides, asked_day, asked_filters, asked_page
from twinhall.web.environment import today
from twinhall.web.forms.filters import ProjectFilters
from twinhall.web.linked_data import listed, of_project
from twinhall.web.listings.projects import PROJECTS
from twinhall.web.names import Names
from twinhall.web.notes import Evidence
from twinhall.web.sizes import stated_size
from twinhall.web.views.gone import moved_or_gone


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, ProjectFilters)
    day = asked_day(request) if request.GET.get("on") else None
    found = asked_page(request, queries.project_list(day=day, **form.is_set))
    context = {
        "section": "projects",
        "form": form,
        "kept": asked_besides(request, "on"),
        "summary": summaries.projects(form, found.paginator.count, day),
        "day": day,
        "page": found,
        "page_href": address_of_page(request),
        "rows": [(project, best(project.short or project.title), period(project)) for project in found],
        **listed(request, PROJECTS, "web:projects-file", found.paginator.count),
    }
    return render(request, "web/projects/list.html", context)


def period(project: Project) -> str:
    """“June 2013 – 31 May 2015”; empty where no date is known."""
    if not project.starts and not project.ends:
        return ""
    return " – ".join([say.date(project.starts) or "…", say.date(project.ends) or "…"])


@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = queries.project_page().filter(slug=slug).first()
    if project is None:
        return moved_or_gone(request, "web:project", Project.objects.all(), slug)
    participations = list(project.participations.all())
    evidence = Evidence(
        [
            project,
            *participations,
            *project.sizes.all(),
            *project.activities.all(),
            *project.outputs.all(),
            *([project.programme] if project.programme else []),
        ]
    )
    parties = [p.party for p in participations if p.party]
    names = Names([*parties, *([project.led_to.party] if project.led_to else [])])
    title = best(project.short or project.title)
    context = {
        "section": "projects",
        "project": project,
        "title": title,
        "full_title": best(project.title),
        "titles": [(text, code) for code, text in project.title.items()],
        "facts": _facts(project, evidence),
        "about": best(project.about),
        "about_marks": evidence.marks_in_force(_("About"), project, "about"),
        "aim": best(project.aim),
        "aim_marks": evidence.marks_in_force(_("Aim"), project, "aim"),
        "partners": _partners(participations, names, evidence),
        "counts": _counts(project, participations),
        "sizes": [
            (stated_size(size), evidence.marks(_("Stated size"), size)) for size in project.sizes.all()
        ],
        "agrees": _agrees(project, participations),
        "activities": [
            (best(a.text), evidence.marks(_("Activities"), a, "text")) for a in project.activities.all()
        ],
        "outputs": [
            (output, best(output.title), evidence.marks(_("Outputs"), output, "exists", "title"))
            for output in project.outputs.all()
        ],
        "led_to": names.of(project.led_to.party) if project.led_to else None,
        "led_to_marks": evidence.marks_in_force(_("What grew from it"), project, "led_to"),
        "papers": rows.papers(project.documents.all()),
        "notes": evidence.sources(),
        "linked": of_project(request, project, title, participations, names),
    }
    return render(request, "web/projects/detail.html", context)


def _facts(project: Project, evidence: Evidence) -> list[dict[str, object]]:
    facts: list[dict[str, object]] = []

    def add(label: str, value: object, *fields: str) -> None:
        if value:
            facts.append(
                {
                    "label": label,
                    "value": value,
                    "notes": evidence.marks(label, project, *fields),
                }
            )

    add(_("Programme"), str(project.programme) if project.programme else "", "programme")
    add(_("Measure"), best(project.measure).text, "measure")
    add(_("Period"), period(project), "starts", "ends")
    if project.cost is not None:
        add(_("Total cost"), say.money(project.cost, project.currency), "cost", "currency")
    if project.cofinancing_rate is not None:
        share = _("%(share)s of the cost") % {"share": say.share(project.cofinancing_rate)}
        add(_("Paid by the programme"), share, "cofinancing_rate")
    add(_("Paid by"), best(project.funder).text, "funder")
    if project.website:
        add(_("Web site"), {"text": project.website, "href": project.website}, "website")
    return facts


def _partners(
    participations: Sequence[Participation], names: Names, evidence: Evidence
) -> list[dict[str, object]]:
    """Named partners one by one; those of whom only the country is known together, by country and role."""
    rows_: list[dict[str, object]] = []
    unnamed: dict[tuple[str, str], dict[str, object]] = {}
    for p in participations:
        marks = evidence.marks(names.text(p.party) if p.party else say.country(p.country), p)
        role = p.get_role_display()
        if p.party:
            link = rows.party_link(p.party, names)
            country = say.country(p.party.country) if p.party.country else ""
            rows_.append(
                {
                    "link": link,
                    "country": country,
                    "role": role,
                    "part": best(p.part),
                    "count": 1,
                    "marks": marks,
                }
            )
            continue
        row = unnamed.get((p.country, p.role))
        if row is None:
            row = {"link": None, "country": say.country(p.country), "role": role, "part": best(p.part)}
            row |= {"count": 0, "marks": marks}
            unnamed[p.country, p.role] = row
            rows_.append(row)
        row["count"] = int(str(row["count"])) + 1
    return rows_


def _eu_day(project: Project) -> dt.date:
    """The day for which membership of the Union is asked: the project's first, if it is known."""
    return project.starts.first_day if project.starts else today()


def _counts(project: Project, participations: Sequence[Participation]) -> list[str]:
    """Our counts, each with its rule in words."""
    day = _eu_day(project)
    if not participations:
        return []
    counts = [count_partners(participations, lead=lead, eu_day=day) for lead in (True, False)]
    has_lead = counts[0].partners != counts[1].partners
    counted = [count_in_words(count) for count in (counts if has_lead else counts[:1])]
    return [*counted, *rule_in_words(counts[0])]


def count_in_words(count: PartnerCount) -> str:
    """“14 partners of 11 countries, the lead partner counted.”"""
    partners = ngettext("%(n)s partner", "%(n)s partners", count.partners) % {"n": count.partners}
    countries = ngettext("%(n)s country", "%(n)s countries", count.countries) % {"n": count.countries}
    sentence = (
        _("%(partners)s, %(countries)s, the lead partner counted.")
        if count.lead
        else _("%(partners)s, %(countries)s, the lead partner left out.")
    )
    return sentence % {"partners": partners, "countries": countries}


def rule_in_words(count: PartnerCount) -> list[str]:
    """What is among the partners counted, and how many of their countries were in the Union."""
    words = []
    if count.unnamed:
        words.append(
            ngettext(
                "%(n)s partner is known by its country only; it counts like a named one.",
                "%(n)s partners are known by their countries only; they count like named ones.",
                count.unnamed,
            )
            % {"n": count.unnamed}
        )
    if count.associated:
        words.append(
            ngettext(
                "%(n)s associated partner is counted.",
                "%(n)s associated partners are counted.",
                count.associated,
            )
            % {"n": count.associated}
        )
    words.append(
        ngettext(
            "%(n)s of the countries belonged to the European Union on %(day)s.",
            "%(n)s of the countries belonged to the European Union on %(day)s.",
            count.eu_countries,
        )
        % {"n": count.eu_countries, "day": say.date(count.eu_day)}
    )
    return words


def _agrees(project: Project, participations: Sequence[Participation]) -> str:
    """By which rule a stated size is true, if it is by one."""
    stated = [(size.partners, size.countries) for size in project.sizes.all()]
    for lead in (True, False):
        counted = count_partners(participations, lead=lead, eu_day=_eu_day(project))
        if (counted.partners, counted.countries) in stated:
            return (
                _("The stated number is true if the lead partner is counted.")
                if lead
                else _("The stated number is true if the lead partner is not counted.")
            )
    return ""
