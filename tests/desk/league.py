"""A network that meets: its secretary, a meeting to come, members."""

import datetime as dt

import pytest

from tests.desk.conftest import Desk
from tests.factories.meetings import make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_officer
from twinhall.meetings.models import Meeting
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party, Role

NEXT = dt.date(2027, 3, 12)


@pytest.fixture
def league(db: None) -> Network:  # noqa: ARG001
    return make_network(party=make_network_party(name="League of Arches"))


@pytest.fixture
def mare(league: Network) -> Desk:
    """The secretary of the League."""
    return Desk(make_officer(league.party, role=Role.SECRETARY, name="Mare Mets"))


@pytest.fixture
def meeting(league: Network) -> Meeting:
    """A meeting of all members to come."""
    return make_meeting(organiser=league.party, slug="spring", starts_on=NEXT, ends_on=NEXT)


def join(network: Network, party: Party, category: str = "member") -> Membership:
    """Make a party a member since 2001."""
    membership = make_membership(network=network, party=party, category=category)
    make_membership_act(membership=membership, date="2001")
    return membership
