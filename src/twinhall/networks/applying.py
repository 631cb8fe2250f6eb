"""Deeds on applications: received, asked for what is missing, found complete, laid aside."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log, system_actor
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.documents.actions import keep_document
from twinhall.documents.inspecting import Inspected
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.letters.actions import write_letter
from twinhall.letters.models import Kind
from twinhall.networks.actions import add_membership_act, open_membership
from twinhall.networks.models import (
    Application,
    Enclosure,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    Outcome,
    Requirement,
)
from twinhall.parties.actions import ORIGIN, document_source, file_document, own_source, state
from twinhall.parties.models import Party

KEPT = dt.timedelta(days=180)
"""So long after the decision it is still known who wrote an application, for questions and complaints."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file that comes with an application; ``requirement`` is what it was asked for as, if it was."""

    upload: Inspected
    title: str
    requirement: Requirement | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an application says: which town, why, and who writes, in the language they write in."""

    town: str
    country: str = ""
    why: str = ""
    name: str
    office: str
    email: str
    language: str


def applicants() -> User:
    """Whoever applies without an account, as the log and the files name them."""
    return system_actor("applicants", gettext_noop("somebody who applies without an account"))


@transaction.atomic
def receive_application(
    network: Network, told: Told, *, papers: Sequence[Paper] = (), by: User | None = None
) -> Application:
    """Lay an application on the desk of the network's secretary, and say to its writer that it came.

    Without ``by`` it comes from a stranger, who agreed that it is kept. One that waits already, of the same
    town by the same writer, is given back: a double click applies once. Raises ValidationError.
    """
    same = Application.objects.filter(
        network=network, town=told.town, country=told.country, email=told.email, decided_at__isnull=True
    ).first()
    if same is not None:
        return same
    application = Application(
        network=network, by=by, consented_at=None if by else timezone.now(), **vars(told)
    )
    application.full_clean()
    application.save()
    for paper in papers:
        enclose(application, paper, by=by or applicants())
    log(gettext_noop("application received"), str(application), by=by or applicants(), record=application)
    _write(application, "received", _acknowledgement(application), by=by or applicants())
    return application


@transaction.atomic
def enclose(application: Application, paper: Paper, *, by: User) -> Enclosure:
    """Keep a file with an application; the network's people see it, nobody else. Raises ValidationError."""
    document = keep_document(upload=paper.upload, title=paper.title, by=by)
    file_document(document, party=application.network.party)
    return Enclosure.objects.create(application=application, requirement=paper.requirement, document=document)


@transaction.atomic
def note_enclosure(application: Application, requirement: Requirement, *, note: str, by: User) -> Enclosure:
    """Note that a paper came another way: by post, by e-mail. Raises ValidationError without the note."""
    _check_open(application)
    enclosure = Enclosure(application=application, requirement=requirement, note=note.strip())
    enclosure.full_clean()
    enclosure.save()
    log(gettext_noop("paper noted"), str(enclosure), by=by, record=application)
    return enclosure


@transaction.atomic
def ask_for_missing(application: Application, *, missing: str, by: User) -> None:
    """Write to the applicant what is missing. Raises ValidationError where it is complete, or nobody can be
    written to.
    """
    _check_open(application)
    if not application.email:
        raise ValidationError(_("There is no e-mail address to write to."))
    application.missing, application.asked_at = missing.strip(), timezone.now()
    application.full_clean()
    application.save()
    log(gettext_noop("asked for what is missing"), str(application), by=by, record=application)
    with translation.override(application.language):
        body = [
            _("%(network)s has your application for %(town)s. This is still missing:") % _names(application),
            application.missing,
            _("Please answer this letter, or send what is missing to the secretariat."),
        ]
    _write(application, f"missing/{int(application.asked_at.timestamp())}", body, by=by)


