"""Deciding: what is put, who votes, what is counted; and the act that a decision takes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.dates import PartialDate
from twinhall.core.languages import FALLBACK, best
from twinhall.core.locking import hold
from twinhall.evidence.models import Source, SourceKind
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.actions.numbering import next_number
from twinhall.meetings.models import (
    Choice,
    Decision,
    Item,
    Meeting,
    Method,
    Outcome,
    RollVote,
)
from twinhall.meetings.voting import Roll, is_carried, not_voted, roll
from twinhall.networks.actions import decide_membership
from twinhall.networks.deeds import check_deed
from twinhall.networks.models import Membership, MembershipStatus
from twinhall.networks.queries import at
from twinhall.parties.models import Party, Publication

DECISION = "decision-"
"""What the keys of sources begin with that are decisions; the decision's own key follows."""


@transaction.atomic
def put(item: Item, *, text: str, method: str, by: User, **told: Any) -> Decision:
    """Put something to the vote under an item; without ``decided_on``, on the first day of its meeting.

    Raises ValidationError.
    """
    meeting = item.meeting
    _check_held(meeting)
    decision = Decision(
        meeting=meeting, item=item, number=next_number(meeting), text=text, method=method, **told
    )
    decision.decided_on = decision.decided_on or meeting.starts_on
    decision.full_clean()
    if decision.membership is not None:
        _check_deed(decision.membership, decision.deed, decision.decided_on)
    decision.save()
    log(gettext_noop("decision put"), str(decision), by=by, record=decision)
    return decision


def _check_deed(membership: Membership, deed: str, day: dt.date) -> None:
    """Refuse what cannot be done with the membership as it stands on the day; beside what was chosen."""
    try:
        check_deed(membership, deed, day)
    except ValidationError as error:
        raise ValidationError({"deed": error.messages}) from error


@transaction.atomic
def withdraw_decision(decision: Decision, *, by: User) -> None:
    """Take back what was put and not decided yet."""
    hold(decision)
    _check_open(decision)
    log(gettext_noop("decision taken back"), str(decision), by=by, record=decision.meeting)
    decision.delete()


@transaction.atomic
def cast(decision: Decision, *, votes: Mapping[Party, str], by: User) -> None:
    """Note votes of a roll call. Raises ValidationError, naming the first that cannot be: none is noted then.

    Refused are the vote of who has none (suspended, not a member, not of the body), of who is not there,
    and a second vote.
    """
    _check_sits(decision.meeting)
    hold(decision)
    _check_open(decision)
    if decision.method != Method.ROLL:
        raise ValidationError(_("There is no roll call on this decision."))
    called = roll(decision.meeting, decision.decided_on)
    voted = set(decision.votes.values_list("party", flat=True))
    for party, choice in votes.items():
        _check_vote(decision, called, voted, party)
        vote = RollVote(decision=decision, party=party, choice=choice)
        vote.full_clean()
        vote.save()
        voted.add(party.pk)
    log(gettext_noop("votes noted"), str(decision), by=by, record=decision)


def _check_vote(decision: Decision, called: Roll, voted: set[int], party: Party) -> None:
    meeting, day = decision.meeting, decision.decided_on or decision.meeting.starts_on
    named = {"party": party.name, "day": day.isoformat()}
    if party not in called.entitled:
        own = Membership.objects.standing().filter(network__party=meeting.organiser_id, party=party)
        if at(own, MembershipStatus.SUSPENDED, day).exists():
            raise ValidationError(_("%(party)s is suspended on %(day)s and has no vote.") % named)
        raise ValidationError(_("%(party)s has no vote at this meeting.") % named)
    if party not in called.present:
        raise ValidationError(_("%(party)s is not there: nobody came who casts its vote.") % named)
    if party.pk in voted:
        raise ValidationError(_("%(party)s has voted already.") % named)


@transaction.atomic
def take(
    decision: Decision,
    *,
    by: User,
    counts: Mapping[str, int] | None = None,
    did_not_vote: bool = False,
    **act: Any,
) -> Decision:
    """Close the vote: count it, say what came of it, and take the act that it decides.

    ``counts`` are those of a secret vote (Choice to votes); a roll call is counted from its votes, and needs
    that of every member that is there, unless those without one ``did_not_vote``; what is decided by
    consensus is carried. ``act`` is handed to ``networks.actions.decide_membership`` (category,
    number, texts). Raises ValidationError without a quorum, or for more votes than voters.
    """
    _check_sits(decision.meeting)
    hold(decision)
    _check_open(decision)
    called = roll(decision.meeting, decision.decided_on)
    _check_quorum(called)
    decision.entitled, decision.present = len(called.entitled), len(called.present)
    if decision.method == Method.CONSENSUS:
        decision.outcome = Outcome.CARRIED
    else:
        _note_counts(decision, _rolled(decision) if decision.method == Method.ROLL else counts, called)
        if decision.method == Method.ROLL and not did_not_vote:
            _check_all_voted(decision, called)
        decision.outcome = Outcome.CARRIED if is_carried(decision) else Outcome.REJECTED
    decision.full_clean()
    decision.save()
    if decision.outcome == Outcome.CARRIED and decision.membership is not None:
        _take_act(decision, by=by, **act)
    log(gettext_noop("decision taken"), str(decision), by=by, record=decision)
    return decision


