"""What minutes say, put into words of the reader's language: for their page and for their paper alike."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from twinhall.core.languages import Text, language_name
from twinhall.meetings import words
from twinhall.meetings.minuted import Minuted, Point, minuted
from twinhall.meetings.models import (
    Attendance,
    AttendanceRole,
    Checker,
    Choice,
    Commitment,
    CommitmentState,
    Decision,
    Meeting,
    Minutes,
    Passage,
)
from twinhall.meetings.voting import Quorum
from twinhall.parties.models import Party
from twinhall.web import say
from twinhall.web.environment import today
from twinhall.web.names import Names

TONES = {CommitmentState.OVERDUE: "bad", CommitmentState.OPEN: "warn", CommitmentState.DONE: "good"}


@dataclass(frozen=True)
class DecisionWords:
    """A decision: its number, what is decided, how it was voted, and how each town voted by roll."""

    pk: int
    number: str
    text: str
    result: str
    roll: list[tuple[str, str]]


@dataclass(frozen=True)
class CommitmentWords:
    """What was taken on, by whom and until when; and how it stands today."""

    pk: int
    text: str
    who: str
    due: str
    state: str
    tone: str


@dataclass(frozen=True)
class PointWords:
    """An item of the agenda with what was said, decided and taken on under it."""

    pk: int
    number: int
    title: str
    passage: Passage | None
    decisions: list[DecisionWords]
    commitments: list[CommitmentWords]


@dataclass(frozen=True)
class MinutesWords:
    """The minutes in words."""

    when: str
    there: list[tuple[Text, list[str]]]
    quorum: str
    points: list[PointWords]
    besides: list[CommitmentWords]
    digest: str


def minutes_words(meeting: Meeting) -> MinutesWords:
    """The minutes of a meeting in the reader's language; as many queries for any length."""
    told = minuted(meeting)
    names = Names(_parties(told))
    return MinutesWords(
        when=words.when(meeting),
        there=people_by_town(told.there, names),
        quorum=quorum_words(told.quorum),
        points=[_point(point, names) for point in told.points],
        besides=commitment_words(told.besides, names),
        digest=told.digest,
    )


def _parties(told: Minuted) -> list[Party]:
    commitments = [*told.besides, *(one for point in told.points for one in point.commitments)]
    votes = [vote for point in told.points for one in point.decisions for vote in one.votes.all()]
    return [
        *(one.party for one in told.there),
        *(one.party for one in commitments),
        *(one.party for one in votes),
    ]


def people_by_town(there: Iterable[Attendance], names: Names) -> list[tuple[Text, list[str]]]:
    """Who was there, by town in the order of their addresses: “Jānis Ozols, mayor”."""
    found: dict[Party, list[str]] = {}
    for one in there:
        found.setdefault(one.party, []).append(_person(one))
    return [(names.of(party), people) for party, people in found.items()]


def _person(one: Attendance) -> str:
    """A name with the office; what somebody takes part as, where it is not plain."""
    role = "" if one.role == AttendanceRole.DELEGATE else say.label(AttendanceRole(one.role))
    if one.languages:
        role = f"{role}: {say.listed(language_name(code) for code in one.languages)}"
    known = ", ".join(filter(None, (one.name, one.office)))
    return f"{known} ({role})" if role else known


def quorum_words(quorum: Quorum) -> str:
    """How many of those who may vote were there, and whether that was enough; empty where nobody votes."""
    if not quorum.entitled:
        return ""
    present = words.presence(quorum.present, quorum.entitled)
    if not quorum.needed:
        return f"{present}."
    said = _("%(presence)s, a quorum.") if quorum.is_there else _("%(presence)s, which is no quorum.")
    return said % {"presence": present}


def _point(point: Point, names: Names) -> PointWords:
    return PointWords(
        pk=point.item.pk,
        number=point.item.number,
        title=point.item.title,
        passage=point.passage,
        decisions=[_decision(one, names) for one in point.decisions],
        commitments=commitment_words(point.commitments, names),
    )


def _decision(decision: Decision, names: Names) -> DecisionWords:
    votes = [
        (say.capital(say.label(choice)), say.listed(names.text(vote.party) for vote in cast))
        for choice in Choice
        if (cast := [vote for vote in decision.votes.all() if vote.choice == choice])
    ]
    number = f"{decision.number}/{decision.meeting.starts_on.year}"
    return DecisionWords(decision.pk, number, decision.text, words.result(decision), votes)


def commitment_words(commitments: Iterable[Commitment], names: Names) -> list[CommitmentWords]:
    """Commitments with who took them on, and how they stand today."""
    day = today()
    found = []
    for one in commitments:
        who = names.text(one.party)
        state = one.state_on(day)
        found.append(
            CommitmentWords(
                pk=one.pk,
                text=one.text,
                who=f"{who} ({one.name})" if one.name else who,
                due=say.date(one.due),
                state=say.label(state),
                tone=TONES.get(state, "quiet"),
            )
        )
    return found


def day_of(instant: dt.datetime | None) -> str:
    """The day of an instant by the clocks of the site; empty where there is none."""
    return say.date(timezone.localtime(instant).date()) if instant else ""


@dataclass(frozen=True)
class CheckerLine:
    """A checker, and whether the signature stands under the present text."""

    name: str
    said: str
    tone: str


def checker_lines(minutes: Minutes, digest: str) -> list[CheckerLine]:
    """The checkers with their signatures; no query where they are fetched."""
    return [_checker(one, is_kept=bool(minutes.approved_at), digest=digest) for one in minutes.checkers.all()]


def _checker(checker: Checker, *, is_kept: bool, digest: str) -> CheckerLine:
    name, day = str(checker.person), {"day": day_of(checker.signed_at)}
    if checker.signed_at is None:
        return CheckerLine(name, _("has not signed yet"), "warn")
    if is_kept or checker.digest == digest:
        return CheckerLine(name, _("signed off on %(day)s") % day, "good")
    changed = _("signed on %(day)s, but the minutes have changed since: the signature counts no more")
    return CheckerLine(name, changed % day, "bad")


def approval_words(minutes: Minutes) -> str:
    """“Approved on 12 May 2026: Summer meeting of the board”; empty for minutes that are not."""
    if minutes.approved_in is None:
        return ""
    named = {"day": say.date(minutes.approved_in.starts_on), "meeting": minutes.approved_in.title}
    return _("Approved on %(day)s at: %(meeting)s") % named
