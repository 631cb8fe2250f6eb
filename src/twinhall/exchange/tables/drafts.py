"""What one batch of rows brings: new records and words about them, written together or not at all."""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models

from twinhall.accounts.models import User
from twinhall.core.copying import copy, reserve
from twinhall.core.dates import PartialDate
from twinhall.core.text import fold, free_slug, slug
from twinhall.evidence.bulk import Word, enter
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.evidence.values import normalise
from twinhall.exchange import told
from twinhall.exchange.models import Reference
from twinhall.exchange.regions import regions_for
from twinhall.exchange.tables.register import About, Register, read_about, read_spellings
from twinhall.exchange.tables.rows import RefusedError
from twinhall.networks.models import Network
from twinhall.parties import precedence
from twinhall.parties.models import IDENTIFIER_SCHEMES, KEY_LENGTH, Identifier, Name, Party, PartyKind

ORIGIN = "table"
EXISTING = "yes"
_AT_ONCE = 500


@dataclass
class Keys:
    """Primary keys that are reserved for new records of each kind."""

    reserved: dict[type[models.Model], list[int]] = field(default_factory=dict)

    def next(self, model: type[models.Model]) -> int:
        """A key that nobody else has. Within a transaction."""
        free = self.reserved.setdefault(model, [])
        if not free:
            free.extend(reversed(reserve(model, _AT_ONCE)))
        return free.pop()


