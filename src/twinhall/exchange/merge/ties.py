"""Partnerships and memberships that are one: what is said of one of them goes to the other."""

from twinhall.exchange.merge.acts import fold_acts
from twinhall.exchange.merge.journal import Journal
from twinhall.meetings.models import Decision
from twinhall.networks.models import Application, Membership, MembershipAct
from twinhall.partnerships.models import Act, Partnership


def fold_partnership(journal: Journal, gone: Partnership, kept: Partnership, *, why: str) -> None:
    """Merge a partnership into another of the same parties."""
    acts = Act.every.order_by("number")
    fold_acts(
        journal,
        list(acts.filter(partnership=gone)),
        list(acts.filter(partnership=kept)),
        tie=kept.pk,
        link="acts",
    )
    journal.pass_on(gone, kept)
    _continue(journal, gone, kept)
    journal.repoint(Membership.objects.filter(pair=gone), "pair", kept.pk)
    journal.repoint(Partnership.objects.filter(merged_into=gone), "merged_into", kept.pk)
    journal.withdraw(gone, why)
    journal.put(gone, "merged_into", kept.pk)


def _continue(journal: Journal, gone: Partnership, kept: Partnership) -> None:
    """What lives on from the gone one lives on from the kept one, and so does what the gone one came from."""
    journal.repoint(Partnership.objects.filter(continues=gone).exclude(pk=kept.pk), "continues", kept.pk)
    if kept.continues_id in (None, gone.pk):
        journal.put(kept, "continues", gone.continues_id if gone.continues_id != kept.pk else None)


def fold_membership(journal: Journal, gone: Membership, kept: Membership, *, why: str) -> None:
    """Bring what is said of a membership to the kept party's membership of the same network."""
    acts = MembershipAct.every.order_by("number")
    fold_acts(
        journal,
        list(acts.filter(membership=gone)),
        list(acts.filter(membership=kept)),
        tie=kept.pk,
        link="membership_acts",
    )
    journal.pass_on(gone, kept)
    journal.put(kept, "via", kept.via_id or gone.via_id)
    journal.put(kept, "pair", kept.pair_id or gone.pair_id)
    journal.repoint(Application.objects.filter(membership=gone), "membership", kept.pk)
    journal.repoint(Decision.objects.filter(membership=gone), "membership", kept.pk)
    journal.withdraw(gone, why)
