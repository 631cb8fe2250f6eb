"""Minutes as papers: those of a meeting, and a volume of those of a series."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twinhall.core.languages import FALLBACK
from twinhall.desk.minutewords import (
    CommitmentWords,
    MinutesWords,
    PointWords,
    approval_words,
    checker_lines,
    minutes_words,
)
from twinhall.documents.typesetting import typeset
from twinhall.meetings.models import MeetingKind, Minutes, Volume
from twinhall.meetings.queries import bound_in
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.names import Names

TEMPLATE = "meetings/minutes"


def minutes_paper(minutes: Minutes) -> bytes:
    """The minutes of a meeting as PDF: labels in the language of the request, texts as they were written."""
    return _typeset(minutes.meeting.title, [minutes], heading="")


def volume_paper(volume: Volume) -> bytes:
    """A volume as PDF with a list of contents, as above; a dozen queries for each of its minutes."""
    return _typeset(volume.title, list(bound_in(volume)), heading=volume.heading)


def _typeset(title: str, found: Sequence[Minutes], *, heading: str) -> bytes:
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
