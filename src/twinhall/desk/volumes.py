"""Volumes of minutes. A year takes too long to be set while somebody waits for a page: a worker does it."""

import hashlib
from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop
from django_tasks import task

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.desk.minutepapers import volume_paper
from twinhall.meetings.models import Meeting, MeetingKind, Minutes, Volume
from twinhall.web import say
from twinhall.web.names import Names
from twinhall.work.doing import failure, patiently


def volume_of(minutes: Collection[Minutes], *, language: str) -> Volume | None:
    """The volume of just these minutes in a language, if it was asked for."""
    return Volume.objects.filter(key=_key(minutes, language)).first()


def _key(minutes: Collection[Minutes], language: str) -> str:
    told = f"{language} {sorted(one.pk for one in minutes)}"
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def ask_for_volume(
    meeting: Meeting, minutes: Collection[Minutes], title: str, *, language: str, by: User
) -> Volume:
    """Ask for minutes of the series of a meeting in one file; it is made once, and anew where it failed."""
    kind = say.capital(say.label(MeetingKind(meeting.kind)))
    organiser = meeting.organiser
    volume, is_new = Volume.objects.get_or_create(
        key=_key(minutes, language),
        defaults={
            "title": title,
            "heading": f"{Names([organiser]).text(organiser)} · {kind}",
            "language": language,
            "by": by,
        },
    )
    if is_new:
        volume.minutes.set(minutes)
    else:
        hold(volume)
        if volume.made_at or not failure(volume.task):
            return volume
    volume.asked_at, volume.by = timezone.now(), by
    volume.task = make_volume.enqueue(volume.pk).id
    volume.save(update_fields=["asked_at", "by", "task"])
    log(gettext_noop("volume of minutes asked for"), f"{organiser}: {title}", by=by, record=meeting)
    return volume


@task()
def make_volume(pk: int) -> None:
    """Set a volume and keep it; nothing where it was made, or forgotten, meanwhile."""
    volume = Volume.objects.filter(pk=pk, made_at__isnull=True).first()
    if volume is None:
        return
    with translation.override(volume.language):
        content = volume_paper(volume)
    made = Volume.objects.filter(pk=pk)
    patiently(partial(made.update, content=content, made_at=timezone.now()))
