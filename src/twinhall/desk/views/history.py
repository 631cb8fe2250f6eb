"""The whole history of a record: every decision and every deed, who, when and why, and a way back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from twinhall.accounts.models import LogEntry
from twinhall.core.records import Withdrawable
from twinhall.desk import records
from twinhall.desk.base import DeskView
from twinhall.evidence.models import Decision, Statement
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.evidence.values import sort_of
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.subjects import Subjects

ADDING = (
    "act added",
    "membership opened",
    "name added",
    "partnership founded",
    "party added",
    "project added",
    "restored",
    "succession recorded",
)
WAYS_BACK = {"withdrawn": "desk:restore", **dict.fromkeys(ADDING, "desk:withdraw")}


@dataclass(frozen=True)
class Line:
    """One line of a record's history."""

    at: dt.datetime
    who: str
    deed: str
    what: str
    source: str
    why: str
    back: str
    """The address of the page where it can be taken back, where it can."""


class History(DeskView):
    """What was done to a record and its parts, newest first."""

    def find(self) -> Model:
        return records.find(self.kwargs["kind"], self.kwargs["pk"])

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        found = asked_page(request, events(records.parts_of(self.subject)))
        context = {
            "label": records.label(self.subject),
            "record_href": records.href(self.subject),
            "page": found,
            "page_href": address_of_page(request),
            "lines": _lines(list(found)),
        }
        return self.page("desk/history.html", context)


def events(about: Sequence[Model]) -> "QuerySet[Any, Any]":
    """Deeds on these records and decisions on what is stated of them, newest first: kind and number."""
    of_records, of_statements = Q(pk__in=[]), Q(pk__in=[])
    kinds: dict[str, list[int]] = defaultdict(list)
    for record in about:
        kinds[record._meta.label_lower].append(record.pk)
    for kind, pks in kinds.items():  # a condition for each record would have a limit
        of_records |= Q(record_type=kind, record_id__in=[str(pk) for pk in pks])
        of_statements |= Q(statement__subject_type=kind, statement__subject_id__in=pks)
    columns = ("at", "number", "sort")
    deeds = LogEntry.objects.filter(of_records).order_by()
    decisions = Decision.objects.filter(of_statements).order_by()
    logged = deeds.annotate(number=F("pk"), sort=Value("deed", output_field=CharField())).values(*columns)
    decided = decisions.annotate(number=F("pk"), sort=Value("decision", output_field=CharField())).values(
        *columns
    )
    found: QuerySet[Any, Any] = logged.union(decided, all=True)
    return found.order_by("-at", "-sort", "-number")


def deeds_on(record: Model) -> list[Line]:
    """What was done to a record of which nothing is stated, newest first; one query."""
    found = LogEntry.objects.filter(record_type=record._meta.label_lower, record_id=str(record.pk))
    return [
        Line(
            at=entry.at,
            who=str(entry.by),
            deed=gettext(entry.deed),
            what=entry.label,
            source="",
            why=entry.why,
            back="",
        )
        for entry in found.select_related("by")
    ]


def _lines(found: Sequence[dict[str, Any]]) -> list[Line]:
    deeds = LogEntry.objects.select_related("by").in_bulk(_numbers(found, "deed"))
    decisions = Decision.objects.select_related("by", "statement__source").in_bulk(
        _numbers(found, "decision")
    )
    about = {pk: _about(deed) for pk, deed in deeds.items() if deed.record_type in records.MODELS}
    subjects = Subjects([*(decision.statement for decision in decisions.values()), *about.values()])
    return [
        _deed(deeds[event["number"]], subjects)
        if event["sort"] == "deed"
        else _decision(decisions[event["number"]], subjects)
        for event in found
    ]


def _numbers(found: Iterable[dict[str, Any]], sort: str) -> list[int]:
    return [event["number"] for event in found if event["sort"] == sort]


def _about(entry: LogEntry) -> Statement:
    """The record of a deed, as ``Subjects`` is asked for it."""
    return Statement(subject_type=entry.record_type, subject_id=int(entry.record_id), field=EXISTS)


def _deed(entry: LogEntry, subjects: Subjects) -> Line:
    known = entry.record_type in records.MODELS
    return Line(
        at=entry.at,
        who=str(entry.by),
        deed=gettext(entry.deed),
        what=subjects.of(_about(entry)).label if known else entry.label,
        source="",
        why=entry.why,
        back=_way_back(entry),
    )


def _way_back(entry: LogEntry) -> str:
    """Where a deed on a record can be undone: what was added is withdrawn, what was withdrawn restored."""
    name = WAYS_BACK.get(entry.deed)
    model = records.MODELS.get(entry.record_type)
    if name is None or model is None or not issubclass(model, Withdrawable):
        return ""
    return reverse(name, args=[entry.record_type, int(entry.record_id)])


def _decision(decision: Decision, subjects: Subjects) -> Line:
    statement = decision.statement
    model = apps.get_model(statement.subject_type)
    words = {
        "record": subjects.of(statement).label,
        "field": say.field(model, statement.field).lower(),
        "value": subjects.stated(statement),
    }
    if statement.field == EXISTS:
        fact = _("%(record)s: %(value)s") % words
    else:
        fact = _("%(record)s, %(field)s: %(value)s") % words
    return Line(
        at=decision.at,
        who=str(decision.by),
        deed=decision.get_deed_display(),
        what=fact,
        source=statement.source.words.text,
        why=gettext(decision.why) if decision.why else "",
        back=_fact_page(statement, model),
    )


def _fact_page(statement: Statement, model: type[Model]) -> str:
    if statement.subject_type not in records.MODELS:
        return ""
    name = "desk:texts" if sort_of(model, statement.field) is PER_LANGUAGE else "desk:fact"
    return reverse(name, args=[statement.subject_type, statement.subject_id, statement.field])
