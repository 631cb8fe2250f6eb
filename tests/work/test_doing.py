"""Tasks are done once each; a worker's death or a failing task stops none of the others."""

import datetime as dt
import logging
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone, translation
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from tests.working import work_off
from twinhall.work import doing
from twinhall.work.doing import claim_next, do, failure, patiently
from twinhall.work.models import Shift
from twinhall.work.shifts import (
    LEASE,
    MOST_STARTS,
    beat,
    begin_shift,
    end_shift,
    is_somebody_at_work,
    take_up_again,
)

pytestmark = pytest.mark.django_db

done: list[object] = []


@task()
def note(what: str) -> str:
    done.append((what, translation.get_language()))
    return what


@task(takes_context=True)
def note_attempt(context: TaskContext) -> None:
    done.append(context.attempt)


@task()
def fail() -> None:
    raise ValueError("It cannot be done.")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def age(shift: Shift) -> None:
    """The worker has been silent for longer than a living one is."""
    Shift.objects.filter(pk=shift.pk).update(seen_at=timezone.now() - LEASE - dt.timedelta(seconds=1))


def status(number: int = 0) -> str:
    return str(DBTaskResult.objects.order_by("enqueued_at")[number].status)


# Doing ------------------------------------------------------------------------------------------------


def test_tasks_are_done_in_their_order_and_in_the_language_of_the_site() -> None:
    for what in "abc":
        note.enqueue(what)
    with translation.override("et"):
        assert work_off() == 3
    assert done == [("a", "en"), ("b", "en"), ("c", "en")]
    assert work_off() == 0


def test_a_task_that_is_claimed_is_nobody_elses() -> None:
    note.enqueue("a")
    assert claim_next("one") is not None
    assert claim_next("other") is None


def test_a_task_for_later_waits() -> None:
    note.using(run_after=timezone.now() + dt.timedelta(minutes=1)).enqueue("later")
    assert (work_off(), done) == (0, [])


def test_a_task_that_fails_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue()
    note.enqueue("next")
    with caplog.at_level(logging.ERROR):
        work_off()
    assert done == [("next", "en")]
    assert (status(0), status(1)) == ("FAILED", "SUCCESSFUL")
    assert "It cannot be done." in DBTaskResult.objects.get(status="FAILED").traceback
    assert [record.getMessage() for record in caplog.records] == [
        "The task tests.work.test_doing.fail failed."
    ]


def test_what_a_task_failed_of_is_told() -> None:
    failed, done_well = UUID(fail.enqueue().id), UUID(note.enqueue("next").id)
    assert failure(failed) == ""
    work_off()
    assert failure(failed).endswith(": It cannot be done.")
    assert (failure(done_well), failure(None)) == ("", "")


def test_a_task_that_is_no_more_fails_by_itself() -> None:
    note.enqueue("a")
    DBTaskResult.objects.update(task_path="twinhall.work.tasks.gone")
    assert (work_off(), status()) == (1, "FAILED")


def test_what_happened_is_written_down_though_the_database_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "BETWEEN_TRIES", 0)
    monkeypatch.setattr(doing, "close_old_connections", lambda: None)  # the test's own stays open
    left = [OperationalError("database is locked")] * 3

    def write() -> None:
        if left:
            raise left.pop()
        done.append("written")

    patiently(write)
    assert done == ["written"]


# Death ------------------------------------------------------------------------------------------------


def test_what_a_dead_worker_left_is_taken_up_again() -> None:
    dead, living = begin_shift(), begin_shift()
    note_attempt.enqueue()
    claim_next(dead.key)
    assert take_up_again() == 0
    age(dead)
    assert (take_up_again(), status()) == (1, "READY")
    row = claim_next(living.key)
    assert row
    do(row)
    assert (done, status()) == ([2], "SUCCESSFUL")
    assert [shift.key for shift in Shift.objects.all()] == [living.key]


def test_what_a_living_worker_does_is_left_alone_however_long() -> None:
    shift = begin_shift()
    note.enqueue("a")
    claim_next(shift.key)
    DBTaskResult.objects.update(started_at=timezone.now() - dt.timedelta(days=1))
    age(shift)
    beat(shift)
    assert (take_up_again(), status()) == (0, "RUNNING")


def test_a_task_that_its_workers_die_of_is_given_up() -> None:
    note.enqueue("a")
    starts = 0
    while claim_next(f"worker {starts}"):
        starts += 1
        take_up_again()
    assert (starts, status()) == (MOST_STARTS, "FAILED")


def test_a_worker_that_was_held_to_be_dead_is_noted_anew() -> None:
    shift = begin_shift()
    Shift.objects.all().delete()
    beat(shift)
    assert is_somebody_at_work()
    end_shift(shift)
    assert not is_somebody_at_work()
