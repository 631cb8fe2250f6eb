"""Finding a party by any of its names: in the register, and among the towns of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from twinhall.exchange.gazetteer import parties_of
from twinhall.exchange.readings.ends import Choice
from twinhall.finder.queries import PARTY, entries
from twinhall.parties.models import Party
from twinhall.reader.gazetteer import Place, gazetteer

MOST = 10
"""How many parties, and how many towns, are shown."""
MOST_ENTRIES = 200


@dataclass(frozen=True)
class Found:
    """Parties with the spellings they were found by, and towns that the register does not have."""

    parties: Mapping[Party, str]
    towns: Sequence[Place]
    is_cut: bool = False

    @property
    def choices(self) -> list[Choice]:
        """All that was found, in the order shown."""
        return [*self.parties, *self.towns]


@dataclass(frozen=True)
class Scope:
    """Among which parties is searched, and whether among towns too."""

    kinds: frozenset[str]
    has_towns: bool

    def search(self, query: str) -> Found:
        """What has a name that begins with the query; the same number of queries whatever is found."""
        if not query:
            return Found({}, [])
        parties = self._named(query)
        places = gazetteer(settings.GAZETTEER).find(query, limit=MOST + 1)
        known = parties_of(places)
        for place in places:
            party = known.get(place.id)
            if party and self.takes(party):
                parties.setdefault(party, place.matched)
        towns = [place for place in places if self._may_add(known.get(place.id))]
        return Found(
            dict(list(parties.items())[:MOST]),
            towns[:MOST],
            is_cut=len(parties) > MOST or len(towns) > MOST,
        )

    def _may_add(self, known: Party | None) -> bool:
        """Whether a town is offered; of one whose party was withdrawn, that is said when it is chosen."""
        return self.has_towns and (known is None or known.withdrawn_at is not None)

    def _named(self, query: str) -> dict[Party, str]:
        """Parties by their names in the register, best first, each with the name it was found by."""
        texts: dict[int, str] = {}
        hits = entries(query).filter(subject_type=PARTY, subject_id__in=self._parties().values("pk"))
        for entry in hits[:MOST_ENTRIES]:
            texts.setdefault(entry.subject_id, entry.text)
        found = Party.objects.in_bulk(list(texts)[: MOST + 1])
        return {found[pk]: text for pk, text in texts.items() if pk in found}

    def _parties(self) -> "QuerySet[Party]":
        parties = Party.objects.standing()
        return parties.filter(kind__in=self.kinds) if self.kinds else parties

    def takes(self, party: Party) -> bool:
        """Whether the party can be chosen."""
        return party.withdrawn_at is None and (not self.kinds or party.kind in self.kinds)

    def get(self, value: str) -> Choice | None:
        """What the form calls so, withdrawn or not; a town that the register has is its party."""
        sort, _colon, number = value.partition(":")
        if not (number.isascii() and number.isdecimal()):
            return None
        if sort == "party":
            return Party.objects.filter(pk=int(number)).first()
        place = gazetteer(settings.GAZETTEER).get(int(number)) if sort == "place" else None
        if place is None:
            return None
        return parties_of([place]).get(place.id) or (place if self.has_towns else None)
