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
    for fault in error.errors(include_url=False):
        place = fault["loc"]
        record, rest = _record(data, place)
        field = ".".join(str(part) for part in rest if not _is_type(part))
        yield Problem(Where(path.name, record, field), _message(fault["type"], fault["msg"]))


def _is_type(part: int | str) -> bool:
    """Pydantic names the member of a union that it tried; that is no field of ours."""
    return part in ("str", "int", "float")


def _message(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return _("There is no such key here.")
    if kind == "missing":
        return _("This is missing.")
    return f"{message}."


def _record(data: Any, place: Sequence[int | str]) -> tuple[str, Sequence[int | str]]:
    """The innermost numbered table on the way to a fault, called by what identifies it, and the way on."""
    described, rest = "", place
    at: Any = data
    names: list[str] = []
    for index, part in enumerate(place):
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, str):
            names.append(part)
        elif isinstance(at, dict):
            described, rest = f"{' '.join(names)} {part + 1}{_identity(at)}", place[index + 1 :]
    return described, rest


def _identity(table: dict[str, Any]) -> str:
    found = next((table[key] for key in IDENTITIES if table.get(key)), "")
    words = " – ".join(str(part) for part in found) if isinstance(found, list) else str(found)
    return f" ({words})" if words else ""
