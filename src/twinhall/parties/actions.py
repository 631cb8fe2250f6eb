"""Deeds on parties and the people who act for them, and what a party states itself."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.records import Withdrawable
from twinhall.core.text import free_slug, slug
from twinhall.documents.actions import publish, unpublish
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal, accept, propose, reject, weigh
from twinhall.evidence.models import Source, SourceKind, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.evidence.values import normalise
from twinhall.letters.models import Letter
from twinhall.parties import precedence, rules
from twinhall.parties.models import (
    Affiliation,
    Filing,
    Identifier,
    Invitation,
    Mailing,
    Name,
    Party,
    Publication,
    Succession,
)
from twinhall.parties.publishing import credit, plain, spellings

INVITATION_VALID = dt.timedelta(days=14)
ORIGIN = "desk"


# Sources ---------------------------------------------------------------------------------------------


def own_source(party: Party, *, day: dt.date) -> Source:
    """What a party itself states here on a day, as a source; one for each party and day."""
    source, new = Source.objects.get_or_create(
        key=f"own-{party.pk}-{day}",
        defaults={
            "kind": SourceKind.OWN_STATEMENT,
            "title": "Own statement",
            "dated": str(day),
            "read_on": day,
        },
    )
    if new:
        Publication.objects.create(source=source, publisher=party)
    return source


def page_source(
    *, url: str, title: str, language: str, publisher: Party | None, day: dt.date, is_own: bool = True
) -> Source:
    """A page that a person read, as a source: the one with this address, else a new one.

    Of a page that is nobody's yet the publisher is noted; ``is_own``: the person speaks for them. Raises
    ValidationError for what is no address, and where the page may not be the publisher's.
    """
    source = known_page(url) or _new_page(url, title, language, day)
    if publisher is not None and not Publication.objects.filter(source=source).exists():
        credit(source, publisher, is_own=is_own)
    return source


def known_page(*urls: str) -> Source | None:
    """The page that the register knows by one of these addresses, the first of them first."""
    for url in urls:
        spelt = Source.objects.filter(url__in=spellings(url), kind=SourceKind.PAGE)
        if known := spelt.order_by("pk").first():
            return known
    return None


def _new_page(url: str, title: str, language: str, day: dt.date) -> Source:
    kept = plain(url)
    key = f"page-{hashlib.sha256(kept.encode()).hexdigest()[:24]}"
    source = Source(key=key, kind=SourceKind.PAGE, title=title or kept[:300], url=kept, language=language)
    source.read_on = day
    source.full_clean()
    source.save()
    return source


def document_source(document: Document, *, day: dt.date) -> Source:
    """A signed document as a source; one for each document."""
    source, new = Source.objects.get_or_create(
        document=document,
        defaults={
            "key": f"document-{document.pk}",
            "kind": SourceKind.SIGNED_DOCUMENT,
            "title": document.title,
            "language": document.language,
            "read_on": day,
        },
    )
    if new and hasattr(document, "filing"):
        Publication.objects.create(source=source, publisher=document.filing.party)
    return source


def file_document(document: Document, *, party: Party, is_close: bool = False) -> Filing:
    """Note whose file a document is; one that ``is_close`` only those who speak for the party read."""
    return Filing.objects.create(document=document, party=party, is_close=is_close)


def mail_for(party: Party, letter: Letter) -> Mailing:
    """Note for whom a letter is written, so that all who speak for the party see what became of it."""
    return Mailing.objects.get_or_create(letter=letter, defaults={"party": party})[0]


@transaction.atomic
def set_public(document: Document, *, public: bool, by: User) -> None:
    """Publish a document or make it private; what rests on it is weighed anew, as all can see it or not."""
    (publish if public else unpublish)(document, by=by)
    weigh(Statement.objects.filter(source__document=document), rank=precedence.rank)


# Stating ---------------------------------------------------------------------------------------------


@transaction.atomic
def state(proposals: Iterable[Proposal], *, by: User) -> list[Statement]:
    """Keep what a person states at the desk; what they may accept is accepted, the rest waits.

    A party's later word on a field replaces what it stated here before. Raises RefusedError with every
    value that its column does not take.
    """
    statements = propose(proposals)
    decided = [w.statement for w in rules.words(statements) if rules.may(by, "parties.accept_word", w)]
    accept_words(decided, by=by)
    return statements


def accept_words(statements: Sequence[Statement], *, by: User, why: str = "") -> None:
    """Accept what was proposed; a party's word takes the place of what it stated here before."""
    accept(statements, by=by, rank=precedence.rank, why=why, replacing=_earlier_words(statements))


