"""What other lists ask of networks: which can be chosen, and who is in one on a day."""

import datetime as dt

from django.db.models import Q

from twinhall.networks.models import Membership, MembershipStatus, Network
from twinhall.networks.queries import at
from twinhall.parties.models import Party


def network_parties() -> list[Party]:
    """The parties that are networks; one query, which begins with the networks and not with all parties."""
    return list(Party.objects.standing().filter(pk__in=Network.objects.order_by().values("party")))


def in_network(slug: str, day: dt.date) -> Q:
    """Parties that are members of the network of this address on the day."""
    members = at(Membership.objects.standing(), MembershipStatus.MEMBER, day)
    return Q(pk__in=members.filter(network__party__slug=slug).values("party"))
