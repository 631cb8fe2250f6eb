"""How a meeting is told in words: when it is, what came of a vote; in the language of request or letter."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_time, get_timezone_name
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from twinhall.core.languages import here
from twinhall.meetings.models import Choice, Decision, Meeting, Method, Outcome, RollVote

BRITISH = Locale("en", "GB")


def _calendar() -> Locale:
    """English is European here: 12 March 2026, not March 12; the clock has 24 hours."""
    return BRITISH if here().language == "en" else here()


def day(told: dt.date) -> str:
    """A day with its weekday: “Thursday, 12 March 2026”."""
    return str(format_date(told, "full", locale=_calendar()))


def days(first: dt.date, last: dt.date) -> str:
    """A stretch of days, as short as the language has it: “12–14 Mar 2026”."""
    if first == last:
        return day(first)
    return str(format_interval(first, last, "yMMMMd", locale=_calendar()))


def clock(time: dt.time) -> str:
    """A time of the clock: “10:00”."""
    return str(format_time(time, "short", locale=_calendar()))


def when(meeting: Meeting) -> str:
    """Days, times and whose clock: “Thursday, 12 March 2026, 10:00 – 16:00 (Eastern European Time)”."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return days(meeting.starts_on, meeting.ends_on)
    clocks = zone_name(meeting)
    if meeting.starts_on == meeting.ends_on:
        return f"{day(meeting.starts_on)}, {clock(meeting.starts_at)} – {clock(meeting.ends_at)} ({clocks})"
    begins = f"{day(meeting.starts_on)}, {clock(meeting.starts_at)}"
    return f"{begins} – {day(meeting.ends_on)}, {clock(meeting.ends_at)} ({clocks})"


def zone_name(meeting: Meeting) -> str:
    """What the clocks at its place are called on its first day: “Eastern European Standard Time”."""
    noon = dt.datetime.combine(meeting.starts_on, dt.time(12), tzinfo=ZoneInfo(meeting.zone))
    return str(get_timezone_name(noon, "long", locale=_calendar()))


# Decisions -------------------------------------------------------------------------------------------


def result(decision: Decision) -> str:
    """What came of a vote: “Carried: 12 for, 1 against, 2 abstaining”."""
    if decision.outcome == Outcome.OPEN:
        return _("Not yet taken")
    outcome = _("Carried") if decision.outcome == Outcome.CARRIED else _("Rejected")
    if decision.method == Method.CONSENSUS:
        return _("%(outcome)s without a vote") % {"outcome": outcome}
    return _("%(outcome)s: %(in_favour)s for, %(against)s against, %(abstained)s abstaining") % {
        "outcome": outcome,
        "in_favour": _number(decision.in_favour or 0),
        "against": _number(decision.against or 0),
        "abstained": _number(decision.abstained or 0),
    }


def counted(votes: Iterable[RollVote]) -> str:
    """What a roll call comes to so far: “3 for, 1 against, 0 abstaining”; empty before the first vote."""
    told = Counter(vote.choice for vote in votes)
    if not told:
        return ""
    return _("%(in_favour)s for, %(against)s against, %(abstained)s abstaining") % {
        "in_favour": _number(told[Choice.FOR]),
        "against": _number(told[Choice.AGAINST]),
        "abstained": _number(told[Choice.ABSTAINED]),
    }


def presence(present: int, may_vote: int) -> str:
    """How many were there: “7 of the 9 members that may vote are present”."""
    said = ngettext(
        "%(present)s of the %(entitled)s members that may vote is present",
        "%(present)s of the %(entitled)s members that may vote are present",
        present,
    )
    return said % {"present": _number(present), "entitled": _number(may_vote)}


def quorum(present: int, may_vote: int, needed: int) -> str:
    """Who is there and who must be: “7 of the 9 members that may vote are present; 5 must be”."""
    if not needed:
        return presence(present, may_vote)
    said = ngettext("%(presence)s; %(needed)s must be", "%(presence)s; %(needed)s must be", needed)
    return said % {"presence": presence(present, may_vote), "needed": _number(needed)}


def _number(count: int) -> str:
    return str(format_decimal(count, locale=here()))
