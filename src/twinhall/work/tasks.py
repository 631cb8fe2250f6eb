import datetime as dt

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from twinhall.work.models import DailyRun

KEPT = dt.timedelta(days=14)
"""How long it is remembered that a task was done, or failed and why."""


@task()
def daily_deed(deed: str, day: str) -> None:
    """Do a daily deed, named by its dotted path, for an ISO day."""
    import_string(deed)(dt.date.fromisoformat(day))


def forget_done(_day: dt.date) -> None:
    """Tasks that were done two weeks ago and more are forgotten: a daily deed itself."""
    since = timezone.now() - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=since).delete()
    DailyRun.objects.filter(at__lt=since).delete()
