"""The register as far as one row needs it: a person who decides on a row does not wait for all of it."""

from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from twinhall.exchange import told
from twinhall.exchange.models import Reference
from twinhall.exchange.tables.matching import names_meant
from twinhall.exchange.tables.register import About, Register, compact, mergers
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Identifier, Name, Party
from twinhall.partnerships.models import Partnership
from twinhall.projects.models import Participation, Project
from twinhall.reader.gazetteer import Gazetteer, gazetteer_path

MOST_NAMESAKES = 200
"""Towns of one name that the gazetteer is asked for; the world has fewer."""


def parties_of(record: told.Told) -> Sequence[told.Party]:
    """The parties that a row tells of, in the order of their places."""
    if isinstance(record, told.Partnership):
        return record.parties
    if isinstance(record, told.Membership):
        return record.network, record.party
    return () if isinstance(record, told.Project) else (record.party,)


def excerpt(record: told.Told, *, besides: Iterable[int] = ()) -> Register:
    """Whoever a row could mean, and what is between them; ``besides`` are parties that are to be known too.

    What is looked up in it for this row is what ``read_register`` would give; for any other row it is not.
    """
    register, merged, parties = Register(), mergers(), parties_of(record)
    register.parties_by_key.update(_by_key(parties, merged))
    named = _named(register, parties)
    identified = _holders(_identifiers(parties), merged)
    possible = {*named, *identified, *register.parties_by_key.values()}
    possible.update(merged.get(pk, pk) for pk in besides)
    _read_parties(register, possible, merged)
    for pk, names in named.items():
        for name in names if pk in register.about else ():
            register.add_name(pk, name)
    if isinstance(record, told.Partnership):
        _read_ties(register)
    _read_memberships(register)
    if isinstance(record, told.Participation):
        _read_projects(register, record.projects)
    return register


# Who is possible -------------------------------------------------------------------------------------


def _by_key(parties: Sequence[told.Party], merged: dict[int, int]) -> dict[str, int]:
    keys = [party.key for party in parties if party.key]
    rows = Reference.objects.filter(subject_type=Party._meta.label_lower, key__in=keys)
    found = {key: merged.get(pk, pk) for key, pk in rows.values_list("key", "subject_id")}
    standing = set(Party.objects.standing().filter(pk__in=found.values()).values_list("pk", flat=True))
    return {key: pk for key, pk in found.items() if pk in standing}


def _identifiers(parties: Iterable[told.Party]) -> Q:
    """Those that the row gives, and the one of the town that an organisation sits in."""
    wanted = Q(pk__in=[])
    for party in parties:
        towns = [("geonames", party.town)] if party.town else []
        for scheme, value in [*party.identifiers.items(), *towns]:
            wanted |= Q(scheme=scheme, value=value)
    return wanted


def _holders(wanted: Q, merged: dict[int, int]) -> set[int]:
    return {merged.get(pk, pk) for pk in Identifier.objects.filter(wanted).values_list("party", flat=True)}


def _named(register: Register, parties: Sequence[told.Party]) -> dict[int, list[str]]:
    """The parties of the names that the row gives, with those names; notes all addresses on the way."""
    names = {name for party in parties for name in names_meant(party.name)}
    names |= {text for party in parties for text, _language, _kind in party.names}
    wanted = {compact(name): name for name in names} | {"": ""}
    del wanted[""]
    found: dict[int, list[str]] = {}
    for pk, slug, name in Party.objects.values_list("pk", "slug", "name").iterator():
        register.taken.add(slug)
        if compact(name) in wanted:
            found.setdefault(pk, []).append(name)
    keyed = Name.objects.annotate(compact=Replace(F("key"), Value(" "), Value("")))
    for pk, name in keyed.filter(compact__in=wanted).values_list("party", "text"):
        found.setdefault(pk, []).append(name)
    for pk, name in _spelt(wanted.values()):
        found.setdefault(pk, []).append(name)
    return found


def _spelt(names: Collection[str]) -> list[tuple[int, str]]:
    """Parties that the gazetteer knows by these names; none where it is not compiled."""
    path = gazetteer_path(settings.GAZETTEER)
    if not path.exists():
        return []
    towns = Gazetteer(path)
    found = {
        str(place.id): name
        for name in names
        for place in towns.find(name, limit=MOST_NAMESAKES)
        if compact(place.matched) == compact(name)
    }
    rows = Identifier.objects.filter(scheme="geonames", value__in=found)
    return [(pk, found[value]) for pk, value in rows.values_list("party", "value")]


# What is known of them -------------------------------------------------------------------------------


def _read_parties(register: Register, possible: set[int], merged: dict[int, int]) -> None:
    columns = ("pk", "slug", "kind", "country", "latitude", "longitude")
    rows = Party.objects.standing().filter(pk__in=possible).values_list(*columns)
    for pk, slug, *about in rows:
        register.add_party(pk, slug, About(*about), ())
    before = [gone for gone, kept in merged.items() if kept in possible]
    identifiers = Identifier.objects.filter(party__in=[*possible, *before])
    for scheme, value, party in identifiers.values_list("scheme", "value", "party"):
        if merged.get(party, party) in register.about:
            register.add_identifier(merged.get(party, party), scheme, value)


def _read_ties(register: Register) -> None:
    register.tie_slugs.update(Partnership.objects.values_list("slug", flat=True))
    ties: QuerySet[Partnership] = Partnership.objects.standing()
    ties = ties.filter(signatories__party__in=list(register.about)).distinct()
    for pk, kind, key in ties.order_by("pk").values_list("pk", "kind", "parties_key"):
        register.add_tie(pk, kind, key)


def _read_memberships(register: Register) -> None:
    known = list(register.about)
    register.networks.update(Network.objects.filter(pk__in=known).values_list("pk", flat=True))
    rows = Membership.objects.standing().filter(network__in=known, party__in=known)
    for network, party, pk in rows.values_list("network", "party", "pk"):
        register.memberships[network, party] = pk


def _read_projects(register: Register, keys: Sequence[str]) -> None:
    rows = Reference.objects.filter(subject_type=Project._meta.label_lower, key__in=keys)
    register.projects_by_key.update(rows.values_list("key", "subject_id"))
    parts = Participation.objects.filter(project__in=register.projects_by_key.values()).order_by("number")
    for project, party, number, role, pk in parts.values_list("project", "party", "number", "role", "pk"):
        register.last_numbers[project] = number
        if party is not None:
            register.participations[project, party] = pk
        if role == "lead":
            register.led.add(project)
