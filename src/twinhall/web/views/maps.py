"""What MapLibre draws from, as JSON: parties by their number of ties, and the ties of one party."""

import json
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from twinhall.parties.models import Party
from twinhall.partnerships import queries
from twinhall.partnerships.counting import ties_by_party
from twinhall.partnerships.mapping import partners_in, ties_by_party_of
from twinhall.partnerships.models import Partnership, Status
from twinhall.web import questions
from twinhall.web.asking import asked_day, asked_filters
from twinhall.web.atlas import COLUMNS, counted_parties, parties_by_ties, rows_of, ties_of_party
from twinhall.web.forms.filters import PartnershipFilters, PartyFilters
from twinhall.web.versions import etag

KEEP = 24 * 60 * 60
"""Seconds for which the map of a whole list is kept ready; a change to the register makes a new one."""


@require_safe
@condition(etag_func=etag)
def party_map(request: HttpRequest) -> HttpResponse:
    """The parties of the list under the same filters, with their ties in force on the day."""
    return _whole(request, _of_parties)


@require_safe
@condition(etag_func=etag)
def partnership_map(request: HttpRequest) -> HttpResponse:
    """The parties of the listed partnerships, with how many of these each has; ``?of=``: those of one."""
    return _whole(request, _of_partnerships)


@require_safe
@condition(etag_func=etag)
def party_ties(request: HttpRequest, slug: str) -> HttpResponse:
    """One party and its partners, by its ties in force on the day."""
    return _answer(_ties(slug, queries.partnership_list(asked_day(request), status=Status.IN_FORCE)))


def _of_parties(request: HttpRequest) -> bytes:
    day = asked_day(request)
    found = questions.parties(asked_filters(request, PartyFilters), day, order="name")
    return _json(parties_by_ties(rows_of(found), ties_by_party(day)))


def _of_partnerships(request: HttpRequest) -> bytes:
    form = asked_filters(request, PartnershipFilters)
    ties = queries.partnership_list(asked_day(request), **form.is_set)
    if slug := request.GET.get("of", ""):
        return _ties(slug, ties)
    counts = ties_by_party_of(ties)
    return _json(parties_by_ties(counted_parties(counts), counts))


def _ties(slug: str, ties: "QuerySet[Partnership]") -> bytes:
    party = Party.objects.standing().filter(slug=slug).values_list(*COLUMNS).first()
    if party is None:
        raise Http404
    return _json(ties_of_party(party, partners_in(ties, party[0]).values_list(*COLUMNS)))


def _json(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _whole(request: HttpRequest, made: Callable[[HttpRequest], bytes]) -> HttpResponse:
    """The map of a list. That of the whole list, the largest, is made once for each state of the register."""
    if request.GET:
        return _answer(made(request))
    key = f"map:{connection.settings_dict['NAME']}:{etag(request)}"
    body = cache.get(key)
    if body is None:
        body = made(request)
        cache.set(key, body, KEEP)
    return _answer(body)


def _answer(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/json")
    patch_cache_control(response, public=True, no_cache=True)
    return response
