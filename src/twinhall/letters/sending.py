"""What becomes of a letter: it is claimed, handed over once, and what the mail server said is noted."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from twinhall.letters.composing import compose
from twinhall.letters.handing import Answer, Outcome, hand_over
from twinhall.letters.models import Enclosure, Letter, State, Unsent, is_in
from twinhall.letters.queries import is_unwanted
from twinhall.work.doing import patiently

WAITS = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(minutes=30))
"""After which times a letter that was not taken is tried again; once more is of no use."""


def send(pk: int, *, task: str) -> dt.datetime | None:
    """Send a letter that waits; give the time of its next attempt where there is to be one.

    Safe to be done again for the same ``task``: a claim that the task left behind when its worker died puts
    the letter in doubt. It stands outside of a transaction, so that the claim is kept before the mail server
    hears of anything.
    """
    letter = Letter.objects.get(pk=pk)
    if not letter.is_duty and is_unwanted(letter.to, letter.kind):
        give_up(letter, is_in(State.WAITING), why=Unsent.UNSUBSCRIBED)
    mail = compose(letter)
    if not _claim(letter, task):
        return _found(letter, task)
    patiently(partial(_settle, letter, task, hand_over(mail)))
    letter.refresh_from_db()
    return letter.next_try_at


def give_up(letter: Letter, where: Q, *, why: Unsent) -> bool:
    """Let a letter rest for good, where it is still so; say whether it was."""
    return end(letter, where, unsent_at=timezone.now(), unsent_why=why, refused_at=None)


@transaction.atomic
def end(letter: Letter, where: Q, **ended: object) -> bool:
    """Write how a letter ended, where it is still so; one that is passing is erased with it."""
    if letter.is_passing:
        ended |= {"to": "", "body": "", "erased_at": timezone.now()}
    changed = Letter.objects.filter(where, pk=letter.pk).update(next_try_at=None, **ended)
    if changed and letter.is_passing:
        Enclosure.objects.filter(letter=letter).delete()
    return bool(changed)


def _claim(letter: Letter, task: str) -> bool:
    """Take the letter for one attempt; of several tasks one alone does."""
    now = timezone.now()
    due = is_in(State.WAITING) & (Q(next_try_at__isnull=True) | Q(next_try_at__lte=now))
    claimed = Letter.objects.filter(due, pk=letter.pk).update(
        claimed_at=now, claimed_by=task, next_try_at=None, tries=letter.tries + 1, said=""
    )
    letter.tries += claimed
    return bool(claimed)


def _found(letter: Letter, task: str) -> dt.datetime | None:
    """A letter that cannot be claimed: in doubt where this very task claimed it and then died."""
    left = Letter.objects.filter(is_in(State.CLAIMED), pk=letter.pk, claimed_by=task)
    left.update(doubted_at=timezone.now())
    letter.refresh_from_db()
    return letter.next_try_at


def _settle(letter: Letter, task: str, answer: Answer) -> None:
    """Write down what became of the attempt."""
    now, mine = timezone.now(), is_in(State.CLAIMED, State.IN_DOUBT) & Q(claimed_by=task)
    attempt = Letter.objects.filter(mine, pk=letter.pk)
    match answer.outcome:
        case Outcome.TAKEN:
            end(letter, mine, sent_at=now)
        case Outcome.UNKNOWN:
            attempt.update(doubted_at=now, said=answer.said)
        case Outcome.LATER if letter.tries <= len(WAITS):
            again = now + WAITS[letter.tries - 1]
            attempt.update(
                claimed_at=None, claimed_by="", doubted_at=None, said=answer.said, next_try_at=again
            )
        case _:
            attempt.update(refused_at=now, said=answer.said)
