"""Minutes as papers: those of a meeting, and the volume of a year of a series."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.core.http import BadQuestionError
from twinhall.core.languages import FALLBACK
from twinhall.desk.minutewords import CommitmentWords, MinutesWords, PointWords, minutes_words
from twinhall.desk.views.meetings import OfMeeting
from twinhall.desk.views.minutes import OfMinutes, approval_words, checker_lines
from twinhall.documents.typesetting import typeset
from twinhall.meetings import queries
from twinhall.meetings.models import Meeting, MeetingKind, Minutes
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.exports import file_name
from twinhall.web.names import Names
from twinhall.web.papers import as_pdf

TEMPLATE = "meetings/minutes"


class MinutesFile(OfMinutes):
    """The minutes of a meeting as a paper to sign and file."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002
        name = file_name(f"{slug}-minutes", "pdf", self.subject.meeting.starts_on)
        return as_pdf(minutes_paper(self.subject), name)


class SeriesFile(OfMeeting):
    """The approved minutes of a year in one volume; of the meeting's own year, if none is asked for."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        asked = request.GET.get("year", str(self.subject.starts_on.year))
        if not (asked.isascii() and asked.isdecimal() and len(asked) == 4):  # noqa: PLR2004 - digits of a year
            raise BadQuestionError(_("Say of which year, such as 2026."))
        found = [
            minutes
            for meeting in queries.series(self.subject).filter(starts_on__year=int(asked))
            if (minutes := queries.minutes_of(meeting)) and minutes.approved_at
        ]
        if not found:
            raise Http404(_("No minutes of this year are approved."))
        return as_pdf(volume(self.subject, asked, found), f"{slug}-minutes-{asked}.pdf")


def minutes_paper(minutes: Minutes) -> bytes:
    """The minutes of a meeting as PDF: labels in the language of the request, texts as they were written."""
    return _typeset(minutes.meeting.title, [minutes], heading="")


def volume(meeting: Meeting, year: str, found: list[Minutes]) -> bytes:
    """Minutes of a series as one PDF with a list of contents; a dozen queries for each of them."""
    kind = say.capital(say.label(MeetingKind(meeting.kind)))
    title = _("Minutes of %(year)s") % {"year": year}
    return _typeset(title, found, heading=f"{Names([meeting.organiser]).text(meeting.organiser)} · {kind}")


def _typeset(title: str, found: list[Minutes], *, heading: str) -> bytes:
    organiser = found[0].meeting.organiser
    data = {
        "title": title,
        "heading": heading,
        "contents": _("Contents"),
        "parts": [_part(minutes) for minutes in found],
        "foot": _("%(organiser)s, printed on %(day)s")
        % {"organiser": Names([organiser]).text(organiser), "day": say.date(today())},
    }
    return typeset(TEMPLATE, data, language=get_language() or FALLBACK)


def _part(minutes: Minutes) -> dict[str, object]:
    meeting = minutes.meeting
    told = minutes_words(meeting)
    names = Names([meeting.organiser, *([meeting.host] if meeting.host else [])])
    facts = [
        (_("When"), told.when),
        (_("Place"), meeting.place),
        (_("Host"), names.text(meeting.host) if meeting.host else ""),
        (_("Minutes kept by"), str(minutes.keeper)),
    ]
    return {
        "lang": meeting.language,
        "kind": f"{names.text(meeting.organiser)} · {MeetingKind(meeting.kind).label}",
        "title": meeting.title,
        "label": _("Minutes"),
        "state": approval_words(minutes) or _("Draft, not approved yet"),
        "is_draft": minutes.approved_at is None,
        "facts": [[label, value] for label, value in facts if value],
        "there_label": _("Who was there"),
        "there": [
            {"town": {"text": town.text, "lang": town.language}, "people": "; ".join(people)}
            for town, people in told.there
        ],
        "nobody": _("Attendance has not been noted."),
        "quorum": told.quorum,
        "items_label": _("What was said and decided"),
        "items": [_item(point) for point in told.points],
        **_besides(told),
        "checkers": _checkers(minutes, told.digest),
    }


def _item(point: PointWords) -> dict[str, object]:
    return {
        "number": point.number,
        "title": point.title,
        "text": point.passage.text if point.passage else "",
        "decisions": [
            {
                "label": _("Decision %(number)s") % {"number": one.number},
                "text": one.text,
                "result": one.result,
                "roll": [f"{choice}: {towns}" for choice, towns in one.roll],
            }
            for one in point.decisions
        ],
        "commitments": [_commitment(one) for one in point.commitments],
    }


def _commitment(one: CommitmentWords) -> dict[str, str]:
    until = _("due on %(day)s") % {"day": one.due} if one.due else ""
    return {"label": _("Taken on"), "text": one.text, "who": ", ".join(filter(None, (one.who, until)))}


def _besides(told: MinutesWords) -> dict[str, object]:
    return {
        "besides_label": _("Taken on besides"),
        "besides": [_commitment(one) for one in told.besides],
    }


def _checkers(minutes: Minutes, digest: str) -> list[dict[str, str]]:
    """A line to sign for each checker; two empty ones where nobody was elected yet."""
    lines = checker_lines(minutes, digest)
    signed = [{"label": _("Checked: %(name)s") % {"name": one.name}, "said": one.said} for one in lines]
    return [*signed, *({"label": _("Checker"), "said": ""} for _place in range(2 - len(signed)))]
