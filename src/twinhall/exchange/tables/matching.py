"""Which party of the register a row means: by identifier, else by name, country and distance.

Never by the name alone.
What is left in doubt is not guessed: it gives its candidates, and a person decides.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop

from twinhall.exchange import told
from twinhall.exchange.tables.kinds import speaks_of_town
from twinhall.exchange.tables.register import About, Register, compact

SURELY_NEAR = 10.0
"""Kilometres within which two positions of one name are one place: a town's middle is set differently."""
PERHAPS_NEAR = 50.0
"""Kilometres beyond which they are two."""
_DEGREE = 111.2  # kilometres
_DIVISIONS = frozenset({"district", "region"})  # which of the two, a name does not tell
_GOVERNED = _DIVISIONS | {"municipality"}


@dataclass(frozen=True, slots=True)
class Match:
    """The party that is meant; or those that it could be, with the reason of the doubt; or nobody known."""

    party: int | None = None
    candidates: tuple[int, ...] = ()
    why: str = ""
    by_ties: bool = False
    """Whether only the other end of the tie tells: then nothing else is learnt from it."""


NOBODY = Match()


def match(register: Register, party: told.Party, *, near: int | None = None) -> Match:
    """The register's party that is told of. ``near`` is the other end of the same tie, where it is known."""
    if party.key in register.parties_by_key:
        return Match(register.parties_by_key[party.key])
    identified = {register.identifiers.get(pair) for pair in party.identifiers.items()} - {None}
    if len(identified) > 1:
        return Match(
            candidates=_sorted(identified), why=gettext_noop("its identifiers are those of several parties")
        )
    if identified:
        return Match(identified.pop())
    if party.town:
        town = register.identifiers.get(("geonames", party.town))
        if town is not None and _is_its_government(register, party, town):
            return Match(town)
    return _by_name(register, party, near)


def match_all(
    register: Register, parties: Sequence[told.Party], chosen: Sequence[Match | None]
) -> list[Match]:
    """Who each party of a row is; ``chosen`` is what a person said of each, or None."""
    found = list(chosen)
    for _round in range(2):  # who is known tells who the other end is
        for i, party in enumerate(parties):
            known = found[i]
            if known is None or known.candidates:
                near = next((m.party for j, m in enumerate(found) if j != i and m and m.party), None)
                found[i] = match(register, party, near=near)
    return [m for m in found if m is not None]


def _sorted(parties: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(sorted(pk for pk in parties if pk is not None))


def _is_its_government(register: Register, party: told.Party, town: int) -> bool:
    """Whether an organisation is called after the town that it sits in, as its government is."""
    return speaks_of_town(party.name, register.slugs[town].replace("-", " "))


def _by_name(register: Register, party: told.Party, near: int | None) -> Match:
    called = _called(register, party.name)
    possible = [pk for pk in called if _may_be(party, register.about[pk])]
    if called and not possible:
        elsewhere = replace(party, latitude=None, longitude=None)
        far = [pk for pk in called if _may_be(elsewhere, register.about[pk])]
        if far and _is_misplaced(register, party):
            party, possible = elsewhere, far
    sure = _of_its_kind(register, party, [pk for pk in possible if _is_near(party, register.about[pk])])
    if len(sure) == 1 and not _is_another(register, party, sure[0]):
        return Match(sure[0])
    if near is not None:
        tied = [pk for pk in possible if pk in register.partners[near]]
        if len(tied) == 1:
            return Match(tied[0], by_ties=True)
    if possible:
        return Match(candidates=tuple(sorted(possible)), why=_doubt(party, sure))
    return NOBODY


def names_meant(name: str) -> list[str]:
    """The name, and what stands before a comma or a bracket in it: “Porcia, Friuli”, “Porcia”."""
    heads = [name.partition(sign) for sign in (",", " (")]
    return [name, *(head for head, cut, _rest in heads if cut)]


def _called(register: Register, name: str) -> Sequence[int]:
    """Parties of this name, else of its head."""
    for meant in names_meant(name) if name else ():
        if found := register.named.get(compact(meant), []):
            return found
    return []


def _may_be(party: told.Party, other: About) -> bool:
    """Of the same kind, not in another country, not far away."""
    if party.kind and party.kind != other.kind and not {party.kind, other.kind} <= _DIVISIONS:
        return False
    if not party.kind and other.kind not in _GOVERNED:
        return False
    if party.country and other.country and party.country != other.country:
        return False
    distance = kilometres(party.latitude, party.longitude, other.latitude, other.longitude)
    return distance is None or distance <= PERHAPS_NEAR


def _is_misplaced(register: Register, party: told.Party) -> bool:
    """Whether it lies where no town of its country is near: “Moscow” of Idaho, set at the Moskva."""
    if party.latitude is None or party.longitude is None or not party.country:
        return False
    return not register.lies_in(party.country, party.latitude, party.longitude)


def _of_its_kind(register: Register, party: told.Party, sure: list[int]) -> list[int]:
    """Where a row tells no kind and a town and its county are both called so, the town."""
    towns = [pk for pk in sure if register.about[pk].kind == "municipality"]
    return towns if towns and not party.kind else sure


def _is_near(party: told.Party, other: About) -> bool:
    distance = kilometres(party.latitude, party.longitude, other.latitude, other.longitude)
    return distance is not None and distance <= SURELY_NEAR


def _is_another(register: Register, party: told.Party, pk: int) -> bool:
    """Whether the party has other identifiers of the same registers: a commune beside its town."""
    return any(
        register.identified_by(pk, scheme) not in (None, value) for scheme, value in party.identifiers.items()
    )


def are_one(one: told.Party, other: told.Party) -> bool:
    """Whether two parties of a row, neither of them known, are the same: then its tie is with itself."""
    if (one.key and one.key == other.key) or one.identifiers.items() & other.identifiers.items():
        return True
    about = About(other.kind, other.country, other.latitude, other.longitude)
    return compact(one.name) == compact(other.name) and _may_be(one, about)


def _doubt(party: told.Party, sure: Sequence[int]) -> str:
    if len(sure) > 1:
        return gettext_noop("several parties of this name lie near")
    if sure:
        return gettext_noop("a party of this name lies near and has another identifier")
    if party.latitude is None:
        if party.country:
            return gettext_noop("only the name and the country tell who is meant")
        return gettext_noop("only the name tells")
    return gettext_noop("a party of this name has no position, or lies 10 to 50 kilometres away")


def kilometres(
    latitude: float | None,
    longitude: float | None,
    other_latitude: float | None,
    other_longitude: float | None,
) -> float | None:
    """How far apart two positions in degrees are; exact enough for some tens of kilometres."""
    if latitude is None or longitude is None or other_latitude is None or other_longitude is None:
        return None
    east = (longitude - other_longitude + 180) % 360 - 180
    middle = math.radians((latitude + other_latitude) / 2)
    return _DEGREE * math.hypot(latitude - other_latitude, east * math.cos(middle))