@dataclass
class Batch:
    """Collects what rows bring, and writes it."""

    register: Register
    sources: Mapping[str, Source]
    by: User
    keys: Keys
    founded: list[models.Model] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    names: list[tuple[object, ...]] = field(default_factory=list)
    identifiers: list[tuple[object, ...]] = field(default_factory=list)
    references: list[tuple[object, ...]] = field(default_factory=list)
    places: list[tuple[Party, tuple[int | None, str, float | None, float | None]]] = field(
        default_factory=list
    )
    changed: set[int] = field(default_factory=set)
    """Rows that brought something besides words: an identifier, a name."""
    restated: set[int] = field(default_factory=set)
    """Parties that the register has, of which something was said."""
    notes: list[str] = field(default_factory=list)

    # Words ---------------------------------------------------------------------------------------------

    def say(  # noqa: PLR0917 - of what, which field, what, by whom, in which row
        self,
        record: type[models.Model],
        pk: int,
        name: str,
        value: Hashable,
        keys: Iterable[str],
        row: int,
        *,
        language: str = "",
    ) -> None:
        """Let sources state a value of a field. Raises ValidationError where the column does not take it."""
        text = EXISTING if name == EXISTS else _normal(record, name, value, language)
        self.words += [Word(record, pk, name, text, self.sources[key].pk, row, language) for key in keys]

    # Parties -------------------------------------------------------------------------------------------

    @staticmethod
    def check(party: told.Party) -> None:
        """Raise RefusedError where this party could not be founded."""
        if not party.name:
            raise RefusedError("a party that the register does not have is told without a name")
        if not (party.country or party.identifiers or party.key or party.latitude is not None):
            raise RefusedError("a party is told by its name alone")
        if party.kind and party.kind not in PartyKind.values:
            raise RefusedError(f"not a kind of party: {party.kind}")
        try:
            normalise(Party, "name", party.name)
        except ValidationError as error:
            raise RefusedError(f"a name cannot be kept: {' '.join(error.messages)}") from error

    def found_party(self, party: told.Party, keys: Iterable[str], row: int) -> int:
        """Found a party that was checked, with all that is told of it."""
        address = free_slug(
            slug(party.name) or "party", party.country.lower(), taken=self.register.taken.__contains__
        )
        kind = party.kind or PartyKind.MUNICIPALITY.value
        record = Party(pk=self.keys.next(Party), slug=address, kind=kind, language=party.language)
        self.say(Party, record.pk, "name", party.name, keys, row)
        self.say_facts(record.pk, party, keys, row)
        self.founded.append(record)
        about = About(kind, party.country, party.latitude, party.longitude)
        self.register.add_party(record.pk, address, about, [party.name])
        number = party.identifiers.get("geonames", "")
        spot = (int(number) if number.isdigit() else None, *about[1:])
        self.places.append((record, spot))
        self.learn(record.pk, party, row)
        self.add_names(record.pk, party, keys, row)
        return record.pk

    def say_facts(self, pk: int, party: told.Party, keys: Iterable[str], row: int) -> None:
        """State a party's country, position, population and web site; what cannot be kept is noted."""
        for name in ("country", "latitude", "longitude", "population", "population_year", "website"):
            value = getattr(party, name)
            if value in (None, ""):
                continue
            try:
                self.say(Party, pk, name, value, keys, row)
            except ValidationError:
                self.notes.append(f"a {name.replace('_', ' ')} that cannot be kept")

    def learn(self, pk: int, party: told.Party, row: int) -> None:
        """Keep what the table and other registers call a party; what is another's is noted."""
        if party.key and party.key not in self.register.parties_by_key:
            self.register.parties_by_key[party.key] = pk
            self.references.append((party.key, Party._meta.label_lower, pk))
        for scheme, value in party.identifiers.items():
            holder = self.register.identifiers.get((scheme, value))
            if holder not in (None, pk):
                self.notes.append(f"the {scheme} identifier is another party's")
            elif holder is None and not _looks_right(scheme, value):
                self.notes.append(f"not an identifier of {scheme}")
            elif holder is None:
                self.register.add_identifier(pk, scheme, value)
                self.identifiers.append((pk, scheme, value))
                self.changed.add(row)

    def add_names(self, pk: int, party: told.Party, keys: Iterable[str], row: int) -> None:
        """Keep other names that the register does not know the party by."""
        for text, language, kind in party.names:
            if self.register.is_called(pk, text):
                continue
            number = self.keys.next(Name)
            self.register.add_name(pk, text)
            self.names.append((number, pk, text[:200], language, kind, fold(text)[:KEY_LENGTH].strip()))
            self.say(Name, number, EXISTS, "yes", keys, row)
            self.changed.add(row)

    def found_network(self, pk: int, founded: PartialDate | None, keys: Iterable[str], row: int) -> None:
        """Make a party of kind association a network, where it is none yet."""
        if pk not in self.register.networks:
            self.register.networks.add(pk)
            self.founded.append(Network(party_id=pk))
            self.changed.add(row)
        if founded is not None:
            self.say(Network, pk, "founded", founded, keys, row)

    # Writing -------------------------------------------------------------------------------------------

    def write(self) -> set[int]:
        """Write it all; give the rows that brought something new. Within a transaction."""
        codes = regions_for([spot for _party, spot in self.places])
        for (party, _spot), code in zip(self.places, codes, strict=True):
            party.region = code
        new = enter(
            self.words,
            founded=self.founded,
            sources={source.pk: source for source in self.sources.values()},
            by=self.by,
            origin=ORIGIN,
            rank=precedence.rank,
        )
        copy(Name, ("id", "party_id", "text", "language", "kind", "key"), self.names)
        copy(Identifier, ("party_id", "scheme", "value"), self.identifiers)
        copy(Reference, ("key", "subject_type", "subject_id"), self.references)
        read_spellings(self.register, [party.pk for party, _spot in self.places])
        read_about(self.register, self.restated)
        return new | self.changed


@lru_cache(maxsize=50_000)
def _normal(record: type[models.Model], name: str, value: Hashable, language: str) -> str:
    """The canonical text of a value; days, countries and kinds recur by the thousands."""
    return normalise(record, name, value, language)


def _looks_right(scheme: str, value: str) -> bool:
    pattern = IDENTIFIER_SCHEMES.get(scheme)
    return pattern is not None and re.fullmatch(pattern, value) is not None
