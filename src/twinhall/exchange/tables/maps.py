"""Maps: which column of a table says what. A map is a small TOML file; those that ship stand in data/maps.

``docs/loading.md`` explains each entry to operators.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

Row = Mapping[str, str]
Subject = Literal["parties", "partnerships", "memberships", "projects", "participations"]


class MapError(Exception):
    """The map cannot be used; the message says where it errs."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Value(_Part):
    """How one value is read from a row: from a column, cut, translated, or always the same.

    ``pattern`` is a regular expression whose first group is the value. ``values`` translates what is found;
    what it does not list stays, or is ``otherwise`` where that is given. ``where`` names columns and what
    they must hold for there to be a value at all.
    """

    column: str = ""
    always: str = ""
    pattern: str = ""
    values: dict[str, str] = {}
    otherwise: str | None = None
    where: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _is_plain(self) -> bool:
        return not (self.always or self.pattern or self.values or self.where or self.otherwise is not None)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def read(self, row: Row) -> str:
        """The value in a row; empty where there is none."""
        if self._is_plain:
            return row.get(self.column, "").strip()
        if any(row.get(column, "") not in allowed for column, allowed in self.where.items()):
            return ""
        found = self.always or row.get(self.column, "").strip()
        if self.pattern and found:
            match = self._regex.search(found)
            found = match.group(1).strip() if match and match.group(1) else ""
        if self.values or self.otherwise is not None:
            found = self.values.get(found, found if self.otherwise is None else self.otherwise)
        return found


def _column(value: object) -> object:
    return {"column": value} if isinstance(value, str) else value


Cell = Annotated[Value, BeforeValidator(_column)]
"""A value; a plain text is short for a column."""


class NameMap(_Part):
    text: Cell
    language: str = ""
    kind: Literal["official", "alias", "exonym", "former"] = "alias"
    split: str = ""


class PartyMap(_Part):
    """Which columns tell of a party. ``key`` is what the table itself calls it, in the space ``keys``."""

    name: Cell
    language: str = ""
    kind: Cell = Value()
    """One of the register's kinds of party; where it is empty, the name tells, or it is a municipality."""
    country: Cell = Value()
    latitude: Cell = Value()
    longitude: Cell = Value()
    population: Cell = Value()
    website: Cell = Value()
    key: Cell = Value()
    keys: str = ""
    identifiers: dict[str, Cell] = {}
    names: tuple[NameMap, ...] = ()
    town: Cell = Value()
    """GeoNames id of the town where an organisation sits: “Comune di Trento” in Trento is the town itself."""


class ActMap(_Part):
    kind: Cell
    date: Cell
    source: str = ""


class SourceMap(_Part):
    title: str
    url: str = ""
    language: str = ""
    licence: str = ""
    dated: str = ""
    read_on: str = ""


class Refusal(_Part):
    """Rows that are refused, and why: those whose column holds one of these values, or matches."""

    column: str
    equals: tuple[str, ...] = ()
    pattern: str = ""
    why: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def applies(self, row: Row) -> bool:
        """Whether the row is to be refused."""
        said = row.get(self.column, "").strip()
        return said in self.equals or bool(self.pattern and self._regex.search(said))


class Note(Refusal):
    """Rows that are loaded, and counted in the report for something that is particular about them."""


class TextMap(_Part):
    text: Cell
    language: str


class ProjectMap(_Part):
    """Which columns tell of a project. ``key`` is what the table calls it; one cell may hold several."""

    key: Cell
    keys: str
    split: str = ""
    title: tuple[TextMap, ...] = ()
    short: tuple[TextMap, ...] = ()
    about: tuple[TextMap, ...] = ()
    programme: Cell = Value()
    starts: Cell = Value()
    ends: Cell = Value()
    cost: Cell = Value()
    currency: Cell = Value()
    website: Cell = Value()


class Map(_Part):
    """A whole map: what a row is about, whose word it is, and the columns of each of its records."""

    subject: Subject
    title: str
    sources: dict[str, SourceMap]
    source: Cell
    split: str = ""
    """What parts several sources in the cell of ``source``, such as ``|``."""
    founds: bool = True
    """Whether parties are made that the register does not have; otherwise their rows are left out."""
    refuse: tuple[Refusal, ...] = ()
    note: tuple[Note, ...] = ()
    # Parties, and either side of a partnership; the member of a network; the partner of a project.
    party: PartyMap | None = None
    a: PartyMap | None = None
    b: PartyMap | None = None
    network: PartyMap | None = None
    founded: Cell = Value()
    kind: Cell = Value()
    acts: tuple[ActMap, ...] = ()
    category: Cell = Value()
    project: ProjectMap | None = None
    role: Cell = Value()


NEEDS: Mapping[str, tuple[str, ...]] = {
    "parties": ("party",),
    "partnerships": ("a", "b"),
    "memberships": ("network", "party"),
    "projects": ("project",),
    "participations": ("project", "party"),
}


def shipped(name: str) -> Path:
    """Where the map of this name lies among those that ship."""
    return Path(str(files("twinhall.data") / "maps" / f"{name}.toml"))


def read_map(path: Path, *, subject: str = "") -> Map:
    """Read a map. Raises MapError that says what is wrong and where."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        found = Map.model_validate({**told, **({"subject": subject} if subject else {})})
    except OSError as error:
        raise MapError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapError(f"{path}: not a TOML file: {error}") from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise MapError(f"{path}: " + "; ".join(lines)) from error
    _check(found, path)
    return found


def _check(found: Map, path: Path) -> None:
    missing = [part for part in NEEDS[found.subject] if getattr(found, part) is None]
    if missing:
        raise MapError(f"{path}: a map of {found.subject} needs {', '.join(f'[{m}]' for m in missing)}.")
    if found.source.always and found.source.always not in found.sources:
        raise MapError(f"{path}: source “{found.source.always}” is not among [sources].")
    unknown = [act.source for act in found.acts if act.source and act.source not in found.sources]
    if unknown:
        raise MapError(f"{path}: acts name the source “{unknown[0]}”, which is not among [sources].")
