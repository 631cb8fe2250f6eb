"""Deeds of every day, such as reminders: the first worker that comes by in the morning asks for them."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from twinhall.work.models import DailyRun
from twinhall.work.tasks import daily_deed

MORNING = 6
"""The hour from which on, in the site's time zone: nobody's telephone rings at midnight."""


def begin_daily(moment: dt.datetime) -> list[str]:
    """Ask for those of ``settings.DAILY_DEEDS`` that nobody has asked for on this day; give their names.

    A deed is a function of a day. It is done once a day as a task, so perhaps a second time where its worker
    died; it must be safe to be. A day on which no worker ran is left out, so what is due is due since.
    """
    here = timezone.localtime(moment)
    if here.hour < MORNING:
        return []
    begun = set(DailyRun.objects.filter(day=here.date()).values_list("deed", flat=True))
    return [deed for deed in settings.DAILY_DEEDS if deed not in begun and _begin(deed, here.date())]


@transaction.atomic
def _begin(deed: str, day: dt.date) -> bool:
    """Ask for a deed of a day, unless another worker did; asked for and noted together or not at all."""
    _run, is_first = DailyRun.objects.get_or_create(deed=deed, day=day)
    if is_first:
        daily_deed.enqueue(deed, day.isoformat())
    return is_first