def _check_open(decision: Decision) -> None:
    if decision.outcome != Outcome.OPEN:
        raise ValidationError(_("This was decided already."))


def _check_held(meeting: Meeting) -> None:
    check_changeable(meeting)
    if meeting.cancelled_at:
        raise ValidationError(_("A meeting that was cancelled decides nothing."))


def _check_sits(meeting: Meeting) -> None:
    _check_held(meeting)
    if meeting.begins > timezone.now():
        raise ValidationError(_("The meeting has not begun yet."))


def _check_quorum(called: Roll) -> None:
    if not called.has_quorum:
        said = ngettext(
            "There is no quorum: %(present)s of the %(entitled)s members that may vote is there, "
            "and %(needed)s must be.",
            "There is no quorum: %(present)s of the %(entitled)s members that may vote are there, "
            "and %(needed)s must be.",
            len(called.present),
        )
        counts = {
            "present": len(called.present),
            "entitled": len(called.entitled),
            "needed": called.needed,
        }
        raise ValidationError(said % counts)


def _check_all_voted(decision: Decision, called: Roll) -> None:
    if missing := not_voted(decision, called):
        said = _(
            "No vote is noted yet of these members that are there: %(members)s. Note it, or tick that they "
            "did not vote."
        )
        named = ", ".join(party.name for party in missing)
        raise ValidationError({"did_not_vote": said % {"members": named}})


def _rolled(decision: Decision) -> dict[str, int]:
    return dict(decision.votes.order_by().values_list("choice").annotate(count=Count("pk")))


def _note_counts(decision: Decision, counts: Mapping[str, int] | None, called: Roll) -> None:
    if counts is None:
        raise ValidationError(_("Give the counts: for, against, abstentions."))
    decision.in_favour = counts.get(Choice.FOR, 0)
    decision.against = counts.get(Choice.AGAINST, 0)
    decision.abstained = counts.get(Choice.ABSTAINED, 0)
    total = decision.in_favour + decision.against + decision.abstained
    if total > len(called.present):
        said = _("%(votes)s votes were counted, but only %(present)s members with a vote are there.")
        raise ValidationError(said % {"votes": total, "present": len(called.present)})
    if not total:
        raise ValidationError(_("Nobody has voted yet."))


def _take_act(decision: Decision, *, by: User, **act: Any) -> None:
    """The membership's own act, with the decision as its source; the decision points down at it."""
    assert decision.membership is not None  # noqa: S101 - asked by the caller
    assert decision.decided_on is not None  # noqa: S101 - a constraint holds it
    decision.act = decide_membership(
        decision.membership,
        kind=decision.deed,
        date=PartialDate.parse(decision.decided_on.isoformat()),
        by=by,
        source=source_of(decision),
        language=decision.meeting.language,
        **act,
    )
    decision.save(update_fields=["act"])


def key_of(decision: Decision) -> str:
    """What its source is called, by which it is found again."""
    return f"{DECISION}{decision.pk}"


def source_of(decision: Decision) -> Source:
    """The decision as a source, published by the organiser; one for each decision."""
    meeting = decision.meeting
    source, new = Source.objects.get_or_create(
        key=key_of(decision),
        defaults={
            "kind": SourceKind.DECISION,
            "title": _title(decision),
            "language": language_of(meeting),
            "dated": str(decision.decided_on or meeting.starts_on),
            "read_on": decision.decided_on or meeting.starts_on,
        },
    )
    if new:
        Publication.objects.create(source=source, publisher=meeting.organiser)
    return source


def _title(decision: Decision) -> str:
    """“Decision 3/2026 (board meeting)”: no more, since the meeting itself may not be public."""
    meeting = decision.meeting
    with translation.override(language_of(meeting)):
        body = best(meeting.body.name).text if meeting.body else ""
        named = {"number": decision.called, "meeting": body or meeting.get_kind_display()}
        return _("Decision %(number)s (%(meeting)s)") % named


def language_of(meeting: Meeting) -> str:
    """The language of a meeting where the site has it, else English."""
    return meeting.language if meeting.language in dict(settings.LANGUAGES) else FALLBACK
