"""Deeds on applications: received, asked for what is missing, found complete, laid aside."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log, system_actor
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.core.locking import hold
from twinhall.documents.actions import keep_document
from twinhall.documents.inspecting import Inspected
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.actions import open_membership, take_deed
from twinhall.networks.answering import acknowledge, acknowledge_more, write_what_is_missing
from twinhall.networks.models import (
    Application,
    Enclosure,
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipStatus,
    Network,
    Outcome,
    Requirement,
)
from twinhall.networks.queries import at
from twinhall.networks.waiting import lacking_papers
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

    @property
    def key(self) -> tuple[int | None, str]:
        """By which one that came already is known again: as what it came, and its SHA-256."""
        sha256 = hashlib.sha256(self.upload.content).hexdigest()
        return self.requirement.pk if self.requirement else None, sha256


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
    town by the same writer, is given back, with what it lacks of the papers and reasons of this one: a
    double click applies once. Raises ValidationError.
    """
    hold(network)  # two clicks come one after the other
    who = by or applicants()
    writer = {"email": told.email} if told.email else {"email": "", "name": told.name}
    waiting = Application.objects.select_for_update(no_key=True).filter(
        network=network, town=told.town, country=told.country, decided_at__isnull=True, **writer
    )
    same = waiting.first()
    if same is not None:
        _add(same, told, papers, by=who)
        return same
    application = Application(
        network=network, by=by, consented_at=None if by else timezone.now(), **vars(told)
    )
    application.full_clean()
    application.save()
    for paper in papers:
        enclose(application, paper, by=who)
    log(gettext_noop("application received"), str(application), by=who, record=application)
    acknowledge(application, kept=KEPT, by=who)
    return application


def _add(application: Application, told: Told, papers: Sequence[Paper], *, by: User) -> None:
    """Add to an application what another of the same writer brings; nothing where it brings nothing new."""
    known = set(application.enclosures.values_list("requirement", "document__sha256"))
    new = [paper for paper in papers if paper.key not in known]
    is_why_new = told.why not in application.why
    if not new and not is_why_new:
        return
    for paper in new:
        enclose(application, paper, by=by)
    if is_why_new:
        application.why = "\n\n".join(filter(None, [application.why, told.why]))
    application.added_at = timezone.now()
    application.save(update_fields=["why", "added_at"])
    log(gettext_noop("application added to"), str(application), by=by, record=application)
    acknowledge_more(application, at=application.added_at, by=by)


@transaction.atomic
def enclose(application: Application, paper: Paper, *, by: User) -> Enclosure:
    """Keep a file with an application; who speaks for the network sees it, nobody else.

    Raises ValidationError where the application was decided on.
    """
    hold(application)
    if application.decided_at:
        raise ValidationError(_("This application is no longer open."))
    document = keep_document(upload=paper.upload, title=paper.title, by=by)
    file_document(document, party=application.network.party, is_close=True)
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
    application.save(update_fields=["missing", "asked_at"])
    log(gettext_noop("asked for what is missing"), str(application), by=by, record=application)
    write_what_is_missing(application, at=application.asked_at, by=by)


@transaction.atomic
def complete_application(
    application: Application, *, party: Party, by: User, all_the_same: bool = False
) -> Membership:
    """Find an application complete: the party's membership gets the act “applied”, with its source.

    The source is the first paper that came as a file; where none did, the network's own word. Raises
    ValidationError where the party is a member already, the application is no longer open, or a paper is
    missing that is needed; ``all_the_same`` it is complete, and the log says without what.
    """
    _check_open(application)
    lacking = lacking_papers(application)
    if lacking and not all_the_same:
        said = _("Still missing: %(papers)s. Ask for it, or say that it is complete all the same.")
        raise ValidationError({"all_the_same": said % {"papers": ", ".join(lacking)}})
    membership = _membership(application.network, party, by=by)
    act = _applied(membership, application, by=by)
    document = Document.objects.filter(enclosure__application=application).order_by("pk").first()
    _state_applied(membership, act, application, _source(application, document), by=by)
    if document is not None:
        act.documents.add(document)
    application.party, application.membership = party, membership
    application.completed_at, application.missing, application.asked_at = timezone.now(), "", None
    application.full_clean()
    application.save()
    deed = gettext_noop("application complete")
    if lacking:
        deed = gettext_noop("application complete without these papers")
    log(deed, str(application), by=by, record=application, why=", ".join(lacking))
    return membership


def _membership(network: Network, party: Party, *, by: User) -> Membership:
    """The one that the party has in the network, in whatever standing; else a new one."""
    membership = Membership.objects.standing().filter(network=network, party=party).first()
    if membership is None:
        return open_membership(network, party, by=by)
    hold(membership)
    if membership.applications.filter(decided_at__isnull=True).exists():
        raise ValidationError(_("An application of this party waits for its decision already."))
    return membership


def _applied(membership: Membership, application: Application, *, by: User) -> MembershipAct:
    """The act of applying, as of the day on which the application came, its date not stated yet.

    A party that has applied by itself here has that act already.
    """
    today = timezone.localdate()
    if at(Membership.objects.filter(pk=membership.pk), MembershipStatus.APPLICANT, today).exists():
        return membership.acts.filter(kind=MembershipActKind.APPLIED).latest("number")
    day = _day(application)
    return take_deed(membership, kind=MembershipActKind.APPLIED, date=day, by=by)


def _day(application: Application) -> PartialDate:
    return PartialDate.parse(str(timezone.localtime(application.received_at).date()))


def _state_applied(
    membership: Membership, act: MembershipAct, application: Application, source: Source, *, by: User
) -> None:
    told: list[tuple[Membership | MembershipAct, str, object]] = [
        (membership, EXISTS, "yes"),
        (act, EXISTS, "yes"),
    ]
    if act.date is None:
        told.append((act, "date", _day(application)))
    state(
        [
            Proposal(subject=subject, field=field, stated=value, source=source, origin=ORIGIN)
            for subject, field, value in told
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


def _check_open(application: Application) -> None:
    """Hold an application, and refuse what is for those alone that are still looked through."""
    hold(application)
    if not application.is_open:
        raise ValidationError(_("This application is no longer open."))
