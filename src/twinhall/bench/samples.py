"""Samples of the register: many different records, evenly spread and the same in every run."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from django.db.models import F

from twinhall.finder.keys import key_of
from twinhall.networks.narrowing import network_parties
from twinhall.parties.models import Party
from twinhall.parties.queries import countries_of_parties, party_list
from twinhall.partnerships.models import Partnership, Signatory

T = TypeVar("T")
MANY = 400
LEAST = 3
"""Letters that are typed at least in what is compared; of one or two we keep the answer, others do not."""
SPAN = 4


class Sides(NamedTuple):
    """Where two sides of a tie lie: countries, and the region of the first, "" where it is not known."""

    country: str
    region: str
    partner_country: str


def evenly(rows: Sequence[T], count: int) -> Sequence[T]:
    """At most ``count`` of these, spread evenly."""
    return rows[:: max(-(-len(rows) // count), 1)]


def some_parties(count: int = MANY) -> list[tuple[int, str]]:
    """Cities and regions by primary key and address, from all over the alphabet."""
    return list(evenly(list(party_list().values_list("pk", "slug")), count))


def names(count: int = MANY) -> list[str]:
    """Names of cities and regions that have letters enough to be typed."""
    found = party_list().exclude(name="").values_list("name", flat=True)
    return [name for name in evenly(list(found), count) if len(key_of(name)) > LEAST + SPAN]


def beginnings(count: int = MANY) -> list[str]:
    """Folded beginnings of names, of three to six letters in turn; each has something that begins so."""
    keys = [key_of(name) for name in names(count)]
    return [key[: LEAST + n % SPAN] for n, key in enumerate(keys) if key.isalnum()]


def typed(count: int = MANY) -> list[str]:
    """What people type: beginnings from one letter on as they stand, and every fifth with a slip."""
    return [_slip(name) if n % 5 == 0 else name[: 1 + n % 6] for n, name in enumerate(names(count))]


def _slip(name: str) -> str:
    """A name with two letters changed round."""
    return f"{name[:2]}{name[3]}{name[2]}{name[4:]}"


def some_countries() -> list[str]:
    """The countries that have listed parties, those with most first."""
    counted = countries_of_parties()
    return sorted(counted, key=lambda code: (-counted[code], code))


def has_region(region: str) -> bool:
    """Whether a listed party lies in the region of this code."""
    return party_list(region=region).exists()


def some_networks() -> list[str]:
    """The addresses of networks."""
    return sorted(party.slug for party in network_parties())


def pairs_of_places(count: int = 50) -> list[Sides]:
    """Where the sides of ties of two countries lie, for ties from all over the register; no two alike."""
    ties = list(Partnership.objects.standing().order_by("slug").values_list("pk", flat=True))
    return list(islice(dict.fromkeys(_sides(evenly(ties, 20 * count))), count))


def _sides(ties: Sequence[int]) -> Iterator[Sides]:
    for start in range(0, len(ties), 500):
        signed = Signatory.objects.filter(partnership__in=ties[start : start + 500])
        rows = signed.order_by("partnership", "party").values_list(
            "partnership", "party__country", "party__region"
        )
        before: tuple[int, str, str] = (0, "", "")
        for tie, country, region in rows:
            if tie == before[0] and country and before[1] and country != before[1]:
                yield Sides(before[1], before[2], country)
            before = (tie, country, region)


def largest_parties(count: int = 100) -> list[str]:
    """The addresses of the most populous parties, whose pages are the longest."""
    found = Party.objects.standing().exclude(population=None).order_by(F("population").desc(), "slug")
    return list(found.values_list("slug", flat=True)[:count])
