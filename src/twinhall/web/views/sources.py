from collections.abc import Mapping

from django.apps import apps
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from twinhall.core.http import BadQuestionError
from twinhall.core.languages import Text
from twinhall.evidence.models import Source, SourceKind, Statement
from twinhall.evidence.queries import OPEN, matters_of, statements_of
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.evidence.values import sort_of
from twinhall.meetings.actions.deciding import DECISION
from twinhall.meetings.models import Meeting
from twinhall.meetings.queries import public_meetings
from twinhall.parties.queries import source_list as all_sources
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_page, asked_with
from twinhall.web.dating import source_dated
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects
from twinhall.web.worked_out import worked_out

SHOWN = 100
"""So many statements of a source stand on one page."""


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    found = asked_page(request, all_sources())
    names = Names(s.publication.publisher for s in found if hasattr(s, "publication"))
    context = {
        "section": "sources",
        "page": found,
        "page_href": address_of_page(request),
        "rows": [(source, _publisher(source, names), source_dated(source)) for source in found],
    }
    return render(request, "web/sources/list.html", context)


def _publisher(source: Source, names: Names) -> Text:
    return names.of(source.publication.publisher) if hasattr(source, "publication") else Text("", "")


@require_safe
def source_detail(request: HttpRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.select_related("publication__publisher"), pk=pk)
    matters = worked_out(f"matters:{pk}", lambda: matters_of(source))
    kind, field = _asked_matter(request, matters)
    found = asked_page(request, statements_of(source, kind=kind, field=field), SHOWN)
    publisher = source.publication.publisher if hasattr(source, "publication") else None
    names = Names([publisher] if publisher else [])
    context = {
        "section": "sources",
        "source": source,
        "publisher": publisher,
        "publisher_name": names.of(publisher) if publisher else None,
        "meeting": _meeting(source),
        "dated": source_dated(source),
        "read": say.date(source.read_on),
        "page": found,
        "page_href": address_of_page(request),
        "rows": _rows(found),
        "total": sum(matters.values()),
        "matters": _matters(request, matters) if sum(matters.values()) > SHOWN else [],
        "matter": _matter(kind, field) if kind else "",
        "all_href": asked_with(request, of="", field="", page=""),
    }
    return render(request, "web/sources/detail.html", context)


def _meeting(source: Source) -> Meeting | None:
    """The meeting that took a decision, where its organiser lets everybody read its decisions."""
    pk = source.key.removeprefix(DECISION)
    if source.kind != SourceKind.DECISION or not pk.isdecimal():
        return None
    return public_meetings().filter(shows_decisions=True, decisions=int(pk)).first()


def _asked_matter(request: HttpRequest, matters: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """The kind of record and the field of ``?of=&field=``, among those that the source speaks of."""
    asked = request.GET.get("of", ""), request.GET.get("field", "")
    if asked != ("", "") and asked not in matters:
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": ", ".join(asked)[:80]})
    return asked


def _matter(kind: str, field: str) -> str:
    model = apps.get_model(kind)
    return f"{model._meta.verbose_name}, {say.field(model, field)}"


def _matters(request: HttpRequest, matters: Mapping[tuple[str, str], int]) -> list[tuple[str, int, str]]:
    """What the source speaks of: kind of record and field, how often, and where these stand alone."""
    return [
        (_matter(kind, field), count, asked_with(request, of=kind, field=field, page=""))
        for (kind, field), count in matters.items()
    ]


def _rows(found: "Page[Statement]") -> list[dict[str, object]]:
    subjects = Subjects(found)
    return [
        {
            "subject": subjects.of(statement),
            "field": say.field(apps.get_model(statement.subject_type), statement.field),
            "printed": Text(statement.as_printed, statement.source.language),
            "value": _value(statement, subjects),
            "corrected": subjects.corrected(statement) if statement.printed_in_error else "",
            "why": statement.why,
            "in_force": statement.in_force,
            "verdict": statement.get_verdict_display(),
            "report": reverse("web:report", args=[statement.pk]) if statement.verdict in OPEN else "",
        }
        for statement in found
    ]


def _value(statement: Statement, subjects: Subjects) -> Text:
    if statement.field == EXISTS and statement.as_printed:
        return Text("", "")
    has_language = sort_of(apps.get_model(statement.subject_type), statement.field) is PER_LANGUAGE
    return Text(subjects.stated(statement), statement.language if has_language else "")