def _earlier_words(statements: Sequence[Statement]) -> list[Statement]:
    """What the same parties stated here before on the same fields."""
    new = {s.pk for s in statements}
    earlier: list[Statement] = []
    for statement in statements:
        if statement.is_member or statement.source.kind != SourceKind.OWN_STATEMENT:
            continue
        earlier += Statement.objects.filter(
            subject_type=statement.subject_type,
            subject_id=statement.subject_id,
            field=statement.field,
            language=statement.language,
            verdict__in=(Verdict.ACCEPTED, Verdict.PROPOSED),
            source__kind=SourceKind.OWN_STATEMENT,
            source__publication__publisher=statement.source.publication.publisher,
        ).exclude(pk__in=new)
    return earlier


@transaction.atomic
def retract(record: models.Model, field: str, value: object, *, by: User, why: str = "") -> None:
    """Take a value away: reject every word that states it, but for the other side's own: ValidationError."""
    column_text = normalise(type(record), field, value)
    stated = Statement.objects.filter(
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        field=field,
        value=column_text,
        verdict=Verdict.ACCEPTED,
    ).select_related("source")
    found = list(stated)
    _refuse_the_others(found, field, by=by)
    reject(found, by=by, rank=precedence.rank, why=why)


def _refuse_the_others(statements: Sequence[Statement], field: str, *, by: User) -> None:
    """Refuse to take away what another side says itself."""
    if not all(rules.may(by, "parties.reject_word", word) for word in rules.words(statements)):
        message = _("This is the other side’s own word; you can state your own beside it.")
        raise ValidationError({field: message})


# Parties ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PartyDraft:
    """A party to be added; ``facts`` are its sourced fields by name, ``english`` the name for its address."""

    kind: str
    name: str
    language: str = ""
    english: str = ""
    facts: Mapping[str, object]
    names: Sequence[tuple[str, str, str]] = ()
    """Other names: text, language, kind."""
    identifiers: Mapping[str, str]


@transaction.atomic
def add_party(draft: PartyDraft, *, source: Source, by: User) -> Party:
    """Make a party with what a source says of it. Raises ValidationError or RefusedError."""
    country = str(draft.facts.get("country") or "")
    party = Party(kind=draft.kind, language=draft.language, slug=_free_address(draft, country))
    party.full_clean()
    party.save()
    for scheme, value in draft.identifiers.items():
        identifier = Identifier(party=party, scheme=scheme, value=value)
        identifier.full_clean()
        identifier.save()
    stated = {"name": draft.name, **{f: v for f, v in draft.facts.items() if v not in (None, "")}}
    proposals = [
        Proposal(subject=party, field=field, stated=value, source=source, origin=ORIGIN)
        for field, value in stated.items()
    ]
    accept(propose(proposals), by=by, rank=precedence.rank)
    for text, language, kind in draft.names:
        add_name(party, text=text, language=language, kind=kind, source=source, by=by)
    log(gettext_noop("party added"), draft.name, by=by, record=party)
    party.refresh_from_db()
    return party


def _free_address(draft: PartyDraft, country: str) -> str:
    wanted = slug(draft.english or draft.name) or "party"
    return free_slug(wanted, country, taken=lambda address: Party.objects.filter(slug=address).exists())


@transaction.atomic
def add_name(party: Party, *, text: str, language: str, kind: str, source: Source, by: User) -> Name:
    """Add another spelling of a party's name. Raises ValidationError where it cannot be."""
    name = Name(party=party, text=text.strip(), language=language, kind=kind)
    name.full_clean()
    if Name.every.filter(party=party, text=name.text, language=language, kind=kind).exists():  # taken back
        raise ValidationError(_("The party has this name already."))
    name.save()
    known = Proposal(subject=name, field=EXISTS, stated="yes", source=source, origin=ORIGIN, as_printed=text)
    accept(propose([known]), by=by, rank=precedence.rank)
    log(gettext_noop("name added"), f"{party}: {text}", by=by, record=name)
    return name


@transaction.atomic
def succeed(predecessor: Party, successor: Party, *, by: User) -> Succession:
    """Note that a party took another's place. Raises ValidationError where it cannot be."""
    if successor.pk in _predecessors(predecessor):
        raise ValidationError(_("The one is the other's predecessor already."))
    succession = Succession(predecessor=predecessor, successor=successor)
    succession.full_clean()
    succession.save()
    log(gettext_noop("succession recorded"), str(succession), by=by, record=succession)
    return succession


