"""The register as a loader holds it in memory: a row is matched without a question to the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.db.models import F

from twinhall.core.text import fold
from twinhall.exchange.models import Reference
from twinhall.exchange.regions import regions_for
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Identifier, Name, Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Participation, Programme, Project
from twinhall.reader.gazetteer import Gazetteer, gazetteer_path


class About(NamedTuple):
    """What tells one party from its namesakes; position in degrees (WGS 84)."""

    kind: str
    country: str
    latitude: float | None
    longitude: float | None


_BATCH = 1000


class Tie(NamedTuple):
    pk: int
    kind: str


def compact(name: str) -> str:
    """A name as it is compared here: folded, and without spaces, in which spellings differ."""
    return fold(name).replace(" ", "")


@dataclass
class Register:
    """Who is in the register, and what is between them, by primary keys. Kept in step by what is loaded."""

    identifiers: dict[tuple[str, str], int] = field(default_factory=dict)
    own_identifiers: dict[tuple[int, str], str] = field(default_factory=dict)
    parties_by_key: dict[str, int] = field(default_factory=dict)
    projects_by_key: dict[str, int] = field(default_factory=dict)
    about: dict[int, About] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    slugs: dict[int, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    ties: dict[str, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    tie_slugs: set[str] = field(default_factory=set)
    partners: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    networks: set[int] = field(default_factory=set)
    memberships: dict[tuple[int, int], int] = field(default_factory=dict)
    project_slugs: set[str] = field(default_factory=set)
    programmes: set[str] = field(default_factory=set)
    participations: dict[tuple[int, int], int] = field(default_factory=dict)
    last_numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    led: set[int] = field(default_factory=set)

    def add_party(self, pk: int, slug: str, about: About, names: Iterable[str]) -> None:
        """Note a party with all names that it is to be found by."""
        self.about[pk] = about
        self.slugs[pk] = slug
        self.taken.add(slug)
        for name in names:
            self.add_name(pk, name)

    def add_name(self, pk: int, name: str) -> None:
        """Note another name of a party."""
        key = compact(name)
        if key and pk not in self.named[key]:
            self.named[key].append(pk)

    def is_called(self, pk: int, name: str) -> bool:
        """Whether the party is found by this name already."""
        return pk in self.named.get(compact(name), ())

    def add_identifier(self, pk: int, scheme: str, value: str) -> None:
        """Note what a register elsewhere calls a party."""
        self.identifiers[scheme, value] = pk
        self.own_identifiers[pk, scheme] = value

    def identified_by(self, pk: int, scheme: str) -> str | None:
        """The party's identifier of a scheme; of several the last that was noted."""
        return self.own_identifiers.get((pk, scheme))

    def lies_in(self, country: str, latitude: float, longitude: float) -> bool:
        """Whether a town of the country is near; taken to be so where no gazetteer is compiled."""
        if not gazetteer_path(settings.GAZETTEER).exists():
            return True
        return bool(regions_for([(None, country, latitude, longitude)])[0])

    def add_tie(self, pk: int, kind: str, parties_key: str) -> None:
        """Note a partnership."""
        self.ties[parties_key].append(Tie(pk, kind))
        parties = [int(number) for number in parties_key.split()]
        for party in parties:
            self.partners[party].update(p for p in parties if p != party)


def read_register() -> Register:
    """The register as the database holds it now; some two seconds for 25,000 parties with their ties."""
    register = Register()
    merged = mergers()
    _read_parties(register, merged)
    _read_ties(register)
    _read_projects(register)
    for key, kind, pk in Reference.objects.values_list("key", "subject_type", "subject_id").iterator():
        if kind == Project._meta.label_lower:
            register.projects_by_key[key] = pk
        elif merged.get(pk, pk) in register.about:
            register.parties_by_key[key] = merged.get(pk, pk)
    return register


def mergers() -> dict[int, int]:
    """For each party that was merged, the one that it lives on in."""
    rows = Party.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")
    into = {pk: target for pk, target in rows if target is not None}
    found: dict[int, int] = {}
    for party, target in into.items():
        last = target
        while last in into:
            last = into[last]
        found[party] = last
    return found


def _read_parties(register: Register, merged: dict[int, int]) -> None:
    register.taken.update(Party.objects.values_list("slug", flat=True))
    columns = ("pk", "slug", "name", "kind", "country", "latitude", "longitude")
    for pk, slug, name, *about in Party.objects.standing().values_list(*columns).iterator():
        register.add_party(pk, slug, About(*about), [name])
    for party, name in Name.objects.values_list("party", "text").iterator():
        if party in register.about:
            register.add_name(party, name)
    for scheme, value, party in Identifier.objects.values_list("scheme", "value", "party").iterator():
        if merged.get(party, party) in register.about:
            register.add_identifier(merged.get(party, party), scheme, value)
    read_spellings(register, register.about)


def read_spellings(register: Register, parties: Iterable[int]) -> None:
    """What the gazetteer knows towns by, so that “Mailand” is Milan; nothing where none is compiled."""
    path = gazetteer_path(settings.GAZETTEER)
    numbers = ((register.identified_by(pk, "geonames"), pk) for pk in parties)
    places = {int(number): pk for number, pk in numbers if number is not None}
    if not places or not path.exists():
        return
    for number, spellings in Gazetteer(path).spellings(places).items():
        for spelling in spellings:
            register.add_name(places[number], spelling)


def read_about(register: Register, parties: Iterable[int]) -> None:
    """What the database holds of these parties now, as when words have moved a position."""
    wanted = sorted(parties)
    for start in range(0, len(wanted), _BATCH):
        found = Party.objects.filter(pk__in=wanted[start : start + _BATCH])
        for pk, *about in found.values_list("pk", *About._fields):
            register.about[pk] = About(*about)


def _read_ties(register: Register) -> None:
    register.tie_slugs.update(Partnership.objects.values_list("slug", flat=True))
    for pk, kind, key in Partnership.objects.standing().values_list("pk", "kind", "parties_key").iterator():
        register.add_tie(pk, kind, key)
    register.networks.update(Network.objects.values_list("pk", flat=True))
    rows = Membership.objects.standing().values_list("network", "party", "pk")
    register.memberships.update({(network, party): pk for network, party, pk in rows.iterator()})


def _read_projects(register: Register) -> None:
    register.project_slugs.update(Project.objects.values_list("slug", flat=True))
    register.programmes.update(Programme.objects.values_list("slug", flat=True))
    rows = Participation.objects.order_by(F("number")).values_list("project", "party", "number", "role", "pk")
    for project, party, number, role, pk in rows.iterator():
        register.last_numbers[project] = number
        if party is not None:
            register.participations[project, party] = pk
        if role == "lead":
            register.led.add(project)
