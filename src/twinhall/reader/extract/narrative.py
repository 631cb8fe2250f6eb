"""Ties told in sentences: "signed an agreement with A (X) and B", "A and B are twinned"."""

import re
from itertools import pairwise

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import day_without_year
from twinhall.reader.extract.parties import (
    Party,
    are_between,
    are_two,
    kind_between,
    parties_in,
    told_country,
)
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.telling import Dated, Details, Span, dated, fields_of, kind_of, settle, status_of
from twinhall.reader.facts import Named, Partnership

_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_OF_PROJECT = ("project.project", "project.lead", "project.partners", "project.programme", "project.budget")
_QUOTE = 400
_TWO = 2
_BESIDE = 2  # characters between a word for others and the first of them, at most
_INSIDE = 60  # characters before a party that a quote cut short keeps
_COMPANY = re.compile(r"\b(?:GmbH|Ltd|s\.r\.o|d\.o\.o|Sp\. z o\.o|SIA|UAB|OÜ|S\.p\.A|Kft|A/S|AB)\b")


def told_in(
    scene: Scene, subject: Subject, span: Span, title: str, day: PartialDate | None = None
) -> list[Partnership]:
    """The ties that a paragraph tells; ``day`` is the one on which it was written, of news."""
    found: list[tuple[Named, Party, Details, Span]] = []
    last: list[tuple[Named, Party, Details, Span]] = []
    in_project = False
    for sentence in scene.sentences(*span):
        in_project = in_project or (
            scene.has(*sentence, "project.project") and not scene.has(*sentence, "act.sign")
        )
        if in_project and scene.has(*sentence, *_OF_PROJECT):
            continue
        fresh = _of_sentence(scene, subject, sentence, title)
        if fresh:
            _date_news(scene, sentence, fresh, day)
            found += fresh
            last = fresh
        elif last:
            last = _goes_on(scene, sentence, last)
    return [
        _fact(scene, a, party, details=details, span=sentence, title=title)
        for a, party, details, sentence in found
    ]


def _date_news(
    scene: Scene, span: Span, facts: list[tuple[Named, Party, Details, Span]], day: PartialDate | None
) -> None:
    """Date what news tells to be signed by its day: today's, or another of that year."""
    if day is None or not scene.has(*span, "act.sign") or scene.dates(*span):
        return
    if scene.has(*span, "act.plan", "act.renew", "act.anniversary"):
        return
    told = day_without_year(scene.text[slice(*span)], scene.lexicon, day)
    for _, _, details, _ in facts:
        if details.since is None and not details.status:
            details.since = told or day


def _of_sentence(
    scene: Scene, subject: Subject, span: Span, title: str
) -> list[tuple[Named, Party, Details, Span]]:
    if not _is_about_tie(scene, span, title):
        return []
    parties = parties_in(scene, subject, span)
    if not parties:
        return []
    a, parties = _sides(scene, subject, span, parties)
    if a is None:
        return []
    details = _details(scene, span)
    return [(a, party, _own(scene, span, party, parties, details), span) for party in parties]


def _is_about_tie(scene: Scene, span: Span, title: str) -> bool:
    if (
        scene.has(*span, "act.seek", "act.reject")
        or _means_other(scene, span)
        or _is_about_project(scene, span)
        or _is_about_network(scene, span)
    ):
        return False
    if scene.has(*span, *_NAMED_TIES):
        return True
    if scene.has(*span, "tie.agreement", "tie.cooperation"):
        return scene.has(*span, "act.sign", "act.end", "act.suspend") or bool(title)
    return bool(title) and scene.has(*span, "act.start", "act.end", "act.suspend", "act.sign")


def _is_about_project(scene: Scene, span: Span) -> bool:
    return scene.has(*span, "project.project") and not scene.has(*span, "tie.twin", "act.sign")


def _means_other(scene: Scene, span: Span) -> bool:
    """Whether a word for ties is part of something else ("digital twin"), or nothing else speaks of one."""
    if _COMPANY.search(scene.text, *span):
        return True
    ties = scene.hits(*span, *_NAMED_TIES)
    stops = scene.hits(*span, "word.stop")
    return any(
        not ties or any(tie.start < stop.end and stop.start < tie.end for tie in ties) for stop in stops
    )


def _is_about_network(scene: Scene, span: Span) -> bool:
    if scene.has(*span, "tie.twin", "tie.friendship"):
        return False
    return scene.has(*span, "net.member") or (
        scene.has(*span, "net.network") and scene.has(*span, "net.founded")
    )


