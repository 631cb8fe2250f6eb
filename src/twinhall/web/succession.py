"""Whose place a party took, and who took its own, put into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from twinhall.core.languages import Text, best
from twinhall.parties.models import Party, Succession
from twinhall.web import rows, say
from twinhall.web.names import Names
from twinhall.web.notes import Evidence


@dataclass(frozen=True)
class Kin:
    """A predecessor or successor, with the day."""

    link: rows.Link
    when: str
    note: Text
    marks: list[int]

    @property
    def dated(self) -> str:
        """Its name and the day: “Halikko (2009)”."""
        name = self.link.name.text
        return _("%(name)s (%(day)s)") % {"name": name, "day": self.when} if self.when else name


@dataclass(frozen=True)
class Family:
    """Those before a party and those after it, as its page says it."""

    before: Sequence[Kin]
    after: Sequence[Kin]

    @property
    def took_place_of(self) -> str:
        return _("Took the place of %(names)s") % {"names": say.listed(kin.dated for kin in self.before)}

    @property
    def succeeded_by(self) -> str:
        return _("Succeeded by %(names)s") % {"names": say.listed(kin.dated for kin in self.after)}


def predecessors(party: Party, successions: Iterable[Succession]) -> list[Party]:
    """Whose place a party took."""
    return [s.predecessor for s in successions if s.successor_id == party.pk]


def family(party: Party, successions: Sequence[Succession], names: Names, evidence: Evidence) -> Family:
    """Those before a party and those after it."""
    return Family(
        before=[_kin(s, s.predecessor, names, evidence) for s in successions if s.successor_id == party.pk],
        after=[_kin(s, s.successor, names, evidence) for s in successions if s.predecessor_id == party.pk],
    )


def _kin(succession: Succession, other: Party, names: Names, evidence: Evidence) -> Kin:
    return Kin(
        link=rows.party_link(other, names),
        when=say.date(succession.date),
        note=best(succession.note),
        marks=evidence.marks(names.text(other), succession),
    )
