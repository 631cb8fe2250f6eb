"""Deeds on networks. Facts about them go in as statements."""

from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind, Network
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

NEEDS_MEMBERSHIP = frozenset(
    {
        MembershipActKind.LEFT,
        MembershipActKind.EXCLUDED,
        MembershipActKind.SUSPENDED,
        MembershipActKind.READMITTED,
    }
)
MAKES_MEMBER = frozenset({MembershipActKind.ADMITTED, MembershipActKind.ATTESTED})


def found_network(party: Party, *, by: User) -> Network:
    """Make the network of a party of kind association. Raises ValidationError for another kind."""
    if not party.is_association:
        raise ValidationError(_("A network is a party of kind association."))
    network = Network.objects.create(party=party)
    log("network founded", party.slug, by=by, record_id=party.pk)
    return network


@transaction.atomic
def open_membership(
    network: Network, party: Party, *, by: User, via: Party | None = None, pair: Partnership | None = None
) -> Membership:
    """Make a party's membership of a network. Raises ValidationError where there can be none."""
    membership = Membership(network=network, party=party, via=via, pair=pair)
    membership.full_clean()
    membership.save()
    log("membership opened", str(membership), by=by, record_id=membership.pk)
    return membership


@transaction.atomic
def add_membership_act(
    membership: Membership, *, kind: str, by: User, number: int | None = None
) -> MembershipAct:
    """Add an act after the others, or at a free number. Raises ValidationError where it cannot be."""
    earlier = list(membership.acts.values_list("number", "kind").order_by("number"))
    place = number or (earlier[-1][0] + 1 if earlier else 1)
    check_membership_acts([k for _, k in sorted([*earlier, (place, kind)], key=itemgetter(0))])
    act = MembershipAct(membership=membership, kind=kind, number=place)
    act.full_clean()
    act.save()
    log(f"act added: {kind}", str(membership), by=by, record_id=act.pk)
    return act


def check_membership_acts(kinds: list[str]) -> None:
    """Refuse acts that end or suspend a membership which never began; ``kinds`` are all, in their order."""
    member = False
    for kind in kinds:
        if kind in NEEDS_MEMBERSHIP and not member:
            raise ValidationError(
                _("The act “%(act)s” cannot come first: nothing has begun that it could apply to.")
                % {"act": MembershipActKind(kind).label}
            )
        member = member or kind in MAKES_MEMBER
