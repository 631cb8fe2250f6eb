"""Following up: what somebody took on lives until it is done, or dropped with a reason."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.letters.actions import leave
from twinhall.letters.models import Letter, State
from twinhall.meetings import words
from twinhall.meetings.actions.deciding import language_of
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.models import Commitment, Meeting
from twinhall.parties.models import Party

IN_MINUTES = frozenset({"item", "text", "party", "name", "due"})
"""What the minutes say of a commitment."""


@transaction.atomic
def commit(meeting: Meeting, *, party: Party, text: str, by: User, **told: Any) -> Commitment:
    """Note what a party took on at a meeting. Raises ValidationError, also where it is due before it."""
    check_changeable(meeting)
    commitment = Commitment(meeting=meeting, party=party, text=text, **told)
    _check(commitment)
    commitment.save()
    log(gettext_noop("commitment noted"), str(commitment), by=by, record=commitment)
    return commitment


def _check(commitment: Commitment) -> None:
    commitment.full_clean()
    if commitment.item is not None and commitment.item.meeting_id != commitment.meeting_id:
        raise ValidationError({"item": _("This item belongs to another meeting.")})
    if commitment.due is not None and commitment.due < commitment.meeting.starts_on:
        raise ValidationError({"due": _("This is due before the meeting at which it was taken on.")})


@transaction.atomic
def change_commitment(commitment: Commitment, *, by: User, **told: Any) -> frozenset[str]:
    """Say otherwise what was taken on, by whom, until when, whom to remind; give the names of what differs.

    Of another day reminders go out anew; one of the old day that still waits does not go out any more.
    Raises ValidationError for one that is closed, or due before its meeting; where the minutes are approved,
    for anything that stands in them.
    """
    hold(commitment)
    if commitment.closed_on is not None:
        raise ValidationError(_("This commitment is closed. Open it again before you change it."))
    changed = frozenset(name for name, value in told.items() if getattr(commitment, name) != value)
    if changed & IN_MINUTES:
        check_changeable(commitment.meeting)
    was = _line(commitment)
    for name in changed:
        setattr(commitment, name, told[name])
    _check(commitment)
    commitment.save()
    if "due" in changed:
        _call_back(commitment, by=by)
    if changed:
        now = _line(commitment)
        label = now if now == was else f"{was} → {now}"
        log(gettext_noop("commitment changed"), label, by=by, record=commitment)
    return changed


def _line(commitment: Commitment) -> str:
    """A commitment in the log, in the language of its meeting, as what was taken on is.

    Addresses are left out, since a line of the log is never deleted.
    """
    with translation.override(language_of(commitment.meeting)):
        due = words.day(commitment.due) if commitment.due else "–"
    return f"{commitment} ({due})"


def _call_back(commitment: Commitment, *, by: User) -> None:
    """Leave those reminders unsent that name a day on which it is not due any more."""
    waiting = Letter.objects.in_state(State.WAITING).filter(key__startswith=reminders_of(commitment))
    for letter in waiting:
        leave(letter, by=by)


def reminders_of(commitment: Commitment) -> str:
    """What the keys of letters begin with that remind of a commitment; its day follows, and which it is."""
    return f"commitment-{commitment.pk}/"


@transaction.atomic
def close_commitment(
    commitment: Commitment, *, on: dt.date, by: User, outcome: str = "", dropped: bool = False
) -> None:
    """It is done, or dropped for a reason. Raises ValidationError for one that is closed already."""
    hold(commitment)
    if commitment.closed_on is not None:
        raise ValidationError(_("This commitment is closed already."))
    if on < commitment.meeting.starts_on:
        raise ValidationError({"on": _("This is before the meeting at which it was taken on.")})
    commitment.closed_on, commitment.is_dropped, commitment.outcome = on, dropped, outcome
    commitment.full_clean()
    commitment.save()
    deed = gettext_noop("commitment dropped") if dropped else gettext_noop("commitment done")
    log(deed, str(commitment), by=by, record=commitment, why=outcome)


@transaction.atomic
def reopen_commitment(commitment: Commitment, *, by: User) -> None:
    """Open again what was closed by mistake."""
    hold(commitment)
    if commitment.closed_on is None:
        raise ValidationError(_("This commitment is open."))
    commitment.closed_on, commitment.is_dropped = None, False
    commitment.save()
    log(gettext_noop("commitment reopened"), str(commitment), by=by, record=commitment)
