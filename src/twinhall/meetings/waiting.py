"""What waits for a person about meetings: those that are near, calls to answer, minutes, commitments."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from twinhall.accounts.models import User
from twinhall.meetings.minuted import minuted
from twinhall.meetings.models import Checker, Commitment, CommitmentState, Invitee, Meeting, Registration
from twinhall.meetings.queries import commitment_list, meetings
from twinhall.meetings.rules import commitments_seen_by, seen_by
from twinhall.parties.rules import standing


def coming(user: User, day: dt.date) -> "QuerySet[Meeting]":
    """The meetings to come that the person sees, the nearest first."""
    found = meetings().filter(ends_on__gte=day, cancelled_at__isnull=True)
    return seen_by(user, found).order_by("starts_on", F("starts_at").asc(nulls_first=True), "pk")


def unanswered(user: User, day: dt.date) -> "QuerySet[Invitee]":
    """Calls that no answer was given to by a town that the person speaks for, one for each town."""
    answered = Registration.objects.filter(meeting=OuterRef("meeting"), party=OuterRef("party"))
    before = Invitee.objects.filter(
        meeting=OuterRef("meeting"), party=OuterRef("party"), pk__lt=OuterRef("pk")
    )
    is_open = Q(meeting__registration_until__gte=day) | Q(
        meeting__registration_until__isnull=True, meeting__ends_on__gte=day
    )
    waits = Invitee.objects.filter(
        is_open,
        party__in=standing(user).speaking,
        meeting__called_at__isnull=False,
        meeting__cancelled_at__isnull=True,
    ).filter(~Exists(answered), ~Exists(before))
    return waits.select_related("meeting", "party").order_by("meeting__starts_on", "pk")


def minutes_to_check(user: User) -> list[Checker]:
    """Minutes that the person was elected to check and has not signed off as they are now.

    A signature under minutes that have changed since counts no more. To know that, the minutes are read: a
    dozen queries for each that the person has signed and no meeting has approved yet.
    """
    elected = Checker.objects.filter(person=user, minutes__approved_at__isnull=True)
    found = elected.select_related("minutes__meeting").order_by("minutes__meeting__starts_on", "pk")
    return [
        checker
        for checker in found
        if checker.signed_at is None or checker.digest != minuted(checker.minutes.meeting).digest
    ]


def overdue(user: User, day: dt.date) -> "QuerySet[Commitment]":
    """Commitments that concern the person and whose day is over, the oldest first."""
    return commitments_seen_by(user, commitment_list(day, state=CommitmentState.OVERDUE))
