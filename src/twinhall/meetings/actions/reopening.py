"""Opening a vote again that was counted or noted wrongly, as long as its minutes are not approved."""

from collections.abc import Collection
from textwrap import wrap

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.locking import hold
from twinhall.evidence.actions import reject
from twinhall.evidence.models import Source, Statement
from twinhall.meetings.actions.deciding import key_of
from twinhall.meetings.actions.minuting import check_changeable
from twinhall.meetings.models import Decision, Outcome
from twinhall.networks.actions import reopen_applications
from twinhall.networks.models import MembershipAct
from twinhall.parties import precedence
from twinhall.parties.actions import withdraw
from twinhall.parties.models import Party

LINE = 280
"""So much of a roll call fits into one line of the log, with the number of its decision."""


@transaction.atomic
def reopen_decision(decision: Decision, *, why: str, by: User, anew: Collection[Party] = ()) -> None:
    """Open a vote again: nothing is decided; what stood before stands in the log.

    Of a roll call the votes stay, but for those to be noted ``anew``.

    What it did to a membership is taken back with it: the act, as what and under which number the member was
    admitted, the end of its application. Raises ValidationError without a reason, for a vote that has not
    begun or of which nothing is to be noted anew, where the minutes are approved, and where something was
    decided on the member since.
    """
    check_changeable(decision.meeting)
    hold(decision)
    if not why.strip():
        raise ValidationError({"why": _("Give the reason.")})
    before = _stood(decision)
    wrong = decision.votes.filter(party__in=anew)
    if decision.outcome == Outcome.OPEN and not wrong.exists():
        raise ValidationError({"anew": _("Nobody has voted yet.")})
    if decision.act is not None:
        _take_back(decision, decision.act, why=why, by=by)
    wrong.delete()
    decision.outcome, decision.act = Outcome.OPEN, None
    decision.in_favour = decision.against = decision.abstained = None
    decision.entitled = decision.present = None
    decision.full_clean()
    decision.save()
    for line in wrap(before, LINE):
        log(gettext_noop("vote opened again"), f"{decision.called}: {line}", by=by, record=decision, why=why)


def _stood(decision: Decision) -> str:
    """What is given up, for the log: “carried 2:1:0; narva for, valga for”. Raises ValidationError."""
    votes = [f"{vote.party.slug} {vote.choice}" for vote in decision.votes.select_related("party")]
    if decision.outcome == Outcome.OPEN:
        if not votes:
            raise ValidationError(_("Nobody has voted yet."))
        return ", ".join(votes)
    counted = (decision.in_favour, decision.against, decision.abstained)
    counts = "" if None in counted else " " + ":".join(map(str, counted))
    return "; ".join(filter(None, [f"{decision.outcome}{counts}", ", ".join(votes)]))


def _take_back(decision: Decision, act: MembershipAct, *, why: str, by: User) -> None:
    """Undo what the decision did, unless the register has gone on from there."""
    membership = act.membership
    hold(membership)
    if membership.acts.filter(number__gt=act.number).exists():
        raise ValidationError(
            _("Something has become of the membership since: take that back first, on its page.")
        )
    if act.withdrawn_at is None:
        withdraw(act, why=why, by=by)
    said = Statement.objects.filter(
        source__in=Source.objects.filter(key=key_of(decision)),
        subject_type=membership._meta.label_lower,
        subject_id=membership.pk,
    )
    reject(said, by=by, rank=precedence.rank, why=why)
    assert decision.decided_on is not None  # noqa: S101 - a constraint holds it
    reopen_applications(membership, kind=act.kind, since=decision.decided_on, by=by)
