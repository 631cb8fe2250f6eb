"""Deeds on networks. Facts about them go in as statements."""

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from twinhall.accounts.actions import log
from twinhall.accounts.models import User
from twinhall.core.acts import make_room, out_of_order
from twinhall.core.dates import PartialDate
from twinhall.core.locking import hold
from twinhall.documents.models import Document
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Source
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.deeds import MAKES_MEMBER, NEEDS_MEMBERSHIP, check_deed, open_deeds
from twinhall.networks.models import (
    Application,
    Category,
    Membership,
    MembershipAct,
    MembershipActKind,
    Network,
    Outcome,
)
from twinhall.networks.queries import has_number
from twinhall.parties.actions import ORIGIN, state
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership


def found_network(party: Party, *, by: User) -> Network:
    """Make the network of a party of kind association. Raises ValidationError for another kind."""
    if not party.is_association:
        raise ValidationError(_("A network is a party of kind association."))
    network = Network.objects.create(party=party)
    log(gettext_noop("network founded"), party.slug, by=by, record=network)
    return network


@transaction.atomic
def open_membership(
    network: Network, party: Party, *, by: User, via: Party | None = None, pair: Partnership | None = None
) -> Membership:
    """Make a party's membership of a network. Raises ValidationError where there can be none."""
    membership = Membership(network=network, party=party, via=via, pair=pair)
    membership.full_clean()
    membership.save()
    log(gettext_noop("membership opened"), str(membership), by=by, record=membership)
    return membership


@transaction.atomic
def tie_membership(membership: Membership, *, via: Party | None, pair: Partnership | None, by: User) -> None:
    """Say through whom a party is a member, and which pair it belongs to. Raises ValidationError."""
    if via is not None and via.pk in (membership.party_id, membership.network_id):
        raise ValidationError({"via": _("A party is a member through another one.")})
    membership.via, membership.pair = via, pair
    membership.save(update_fields=["via", "pair"])
    log(gettext_noop("membership changed"), str(membership), by=by, record=membership)


@transaction.atomic
def add_membership_act(
    membership: Membership,
    *,
    kind: str,
    by: User,
    number: int | None = None,
    date: PartialDate | None = None,
) -> MembershipAct:
    """Add an act after the others, at a free number, or where its date puts it.

    The date itself goes in as a statement. Raises ValidationError where the act cannot be.
    """
    if number and MembershipAct.every.filter(membership=membership, number=number).exists():
        raise ValidationError(_("This tie has an act with this number already."))
    place = number or make_room(MembershipAct.every.filter(membership=membership), date)
    earlier = list(membership.acts.values_list("number", "kind"))
    check_membership_acts([k for _, k in sorted([*earlier, (place, kind)], key=itemgetter(0))])
    act = MembershipAct(membership=membership, kind=kind, number=place)
    act.full_clean()
    act.save()
    log(gettext_noop("act added"), str(act), by=by, record=act)
    return act


@transaction.atomic
def take_deed(
    membership: Membership, *, kind: str, by: User, date: PartialDate | None = None
) -> MembershipAct:
    """Add what a member or its network does, as an act, where the membership is such that it can.

    The act stands after all others, and the status after them is asked. But what only a source saw later
    than ``date`` does not bar it: where it was possible on its own day, it goes there. The date itself goes
    in as a statement. Raises ValidationError.
    """
    hold(membership)
    days = [act.date for act in membership.acts.all() if act.date]
    is_seen_later = date is not None and any(day.first_day > date.last_day for day in days)
    if date and is_seen_later and kind in open_deeds(membership, date.last_day):
        return add_membership_act(membership, kind=kind, by=by, date=date)
    last = max([date.last_day if date else timezone.localdate(), *(day.last_day for day in days)])
    check_deed(membership, kind, last)
    return add_membership_act(membership, kind=kind, by=by)


def check_membership_acts(kinds: list[str]) -> None:
    """Refuse acts that end or suspend a membership which never began; ``kinds`` are all, in their order."""
    member = False
    for kind in kinds:
        if kind in NEEDS_MEMBERSHIP and not member:
            raise ValidationError(
                _("The act “%(act)s” cannot come first: nothing has begun that it could apply to.")
                % {"act": MembershipActKind(kind).label}
            )
        member = member or kind in MAKES_MEMBER


# Decisions ---------------------------------------------------------------------------------------------

CATEGORIES = tuple(c for c in Category if c not in (Category.COOPERATING, Category.APPLICANT))
"""What a party is admitted as."""
DECISIONS = frozenset(MembershipActKind) - {MembershipActKind.APPLIED, MembershipActKind.ATTESTED}
"""What a network decides on; a party applies itself, and what a source saw nobody decided."""


