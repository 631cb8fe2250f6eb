from django.apps import apps
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text
from twinhall.evidence.models import Source, Statement
from twinhall.evidence.queries import OPEN, statements_of
from twinhall.evidence.sorts import EXISTS, PER_LANGUAGE
from twinhall.evidence.values import sort_of
from twinhall.parties.queries import source_list as all_sources
from twinhall.web import say
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.dating import source_dated
from twinhall.web.names import Names
from twinhall.web.subjects import Subjects


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
    source = get_object_or_404(all_sources(), pk=pk)
    found = asked_page(request, statements_of(source))
    publisher = source.publication.publisher if hasattr(source, "publication") else None
    names = Names([publisher] if publisher else [])
    context = {
        "section": "sources",
        "source": source,
        "publisher": publisher,
        "publisher_name": names.of(publisher) if publisher else None,
        "dated": source_dated(source),
        "read": say.date(source.read_on),
        "page": found,
        "page_href": address_of_page(request),
        "rows": _rows(found),
    }
    return render(request, "web/sources/detail.html", context)


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
