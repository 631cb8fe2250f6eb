"""What is new in the register, and in one party's part of it: told without saying who did it.

What people do is told record by record and day by day. What a system actor loads, and what somebody does by
the dozen, is told once for the day, so that a load of thousands hides nothing else.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, Min, Model, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from twinhall.accounts.models import SYSTEM_DOMAIN, LogEntry
from twinhall.evidence.models import Decision, Deed, Statement, Verdict
from twinhall.evidence.sorts import EXISTS
from twinhall.networks.models import Membership, MembershipAct
from twinhall.parties.models import Contact, Name, Party, Succession
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import Participation
from twinhall.web import say
from twinhall.web.subjects import MODELS, Subjects

MOST = 50
"""So many changes are told, the newest ones."""
READ = 300
"""So many deeds and so many decisions are looked at for them."""
WINDOW = dt.timedelta(days=90)
"""So far back from the last deed."""
BY_THE_DOZEN = 20
"""So many deeds of one kind of one person on one day are still told one by one."""
LINES = 20
"""So many facts of one change are told one by one."""

TOLD = (
    "act added",
    "activity added",
    "membership opened",
    "name added",
    "network founded",
    "output added",
    "partner added",
    "partnership founded",
    "party added",
    "project added",
    "restored",
    "succession recorded",
    "withdrawn",
)
"""Deeds on records. What is done with people, accounts, files and reports is not told."""
SYSTEM = Q(by__email__endswith=SYSTEM_DOMAIN)
LOADED = (*TOLD, "statements accepted", "table loaded")

Group = tuple[dt.date, int, str]
"""A day, who did it, the deed."""
Accepted = tuple[dt.datetime, Statement, bool]
"""When a fact was accepted, and whether it was loaded."""


@dataclass(frozen=True)
class Change:
    """Something that is new: ``key`` stays its own however often the feed is asked for."""

    key: str
    at: dt.datetime
    title: str
    href: str = ""
    lines: Sequence[str] = ()


def latest() -> list[Change]:
    """What is new in the register, newest first."""
    last = LogEntry.objects.aggregate(last=Max("at"))["last"]
    if last is None:
        return []
    recent = LogEntry.objects.filter(at__gte=last - WINDOW).order_by("-at", "-pk")
    groups = _by_the_dozen(recent.filter(deed__in=TOLD).exclude(SYSTEM))
    single = recent.filter(deed__in=TOLD, record_type__in=MODELS).exclude(SYSTEM)
    for day, who, deed in groups:
        single = single.exclude(at__date=day, by=who, deed=deed)
    decisions = (
        Decision.objects.filter(deed=Deed.ACCEPTED, at__gte=last - WINDOW)
        .exclude(SYSTEM)
        .select_related("statement__source")
        .order_by("-pk")
    )
    accepted = [(decision.at, decision.statement, False) for decision in decisions[:READ]]
    return _newest([*_loads(recent), *groups.values(), *_deeds(single[:READ]), *_facts(accepted)])


def latest_of(party: Party) -> list[Change]:
    """What is new of a party, its ties, its places in networks and its part in projects, newest first."""
    of_records, said = Q(pk__in=[]), Q(pk__in=[])
    for model, pks in _records_of(party).items():
        kind = model._meta.label_lower
        of_records |= Q(record_type=kind, record_id__in=[str(pk) for pk in pks])
        said |= Q(subject_type=kind, subject_id__in=pks)
    deeds = LogEntry.objects.filter(of_records, deed__in=TOLD).exclude(SYSTEM).order_by("-at", "-pk")
    statements = (
        Statement.objects.filter(said, verdict=Verdict.ACCEPTED)
        .select_related("source", "decided_by")
        .order_by("-decided_at", "-pk")
    )
    accepted = [
        (s.decided_at, s, s.decided_by.is_system) for s in statements[:READ] if s.decided_at and s.decided_by
    ]
    return _newest([*_deeds(deeds[:READ]), *_facts(accepted)])


def _records_of(party: Party) -> Mapping[type[Model], list[int]]:
    """The records that a party's page shows, by their primary keys."""
    ties = Partnership.objects.filter(signatories__party=party)
    places = Membership.objects.filter(party=party)
    found: dict[type[Model], QuerySet[Any]] = {
        Name: Name.objects.filter(party=party),
        Contact: Contact.objects.filter(party=party),
        Succession: Succession.objects.filter(Q(predecessor=party) | Q(successor=party)),
        Partnership: ties,
        Act: Act.objects.filter(partnership__in=ties),
        Membership: places,
        MembershipAct: MembershipAct.objects.filter(membership__in=places),
        Participation: Participation.objects.filter(party=party),
    }
    pks = {model: list(records.order_by().values_list("pk", flat=True)) for model, records in found.items()}
    return {Party: [party.pk], **pks}


