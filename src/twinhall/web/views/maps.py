"""What MapLibre draws from, as JSON: parties by their number of ties, and the ties of one party."""

import hashlib
import json
from http import HTTPStatus

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from twinhall.parties import queries as parties
from twinhall.parties.models import Party
from twinhall.partnerships import queries as partnerships
from twinhall.partnerships.mapping import partners_in, ties_by_party_of
from twinhall.partnerships.models import Partnership, Status
from twinhall.web.asking import asked_day, asked_filters
from twinhall.web.atlas import COLUMNS, counted_parties, parties_by_ties, rows_of, ties_of_party
from twinhall.web.forms.filters import PartnershipFilters, PartyFilters

MAX_AGE = 300
"""Seconds for which a map may be as it was; its list is always as it is."""


@require_safe
def party_map(request: HttpRequest) -> HttpResponse:
    """The parties of the list under the same filters, with their ties in force on the day."""
    asked = asked_filters(request, PartyFilters).cleaned_data
    in_force = partnerships.partnership_list(asked_day(request), status=Status.IN_FORCE)
    found = parties.party_list(country=asked["country"], kind=asked["kind"])
    return _answer(request, parties_by_ties(rows_of(found), ties_by_party_of(in_force)))


@require_safe
def party_ties(request: HttpRequest, slug: str) -> HttpResponse:
    """One party and its partners, by its ties in force on the day."""
    return _ties(request, slug, partnerships.partnership_list(asked_day(request), status=Status.IN_FORCE))


@require_safe
def partnership_map(request: HttpRequest) -> HttpResponse:
    """The parties of the listed partnerships, with how many of these each has; with ``?of=``, those of one."""
    asked = asked_filters(request, PartnershipFilters).cleaned_data
    ties = partnerships.partnership_list(asked_day(request), **asked)
    slug = request.GET.get("of", "")
    if slug:
        return _ties(request, slug, ties)
    counts = ties_by_party_of(ties)
    return _answer(request, parties_by_ties(counted_parties(counts), counts))


def _ties(request: HttpRequest, slug: str, ties: "QuerySet[Partnership]") -> HttpResponse:
    party = Party.objects.standing().filter(slug=slug).values_list(*COLUMNS).first()
    if party is None:
        raise Http404
    return _answer(request, ties_of_party(party, partners_in(ties, party[0]).values_list(*COLUMNS)))


def _answer(request: HttpRequest, told: dict[str, object]) -> HttpResponse:
    """Compact JSON with a tag, so that who has it already is told no more than that."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json", status=HTTPStatus.OK)
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return get_conditional_response(request, etag=tag, response=response) or response
