"""Which deeds are possible on a membership: it follows from its status on the day of the deed."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from twinhall.networks.models import Membership, MembershipActKind, MembershipStatus
from twinhall.networks.queries import as_of

NEEDS_MEMBERSHIP = frozenset(
    {
        MembershipActKind.LEFT,
        MembershipActKind.EXCLUDED,
        MembershipActKind.SUSPENDED,
        MembershipActKind.READMITTED,
    }
)
# What can be done with a membership, by its status. The member itself applies and leaves.
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


def open_deeds(membership: Membership, day: dt.date) -> list[MembershipActKind]:
    """What can be done with a membership as it stands on the day; nothing with one that was withdrawn."""
    status = as_of(Membership.objects.filter(pk=membership.pk), day).get().status
    return [] if membership.withdrawn_at else deeds_at(membership, status)


def deeds_at(membership: Membership, status: str) -> list[MembershipActKind]:
    """What can be done with a membership of this status; only who was a member before is readmitted.

    Its acts are read; for a list of memberships, prefetch them.
    """
    was_member = any(act.kind in MAKES_MEMBER for act in membership.acts.all())
    return [kind for kind in MEMBERSHIP_DEEDS[status] if was_member or kind != MembershipActKind.READMITTED]


def check_deed(membership: Membership, deed: str, day: dt.date) -> None:
    """Refuse what cannot be done with the membership as it stands on the day. Raises ValidationError."""
    if membership.withdrawn_at is not None:
        raise ValidationError(_("This record was withdrawn."))
    status = as_of(Membership.objects.filter(pk=membership.pk), day).get().status
    if deed not in deeds_at(membership, status):
        said = _("The membership is “%(status)s” on %(day)s: the act “%(act)s” is not possible then.")
        words = {
            "status": MembershipStatus(status).label,
            "day": day.isoformat(),
            "act": MembershipActKind(deed).label,
        }
        raise ValidationError(said % words)
