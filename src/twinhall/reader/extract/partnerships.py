"""Partnerships: from lists under a heading, from sentences, from pairs of others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from twinhall.core.text import fold
from twinhall.reader.dates import Told
from twinhall.reader.extract.datelines import day_of_news
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.discourse import told_in
from twinhall.reader.extract.ends import kind_between, told_country
from twinhall.reader.extract.entries import Entry
from twinhall.reader.extract.items import Item
from twinhall.reader.extract.once import once
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.extract.sections import blocks
from twinhall.reader.extract.telling import (
    STATUSES,
    Details,
    details_of,
    fields_of,
    kind_of,
)
from twinhall.reader.facts import Named, Partnership
from twinhall.reader.layout import Line

_QUOTE = 400
_LONGEST_LINE = 200  # characters of an entry that are quoted from its beginning
_PAIR = 2
_COLUMNS, _LEAST_ENTRIES = 2, 4  # of a table of pairs that is laid out one column below the other
_PRINTED = 0.8  # how sure a tie is whose partner stands with its country
_HEAD = 100  # characters of a page's third line that tell what it is about
_STEM = 5  # letters by which a name is known again in a sentence


def partnerships(scene: Scene, subject: Subject) -> list[Partnership]:
    """The ties that a page states, each pair once for each kind and status."""
    if not scene.has(0, len(scene.text), "tie") or _is_other_page(scene):
        return []
    entries, prose, title = blocks(scene, subject)
    found: list[Partnership] = []
    general = [span for line in prose for span in scene.sentences(line.start, line.end)]
    general_fields = fields_of(scene, general)
    day = day_of_news(scene)
    found += _columns(scene, subject, entries)
    for entry in entries:
        found += _of_entry(scene, subject, entry, title)
        found += _of_others(scene, subject, entry, title)
    for above, line in zip([None, *prose], prose, strict=False):
        before = _right_before(scene, above, line)
        found += told_in(scene, subject, (line.start, line.end), title, day=day, before=before)
    return [
        fact if fact.fields or not entries else replace(fact, fields=general_fields) for fact in once(found)
    ]


def _right_before(scene: Scene, above: Line | None, line: Line) -> Span | None:
    """The paragraph above, where nothing stands between: no heading, no list."""
    if above is None or scene.text[above.end : line.start].strip():
        return None
    return above.start, above.end


def _is_other_page(scene: Scene) -> bool:
    """Whether a page is about football, ancestors or models of towns, where words for ties mean others."""
    stops = scene.hits(0, len(scene.text), "word.stop")
    if not stops:
        return False
    last = scene.lines[min(2, len(scene.lines) - 1)]
    head = min(last.end, last.start + _HEAD)
    ties = len({hit.start for hit in scene.hits(0, len(scene.text), *NAMED_TIES)})
    return stops[0].start < head or len({hit.start for hit in stops}) > ties


def _columns(scene: Scene, subject: Subject, entries: list[Entry]) -> list[Partnership]:
    """Two columns laid out one below the other: under two countries in a row, names take turns."""
    found: list[Partnership] = []
    run = [entry for entry in entries if len(entry.section.columns) == _COLUMNS]
    if subject.is_town or len(run) < _LEAST_ENTRIES or len(run) % _COLUMNS:
        return []
    for first, second in zip(run[::2], run[1::2], strict=True):
        a = scene.named(first.line.text, first.section.columns[0])
        b = scene.named(second.line.text, first.section.columns[1])
        kind = kind_of(scene, [(second.line.start, second.line.end)]) or first.section.kind
        found.append(
            Partnership(
                a=a,
                b=b,
                kind=kind_between(scene, kind, a, b),
                country=first.section.columns[1],
                **scene.quoted(first.line.start, second.line.end),
                confidence=0.8,
            )
        )
    for entry in run:
        entries.remove(entry)
    return found


def _of_entry(scene: Scene, subject: Subject, entry: Entry, title: str) -> Iterator[Partnership]:
    """The ties of a line of a list with what is told below it."""
    below = [scene.sentences(line.start, line.end) for line in entry.below]
    rest = [
        span
        for span in scene.sentences(entry.listed.rest, entry.line.end)
        if entry.listed.rest < entry.line.end
    ]
    extra = [told for line in entry.dates_below for told in scene.dates(line.start, line.end)]
    items = entry.listed.items
    shared = _shared(subject, items)
    for item in items:
        ends = _ends(scene, subject, item, entry)
        if ends is None:
            continue
        head = [*(item.dates or shared), *extra]
        own = [
            span
            for spans in [rest, *below]
            for span in _until_another(scene, subject, spans, item)
            if _is_of(scene, span, item, items)
        ]
        if any(scene.has(*span, "act.reject") and scene.has(*span, "tie") for span in own):
            continue
        end = max(item.end, entry.listed.rest) if len(items) == 1 else item.end
        details = details_of(scene, head, (item.start, end), own, entry.line.end)
        if not details.status and entry.section.status:
            details.status = entry.section.status
            details.since = None if details.status == "planned" else details.since
        kind = details.kind or entry.section.kind or title or "partner"
        yield _fact(scene, ends, kind=kind, item=item, details=details, entry=entry)


def _shared(subject: Subject, items: list[Item]) -> list[Told]:
    """The dates of all that a line lists: beside the last, or the first where that is the subject."""
    dated = [item for item in items if item.dates]
    if len(items) < _PAIR or len(dated) != 1:
        return []
    is_first = dated[0] is items[0] and subject.is_meant(items[0].written)
    return dated[0].dates if dated[0] is items[-1] or is_first else []


def _of_others(scene: Scene, subject: Subject, entry: Entry, title: str) -> Iterator[Partnership]:
    """The ties with still others that the prose below an entry tells, each with its country."""
    for line in entry.below:
        for fact in told_in(scene, subject, (line.start, line.end), title):
            if (
                (fact.confidence > _PRINTED or _is_surely_told(scene, fact))
                and not any(_is_named(fact.b, item) for item in entry.listed.items)
                and scene.has(line.start, line.end, "tie.agreement", *NAMED_TIES)
            ):
                yield fact


def _is_surely_told(scene: Scene, fact: Partnership) -> bool:
    """Whether a sentence names a tie and tells how it stands, with a town that is surely meant."""
    named = fact.b.candidates and fact.b.candidates[0].confidence > _PRINTED
    end = fact.quote_start + len(fact.quote)
    return bool(named and fact.status) and scene.has(fact.quote_start, end, *NAMED_TIES)


def _is_named(named: Named, item: Item) -> bool:
    return fold(item.written)[:_STEM] in fold(f"{named.written} {named.name}")


def _tells_of_another(scene: Scene, subject: Subject, span: Span, item: Item) -> bool:
    """Whether a sentence below an entry tells that the tie with another town ended or is yet to come."""
    if not scene.has(*span, *NAMED_TIES) or not scene.has(*span, "act.decide", *STATUSES):
        return False
    facts = told_in(scene, subject, span, "")
    return bool(facts) and not any(_is_named(fact.b, item) for fact in facts)


def _until_another(scene: Scene, subject: Subject, spans: Sequence[Span], item: Item) -> Iterator[Span]:
    """The sentences of a paragraph below an entry up to one about another town: the rest is too."""
    return takewhile(lambda span: not _tells_of_another(scene, subject, span, item), spans)


def _is_of(scene: Scene, span: Span, item: Item, items: list[Item]) -> bool:
    """Whether a sentence below a line of several parties is about this one: it names it, or none of them."""
    if len(items) == 1:
        return True
    text = fold(scene.text[span[0] : span[1]])
    named = [each for each in items if fold(each.written)[:_STEM] in text]
    if not named and any(mention.candidates for mention in scene.mentions(*span)):
        return False
    return not named or item in named


def _ends(scene: Scene, subject: Subject, item: Item, entry: Entry) -> tuple[Named, Named] | None:
    country = item.country or entry.section.country
    if item.other is None:
        if not subject.is_town or subject.is_meant(item.written):
            return None
        return subject.named, scene.named(item.written, country)
    first, second = (
        scene.named(item.written, item.country),
        scene.named(item.other.written, item.other.country),
    )
    if subject.is_meant(item.written, first.candidates) and subject.is_town:
        return subject.named, second
    if subject.is_meant(item.other.written, second.candidates) and subject.is_town:
        return subject.named, first
    return first, second


def _entry_quote(entry: Entry, item: Item, details: Details) -> Span:
    start, end = entry.line.start, max(item.end, min(entry.listed.rest, entry.line.end))
    if end - start > _LONGEST_LINE:
        start, end = item.start, item.end
    for line in entry.dates_below:
        end = max(end, line.end)
    for span in details.told_in:
        if span[1] - start <= _QUOTE:
            end = max(end, span[1])
    return start, end


def _fact(
    scene: Scene, ends: tuple[Named, Named], *, kind: str, item: Item, details: Details, entry: Entry
) -> Partnership:
    a, b = ends
    quote = _entry_quote(entry, item, details)
    printed = (item.other.country if item.other else item.country) or entry.section.country
    sure = 0.95 if printed else 0.8
    return Partnership(
        a=a, b=b, kind=kind_between(scene, kind, a, b), since=details.since, signed=details.signed,
        until=details.until,
        contact=details.contact, status=details.status, fields=details.fields,
        a_country=item.country if item.other else "",
        country=printed or told_country(b), **scene.quoted(*quote), confidence=sure,
    )  # fmt: skip
