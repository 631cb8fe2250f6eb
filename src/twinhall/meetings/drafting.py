"""What letters of a meeting say: in words, for each language of their readers, and as a calendar file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from twinhall.letters.actions import Enclosed
from twinhall.letters.addresses import absolute
from twinhall.meetings import calendars, words
from twinhall.meetings.models import Invitee, Item, Meeting


@dataclass(frozen=True)
class Draft:
    """A letter as it would go out in one language, and to how many."""

    language: str
    readers: int
    subject: str
    body: str


def drafts(meeting: Meeting, what: str, invitees: Iterable[Invitee], *, text: str = "") -> list[Draft]:
    """What these would read, in each of their languages.

    ``what`` is call, change, news, cancelled or reminder.
    """
    items = list(meeting.items.order_by("number"))
    written = []
    for language, readers in sorted(Counter(invitee.reads for invitee in invitees).items()):
        with translation.override(language):
            written.append(Draft(language, readers, *told(meeting, what, items, text)))
    return written


def event_file(meeting: Meeting, invitee: Invitee) -> Enclosed:
    """The meeting for somebody's calendar: to put it there, to change it, or to take it out."""
    method = "CANCEL" if meeting.cancelled_at else "REQUEST"
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)  # RFC 5546, 3.2.2: no invitation without organiser
    event = calendars.event(
        meeting, now=timezone.now(), address=_desk(meeting), invitees=[invitee], sender=sender
    )
    return Enclosed("meeting.ics", "text/calendar", calendars.calendar([event], method=method))


def _desk(meeting: Meeting) -> str:
    return absolute(reverse("desk:meeting", args=[meeting.slug]))


def told(meeting: Meeting, what: str, items: Sequence[Item], text: str) -> tuple[str, str]:
    """Subject and body of a letter, in the present language."""
    named = {"title": meeting.title, "when": words.when(meeting), "organiser": meeting.organiser.name}
    if what == "call":
        subject = _("Invitation: %(title)s") % named
        opening = _("%(organiser)s invites you to: %(title)s.") % named
    elif what == "cancelled":
        subject = _("Cancelled: %(title)s") % named
        opening = _("%(organiser)s has cancelled: %(title)s.") % named
    elif what.startswith("reminder"):
        subject = _("Please answer: %(title)s") % named
        opening = _("%(organiser)s has not had your answer yet: %(title)s.") % named
    elif what.startswith("news"):
        subject = _("News: %(title)s") % named
        opening = _("%(organiser)s has news of a meeting that you are invited to: %(title)s.") % named
    else:
        subject = _("Changed: %(title)s") % named
        opening = _("%(organiser)s has changed a meeting that you are invited to: %(title)s.") % named
    facts = [_("When: %(when)s") % named]
    if meeting.place:
        facts.append(_("Where: %(place)s") % {"place": meeting.place})
    if meeting.link:
        facts.append(_("From afar: %(link)s") % {"link": meeting.link})
    if meeting.registration_until and what != "cancelled":
        until = words.day(meeting.registration_until)
        facts.append(_("Please register by: %(day)s") % {"day": until})
    parts = [opening, text, "\n".join(facts)]
    if items and what != "cancelled":
        agenda = "\n".join(f"{item.number}. {item.title}" for item in items)
        parts.append(_("Agenda") + "\n" + agenda)
    if what != "cancelled":
        parts.append(_("Register and read the papers here: %(address)s") % {"address": _desk(meeting)})
    return subject, "\n\n".join(part for part in parts if part)
