"""Who comes: what towns answer, whom they send, who was there."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.actions.planning import has_closed
from twinhall.meetings.models import Attendance, AttendanceRole, Commitment, Invitee, Meeting, Registration
from twinhall.meetings.voting import entitled
from twinhall.parties.models import Party

PEOPLE_KEPT = dt.timedelta(days=180)
"""After a meeting; then addresses to which its letters went, and what towns noted, are needed no more."""
DIETS_KEPT = dt.timedelta(days=7)
"""After a meeting; then what people eat is nobody's business any more (GDPR, article 5(1)(e))."""


@dataclass(frozen=True)
class Delegate:
    """Somebody whom a town sends."""

    name: str
    office: str = ""
    role: str = AttendanceRole.DELEGATE
    has_vote: bool = False
    diet: str = ""
    languages: Sequence[str] = field(default=())


@transaction.atomic
def answer(
    meeting: Meeting,
    party: Party,
    *,
    is_coming: bool,
    by: User,
    today: dt.date,
    delegates: Sequence[Delegate] = (),
    note: str = "",
    late: bool = False,
) -> Registration:
    """What a town answers to a call, in place of what it answered before: whether it comes, and who.

    ``late``: the organiser takes the answer after the deadline. Raises ValidationError: after the deadline,
    for a meeting that was cancelled, without anybody, with two of one name, with two who vote, a vote of
    who has none, or without somebody who was noted as present.
    """
    _check_open(meeting, today, late=late)
    if is_coming and not delegates:
        raise ValidationError(_("Say who comes."))
    _check_places(meeting, party, len(delegates) if is_coming else 0)
    _check_names(delegates)
    _check_votes(meeting, party, delegates)
    registration = Registration.objects.filter(meeting=meeting, party=party).first() or Registration(
        meeting=meeting, party=party
    )
    registration.is_coming, registration.note = is_coming, note
    registration.by, registration.at = by, timezone.now()
    registration.full_clean()
    registration.save()
    _send(meeting, party, delegates if is_coming else ())
    deed = gettext_noop("registered for a meeting") if is_coming else gettext_noop("declined a meeting")
    log(deed, f"{meeting}: {party}", by=by, record=registration)
    return registration


def _check_open(meeting: Meeting, today: dt.date, *, late: bool) -> None:
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."))
    check_changeable(meeting)
    if not late and has_closed(meeting, today):
        raise ValidationError(_("Registration is closed. Write to the organiser."))


def _check_places(meeting: Meeting, party: Party, coming: int) -> None:
    if meeting.places is None:
        return
    others = Attendance.objects.filter(meeting=meeting).exclude(party=party).count()
    if others + coming > meeting.places:
        left = max(meeting.places - others, 0)
        said = ngettext("Only %(count)s place is left.", "Only %(count)s places are left.", left)
        raise ValidationError(said % {"count": left})


def _check_names(delegates: Sequence[Delegate]) -> None:
    names = Counter(delegate.name for delegate in delegates)
    for name, times in names.items():
        if times > 1:
            raise ValidationError(
                _("Two people are called “%(name)s”: add what tells them apart.") % {"name": name}
            )


def _check_votes(meeting: Meeting, party: Party, delegates: Sequence[Delegate]) -> None:
    voters = [delegate for delegate in delegates if delegate.has_vote]
    if len(voters) > 1:
        raise ValidationError(_("One member has one vote: name one person who casts it."))
    if voters and party not in entitled(meeting):
        raise ValidationError(
            _("%(party)s has no vote at this meeting: it is not a member with a vote on that day.")
            % {"party": party}
        )


def _send(meeting: Meeting, party: Party, delegates: Sequence[Delegate]) -> None:
    """Keep these people of a town, and no others; who stays keeps whether it came. Who came stays."""
    kept = Attendance.objects.filter(meeting=meeting, party=party)
    gone = kept.exclude(name__in=[delegate.name for delegate in delegates])
    if came := gone.filter(came=True).first():
        raise ValidationError(
            _("%(name)s was noted as present: the organiser must take that back first.") % {"name": came.name}
        )
    gone.delete()
    kept.update(has_vote=False)  # so that the vote can pass from one to another
    known = {attendance.name: attendance for attendance in kept}
    for delegate in delegates:
        attendance = known.get(delegate.name) or Attendance(meeting=meeting, party=party, name=delegate.name)
        _register(attendance, delegate)


def _register(attendance: Attendance, delegate: Delegate) -> None:
    attendance.office, attendance.role = delegate.office, delegate.role
    attendance.has_vote, attendance.diet = delegate.has_vote, delegate.diet
    attendance.languages = list(delegate.languages)
    attendance.full_clean()
    attendance.save()


@transaction.atomic
def note_attendance(
    meeting: Meeting, *, shown: Collection[int], came: Collection[int], was: Collection[int] = (), by: User
) -> None:
    """Note who of those ``shown`` came, by the keys of their attendances; the others of them did not.

    ``was``: who had been ticked when they were shown. Whom somebody else has ticked since, at another table,
    stays ticked, as do those who were registered since.

    Raises ValidationError for a meeting that was cancelled, or whose first day has not come at its place.
    """
    check_changeable(meeting)
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting was cancelled."))
    if timezone.now().astimezone(ZoneInfo(meeting.zone)).date() < meeting.starts_on:
        raise ValidationError(_("Nobody can have come yet: the meeting is still to come."))
    there = Attendance.objects.filter(meeting=meeting, pk__in=shown)
    there.filter(pk__in=came).update(came=True)
    missing = there.exclude(pk__in=came)
    missing.filter(Q(came__isnull=True) | Q(pk__in=was)).update(came=False)
    log(gettext_noop("attendance noted"), str(meeting), by=by, record=meeting)


def forget_diets(*, today: dt.date) -> int:
    """Delete what people eat, of meetings that are over for DIETS_KEPT; how many were deleted."""
    over = Attendance.objects.filter(meeting__ends_on__lt=today - DIETS_KEPT).exclude(diet="")
    return over.update(diet="")


@transaction.atomic
def forget_people(*, today: dt.date) -> None:
    """Delete addresses and notes of meetings that are over for PEOPLE_KEPT.

    That a party was invited stays, and who took part: that is a part of the minutes. So does what somebody
    who has yet to do what was taken on is reminded by.
    """
    over = today - PEOPLE_KEPT
    invited = Invitee.objects.filter(meeting__ends_on__lt=over).exclude(email="")
    first = (
        invited.order_by()
        .values("meeting", "party")
        .annotate(first=Min("pk"))
        .values_list("first", flat=True)
    )
    one_each = list(first)
    invited.exclude(pk__in=one_each).delete()
    Invitee.objects.filter(pk__in=one_each).update(name="", email="", person=None)
    Registration.objects.filter(meeting__ends_on__lt=over).exclude(note="").update(note="")
    done = Commitment.objects.filter(closed_on__lt=over).exclude(email="")
    done.update(email="")
