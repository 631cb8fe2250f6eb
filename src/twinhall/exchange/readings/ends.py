"""Who the parties of a fact are: the subject of the page, a party of the register, or a town that it lacks.

The rules are those of tables (``exchange.tables.matching``): an identifier, else name, country and distance;
never the name alone. What is in doubt has its candidates, and a person chooses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from twinhall.exchange import told
from twinhall.exchange.gazetteer import SCHEME, parties_of
from twinhall.exchange.tables.matching import NOBODY, Match, match, names_meant
from twinhall.exchange.tables.register import About, Register, compact, mergers
from twinhall.finder.keys import key_of
from twinhall.finder.models import Entry
from twinhall.finder.queries import PARTY
from twinhall.parties.models import Identifier, Party, PartyKind
from twinhall.partnerships.models import Signatory
from twinhall.reader.facts import Candidate, Fact, Membership, Named, Network, Partnership
from twinhall.reader.gazetteer import Gazetteer, Place

Choice: TypeAlias = Party | Place
"""A party of the register, or a town that becomes one when it is taken."""

SURE = 0.75
"""From this confidence on the best place is taken to be meant."""
AHEAD = 0.15
"""By so much the best place must be likelier than the next."""
MOST = 6
"""How many others than the likeliest are shown."""

A, B, MEMBER, NETWORK, LEAD, PARTNER = "a", "b", "member", "network", "lead", "partner"


@dataclass(frozen=True)
class End:
    """A party of a fact as the page has it; ``key`` tells it from the others of the fact.

    ``country`` is the one that the page prints, where it prints one.
    """

    key: str
    named: Named
    kind: str = ""
    country: str = ""
    is_needed: bool = True
    """Whether the fact cannot be without it: of a project any partner may be left out."""

    @property
    def called(self) -> "Called":
        """What tells whom the page calls so from others of the name."""
        return self.named.written, self.named.country or self.country, self.kind


Called: TypeAlias = tuple[str, str, str]
"""A name as a page writes it, the country that it gives, and the kind of party that it calls so."""


@dataclass(frozen=True)
class Meant:
    """Who an end is: the likeliest, and the others that it could be."""

    end: End
    choice: Choice | None = None
    is_certain: bool = False
    others: tuple[Choice, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All that it could be, the likeliest first."""
        return (self.choice, *self.others) if self.choice else self.others

    @property
    def party(self) -> Party | None:
        """The party of the register that is likeliest meant."""
        return self.choice if isinstance(self.choice, Party) else None


def value_of(choice: Choice) -> str:
    """How a choice is kept, and how forms call it: ``party:12``, ``place:454572``."""
    return f"party:{choice.pk}" if isinstance(choice, Party) else f"place:{choice.id}"


def ends_of(fact: Fact) -> list[End]:
    """The parties of a fact."""
    if isinstance(fact, Partnership):
        return [
            End(A, fact.a, country=fact.a_country),
            End(B, fact.b, _kind_of_other(fact), fact.country),
        ]
    if isinstance(fact, Membership):
        network = Named(fact.network, fact.network_written or fact.network)
        return [End(MEMBER, fact.member, country=fact.member.country), End(NETWORK, network, _NETWORKS)]
    if isinstance(fact, Network):
        return [End(NETWORK, Named(fact.name, fact.name), _NETWORKS)]
    lead = [End(LEAD, Named(fact.lead, fact.lead), is_needed=False)] if fact.lead else []
    partners = [name for name in dict.fromkeys(fact.partners) if name != fact.lead]
    return lead + [End(f"{PARTNER}{n}", Named(p, p), is_needed=False) for n, p in enumerate(partners)]


_NETWORKS = str(PartyKind.ASSOCIATION)


def _kind_of_other(fact: Partnership) -> str:
    """Of a tie of regions, the other end is more likely a region than the town of its name."""
    return PartyKind.REGION if fact.kind == "region" else ""


# Matching --------------------------------------------------------------------------------------------


def who_is_meant(
    facts: Sequence[Fact],
    *,
    subject: Party | None,
    gazetteer: Gazetteer | None,
    before: Mapping[Called, Party] | None = None,
) -> list[dict[str, Meant]]:
    """For each fact, who its parties are, by their keys; some eight queries for any number of facts.

    ``subject`` is the party that the page is about; without a gazetteer only the register is looked in.
    ``before``: who was chosen for a name of the page before. They are likeliest meant, and never for certain
    where the name alone would lead to others.
    """
    ends = [ends_of(fact) for fact in facts]
    everybody = [end for found in ends for end in found]
    people = _People(everybody, subject, gazetteer, before or {})
    return [{end.key: people.meant(end) for end in found} for found in ends]


