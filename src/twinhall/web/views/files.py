"""Lists as files, with the filters and the day of the page that they stand on."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from twinhall.core.http import BadQuestionError
from twinhall.networks.queries import NETWORK_ORDERS, membership_list, network_list, network_page
from twinhall.partnerships.queries import PARTNERSHIP_ORDERS, partnership_list
from twinhall.projects.queries import PROJECT_ORDERS, project_list
from twinhall.web import csvw, geojson, questions, say
from twinhall.web.asking import asked_day, asked_filters, asked_order
from twinhall.web.attribution import attribution, metadata, sources_address
from twinhall.web.environment import today
from twinhall.web.exports import as_csv, as_xlsx, file_name, streamed
from twinhall.web.forms.filters import NetworkFilters, PartnershipFilters, PartyFilters, ProjectFilters
from twinhall.web.listings.networks import MEMBERS, NETWORKS
from twinhall.web.listings.parties import PARTIES
from twinhall.web.listings.partnerships import PARTNERSHIPS
from twinhall.web.listings.projects import PROJECTS
from twinhall.web.listings.shape import LARGEST, Listing
from twinhall.web.papers import GROUPS, as_pdf, member_list
from twinhall.web.versions import etag

if TYPE_CHECKING:
    from django.db.models import QuerySet

Found = tuple["QuerySet[Any]", dt.date]
LISTINGS: Mapping[str, Listing] = {
    listing.name: listing for listing in (PARTIES, PARTNERSHIPS, NETWORKS, MEMBERS, PROJECTS)
}


@require_safe
@condition(etag_func=etag)
def party_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    form, day = asked_filters(request, PartyFilters), asked_day(request)
    order = asked_order(request, questions.PARTY_ORDERS).order
    return _answer(request, PARTIES, suffix, questions.parties(form, day, order), day)


@require_safe
@condition(etag_func=etag)
def partnership_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    asked = asked_filters(request, PartnershipFilters).is_set
    order = asked_order(request, PARTNERSHIP_ORDERS).order
    day = asked_day(request)
    return _answer(request, PARTNERSHIPS, suffix, partnership_list(day, **asked, order=order), day)


@require_safe
@condition(etag_func=etag)
def network_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    asked = asked_filters(request, NetworkFilters).cleaned_data
    order = asked_order(request, NETWORK_ORDERS).order
    return _answer(request, NETWORKS, suffix, network_list(**asked, order=order), today())


@require_safe
@condition(etag_func=etag)
def member_file(request: HttpRequest, slug: str, suffix: str) -> HttpResponseBase:
    get_object_or_404(network_page(), party__slug=slug)
    day = asked_day(request)
    return _answer(request, MEMBERS, suffix, membership_list(day, network=slug), day, name=f"{slug}-members")


@require_safe
@condition(etag_func=etag)
def member_paper(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The members on a day as a paper, by name, country or pair."""
    network = get_object_or_404(network_page(), party__slug=slug)
    day, grouped = asked_day(request), request.GET.get("by", "name")
    if grouped not in GROUPS:
        raise BadQuestionError(_("“%(value)s” cannot be chosen here.") % {"value": grouped[:40]})
    answer = as_pdf(member_list(network, day, grouped), file_name(f"{slug}-members", "pdf", day))
    patch_cache_control(answer, no_cache=True, public=True)
    return answer


@require_safe
@condition(etag_func=etag)
def project_file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    asked = asked_filters(request, ProjectFilters).cleaned_data
    order = asked_order(request, PROJECT_ORDERS).order
    running = asked_day(request) if request.GET.get("on") else None
    found = project_list(day=running, **asked, order=order)
    return _answer(request, PROJECTS, suffix, found, running or today())


@require_safe
@condition(etag_func=etag)
def columns(request: HttpRequest, name: str, slug: str = "") -> JsonResponse:  # noqa: ARG001 - all have the same
    """What the columns of a file are."""
    answer = JsonResponse(csvw.description(request, LISTINGS[name]), content_type=csvw.MEDIA_TYPE)
    patch_cache_control(answer, no_cache=True, public=True)
    return answer


def _answer(
    request: HttpRequest,
    listing: Listing,
    suffix: str,
    found: "QuerySet[Any]",
    day: dt.date,
    *,
    name: str = "",
) -> HttpResponseBase:
    answer = FORMATS[suffix](request, listing, found, day, name or listing.name)
    path = request.path.removesuffix(suffix) + csvw.SUFFIX
    answer["Link"] = (
        f'<{sources_address(request)}>; rel="license", '
        f'<{request.build_absolute_uri(path)}>; rel="describedby"; type="{csvw.MEDIA_TYPE}"'
    )
    patch_cache_control(answer, no_cache=True, public=True)
    return answer


def _csv(
    request: HttpRequest, listing: Listing, found: "QuerySet[Any]", day: dt.date, name: str
) -> HttpResponseBase:
    lines = (row.cells for row in listing.rows(found, day, _site(request)))
    return as_csv(name, listing.head, lines, day=day)


def _xlsx(
    request: HttpRequest, listing: Listing, found: "QuerySet[Any]", day: dt.date, name: str
) -> HttpResponseBase:
    count = found.count()
    if count > LARGEST:
        message = _("A spreadsheet of this site has %(most)s rows at most, and this list has %(count)s.")
        advice = _("Narrow the list, or take CSV.")
        words = {"most": say.number(LARGEST), "count": say.number(count)}
        raise BadQuestionError(f"{message % words} {advice}")
    lines = (row.cells for row in listing.rows(found, day, _site(request)))
    return as_xlsx(name, listing.head, lines, day=day, about=attribution(request))


def _geojson(
    request: HttpRequest, listing: Listing, found: "QuerySet[Any]", day: dt.date, name: str
) -> StreamingHttpResponse:
    parts = geojson.collection(
        listing.head,
        listing.rows(found, day, _site(request)),
        metadata=metadata(request, listing, day),
        are_ties=listing is PARTNERSHIPS,
    )
    return streamed(parts, content_type=geojson.MEDIA_TYPE, name=file_name(name, "geojson", day))


def _site(request: HttpRequest) -> str:
    """The site's own address without a path."""
    return request.build_absolute_uri("/").rstrip("/")


Format = Callable[[HttpRequest, Listing, "QuerySet[Any]", dt.date, str], HttpResponseBase]
FORMATS: Mapping[str, Format] = {"csv": _csv, "geojson": _geojson, "xlsx": _xlsx}
