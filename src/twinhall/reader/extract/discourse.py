"""Ties told in a paragraph, sentence by sentence: a later one goes on about a tie, or a town named before."""

from dataclasses import replace
from itertools import pairwise

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import day_without_year
from twinhall.reader.extract.datelines import past_dateline
from twinhall.reader.extract.dating import Dated, Span, dated
from twinhall.reader.extract.leading import contact_before, in_year, year_alone
from twinhall.reader.extract.narrative import (
    Told,
    details_in,
    fact_of,
    is_about_project,
    means_other,
    names_more,
    names_project,
    names_tie,
    of_sentence,
)
from twinhall.reader.extract.others import own_side
from twinhall.reader.extract.parties import parties_in
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.sides import owner_of
from twinhall.reader.extract.telling import Details, fields_of, kind_of, settle, status_of
from twinhall.reader.extract.topics import Topic, told_of, told_within, topic_of
from twinhall.reader.facts import Named, Partnership

_OF_PROJECT = ("project.project", "project.lead", "project.partners", "project.programme", "project.budget")
_ACTS = ("act.sign", "act.start", "act.end", "act.suspend")  # without which no sentence tells a tie
_OF_ELSE = ("act.founded", "project.project", "net.network", "net.member")
_GOING_ON = frozenset({"sign", "agreement", "end", "inactive", "contact", "visit"})


def told_in(
    scene: Scene,
    subject: Subject,
    span: Span,
    title: str,
    *,
    day: PartialDate | None = None,
    before: Span | None = None,
) -> list[Partnership]:
    """The ties that a paragraph tells.

    ``day`` is the one on which it was written, of news; ``before`` is the paragraph right before it, whose
    town "both towns" may mean.
    """
    found: list[Told] = []
    last: list[Told] = []
    leads: list[Span] = []
    topic = Topic()
    year: PartialDate | None = None
    owner: Named | None = None
    in_project = False
    for sentence in _looked_up(scene, span):
        in_project = in_project or (names_project(scene, sentence) and not scene.has(*sentence, "act.sign"))
        if in_project and scene.has(*sentence, *_OF_PROJECT):
            continue
        fresh = of_sentence(scene, subject, sentence, title)
        if before and not last and not topic.parties and scene.has(*sentence, "word.both"):
            topic, leads = topic_of(scene, subject, before), [*scene.sentences(*before), *leads]
        if not fresh:
            fresh = _of_topic(scene, subject, topic, sentence, title)
        if owner:
            fresh = _owned(scene, subject, sentence, fresh, owner)
        owner = owner_of(scene, subject, sentence)
        if fresh:
            _date_news(scene, sentence, fresh, day)
            _date_year(scene, sentence, fresh, year)
            for _, party, details, _ in fresh:
                details.contact = details.contact or contact_before(scene, leads, party, details.since)
            if names_tie(scene, sentence):
                found = [each for each in found if names_tie(scene, each[3]) or not _is_again(each, fresh)]
            found += fresh
            last = fresh
        elif last:
            found += _of_own_side(scene, subject, sentence, last)
            last = _goes_on(scene, sentence, last)
        topic = Topic() if fresh else topic.take(scene, subject, sentence)
        year = year_alone(scene, sentence) or year
        leads = [] if fresh and names_tie(scene, sentence) else [*leads, sentence]
    return [
        fact_of(scene, a, party, details=details, span=sentence, title=title)
        for a, party, details, sentence in found
    ]


def _owned(scene: Scene, subject: Subject, span: Span, fresh: list[Told], owner: Named) -> list[Told]:
    """The ties of a sentence as those of the town that the one before says has one, unless it names us."""
    if any(subject.is_meant(each.text, each.candidates) for each in scene.mentions(*span)):
        return fresh
    return [(owner if told[0] is subject.named else told[0], told[1], told[2], told[3]) for told in fresh]


def _looked_up(scene: Scene, span: Span) -> list[Span]:
    """The sentences of a paragraph that may tell a tie, with their names looked up at once."""
    if not scene.has(*span, "tie", *_ACTS):
        return []
    sentences = scene.sentences(past_dateline(scene, span), span[1])
    scene.look_up(sentences)
    return sentences


def _of_topic(scene: Scene, subject: Subject, topic: Topic, span: Span, title: str) -> list[Told]:
    """The tie of a sentence whose party one before it names."""
    start = topic.span[0]
    party = told_of(scene, subject, topic, span, title)
    if party is None:
        start, party = span[0], told_within(scene, subject, span, title)
    if party is None or means_other(scene, span) or is_about_project(scene, span):
        return []
    if _is_of_body(scene, (start, party.end), span):
        return []
    found: list[Told] = []
    for piece in _each_kind(scene, span):
        details = details_in(scene, piece)
        settle(details, dated(scene, piece))
        found.append((subject.named, party, details, (start, piece[1])))
    return found


def _is_of_body(scene: Scene, lead: Span, span: Span) -> bool:
    """Whether a mere agreement is that of a school or a hospital, which was named with the town."""
    if names_more(scene, span) or scene.has(*span, "word.town", "word.both"):
        return False
    return scene.has(*lead, "word.body")


