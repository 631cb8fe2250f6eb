"""Following up: what somebody took on lives until it is done, or dropped with a reason."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.models import Commitment, Meeting
from twinhall.parties.models import Party


@transaction.atomic
def commit(meeting: Meeting, *, party: Party, text: str, by: User, **told: Any) -> Commitment:
    """Note what a party took on at a meeting. Raises ValidationError, also where it is due before it."""
    check_changeable(meeting)
    commitment = Commitment(meeting=meeting, party=party, text=text, **told)
    commitment.full_clean()
    if commitment.item is not None and commitment.item.meeting_id != meeting.pk:
        raise ValidationError({"item": _("This item belongs to another meeting.")})
    if commitment.due is not None and commitment.due < meeting.starts_on:
        raise ValidationError({"due": _("This is due before the meeting at which it was taken on.")})
    commitment.save()
    log(gettext_noop("commitment noted"), str(commitment), by=by, record=commitment)
    return commitment


@transaction.atomic
def close_commitment(
    commitment: Commitment, *, on: dt.date, by: User, outcome: str = "", dropped: bool = False
) -> None:
    """It is done, or dropped for a reason. Raises ValidationError for one that is closed already."""
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
    if commitment.closed_on is None:
        raise ValidationError(_("This commitment is open."))
    commitment.closed_on, commitment.is_dropped = None, False
    commitment.save()
    log(gettext_noop("commitment reopened"), str(commitment), by=by, record=commitment)
