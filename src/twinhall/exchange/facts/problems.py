"""What is wrong in a fact file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Where:
    """A field of a record of a file."""

    file: str
    record: str = ""
    field: str = ""

    def at(self, field: str) -> "Where":
        """The same record, at one of its fields; further in, where a field is named already."""
        return Where(self.file, self.record, f"{self.field}, {field}" if self.field else field)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, self.record, self.field) if part)


@dataclass(frozen=True)
class Problem:
    where: Where
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class FactsRefusedError(Exception):
    """Fact files that cannot be loaded, with everything that is wrong. Nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


def unreadable(path: Path, error: OSError) -> Problem:
    """A file that cannot be opened."""
    return Problem(
        Where(str(path)), _("The file cannot be read: %(why)s.") % {"why": error.strerror or error}
    )
