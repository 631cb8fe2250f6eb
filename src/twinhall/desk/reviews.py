"""Facts that were read, put into words: what the page says, what the register has, and who is meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.core.vocabularies import fields_of_cooperation
from twinhall.desk.finding import value_of
from twinhall.desk.forms.parties import Option, party_options, town_options
from twinhall.desk.forms.readings import AcceptForm, is_asked
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import statements_about
from twinhall.evidence.sorts import EXISTS, MANY
from twinhall.evidence.values import sort_of
from twinhall.exchange.models.readings import FactKind, ReadFact
from twinhall.exchange.readings.ends import Choice, Meant
from twinhall.exchange.readings.founding import may_found
from twinhall.exchange.readings.known import parties_of
from twinhall.exchange.readings.plans import Part, Relation, Said
from twinhall.exchange.readings.review import Review
from twinhall.networks.models import MembershipAct, MembershipActKind, NetworkSize
from twinhall.parties.models import Party
from twinhall.parties.queries import publishers_of
from twinhall.partnerships.models import Act, ActKind, Partnership, PartnershipKind
from twinhall.projects.models import Participation, ParticipationRole
from twinhall.reader import facts as told
from twinhall.reader.gazetteer import Place
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects

TONES = {Relation.NEW: "warn", Relation.ADDS: "good", Relation.SAME: "quiet", Relation.DISAGREES: "bad"}


def relation_words(relation: Relation) -> str:
    """How a fact stands to the register, in a word or two."""
    return {
        Relation.NEW: _("new"),
        Relation.ADDS: _("adds to it"),
        Relation.SAME: _("the same"),
        Relation.DISAGREES: _("disagrees"),
    }[relation]


@dataclass
class Line:
    """One thing that the page says, beside what the register has and who says that."""

    label: str
    said: str
    now: str = ""
    by: str = ""
    relation: Relation = Relation.NEW


@dataclass
class Side:
    """An end of a fact: as the page names it, who is likeliest meant, and the others that it could be."""

    written: str
    name: str
    asked: str = ""
    """The name of the form's field, where a person is asked."""
    chosen: str = ""
    options: Sequence[Option] = ()
    is_needed: bool = True
    is_known: bool = False


@dataclass
class Card:
    """A fact with all that its card shows."""

    number: int
    kind: str
    title: str
    relation: str
    tone: str
    quote: str
    lines: list[Line]
    sides: list[Side]
    form: AcceptForm
    may_accept: bool
    is_new: bool
    beside: str
    """Other ties that the parties of a new one have already, in words."""
    is_clear: bool
    """Whether it can be accepted as it is: everybody who is needed is known, or can be chosen."""
    hrefs: dict[str, str]
    confidence: str


@dataclass
class Group:
    """The cards of one kind of fact."""

    key: str
    title: str
    cards: list[Card] = field(default_factory=list)


