"""Who may do what with meetings. Its organiser keeps a meeting; whom it invites sees it and answers."""

from dataclasses import dataclass

import rules
from django.db.models import Q, QuerySet

from twinhall.meetings.models import Checker, Commitment, Decision, Meeting, Minutes
from twinhall.parties.models import Party
from twinhall.parties.rules import Person, is_administrator, keeps, standing


@dataclass(frozen=True)
class Seat:
    """A party's place at a meeting, for which somebody answers."""

    meeting: Meeting
    party: Party


@rules.predicate
def is_at_the_table(user: Person, meeting: Meeting) -> bool:
    """Acts for the organiser, the host, or a party that is invited."""
    return Meeting.objects.filter(_at_the_table(user), pk=meeting.pk).exists()


@rules.predicate
def is_hosting(user: Person, meeting: Meeting) -> bool:
    """Speaks for the host."""
    return meeting.host_id in standing(user).speaking


@rules.predicate
def answers_for(user: Person, seat: Seat) -> bool:
    """Speaks for the party, which was called, or for the organiser."""
    speaking = standing(user).speaking
    if seat.meeting.organiser_id in speaking:
        return True
    is_called = seat.party.pk in speaking and seat.meeting.called_at is not None
    return is_called and seat.meeting.invitees.filter(party=seat.party).exists()


@rules.predicate
def is_checker(user: Person, minutes: Minutes) -> bool:
    """Was elected to check these minutes."""
    return Checker.objects.filter(minutes=minutes, person_id=user.pk).exists()


@rules.predicate
def took_it_on(user: Person, commitment: Commitment) -> bool:
    """Speaks for the party that took it on, or took it on personally."""
    return commitment.party_id in standing(user).speaking or (
        commitment.person_id is not None and commitment.person_id == user.pk
    )


@rules.predicate
def concerns(user: Person, commitment: Commitment) -> bool:
    """Acts for the organiser of its meeting or for the party that took it on, or took it on personally."""
    mine = standing(user).all
    return not mine.isdisjoint({commitment.meeting.organiser_id, commitment.party_id}) or (
        commitment.person_id is not None and commitment.person_id == user.pk
    )


@rules.predicate
def is_approved_and_at_the_table(user: Person, minutes: Minutes) -> bool:
    """Was at the table of a meeting whose minutes are approved."""
    return minutes.approved_at is not None and bool(is_at_the_table(user, minutes.meeting))


rules.add_perm("meetings.see_meeting", is_administrator | is_at_the_table)
rules.add_perm("meetings.keep_meeting", is_administrator | keeps)
rules.add_perm("meetings.keep_programme", is_administrator | keeps | is_hosting)
rules.add_perm("meetings.answer", is_administrator | answers_for)
rules.add_perm("meetings.sign_minutes", is_checker)
rules.add_perm("meetings.read_minutes", is_administrator | keeps | is_checker | is_approved_and_at_the_table)
rules.add_perm("meetings.see_commitment", is_administrator | concerns)
rules.add_perm("meetings.close_commitment", is_administrator | keeps | took_it_on)


# Their twins -----------------------------------------------------------------------------------------


def _at_the_table(user: Person) -> Q:
    mine = standing(user).all
    invited = Meeting.objects.filter(invitees__party__in=mine, called_at__isnull=False).values("pk")
    checked = Checker.objects.filter(person_id=user.pk).values("minutes__meeting")
    return Q(organiser__in=mine) | Q(host__in=mine) | Q(pk__in=invited) | Q(pk__in=checked)


def seen_by(user: Person, found: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Those of the meetings that the person sees at the desk."""
    return found if is_administrator(user) else found.filter(_at_the_table(user))


def decisions_seen_by(user: Person, found: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """Those of the decisions that were taken, or put, at meetings that the person sees."""
    if is_administrator(user):
        return found
    return found.filter(meeting__in=Meeting.objects.filter(_at_the_table(user)).order_by().values("pk"))


def commitments_seen_by(user: Person, found: "QuerySet[Commitment]") -> "QuerySet[Commitment]":
    """Those of the commitments that concern the person: of the organiser's meetings, or the party's own."""
    if is_administrator(user):
        return found
    mine = standing(user).all
    # Who has not signed in has no key; what no person took on has none either.
    own = Q(person__isnull=False, person_id=user.pk)
    return found.filter(Q(meeting__organiser__in=mine) | Q(party__in=mine) | own)
