"""What accepting a fact would do: the records it is about or would make, what is said of them, and how that
compares with what the register has now.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

from twinhall.core.acts import Act
from twinhall.core.dates import PartialDate
from twinhall.evidence import values
from twinhall.evidence.settling import is_finer
from twinhall.evidence.sorts import EXISTS, MANY, ONE, PER_LANGUAGE

AnyAct = TypeVar("AnyAct", bound=Act)


class Relation(StrEnum):
    """How what is read stands to what the register has; the gravest of its parts is that of a fact."""

    SAME = "same"
    ADDS = "adds"
    NEW = "new"
    DISAGREES = "disagrees"


_GRAVITY = [Relation.SAME, Relation.ADDS, Relation.NEW, Relation.DISAGREES]


def gravest(relations: Iterable[Relation]) -> Relation:
    """The gravest of several; of none, the same."""
    return max(relations, key=_GRAVITY.index, default=Relation.SAME)


@dataclass(frozen=True)
class Said:
    """What the page says of one field, as canonical texts; ``value`` is what it should read.

    ``now`` is what the register has, empty where it has nothing.
    """

    field: str
    stated: str
    value: str
    printed: str = ""
    language: str = ""
    now: str = ""
    relation: Relation = Relation.NEW


@dataclass
class Part:
    """A record that the page speaks of; None is one that the register lacks, which is made of ``columns``."""

    model: type[models.Model]
    record: models.Model | None
    columns: dict[str, Any] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    is_contrary: bool = False
    """Whether that there is such a record goes against what stands: an end of what is in force."""

    @property
    def relation(self) -> Relation:
        """How the part stands to the register; a part that is lacking adds."""
        if self.record is None:
            return Relation.DISAGREES if self.is_contrary else Relation.ADDS
        return gravest(said.relation for said in self.said)

    def say(
        self, name: str, stated: object, value: object = None, *, printed: str = "", language: str = ""
    ) -> None:
        """Note what the page says of a field; nothing where it says nothing, or was corrected away."""
        if stated in (None, "") or value in (None, ""):
            return
        should = values.text(value)
        now, relation = _compared(self.record, name, should, language)
        self.said.append(Said(name, values.text(stated), should, printed, language, now, relation))


@dataclass
class Plan:
    """What accepting a fact would do: ``main`` is its record, ``parts`` what belongs to it."""

    main: Part
    parts: list[Part] = field(default_factory=list)
    beside: list[models.Model] = field(default_factory=list)
    """Where the fact is new, the records of its parties that it may be taken for: ties of another kind."""

    @property
    def relation(self) -> Relation:
        """Whether the fact is new, the same, adds something or disagrees; of a new record, it is new."""
        if self.main.record is None:
            return Relation.NEW
        return gravest(part.relation for part in self)

    def __iter__(self) -> Iterator[Part]:
        return iter((self.main, *self.parts))

    def part(self, model: type[models.Model], record: models.Model | None, **columns: object) -> Part:
        """One more part."""
        self.parts.append(Part(model, record, columns))
        return self.parts[-1]


def _compared(record: models.Model | None, name: str, stated: str, language: str) -> tuple[str, Relation]:
    """What the register has of a field, and how what is stated stands to it."""
    if record is None:
        return "", Relation.NEW
    now = _held(record, name, stated, language)
    if not now:
        return "", Relation.ADDS
    sort = values.sort_of(type(record), name)
    if sort is not ONE or name == EXISTS or not values.is_compared(record, name):
        return now, Relation.SAME
    return now, _stands(type(record), name, stated, now)


def _held(record: models.Model, name: str, stated: str, language: str) -> str:
    """What the register has of a field; of a set only whether it has this member."""
    if name == EXISTS:
        return "yes"
    sort = values.sort_of(type(record), name)
    if sort is MANY:
        return stated if any(str(member.pk) == stated for member in getattr(record, name).all()) else ""
    if sort is PER_LANGUAGE:
        return str(getattr(record, name).get(language, ""))
    held = getattr(record, values.holder(type(record), name).attname)
    return "" if held in (None, "") else values.text(held)


def _stands(model: type[models.Model], name: str, stated: str, now: str) -> Relation:
    if not values.agree(model, name, stated, now):
        return Relation.DISAGREES
    return Relation.ADDS if is_finer(model, name, stated, now) else Relation.SAME


def act_meant(acts: Sequence[AnyAct], kinds: Sequence[str], date: PartialDate | None) -> AnyAct | None:
    """The act of one of these kinds that a date speaks of.

    The one whose date agrees comes before one that is undated, and this before one that is dated otherwise:
    two sources that date the first signing speak of one act.
    """
    same = [act for kind in kinds for act in acts if act.kind == kind]
    if date is None:
        return same[0] if same else None
    agreeing = [act for act in same if act.date and act.date.agrees_with(date)]
    undated = [act for act in same if act.date is None]
    return next(iter([*agreeing, *undated, *same]), None)
