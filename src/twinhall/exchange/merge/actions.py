"""Deeds: merge two parties or two partnerships, and undo it."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.exchange.merge.journal import Journal, take_back
from twinhall.exchange.merge.parties import fold_party
from twinhall.exchange.merge.refusals import check_both, check_parties, check_partnerships, check_undo
from twinhall.exchange.merge.ties import fold_partnership
from twinhall.exchange.models.merges import Merge, MergeKind
from twinhall.finder.actions import index_records
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

R = TypeVar("R", Party, Partnership)


@transaction.atomic
def merge_parties(keep: Party, gone: Party, *, why: str, by: User) -> Merge:
    """Merge a party into another, and their ties of one kind and the same parties with them.

    Raises ValidationError where they are two.
    """
    kept, gone = _locked(keep, gone)
    check_both(kept, gone, why=why)
    check_parties(kept, gone)
    merge = _begun(MergeKind.PARTY, kept, gone, why=why, by=by)
    journal = Journal()
    fold_party(journal, gone, kept, why=merge.why)
    _keep(merge, journal)
    index_records([kept, gone])
    return merge


@transaction.atomic
def merge_partnerships(keep: Partnership, gone: Partnership, *, why: str, by: User) -> Merge:
    """Merge a partnership into another of the same parties. Raises ValidationError where they are two."""
    kept, gone = _locked(keep, gone)
    check_both(kept, gone, why=why)
    check_partnerships(kept, gone)
    merge = _begun(MergeKind.PARTNERSHIP, kept, gone, why=why, by=by)
    journal = Journal()
    fold_partnership(journal, gone, kept, why=merge.why)
    _keep(merge, journal)
    return merge


@transaction.atomic
def undo(merge: Merge, *, by: User) -> None:
    """Take a merge apart. What was said or added since stays with the record that was kept.

    Raises ValidationError where a later merge builds on it, or another record has taken a place meanwhile.
    """
    merge.refresh_from_db(from_queryset=Merge.objects.select_for_update())
    check_undo(merge)
    take_back(merge.moved, by=by)
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    log(gettext_noop("merge undone"), str(merge), by=by, record=merge, why=merge.why)
    if merge.kind == MergeKind.PARTY:
        index_records(Party.objects.filter(pk__in=[merge.kept_id, merge.gone_id]))


def _locked(keep: R, gone: R) -> tuple[R, R]:
    """Both records as the database holds them, for nobody else to change until this is done."""
    rows = type(keep)._base_manager.select_for_update().filter(pk__in=[keep.pk, gone.pk])
    found = {record.pk: record for record in rows.order_by("pk")}
    return found[keep.pk], found[gone.pk]


def _begun(kind: MergeKind, kept: R, gone: R, *, why: str, by: User) -> Merge:
    """A merge that is not kept yet, with the names that the records have before it."""
    merge = Merge(kind=kind, kept_id=kept.pk, gone_id=gone.pk, why=why.strip(), by=by)
    merge.kept_label, merge.gone_label = str(kept), str(gone)
    merge.full_clean(exclude=["moved"])
    return merge


def _keep(merge: Merge, journal: Journal) -> None:
    merge.moved = journal.moved
    merge.save()
    log(gettext_noop("records merged"), str(merge), by=merge.by, record=merge, why=merge.why)
