import datetime as dt

import pytest

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_party
from twinhall.networks.models import MembershipActKind
from twinhall.networks.narrowing import in_network, network_parties
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

GONE = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def test_members_of_a_network_are_those_of_the_day() -> None:
    league, other = (make_network(name=name) for name in ("League", "Other"))
    ada, bea, cia = (make_party(name=name) for name in ("Ada", "Bea", "Cia"))
    left = make_membership(network=league, party=ada)
    make_membership_act(membership=left, date="1990")
    make_membership_act(membership=left, kind=MembershipActKind.LEFT, date="2010")
    make_membership_act(membership=make_membership(network=league, party=bea), date="2000")
    make_membership_act(membership=make_membership(network=other, party=cia), date="1990")
    make_membership_act(
        membership=make_membership(network=league, party=cia, withdrawn_at=GONE, withdrawn_why="an error"),
        date="1990",
    )

    def members(year: int) -> set[str]:
        asked = in_network(league.party.slug, dt.date(year, 6, 1))
        return set(Party.objects.filter(asked).values_list("name", flat=True))

    assert (members(1989), members(1995), members(2005), members(2020)) == (
        set(),
        {"Ada"},
        {"Ada", "Bea"},
        {"Bea"},
    )


def test_networks_that_were_withdrawn_cannot_be_chosen() -> None:
    league = make_network(name="League")
    gone = make_network_party(name="Gone")
    make_network(party=gone)
    Party.objects.filter(pk=gone.pk).update(withdrawn_at=GONE, withdrawn_why="entered twice")
    make_party(name="Valga")

    assert network_parties() == [league.party]
