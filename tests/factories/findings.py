"""Findings that wait outside the register, as rows."""

from collections.abc import Sequence

from django.utils import timezone

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
from twinhall.exchange.models import Finding
from twinhall.exchange.models.findings import FindingDecision
from twinhall.parties.models import Party


def make_finding(
    *,
    about: Party,
    field: str = "population",
    told: str = "It has fewer people.",
    should_read: str = "",
    evidence_url: str = "",
    email: str = "",
    page_language: str = "en",
    desks: Sequence[Party] | None = None,
    decision: str = FindingDecision.OPEN,
    by: User | None = None,
    answer: str = "",
) -> Finding:
    """A report of an error in a fact of a party; on the party's own desk where no desks are named."""
    is_open = decision == FindingDecision.OPEN
    finding = Finding.objects.create(
        subject_type="parties.party",
        subject_id=about.pk,
        field=field,
        told=told,
        should_read=should_read,
        evidence_url=evidence_url,
        email=email,
        page_language=page_language,
        decision=decision,
        decided_by=None if is_open else by or make_user(),
        decided_at=None if is_open else timezone.now(),
        answer=answer,
    )
    finding.desks.set([about] if desks is None else desks)
    return finding
