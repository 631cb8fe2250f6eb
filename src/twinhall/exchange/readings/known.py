"""What the register holds already on the parties of many facts: as many questions for any number of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from twinhall.exchange.readings.ends import MEMBER, NETWORK, A, B, Meant
from twinhall.exchange.tables.register import compact
from twinhall.finder.entries import PROJECT
from twinhall.finder.keys import key_of
from twinhall.finder.models import Entry
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Signatory
from twinhall.projects.models import Participation, Programme, Project
from twinhall.reader import facts as told
from twinhall.reader.facts import Fact

_SHORT_TITLE = 3
"""Words; a title of no more is compared as a whole."""
Ends = Mapping[str, Party | None]
"""The parties of a fact that the register has, by the keys of its ends."""


def parties_of(meant: Mapping[str, Meant]) -> dict[str, Party | None]:
    """The parties that are likeliest meant, as far as the register has them."""
    return {key: one.party for key, one in meant.items()}


@dataclass
class Known:
    """Records of the register that facts may be about, with all that they are compared by."""

    ties: dict[frozenset[int], list[Partnership]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[tuple[int, int], Membership] = field(default_factory=dict)
    networks: dict[int, Network] = field(default_factory=dict)
    projects: dict[str, list[Project]] = field(default_factory=lambda: defaultdict(list))
    programmes: dict[str, str] = field(default_factory=dict)
    """Slugs of programmes by their compact names."""

    def tie(self, kind: str, parties: Sequence[Party], *, is_vague: bool) -> Partnership | None:
        """The standing partnership of this kind; of a vague kind the only one there is between them."""
        found = self.ties_between(parties)
        same = [tie for tie in found if tie.kind == kind]
        if same:
            return same[0]
        return found[0] if is_vague and len(found) == 1 else None

    def ties_between(self, parties: Sequence[Party]) -> list[Partnership]:
        """The standing partnerships of these parties and no other, of any kind."""
        return self.ties.get(frozenset(p.pk for p in parties), [])

    def project(self, title: str) -> Project | None:
        """The only project of this title, or of it without the word at either end that may say “project”."""
        for key in _titles(title):
            found = self.projects.get(key, [])
            if found:
                return found[0] if len(found) == 1 else None
        return None


def known_of(facts: Sequence[Fact], ends: Sequence[Ends]) -> Known:
    """What the register holds on these facts, whose parties are ``ends``; some fifteen queries."""
    pairs = list(zip(facts, ends, strict=True))
    known = Known()
    _read_ties(known, [e for f, e in pairs if isinstance(f, told.Partnership)])
    _read_networks(known, [e for f, e in pairs if isinstance(f, told.Membership | told.Network)])
    _read_projects(known, [f for f, _ends in pairs if isinstance(f, told.Project)])
    return known


def _read_ties(known: Known, ends: Iterable[Ends]) -> None:
    keys = set()
    for found in ends:
        one, other = found.get(A), found.get(B)
        if one and other:
            keys.add(" ".join(str(pk) for pk in sorted((one.pk, other.pk))))
    if not keys:
        return
    rows = Partnership.objects.standing().filter(parties_key__in=keys).order_by("pk")
    signatories = Prefetch("signatories", Signatory.objects.select_related("party"))
    for tie in rows.prefetch_related("acts", "fields", signatories):
        known.ties[frozenset(int(pk) for pk in tie.parties_key.split())].append(tie)


def _read_networks(known: Known, ends: Iterable[Ends]) -> None:
    found = [e for e in ends if e.get(NETWORK)]
    networks = {e[NETWORK].pk for e in found if e[NETWORK]}  # type: ignore[union-attr]
    members = {party.pk for e in found if (party := e.get(MEMBER))}
    if not networks:
        return
    for network in Network.objects.filter(pk__in=networks).select_related("party").prefetch_related("sizes"):
        known.networks[network.pk] = network
    rows = Membership.objects.standing().filter(network__in=networks, party__in=members)
    for one in rows.select_related("party", "network__party").prefetch_related("acts"):
        known.memberships[one.network_id, one.party_id] = one


def _titles(title: str) -> list[str]:
    """The keys of a title; of a long one without its first or last word too: “Town Twins in Time project”."""
    words = title.split()
    shorter = [words[:-1], words[1:]] if len(words) > _SHORT_TITLE else []
    return [key_of(" ".join(part)) for part in (words, *shorter)]


def _read_projects(known: Known, facts: Sequence[told.Project]) -> None:
    keys = {key for fact in facts for key in _titles(fact.title)} - {""}
    if not keys:
        return
    entries = Entry.objects.filter(subject_type=PROJECT, is_head=True, key__in=keys)
    hits = set(entries.values_list("subject_id", "key"))
    parts = Prefetch("participations", Participation.objects.select_related("party"))
    wanted = Q(pk__in={pk for pk, _key in hits})
    projects = {p.pk: p for p in Project.objects.standing().filter(wanted).prefetch_related(parts)}
    for pk, key in sorted(hits):
        if pk in projects:
            known.projects[key].append(projects[pk])
    for slug, name in Programme.objects.values_list("slug", "name"):
        for text in (slug, *name.values()):
            known.programmes[compact(text)] = slug
