"""Numbers and days of decisions: counted through a year, and moved along with their meeting."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from twinhall.core.locking import hold
from twinhall.meetings.models import Decision, Meeting, Outcome


def next_number(meeting: Meeting) -> int:
    """The next free number of a decision; its organiser is held, so that nobody takes it meanwhile.

    Decisions are counted through the year of a board or an assembly, so that 3/2026 is one decision.
    """
    hold(meeting.organiser)
    return _last(_series(meeting)) + 1


def _series(meeting: Meeting) -> "QuerySet[Decision]":
    return Decision.objects.filter(
        meeting__organiser=meeting.organiser_id,
        meeting__kind=meeting.kind,
        meeting__body=meeting.body_id,
        meeting__starts_on__year=meeting.starts_on.year,
    )


def _last(decisions: "QuerySet[Decision]") -> int:
    return decisions.aggregate(last=Max("number"))["last"] or 0


def move_decisions(meeting: Meeting, *, by_days: int, is_renumbered: bool) -> None:
    """What was put and not taken yet follows its meeting to other days, and into another series of numbers.

    The meeting is saved with its new days already. Raises ValidationError where a decision was taken: it
    keeps its day and its number, by which others name it.
    """
    decisions = Decision.objects.filter(meeting=meeting)
    taken = decisions.exclude(outcome=Outcome.OPEN)
    if is_renumbered and taken.exists():
        raise ValidationError(
            _("Decisions were taken at this meeting, and are counted in its year: kind, body and year stay.")
        )
    outside = taken.exclude(decided_on__range=(meeting.starts_on, meeting.ends_on)).first()
    if outside is not None:
        said = _("Decision %(number)s was taken on %(day)s: the meeting was on that day.")
        raise ValidationError(said % {"number": outside.called, "day": outside.decided_on})
    waiting = decisions.filter(outcome=Outcome.OPEN)
    for decision in waiting.filter(decided_on__isnull=False):
        assert decision.decided_on is not None  # noqa: S101 - asked for
        moved = decision.decided_on + dt.timedelta(days=by_days)
        decision.decided_on = min(max(moved, meeting.starts_on), meeting.ends_on)
        decision.save(update_fields=["decided_on"])
    if is_renumbered:
        _renumber(meeting, waiting)


def _renumber(meeting: Meeting, waiting: "QuerySet[Decision]") -> None:
    """Count them anew after all others of the series, in two steps, since a number stands once."""
    hold(meeting.organiser)
    last = _last(_series(meeting).exclude(meeting=meeting))
    ordered = list(waiting.order_by("number").values_list("pk", flat=True))
    Decision.objects.filter(pk__in=ordered).update(number=F("number") + last + _last(waiting))
    for number, pk in enumerate(ordered, start=last + 1):
        Decision.objects.filter(pk=pk).update(number=number)
