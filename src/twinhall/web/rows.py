"""Rows of tables: partnerships and memberships put into words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from twinhall.core.acts import Act
from twinhall.core.dates import PartialDate
from twinhall.core.languages import Text, best, country_name
from twinhall.documents.inspecting import megabytes
from twinhall.documents.models import Document
from twinhall.networks.models import Category, Membership, MembershipAct, MembershipStatus
from twinhall.parties.models import Party, PartyKind
from twinhall.partnerships.models import Partnership, PartnershipKind, Status
from twinhall.partnerships.parts import Parts, parts_of
from twinhall.partnerships.queries import Said, Sides
from twinhall.web import say
from twinhall.web.addresses import address
from twinhall.web.names import Names
from twinhall.web.notes import Evidence

TONES: dict[str, str] = {
    Status.IN_FORCE: "good",
    Status.PROPOSED: "warn",
    Status.SUSPENDED: "warn",
    Status.ENDED: "bad",
    MembershipStatus.MEMBER: "good",
    MembershipStatus.COOPERATING: "warn",
    MembershipStatus.APPLICANT: "warn",
}


@dataclass(frozen=True)
class Link:
    """A party as a table names it."""

    name: Text
    href: str
    small: str


def party_href(party: Party) -> str:
    """The address of a party's page; an association's leads on to its network's."""
    return address("web:party", party.slug)


def party_link(party: Party, names: Names) -> Link:
    """A party with its country, and its kind where that is not a municipality."""
    return Link(names.of(party), party_href(party), _place(party.country, party.kind, names.language))


@lru_cache(maxsize=10_000)
def _place(country: str, kind: str, language: str) -> str:
    """A country in the language of the request, and a kind of party other than the usual one."""
    told = country_name(country, language) if country else ""
    unusual = "" if kind == PartyKind.MUNICIPALITY else say.label(PartyKind(kind))
    return " · ".join(part for part in (told, unusual) if part)


@dataclass(frozen=True)
class Since:
    """Since when a tie has been, and from which of its acts that is known."""

    when: str
    small: str


def since(date: PartialDate | None, kind: str | None, acts: Sequence[Act]) -> Since:
    """The day of the signing, else of the first dated act, and the other acts; of sightings the last."""
    if date is None:
        last_seen = [act for act in acts if act.kind in act.undeciding][-1:]
        done = [act for act in acts if act.kind not in act.undeciding]
        return Since(_("not stated"), " · ".join(say.act(act) for act in (*last_seen, *done)))
    chosen = next(act for act in acts if act.kind == kind and act.date == date)
    label = chosen.deed
    others = [say.act(a) for a in acts if a is not chosen and a.kind not in a.undeciding]
    return Since(say.date(date), " · ".join([str(label), *others]))


@dataclass(frozen=True)
class SaidBy:
    """Who says that a tie is, as ``components/said.html`` draws it."""

    label: str
    left: bool
    right: bool
    disputed: bool


def said_by(sides: Sides, parties: Sequence[Party], names: Names) -> SaidBy:
    """Who says so; the first of ``parties`` is the left circle."""
    disputed = sides.said is Said.DISPUTED
    if sides.said is Said.ONE:
        saying = say.listed(names.text(party) for party in sides.saying)
        label = _("%(name)s only") % {"name": saying}
    else:
        label = say.label(sides.said)
    return SaidBy(
        label=label,
        left=parties[0] in sides.saying,
        right=any(party in sides.saying for party in parties[1:]),
        disputed=disputed,
    )


@dataclass(frozen=True)
class Tie:
    """A partnership as a row."""

    href: str
    partners: list[Link]
    kind: str
    since: Since
    fields: str
    said: SaidBy
    status: str
    status_label: str
    tone: str
    marks: list[int]


