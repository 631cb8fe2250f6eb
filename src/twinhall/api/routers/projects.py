from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from twinhall.api.addresses import Addresses
from twinhall.api.answers import answer
from twinhall.api.asking import must_be
from twinhall.api.pagination import cut, next_page
from twinhall.api.queries import has_party, has_programme, projects_of
from twinhall.api.routers.reading import evidence_on, moved_or_gone
from twinhall.api.schemas.projects import ListedProject, Project, ProjectFilters, ProjectPage
from twinhall.projects import models
from twinhall.projects.queries import project_list, project_page

router = Router(tags=["projects"])


@router.get("/projects/", response=ProjectPage, url_name="projects", operation_id="listProjects")
def projects(request: HttpRequest, asked: Query[ProjectFilters]) -> HttpResponse:
    """Joint projects."""
    must_be(lambda: has_programme(asked.programme), "programme", asked.programme, "programme")
    must_be(lambda: has_party(asked.party), "party", asked.party, "party")
    listed = project_list(
        programme=asked.programme,
        country=asked.country,
        day=asked.as_of,
        order=asked.order,
        among=projects_of(asked.party),
    )
    found = cut(listed, cursor=asked.cursor, limit=asked.limit)
    at = Addresses.of(request)
    rows = [ListedProject.of(project, at) for project in found.rows]
    return answer(
        request, ProjectPage(count=found.count, next=next_page(request, found.cursor), results=rows)
    )


@router.get("/projects/{slug:slug}/", response=Project, url_name="project", operation_id="getProject")
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project.

    Its partners, money, activities and results, with the statements that each fact rests on.
    """
    found = project_page().filter(slug=slug).first()
    if found is None:
        return moved_or_gone(request, "projects", models.Project.objects.all(), slug=slug)
    at = Addresses.of(request)
    parts = [*found.participations.all(), *found.sizes.all(), *found.activities.all(), *found.outputs.all()]
    return answer(request, Project.told(found, evidence_on([found, *parts], at), at))
