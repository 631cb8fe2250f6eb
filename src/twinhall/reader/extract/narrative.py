"""Ties told in one sentence: "signed an agreement with A (X) and B", "A and B are twinned"."""

import re

from twinhall.reader.extract.clauses import own_dates, stretch_of
from twinhall.reader.extract.dating import Span, dated
from twinhall.reader.extract.ends import kind_between, told_country
from twinhall.reader.extract.others import is_surely_home
from twinhall.reader.extract.parties import Party
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
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

_QUOTE = 400
_FIRST_TIES = 1900  # the year before which towns signed no ties
_OLD_YEAR = re.compile(r"(?<![\d.,])1[0-8]\d\d(?![\d.,]\d|\d)")
_UNIT = 15  # characters after a number in which "inhabitants" stands
_ARTICLE = 3  # letters of a small word
_INSIDE = 60  # characters before a party that a quote cut short keeps
Told = tuple[Named, Party, Details, Span]
"""A tie as far as it is told: whose, with whom, what of it, and where."""
_COMPANY = re.compile(r"\b(?:GmbH|Ltd|s\.r\.o|d\.o\.o|Sp\. z o\.o|SIA|UAB|OÜ|S\.p\.A|Kft|A/S|AB)\b")


def names_tie(scene: Scene, span: Span) -> bool:
    """Whether a stretch has a word for a tie of any kind."""
    return scene.has(*span, "tie")


def of_sentence(scene: Scene, subject: Subject, span: Span, title: str) -> list[Told]:
    """The ties of a sentence that names their parties; ``title`` is the kind that the page is about."""
    if not _is_about_tie(scene, subject, span, title):
        return []
    details = details_in(scene, span)
    ties = [(a, _once_each(parties)) for a, parties in sides(scene, subject, span)]
    if title in {"", "partner"} and not names_more(scene, span):
        ties = [
            (a, [party for party in parties if a is not subject.named or not _is_at_home(scene, party)])
            for a, parties in ties
        ]
    every = sorted((party for _, parties in ties for party in parties), key=lambda party: party.start)
    return [
        (a, party, _own(scene, span, party, every, details), span) for a, parties in ties for party in parties
    ]


def names_more(scene: Scene, span: Span) -> bool:
    """Whether a sentence names a tie by more than that it is an agreement to cooperate."""
    weak = {hit.end for hit in scene.hits(*span, "tie.cooperation")}
    ties = scene.hits(*span, *NAMED_TIES)
    return any(not any(tie.start <= end <= tie.end for end in weak) for tie in ties)


def _is_at_home(scene: Scene, party: Party) -> bool:
    """Whether a party is of the subject's own country, where all kinds of bodies cooperate."""
    return (bool(scene.near) and party.country == scene.near) or is_surely_home(scene, party)


def _once_each(parties: list[Party]) -> list[Party]:
    """The parties without those that are named again: "pupils went to A …, the treaty with A (X)"."""
    best: dict[str, Party] = {}
    for party in parties:
        known = party.named.candidates[:1]
        key = str(known[0].geonames) if known else f"{party.start}"
        best[key] = party if party.country or key not in best else best[key]
    return sorted(best.values(), key=lambda party: party.start)


def _is_about_tie(scene: Scene, subject: Subject, span: Span, title: str) -> bool:
    if (
        scene.has(*span, "act.seek", "act.reject")
        or means_other(scene, span)
        or is_about_project(scene, span)
        or _is_about_network(scene, span)
        or _is_of_history(scene, span)
    ):
        return False
    if scene.has(*span, *NAMED_TIES):
        return True
    if scene.has(*span, "tie.agreement", "tie.cooperation"):
        done = scene.has(*span, "act.sign", "act.end", "act.suspend")
        if done or title:
            return True
        return _is_of_towns(scene, subject, span) and (_is_begun(scene, span) or _is_planned(scene, span))
    if not title or (scene.has(*span, "act.visit") and not scene.has(*span, "act.sign", "act.end")):
        return False
    since = scene.hits(*span, "act.start")
    is_begun = bool(since) and bool(scene.dates(*span))  # a small word alone may only say from where
    is_begun = is_begun or any(
        len(word) > _ARTICLE for hit in since for word in scene.text[hit.start : hit.end].split()
    )
    return is_begun or scene.has(*span, "act.end", "act.suspend", "act.sign")


