"""What is new, as Atom (RFC 4287): of the register, and of one party."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from twinhall.parties.models import Party
from twinhall.parties.queries import party_page
from twinhall.web.attribution import publisher
from twinhall.web.changes import Change, latest, latest_of
from twinhall.web.names import Names
from twinhall.web.versions import etag
from twinhall.web.views.gone import moved_or_gone

YEAR = "2026"
"""When this way of naming changes was fixed; a tag URI has a day on which its authority was whose it says."""


@require_safe
@condition(etag_func=etag)
def register_changes(request: HttpRequest) -> HttpResponse:
    """What is new in the register."""
    title = _("What is new in the register")
    return _feed(request, title, reverse("web:home"), latest())


@require_safe
@condition(etag_func=etag)
def party_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new of one party."""
    party = party_page().filter(slug=slug).first()
    if party is None:
        return moved_or_gone(request, "web:party-changes", Party.objects.select_related("merged_into"), slug)
    title = _("What is new of %(name)s") % {"name": Names([party]).text(party)}
    return _feed(request, title, reverse("web:party", args=[slug]), latest_of(party))


def _feed(request: HttpRequest, title: str, page: str, changes: Iterable[Change]) -> HttpResponse:
    feed = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(page),
        description="",
        language=get_language(),
        author_name=publisher(),
        feed_url=request.build_absolute_uri(request.path),
    )
    for change in changes:
        _add(feed, request, change, default=page)
    answer = HttpResponse(content_type=feed.content_type)
    feed.write(answer, "utf-8")
    patch_cache_control(answer, no_cache=True, public=True)
    return answer


def _add(feed: Atom1Feed, request: HttpRequest, change: Change, *, default: str) -> None:
    host = urlsplit(request.build_absolute_uri("/")).hostname
    feed_of = request.path.split("/", 2)[2].removesuffix(".atom")  # the same in every language
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in change.lines))
    feed.add_item(
        title=change.title,
        link=request.build_absolute_uri(change.href or default),
        description=f"<ul>{lines}</ul>" if lines else "",
        unique_id=f"tag:{host},{YEAR}:{feed_of}/{change.key}",
        pubdate=None,
        updateddate=change.at,
    )
