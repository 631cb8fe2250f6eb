"""Which parties of the register one to be added looks like, so that none is entered twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from twinhall.core.text import fold
from twinhall.parties.models import Identifier, Name, Party

# Degrees within which two positions may be those of one place: some 50 km in Europe.
_NEAR_IN_LATITUDE, _NEAR_IN_LONGITUDE = 0.5, 1.0


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What is known of a party that may be in the register already. Position in degrees (WGS 84)."""

    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)

    def allows(self, party: Party) -> bool:
        """Whether a party of the same name may be this one: not in another country, and not far away."""
        if self.country and party.country and self.country != party.country:
            return False
        return _near(self.latitude, party.latitude, _NEAR_IN_LATITUDE) and _near(
            self.longitude, party.longitude, _NEAR_IN_LONGITUDE
        )


def _near(one: float | None, other: float | None, most: float) -> bool:
    return one is None or other is None or abs(one - other) < most


def look_alikes_of(wanted: Sequence[Likeness]) -> list[list[Party]]:
    """The look-alikes of each, in the order given; four queries, however many are asked for."""
    identified, named = _by_identifier(wanted), _by_name(wanted)
    return [
        sorted(
            {identified[pair] for pair in likeness.identifiers.items() if pair in identified}
            | {party for party in named[fold(likeness.name)] if likeness.allows(party)},
            key=lambda party: party.slug,
        )
        for likeness in wanted
    ]


def _by_identifier(wanted: Iterable[Likeness]) -> Mapping[tuple[str, str], Party]:
    pairs = {pair for likeness in wanted for pair in likeness.identifiers.items()}
    any_of = reduce(or_, (Q(scheme=scheme, value=value) for scheme, value in pairs), Q(pk__in=[]))
    found = Identifier.objects.filter(any_of, party__withdrawn_at__isnull=True).select_related("party")
    return {(identifier.scheme, identifier.value): identifier.party for identifier in found}


def _by_name(wanted: Sequence[Likeness]) -> Mapping[str, set[Party]]:
    """Standing parties by those of their folded names that are asked for."""
    keys = {fold(likeness.name) for likeness in wanted} - {""}
    found: dict[str, set[Party]] = defaultdict(set)
    if not keys:
        return found
    names = Name.objects.filter(key__in=keys, party__withdrawn_at__isnull=True).select_related("party")
    for name in names:
        found[name.key].add(name.party)
    own = _own_names(keys, {likeness.country for likeness in wanted})
    for pk, party in Party.objects.in_bulk(list(own)).items():
        found[own[pk]].add(party)
    return found


def _own_names(keys: set[str], countries: set[str]) -> dict[int, str]:
    """The folded own names that are asked for, by party; no column holds them, so they are folded here."""
    parties = Party.objects.standing()
    if "" not in countries:
        parties = parties.filter(country__in={*countries, ""})
    folded = ((pk, fold(name)) for pk, name in parties.values_list("pk", "name"))
    return {pk: key for pk, key in folded if key in keys}
