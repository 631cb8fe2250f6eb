"""How many partners of how many countries: every count says by which rule it was made."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from twinhall.core.vocabularies import eu_members
from twinhall.projects.models import Participation, ParticipationRole


@dataclass(frozen=True)
class PartnerCount:
    """A count of the partners of a project, and what it includes."""

    partners: int
    countries: int
    lead: bool
    """Whether the lead partner is counted."""
    associated: int
    """How many associated partners are among them."""
    unnamed: int
    """How many are known by their country only."""
    eu_countries: int
    """How many of the countries belonged to the European Union on ``eu_day``."""
    eu_day: dt.date


def count_partners(
    participations: Iterable[Participation], *, lead: bool, associated: bool = True, eu_day: dt.date
) -> PartnerCount:
    """Count partners and their countries, with or without the lead and the associated partners."""
    counted = [
        p
        for p in participations
        if (lead or p.role != ParticipationRole.LEAD)
        and (associated or p.role != ParticipationRole.ASSOCIATED)
    ]
    countries = {p.of_country for p in counted if p.of_country}
    return PartnerCount(
        partners=len(counted),
        countries=len(countries),
        lead=lead,
        associated=sum(p.role == ParticipationRole.ASSOCIATED for p in counted),
        unnamed=sum(p.party_id is None for p in counted),
        eu_countries=len(countries & eu_members(eu_day)),
        eu_day=eu_day,
    )
