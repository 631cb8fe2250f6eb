"""Pages of records that were taken out of the register: they lead to the one that was kept, or say why."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from twinhall.web import say
from twinhall.web.names import Names
from twinhall.web.subjects import KINDS

GONE = 410


def moved_or_gone(request: HttpRequest, page: str, known: "QuerySet[Any]", slug: str) -> HttpResponse:
    """The answer for an address at which no record stands; ``known`` are all records, withdrawn ones too.

    Http404 where there never was one.
    """
    record = get_object_or_404(known, slug=slug, withdrawn_at__isnull=False)
    kept = getattr(record, "merged_into", None)
    if kept is not None:
        return redirect(reverse(page, args=[kept.slug], query=request.GET), permanent=True)
    kind = KINDS[known.model]
    context = {
        "label": kind.label(record, Names(kind.parties(record))),
        "day": say.date(timezone.localtime(record.withdrawn_at).date()),
        "why": record.withdrawn_why,
    }
    return render(request, "410.html", context, status=GONE)
