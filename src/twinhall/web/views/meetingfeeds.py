"""Public meetings for calendars (RFC 5545) and for readers of what is new (RFC 4287)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from twinhall.meetings import calendars, words
from twinhall.meetings.models import Meeting
from twinhall.meetings.queries import public_meetings
from twinhall.web.asking import asked_filters
from twinhall.web.attribution import publisher
from twinhall.web.forms.meetings import MeetingFilters
from twinhall.web.names import Names
from twinhall.web.versions import etag
from twinhall.web.views.feeds import YEAR

CALENDAR = "text/calendar; charset=utf-8"
MOST = 500
"""So many meetings a calendar has, the last ones; so that a feed stays one that telephones can read."""
NEWS = 50
"""So many meetings are told of as new, those that changed last."""


@require_safe
@condition(etag_func=etag)
def meetings_calendar(request: HttpRequest) -> HttpResponse:
    """All public meetings, or those of a party, also those that were cancelled."""
    form = asked_filters(request, MeetingFilters)
    found = public_meetings().filter(form.among).order_by("-starts_on", "-pk")[:MOST]
    name = _("Meetings of %(name)s") % {"name": form.side_name} if form.side_name else _("Meetings")
    return _calendar(request, found, name=name, file=form.cleaned_data["party"] or "meetings")


@require_safe
@condition(etag_func=etag)
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One public meeting."""
    meeting = get_object_or_404(public_meetings(), slug=slug)
    return _calendar(request, [meeting], name="", file=slug)


def _calendar(request: HttpRequest, found: Iterable[Meeting], *, name: str, file: str) -> HttpResponse:
    now = timezone.now()
    events = [calendars.event(meeting, now=now, address=_page(request, meeting)) for meeting in found]
    answer = HttpResponse(calendars.calendar(events, name=name), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    patch_cache_control(answer, no_cache=True, public=True)
    return answer


def _page(request: HttpRequest, meeting: Meeting) -> str:
    return request.build_absolute_uri(reverse("web:meeting", args=[meeting.slug]))


@require_safe
@condition(etag_func=etag)
def meetings_atom(request: HttpRequest) -> HttpResponse:
    """The public meetings that were planned, changed or cancelled last."""
    form = asked_filters(request, MeetingFilters)
    title = _("Meetings of %(name)s") % {"name": form.side_name} if form.side_name else _("Meetings")
    feed = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse("web:meetings")),
        description="",
        language=get_language(),
        author_name=publisher(),
        feed_url=request.build_absolute_uri(),
    )
    found = list(public_meetings().filter(form.among).order_by("-changed_at", "-pk")[:NEWS])
    names = Names(meeting.organiser for meeting in found)
    host = urlsplit(request.build_absolute_uri("/")).hostname
    for meeting in found:
        told = [words.when(meeting), meeting.place, names.text(meeting.organiser), meeting.cancelled_why]
        feed.add_item(
            title=_("Cancelled: %(title)s") % {"title": meeting.title}
            if meeting.cancelled_at
            else meeting.title,
            link=_page(request, meeting),
            description=format_html_join("", "<p>{}</p>", ((line,) for line in told if line)),
            unique_id=f"tag:{host},{YEAR}:meetings/{meeting.uid}",
            pubdate=None,
            updateddate=meeting.changed_at,
        )
    answer = HttpResponse(content_type=feed.content_type)
    feed.write(answer, "utf-8")
    patch_cache_control(answer, no_cache=True, public=True)
    return answer
