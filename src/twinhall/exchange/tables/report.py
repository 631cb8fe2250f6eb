"""What a load did: each row has one outcome, and the outcomes add up to the rows that were read."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Outcome(StrEnum):
    ADDED = "added"
    """It made a record that the register did not have."""
    KNOWN = "known"
    """The register holds all that it says, from the same source."""
    MERGED = "merged"
    """It added words, names or identifiers to a record that the register has."""
    WAITING = "waiting"
    """It is not certain who is meant; a person decides."""
    REFUSED = "refused"


@dataclass(frozen=True)
class RowReport:
    """What became of one row, and why where it was refused or waits."""

    row: int
    outcome: Outcome
    why: str = ""


@dataclass
class Report:
    """The outcomes of a table's rows, the reasons, and what was particular about rows."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """How many rows were read: the sum of all outcomes."""
        return sum(self.outcomes.values())

    def count(self, rows: Iterable[RowReport], notes: Iterable[str]) -> None:
        """Count what became of rows."""
        for row in rows:
            self.outcomes[row.outcome] += 1
            if row.why:
                self.reasons[row.outcome, row.why] += 1
        self.notes.update(notes)

    def add(self, other: "Report") -> None:
        """Count what another report counts as well."""
        self.outcomes.update(other.outcomes)
        self.reasons.update(other.reasons)
        self.notes.update(other.notes)

    def as_json(self) -> dict[str, Any]:
        """A form that a checkpoint keeps."""
        return {
            "outcomes": dict(self.outcomes),
            "reasons": [[*pair, n] for pair, n in self.reasons.items()],
            "notes": dict(self.notes),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Report":
        """What a checkpoint has kept."""
        return cls(
            Counter(kept.get("outcomes", {})),
            Counter({(outcome, why): n for outcome, why, n in kept.get("reasons", [])}),
            Counter(kept.get("notes", {})),
        )

    def lines(self) -> Iterator[str]:
        """The report for people: a sum that adds up, then reasons and remarks by how often they occur."""
        parts = " + ".join(f"{self.outcomes[outcome]:,} {outcome}" for outcome in Outcome)
        yield f"{self.read:,} read = {parts}"
        for (outcome, why), count in self.reasons.most_common():
            yield f"  {outcome}: {count:,} × {why}"
        for note, count in self.notes.most_common():
            yield f"  remark: {count:,} × {note}"


class LeftOut:
    """A CSV file of the rows that were refused or wait, each with its reason."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, after: int) -> None:
        """Keep what stands there on rows up to this one, where a run goes on; drop the rest."""
        kept: list[list[str]] = []
        if after > 1 and self.path.exists():
            with self.path.open(encoding="utf-8", newline="") as file:
                kept = [row for row in csv.reader(file) if row and row[0].isdigit() and int(row[0]) <= after]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["row", "outcome", "why", "what it says"], *kept])

    def add(self, rows: Iterable[tuple[RowReport, str]]) -> None:
        """Note rows with what they say."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([r.row, r.outcome, r.why, said] for r, said in rows)
