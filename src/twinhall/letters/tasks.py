import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskContext, task

from twinhall.letters import sending
from twinhall.letters.models import Enclosure, Letter, State, Unsent, is_in

LONGEST = dt.timedelta(hours=1)
"""No attempt to send a letter takes so long; one that was begun before is of a task that is no more."""


@task(takes_context=True)
def send_letter(context: TaskContext, letter: int) -> None:
    """Send a letter; where it is not taken now, ask for another attempt."""
    next_try = sending.send(letter, task=context.task_result.id)
    if next_try is not None:
        send_letter.using(run_after=next_try).enqueue(letter)


def look_after(_day: dt.date) -> None:
    """A daily deed: letters that no task has on its mind any more are put in doubt, or asked for anew."""
    before = timezone.now() - LONGEST
    Letter.objects.in_state(State.CLAIMED).filter(claimed_at__lt=before).update(doubted_at=timezone.now())
    waiting = Letter.objects.in_state(State.WAITING).filter(made_at__lt=before)
    forgotten = waiting.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lt=before))
    for letter in forgotten.values_list("pk", flat=True):
        send_letter.enqueue(letter)


def forget_old(_day: dt.date) -> None:
    """A daily deed: texts and enclosures are erased when they have been kept for long enough."""
    now = timezone.now()
    old = Letter.objects.filter(erased_at__isnull=True, made_at__lt=now - settings.LETTERS_KEPT)
    Enclosure.objects.filter(letter__in=old.values("pk")).delete()
    never_sent = is_in(State.WAITING, State.CLAIMED, State.IN_DOUBT, State.REFUSED)
    for letter in old.filter(never_sent):
        sending.give_up(letter, never_sent, why=Unsent.OLD)
    old.filter(is_passing=True).update(to="", body="", erased_at=now)
    old.update(body="", erased_at=now)
