"""Writing letters, deciding on those that did not go out, and stopping and resuming kinds of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.languages import FALLBACK
from twinhall.letters import sending
from twinhall.letters.models import Enclosure, Kind, Letter, MediaType, State, Unsent, Unsubscription, is_in
from twinhall.letters.queries import is_unwanted
from twinhall.letters.tasks import send_letter

LARGEST = 5_000_000
"""Bytes of all enclosures of a letter; many mail servers take no more than twice as much."""


@dataclass(frozen=True)
class Enclosed:
    """A file to go with a letter: its name, ``text/calendar`` (UTF-8) or ``application/pdf``, its bytes."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def write_letter(
    *,
    key: str,
    kind: Kind,
    to: User | str,
    subject: str,
    body: str,
    by: User,
    language: str = "",
    duty: bool = False,
    passing: bool = False,
    enclosed: Sequence[Enclosed] = (),
) -> Letter:
    """Keep a letter, which a worker sends once the present transaction is kept. Same key, same letter.

    ``key`` says what it is: ``meeting-12/invitation/345``; where it is known, its letter is given back
    unchanged. ``language`` is that of subject and text; without it, the present one. Who unsubscribed from
    ``kind`` is written to only where it is a ``duty``; else the letter is kept as not sent. Of a ``passing``
    letter, which holds a secret or an address that is kept for it alone, text and address are erased as soon
    as it is sent. Raises ValidationError.
    """
    known = Letter.objects.filter(key=key).first()
    if known is not None:
        return known
    letter = Letter(
        key=key,
        kind=kind,
        to=to.email if isinstance(to, User) else to,
        person=to if isinstance(to, User) else None,
        subject=" ".join(subject.split()),
        body=body,
        language=language or get_language() or FALLBACK,
        by=by,
        is_duty=duty,
        is_passing=passing,
    )
    _check(letter, enclosed)
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:  # written at this moment by somebody else
        return Letter.objects.get(key=key)
    Enclosure.objects.bulk_create(_enclosures(letter, enclosed))
    _send(letter)
    return letter


def _send(letter: Letter) -> None:
    if not letter.is_duty and is_unwanted(letter.to, letter.kind):
        sending.give_up(letter, is_in(State.WAITING), why=Unsent.UNSUBSCRIBED)
        letter.refresh_from_db()
    else:
        send_letter.enqueue(letter.pk)


def _check(letter: Letter, enclosed: Sequence[Enclosed]) -> None:
    """Raise ValidationError where a letter cannot go out as it is."""
    letter.clean_fields(exclude={"person", "by"})
    if not letter.to or not letter.body.strip() or (letter.person and letter.person.is_system):
        raise ValidationError(_("A letter needs an address and a text."))
    if letter.language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Letters are written in the languages of the site.")})
    if sum(len(one.content) for one in enclosed) > LARGEST:
        raise ValidationError(_("The enclosures of a letter are too large together."))
    for one in _enclosures(letter, enclosed):
        one.clean_fields(exclude={"letter"})
        if one.media_type == MediaType.CALENDAR:
            _check_text(one)


def _check_text(enclosure: Enclosure) -> None:
    try:
        bytes(enclosure.content).decode()
    except UnicodeDecodeError as error:
        raise ValidationError(_("A calendar file is text in UTF-8.")) from error


def _enclosures(letter: Letter, enclosed: Sequence[Enclosed]) -> list[Enclosure]:
    return [
        Enclosure(letter=letter, name=one.name, media_type=one.media_type, content=one.content)
        for one in enclosed
    ]


# Decisions on letters that did not go out ------------------------------------------------------------


@transaction.atomic
def send_again(letter: Letter, *, by: User) -> None:
    """Let a letter in doubt, or refused, go out anew: it may come twice. Raises ValidationError."""
    undecided = Letter.objects.in_state(State.IN_DOUBT, State.REFUSED).filter(pk=letter.pk)
    anew = undecided.update(
        claimed_at=None, claimed_by="", doubted_at=None, refused_at=None, said="", tries=0, next_try_at=None
    )
    _decided(letter, gettext_noop("letter sent again"), by=by, changed=bool(anew))
    send_letter.enqueue(letter.pk)


@transaction.atomic
def say_sent(letter: Letter, *, by: User) -> None:
    """A letter in doubt did go out: somebody has looked. Raises ValidationError."""
    changed = sending.end(letter, is_in(State.IN_DOUBT), sent_at=F("claimed_at"))
    _decided(letter, gettext_noop("letter known to be sent"), by=by, changed=changed)


@transaction.atomic
def leave(letter: Letter, *, by: User) -> None:
    """A letter that waits, is in doubt or was refused is not to go out any more. Raises ValidationError."""
    undone = is_in(State.WAITING, State.IN_DOUBT, State.REFUSED)
    changed = sending.give_up(letter, undone, why=Unsent.LEFT)
    _decided(letter, gettext_noop("letter left unsent"), by=by, changed=changed)


def _decided(letter: Letter, deed: str, *, by: User, changed: bool) -> None:
    if not changed:
        raise ValidationError(_("This letter waits for no such decision any more."))
    log(deed, letter.subject, by=by, record=letter)
    letter.refresh_from_db()


# What somebody wants no more --------------------------------------------------------------------------


def stop(email: str, kind: Kind) -> None:
    """Write to this address no more letters of the kind, but for those that are a duty."""
    Unsubscription.objects.get_or_create(email=email.lower(), kind=kind, defaults={"at": timezone.now()})


def resume(email: str, kind: Kind) -> None:
    """Write to this address letters of the kind again."""
    Unsubscription.objects.filter(email=email.lower(), kind=kind).delete()
