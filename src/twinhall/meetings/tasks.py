"""What the worker does for meetings once a day."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import User
from twinhall.letters.actions import write_letter
from twinhall.letters.addresses import absolute
from twinhall.letters.models import Kind
from twinhall.letters.queries import language_of
from twinhall.meetings import words
from twinhall.meetings.actions.attending import forget_diets, forget_people
from twinhall.meetings.actions.following import reminders_of
from twinhall.meetings.models import VOLUMES_KEPT, Commitment, MeetingLetter, Volume
from twinhall.parties.actions import mail_for

log = logging.getLogger(__name__)

WEEK = dt.timedelta(days=7)
"""A reminder goes out a week before a commitment is due, on its day, and a week after it.

Where the worker was not running on such a day, the reminder follows on the next one.
"""


def remind_of_commitments(day: dt.date) -> None:
    """Write to those whose commitments are due within a week, or have been for two at most; once each.

    One that cannot be written to is logged, and keeps no other from its reminder.
    """
    near = Commitment.objects.filter(
        closed_on__isnull=True,
        due__gt=day - 2 * WEEK,
        due__lte=day + WEEK,
        meeting__starts_on__lte=day,
        meeting__cancelled_at__isnull=True,
    ).exclude(Q(email="") & ~Q(person__is_active=True))
    reminder = system_actor("reminders", gettext_noop("reminders"))
    for commitment in near.select_related("party", "person", "meeting__organiser"):
        try:
            _remind(commitment, day, by=reminder)
        except ValidationError as error:
            log.error("Commitment %s cannot be reminded of: %s", commitment.pk, "; ".join(error.messages))  # noqa: TRY400 - told in words


def _which(due: dt.date, day: dt.date) -> str:
    """Which of the three reminders a day is the time of."""
    if day < due:
        return "before"
    return "due" if day < due + WEEK else "after"


def _remind(commitment: Commitment, day: dt.date, *, by: User) -> None:
    person = commitment.person if commitment.person and commitment.person.is_active else None
    to = person or commitment.email
    language = person.language if person else commitment.language or language_of(to)
    assert commitment.due is not None  # noqa: S101 - asked for by the caller's filter
    with translation.override(language):
        named = {
            "due": words.day(commitment.due),
            "text": commitment.text,
            "meeting": commitment.meeting.title,
            "day": words.day(commitment.meeting.starts_on),
            "organiser": commitment.meeting.organiser.name,
            "address": absolute(reverse("desk:commitment", args=[commitment.pk])),
        }
        if commitment.due < day:
            subject = _("Overdue since %(due)s: %(text)s") % named
        else:
            subject = _("Due on %(due)s: %(text)s") % named
        if person:
            answer = _("Say that it is done, or what came of it: %(address)s") % named
        else:  # who has no account here cannot open the page
            answer = _("Please tell %(organiser)s that it is done, or what came of it.") % named
        body = "\n\n".join(
            [
                _("You took this on at “%(meeting)s” on %(day)s:") % named,
                commitment.text,
                _("It is due on %(due)s.") % named,
                answer,
            ]
        )
    letter = write_letter(
        key=f"{reminders_of(commitment)}{commitment.due}/{_which(commitment.due, day)}",
        kind=Kind.REMINDER,
        to=to,
        subject=subject[:200],
        body=body,
        by=by,
        language=language,
    )
    MeetingLetter.objects.get_or_create(
        letter=letter, defaults={"meeting": commitment.meeting, "party": commitment.party}
    )
    mail_for(commitment.meeting.organiser, letter)


def tidy(day: dt.date) -> None:
    """Delete what was kept for a meeting only, and volumes of minutes, which can be made anew."""
    forget_diets(today=day)
    forget_people(today=day)
    Volume.objects.filter(asked_at__date__lt=day - VOLUMES_KEPT).delete()
