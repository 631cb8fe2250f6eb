"""What search engines ask a site for: its map, in parts, and what they are to leave alone."""

from django.contrib.sitemaps import views
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from twinhall.web.sitemaps import LANGUAGES, sections
from twinhall.web.versions import etag

PRIVATE = ("account", "desk", "report")


@require_safe
@condition(etag_func=etag)
def index(request: HttpRequest) -> HttpResponseBase:
    """The parts of the map."""
    return views.index(
        request, sections(), template_name="web/sitemap-index.xml", sitemap_url_name="sitemap-part"
    )


@require_safe
@condition(etag_func=etag)
def part(request: HttpRequest, section: str) -> HttpResponseBase:
    """One part of the map."""
    return views.sitemap(request, sections(), section=section, template_name="web/sitemap.xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots are asked to leave alone: the workroom, forms, and lists without end."""
    context = {
        "private": [f"/{code}/{name}/" for code in LANGUAGES for name in PRIVATE],
        "sitemap": request.build_absolute_uri(reverse("sitemap")),
    }
    return render(request, "web/robots.txt", context, content_type="text/plain; charset=utf-8")
