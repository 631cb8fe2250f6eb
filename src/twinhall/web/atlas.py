"""Records on the map: which places a page shows, and which ties between them."""

from collections.abc import Sequence

from twinhall.networks.models import Membership
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, Status
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
