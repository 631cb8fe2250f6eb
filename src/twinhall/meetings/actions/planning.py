"""Planning a meeting: when and where, its agenda and papers, what of it is public, and calling it off."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.core.text import free_slug, slug
from twinhall.documents.models import Document
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.actions.numbering import move_decisions
from twinhall.meetings.models import Item, Meeting, Paper
from twinhall.parties.models import Party

IN_CALENDARS = frozenset(
    {"title", "place", "link", "starts_on", "starts_at", "ends_on", "ends_at", "zone", "about", "host"}
)
"""What calendars show: a change of it is a new version of the event."""
IN_MINUTES = frozenset(
    {
        "kind",
        "title",
        "body",
        "host",
        "place",
        "starts_on",
        "starts_at",
        "ends_on",
        "ends_at",
        "zone",
        "quorum",
    }
)
"""What stands above the minutes, and who votes by: once they are approved it stays."""


@transaction.atomic
def plan_meeting(*, organiser: Party, by: User, **told: Any) -> Meeting:
    """Make a meeting, which only organiser and host see yet. Raises ValidationError."""
    meeting = Meeting(organiser=organiser, **told)
    wanted = slug(organiser.slug, str(meeting.kind), str(meeting.starts_on))
    meeting.slug = free_slug(wanted, taken=lambda address: Meeting.objects.filter(slug=address).exists())
    _check_body(meeting)
    meeting.full_clean()
    meeting.save()
    log(gettext_noop("meeting planned"), str(meeting), by=by, record=meeting)
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User, **told: Any) -> frozenset[str]:
    """Change a meeting; give the names of what is different now. Its address stays.

    A change of what calendars show counts its sequence up, so that they follow. What was put to the vote
    moves along. Raises ValidationError, also for one that was cancelled, for what stands in approved minutes,
    and for other days than those on which something was decided.
    """
    hold(meeting)
    if meeting.cancelled_at:
        raise ValidationError(_("A cancelled meeting is not changed. Plan a new one."))
    changed = frozenset(name for name, value in told.items() if getattr(meeting, name) != value)
    if changed & IN_MINUTES:
        check_changeable(meeting)
    first, series = meeting.starts_on, _series(meeting)
    for name in changed:
        setattr(meeting, name, told[name])
    if changed & IN_CALENDARS:
        meeting.sequence += 1
    if changed & {"body", "starts_on"}:
        _check_body(meeting)
    meeting.full_clean()
    meeting.save(update_fields=[*changed, "sequence", "changed_at"])
    by_days = (meeting.starts_on - first).days
    move_decisions(meeting, by_days=by_days, is_renumbered=_series(meeting) != series)
    if changed:
        log(gettext_noop("meeting changed"), str(meeting), by=by, record=meeting)
    return changed


def _series(meeting: Meeting) -> tuple[str, int | None, int]:
    """In what the decisions of a meeting are counted."""
    return meeting.kind, meeting.body_id, meeting.starts_on.year


def _check_body(meeting: Meeting) -> None:
    """Refuse a body that had ended before the meeting."""
    body = meeting.body
    if body is not None and body.until is not None and body.until.last_day < meeting.starts_on:
        raise ValidationError({"body": _("This body has ended by then.")})


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, why: str, by: User) -> None:
    """Call a meeting off. Calendars are told by the letters that ``calling.call_off`` writes."""
    hold(meeting)
    if meeting.cancelled_at:
        raise ValidationError(_("This meeting is cancelled already."))
    if meeting.finishes <= timezone.now():
        raise ValidationError(_("This meeting is over: it cannot be called off any more."))
    meeting.cancelled_at, meeting.cancelled_why = timezone.now(), why
    meeting.sequence += 1
    meeting.full_clean()
    meeting.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "changed_at"])
    log(gettext_noop("meeting cancelled"), str(meeting), by=by, record=meeting, why=why)


PARTS = ("shows_agenda", "shows_towns", "shows_decisions", "shows_minutes")


@transaction.atomic
def publish_meeting(meeting: Meeting, *, shown: Mapping[str, bool], by: User) -> None:
    """Let everybody see that the meeting is held, and of its parts those that are ``shown``; no more."""
    hold(meeting)
    meeting.published_at = meeting.published_at or timezone.now()
    for part in PARTS:
        setattr(meeting, part, shown.get(part, False))
    meeting.save(update_fields=["published_at", "changed_at", *PARTS])
    log(gettext_noop("meeting published"), str(meeting), by=by, record=meeting)


@transaction.atomic
def unpublish_meeting(meeting: Meeting, *, by: User) -> None:
    """Take the public page away."""
    meeting.published_at = None
    meeting.save(update_fields=["published_at", "changed_at"])
    log(gettext_noop("meeting unpublished"), str(meeting), by=by, record=meeting)


# The agenda ------------------------------------------------------------------------------------------


@transaction.atomic
def add_item(meeting: Meeting, *, title: str, by: User, text: str = "", presenter: str = "") -> Item:
    """Add an item at the end of the agenda."""
    check_changeable(meeting)
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    item = Item(meeting=meeting, number=last + 1, title=title, text=text, presenter=presenter)
    item.full_clean()
    item.save()
    log(gettext_noop("item added to the agenda"), f"{meeting}: {item}", by=by, record=item)
    return item


@transaction.atomic
def change_item(item: Item, *, title: str, by: User, text: str = "", presenter: str = "") -> None:
    """Say an item otherwise; its number stays."""
    check_changeable(item.meeting)
    item.title, item.text, item.presenter = title, text, presenter
    item.full_clean()
    item.save()
    log(gettext_noop("item of the agenda changed"), f"{item.meeting}: {item}", by=by, record=item)


@transaction.atomic
def order_items(meeting: Meeting, *, ordered: Sequence[int], by: User) -> None:
    """Number the items anew in the order of their keys. Raises ValidationError where some are missing."""
    check_changeable(meeting)
    known = dict(Item.objects.filter(meeting=meeting).values_list("pk", "number"))
    if set(ordered) != set(known) or len(ordered) != len(known):
        raise ValidationError(_("The agenda has changed meanwhile. Look at it again."))
    # Two steps, since a number stands once: first out of the way, then where they belong.
    Item.objects.filter(meeting=meeting).update(number=F("number") + max(known.values(), default=0))
    for number, pk in enumerate(ordered, start=1):
        Item.objects.filter(pk=pk).update(number=number)
    log(gettext_noop("agenda put in order"), str(meeting), by=by, record=meeting)


@transaction.atomic
def remove_item(item: Item, *, by: User) -> None:
    """Take an item off the agenda, unless something was written or decided under it."""
    check_changeable(item.meeting)
    if item.passages.exists() or item.decisions.exists():
        raise ValidationError(_("Something was written or decided under this item: it stays."))
    label, meeting = f"{item.meeting}: {item}", item.meeting
    item.delete()
    later = Item.objects.filter(meeting=meeting, number__gt=item.number).order_by("number")
    for each in later:  # one by one upwards, so that no number stands twice on the way
        Item.objects.filter(pk=each.pk).update(number=each.number - 1)
    log(gettext_noop("item taken off the agenda"), label, by=by, record=meeting)


@transaction.atomic
def add_paper(
    meeting: Meeting, document: Document, *, by: User, item: Item | None = None, is_attendance: bool = False
) -> Paper:
    """Lay a document before the meeting."""
    paper = Paper(meeting=meeting, item=item, document=document, is_attendance=is_attendance)
    paper.full_clean()
    paper.save()
    log(gettext_noop("paper added"), f"{meeting}: {document}", by=by, record=paper)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> None:
    """Take a paper off the meeting; its file stays with whom it was filed."""
    log(gettext_noop("paper taken away"), f"{paper.meeting}: {paper}", by=by, record=paper.meeting)
    paper.delete()


def has_closed(meeting: Meeting, day: dt.date) -> bool:
    """Whether nobody can register any more."""
    return day > (meeting.registration_until or meeting.ends_on)
