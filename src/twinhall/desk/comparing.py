"""What a page says, put into words beside what the register has and who says that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from twinhall.core.acts import Act
from twinhall.evidence.queries import statements_about
from twinhall.evidence.sorts import EXISTS, MANY
from twinhall.evidence.values import sort_of
from twinhall.exchange.readings.plans import Part, Relation, Said
from twinhall.networks.models import NetworkSize
from twinhall.parties.models import Party
from twinhall.parties.queries import publishers_of
from twinhall.partnerships.models import Partnership, PartnershipKind
from twinhall.projects.models import Participation, ParticipationRole
from twinhall.web import say
from twinhall.web.names import Names


@dataclass
class Line:
    """One thing that the page says, beside what the register has and who says that."""

    label: str
    said: str
    now: str = ""
    by: str = ""
    relation: Relation = Relation.NEW


class Comparison:
    """The lines of the parts of plans, by the names of their parties; as many queries for any number."""

    def __init__(self, parts: Iterable[Part], names: Names) -> None:
        self.names = names
        self.words_of = _words_of(parts)

    def lines(self, part: Part) -> list[Line]:
        """What the page says of a record, of the fields of a set in one line."""
        sets, head = _sets(part), self._head(part)
        lines = [self._line(part, said) for said in part.said if said.field not in (EXISTS, *sets)]
        for name in sets:
            lines += _of_set(part, [said for said in part.said if said.field == name])
        if not head:
            return [*_kind_of_tie(part), *lines]
        if not lines:
            return [Line(*head, now=head[1] if part.record is not None else "", relation=part.relation)]
        date = say.field(part.model, "date") if issubclass(part.model, Act) else ""
        for line in lines:
            line.label = head[0] if line.label == date else f"{head[0]}: {line.label}"
        return lines

    def _head(self, part: Part) -> tuple[str, str] | None:
        """What a part is, and what is said by there being one; None where that is plain."""
        columns = part.columns
        if issubclass(part.model, Act):
            act = part.record if isinstance(part.record, Act) else part.model(kind=columns["kind"])
            return say.capital(act.deed), _("undated")
        if part.model is Participation:
            role = say.capital(say.label(ParticipationRole(columns["role"])))
            return role, self.names.text(columns["party"])
        if part.model is NetworkSize:
            members = say.number(columns["members"])
            least = _("at least %(number)s") % {"number": members}
            return _("Members"), least if columns["at_least"] else members
        return (self.names.text(part.record), "") if isinstance(part.record, Party) else None

    def _line(self, part: Part, said: Said) -> Line:
        return Line(
            say.field(part.model, said.field),
            say.value(part.model, said.field, said.stated),
            say.value(part.model, said.field, said.now) if said.now else "",
            self._who(part, said.field),
            said.relation if part.record is not None else part.relation,
        )

    def _who(self, part: Part, name: str) -> str:
        record = part.record
        return self.words_of.get((record._meta.label_lower, record.pk, name), "") if record else ""


def _words_of(parts: Iterable[Part]) -> Mapping[tuple[str, int, str], str]:
    """Whose word stands, by the records and fields that are compared."""
    records = [part.record for part in parts if part.record is not None]
    about = statements_about({(r._meta.label_lower, r.pk): r for r in records}.values())
    standing = [word for words in about.values() for word in words if word.in_force]
    published = publishers_of(standing)
    names = Names(published.values())
    return {
        (w.subject_type, w.subject_id, w.field): names.publisher(published.get(w.source_id), w.source)
        for w in standing
    }


def _sets(part: Part) -> list[str]:
    return [name for name in getattr(part.model, "sourced_fields", {}) if sort_of(part.model, name) is MANY]


def _of_set(part: Part, said: Sequence[Said]) -> list[Line]:
    if not said:
        return []
    name = said[0].field
    stated = say.listed(say.value(part.model, name, one.stated) for one in said)
    now = say.listed(say.value(part.model, name, one.stated) for one in said if one.now)
    relation = Relation.ADDS if any(one.relation != Relation.SAME for one in said) else Relation.SAME
    return [Line(say.field(part.model, name), stated, now, relation=relation)]


def _kind_of_tie(part: Part) -> list[Line]:
    """The kind of a partnership; of one that is called by no word of its own the register knows better."""
    if part.model is not Partnership:
        return []
    said = kind_of(PartnershipKind(part.columns["kind"]))
    if not isinstance(part.record, Partnership):
        return [Line(_("Kind"), said)]
    return [Line(_("Kind"), said, kind_of(part.record.kind), relation=Relation.SAME)]


def kind_of(kind: str) -> str:
    """The kind of a partnership in words."""
    return say.label(PartnershipKind(kind))
