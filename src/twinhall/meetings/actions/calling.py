"""Calling people to a meeting, and telling them what becomes of it. Every letter goes out once."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.languages import FALLBACK
from twinhall.core.locking import hold
from twinhall.letters.actions import write_letter
from twinhall.letters.models import Kind, Letter
from twinhall.meetings.actions.planning import cancel_meeting, has_closed
from twinhall.meetings.drafting import event_file, told
from twinhall.meetings.models import Invitee, Meeting, MeetingKind, MeetingLetter
from twinhall.meetings.voting import entitled
from twinhall.parties.actions import mail_for
from twinhall.parties.models import Affiliation, Contact, Party, Role

UNDER_STATUTES = frozenset({MeetingKind.ASSEMBLY, MeetingKind.BOARD, MeetingKind.WORKING_GROUP})
"""To these a member must be called, whatever letters its people want; to a festival they are invited."""


@dataclass(frozen=True)
class Address:
    """Where a party's letters go."""

    party: Party
    email: str
    name: str = ""
    person: User | None = None
    language: str = ""


@transaction.atomic
def invite(meeting: Meeting, *, addresses: Iterable[Address], by: User) -> list[Invitee]:
    """Put addresses on the list of those who are called; who is on it stays. Gives those that are new."""
    known = set(Invitee.objects.filter(meeting=meeting).values_list("party", "email"))
    made = []
    for address in addresses:
        if (address.party.pk, address.email.lower()) in known:
            continue
        invitee = Invitee(
            meeting=meeting,
            party=address.party,
            email=address.email.lower(),
            name=address.name,
            person=address.person,
            language=address.language or _spoken(meeting.language),
        )
        invitee.full_clean()
        invitee.save()
        known.add((address.party.pk, invitee.email))
        made.append(invitee)
    if made:
        log(gettext_noop("invited to a meeting"), f"{meeting}: {len(made)}", by=by, record=meeting)
    return made


def _spoken(language: str) -> str:
    """A language that letters can be written in: this one, where the site speaks it."""
    return language if language in dict(settings.LANGUAGES) else FALLBACK


@transaction.atomic
def uninvite(invitee: Invitee, *, by: User) -> None:
    """Take somebody off the list who was not called yet. Raises ValidationError."""
    meeting = invitee.meeting
    hold(meeting)
    if invitee in called(meeting):
        raise ValidationError(_("The call went to this address already: it stays on the list."))
    log(gettext_noop("taken off the list of a meeting"), f"{meeting}: {invitee.party}", by=by, record=meeting)
    invitee.delete()


def addresses_of(parties: Sequence[Party]) -> tuple[list[Address], list[Party]]:
    """Where letters to these parties go: to their officers and secretaries here, else to a contact.

    Second come the parties of which no address is known. Two queries.
    """
    speaking = Affiliation.objects.filter(
        party__in=parties,
        ended_at__isnull=True,
        role__in=(Role.OFFICER, Role.SECRETARY),
        user__is_active=True,
    )
    found = [
        Address(told.party, told.user.email, told.user.name, told.user, told.user.language)
        for told in speaking.select_related("party", "user").order_by("party__slug", "user__name")
    ]
    reached = {address.party.pk for address in found}
    offices = Contact.objects.filter(party__in=parties).select_related("party").order_by("party__slug", "pk")
    for office in offices:
        if office.party_id not in reached and _is_email(office.address):
            found.append(Address(office.party, office.address))
            reached.add(office.party_id)
    return found, [party for party in parties if party.pk not in reached]