def _sides(
    scene: Scene, subject: Subject, span: Span, parties: list[Party]
) -> tuple[Named | None, list[Party]]:
    """The party whose tie it is, and the others."""
    others = [party for party in parties if party.named is not subject.named]
    said = scene.hits(*span, "act.other")
    if said:
        near = others and any(0 <= others[0].start - hit.end <= _BESIDE for hit in said)
        return (others[0].named, others[1:]) if near and len(others) == len(parties) == _TWO else (None, [])
    for one, other in pairwise(others):
        if are_between(scene, span, one, other) and scene.has(one.end, other.start, "word.and"):
            return (one.named, [other]) if len(others) == len(parties) else (subject.named, others)
    if len(others) < len(parties) and subject.is_town:
        return subject.named, others
    if _is_of_others(scene, subject, span, others):
        return others[0].named, others[1:]
    return (subject.named, others) if others and subject.is_town else (None, [])


def _is_of_others(scene: Scene, subject: Subject, span: Span, others: list[Party]) -> bool:
    """Whether the first of several others has a tie with those after it."""
    if len(others) < _TWO:
        return False
    first, second = others[:_TWO]
    if not subject.is_town and scene.has(
        first.end, second.start, *_NAMED_TIES, "word.with", "tie.agreement", "word.and"
    ):
        return True
    return len(others) == _TWO and are_two(scene, span, first, second)


def _details(scene: Scene, span: Span) -> Details:
    details = Details(kind=kind_of(scene, [span]), fields=fields_of(scene, [span]))
    details.status = status_of(scene, span)
    return details


def _own(scene: Scene, span: Span, party: Party, parties: list[Party], shared: Details) -> Details:
    """What the sentence tells of one of its parties: a date beside its name, else those of the whole."""
    details = Details(shared.kind, fields=shared.fields, status=shared.status)
    if len({hit.sort for hit in scene.hits(*span, *_NAMED_TIES)}) > 1:
        before = max((p.end for p in parties if p.end <= party.start), default=span[0])
        details.kind = kind_of(scene, [(before, party.start)]) or details.kind
    dates = dated(scene, span)
    settle(details, _dates_of(party, parties, dates))
    return details


def _dates_of(party: Party, parties: list[Party], dates: list[Dated]) -> list[Dated]:
    """The dates of one of several parties: those inside the list belong to the party before them."""
    if len(parties) == 1:
        return dates
    first, last = parties[0], parties[-1]
    inside = [each for each in dates if first.end <= each.told.start < last.start]
    if not inside:
        return dates
    following = next((p.start for p in parties if p.start > party.start), len(dates) and dates[-1].told.end)
    own = [
        each
        for each in dates
        if party.end <= each.told.start < max(following, party.end + 40 if party is last else 0)
    ]
    return [
        Dated(each.told, "head" if each.role in {"plain", "agreement"} else each.role, each.span)
        for each in own
    ]


def _goes_on(
    scene: Scene, span: Span, last: list[tuple[Named, Party, Details, Span]]
) -> list[tuple[Named, Party, Details, Span]]:
    """Take what a sentence without a name tells of the ties told before it."""
    if scene.has(*span, "act.seek", "word.stop", "act.other"):
        return []
    dates = [each for each in dated(scene, span) if each.role in {"sign", "agreement", "end", "contact"}]
    status = status_of(scene, span)
    for _, _, details, _ in last:
        if (
            status
            and not details.status
            and scene.has(*span, "tie")
            and (status != "planned" or scene.has(*span, "act.sign"))
        ):
            details.status = status
            if status == "planned":
                details.since = None
        if details.since is None or any(each.role == "end" for each in dates):
            since = details.since
            settle(details, dates)
            details.since = since or details.since
        details.fields = details.fields or fields_of(scene, [span])
        details.kind = details.kind or kind_of(scene, [span])
    return last


def _fact(scene: Scene, a: Named, party: Party, *, details: Details, span: Span, title: str) -> Partnership:
    start, end = span
    if end - start > _QUOTE:
        start = max(start, min(party.start - _INSIDE, end - _QUOTE))
        start = max(span[0], min(start, party.start))
        end = min(end, start + _QUOTE)
    kind = details.kind or title or "partner"
    return Partnership(
        a=a, b=party.named, kind=kind_between(scene, kind, a, party.named),
        since=details.since, signed=details.signed, until=details.until, contact=details.contact,
        status=details.status, fields=details.fields,
        country=party.country or told_country(party.named), **scene.quoted(start, end),
        confidence=0.85 if party.country else 0.65,
    )  # fmt: skip
