"""Meetings as their organisers publish them: what is shown of one, it chooses part by part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from twinhall.core.languages import Text, best
from twinhall.meetings import queries, words
from twinhall.meetings.models import Meeting, Paper
from twinhall.web import rows, say
from twinhall.web.asking import address_of_page, asked_filters, asked_page
from twinhall.web.environment import today
from twinhall.web.forms.meetings import PAST, MeetingFilters
from twinhall.web.gatherings import feed_links, lines
from twinhall.web.linked_data import of_meeting
from twinhall.web.names import Names


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    form = asked_filters(request, MeetingFilters)
    is_past = form.cleaned_data["when"] == PAST
    found = asked_page(request, queries.public_list(today(), is_past=is_past, among=form.among))
    names = Names(meeting.organiser for meeting in found)
    asked = {name: value for name, value in form.is_set.items() if name != "when"}
    context = {
        "section": "meetings",
        "form": form,
        "is_past": is_past,
        "summary": _summary(form, found.paginator.count, is_past=is_past),
        "page": found,
        "page_href": address_of_page(request),
        "rows": [(line, names.of(line.organiser)) for line in lines(found)],
        **feed_links(asked, form.side_name),
    }
    return render(request, "web/meetings/list.html", context)


def _summary(form: MeetingFilters, count: int, *, is_past: bool) -> str:
    """“3 meetings to come of the City Twins Association”."""
    if is_past:
        said = ngettext("%(count)s meeting that is over", "%(count)s meetings that are over", count)
    else:
        said = ngettext("%(count)s meeting to come", "%(count)s meetings to come", count)
    counted = said % {"count": say.number(count)}
    if not form.side_name:
        return counted
    return _("%(meetings)s: %(party)s") % {"meetings": counted, "party": form.side_name}


@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(queries.public_page(), slug=slug)
    return render(request, "web/meetings/detail.html", _page(request, meeting))


def _page(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """What the page shows: the parts that are not published are not even given to it."""
    towns = [answer.party for answer in meeting.registrations.all()] if meeting.shows_towns else []
    host = [meeting.host] if meeting.host else []
    names = Names([meeting.organiser, *host, *towns])
    papers = list(meeting.papers.all())
    agenda = list(meeting.items.all()) if meeting.shows_agenda else []
    items = [(item, _papers(papers, item.pk)) for item in agenda]
    in_agenda = {item.pk for item in agenda}
    return {
        "section": "meetings",
        "meeting": meeting,
        "is_over": meeting.ends_on < today(),  # by the day, as in the list: a kept page holds for a day
        "when": words.when(meeting),
        "body": best(meeting.body.name) if meeting.body else Text("", ""),
        "organiser": rows.party_link(meeting.organiser, names),
        "host": rows.party_link(meeting.host, names) if meeting.host else None,
        "items": items,
        "papers": rows.papers(paper.document for paper in papers if paper.item_id not in in_agenda),
        "towns": [rows.party_link(town, names) for town in towns],
        "decisions": [(d, words.result(d)) for d in meeting.decisions.all()]
        if meeting.shows_decisions
        else [],
        **_minutes(meeting),
        "linked": of_meeting(request, meeting, names),
    }


def _papers(papers: list[Paper], item: int) -> list[rows.Paper]:
    return rows.papers(paper.document for paper in papers if paper.item_id == item)


def _minutes(meeting: Meeting) -> dict[str, object]:
    """The minutes as they were approved; nothing before that, and nothing where they are not shown."""
    found = queries.minutes_of(meeting) if meeting.shows_minutes else None
    if found is None or found.approved_in is None:
        return {"passages": [], "approved_on": ""}
    passages = [
        (item, passage) for item, passage in queries.standing_passages(meeting) if passage and passage.text
    ]
    return {"passages": passages, "approved_on": say.date(found.approved_in.starts_on)}