def _is_of_history(scene: Scene, span: Span) -> bool:
    """Whether a sentence tells of a treaty that is older than any tie of towns."""
    if not scene.has(*span, "tie.agreement", "act.sign"):
        return False
    if dates := scene.dates(*span):
        return all(told.date.year < _FIRST_TIES for told in dates)
    return any(
        not scene.has(year.end(), min(span[1], year.end() + _UNIT), "word.unit")
        for year in _OLD_YEAR.finditer(scene.text, *span)
    )


def _is_of_towns(scene: Scene, subject: Subject, span: Span) -> bool:
    """Whether a sentence is about the subject or a town, rather than about a club or a port."""
    named = any(subject.is_meant(each.text, each.candidates) for each in scene.mentions(*span))
    return named or scene.has(*span, "word.town")


def _is_begun(scene: Scene, span: Span) -> bool:
    """Whether a sentence tells since when two cooperate: "has worked with A (X) since 1998"."""
    if scene.has(*span, "word.body", "project", "net.network", "act.founded"):
        return False
    return scene.has(*span, "tie.cooperation") and any(
        each.role in {"start", "until"} for each in dated(scene, span)
    )


def _is_planned(scene: Scene, span: Span) -> bool:
    """Whether a sentence tells that an agreement to cooperate is to come: "approved the draft agreement"."""
    if scene.has(*span, "word.body", "project", "net.network"):
        return False
    return is_agreed(scene, [span]) and scene.has(*span, "act.plan", "act.decide")


def is_about_project(scene: Scene, span: Span) -> bool:
    """Whether a sentence tells of a project rather than of a tie."""
    return names_project(scene, span) and not scene.has(*span, "tie.twin", "act.sign")


def names_project(scene: Scene, span: Span) -> bool:
    """Whether a sentence names a project, not only the draft of an agreement: "проект соглашения"."""
    agreements = {hit.start for hit in scene.hits(*span, "tie.agreement")}
    return any(hit.end + 1 not in agreements for hit in scene.hits(*span, "project.project"))


def means_other(scene: Scene, span: Span) -> bool:
    """Whether a word for ties is part of something else ("digital twin"), or nothing else speaks of one."""
    if _COMPANY.search(scene.text, *span):
        return True
    ties = scene.hits(*span, *NAMED_TIES)
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


def details_in(scene: Scene, span: Span) -> Details:
    """Kind, fields and status that a sentence tells, without its dates."""
    details = Details(kind=kind_of(scene, [span]), fields=fields_of(scene, [span]))
    details.status = _status(scene, span)
    return details


def _status(scene: Scene, span: Span, *, of_entry: bool = False) -> str:
    return status_of(scene, span, of_entry=of_entry) or ("planned" if is_decided(scene, span) else "")


def _own(scene: Scene, span: Span, party: Party, parties: list[Party], shared: Details) -> Details:
    """What the sentence tells of one of its parties: a date beside its name, else those of the whole."""
    details = Details(shared.kind, fields=shared.fields, status=shared.status)
    stretch = stretch_of(scene, span, party, parties)
    if len({hit.sort for hit in scene.hits(*span, *NAMED_TIES)}) > 1:
        before = max((p.end for p in parties if p.end <= party.start), default=span[0])
        clause = kind_of(scene, [stretch]) if stretch != span else ""
        details.kind = clause or kind_of(scene, [(before, party.start)]) or details.kind
    if stretch != span:
        details.status = _status(scene, stretch, of_entry=True)
    settle(details, own_dates(scene, span, party, parties))
    return details


def fact_of(scene: Scene, a: Named, party: Party, *, details: Details, span: Span, title: str) -> Partnership:
    """A tie as a fact, with a quote of at most 400 characters that has its party in it."""
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
