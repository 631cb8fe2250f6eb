"""Questions on projects: lists and pages."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, F, OrderBy, Prefetch, Q, QuerySet

from twinhall.core.acts import begun
from twinhall.documents.models import Document
from twinhall.documents.queries import public
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Participation, Programme, Project

PROJECT_ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "-starts": (F("starts").desc(nulls_last=True), "slug"),
    "starts": (F("starts").asc(nulls_last=True), "slug"),
    "title": ("slug",),
    "-title": ("-slug",),
}


def project_list(
    *,
    programme: str = "",
    country: str = "",
    day: dt.date | None = None,
    order: str = "-starts",
    among: Q | None = None,
) -> "QuerySet[Project]":
    """Projects in one of PROJECT_ORDERS, with how many partners are recorded; those that ran on a day.

    ``among`` narrows the list further.
    """
    found = Project.objects.standing().filter(among or Q()).select_related("programme")
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
    return found.annotate(partner_count=Count("participations")).order_by(*PROJECT_ORDERS[order])


def project_page(*, withdrawn: bool = False) -> "QuerySet[Project]":
    """Projects with all that their page shows; at the desk, those withdrawn and private documents as well."""
    found = Project.objects.all() if withdrawn else Project.objects.standing()
    documents = Document.objects.all() if withdrawn else public(Document.objects.all())
    participations = Participation.objects.select_related("party").order_by("number")
    return found.select_related("programme", "led_to__party").prefetch_related(
        "sizes",
        "activities",
        "outputs",
        Prefetch("documents", documents),
        Prefetch("participations", participations),
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


def ties_of(party: Party) -> list[str]:
    """The addresses of the partnerships, networks and projects that a party stands in, by name."""
    signed = Partnership.objects.standing().filter(signatories__party=party).values_list("slug", flat=True)
    joined = Membership.objects.standing().filter(Q(party=party) | Q(network=party.pk))
    runs = Project.objects.standing().filter(participations__party=party).values_list("slug", flat=True)
    return sorted({*signed, *joined.values_list("network__party__slug", flat=True), *runs})
