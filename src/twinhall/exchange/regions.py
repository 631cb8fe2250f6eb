"""The regions that parties lie in, worked out from their GeoNames identifiers, else from their positions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from django.conf import settings
from django.db import transaction

from twinhall.parties.models import Identifier, Party
from twinhall.reader.gazetteer import Gazetteer, gazetteer, gazetteer_path

Spot: TypeAlias = tuple[int | None, str, float | None, float | None]
"""What tells a region: GeoNames id, country (two capitals), latitude and longitude in degrees."""

_FEW = 1000  # of more parties the identifiers are read all at once, without naming each party


def regions_for(spots: Sequence[Spot]) -> list[str]:
    """The code of the region of each spot ("DE.02"), in their order; "" where it is not known.

    A region is always one of the country given; without a country only the GeoNames id tells it. Where no
    gazetteer is compiled yet none is known: who needs them calls ``gazetteer(settings.GAZETTEER)`` first.
    """
    if not (spots and gazetteer_path(settings.GAZETTEER).exists()):
        return [""] * len(spots)
    towns = gazetteer(settings.GAZETTEER)
    found = _by_identifier(towns, spots)
    _add_by_position(found, towns, spots)
    return found


def _by_identifier(towns: Gazetteer, spots: Sequence[Spot]) -> list[str]:
    known = towns.regions(number for number, *_rest in spots if number is not None)
    found = []
    for number, country, *_position in spots:
        place = known.get(number) if number is not None else None
        found.append(place[1] if place and country in ("", place[0]) else "")
    return found


def _add_by_position(found: list[str], towns: Gazetteer, spots: Sequence[Spot]) -> None:
    """Fill in the regions that no identifier told."""
    missing: dict[int, tuple[str, float, float]] = {}
    for at, (_number, country, latitude, longitude) in enumerate(spots):
        if not found[at] and country and latitude is not None and longitude is not None:
            missing[at] = (country, latitude, longitude)
    for at, region in zip(missing, towns.regions_near(missing.values()), strict=True):
        found[at] = region


@transaction.atomic
def settle_regions(parties: Iterable[Party] | None = None) -> int:
    """Write the regions of these parties, else of all that have none; gives how many were changed.

    Two queries, and one for each region that parties are found to lie in. Changes nothing where no
    gazetteer is compiled yet.
    """
    if not gazetteer_path(settings.GAZETTEER).exists():
        return 0
    chosen = list(Party.objects.filter(region="") if parties is None else parties)
    lying: dict[str, list[int]] = defaultdict(list)
    for party, region in zip(chosen, regions_for(_spots(chosen)), strict=True):
        if party.region != region:
            party.region = region
            lying[region].append(party.pk)
    return sum(Party.objects.filter(pk__in=pks).update(region=region) for region, pks in lying.items())


def _spots(parties: Sequence[Party]) -> list[Spot]:
    identifiers = Identifier.objects.filter(scheme="geonames")
    if len(parties) < _FEW:
        identifiers = identifiers.filter(party__in=parties)
    numbers = dict(identifiers.values_list("party", "value"))
    return [
        (int(numbers[p.pk]) if p.pk in numbers else None, p.country, p.latitude, p.longitude) for p in parties
    ]
