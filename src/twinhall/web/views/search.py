from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from twinhall.core.http import BadQuestionError
from twinhall.core.languages import Text, best, country_name
from twinhall.finder.queries import MOST, Found, Hit, Spot, find, hits
from twinhall.finder.sorting import sorted_spots
from twinhall.parties.models import Party, PartyKind
from twinhall.web import say
from twinhall.web.addresses import address
from twinhall.web.asking import address_of_page, asked_page
from twinhall.web.forms.searching import SearchFilters
from twinhall.web.names import Names
from twinhall.web.rows import party_href

LONGEST = 200
SUGGESTED = 10
NAMED = 3
MINUTE = 60


@dataclass(frozen=True)
class Answer:
    """A record that was found, in words."""

    name: Text
    href: str
    small: str
    ties: str
    found_by: Text
    is_similar: bool


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    query, is_exact = _asked(request), bool(request.GET.get("exact"))
    found = find(query, is_exact=is_exact)
    form = _filters(request, found)
    page = asked_page(request, form.narrowed())
    answers = _answers(found, [one.spot for one in page])
    asked = [("q", query), *([("exact", "1")] if is_exact else [])]
    context = {
        "section": "",
        "q": query,
        "form": form,
        "keep": asked,
        "clear": f"?{urlencode(asked)}" if any(form.cleaned_data.values()) else "",
        "most": MOST if found.is_cut else 0,
        "page": page,
        "page_href": address_of_page(request),
        "called": [answer for answer in answers if not answer.is_similar],
        "similar": [answer for answer in answers if answer.is_similar],
        "instead": "" if found.similar else say.listed(answer.name.text for answer in answers[:NAMED]),
        "exactly": f"?{urlencode([('q', query), ('exact', '1')])}",
    }
    return render(request, "web/search.html", context)


@require_safe
@conditional_page
@cache_control(public=True, max_age=MINUTE)
def suggest(request: HttpRequest) -> JsonResponse:
    """What may be meant by what is typed so far, for ``core/suggest.js``. The same for every reader."""
    found = find(_asked(request), limit=SUGGESTED)
    answers = _answers(found, found.spots)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", len(answers)) % {"count": len(answers)}
    rows = [
        {
            "name": answer.name.text,
            "language": answer.name.language,
            "href": answer.href,
            "small": " · ".join(filter(None, (answer.small, answer.ties))),
            "found": _("found as %(name)s") % {"name": answer.found_by.text} if answer.found_by else "",
        }
        for answer in answers
    ]
    return JsonResponse({"said": said if answers else _("No suggestions"), "suggestions": rows})


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _filters(request: HttpRequest, found: Found) -> SearchFilters:
    form = SearchFilters(request.GET, sorted_spots(found.spots))
    if not form.is_valid():
        raise BadQuestionError(" ".join(str(m) for errors in form.errors.values() for m in errors))
    return form


def _answers(found: Found, spots: Sequence[Spot]) -> list[Answer]:
    """These of the spots that were found, in words."""
    similar = {(spot.kind, spot.pk) for spot in found.spots[found.similar :]}
    shown = hits(spots)
    names = Names(hit.record for hit in shown if isinstance(hit.record, Party))
    return [_answer(hit, names, is_similar=hit.place in similar) for hit in shown]


def _answer(hit: Hit, names: Names, *, is_similar: bool) -> Answer:
    record = hit.record
    if isinstance(record, Party):
        name = names.of(record)
        small = _kind_and_place(record.kind, record.country, names.language)
        href = party_href(record)
    else:
        name = best(record.short or record.title)
        small = str(record._meta.verbose_name)
        href = address("web:project", record.slug)
    found_by = Text(hit.text, hit.language) if hit.text != name.text else Text("", "")
    ties = _ties(record.kind if isinstance(record, Party) else "", hit.ties, names.language)
    return Answer(name, href, small, ties, found_by, is_similar)


@lru_cache(maxsize=10_000)
def _kind_and_place(kind: str, country: str, language: str) -> str:
    """The kind of a party and its country, in the language of the request."""
    place = country_name(country, language) if country else ""
    return " · ".join(filter(None, (say.label(PartyKind(kind)), place)))


@lru_cache(maxsize=10_000)
def _ties(kind: str, count: int, _language: str) -> str:
    """How many are tied to a record, in the language of the request; empty where none is.

    ``kind`` is that of a party, "" that of a project.
    """
    if not count:
        return ""
    if not kind:
        words = ngettext("%(count)s partner", "%(count)s partners", count)
    elif kind == PartyKind.ASSOCIATION:
        words = ngettext("%(count)s member", "%(count)s members", count)
    else:
        words = ngettext("%(count)s partnership", "%(count)s partnerships", count)
    return words % {"count": say.number(count)}
