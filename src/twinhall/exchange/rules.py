"""Who decides what waits outside the register: those on whose desk it lies."""

import rules
from django.db.models import Q, QuerySet

from twinhall.exchange.models.findings import Finding
from twinhall.exchange.models.readings import Reading
from twinhall.parties.rules import Person, is_administrator, standing


@rules.predicate
def is_on_ones_desk(user: Person, finding: Finding) -> bool:
    """Speaks, in records of this kind, for a party on whose desk the finding lies."""
    desks = {party.pk for party in finding.desks.all()}
    return not standing(user).voices(finding.model).isdisjoint(desks)


@rules.predicate
def reads_for(user: Person, reading: Reading) -> bool:
    """Speaks for the party for whose desk the page was read."""
    return reading.party_id in standing(user).speaking


rules.add_perm("exchange.decide_reading", is_administrator | reads_for)
rules.add_perm("exchange.decide_finding", is_administrator | is_on_ones_desk)
rules.add_perm("exchange.decide_rows", is_administrator)


def decided_by(user: Person, found: "QuerySet[Finding]") -> "QuerySet[Finding]":
    """Those of the findings that the person decides."""
    if is_administrator(user):
        return found
    mine = standing(user)
    of_projects = Q(subject_type__startswith="projects.") & _on_desks(mine.coordinating)
    return found.filter(_on_desks(mine.speaking) | of_projects)


def decides_on(user: Person, found: "QuerySet[Reading]") -> "QuerySet[Reading]":
    """Those of the readings on whose facts the person decides."""
    return found if is_administrator(user) else found.filter(party__in=standing(user).speaking)


def _on_desks(parties: frozenset[int]) -> Q:
    return Q(pk__in=Finding.desks.through.objects.filter(party__in=parties).values("finding"))