class Cards:
    """The cards of facts; as many queries for any number of them."""

    def __init__(self, reviews: Sequence[Review], *, by: User) -> None:
        self.reviews, self.by = reviews, by
        choices = [c for r in reviews for one in r.meant.values() for c in one.choices]
        parties = {choice.pk: choice for choice in choices if isinstance(choice, Party)}
        towns = {choice.id: choice for choice in choices if isinstance(choice, Place)}
        self.options = {o.value: o for o in party_options(dict.fromkeys(parties.values(), ""))}
        self.options |= {o.value: o for o in town_options(list(towns.values()))}
        desks = [r.kept.reading.party for r in reviews]
        self.names = Names([*parties.values(), *desks])
        self._read_words([part.record for r in reviews for part in r.plan if part.record is not None])

    def _read_words(self, records: Iterable[Model]) -> None:
        """Whose word stands, of what the facts are compared with."""
        found = {(r._meta.label_lower, r.pk): r for r in records}
        about = statements_about(found.values())
        standing = [word for words in about.values() for word in words if word.in_force]
        published = publishers_of(standing)
        names = Names(published.values())
        self.words_of = {
            (w.subject_type, w.subject_id, w.field): names.publisher(published.get(w.source_id), w.source)
            for w in standing
        }

    def all(self) -> list[Card]:
        """The cards, in the order given."""
        return [self._card(review) for review in self.reviews]

    def groups(self) -> list[Group]:
        """The cards by kind of fact; kinds without one are left out."""
        titles = {
            FactKind.PARTNERSHIP: _("Partnerships"),
            FactKind.MEMBERSHIP: _("Memberships"),
            FactKind.PROJECT: _("Projects"),
            FactKind.NETWORK: _("Networks"),
        }
        found = {kind: Group(str(kind).lower(), title) for kind, title in titles.items()}
        for card in self.all():
            found[FactKind(card.kind)].cards.append(card)
        return [group for group in found.values() if group.cards]

    def _card(self, review: Review) -> Card:
        kept = review.kept
        form = AcceptForm(meant=review.meant, auto_id=f"f{kept.number}_%s")
        sides = [self._side(one, form) for one in review.meant.values()]
        args = [kept.reading_id, kept.number]
        deeds = ("accept", "correct", "reject")
        return Card(
            number=kept.number,
            kind=kept.kind,
            title=self._title(review),
            relation=relation_words(review.relation),
            tone=TONES[review.relation],
            quote=kept.quote,
            lines=[line for part in review.plan for line in self._lines(part)],
            sides=sides,
            form=form,
            is_new=review.relation == Relation.NEW,
            beside=say.listed(_kind(tie) for tie in review.plan.beside),
            may_accept=may_found(self.by, review.plan, parties_of(review.meant)),
            is_clear=all(one.choice for one in review.meant.values() if one.end.is_needed),
            hrefs={deed: reverse(f"desk:read-{deed}", args=args) for deed in deeds},
            confidence=say.share(Decimal(round(kept.confidence * 100))),
        )

    def _side(self, one: Meant, form: AcceptForm) -> Side:
        name = f"who_{one.end.key}"
        asked = is_asked(one)
        return Side(
            written=one.end.named.written,
            name=self._called(one.choice) if one.choice else "",
            asked=name if asked else "",
            chosen=str(form[name].value() or "") if asked else "",
            options=[self.options[value_of(choice)] for choice in one.choices] if asked else (),
            is_needed=one.end.is_needed,
            is_known=one.party is not None,
        )

    def _called(self, choice: Choice) -> str:
        return self.names.text(choice) if isinstance(choice, Party) else choice.name

    def _title(self, review: Review) -> str:
        fact = review.fact
        if isinstance(fact, told.Project):
            return fact.title
        names = [
            self._called(one.choice) if one.choice else one.end.named.written for one in review.meant.values()
        ]
        if isinstance(fact, told.Membership):
            return _("%(member)s in %(network)s") % {"member": names[0], "network": names[1]}
        return " – ".join(names)

    # What is said ----------------------------------------------------------------------------------

    def _lines(self, part: Part) -> list[Line]:
        """What the page says of a record, of the fields of a set in one line."""
        sets, head = _sets(part), self._head(part)
        lines = [self._line(part, said) for said in part.said if said.field not in (EXISTS, *sets)]
        for name in sets:
            lines += self._of_set(part, [said for said in part.said if said.field == name])
        if not head:
            return [*_kind_of_tie(part), *lines]
        if not lines:
            return [Line(*head, now=head[1] if part.record is not None else "", relation=part.relation)]
        for line in lines:
            line.label = head[0] if line.label == say.field(Act, "date") else f"{head[0]}: {line.label}"
        return lines

    def _head(self, part: Part) -> tuple[str, str] | None:
        """What a part is, and what is said by there being one; None where that is plain."""
        columns = part.columns
        if part.model in (Act, MembershipAct):
            kinds = {**dict(ActKind.choices), **dict(MembershipActKind.choices)}
            act = getattr(part.record, "kind", columns["kind"])
            return say.capital(str(kinds[act])), _("undated")
        if part.model is Participation:
            role = say.capital(str(ParticipationRole(columns["role"]).label))
            return role, self.names.text(columns["party"])
        if part.model is NetworkSize:
            members = say.number(columns["members"])
            least = _("at least %(number)s") % {"number": members}
            return _("Members"), least if columns["at_least"] else members
        return (self.names.text(part.record), "") if isinstance(part.record, Party) else None

    def _line(self, part: Part, said: Said) -> Line:
        return Line(
            say.field(part.model, said.field),
            self._shown(part, said.field, said.stated),
            self._shown(part, said.field, said.now) if said.now else "",
            self._who(part, said.field),
            said.relation if part.record is not None else part.relation,
        )

    def _of_set(self, part: Part, said: Sequence[Said]) -> list[Line]:
        if not said:
            return []
        known = fields_of_cooperation()
        stated = say.listed(known[one.stated].label for one in said)
        now = say.listed(known[one.stated].label for one in said if one.now)
        relation = Relation.ADDS if any(one.relation != Relation.SAME for one in said) else Relation.SAME
        return [Line(say.field(part.model, said[0].field), stated, now, relation=relation)]

    def _shown(self, part: Part, name: str, text: str) -> str:
        return say.value(part.model, name, text)

    def _who(self, part: Part, name: str) -> str:
        record = part.record
        return self.words_of.get((record._meta.label_lower, record.pk, name), "") if record else ""

    # What was decided, and what is no longer said -----------------------------------------------------

    def decided(self, facts: Sequence[ReadFact]) -> list[dict[str, object]]:
        """Facts that were decided on, with what came of them."""
        about = {
            f.pk: Statement(subject_type=f.subject_type, subject_id=f.subject_id, field=EXISTS)
            for f in facts
            if f.subject_id
        }
        subjects = Subjects(about.values())
        return [self._decided(fact, subjects, about) for fact in facts]

    def _decided(self, fact: ReadFact, subjects: Subjects, about: dict[int, Statement]) -> dict[str, object]:
        became = subjects.of(about[fact.pk]) if fact.pk in about else None
        return {
            "fact": fact,
            "title": became.label if became else fact.quote,
            "href": became.href if became else "",
            "decision": fact.get_decision_display(),
            "reopen": reverse("desk:read-reopen", args=[fact.reading_id, fact.number])
            if fact.decision == "rejected"
            else "",
        }

    def words(self, statements: Sequence[Statement]) -> list[dict[str, object]]:
        """Words that the page no longer says."""
        subjects = Subjects(statements)
        return [
            {
                "subject": subjects.of(word),
                "field": say.field(apps.get_model(word.subject_type), word.field),
                "value": subjects.corrected(word),
                "quote": word.quote,
                "seen": say.date(word.last_seen),
            }
            for word in statements
        ]


def _sets(part: Part) -> list[str]:
    return [name for name in getattr(part.model, "sourced_fields", {}) if sort_of(part.model, name) is MANY]


def _kind_of_tie(part: Part) -> list[Line]:
    """The kind of a partnership; of one that is called by no word of its own the register knows better."""
    if part.model is not Partnership:
        return []
    said = str(PartnershipKind(part.columns["kind"]).label)
    if not isinstance(part.record, Partnership):
        return [Line(_("Kind"), said)]
    now = str(PartnershipKind(part.record.kind).label)
    return [Line(_("Kind"), said, now, relation=Relation.SAME)]


def _kind(tie: Model) -> str:
    return str(PartnershipKind(tie.kind).label) if isinstance(tie, Partnership) else ""