def _each_kind(scene: Scene, span: Span) -> list[Span]:
    """The parts of a sentence that tell ties of different kinds: "a pact of 2019; a twinning is planned"."""
    stops = [at for at in range(*span) if scene.text[at] == ";"]
    parts = list(pairwise([span[0], *stops, span[1]]))
    kinds = [kind_of(scene, [part]) for part in parts]
    return parts if len(parts) > 1 and "" not in kinds and len(set(kinds)) == len(kinds) else [span]


def _of_own_side(scene: Scene, subject: Subject, span: Span, last: list[Told]) -> list[Told]:
    """The ties of those who, as a sentence tells, signed with the subject what was told before."""
    if not scene.has(*span, "act.sign", "tie"):
        return []
    return [
        (own.named, party, replace(details), (told[0], span[1]))
        for own in own_side(scene, subject, parties_in(scene, subject, span))
        for a, party, details, told in last
        if a is subject.named
    ]


def _is_again(told: Told, fresh: list[Told]) -> bool:
    """Whether a sentence without a tie's word names the party whose tie the next ones tell."""
    return any(each[1].named.candidates[:1] == told[1].named.candidates[:1] for each in fresh)


def _date_news(scene: Scene, span: Span, facts: list[Told], day: PartialDate | None) -> None:
    """Date what news tells to be signed by its day: today's, or another of that year."""
    if day is None or not scene.has(*span, "act.sign") or scene.dates(*span):
        return
    if scene.has(*span, "act.plan", "act.renew", "act.anniversary"):
        return
    told = day_without_year(scene.text[slice(*span)], scene.lexicon, day)
    for _, _, details, _ in facts:
        if details.since is None and not details.status:
            details.since = told or day


def _date_year(scene: Scene, span: Span, facts: list[Told], year: PartialDate | None) -> None:
    """Date what a paragraph tells that begins with a year alone: "In 2009. On 3 May a treaty was signed"."""
    if year is None:
        return
    told, alone = in_year(scene, span, year), not scene.dates(*span)
    for _, _, details, _ in facts:
        if details.status == "ended" and (alone or told.day):
            details.until = details.until or told
        elif not details.status and alone:
            details.since = details.since or told


def _goes_on(scene: Scene, span: Span, last: list[Told]) -> list[Told]:
    """Take what a sentence without a name tells of the ties told before it."""
    if scene.has(*span, "act.seek", "word.stop", "act.other", "act.neighbour"):
        return []
    dates = [each for each in dated(scene, span) if each.role in _GOING_ON or each.early]
    if not dates and scene.has(*span, "tie") and not scene.has(*span, *_OF_ELSE):
        dates = [each for each in dated(scene, span) if each.role == "start"]
    status = status_of(scene, span) or _rests(scene, span)
    for _, _, details, _ in last:
        _take_status(scene, span, details, status)
        _take_dates(details, dates)
        details.fields = details.fields or fields_of(scene, [span])
        kind = kind_of(scene, [span])
        details.kind = kind if _is_signed_as(scene, span, kind, details) else details.kind or kind
    return last


def _is_signed_as(scene: Scene, span: Span, kind: str, details: Details) -> bool:
    """Whether what was called a friendship is signed as a twinning."""
    return (
        kind == "twin" and details.kind == "friendship" and scene.has(*span, "act.sign", "tie.agreement")
        and not scene.has(*span, "act.plan", "act.renew")
    )  # fmt: skip


def _take_dates(details: Details, dates: list[Dated]) -> None:
    """Take the dates that go on about a tie; what had only begun may be signed now."""
    since = details.since
    signed = [each for each in dates if each.role in {"sign", "agreement"} and not each.early]
    if since and details.signed is False and signed and since.last_day < signed[0].told.date.first_day:
        details.contact = details.contact or since
        details.since = None
    settle(details, dates if details.since is None else [_later(each) for each in dates])


def _rests(scene: Scene, span: Span) -> str:
    """Whether a sentence tells that nothing goes on, which needs no word for a tie: "no visit since"."""
    return "inactive" if status_of(scene, span, of_entry=True) == "inactive" else ""


def _later(each: Dated) -> Dated:
    """A date told of a tie whose beginning is known: early ones are of first contacts."""
    if each.early and each.role in {"plain", "start"}:
        return replace(each, role="contact")
    return replace(each, role="") if each.role in {"sign", "agreement", "start", "plain"} else each


def _take_status(scene: Scene, span: Span, details: Details, status: str) -> None:
    """Take the status that a sentence tells of the tie told before it; what was planned may be signed now."""
    if not status and details.status == "planned" and any(each.role == "sign" for each in dated(scene, span)):
        details.status = ""
    if not status or details.status not in {"", "inactive"} or details.status == status:
        return
    if status != "inactive" and not scene.has(*span, "tie", "act.decide"):
        return
    if status != "planned" or (not details.status and scene.has(*span, "act.sign")):
        details.status = status
        details.since = None if status == "planned" else details.since
