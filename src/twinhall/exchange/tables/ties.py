"""Acts of ties that rows tell of: found among those that a tie has, or planned, numbered and written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from twinhall.core.acts import out_of_order, renumber
from twinhall.core.copying import copy
from twinhall.core.dates import PartialDate
from twinhall.core.respelling import respell
from twinhall.core.spells import Step, since, spans
from twinhall.evidence.models import Source
from twinhall.exchange import told
from twinhall.exchange.tables.drafts import Batch
from twinhall.networks.models import Membership, MembershipAct, MembershipSpell
from twinhall.partnerships.models import Act as PartnershipAct
from twinhall.partnerships.models import Partnership, Spell

ATTESTED = "attested"
_OVER = frozenset({"ended", "left", "excluded", "refused", "lapsed", "suspended"})
_BATCH = 500


@dataclass(frozen=True)
class Kind:
    """A kind of tie: its records, its acts, its spells."""

    tie: type[Partnership | Membership]
    act: type[PartnershipAct | MembershipAct]
    spell: type[Spell | MembershipSpell]


PARTNERSHIPS = Kind(Partnership, PartnershipAct, Spell)
MEMBERSHIPS = Kind(Membership, MembershipAct, MembershipSpell)


@dataclass
class Planned:
    """An act of a tie: one that the register has, or one that is yet to be written."""

    kind: str
    date: PartialDate | None
    pk: int = 0
    order: int = 0
    """Its number in the tie; none while it is yet to be written."""
    valid_until: PartialDate | None = None
    is_withdrawn: bool = False


@dataclass
class Draft:
    """A tie that rows of the batch tell of."""

    pk: int
    parties: tuple[int, ...] = ()
    record: Partnership | Membership | None = None
    """The tie itself where it is being founded."""
    acts: list[Planned] = field(default_factory=list)
    said: list[tuple[told.Act, int]] = field(default_factory=list)
    """What rows tell of its acts, with the number of the row."""


def attested(acts: Sequence[told.Act], sources: Iterable[Source]) -> list[told.Act]:
    """The acts that are told, and that each source saw the tie as of its date, unless they end it."""
    if any(act.kind in _OVER for act in acts):
        return list(acts)
    seen = [
        told.Act(kind=ATTESTED, date=s.dated or PartialDate.parse(str(s.read_on)), sources=(s.key,))
        for s in sources
    ]
    return [*acts, *seen]


@dataclass
class Drafts:
    """The ties of one kind that a batch tells of, by primary key."""

    kind: Kind
    batch: Batch
    drafts: dict[int, Draft] = field(default_factory=dict)

    def founded(self, record: Partnership | Membership, parties: Sequence[int]) -> Draft:
        """A tie that the batch founds."""
        self.batch.founded.append(record)
        return self.drafts.setdefault(record.pk, Draft(record.pk, tuple(parties), record))

    def known(self, pk: int) -> Draft:
        """A tie that the register has, or that the batch founds."""
        return self.drafts.setdefault(pk, Draft(pk))

    def plan(self) -> None:
        """Find or plan the act of each word, and put the words on the acts. Before the batch is written."""
        self._read_acts([draft for draft in self.drafts.values() if draft.record is None])
        for draft in self.drafts.values():
            for act, row in draft.said:
                self._say(draft, act, row)
            self._number(draft)

    def _read_acts(self, drafts: Sequence[Draft]) -> None:
        acts, tie = self.kind.act, f"{self.kind.act.tie}_id"
        columns = (tie, "pk", "kind", "number", "date", "valid_until", "withdrawn_at")
        for start in range(0, len(drafts), _BATCH):
            wanted = {draft.pk: draft for draft in drafts[start : start + _BATCH]}
            rows = acts.every.filter(**{f"{tie}__in": list(wanted)}).order_by("number")
            for pk, act, kind, number, date, until, withdrawn in rows.values_list(*columns):
                wanted[pk].acts.append(Planned(kind, date, act, number, until, withdrawn is not None))

    def _say(self, draft: Draft, act: told.Act, row: int) -> None:
        planned = _counterpart(draft.acts, act)
        if planned is None:
            planned = Planned(act.kind, act.date, self.batch.keys.next(self.kind.act))
            _insert(draft.acts, planned)
            self.batch.changed.add(row)
        if act.date is not None:
            self.batch.say(self.kind.act, planned.pk, "date", act.date, act.sources, row)

    def _number(self, draft: Draft) -> None:
        """Give numbers in order; what stood there before only ever moves up, from the highest."""
        last, moved = 0, {}
        for act in draft.acts:
            last = max(act.order, last + 1)
            if not act.order:
                self._found(draft, act, last)
            elif last != act.order:
                moved[act.pk] = last
            act.order = last
        if moved:
            renumber(self.kind.act.every.all(), moved)

    def _found(self, draft: Draft, act: Planned, number: int) -> None:
        tie = {f"{self.kind.act.tie}_id": draft.pk}
        self.batch.founded.append(self.kind.act(pk=act.pk, kind=act.kind, number=number, **tie))

    def spell(self) -> None:
        """Write the spells of ties that are founded. Their columns have been set by ``date`` before."""
        rows = chain.from_iterable(
            ((draft.pk, *span) for span in spans(_steps(draft), self.kind.act.rules, draft.parties))
            for draft in self.drafts.values()
            if draft.record is not None
        )
        copy(self.kind.spell, (f"{self.kind.act.tie}_id", "status", "starts", "ends"), rows)
        respell(self.kind.tie, [d.pk for d in self.drafts.values() if d.record is None and d.said])

    def date(self) -> None:
        """Set since when the founded ties have been. Before the batch is written."""
        for draft in self.drafts.values():
            if draft.record is not None:
                draft.record.date(since(_steps(draft), self.kind.act.rules))


def _steps(draft: Draft) -> list[Step]:
    return [Step(act.kind, act.date, act.valid_until) for act in draft.acts if not act.is_withdrawn]


def _counterpart(acts: Sequence[Planned], act: told.Act) -> Planned | None:
    """The act that is meant: of a sighting the one of that date, of others the first of the kind."""
    return next(
        (a for a in acts if a.kind == act.kind and (act.kind != ATTESTED or a.date == act.date)), None
    )


def _insert(acts: list[Planned], new: Planned) -> None:
    """Put an act where its date belongs: before the first that surely begins after it, else at the end."""
    place = next((i for i, act in enumerate(acts) if out_of_order([act.date, new.date])), len(acts))
    acts.insert(place, new)
