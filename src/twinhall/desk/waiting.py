"""What waits for a person: words to decide on, disputes, ties to confirm, terms and anniversaries near."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twinhall.accounts.models import LogEntry, User
from twinhall.core.dates import PartialDate
from twinhall.desk.records import MODELS
from twinhall.evidence.models import SourceKind, Statement, Verdict
from twinhall.evidence.queries import Place, contradictions
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import Membership, MembershipStatus
from twinhall.networks.queries import membership_list
from twinhall.parties.rules import is_administrator, spoken_for, standing
from twinhall.partnerships.models import Partnership, Status
from twinhall.partnerships.queries import partnership_list
from twinhall.web.worked_out import worked_out

MOST = 12
"""Of each sort, a dashboard shows no more; the rest follows as these are done."""

NEAR = dt.timedelta(days=365)
ROUND = 5
"""Years between anniversaries that are thought of."""

BEGINNING = (Status.IN_FORCE, Status.SUSPENDED, Status.PROPOSED, Status.CONTACT)


def on_my_records(user: User) -> Q:
    """Statements on records that a person speaks for; an administrator hears of all."""
    if is_administrator(user):
        return Q()
    wanted = Q(pk__in=[])
    for kind, model in MODELS.items():
        wanted |= Q(subject_type=kind, subject_id__in=_mine(user, model).values("pk"))
    return wanted


def _mine(user: User, model: type[Model]) -> "QuerySet[Model]":
    return model._base_manager.filter(spoken_for(model, standing(user).voices(model)))


def proposed(user: User) -> "QuerySet[Statement]":
    """Words that wait for a decision of this person, the oldest first."""
    found = Statement.objects.filter(on_my_records(user), verdict=Verdict.PROPOSED)
    return found.select_related("source").order_by("first_seen", "pk")


def disputed(user: User) -> list[Place]:
    """Fields of the person's records on which accepted words contradict each other."""
    accepted = Q(verdict=Verdict.ACCEPTED)
    if is_administrator(user):
        return worked_out("contradictions:accepted", lambda: contradictions(accepted))
    return contradictions(on_my_records(user) & accepted)


def my_ties(user: User, day: dt.date) -> "QuerySet[Partnership]":
    """The partnerships of the parties that a person speaks for."""
    return partnership_list(day, among=spoken_for(Partnership, standing(user).speaking))


def unconfirmed(user: User, day: dt.date) -> "QuerySet[Partnership]":
    """Ties that last and that none of the person's parties has confirmed here."""
    own = Statement.objects.filter(
        subject_type=Partnership._meta.label_lower,
        subject_id=OuterRef("pk"),
        field=EXISTS,
        value="yes",
        verdict=Verdict.ACCEPTED,
        source__kind=SourceKind.OWN_STATEMENT,
        source__publication__publisher__in=standing(user).speaking,
    )
    return my_ties(user, day).filter(~Exists(own), Q(status__in=BEGINNING))


def applicants(user: User, day: dt.date) -> "QuerySet[Membership]":
    """Who has applied to the person's networks."""
    mine = Q(network__in=standing(user).speaking)
    return membership_list(day, status=MembershipStatus.APPLICANT, among=mine)


@dataclass(frozen=True)
class Near:
    """A day that is near: the end of a term, or an anniversary."""

    day: PartialDate
    partnership: Partnership
    words: str


def near(ties: Iterable[Partnership], day: dt.date) -> list[Near]:
    """Terms that end and anniversaries that fall within a year, the nearest first."""
    found = []
    for tie in ties:
        if tie.status != Status.IN_FORCE:
            continue
        last = max(tie.acts.all(), key=lambda act: act.number)
        if last.valid_until and day <= last.valid_until.last_day <= day + NEAR:
            found.append(Near(last.valid_until, tie, _("its term ends")))
        found += _anniversary(tie, day)
    return sorted(found, key=lambda one: one.day)


def _anniversary(tie: Partnership, day: dt.date) -> list[Near]:
    if tie.since is None:
        return []
    for year in (day.year, day.year + 1):
        years = year - tie.since.year
        falls = _in_year(tie.since, year)
        if years > 0 and years % ROUND == 0 and day <= falls.last_day and falls.first_day <= day + NEAR:
            words = ngettext("%(years)s year", "%(years)s years", years) % {"years": years}
            return [Near(falls, tie, words)]
    return []


def _in_year(date: PartialDate, year: int) -> PartialDate:
    """The same day in another year; the last of February where there is no 29th."""
    if (date.month, date.day) == (2, 29):
        return PartialDate(year, 2, 28)
    return PartialDate(year, date.month, date.day)


def changed_lately(user: User) -> "QuerySet[LogEntry]":
    """Deeds on the person's records, the latest first."""
    found = LogEntry.objects.select_related("by").order_by("-at", "-pk")
    if is_administrator(user):
        return found.exclude(record_type="")
    wanted = Q(pk__in=[])
    for kind, model in MODELS.items():
        numbers = _mine(user, model).annotate(of=Cast("pk", CharField())).values("of")
        wanted |= Q(record_type=kind, record_id__in=numbers)
    return found.filter(wanted)
