"""Minutes: written against the agenda, checked by two, approved by a later meeting."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.meetings.minuted import minuted, writers
from twinhall.meetings.models import Checker, Item, Meeting, Minutes, MinutesState, Passage
from twinhall.meetings.voting import roll


class WrittenMeanwhileError(Exception):
    """Somebody else has written the passage since it was read; ``theirs`` is what stands now."""

    def __init__(self, theirs: Passage) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@transaction.atomic
def begin_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """Begin the minutes of a meeting, whose keeper is who begins them. Raises ValidationError."""
    hold(meeting)
    if meeting.cancelled_at:
        raise ValidationError(_("A meeting that was cancelled has no minutes."))
    if meeting.begins > timezone.now():
        raise ValidationError(_("The meeting has not begun yet."))
    minutes = Minutes(meeting=meeting, keeper=by)
    minutes.full_clean()
    minutes.save()
    log(gettext_noop("minutes begun"), str(meeting), by=by, record=minutes)
    return minutes


def are_approved(meeting: Meeting) -> bool:
    """Whether the minutes of a meeting are approved."""
    return Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).exists()


def check_changeable(meeting: Meeting) -> None:
    """Refuse to change what stands in minutes that are approved. Raises ValidationError.

    The meeting is held until the transaction is done, so that nobody approves them meanwhile.
    """
    hold(meeting)
    if are_approved(meeting):
        raise ValidationError(
            _("The minutes of this meeting are approved: what stands in them does not change any more.")
        )


@transaction.atomic
def write(item: Item, *, text: str, read: int, by: User) -> Passage | None:
    """Write what the minutes say under an item, over the revision that was ``read`` (0 for none).

    None where it says so already. Raises WrittenMeanwhileError where somebody else has written since;
    ValidationError for minutes that are approved, or not begun.
    """
    hold(item.meeting)
    minutes = Minutes.objects.filter(meeting=item.meeting_id).first()
    if minutes is None:
        raise ValidationError(_("The minutes of this meeting have not been begun."))
    if minutes.approved_at:
        raise ValidationError(_("These minutes are approved: they do not change any more."))
    last = Passage.objects.filter(item=item).order_by("-revision").select_related("by").first()
    if last is not None and last.text == text:
        return None
    if last is not None and last.revision != read:
        raise WrittenMeanwhileError(last)
    revision = (last.revision if last else 0) + 1
    passage = Passage(item=item, revision=revision, text=text, by=by)
    try:
        with transaction.atomic():
            passage.save()
            log(gettext_noop("minutes written"), f"{item.meeting}: {item}", by=by, record=passage)
    except IntegrityError as error:
        raise WrittenMeanwhileError(
            Passage.objects.select_related("by").get(item=item, revision=revision)
        ) from error
    return passage


def _hold(minutes: Minutes) -> None:
    """Read the minutes anew, and hold their meeting: all that is written in them asks for it first."""
    hold(minutes.meeting)
    hold(minutes)


def digest(minutes: Minutes) -> str:
    """What the minutes are now: all that is read in them."""
    return minuted(minutes.meeting).digest


def state_of(minutes: Minutes, *, now: str = "") -> MinutesState:
    """How far the minutes are. A signature under another text than the present one does not count.

    ``now`` is their digest, where that is known already.
    """
    if minutes.approved_at:
        return MinutesState.APPROVED
    now = now or digest(minutes)
    signed = [checker for checker in minutes.checkers.all() if checker.digest == now]
    return MinutesState.CHECKED if len(signed) == 2 else MinutesState.WRITTEN  # noqa: PLR2004 - two checkers


@transaction.atomic
def elect_checkers(minutes: Minutes, *, people: tuple[User, User], by: User) -> None:
    """Note the two whom the meeting elected; signatures of others go. Raises ValidationError."""
    _hold(minutes)
    if minutes.approved_at:
        raise ValidationError(_("These minutes are approved: they do not change any more."))
    if {person.pk for person in people} & writers(minutes):
        raise ValidationError(_("Who writes the minutes does not check them."))
    if people[0] == people[1]:
        raise ValidationError(_("The two checkers are two people."))
    minutes.checkers.exclude(person__in=people).delete()
    kept = {checker.person_id: checker.place for checker in minutes.checkers.all()}
    free = [place for place in (1, 2) if place not in kept.values()]
    for person in people:
        if person.pk not in kept:
            Checker.objects.create(minutes=minutes, place=free.pop(0), person=person)
    names = ", ".join(str(person) for person in people)
    log(gettext_noop("checkers elected"), f"{minutes.meeting}: {names}", by=by, record=minutes)


@transaction.atomic
def sign_off(minutes: Minutes, *, seen: str, by: User) -> None:
    """A checker agrees to the minutes as ``seen`` (their digest). Raises ValidationError."""
    _hold(minutes)
    if minutes.approved_at:
        raise ValidationError(_("These minutes are approved: they do not change any more."))
    checker = minutes.checkers.filter(person=by).first()
    if checker is None:
        raise ValidationError(_("Only the two checkers sign the minutes off."))
    if by.pk in writers(minutes):
        raise ValidationError(_("Who writes the minutes does not check them."))
    if seen != digest(minutes):
        raise ValidationError(_("The minutes have changed since you read them. Read them again."))
    checker.signed_at, checker.digest = timezone.now(), seen
    checker.save()
    log(gettext_noop("minutes signed off"), str(minutes.meeting), by=by, record=minutes)


@transaction.atomic
def approve_minutes(minutes: Minutes, *, at: Meeting, by: User) -> None:
    """Note that a later meeting of the same organiser approved the minutes. Raises ValidationError.

    How many could vote and were there is kept with them: acts of members with an earlier date may still
    come to be known.
    """
    _hold(minutes)
    meeting = minutes.meeting
    if minutes.approved_at:
        raise ValidationError(_("These minutes are approved: they do not change any more."))
    if by.pk in writers(minutes):
        raise ValidationError(
            _("Who wrote the minutes does not approve them. Another secretary or an administrator notes it.")
        )
    if state_of(minutes) != MinutesState.CHECKED:
        raise ValidationError(_("Minutes are approved when both checkers have signed them off."))
    if at.organiser_id != meeting.organiser_id or at.begins < meeting.finishes or at.cancelled_at:
        raise ValidationError(_("Minutes are approved at a later meeting of the same organiser."))
    if at.begins > timezone.now():
        raise ValidationError(_("That meeting has not begun yet."))
    quorum = roll(meeting).quorum
    minutes.entitled, minutes.present, minutes.needed = quorum.entitled, quorum.present, quorum.needed
    minutes.approved_at, minutes.approved_by, minutes.approved_in = timezone.now(), by, at
    minutes.full_clean()
    minutes.save()
    log(gettext_noop("minutes approved"), f"{meeting}: {at}", by=by, record=minutes)
