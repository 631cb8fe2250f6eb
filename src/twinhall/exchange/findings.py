"""Findings: what waits outside the register until somebody on whose desk it lies decides."""

from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.evidence.models import Statement
from twinhall.evidence.queries import OPEN
from twinhall.exchange import rules
from twinhall.exchange.models.findings import Finding, FindingDecision
from twinhall.letters.actions import write_letter
from twinhall.letters.models import Kind
from twinhall.parties.precedence import sides_of

# Questions -------------------------------------------------------------------------------------------


class Fact(Protocol):
    """One field of one record, and for a text its language: a statement is on it, a finding about it."""

    @property
    def subject_type(self) -> str: ...
    @property
    def subject_id(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def language(self) -> str: ...


def words_on(fact: Fact) -> "QuerySet[Statement]":
    """What sources say of a fact, with what stands in the register first."""
    return (
        Statement.objects.filter(
            subject_type=fact.subject_type,
            subject_id=fact.subject_id,
            field=fact.field,
            language=fact.language,
            verdict__in=OPEN,
        )
        .select_related("source", "decided_by")
        .order_by("-in_force", "pk")
    )


def reportable() -> "QuerySet[Statement]":
    """The words that the public pages show, in which an error can be reported."""
    return Statement.objects.filter(verdict__in=OPEN).select_related("source")


def findings_of(user: User) -> "QuerySet[Finding]":
    """All findings on a person's desks, the open ones first, with the desks; three queries for any number."""
    found = Finding.objects.select_related("decided_by").prefetch_related("desks")
    return rules.decided_by(user, found).order_by(F("decided_at").desc(nulls_first=True), "-at", "-pk")


def waiting_for(user: User) -> "QuerySet[Finding]":
    """The findings that wait for a person to decide, newest first."""
    return findings_of(user).filter(decision=FindingDecision.OPEN).order_by("-at", "-pk")


# Deeds -----------------------------------------------------------------------------------------------


@transaction.atomic
def report(
    fact: Fact,
    *,
    told: str,
    page_language: str,
    should_read: str = "",
    evidence_url: str = "",
    email: str = "",
) -> Finding:
    """Lay what a reader says is wrong on the desks of those that speak for the record.

    The same words sent twice, as by a double click, wait once. Raises ValidationError.
    """
    finding = Finding(
        subject_type=fact.subject_type,
        subject_id=fact.subject_id,
        field=fact.field,
        language=fact.language,
        told=told,
        should_read=should_read,
        evidence_url=evidence_url,
        email=email,
        page_language=page_language,
    )
    known = _same(finding)
    if known is not None:
        return known
    finding.full_clean()
    finding.save()
    subject = fact.subject_type, fact.subject_id
    finding.desks.set(set().union(*sides_of([subject])[subject]))
    return finding


def _same(finding: Finding) -> Finding | None:
    alike = ("subject_type", "subject_id", "field", "language", "told", "should_read", "decision")
    return Finding.objects.filter(**{column: getattr(finding, column) for column in alike}).first()


LOGGED = {
    FindingDecision.TAKEN_UP: gettext_noop("report taken up"),
    FindingDecision.DISMISSED: gettext_noop("report dismissed"),
}


@transaction.atomic
def decide(finding: Finding, *, decision: FindingDecision, answer: str, by: User, about: str) -> None:
    """Take a report up or dismiss it, and answer who asked for an answer; their address is then erased.

    ``about`` is the fact in the reporter's language, for the letter. A report that is dismissed without
    an answer, as spam is, sends no letter. Raises ValidationError where it has been decided already.
    """
    if not Finding.objects.select_for_update().filter(pk=finding.pk, decision=FindingDecision.OPEN).exists():
        raise ValidationError(_("This finding has been decided already."))
    reporter, finding.email = finding.email, ""
    finding.decision, finding.answer = decision, answer.strip()
    finding.decided_by, finding.decided_at = by, timezone.now()
    finding.full_clean(exclude={"desks"})
    finding.save()
    log(LOGGED[decision], about, by=by, record=finding)
    if reporter and (finding.answer or decision == FindingDecision.TAKEN_UP):
        _write_to(reporter, finding, about, by=by)


def _write_to(reporter: str, finding: Finding, about: str, *, by: User) -> None:
    """Tell the reporter, in the language of their page. What they wrote is not sent: anybody may have."""
    with translation.override(finding.page_language):
        subject = _("Your report: %(about)s") % {"about": about}
        paragraphs = [
            _("You reported an error in Twinhall: %(about)s.") % {"about": about},
            _("Thank you. It has been taken up.")
            if finding.decision == FindingDecision.TAKEN_UP
            else _("It has been looked into. The register stays as it is."),
            finding.answer,
            _("Your e-mail address was kept for this answer only and is erased now."),
        ]
    body = "\n\n".join(filter(None, paragraphs)) + "\n"
    write_letter(
        key=f"finding-{finding.pk}/answer",
        kind=Kind.ANSWER,
        to=reporter,
        subject=subject,
        body=body,
        by=by,
        language=finding.page_language,
        duty=True,
        passing=True,
    )