def _predecessors(party: Party) -> set[int]:
    """Everybody whose place a party took, and whose place these took."""
    found: set[int] = set()
    last = {party.pk}
    while last:
        rows = Succession.objects.standing().filter(successor__in=last).exclude(predecessor__in=found)
        last = set(rows.values_list("predecessor", flat=True))
        found |= last
    return found


@transaction.atomic
def withdraw(record: Withdrawable, *, why: str, by: User) -> None:
    """Take a record out of the register, with the reason; it can be restored. Raises ValidationError.

    What another side says to be so itself stays: it is contested, not withdrawn.
    """
    if not why.strip():
        raise ValidationError({"why": _("A withdrawal needs its reason.")})
    record._meta.get_field("withdrawn_why").run_validators(why.strip())
    if record.withdrawn_at is not None:
        raise ValidationError(_("This record is withdrawn already."))
    affirmed = Statement.objects.filter(
        subject_type=record._meta.label_lower,
        subject_id=record.pk,
        field=EXISTS,
        value="yes",
        verdict=Verdict.ACCEPTED,
    )
    _refuse_the_others(list(affirmed), "why", by=by)
    record.withdrawn_at, record.withdrawn_why = timezone.now(), why.strip()
    record.save(update_fields=["withdrawn_at", "withdrawn_why"])
    log(gettext_noop("withdrawn"), str(record), by=by, record=record, why=why)


@transaction.atomic
def restore(record: Withdrawable, *, by: User) -> None:
    """Put a withdrawn record back. Raises ValidationError where another has taken its place."""
    if record.withdrawn_at is None:
        return
    record.withdrawn_at, record.withdrawn_why = None, ""
    record.validate_constraints()
    record.save(update_fields=["withdrawn_at", "withdrawn_why"])
    log(gettext_noop("restored"), str(record), by=by, record=record)


# People ----------------------------------------------------------------------------------------------


@transaction.atomic
def invite(*, email: str, party: Party, role: str, by: User) -> tuple[Invitation, str]:
    """Ask a person to act for a party; give the invitation and its secret, which is kept nowhere.

    An earlier invitation that ran out is withdrawn. Raises ValidationError where the person acts for the
    party already, or has a valid invitation.
    """
    now = timezone.now()
    if Affiliation.objects.filter(user__email__iexact=email, party=party, ended_at__isnull=True).exists():
        raise ValidationError({"email": _("This person acts for the party already.")})
    open_ones = Invitation.objects.filter(
        email__iexact=email, party=party, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    open_ones.filter(expires_at__lte=now).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        party=party,
        role=role,
        by=by,
        secret_hash=_hash(secret),
        expires_at=now + INVITATION_VALID,
    )
    invitation.full_clean()
    invitation.save()
    log(gettext_noop("person invited"), f"{party}: {role}", by=by, record=party)
    return invitation, secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def open_invitation(secret: str) -> Invitation | None:
    """The invitation with this secret, while it can be accepted."""
    return (
        Invitation.objects.filter(
            secret_hash=_hash(secret),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .select_related("party", "by")
        .first()
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> Affiliation:
    """Let the person act for the party. Raises ValidationError where it is somebody else's invitation."""
    if user.email.casefold() != invitation.email.casefold():
        raise ValidationError(_("This invitation is for another e-mail address than yours."))
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    ).update(accepted_at=timezone.now())
    if not taken:
        raise ValidationError(_("This invitation was used or withdrawn, or is too old."))
    return affiliate(user, invitation.party, role=invitation.role, by=user)


@transaction.atomic
def affiliate(user: User, party: Party, *, role: str, by: User) -> Affiliation:
    """Let a person act for a party. Raises ValidationError where they do already."""
    affiliation = Affiliation(user=user, party=party, role=role)
    affiliation.full_clean()
    affiliation.save()
    log(gettext_noop("affiliation begun"), f"{user}: {party}", by=by, record=party)
    return affiliation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back that nobody has accepted; its link leads nowhere from then on."""
    still_open = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if not still_open.update(withdrawn_at=timezone.now()):
        return
    log(gettext_noop("invitation withdrawn"), str(invitation.party), by=by, record=invitation.party)


@transaction.atomic
def end_affiliation(affiliation: Affiliation, *, by: User) -> None:
    """End a person's rights for a party."""
    if affiliation.ended_at is not None:
        return
    affiliation.ended_at = timezone.now()
    affiliation.save(update_fields=["ended_at"])
    who = f"{affiliation.user}: {affiliation.party}"
    log(gettext_noop("affiliation ended"), who, by=by, record=affiliation.party)
