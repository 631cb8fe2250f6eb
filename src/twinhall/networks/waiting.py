"""Questions on applications to networks: those on a desk, what came with one and what is missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from twinhall.accounts.models import User
from twinhall.core.languages import best
from twinhall.networks.models import Application, Enclosure, Network, Requirement, Stage
from twinhall.parties.models import Affiliation
from twinhall.parties.rules import SPEAKING, kept_by

IDLE = dt.timedelta(days=180)
"""So long without a deed, an application is shown to be decided on or laid aside."""


def application_list(user: User, *, stage: str = "", network: str = "") -> "QuerySet[Application]":
    """The applications on a secretary's desk, the latest first; of one stage, to one network."""
    found = kept_by(user, Application.objects.all()).select_related("network__party", "party", "membership")
    if network:
        found = found.filter(network__party__slug=network)
    return (found.filter(STAGES[stage]) if stage else found).order_by("-received_at", "-pk")


STAGES: Mapping[str, Q] = {
    Stage.RECEIVED: Q(asked_at__isnull=True, completed_at__isnull=True, decided_at__isnull=True),
    Stage.INCOMPLETE: Q(asked_at__isnull=False, completed_at__isnull=True, decided_at__isnull=True),
    Stage.COMPLETE: Q(completed_at__isnull=False, decided_at__isnull=True),
    Stage.DECIDED: Q(decided_at__isnull=False),
}
"""The rows of each stage, as ``Application.stage`` tells it of one."""


def applications_waiting(user: User) -> "QuerySet[Application]":
    """Those that a person has to look at, the oldest first: new ones, and those that miss something."""
    found = application_list(user).filter(completed_at__isnull=True, decided_at__isnull=True)
    return found.order_by("received_at", "pk")


def idle_applications(user: User, *, now: dt.datetime) -> "QuerySet[Application]":
    """Those that nothing has happened to for ``IDLE``, and nobody has decided on, the oldest first.

    Who wrote them is known here as long as they wait, so that they must not be forgotten.
    """
    since = now - IDLE
    lately = Q(asked_at__gt=since) | Q(added_at__gt=since) | Q(completed_at__gt=since)
    found = application_list(user).filter(decided_at__isnull=True, received_at__lte=since).exclude(lately)
    return found.order_by("received_at", "pk")


def takes_applications(network: Network) -> bool:
    """Whether anybody speaks here for the network, so that an application lies on somebody's desk."""
    return Affiliation.objects.filter(
        party=network.pk, role__in=SPEAKING, ended_at__isnull=True, user__is_active=True
    ).exists()


def applications_to(network: Network) -> "QuerySet[Application]":
    """The applications to a network that are not decided on yet."""
    return Application.objects.filter(network=network, decided_at__isnull=True)


@dataclass(frozen=True)
class Asked:
    """A paper that a network asks for, and what came of it."""

    requirement: Requirement
    enclosures: Sequence[Enclosure]

    @property
    def is_missing(self) -> bool:
        """Whether it is needed and has not come."""
        return self.requirement.is_needed and not self.enclosures


def check_list(application: Application) -> tuple[list[Asked], list[Enclosure]]:
    """What the network asks for, each with what came; and what came besides. Two queries."""
    enclosures = list(application.enclosures.select_related("document"))
    asked = [
        Asked(requirement, [e for e in enclosures if e.requirement_id == requirement.pk])
        for requirement in application.network.requirements.all()
    ]
    return asked, [e for e in enclosures if e.requirement_id is None]


def lacking_papers(application: Application) -> list[str]:
    """What the papers are called that are needed and have not come."""
    return [best(a.requirement.name).text for a in check_list(application)[0] if a.is_missing]
