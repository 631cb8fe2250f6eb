"""Questions on projects: lists and pages."""

import datetime as dt

from django.db.models import Count, F, Prefetch, Q, QuerySet

from twinhall.core.acts import begun
from twinhall.networks.models import Network
from twinhall.parties.models import Party
from twinhall.projects.models import Participation, Programme, Project


def project_list(
    *, programme: str = "", country: str = "", day: dt.date | None = None
) -> "QuerySet[Project]":
    """Projects, newest first, with how many partners are recorded; with a day, those that ran on it."""
    found = Project.objects.standing().select_related("programme")
    if programme:
        found = found.filter(programme__slug=programme)
    if country:
        of_country = Participation.objects.filter(Q(country=country) | Q(party__country=country))
        found = found.filter(pk__in=of_country.values("project"))
    if day is not None:
        found = found.filter(begun("starts", day))
        if day > dt.date.min:
            yesterday = day - dt.timedelta(days=1)
            found = found.exclude(Q(ends__isnull=False) & begun("ends", yesterday))
    return found.annotate(partner_count=Count("participations")).order_by(
        F("starts").desc(nulls_last=True), "slug"
    )


def project_page() -> "QuerySet[Project]":
    """Projects with all that their page shows."""
    participations = Participation.objects.select_related("party").order_by("number")
    return (
        Project.objects.standing()
        .select_related("programme", "led_to__party")
        .prefetch_related("sizes", "activities", "outputs", Prefetch("participations", participations))
    )


def participations_of(party: Party) -> "QuerySet[Participation]":
    """A party's part in projects, newest first."""
    return (
        Participation.objects.filter(party=party, project__withdrawn_at__isnull=True)
        .select_related("project__programme")
        .order_by(F("project__starts").desc(nulls_last=True), "project__slug")
    )


def projects_that_led_to(network: Network) -> "QuerySet[Project]":
    """Projects that a network grew from."""
    return project_list().filter(led_to=network)


def countries_of_partners() -> set[str]:
    """The countries of all partners of listed projects, named or not."""
    rows = Participation.objects.filter(project__withdrawn_at__isnull=True)
    pairs = rows.order_by().values_list("country", "party__country").distinct()
    return {country for pair in pairs for country in pair if country}


def programmes_with_projects() -> "QuerySet[Programme]":
    """Programmes that a listed project has."""
    return Programme.objects.filter(slug__in=Project.objects.standing().values("programme"))