def _is_email(address: str) -> bool:
    """An office is reached by post where it names no e-mail address."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def members_to_call(meeting: Meeting) -> list[Party]:
    """Who is called to a meeting of a network: those who may vote there, and the host."""
    called = entitled(meeting)
    return called if meeting.host is None or meeting.host in called else [*called, meeting.host]


@transaction.atomic
def call(meeting: Meeting, *, by: User, text: str = "") -> list[Letter]:
    """Call everybody on the list, with agenda and calendar file; those alone who were not called before.

    Raises ValidationError for a call to nobody, for a meeting that is over or was cancelled.
    """
    hold(meeting)
    now = timezone.now()
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."))
    if meeting.finishes <= now:
        raise ValidationError(_("This meeting is over: nobody can be called to it."))
    invitees = list(meeting.invitees.select_related("party", "person"))
    if not invitees:
        raise ValidationError(_("Nobody is invited yet: a call to nobody would reach no one."))
    if meeting.called_at is None:
        meeting.called_at = now
        meeting.save(update_fields=["called_at", "changed_at"])
    letters = _write_all(meeting, invitees, "call", kind=Kind.INVITATION, by=by, text=text)
    log(gettext_noop("meeting called"), f"{meeting}: {len(letters)}", by=by, record=meeting)
    return letters


@transaction.atomic
def tell_changed(meeting: Meeting, *, by: User, text: str = "") -> list[Letter]:
    """Tell those what is different now who were called before; once for each version of a meeting.

    Raises ValidationError where nothing is different, for a meeting that was cancelled, and for one that is
    over.
    """
    hold(meeting)
    _check_to_come(meeting)
    if not meeting.letters.filter(sequence__lt=meeting.sequence).exists():
        raise ValidationError(_("Nothing has changed since they were written to."))
    return _write_all(meeting, untold(meeting), _change(meeting), kind=Kind.NOTICE, by=by, text=text)


@transaction.atomic
def tell_news(meeting: Meeting, *, text: str, number: int, by: User) -> list[Letter]:
    """Tell those who were called what their calendars do not show, such as another paper.

    ``number`` is that of the news (``next_news``): news of a number goes out once. Raises ValidationError
    without a text, where news of this number went out already, and as ``tell_changed`` does.
    """
    hold(meeting)
    _check_to_come(meeting)
    if not text.strip():
        raise ValidationError({"text": _("Write what is new, such as another paper.")})
    if number != next_news(meeting):
        raise ValidationError(_("Somebody else has written to them meanwhile. Look at the letter again."))
    return _write_all(meeting, called(meeting), f"news-{number}", kind=Kind.NOTICE, by=by, text=text)


def _check_to_come(meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."))
    if meeting.finishes <= timezone.now():
        raise ValidationError(_("This meeting is over: there is nothing to tell any more."))


@transaction.atomic
def call_off(meeting: Meeting, *, why: str, by: User) -> list[Letter]:
    """Cancel a meeting and tell those who were called, so that it leaves their calendars."""
    hold(meeting)
    readers = called(meeting)
    cancel_meeting(meeting, why=why, by=by)
    return _write_all(meeting, readers, "cancelled", kind=Kind.NOTICE, by=by, text=why)


@transaction.atomic
def remind(meeting: Meeting, *, by: User, today: dt.date) -> list[Letter]:
    """Remind the parties that have not answered; once a day. Raises ValidationError when it is too late."""
    hold(meeting)
    if has_closed(meeting, today) or meeting.cancelled_at or not meeting.called_at:
        raise ValidationError(_("There is nothing to remind of: registration is not open."))
    return _write_all(meeting, silent(meeting), f"reminder-{today}", kind=Kind.REMINDER, by=by)


def called(meeting: Meeting) -> list[Invitee]:
    """Those on the list to whom the call went."""
    return [invitee for invitee, letter in on_the_list(meeting) if letter]


def silent(meeting: Meeting) -> list[Invitee]:
    """Those to whom the call went and whose party has not answered it."""
    answered = set(meeting.registrations.values_list("party", flat=True))
    return [invitee for invitee in called(meeting) if invitee.party_id not in answered]


def on_the_list(meeting: Meeting) -> list[tuple[Invitee, Letter | None]]:
    """Everybody on the list, with the letter that called them; two queries."""
    letters = {one.letter.key: one.letter for one in meeting.letters.select_related("letter")}
    invitees = meeting.invitees.select_related("party", "person")
    return [(invitee, letters.get(_key(meeting, "call", invitee))) for invitee in invitees]


def untold(meeting: Meeting) -> list[Invitee]:
    """Those who were called to another version of the meeting, and have not been told of the present one."""
    if meeting.sequence == 0 or meeting.finishes <= timezone.now():
        return []
    told_of = dict(meeting.letters.values_list("letter__key", "sequence"))
    return [
        invitee
        for invitee in meeting.invitees.select_related("party", "person")
        if told_of.get(_key(meeting, "call", invitee), meeting.sequence) < meeting.sequence
        and _key(meeting, _change(meeting), invitee) not in told_of
    ]


def _change(meeting: Meeting) -> str:
    """What the letters on its present version are called."""
    return f"change-{meeting.sequence}"


def next_news(meeting: Meeting) -> int:
    """The number of the next news, the first being 1."""
    start = f"meeting-{meeting.pk}/news-"
    keys = meeting.letters.filter(letter__key__startswith=start).values_list("letter__key", flat=True)
    numbers = {int(key.removeprefix(start).partition("/")[0]) for key in keys}
    return max(numbers, default=0) + 1


def _key(meeting: Meeting, what: str, invitee: Invitee) -> str:
    return f"meeting-{meeting.pk}/{what}/{invitee.pk}"


def _write_all(
    meeting: Meeting, invitees: Sequence[Invitee], what: str, *, kind: Kind, by: User, text: str = ""
) -> list[Letter]:
    """Write a letter to each of them, in its language; one that was written before is not written again."""
    written = set(meeting.letters.values_list("letter__key", flat=True))
    items = list(meeting.items.order_by("number"))
    letters = []
    for invitee in invitees:
        key = _key(meeting, what, invitee)
        if key in written:
            continue
        with translation.override(invitee.reads):
            subject, body = told(meeting, what, items, text)
        letter = write_letter(
            key=key,
            kind=kind,
            to=invitee.person or invitee.email,
            subject=subject,
            body=body,
            by=by,
            language=invitee.reads,
            duty=kind == Kind.NOTICE or (kind == Kind.INVITATION and meeting.kind in UNDER_STATUTES),
            enclosed=[event_file(meeting, invitee)],
        )
        # Somebody else may have written it at this moment: it is one letter, and stands here once.
        MeetingLetter.objects.get_or_create(
            letter=letter,
            defaults={"meeting": meeting, "party": invitee.party, "sequence": meeting.sequence},
        )
        mail_for(meeting.organiser, letter)
        letters.append(letter)
    return letters