def _newest(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.at, change.key), reverse=True)[:MOST]


# Deeds -------------------------------------------------------------------------------------------------


def _by_the_dozen(deeds: "QuerySet[LogEntry]") -> dict[Group, Change]:
    """What one person did many times on one day: one change for each such deed."""
    counted = (
        deeds.order_by()
        .annotate(day=TruncDate("at"))
        .values("day", "by", "deed")
        .annotate(times=Count("pk"), last=Max("at"), first=Min("pk"))
        .filter(times__gt=BY_THE_DOZEN)
        .order_by("-last")[:MOST]
    )
    return {
        (row["day"], row["by"], row["deed"]): Change(
            key=f"deeds/{row['day']}/{row['first']}",
            at=row["last"],
            title=_times(row["deed"], row["times"]),
        )
        for row in counted
    }


def _times(deed: str, times: int) -> str:
    return _("%(deed)s: %(times)s times") % {"deed": say.capital(_(deed)), "times": say.number(times)}


def _loads(recent: "QuerySet[LogEntry]") -> list[Change]:
    """What system actors entered: one change for each of them and each day."""
    counted = (
        recent.filter(SYSTEM, deed__in=LOADED)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values("day", "by", "by__name", "deed")
        .annotate(times=Count("pk"), last=Max("at"))
    )
    days: dict[tuple[dt.date, int], list[Mapping[str, Any]]] = defaultdict(list)
    for row in counted:
        days[row["day"], row["by"]].append(row)
    return [_load(day, who, rows) for (day, who), rows in days.items()]


def _load(day: dt.date, who: int, rows: Sequence[Mapping[str, Any]]) -> Change:
    times = Counter({row["deed"]: row["times"] for row in rows})
    actor = rows[0]["by__name"]  # a name that the catalogues have
    return Change(
        key=f"loads/{day}/{who}",
        at=max(row["last"] for row in rows),
        title=_("Facts were loaded: %(actor)s") % {"actor": _(actor)},
        lines=[_times(deed, number) for deed, number in times.most_common()],
    )


def _deeds(entries: Iterable[LogEntry]) -> list[Change]:
    told = list(entries)
    about = {entry.pk: _about(entry) for entry in told}
    subjects = Subjects(about.values())
    return [
        Change(
            key=f"deed/{entry.pk}",
            at=entry.at,
            title=_("%(record)s: %(value)s")
            % {"record": subjects.of(about[entry.pk]).label, "value": _(entry.deed)},
            href=subjects.of(about[entry.pk]).href,
        )
        for entry in told
    ]


def _about(entry: LogEntry) -> Statement:
    """The record of a deed, as ``Subjects`` is asked for it."""
    return Statement(subject_type=entry.record_type, subject_id=int(entry.record_id), field=EXISTS)


# Facts -------------------------------------------------------------------------------------------------

Place = tuple[dt.date, str, int]
"""A day and a record; of a load, no record."""


def _facts(accepted: Iterable[Accepted]) -> list[Change]:
    """Facts that were accepted: one change for each record and day, one for all that a day's load brought."""
    told = list(accepted)
    subjects = Subjects(statement for _at, statement, _loaded in told)
    groups: dict[Place, list[Accepted]] = defaultdict(list)
    for at, statement, is_loaded in told:
        day = timezone.localtime(at).date()
        record = ("", 0) if is_loaded else (statement.subject_type, statement.subject_id)
        groups[day, *record].append((at, statement, is_loaded))
    return [_accepted(place, group, subjects) for place, group in groups.items()]


def _accepted(place: Place, group: Sequence[Accepted], subjects: Subjects) -> Change:
    day, kind, pk = place
    at, newest, _loaded = max(group, key=lambda fact: fact[0])
    subject = subjects.of(newest)
    lines = list(dict.fromkeys(_line(statement, subjects, named=not kind) for _at, statement, _ in group))
    return Change(
        key=f"facts/{day}/{kind}/{pk}" if kind else f"load/{day}",
        at=at,
        title=_("%(record)s: facts accepted") % {"record": subject.label} if kind else _("Facts were loaded"),
        href=subject.href if kind else "",
        lines=[*lines[:LINES], _("and more")] if len(lines) > LINES else lines,
    )


def _line(statement: Statement, subjects: Subjects, *, named: bool) -> str:
    """A fact with where it stands: “Population: 12,000 (Eurostat)”; ``named``: with its record."""
    words = {
        "record": subjects.of(statement).label,
        "field": say.field(apps.get_model(statement.subject_type), statement.field),
        "value": subjects.corrected(statement),
        "source": statement.source.words.text,
    }
    if named:
        return _("%(record)s, %(field)s: %(value)s (%(source)s)") % words
    return _("%(field)s: %(value)s (%(source)s)") % words
