"""Deeds on networks. Facts about them go in as statements."""

from collections.abc import Mapping
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.acts import make_room
from twinhall.core.dates import PartialDate
from twinhall.networks.models import (
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipStatus,
    Network,
)
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
# What can be done with a membership, by its status today. The member itself applies and leaves.
MEMBERSHIP_DEEDS: Mapping[str, tuple[MembershipActKind, ...]] = {
    MembershipStatus.UNKNOWN: (
        MembershipActKind.APPLIED,
        MembershipActKind.ADMITTED,
        MembershipActKind.NOT_YET,
    ),
    MembershipStatus.APPLICANT: (
        MembershipActKind.ADMITTED,
        MembershipActKind.NOT_YET,
        MembershipActKind.REFUSED,
    ),
    MembershipStatus.COOPERATING: (MembershipActKind.APPLIED, MembershipActKind.ADMITTED),
    MembershipStatus.MEMBER: (
        MembershipActKind.SUSPENDED,
        MembershipActKind.LEFT,
        MembershipActKind.EXCLUDED,
    ),
    MembershipStatus.SUSPENDED: (
        MembershipActKind.READMITTED,
        MembershipActKind.LEFT,
        MembershipActKind.EXCLUDED,
    ),
    MembershipStatus.FORMER: (
        MembershipActKind.APPLIED,
        MembershipActKind.ADMITTED,
        MembershipActKind.READMITTED,
    ),
}
MEMBERS_OWN_DEEDS = frozenset({MembershipActKind.APPLIED, MembershipActKind.LEFT})
MAKES_MEMBER = frozenset({MembershipActKind.ADMITTED, MembershipActKind.ATTESTED})


def found_network(party: Party, *, by: User) -> Network:
    """Make the network of a party of kind association. Raises ValidationError for another kind."""
    if not party.is_association:
        raise ValidationError(_("A network is a party of kind association."))
    network = Network.objects.create(party=party)
    log(gettext_noop("network founded"), party.slug, by=by, record=network)
    return network


@transaction.atomic
def open_membership(
    network: Network, party: Party, *, by: User, via: Party | None = None, pair: Partnership | None = None
) -> Membership:
    """Make a party's membership of a network. Raises ValidationError where there can be none."""
    membership = Membership(network=network, party=party, via=via, pair=pair)
    membership.full_clean()
    membership.save()
    log(gettext_noop("membership opened"), str(membership), by=by, record=membership)
    return membership


@transaction.atomic
def add_membership_act(
    membership: Membership,
    *,
    kind: str,
    by: User,
    number: int | None = None,
    date: PartialDate | None = None,
) -> MembershipAct:
    """Add an act after the others, at a free number, or where its date puts it.

    The date itself goes in as a statement. Raises ValidationError where the act cannot be.
    """
    if number and MembershipAct.every.filter(membership=membership, number=number).exists():
        raise ValidationError(_("This tie has an act with this number already."))
    place = number or make_room(MembershipAct.every.filter(membership=membership), date)
    earlier = list(membership.acts.values_list("number", "kind"))
    check_membership_acts([k for _, k in sorted([*earlier, (place, kind)], key=itemgetter(0))])
    act = MembershipAct(membership=membership, kind=kind, number=place)
    act.full_clean()
    act.save()
    log(gettext_noop("act added"), str(act), by=by, record=act)
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
