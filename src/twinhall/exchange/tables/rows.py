"""From a row of a table, by its map, to what it tells."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.exchange import told
from twinhall.exchange.tables.countries import country_code
from twinhall.exchange.tables.kinds import is_bare_identifier, kind_by_name
from twinhall.exchange.tables.maps import ActMap, Map, PartyMap, ProjectMap, Row, Value

_POLE, _DATE_LINE = 90, 180


class RefusedError(Exception):
    """A row that cannot be used; the message says why."""


@dataclass
class Reader:
    """Reads rows by one map; ``notes`` are what was particular about the last one."""

    map: Map
    notes: list[str] = field(default_factory=list)

    def read(self, row: Row) -> told.Told:
        """What a row tells. Raises RefusedError."""
        self.notes = [note.why for note in self.map.note if note.applies(row)]
        for refusal in self.map.refuse:
            if refusal.applies(row):
                raise RefusedError(refusal.why)
        sources = self._sources(row)
        readers: Mapping[str, Callable[[Row, tuple[str, ...]], told.Told]] = {
            "parties": self._standing,
            "partnerships": self._partnership,
            "memberships": self._membership,
            "projects": self._project,
            "participations": self._participation,
        }
        return readers[self.map.subject](row, sources)

    def _sources(self, row: Row) -> tuple[str, ...]:
        said = self.map.source.read(row)
        keys = tuple(said.split(self.map.split)) if self.map.split else (said,)
        for key in keys:
            if key not in self.map.sources:
                raise RefusedError(f"a source that the map does not know: {key or 'none'}")
        return keys

    # What rows are about -------------------------------------------------------------------------------

    def _standing(self, row: Row, sources: tuple[str, ...]) -> told.Standing:
        party = self._party(_part(self.map.party), row)
        founded = self._date(self.map.founded, row)
        is_network = party.kind == "association"
        return told.Standing(party=party, founded=founded, is_network=is_network, sources=sources)

    def _partnership(self, row: Row, sources: tuple[str, ...]) -> told.Partnership:
        return told.Partnership(
            parties=(self._party(_part(self.map.a), row), self._party(_part(self.map.b), row)),
            kind=self.map.kind.read(row),
            acts=self._acts(row, sources),
            sources=sources,
        )

    def _membership(self, row: Row, sources: tuple[str, ...]) -> told.Membership:
        return told.Membership(
            network=self._party(_part(self.map.network), row),
            party=self._party(_part(self.map.party), row),
            category=self.map.category.read(row),
            acts=self._acts(row, sources),
            sources=sources,
        )

    def _project(self, row: Row, sources: tuple[str, ...]) -> told.Project:
        mapped = self._mapped_project()
        key = mapped.key.read(row)
        if not key:
            raise RefusedError("the project has no key")
        cost = mapped.cost.read(row)
        return told.Project(
            key=f"{mapped.keys} {key}",
            texts=tuple(
                (name, text.language, said)
                for name in ("title", "short", "about")
                for text in getattr(mapped, name)
                if (said := text.text.read(row))
            ),
            programme=mapped.programme.read(row),
            starts=self._date(mapped.starts, row),
            ends=self._date(mapped.ends, row),
            cost=cost,
            currency=mapped.currency.read(row) if cost else "",
            website=self._website(mapped.website, row),
            sources=sources,
        )

    def _participation(self, row: Row, sources: tuple[str, ...]) -> told.Participation:
        mapped = self._mapped_project()
        said = mapped.key.read(row)
        keys = said.split(mapped.split) if mapped.split else [said]
        return told.Participation(
            projects=tuple(f"{mapped.keys} {key}" for key in keys if key),
            party=self._party(_part(self.map.party), row),
            role=self.map.role.read(row) or "partner",
            sources=sources,
        )

    def _mapped_project(self) -> ProjectMap:
        if self.map.project is None:  # a map that was read has been checked
            raise TypeError(self.map.subject)
        return self.map.project

    # Their parts ---------------------------------------------------------------------------------------

    def _party(self, mapped: PartyMap, row: Row) -> told.Party:
        name = " ".join(mapped.name.read(row).split())
        identifiers = {s: said for s, cell in mapped.identifiers.items() if (said := cell.read(row))}
        if is_bare_identifier(name):
            self.notes.append("a bare identifier stands in the place of a name")
            name = ""
        key = mapped.key.read(row)
        if not (name or identifiers or key):
            raise RefusedError("a party has no name")
        latitude, longitude = self._position(mapped, row)
        return told.Party(
            name=name,
            language=mapped.language,
            kind=mapped.kind.read(row) or kind_by_name(name),
            country=self._country(mapped, row),
            latitude=latitude,
            longitude=longitude,
            population=self._population(mapped, row),
            website=self._website(mapped.website, row),
            identifiers=identifiers,
            names=_names(mapped, row, name),
            key=f"{mapped.keys} {key}" if key else "",
            town=mapped.town.read(row),
        )

    def _country(self, mapped: PartyMap, row: Row) -> str:
        said = mapped.country.read(row)
        if not said:
            return ""
        found = country_code(said)
        if found.remark:
            self.notes.append(found.remark)
        return found.code

    def _position(self, mapped: PartyMap, row: Row) -> tuple[float | None, float | None]:
        said = mapped.latitude.read(row), mapped.longitude.read(row)
        if not all(said):
            return None, None
        try:
            latitude, longitude = float(said[0]), float(said[1])
        except ValueError:
            self.notes.append("a position that is not a number")
            return None, None
        if abs(latitude) > _POLE or abs(longitude) > _DATE_LINE or latitude == longitude == 0:
            self.notes.append("a position that is nowhere")
            return None, None
        return latitude, longitude

    def _population(self, mapped: PartyMap, row: Row) -> int | None:
        said = mapped.population.read(row)
        if not said:
            return None
        if not re.fullmatch(r"\d{1,10}(\.0+)?", said):
            self.notes.append("a population that is not a number")
            return None
        return int(said.partition(".")[0])

    def _website(self, cell: Value, row: Row) -> str:
        said = cell.read(row)
        if not said:
            return ""
        address = re.split(r"\s*;\s*|\s", said, maxsplit=1)[0]
        address = address if "://" in address else f"https://{address}"
        if re.fullmatch(r"https?://[^\s/$.?#]+\.[^\s]+", address) is None:
            self.notes.append("a web site that is no address")
            return ""
        return address

    def _acts(self, row: Row, sources: Sequence[str]) -> tuple[told.Act, ...]:
        acts = (self._act(act, row, sources) for act in self.map.acts)
        return tuple(act for act in acts if act is not None)

    def _act(self, mapped: ActMap, row: Row, sources: Sequence[str]) -> told.Act | None:
        kind, said = mapped.kind.read(row), mapped.date.read(row)
        date = self._date(mapped.date, row)
        if not kind or (mapped.date.column and not said):
            return None
        return told.Act(kind=kind, date=date, sources=(mapped.source,) if mapped.source else tuple(sources))

    def _date(self, cell: Value, row: Row) -> PartialDate | None:
        said = cell.read(row).replace("/", "-").partition("T")[0]
        try:
            return PartialDate.parse(said) if said else None
        except NotADateError:
            self.notes.append(f"a date that does not exist: {said}")
            return None


def _part(mapped: PartyMap | None) -> PartyMap:
    if mapped is None:  # a map that was read has been checked
        raise TypeError("the map lacks a party")
    return mapped


def _names(mapped: PartyMap, row: Row, own: str) -> tuple[tuple[str, str, str], ...]:
    """Its other names, each once and none that is its own."""
    found: dict[tuple[str, str, str], None] = {}
    for name in mapped.names:
        said = name.text.read(row)
        for text in said.split(name.split) if name.split else [said]:
            if text.strip() and text.strip() != own:
                found[text.strip(), name.language, name.kind] = None
    return tuple(found)
