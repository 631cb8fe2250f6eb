"""Projects, programmes and all that belongs to a project, made as rows."""

import datetime as dt
from decimal import Decimal
from itertools import count

from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.networks.models import Network
from twinhall.parties.models import Party
from twinhall.projects.models import (
    Activity,
    Output,
    OutputKind,
    Participation,
    ParticipationRole,
    Programme,
    Project,
    ProjectSize,
)

_numbers = count(1)


def make_programme(*, slug: str = "", name: str = "Interreg") -> Programme:
    return Programme.objects.create(
        slug=slug or f"programme-{next(_numbers)}", name={"en": name} if name else {}
    )


def make_project(
    *,
    slug: str = "",
    title: str = "Green border",
    programme: Programme | None = None,
    starts: str = "",
    ends: str = "",
    cost: Decimal | None = None,
    cofinancing_rate: Decimal | None = None,
    led_to: Network | None = None,
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Project:
    """A project without partners."""
    return Project.objects.create(
        slug=slug or f"project-{next(_numbers)}",
        title={"en": title},
        programme=programme,
        starts=PartialDate.parse(starts) if starts else None,
        ends=PartialDate.parse(ends) if ends else None,
        cost=cost,
        cofinancing_rate=cofinancing_rate,
        led_to=led_to,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )


def make_participation(
    *,
    project: Project | None = None,
    party: Party | None = None,
    country: str = "",
    role: str = ParticipationRole.PARTNER,
    number: int = 0,
) -> Participation:
    """A partner after the others: the party, or, where only a country is given, one that is not named."""
    joined = project or make_project()
    return Participation.objects.create(
        project=joined,
        party=party if party or country else make_party(),
        country=country,
        role=role,
        number=number or joined.participations.count() + 1,
    )


def make_activity(*, project: Project | None = None, number: int = 1, text: str = "Seminars") -> Activity:
    return Activity.objects.create(project=project or make_project(), number=number, text={"en": text})


def make_output(
    *,
    project: Project | None = None,
    number: int = 1,
    kind: str = OutputKind.NEWS,
    title: str = "Project news 1",
) -> Output:
    return Output.objects.create(
        project=project or make_project(), number=number, kind=kind, title={"en": title}
    )


def make_project_size(
    *,
    project: Project | None = None,
    partners: int | None = 14,
    countries: int | None = None,
    at_least: bool = False,
    as_of: str = "",
) -> ProjectSize:
    return ProjectSize.objects.create(
        project=project or make_project(),
        partners=partners,
        countries=countries,
        at_least=at_least,
        as_of=PartialDate.parse(as_of) if as_of else None,
    )