class _People:
    """Whom the register and the gazetteer know of all names of a page."""

    def __init__(
        self,
        ends: Sequence[End],
        subject: Party | None,
        gazetteer: Gazetteer | None,
        before: Mapping[Called, Party],
    ) -> None:
        self.subject, self.before = subject, before
        self.places = _places(ends, gazetteer)
        self.known = parties_of(self.places.values())
        self.register = _register(ends, [p.pk for p in self.known.values()], subject)
        self.parties = Party.objects.in_bulk([*self.register.about])
        self._met: dict[tuple[Named, str], Meant] = {}

    def meant(self, end: End) -> Meant:
        """Who an end is; the same name is always the same party."""
        key = (end.named, end.kind)
        if key not in self._met:
            self._met[key] = self._as_before(self._meet(end))
        return replace(self._met[key], end=end)

    def _meet(self, end: End) -> Meant:
        if self.subject and self._is_subject(end):
            return Meant(end, self.subject, is_certain=True)
        found = self._match(end)
        likely = [pk for pk in (found.party, *found.candidates) if pk in self.parties]
        choices: list[Choice] = [self.parties[pk] for pk in likely if pk is not None]
        places = [c for c in end.named.candidates if c.geonames in self.places]
        choices += [self._of_place(candidate) for candidate in places]
        unique = list({value_of(c): c for c in choices if not _is_withdrawn(c)}.values())[: MOST + 1]
        is_certain = bool(unique) and (
            found.party is not None or (not found.candidates and _is_clear(end) and end.kind == "")
        )
        return Meant(end, unique[0] if unique else None, is_certain, tuple(unique[1:]))

    def _as_before(self, met: Meant) -> Meant:
        """Whom a person took for the name comes first."""
        chosen = self.before.get(met.end.called)
        if chosen is None or chosen == met.choice:
            return met
        others = [choice for choice in met.choices if choice != chosen]
        return Meant(met.end, chosen, is_certain=False, others=tuple(others[:MOST]))

    def _is_subject(self, end: End) -> bool:
        assert self.subject  # noqa: S101 - for the types
        names = {end.named.name, end.named.written}
        if end.named.candidates and self.register.identified_by(self.subject.pk, SCHEME) == str(
            end.named.geonames
        ):
            return _is_clear(end)
        return any(self.register.is_called(self.subject.pk, name) for name in names if name) and (
            not end.kind or end.kind == self.subject.kind
        )

    def _of_place(self, candidate: Candidate) -> Choice:
        return self.known.get(candidate.geonames) or self.places[candidate.geonames]

    def _match(self, end: End) -> Match:
        """By what the reader takes the name for, else by the name as it is written."""
        near = self.subject.pk if self.subject else None
        for name in dict.fromkeys((end.named.name, end.named.written)):
            found = match(self.register, self._told(end, name), near=near)
            if found != NOBODY:
                return self._of_one_network(end, found)
        return NOBODY

    def _of_one_network(self, end: End, found: Match) -> Match:
        """A network has no country: where one alone is called so in several words, it is meant."""
        if end.kind == _NETWORKS and len(found.candidates) == 1 and " " in end.named.name.strip():
            return Match(found.candidates[0])
        return found

    def _told(self, end: End, name: str) -> told.Party:
        place = self.places.get(end.named.geonames or 0) if _is_clear(end) and not end.kind else None
        country = end.named.country or (place.country if place else "")
        return told.Party(
            name=name,
            kind=end.kind,
            country=country,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            identifiers={SCHEME: str(place.id)} if place else {},
        )


def _is_withdrawn(choice: Choice) -> bool:
    return isinstance(choice, Party) and choice.withdrawn_at is not None


def _is_clear(end: End) -> bool:
    """Whether one place is far likelier than all others."""
    found = end.named.candidates
    if not found or found[0].confidence < SURE:
        return False
    return len(found) == 1 or found[0].confidence - found[1].confidence >= AHEAD


def _places(ends: Iterable[End], gazetteer: Gazetteer | None) -> dict[int, Place]:
    """The places of all candidates, by GeoNames id."""
    wanted = {c.geonames for end in ends for c in end.named.candidates[: MOST + 1]} if gazetteer else set()
    found = (gazetteer.get(number) for number in sorted(wanted)) if gazetteer else ()
    return {place.id: place for place in found if place is not None}


def _register(ends: Iterable[End], known: Iterable[int], subject: Party | None) -> Register:
    """The register as far as these names need it, with those whom the subject has ties with."""
    register = Register()
    named = _named(ends)
    own = [subject.pk] if subject else []
    columns = ("pk", "slug", "name", *About._fields)
    rows = Party.objects.standing().filter(pk__in={*named, *known, *own})
    for pk, slug, name, *about in rows.values_list(*columns):
        register.add_party(pk, slug, About(*about), [name, *named.get(pk, ())])
    merged = mergers()
    holders = [*register.about, *(gone for gone, kept in merged.items() if kept in register.about)]
    identifiers = Identifier.objects.filter(scheme=SCHEME, party__in=holders)
    for value, party in identifiers.values_list("value", "party"):
        register.add_identifier(merged.get(party, party), SCHEME, value)
    if subject:
        _read_names_and_ties(register, subject)
    return register


def _read_names_and_ties(register: Register, subject: Party) -> None:
    entries = Entry.objects.filter(subject_type=PARTY, subject_id=subject.pk, is_head=True)
    for text in entries.values_list("text", flat=True):
        register.add_name(subject.pk, text)
    mine = Signatory.objects.filter(party=subject, partnership__withdrawn_at__isnull=True)
    others = Signatory.objects.filter(partnership__in=mine.values("partnership")).exclude(party=subject)
    register.partners[subject.pk].update(others.values_list("party", flat=True))


def _named(ends: Iterable[End]) -> Mapping[int, list[str]]:
    """The parties that have one of the names, each with those of its names."""
    names = {
        n for end in ends for written in (end.named.name, end.named.written) for n in names_meant(written)
    }
    wanted = {key_of(name) for name in names} - {""}
    rows = Entry.objects.filter(subject_type=PARTY, is_head=True, key__in=wanted)
    found: dict[int, list[str]] = {}
    for pk, text in rows.values_list("subject_id", "text"):
        if compact(text):
            found.setdefault(pk, []).append(text)
    return found
