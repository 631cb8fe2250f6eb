"""A visit as its page and its programme show it: who comes, what happens when, gifts and costs added up."""

from collections.abc import Sequence
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK, Text, language_name
from twinhall.desk.minutewords import people_by_town
from twinhall.desk.views.meetings import OfMeeting
from twinhall.documents.typesetting import typeset
from twinhall.meetings import words
from twinhall.meetings.costing import sums
from twinhall.meetings.models import (
    Attendance,
    AttendanceRole,
    Cost,
    Gift,
    Meeting,
    MeetingKind,
    ProgrammeLine,
)
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.exports import file_name
from twinhall.web.names import Names
from twinhall.web.papers import as_pdf

WITH_PROGRAMME = frozenset(
    {MeetingKind.VISIT, MeetingKind.CONFERENCE, MeetingKind.SEMINAR, MeetingKind.FESTIVAL}
)


def rows_for_page(meeting: Meeting, *, may_plan: bool) -> dict[str, object]:
    """What the page of a meeting shows of a visit: to all at its table its programme and delegation.

    Gifts and costs are for its organiser and its host, who ``may_plan``. Four queries.
    """
    gifts = list(meeting.gifts.select_related("giver", "receiver")) if may_plan and meeting.is_visit else []
    costs = list(meeting.costs.select_related("payer")) if may_plan and meeting.is_visit else []
    coming = [one for one in meeting.attendances.all() if one.came is not False] if meeting.is_visit else []
    names = Names(_parties(coming, gifts, costs))
    return {
        "has_programme": meeting.kind in WITH_PROGRAMME or bool(meeting.programme.all()),
        "may_plan": may_plan,
        "programme": programme_by_day(meeting),
        "outside": sum(line.is_outside for line in meeting.programme.all()) if may_plan else 0,
        "programme_files": _languages(meeting) if meeting.programme.all() else [],
        "delegation": people_by_town(_without_interpreters(coming), names),
        "interpreters": [(one.name, _between(one), names.of(one.party)) for one in _interpreters(coming)],
        "gifts": [(gift, names.of(gift.giver), names.of(gift.receiver), _worth(gift)) for gift in gifts],
        "costs": [(cost, names.of(cost.payer), *_amounts(cost)) for cost in costs],
        "sums": [
            (
                names.of(one.payer) if one.payer else Text(_("All"), ""),
                say.money(one.planned, one.currency),
                say.money(one.paid, one.currency),
            )
            for one in sums(costs)
        ],
    }


def _parties(coming: Sequence[Attendance], gifts: Sequence[Gift], costs: Sequence[Cost]) -> list[Party]:
    given = [party for gift in gifts for party in (gift.giver, gift.receiver)]
    return [*(one.party for one in coming), *given, *(cost.payer for cost in costs)]


def _interpreters(coming: Sequence[Attendance]) -> list[Attendance]:
    return [one for one in coming if one.role == AttendanceRole.INTERPRETER]


def _without_interpreters(coming: Sequence[Attendance]) -> list[Attendance]:
    return [one for one in coming if one.role != AttendanceRole.INTERPRETER]


def _between(one: Attendance) -> str:
    return say.listed(language_name(code) for code in one.languages)


def _worth(gift: Gift) -> str:
    return say.money(gift.amount, gift.currency) if gift.amount is not None else ""


def _amounts(cost: Cost) -> list[str]:
    return [say.money(told, cost.currency) if told is not None else "" for told in (cost.planned, cost.paid)]


def programme_by_day(meeting: Meeting) -> list[tuple[str, list[tuple[ProgrammeLine, str]]]]:
    """The programme by day: each line with its time in words."""
    lines = groupby(meeting.programme.all(), key=lambda line: line.day)
    return [(words.day(day), [(line, _time(line)) for line in some]) for day, some in lines]


def _time(line: ProgrammeLine) -> str:
    return " – ".join(words.clock(time) for time in (line.starts_at, line.ends_at) if time)


def _languages(meeting: Meeting) -> list[tuple[str, str, str]]:
    """The file in each language of the site, those spoken at the meeting first: name, code and address."""
    found = []
    for code in sorted(dict(settings.LANGUAGES), key=lambda code: (code not in meeting.languages, code)):
        with translation.override(code):
            href = reverse("desk:programme-file", args=[meeting.slug])
            found.append((language_name(code), code, href))
    return found


class ProgrammeFile(OfMeeting):
    """The programme to hand out, in the language of the address: that of the guests."""

    permission = "meetings.see_meeting"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"{slug}-programme", "pdf", self.subject.starts_on)
        return as_pdf(programme_paper(self.subject), name)


def programme_paper(meeting: Meeting) -> bytes:
    """The programme as PDF: labels and days in the language of the request, texts as they were written."""
    names = Names([meeting.organiser, *([meeting.host] if meeting.host else [])])
    data = {
        "title": meeting.title,
        "lang": meeting.language,
        "kind": f"{names.text(meeting.host or meeting.organiser)} · {_('Programme')}",
        "facts": [[label, value] for label, value in _facts(meeting) if value],
        "days": [
            {
                "day": say.capital(day),
                "lines": [_line(line, time) for line, time in lines],
            }
            for day, lines in programme_by_day(meeting)
        ],
        "empty": _("The programme has not been written yet."),
        "foot": names.text(meeting.organiser),
    }
    return typeset("meetings/programme", data, language=translation.get_language() or FALLBACK)


def _line(line: ProgrammeLine, time: str) -> dict[str, str]:
    small = " · ".join(filter(None, (line.place, line.who)))
    return {"time": time, "title": line.title, "small": small}


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    interpreters = [one for one in meeting.attendances.all() if one.role == AttendanceRole.INTERPRETER]
    named = [f"{one.name} ({between})" if (between := _between(one)) else one.name for one in interpreters]
    return [
        (_("When"), words.when(meeting)),
        (_("Place"), meeting.place),
        (_("Interpreters"), ", ".join(named)),
    ]