def tie(
    partnership: Partnership,
    sides: Sides,
    names: Names,
    evidence: Evidence | None = None,
    *,
    seen_from: Party | None = None,
    parts: Parts | None = None,
) -> Tie:
    """A partnership as a row; seen from one party, its partners are the others.

    With ``parts`` of it, which a short list reads, its fields of cooperation are not shown.
    """
    fields = () if parts else partnership.fields.all()
    parts = parts or parts_of([partnership])[partnership.pk]
    parties, acts, status = list(parts.parties), parts.acts, partnership.status
    if seen_from is not None:
        parties.sort(key=lambda party: party != seen_from)
    marks = []
    if evidence is not None:
        matter = " – ".join(names.text(party) for party in parties if party != seen_from)
        for record in (partnership, *acts):
            marks += evidence.marks(matter, record)
    return Tie(
        href=address("web:partnership", partnership.slug),
        partners=[party_link(party, names) for party in parties if party != seen_from],
        kind=say.label(PartnershipKind(partnership.kind)),
        since=since(partnership.since, partnership.since_kind, acts),
        fields=", ".join(field.label.lower() for field in fields),
        said=said_by(sides, parties, names),
        status=status,
        status_label=say.label(Status(status)),
        tone=TONES.get(status, "quiet"),
        marks=sorted(set(marks)),
    )


@dataclass(frozen=True)
class Paper:
    """A published document, as ``components/papers.html`` draws it."""

    title: Text
    href: str
    kind: str
    size: str
    alt: str
    width: int | None
    height: int | None


def papers(documents: Iterable[Document]) -> list[Paper]:
    """Published documents, each once."""
    return [
        Paper(
            title=document.words,
            href=address("web:document", document.pk),
            kind=str(document.get_media_type_display()),
            size=megabytes(document.size),
            alt=document.alt,
            width=document.width,
            height=document.height,
        )
        for document in dict.fromkeys(documents)
    ]


def parties_of(partnerships: Sequence[Partnership]) -> list[Party]:
    """All signatories of the partnerships."""
    return [signatory.party for p in partnerships for signatory in p.signatories.all()]


@dataclass(frozen=True)
class Place:
    """A membership as a row: of the member in the network's list, of the network in the member's."""

    member: Link
    network: Link
    category: str
    since: Since
    status: str
    status_label: str
    tone: str
    reason: Text
    history: Text
    pair: str
    pair_href: str
    marks: list[int]


def _reason(acts: Sequence[MembershipAct]) -> Text:
    """Why a party is not yet a member: the last reason given."""
    return next((best(act.reason) for act in reversed(acts) if act.reason), Text("", ""))


def _category(category: str, status: str) -> str:
    """As what a party belongs to a network; of an applicant, not in other words that it is no member yet."""
    is_said = status == MembershipStatus.APPLICANT and category in (Category.COOPERATING, Category.APPLICANT)
    return say.label(Category(category)) if category and not is_said else ""


def membership(told: Membership, names: Names, evidence: Evidence, *, seen_from: Party) -> Place:
    """A membership as a row, on the page of its network or of its member."""
    acts = list(told.acts.all())
    matter_of = told.party if seen_from == told.network.party else told.network.party
    status = told.status
    matter = names.text(matter_of)
    marks = [number for record in (told, *acts) for number in evidence.marks(matter, record)]
    pair = [s.party for s in told.pair.signatories.all()] if told.pair else []
    return Place(
        member=party_link(told.party, names),
        network=party_link(told.network.party, names),
        category=_category(told.category, status),
        since=since(told.since, told.since_kind, acts),
        status=status,
        status_label=say.label(MembershipStatus(status)),
        tone=TONES.get(status, "quiet"),
        reason=_reason(acts) if status == MembershipStatus.COOPERATING else Text("", ""),
        history=best(told.history),
        pair=" – ".join(names.text(party) for party in pair),
        pair_href=address("web:partnership", told.pair.slug) if told.pair else "",
        marks=sorted(set(marks)),
    )
