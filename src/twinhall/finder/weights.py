"""How much is known to be tied to a record: of several that are called alike, the best known come first."""

from collections.abc import Collection, Mapping
from math import log2

from django.db.models import Count, Q

from twinhall.networks.models import Membership
from twinhall.partnerships.models import Signatory
from twinhall.projects.models import Participation

_STEP = 512
_PER_DOUBLING = 16
_MOST = 4_000_000  # so that a weight fits into four bytes


def weight(ties: int, population: int | None) -> int:
    """One number to sort by: first the ties, then the population (as a logarithm)."""
    size = int(_PER_DOUBLING * log2(1 + (population or 0)))
    return min(ties, _MOST) * _STEP + min(size, _STEP - 1)


def ties_in(weighed: int) -> int:
    """The ties that a weight was made of."""
    return weighed // _STEP


def ties_of_parties(pks: Collection[int] | None = None) -> Mapping[int, int]:
    """Partnerships on record by party, and of networks their members; of these parties, else of all."""
    signed = Signatory.objects.filter(partnership__withdrawn_at__isnull=True)
    members = Membership.objects.filter(withdrawn_at__isnull=True)
    if pks is not None:
        signed, members = signed.filter(party__in=pks), members.filter(network__party__in=pks)
    by_network = members.order_by().values_list("network__party").annotate(Count("pk"))
    return {**dict(signed.order_by().values_list("party").annotate(Count("pk"))), **dict(by_network)}


def partners_of_projects(pks: Collection[int] | None = None) -> Mapping[int, int]:
    """The number of partners by project; of these, else of all."""
    among = Q() if pks is None else Q(project__in=pks)
    return dict(Participation.objects.filter(among).order_by().values_list("project").annotate(Count("pk")))