@transaction.atomic
def complete_application(application: Application, *, party: Party, by: User) -> Membership:
    """Find an application complete: the party's membership gets the act “applied”, with its source.

    The source is the first paper that came as a file; where none did, the network's own word. Raises
    ValidationError where the party is a member already, or the application is no longer open.
    """
    _check_open(application)
    membership = Membership.objects.standing().filter(network=application.network, party=party).first()
    if membership is None:
        membership = open_membership(application.network, party, by=by)
    elif membership.applications.filter(decided_at__isnull=True).exists():
        raise ValidationError(_("An application of this party waits for its decision already."))
    day = PartialDate.parse(str(timezone.localtime(application.received_at).date()))
    act = add_membership_act(membership, kind=MembershipActKind.APPLIED, date=day, by=by)
    document = Document.objects.filter(enclosure__application=application).order_by("pk").first()
    source = _source(application, document)
    _state_applied(membership, act, day, source, by=by)
    if document is not None:
        act.documents.add(document)
    application.party, application.membership = party, membership
    application.completed_at, application.missing, application.asked_at = timezone.now(), "", None
    application.full_clean()
    application.save()
    log(gettext_noop("application complete"), str(application), by=by, record=application)
    return membership


def _state_applied(
    membership: Membership, act: MembershipAct, day: PartialDate, source: Source, *, by: User
) -> None:
    state(
        [
            Proposal(subject=membership, field=EXISTS, stated="yes", source=source, origin=ORIGIN),
            Proposal(subject=act, field=EXISTS, stated="yes", source=source, origin=ORIGIN),
            Proposal(subject=act, field="date", stated=day, source=source, origin=ORIGIN),
        ],
        by=by,
    )


def _source(application: Application, document: Document | None) -> Source:
    today = timezone.localdate()
    return (
        document_source(document, day=today) if document else own_source(application.network.party, day=today)
    )


@transaction.atomic
def lay_aside(application: Application, *, why: str, by: User) -> None:
    """Close an application that comes to nothing, with the reason: withdrawn, sent twice, no town at all.

    Raises ValidationError where it has been found complete, so that a decision is due.
    """
    _check_open(application)
    if not why.strip():
        raise ValidationError({"why": _("Say why it is laid aside.")})
    application.decided_at, application.outcome = timezone.now(), Outcome.LAID_ASIDE
    application.save(update_fields=["decided_at", "outcome"])
    deed = gettext_noop("application laid aside")
    log(deed, str(application), by=by, record=application, why=why.strip())


@transaction.atomic
def add_requirement(network: Network, *, name: str, language: str, is_needed: bool, by: User) -> Requirement:
    """Ask for a paper of whoever applies; it comes last in the list. Raises ValidationError."""
    last = network.requirements.order_by("-number").first()
    number = last.number + 1 if last else 1
    requirement = Requirement(network=network, number=number, name={language: name}, is_needed=is_needed)
    requirement.full_clean()
    requirement.save()
    log(gettext_noop("paper asked for"), f"{network}: {name}", by=by, record=network)
    return requirement


@transaction.atomic
def drop_requirement(requirement: Requirement, *, by: User) -> None:
    """Ask for a paper no more. Raises ProtectedError where it has come with an application."""
    log(gettext_noop("paper asked for no more"), str(requirement), by=by, record=requirement.network)
    requirement.delete()


def _check_open(application: Application) -> None:
    if not application.is_open:
        raise ValidationError(_("This application is no longer open."))


def _names(application: Application) -> dict[str, str]:
    return {"network": str(application.network), "town": application.town}


def _acknowledgement(application: Application) -> list[str]:
    with translation.override(application.language):
        return [
            _("%(network)s has received your application for %(town)s.") % _names(application),
            _("The secretariat looks whether anything is missing and writes to you."),
            _("When it is complete, the network decides."),
            _(
                "Your name, office and e-mail address are kept for this application only. They are erased "
                "%(days)s days after the decision."
            )
            % {"days": KEPT.days},
        ]


def _write(application: Application, what: str, paragraphs: Sequence[str], *, by: User) -> None:
    """Write to the applicant, in the language of the application; nothing where there is no address."""
    if not application.email:
        return
    with translation.override(application.language):
        subject = _("Your application to %(network)s") % _names(application)
    write_letter(
        key=f"application-{application.pk}/{what}",
        kind=Kind.ANSWER,
        to=application.email,
        subject=subject,
        body="\n\n".join(paragraphs) + "\n",
        by=by,
        language=application.language,
        duty=True,
        passing=True,
    )
