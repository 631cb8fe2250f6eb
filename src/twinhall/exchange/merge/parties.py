"""Parties that are one: all that belongs to one of them goes to the other."""

from collections.abc import Sequence

from django.db.models import Model

from twinhall.exchange.merge.journal import Journal
from twinhall.exchange.merge.ties import fold_membership, fold_partnership
from twinhall.exchange.models.findings import Finding
from twinhall.exchange.models.readings import Reading
from twinhall.meetings.models import (
    Attendance,
    Commitment,
    Cost,
    Gift,
    Invitee,
    Meeting,
    MeetingLetter,
    Registration,
    RollVote,
)
from twinhall.networks.models import Application, Membership, Post
from twinhall.parties.models import (
    Affiliation,
    Contact,
    Filing,
    Identifier,
    Invitation,
    Mailing,
    Name,
    Party,
    Publication,
    Succession,
)
from twinhall.partnerships.actions import parties_key
from twinhall.partnerships.models import Act, Partnership, Signatory
from twinhall.projects.models import Participation

POINTING: Sequence[tuple[type[Model], str]] = (
    (Publication, "publisher"),  # first: whose word comes first depends on it
    (Affiliation, "party"),
    (Invitation, "party"),
    (Filing, "party"),
    (Mailing, "party"),
    (Identifier, "party"),
    (Contact, "party"),
    (Post, "party"),
    (Participation, "party"),
    (Act, "party"),
    (Membership, "via"),
    (Reading, "party"),
    (Reading, "about"),
    (Application, "party"),
    (Meeting, "organiser"),
    (Meeting, "host"),
    (Invitee, "party"),
    (MeetingLetter, "party"),
    (Registration, "party"),
    (Attendance, "party"),
    (RollVote, "party"),
    (Commitment, "party"),
    (Gift, "giver"),
    (Gift, "receiver"),
    (Cost, "payer"),
    (Party, "merged_into"),
)
"""What points to a party and just goes along; names, successions, memberships and ties are looked at."""


def fold_party(journal: Journal, gone: Party, kept: Party, *, why: str) -> None:
    """Merge a party into another. What the kept one has already stays with the gone one."""
    for model, column in POINTING:
        journal.repoint(model._base_manager.filter(**{column: gone}), column, kept.pk)
    journal.relink(Finding.objects.all(), "desks", gone.pk, kept.pk)
    _names(journal, gone, kept)
    _successions(journal, gone, kept, why=why)
    _memberships(journal, gone, kept, why=why)
    _partnerships(journal, gone, kept, why=why)
    journal.pass_on(gone, kept)
    _call_by_both_names(journal, gone, kept)
    journal.withdraw(gone, why)
    journal.put(gone, "merged_into", kept.pk)


def _names(journal: Journal, gone: Party, kept: Party) -> None:
    for name in Name.every.filter(party=gone):
        twin = Name.objects.filter(party=kept, text=name.text, language=name.language, kind=name.kind).first()
        if twin is not None and name.withdrawn_at is None:
            journal.pass_on(name, twin)
        else:
            journal.offer(name, "party", kept.pk)


def _successions(journal: Journal, gone: Party, kept: Party, *, why: str) -> None:
    for column, other in (("predecessor", "successor"), ("successor", "predecessor")):
        for succession in Succession.objects.filter(**{column: gone}):
            same = Succession.objects.standing().filter(**{column: kept, other: getattr(succession, other)})
            twin = same.first() if succession.withdrawn_at is None else None
            if twin is None:
                journal.offer(succession, column, kept.pk)
            else:
                journal.pass_on(succession, twin)
                journal.withdraw(succession, why)


def _memberships(journal: Journal, gone: Party, kept: Party, *, why: str) -> None:
    for membership in Membership.objects.filter(party=gone):
        same = Membership.objects.standing().filter(network=membership.network_id, party=kept)
        twin = same.first() if membership.withdrawn_at is None else None
        if twin is None:
            journal.offer(membership, "party", kept.pk)
        else:
            fold_membership(journal, membership, twin, why=why)


def _partnerships(journal: Journal, gone: Party, kept: Party, *, why: str) -> None:
    for signature in Signatory.objects.filter(party=gone).order_by("pk"):
        partnership = Partnership.objects.get(pk=signature.partnership_id)
        others = Party.objects.filter(signatures__partnership=partnership).exclude(pk=gone.pk)
        key = parties_key([kept, *others])
        same = Partnership.objects.standing().filter(kind=partnership.kind, parties_key=key)
        twin = same.first() if partnership.withdrawn_at is None else None
        if twin is not None:
            fold_partnership(journal, partnership, twin, why=why)
        elif journal.offer(signature, "party", kept.pk):
            journal.put(partnership, "parties_key", key)


def _call_by_both_names(journal: Journal, gone: Party, kept: Party) -> None:
    """Both records as they were: whichever name is not the one that stands, the party is also known as."""
    standing = Party.objects.get(pk=kept.pk).name
    if standing == gone.name != kept.name:
        journal.put(kept, "language", gone.language)
    for party in (kept, gone):
        if party.name not in ("", standing):
            journal.call(kept, party.name, party.language)
