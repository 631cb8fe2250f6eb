"""Ties told in sentences: "signed an agreement with A (X) and B", "A and B are twinned"."""

import re
from dataclasses import replace

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import day_without_year
from twinhall.reader.extract.clauses import own_dates, stretch_of
from twinhall.reader.extract.dating import Dated, Span, dated
from twinhall.reader.extract.leading import contact_before, led_to
from twinhall.reader.extract.parties import Party, kind_between, told_country
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.sides import sides
from twinhall.reader.extract.telling import (
    Details,
    fields_of,
    is_agreed,
    is_decided,
    kind_of,
    settle,
    status_of,
)
from twinhall.reader.facts import Named, Partnership

_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_OF_PROJECT = ("project.project", "project.lead", "project.partners", "project.programme", "project.budget")
_GOING_ON = frozenset({"sign", "agreement", "end", "inactive", "contact", "visit"})
_QUOTE = 400
_INSIDE = 60  # characters before a party that a quote cut short keeps
_COMPANY = re.compile(r"\b(?:GmbH|Ltd|s\.r\.o|d\.o\.o|Sp\. z o\.o|SIA|UAB|OÜ|S\.p\.A|Kft|A/S|AB)\b")


def told_in(
    scene: Scene, subject: Subject, span: Span, title: str, day: PartialDate | None = None
) -> list[Partnership]:
    """The ties that a paragraph tells; ``day`` is the one on which it was written, of news."""
    found: list[tuple[Named, Party, Details, Span]] = []
    last: list[tuple[Named, Party, Details, Span]] = []
    leads: list[Span] = []
    in_project = False
    for sentence in scene.sentences(*span):
        in_project = in_project or (
            scene.has(*sentence, "project.project") and not scene.has(*sentence, "act.sign")
        )
        if in_project and scene.has(*sentence, *_OF_PROJECT):
            continue
        fresh = _of_sentence(scene, subject, sentence, title)
        if not fresh and leads and not last:
            fresh = _led_to(scene, subject, leads[-1], sentence)
        if fresh:
            _date_news(scene, sentence, fresh, day)
            for _, party, details, _ in fresh:
                details.contact = details.contact or contact_before(scene, leads, party, details.since)
            if _names_tie(scene, sentence):
                found = [each for each in found if _names_tie(scene, each[3]) or not _is_again(each, fresh)]
            found += fresh
            last = fresh
        elif last:
            last = _goes_on(scene, sentence, last)
        leads = [] if fresh and _names_tie(scene, sentence) else [*leads, sentence]
    return [
        _fact(scene, a, party, details=details, span=sentence, title=title)
        for a, party, details, sentence in found
    ]


def _led_to(
    scene: Scene, subject: Subject, lead: Span, span: Span
) -> list[tuple[Named, Party, Details, Span]]:
    """The tie of a sentence whose party the one before it names."""
    party = led_to(scene, subject, lead, span)
    if party is None or _means_other(scene, span) or _is_about_project(scene, span):
        return []
    details = _details(scene, span)
    settle(details, dated(scene, span))
    return [(subject.named, party, details, (lead[0], span[1]))]


def _names_tie(scene: Scene, span: Span) -> bool:
    return scene.has(*span, "tie")


def _is_again(
    told: tuple[Named, Party, Details, Span], fresh: list[tuple[Named, Party, Details, Span]]
) -> bool:
    """Whether a sentence without a tie's word names the party whose tie the next ones tell."""
    return any(each[1].named.candidates[:1] == told[1].named.candidates[:1] for each in fresh)


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
    a, parties = sides(scene, subject, span)
    if a is None:
        return []
    parties = _once_each(parties)
    details = _details(scene, span)
    return [(a, party, _own(scene, span, party, parties, details), span) for party in parties]


def _once_each(parties: list[Party]) -> list[Party]:
    """The parties without those that are named again: "pupils went to A …, the treaty with A (X)"."""
    best: dict[str, Party] = {}
    for party in parties:
        known = party.named.candidates[:1]
        key = str(known[0].geonames) if known else f"{party.start}"
        best[key] = party if party.country or key not in best else best[key]
    return sorted(best.values(), key=lambda party: party.start)


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
    if not title or (scene.has(*span, "act.visit") and not scene.has(*span, "act.sign", "act.end")):
        return False
    return scene.has(*span, "act.start", "act.end", "act.suspend", "act.sign")


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
    named = scene.has(*span, "net.network") or bool(scene.bodies(*span, "network"))
    if scene.has(*span, "net.member"):
        return named or not scene.has(*span, "tie", "act.sign")
    return named and scene.has(*span, "net.founded")


def _details(scene: Scene, span: Span) -> Details:
    details = Details(kind=kind_of(scene, [span]), fields=fields_of(scene, [span]))
    details.status = _status(scene, span)
    return details


def _status(scene: Scene, span: Span, *, of_entry: bool = False) -> str:
    return status_of(scene, span, of_entry=of_entry) or ("planned" if is_decided(scene, span) else "")


def _own(scene: Scene, span: Span, party: Party, parties: list[Party], shared: Details) -> Details:
    """What the sentence tells of one of its parties: a date beside its name, else those of the whole."""
    details = Details(shared.kind, fields=shared.fields, status=shared.status)
    if len({hit.sort for hit in scene.hits(*span, *_NAMED_TIES)}) > 1:
        before = max((p.end for p in parties if p.end <= party.start), default=span[0])
        details.kind = kind_of(scene, [(before, party.start)]) or details.kind
    stretch = stretch_of(scene, span, party, parties)
    if stretch != span:
        details.status = _status(scene, stretch, of_entry=True)
    settle(details, own_dates(scene, span, party, parties))
    return details


def _goes_on(
    scene: Scene, span: Span, last: list[tuple[Named, Party, Details, Span]]
) -> list[tuple[Named, Party, Details, Span]]:
    """Take what a sentence without a name tells of the ties told before it."""
    if scene.has(*span, "act.seek", "word.stop", "act.other"):
        return []
    dates = [each for each in dated(scene, span) if each.role in _GOING_ON or each.early]
    status = status_of(scene, span) or _rests(scene, span)
    for _, _, details, _ in last:
        _take_status(scene, span, details, status)
        settle(details, dates if details.since is None else [_later(each) for each in dates])
        details.fields = details.fields or fields_of(scene, [span])
        details.kind = details.kind or kind_of(scene, [span])
    return last


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


def _fact(scene: Scene, a: Named, party: Party, *, details: Details, span: Span, title: str) -> Partnership:
    start, end = span
    if end - start > _QUOTE:
        start = max(start, min(party.start - _INSIDE, end - _QUOTE))
        start = max(span[0], min(start, party.start))
        end = min(end, start + _QUOTE)
    kind = details.kind or ("partner" if is_agreed(scene, [span]) else title) or "partner"
    return Partnership(
        a=a, b=party.named, kind=kind_between(scene, kind, a, party.named),
        since=details.since, signed=details.signed, until=details.until, contact=details.contact,
        status=details.status, fields=details.fields,
        country=party.country or told_country(party.named), **scene.quoted(start, end),
        confidence=0.85 if party.country else 0.65,
    )  # fmt: skip
