"""Which workers are at work, and taking up what those that died left undone."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from twinhall.work.doing import Row
from twinhall.work.models import Shift

logger = logging.getLogger(__name__)
BEAT = dt.timedelta(seconds=10)
"""How often a worker says that it is at work."""
LEASE = dt.timedelta(seconds=60)
"""A worker that has said nothing for so long is held to be dead."""
MOST_STARTS = 5
"""A task that was begun so often and never ended may be what its workers died of: it is not begun again."""


class GivenUpError(Exception):
    """A task whose workers died, each time that it was begun."""


def begin_shift() -> Shift:
    """A new worker is at work from now."""
    return Shift.objects.create(key=get_random_string(32))


def beat(shift: Shift) -> None:
    """The worker is still at work; it is noted anew where it was held to be dead."""
    if not Shift.objects.filter(key=shift.key).update(seen_at=timezone.now()):
        Shift.objects.create(key=shift.key, begun_at=shift.begun_at)


def end_shift(shift: Shift) -> None:
    """The worker has ended, with nothing left undone."""
    Shift.objects.filter(key=shift.key).delete()


def is_somebody_at_work() -> bool:
    """Whether any worker has been seen lately, so that letters go out."""
    return _at_work().exists()


def take_up_again() -> int:
    """Let what dead workers left undone be done anew by others; say how many tasks."""
    if not _left(DBTaskResult.objects.running()):  # asked first: it takes no lock
        return 0
    with transaction.atomic():
        left = _left(DBTaskResult.objects.running().select_for_update(skip_locked=True))
        for row in left:
            _take_up(row)
        Shift.objects.filter(seen_at__lt=timezone.now() - LEASE).delete()
    return len(left)


def _left(running: "QuerySet[Row]") -> list[Row]:
    """Those of the tasks whose workers are dead."""
    rows = list(running)  # before the workers: who claims a task is noted as a worker already
    living = set(_at_work().values_list("key", flat=True)) if rows else set()
    return [row for row in rows if row.worker_ids[-1] not in living]


def _at_work() -> "QuerySet[Shift]":
    return Shift.objects.filter(seen_at__gt=timezone.now() - LEASE)


def _take_up(row: Row) -> None:
    if len(row.worker_ids) >= MOST_STARTS:
        logger.error("The task %s is given up: its workers died %d times.", row.task_path, MOST_STARTS)
        row.set_failed(GivenUpError(f"Its workers died {MOST_STARTS} times."))
        return
    logger.warning("The worker of the task %s has died; the task is done anew.", row.task_path)
    DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY)