@transaction.atomic
def decide_membership(
    membership: Membership,
    *,
    kind: str,
    source: Source,
    by: User,
    date: PartialDate | None = None,
    category: str = "",
    number: int | None = None,
    facts: Mapping[str, object] | None = None,
    texts: Mapping[str, str] | None = None,
    language: str = "en",
    quote: str = "",
    documents: Iterable[Document] = (),
) -> MembershipAct:
    """Take what a network decided, in writing or at a meeting, as an act with its statements on the source.

    ``kind`` is one of DECISIONS; ``category`` and ``number`` say as what and under which number a member is
    admitted. ``facts`` are the act's other columns (place, deciding_body, valid_until); ``texts`` its note
    and reason, in ``language``. An application that waits for this decision is closed by it. What ``by`` may
    not accept waits as a proposal. Raises ValidationError where the act cannot be, RefusedError where a
    column does not take its value.
    """
    texts = {name: text for name, text in (texts or {}).items() if text}
    hold(membership)
    _check_decision(membership, kind, date=date, category=category, number=number, texts=texts)
    act = take_deed(membership, kind=kind, by=by, date=date)
    told = {EXISTS: "yes", "date": date, **(facts or {})}
    of_member = {"category": category, "number": number}
    stated: list[tuple[Model, str, object, str]] = [
        *((act, field, value, "") for field, value in told.items() if value),
        *((act, field, text, language) for field, text in texts.items()),
        *((membership, field, value, "") for field, value in of_member.items() if value),
    ]
    proposals = [
        Proposal(
            subject=subject,
            field=field,
            stated=value,
            language=tongue,
            source=source,
            origin=ORIGIN,
            quote=quote,
        )
        for subject, field, value, tongue in stated
    ]
    state(proposals, by=by)
    act.documents.add(*documents)
    close_applications(membership, kind=kind, by=by)
    act.refresh_from_db()
    return act


CLOSES = {
    MembershipActKind.ADMITTED: Outcome.ADMITTED,
    MembershipActKind.READMITTED: Outcome.ADMITTED,
    MembershipActKind.NOT_YET: Outcome.NOT_YET,
    MembershipActKind.REFUSED: Outcome.REFUSED,
}
"""How a decision ends an application that waits for it."""


def close_applications(membership: Membership, *, kind: str, by: User) -> None:
    """End the complete applications of a membership that this decision was waited for with."""
    outcome = CLOSES.get(MembershipActKind(kind))
    waiting = Application.objects.filter(
        membership=membership, completed_at__isnull=False, decided_at__isnull=True
    )
    for application in waiting if outcome else []:
        application.decided_at, application.outcome = timezone.now(), str(outcome)
        application.save(update_fields=["decided_at", "outcome"])
        log(gettext_noop("application decided"), str(application), by=by, record=application)


def reopen_applications(membership: Membership, *, kind: str, since: dt.date, by: User) -> None:
    """Let the application wait again that such a decision of that day has ended; not one that is erased."""
    closed = Application.objects.filter(
        membership=membership,
        outcome=CLOSES.get(MembershipActKind(kind)),
        decided_at__date__gte=since,
        erased_at__isnull=True,
    )
    application = closed.order_by("-decided_at").first()
    if application is not None:
        application.decided_at, application.outcome = None, ""
        application.save(update_fields=["decided_at", "outcome"])
        log(gettext_noop("application waits again"), str(application), by=by, record=application)


def _check_decision(
    membership: Membership,
    kind: str,
    *,
    date: PartialDate | None,
    category: str,
    number: int | None,
    texts: Mapping[str, str],
) -> None:
    """Refuse what would change nothing, or is not decided on. Raises ValidationError."""
    if kind not in DECISIONS:
        raise ValidationError(_("This is not decided on by a network."))
    if membership.withdrawn_at is not None:
        raise ValidationError(_("This record was withdrawn."))
    if category and category not in CATEGORIES:
        raise ValidationError({"category": _("A member is not admitted as this.")})
    if kind == MembershipActKind.NOT_YET and "reason" not in texts:
        raise ValidationError({"reason": _("“Not yet a member” needs its reason.")})
    if number is not None and has_number(membership.network_id, number, but=membership):
        raise ValidationError({"number": _("Another membership of the network has this number.")})
    dates = [act.date for act in membership.acts.all() if act.kind not in MembershipAct.undeciding]
    if out_of_order([*dates[-1:], date]):
        raise ValidationError({"date": _("This lies before the last act: it would change nothing.")})
