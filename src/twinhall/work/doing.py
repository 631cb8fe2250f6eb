"""Working off tasks: one is claimed, then done. A task may be done twice, so it must be safe to be."""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias, cast
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, close_old_connections, transaction
from django.utils import translation
from django_tasks import TaskContext, TaskResult
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
TRIES, BETWEEN_TRIES = 300, 1.0
"""How often, and seconds apart, a worker tries to write down what it did: a load locks SQLite for minutes."""
Row: TypeAlias = DBTaskResult[..., Any]


def claim_next(worker: str) -> Row | None:
    """Take the next task that is due, for this worker alone; None where none is."""
    if not DBTaskResult.objects.ready().exists():  # asked first: a claim takes SQLite's one lock for writing
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().get_locked()
        if row is not None:
            row.claim(worker)
    return row


def do(row: Row) -> None:
    """Do a task that was claimed. What it raises is logged and kept with it; what it returns is not kept."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _call(row)
    except Exception as error:  # whatever a task may raise, the worker goes on
        logger.exception("The task %s failed.", row.task_path)
        patiently(partial(row.set_failed, error))
    else:
        patiently(partial(row.set_successful, None))


def _call(row: Row) -> None:
    told = row.task_result
    context = [TaskContext(task_result=cast("TaskResult[Any]", told))] if told.task.takes_context else []
    told.task.call(*context, *told.args, **told.kwargs)


def failure(task: UUID | None) -> str:
    """What a task failed of, as the last line of its traceback says it; empty for one that has not failed."""
    row = DBTaskResult.objects.failed().filter(pk=task).first() if task else None
    return row.traceback.rstrip().rpartition("\n")[2] if row else ""


def patiently(write: Callable[[], object]) -> None:
    """Write what has happened, though the database is busy or away for a while; outside of a transaction.

    Raises OperationalError where it stays so.
    """
    for _ in range(TRIES - 1):
        try:
            write()
        except OperationalError:
            logger.warning("The database takes nothing now; trying again.")
            time.sleep(BETWEEN_TRIES)
            close_old_connections()
        else:
            return
    write()
