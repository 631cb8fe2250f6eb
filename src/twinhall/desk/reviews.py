"""Facts that were read, as their cards show them: what the page says, who is meant, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from twinhall.accounts.models import User
from twinhall.desk.comparing import Comparison, Line, kind_of
from twinhall.desk.forms.deciding import AcceptForm, is_asked
from twinhall.desk.forms.parties import Option, party_options, town_options
from twinhall.evidence.models import Statement
from twinhall.evidence.sorts import EXISTS
from twinhall.exchange.models.readings import FactDecision, FactKind, ReadFact
from twinhall.exchange.readings.ends import Choice, Meant, value_of
from twinhall.exchange.readings.plans import Relation
from twinhall.exchange.readings.review import Review, takeable
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.reader import facts as told
from twinhall.reader.gazetteer import Place
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.subjects import Subject, Subjects

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
        self.reviews, self.takeable = reviews, {review.kept.pk for review in takeable(reviews, by=by)}
        choices = [c for r in reviews for one in r.meant.values() for c in one.choices]
        parties = {choice.pk: choice for choice in choices if isinstance(choice, Party)}
        towns = {choice.id: choice for choice in choices if isinstance(choice, Place)}
        self.options = {o.value: o for o in party_options(dict.fromkeys(parties.values(), ""))}
        self.options |= {o.value: o for o in town_options(list(towns.values()))}
        desks = [r.kept.reading.party for r in reviews]
        self.names = Names([*parties.values(), *desks])
        self.comparison = Comparison([part for r in reviews for part in r.plan], self.names)

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
            lines=[line for part in review.plan for line in self.comparison.lines(part)],
            sides=sides,
            form=form,
            is_new=review.relation == Relation.NEW,
            beside=say.listed(
                kind_of(tie.kind) for tie in review.plan.beside if isinstance(tie, Partnership)
            ),
            may_accept=kept.pk in self.takeable,
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
            return say.member_of(names[0], names[1])
        return " – ".join(names)


# What was decided, and what is no longer said --------------------------------------------------------


@dataclass
class Decided:
    """A fact that was decided on, with what came of it."""

    fact: ReadFact
    title: str
    href: str
    decision: str
    reopen: str


def decided(facts: Sequence[ReadFact]) -> list[Decided]:
    """Facts that were decided on; as many queries for any number of them."""
    became = {fact.pk: _record_of(fact, fact.subject_id) for fact in facts if fact.subject_id}
    subjects = Subjects(became.values())
    return [_decided(fact, subjects.of(became[fact.pk]) if fact.pk in became else None) for fact in facts]


def _record_of(fact: ReadFact, number: int) -> Statement:
    """What stands for the record that a fact became, as ``Subjects`` takes it."""
    return Statement(subject_type=fact.subject_type, subject_id=number, field=EXISTS)


def _decided(fact: ReadFact, became: Subject | None) -> Decided:
    is_rejected = fact.decision == FactDecision.REJECTED
    return Decided(
        fact,
        became.label if became else fact.quote,
        became.href if became else "",
        fact.get_decision_display(),
        reverse("desk:read-reopen", args=[fact.reading_id, fact.number]) if is_rejected else "",
    )


@dataclass
class Word:
    """A word of the page that it no longer says."""

    subject: Subject
    field: str
    value: str
    quote: str
    seen: str


def no_longer_said(statements: Sequence[Statement]) -> list[Word]:
    """Words of the page; as many queries for any number of them."""
    subjects = Subjects(statements)
    return [
        Word(
            subjects.of(word),
            say.field(apps.get_model(word.subject_type), word.field),
            subjects.corrected(word),
            word.quote,
            say.date(word.last_seen),
        )
        for word in statements
    ]
