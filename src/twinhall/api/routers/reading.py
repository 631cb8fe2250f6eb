"""What every router does: the evidence of an answer, and the answer for a record that is not there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from twinhall.api.addresses import Addresses
from twinhall.api.errors import GONE, NOT_FOUND, ProblemError
from twinhall.api.queries import sources_in, withdrawn
from twinhall.api.schemas.statements import Evidence
from twinhall.evidence.queries import About, statements_about
from twinhall.parties.queries import publishers


def evidence_on(records: Iterable[Model], at: Addresses) -> Evidence:
    """What is said of records; two queries for any number of them."""
    return evidence_in(statements_about(records), at)


def evidence_in(about: About, at: Addresses) -> Evidence:
    """What is said, with who says it; one query."""
    return Evidence(about, publishers(sources_in(about)), at)


def moved_or_gone(
    request: HttpRequest, collection: str, known: "QuerySet[Any]", **address: object
) -> HttpResponse:
    """The answer for an address at which no record stands; ``known`` are all records, withdrawn ones too.

    A record that was merged leads to the one that was kept. ProblemError where it was withdrawn or never was.
    """
    record = withdrawn(known, **address)
    if record is None:
        raise ProblemError(NOT_FOUND, NOT_FOUND.advice)
    kept = getattr(record, "merged_into", None)
    if kept is None:
        day = timezone.localtime(record.withdrawn_at).date().isoformat()
        raise ProblemError(GONE, f"Withdrawn on {day}: {record.withdrawn_why}")
    query = request.GET.urlencode()
    where = Addresses.of(request).of_record(collection, kept.slug)
    return HttpResponsePermanentRedirect(f"{where}?{query}" if query else where)
