"""Deeds of every day are asked for once a day, in the morning, whoever comes by."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.working import work_off
from twinhall.work.daily import begin_daily
from twinhall.work.models import DailyRun
from twinhall.work.tasks import forget_done

pytestmark = pytest.mark.django_db

DEED = "tests.work.test_daily.note"
noted: list[dt.date] = []


def note(day: dt.date) -> None:
    noted.append(day)


@pytest.fixture(autouse=True)
def _one_deed(settings: Settings) -> None:
    settings.DAILY_DEEDS = [DEED]
    noted.clear()


def moment(hour: int, day: int = 22) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def test_a_deed_is_done_once_a_day() -> None:
    asked = [begin_daily(at) for at in (moment(6), moment(7), moment(23), moment(6, day=23))]
    work_off()
    assert asked == [[DEED], [], [], [DEED]]
    assert noted == [dt.date(2026, 11, 22), dt.date(2026, 11, 23)]


def test_before_six_nothing_is_done() -> None:
    assert (begin_daily(moment(5)), work_off()) == ([], 0)


def test_the_day_is_that_of_the_site() -> None:
    with timezone.override(ZoneInfo("Pacific/Auckland")):  # thirteen hours before UTC
        assert begin_daily(moment(17)) == [DEED]
    work_off()
    assert noted == [dt.date(2026, 11, 23)]


def test_a_deed_that_was_asked_for_is_not_asked_for_by_another_worker() -> None:
    DailyRun.objects.create(deed=DEED, day=dt.date(2026, 11, 22))
    assert (begin_daily(moment(9)), work_off()) == ([], 0)


def test_what_is_done_is_forgotten_after_two_weeks() -> None:
    begin_daily(moment(9))
    work_off()
    forget_done(dt.date(2026, 11, 22))
    assert DBTaskResult.objects.count() == 1
    old = timezone.now() - dt.timedelta(days=15)
    DBTaskResult.objects.update(finished_at=old)
    DailyRun.objects.update(at=old)
    begin_daily(moment(9, day=23))
    forget_done(dt.date(2026, 11, 23))
    assert [row.status for row in DBTaskResult.objects.all()] == ["READY"]
    assert [run.day for run in DailyRun.objects.all()] == [dt.date(2026, 11, 23)]


def test_every_deed_of_the_site_is_there() -> None:
    from twinhall import settings as house  # noqa: PLC0415 - as they are set, not as this module sets them

    assert [name for name in house.DAILY_DEEDS if not callable(import_string(name))] == []
