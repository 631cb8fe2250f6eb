"""Records on the map: which places a page shows, and which ties between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.urls import reverse

from twinhall.networks.models import Membership
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Status
from twinhall.web import say
from twinhall.web.maps import MapView, Place, draw
from twinhall.web.names import Names
from twinhall.web.rows import parties_of, party_href


def place(party: Party, names: Names) -> Place | None:
    """Where a party lies, if that is known."""
    if party.latitude is None or party.longitude is None:
        return None
    return Place(names.text(party), party.latitude, party.longitude, party_href(party))


def map_of_party(party: Party, partnerships: Sequence[Partnership], names: Names) -> MapView | None:
    """A party and the partners of its ties in force; none where no position is known."""
    in_force = [p for p in partnerships if p.status == Status.IN_FORCE]
    others = dict.fromkeys(other for other in parties_of(in_force) if other != party)
    places = [found for other in others if (found := place(other, names))]
    home = place(party, names)
    return draw(home, places) if home or places else None


def map_of_partnership(parties: Sequence[Party], names: Names) -> MapView | None:
    """The parties of one tie, the first as home."""
    places = [found for party in parties if (found := place(party, names))]
    return draw(places[0], places[1:]) if places else None


def map_of_members(members: Sequence[Membership], names: Names) -> MapView | None:
    """The members of a network, with ties between those that are a pair."""
    found = {m.party_id: here for m in members if (here := place(m.party, names))}
    index = {party: number for number, party in enumerate(found)}
    pairs = {m.pair_id: m.pair for m in members if m.pair}
    ends = [[index.get(s.party_id) for s in pair.signatories.all()] for pair in pairs.values()]
    ties = [(a, b) for a, b in (e for e in ends if len(e) == 2) if a is not None and b is not None]  # noqa: PLR2004
    return draw(None, list(found.values()), ties=ties) if found else None


# What MapLibre draws from ------------------------------------------------------------------------------

Row: TypeAlias = tuple[int, str, str, str, str, float | None, float | None]
"""A party for a map: primary key, address, name, its language, country, latitude, longitude."""

COLUMNS = ("pk", "slug", "name", "language", "country", "latitude", "longitude")
TOLD = ("name", "slug", "country", "east", "north", "ties")
"""What a map of many parties is told of each."""
FEW = 1000
"""Up to so many parties are asked for by their keys; of more, all are read."""


def rows_of(parties: "QuerySet[Party]") -> "Iterable[Row]":
    """The rows of parties, country by country in order of their addresses; one query."""
    return parties.order_by("country", "slug").values_list(*COLUMNS)


def counted_parties(counts: Mapping[int, int]) -> Iterator[Row]:
    """The rows of those that were counted, by primary key."""
    few = Q(pk__in=list(counts)) if len(counts) <= FEW else Q()
    return (row for row in rows_of(Party.objects.standing().filter(few)) if row[0] in counts)


def parties_by_ties(parties: Iterable[Row], counts: Mapping[int, int]) -> dict[str, object]:
    """Parties with their numbers of ties, as ``web/maps/parties.js`` reads them: column by column.

    ``east`` and ``north`` are thousandths of a degree. An address that follows from the name is left empty
    (``address_of``). ``missing``: how many have no known position. Columns compress better than rows.
    """
    listed, missing = [*parties], 0
    names = Names(Party(pk=row[0]) for row in listed) if len(listed) <= FEW else Names()
    rows: list[tuple[str, str, str, int, int, int]] = []
    for pk, slug, own, language, country, latitude, longitude in listed:
        if latitude is None or longitude is None:
            missing += 1
            continue
        name = names.chosen(pk, own or slug, language).text
        address = "" if address_of(name) == slug else slug
        place = round(longitude * 1000), round(latitude * 1000)
        rows.append((name, address, country, *place, counts.get(pk, 0)))
    columns = [*zip(*rows, strict=True)] or [()] * len(TOLD)
    countries = {code: say.country(code) for code in sorted({row[2] for row in rows}) if code}
    return {"countries": countries, "missing": missing, **dict(zip(TOLD, columns, strict=True))}


def address_of(name: str) -> str:
    """The address that most parties of this name have; ``web/maps/parties.js`` makes it in the same way."""
    return name.lower().replace(" ", "-")


def ties_of_party(party: Row, partners: Iterable[Row]) -> dict[str, object]:
    """A party and its partners, as ``web/maps/ties.js`` reads them; a position that is not known is none."""
    others = [*partners]
    names = Names(Party(pk=row[0]) for row in (party, *others))
    return {"party": _told(party, names), "ties": [_told(row, names) for row in others]}


def _told(row: Row, names: Names) -> dict[str, object]:
    pk, slug, own, language, country, latitude, longitude = row
    return {
        "name": names.chosen(pk, own or slug, language).text,
        "href": reverse("web:party", args=[slug]),
        "country": say.country(country) if country else "",
        "at": None if latitude is None or longitude is None else [longitude, latitude],
    }
