"""Partnerships: from lists under a heading, from sentences, from pairs of others."""

from collections.abc import Iterator
from dataclasses import replace

from twinhall.core.text import fold
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.entries import Entry
from twinhall.reader.extract.items import Item
from twinhall.reader.extract.narrative import told_in
from twinhall.reader.extract.parties import kind_between, told_country
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.sections import blocks, day_of_news
from twinhall.reader.extract.telling import (
    STATUSES,
    Details,
    details_of,
    fields_of,
    kind_of,
)
from twinhall.reader.facts import Named, Partnership

_QUOTE = 400
_LONGEST_LINE = 200  # characters of an entry that are quoted from its beginning
_COLUMNS, _LEAST_ENTRIES = 2, 4  # of a table of pairs that is laid out one column below the other
_SURE = 0.3  # of a place by which, rather than by name, a party is known again
_PRINTED = 0.8  # how sure a tie is whose partner stands with its country
_HEAD = 100  # characters of a page's third line that tell what it is about
_STEM = 5  # letters by which a name is known again in a sentence
_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")


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
    for line in prose:
        found += told_in(scene, subject, (line.start, line.end), title, day)
    return [
        fact if fact.fields or not entries else replace(fact, fields=general_fields) for fact in _once(found)
    ]


def _is_other_page(scene: Scene) -> bool:
    """Whether a page is about football, ancestors or models of towns, where words for ties mean others."""
    stops = scene.hits(0, len(scene.text), "word.stop")
    if not stops:
        return False
    last = scene.lines[min(2, len(scene.lines) - 1)]
    head = min(last.end, last.start + _HEAD)
    ties = len({hit.start for hit in scene.hits(0, len(scene.text), *_NAMED_TIES)})
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
    below = [span for line in entry.below for span in scene.sentences(line.start, line.end)]
    rest = [
        span
        for span in scene.sentences(entry.listed.rest, entry.line.end)
        if entry.listed.rest < entry.line.end
    ]
    extra = [told for line in entry.dates_below for told in scene.dates(line.start, line.end)]
    items = entry.listed.items
    shared = items[-1].dates if len(items) > 1 and not any(item.dates for item in items[:-1]) else []
    for item in items:
        ends = _ends(scene, subject, item, entry)
        if ends is None:
            continue
        head = [*(item.dates or shared), *extra]
        own = [
            span
            for span in [*rest, *below]
            if _is_of(scene, span, item, items) and not _tells_of_another(scene, subject, span, item)
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


def _of_others(scene: Scene, subject: Subject, entry: Entry, title: str) -> Iterator[Partnership]:
    """The ties with still others that the prose below an entry tells, each with its country."""
    for line in entry.below:
        for fact in told_in(scene, subject, (line.start, line.end), title):
            if (
                (fact.confidence > _PRINTED or _is_surely_told(scene, fact))
                and not any(_is_named(fact.b, item) for item in entry.listed.items)
                and scene.has(line.start, line.end, "tie.agreement", *_NAMED_TIES)
            ):
                yield fact


def _is_surely_told(scene: Scene, fact: Partnership) -> bool:
    """Whether a sentence names a tie and tells how it stands, with a town that is surely meant."""
    named = fact.b.candidates and fact.b.candidates[0].confidence > _PRINTED
    end = fact.quote_start + len(fact.quote)
    return bool(named and fact.status) and scene.has(fact.quote_start, end, *_NAMED_TIES)


def _is_named(named: Named, item: Item) -> bool:
    return fold(item.written)[:_STEM] in fold(f"{named.written} {named.name}")


def _tells_of_another(scene: Scene, subject: Subject, span: Span, item: Item) -> bool:
    """Whether a sentence below an entry tells that the tie with another town ended or is yet to come."""
    if not scene.has(*span, *_NAMED_TIES) or not scene.has(*span, "act.decide", *STATUSES):
        return False
    facts = told_in(scene, subject, span, "")
    return bool(facts) and not any(_is_named(fact.b, item) for fact in facts)


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


def _once(found: list[Partnership]) -> list[Partnership]:
    """Each pair once for each status, the one that tells most."""
    best: dict[tuple[str, str, str], Partnership] = {}
    for fact in found:
        key = (_key(fact.a), _key(fact.b), "planned" if fact.status == "planned" else "")
        if key[0] == key[1]:
            continue
        known = best.get(key)
        if known and known.since and fact.since and known.kind != fact.kind and known.since != fact.since:
            key = (*key[:2], fact.kind)  # an agreement beside an older twinning is a tie of its own
            known = best.get(key)
        best[key] = fact if known is None else _merged(known, fact)
    dated = {_alike(fact) for fact in best.values() if fact.country and fact.since}
    return [
        fact
        for fact in sorted(best.values(), key=lambda fact: fact.since is None)
        if fact.since or _alike(fact) not in dated
    ]


def _alike(fact: Partnership) -> tuple[str, str, str, str]:
    """What ties share that are one, with its partner named in two forms: "Halle (Westf.)", "Halles"."""
    return _key(fact.a), fact.country, fold(fact.b.name)[:_STEM], fact.status


def _key(named: Named) -> str:
    best = named.candidates[:1]
    return str(best[0].geonames) if best and best[0].confidence > _SURE else fold(named.name)


def _merged(one: Partnership, other: Partnership) -> Partnership:
    """Two statements of one tie as one: what the first leaves open is taken from the second."""
    kind = one.kind if one.kind != "partner" or other.kind == "friendship" else other.kind
    return replace(
        one, kind=kind, since=one.since or other.since, until=one.until or other.until,
        contact=one.contact or other.contact, status=one.status or other.status,
        fields=one.fields or other.fields, country=one.country or other.country,
        signed=one.signed if one.since else other.signed,
    )  # fmt: skip
