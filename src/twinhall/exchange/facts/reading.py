"""Reading fact files: TOML into the shape of ``schema``."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from twinhall.exchange.facts.problems import FactsRefusedError, Problem, Where, unreadable
from twinhall.exchange.facts.schema import FactFile

IDENTITIES = ("slug", "key", "party", "parties", "text", "kind")


@dataclass(frozen=True)
class ReadFile:
    """A file of facts that has the right shape."""

    name: str
    facts: FactFile


def read_files(paths: Sequence[Path]) -> list[ReadFile]:
    """Read all the files, or raise FactsRefusedError with everything that is wrong in any of them."""
    found: list[ReadFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(ReadFile(path.name, FactFile.model_validate(_toml(path))))
        except OSError as error:
            problems.append(unreadable(path, error))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(Where(path.name), _("The file is not TOML: %(why)s.") % {"why": error}))
        except ValidationError as error:
            problems += _shape_problems(path, error)
    if problems:
        raise FactsRefusedError(problems)
    return found


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _shape_problems(path: Path, error: ValidationError) -> Iterable[Problem]:
    data = _toml(path)
    found: dict[Where, Problem] = {}
    for fault in error.errors(include_url=False):
        record, field = _record(data, fault["loc"])
        where = Where(path.name, record, field)
        # A value that is neither text nor number has a fault for each of these; one says enough.
        found.setdefault(where, Problem(where, _message(fault["type"], fault["msg"])))
    return found.values()


def _message(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return _("There is no such key here.")
    if kind == "missing":
        return _("This is missing.")
    return f"{message.removeprefix('Value error, ')}."


def _record(data: object, place: Sequence[int | str]) -> tuple[str, str]:
    """The numbered tables on the way to a fault, called by what identifies them, and the field there.

    The way ends where the file has nothing more: beyond, pydantic names the types that it tried.
    """
    tables: list[str] = []
    names: list[str] = []
    for part in place:
        if isinstance(data, dict) and isinstance(part, str):
            names.append(part)
            if part not in data:
                break
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
            tables.append(f"{'.'.join(names)} {part + 1}{_identity(data)}")
            names = []
    return ", ".join(tables), ".".join(names)


def _identity(table: object) -> str:
    if not isinstance(table, dict):
        return ""
    found = next((table[key] for key in IDENTITIES if table.get(key)), "")
    words = " – ".join(str(part) for part in found) if isinstance(found, list) else str(found)
    return f" ({words})" if words else ""
