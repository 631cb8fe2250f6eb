"""Deeds on projects. Facts about them go in as statements."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.text import free_slug, slug
from twinhall.parties.models import Party
from twinhall.projects.models import Activity, Output, Participation, ParticipationRole, Project


@transaction.atomic
def add_project(*, title: str, lead: Party | None, by: User) -> Project:
    """Make a project with its lead partner, where it is known; its title and the rest go in as statements."""
    address = free_slug(
        slug(title) or "project", taken=lambda wanted: Project.objects.filter(slug=wanted).exists()
    )
    project = Project(slug=address)
    project.full_clean()
    project.save()
    if lead is not None:
        Participation.objects.create(project=project, number=1, party=lead, role=ParticipationRole.LEAD)
    log(gettext_noop("project added"), project.slug, by=by, record=project)
    return project


@transaction.atomic
def add_partner(
    project: Project, *, party: Party | None, country: str = "", role: str, by: User
) -> Participation:
    """Add a partner after the others: a party, or a country where none is named. Raises ValidationError."""
    if party is not None and project.participations.filter(party=party).exists():
        raise ValidationError({"party": _("This party takes part in the project already.")})
    participation = Participation(
        project=project,
        number=_next(project.participations.aggregate(last=Max("number"))["last"]),
        party=party,
        country="" if party else country,
        role=role,
    )
    participation.full_clean()
    participation.save()
    log(gettext_noop("partner added"), str(participation), by=by, record=project)
    return participation


@transaction.atomic
def add_activity(project: Project, *, by: User) -> Activity:
    """Add an activity after the others; its text goes in as a statement."""
    number = _next(project.activities.aggregate(last=Max("number"))["last"])
    activity = Activity.objects.create(project=project, number=number)
    log(gettext_noop("activity added"), str(activity), by=by, record=project)
    return activity


@transaction.atomic
def add_output(project: Project, *, kind: str, by: User) -> Output:
    """Add an output after the others; its title and address go in as statements."""
    number = _next(project.outputs.aggregate(last=Max("number"))["last"])
    output = Output(project=project, number=number, kind=kind)
    output.full_clean()
    output.save()
    log(gettext_noop("output added"), str(output), by=by, record=project)
    return output


def _next(last: int | None) -> int:
    return (last or 0) + 1
