"""What the dates of a sentence are the dates of: a signing, a beginning, an end, a visit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from twinhall.reader.dates import Told
from twinhall.reader.extract.scene import Scene
from twinhall.reader.forms import small
from twinhall.reader.lexicon import Hit

Span = tuple[int, int]

ENDS = ("act.end", "act.suspend", "act.inactive")
_ROLES = (
    "act.sign", "act.start", "act.contact", "act.renew", "act.decide", "act.end", "act.suspend",
    "act.inactive", "act.plan", "act.visit", "act.founded", "act.anniversary", "tie.agreement",
    "net.founded", "net.joined", "act.until", "tie.twin", "tie.partner", "tie.friendship",
)  # fmt: skip
_CLAUSE = frozenset(",;:()–—")
_BRACKETS = re.compile(r"\([^()]*\)")
_NEW_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_])(?![a-zа-яіїєα-ω])")
_CLAUSE_COST = 25  # characters that a sign between clauses counts as
_REACH = 110  # characters from a date to the words that tell what it is
_AFTER = 6  # what a word after its date counts further off, where verbs stand before
_TIE = 8  # … and a word for a tie, which only tells what an agreement is of
_UNTIL = 40  # characters from "until" to its date
_BEFORE = 70  # characters from a word for an end or a rest to the date after "since"
_SET = 12  # characters from a date to a word for a rest, at most: "od 1991. u mirovanju"
_TO = {"a", "al", "à", "to", "ao"}  # "from 1987 to 2001", where "to" is not "until"
_FROM = 9  # characters from "from" to its year, at most
_SPAN = 15  # characters before the first of two dates in which "from" or "between" stands
_OPENING = 15  # characters from the beginning of a sentence to its first date: "Since 2014 …"
_LONG = 4  # letters of a word that is no preposition
_EARLY = 60  # characters between "first" or "already" and the date of a first contact, at most


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and what it is the date of: "sign", "head" (beside the name), "agreement", "start" …"""

    told: Told
    role: str
    span: Span
    early: bool = False
    """Whether it is told with "first" or "already", as what came before a signing is."""


def dated(scene: Scene, span: Span) -> list[Dated]:
    """The dates of a sentence, each with what it is the date of."""
    hits = _of_ties(outermost(scene.hits(*span, *_ROLES)))
    if not scene.has(*span, "net.network", "net.member"):
        starts = {hit.start for hit in hits if hit.sort == "act.start"}
        hits = [hit for hit in hits if hit.sort != "net.joined" or hit.start not in starts]
    found = [
        Dated(told, _role(scene, told, hits, span), span, _is_early(scene, told, span))
        for told in scene.dates(*span)
    ]
    return _with_spans(scene, span, [_contact_or_not(scene, each, found) for each in found])


def _of_ties(hits: list[Hit]) -> list[Hit]:
    """The hits without words for a town's own age that a tie's word is part of: "twin town since"."""
    ties = [hit for hit in hits if hit.sort.startswith("tie.")]
    return [
        hit
        for hit in hits
        if hit.sort != "act.founded" or not any(0 <= hit.start - tie.end <= 1 for tie in ties)
    ]


def _contact_or_not(scene: Scene, each: Dated, found: Sequence[Dated]) -> Dated:
    """An earlier date told with "already", in another clause than a signing, as what came before it."""
    before = any(
        other.role == "sign" and not other.early and each.told.date.last_day < other.told.date.first_day
        for other in found
    )
    if not (each.early and each.role == "sign" and before):
        return each
    signs = scene.hits(*each.span, "act.sign")
    own = any(
        not _parts(scene, min(hit.end, each.told.end), max(hit.start, each.told.start)) for hit in signs
    )
    return each if own else replace(each, role="contact")


def _with_spans(scene: Scene, span: Span, found: list[Dated]) -> list[Dated]:
    """The dates, those of "from 1958 to 1977" or "between 1992 and 2010" as beginning and end."""
    for index, (one, other) in enumerate(pairwise(found)):
        if one.told.date < other.told.date and _is_span(scene, span, one.told, other.told):
            found[index] = replace(one, role="start")
            found[index + 1] = replace(other, role="until")
    return found


def _is_span(scene: Scene, span: Span, one: Told, other: Told) -> bool:
    """Whether one word joins two dates, and "from" or "between" stands before the first."""
    gap = (one.end, other.start)
    lead = (max(span[0], one.start - _SPAN), one.start)
    joins = scene.text[slice(*gap)].split()
    return (
        len(joins) == 1
        and (small(joins[0]) in _TO or scene.has(*gap, "word.and", "word.with", "act.until", "word.in"))
        and scene.has(*lead, "word.from", "word.between", "act.start")
        and _is_of_tie(scene, span)
        and not scene.has(*span, "act.visit", "act.anniversary")
    )


def dated_head(scene: Scene, told: Told, span: Span) -> Dated:
    """A date beside the name of an entry, of which only a word in the same cell tells anything else."""
    role = _nearest(scene, told, outermost(scene.hits(*span, *_ROLES)), span, clause=_REACH)
    role = _of_end(scene, told, span, role)
    return Dated(told, "head" if role in {"plain", "agreement", "anniversary", "plan"} else role, span)


def outermost(hits: Sequence[Hit]) -> list[Hit]:
    """The hits that do not lie within a longer one: of "no longer active" not "no longer"."""
    return [
        hit
        for hit in hits
        if not any(
            each.start <= hit.start and hit.end <= each.end and each.end - each.start > hit.end - hit.start
            for each in hits
        )
    ]


def _role(scene: Scene, told: Told, hits: Sequence[Hit], span: Span) -> str:
    role = _nearest(scene, told, hits, span, clause=_CLAUSE_COST)
    if role == "until" and (verb := _not_until(scene, told)):
        return verb
    if role in {"start", "plain", "agreement"}:
        role = _rest_after(scene, told, span, role) or role
    return _of_end(scene, told, span, role)


def _not_until(scene: Scene, told: Told) -> str:
    """What a date after "until" is where that tells no end: "not signed until", "contacts go back to"."""
    last = scene.hits(max(0, told.start - _UNTIL), told.start, "act.until")[-1:]
    verbs = scene.hits(max(0, last[0].start - _UNTIL), last[0].start, "act.sign", "act.start") if last else []
    beside = [verb for verb in verbs if last[0].start - verb.end == 1]
    if beside and scene.dates(max(0, beside[0].start - _SET), beside[0].start):
        return ""  # "1996. aastast kuni": from one year until the other
    if not beside:
        return ""
    if beside[0].sort == "act.sign":
        return "sign"
    near = (max(0, beside[0].start - _BEFORE), beside[0].start)
    return "contact" if scene.has(*near, "act.contact") else "start"


def _of_end(scene: Scene, told: Told, span: Span, role: str) -> str:
    """The role, but where words for an end tell another: "dormant since", "decided to end"."""
    if role == "start":
        role = _rest_since(scene, told, span) or role
    if role in {"end", "inactive", "suspend", "renew"} and _is_of_agreement(scene, told, span):
        return "agreement"
    if role == "decide":
        ended = scene.hits(*span, *ENDS)
        return _name(ended[0]) if ended else role
    if told.until and len(scene.dates(*span)) > 1 and _is_of_tie(scene, span):
        return "until"
    return role


def _is_of_tie(scene: Scene, span: Span) -> bool:
    """Whether a span of years in a sentence can be a tie's: those of a project are its own."""
    return scene.has(*span, "tie") and not scene.has(*span, "project.project")


def _nearest(scene: Scene, told: Told, hits: Sequence[Hit], span: Span, clause: int) -> str:
    """What the nearest word tells a date to be, "plain" where none is; a clause's end counting as far."""
    best, nearest = "plain", _REACH
    for hit in hits:
        distance = _distance(scene, told, hit, span, clause)
        if distance < nearest:
            best, nearest = _name(hit), distance
    return best


def _name(hit: Hit) -> str:
    return "agreement" if hit.sort.startswith("tie.") else hit.sort.partition(".")[2]


def _distance(scene: Scene, told: Told, hit: Hit, span: Span, clause: int) -> int:
    """How far off a word is from a date; out of reach where it cannot tell what it is."""
    start, end = (hit.end, told.start) if hit.end <= told.start else (told.end, hit.start)
    between = _BRACKETS.sub("", scene.text[start:end]) if start < end else ""
    others = sum(start <= other.start < end for other in scene.dates(*span) if other.start != told.start)
    if _is_of_another(told, hit, between, others):
        return _REACH
    distance = len(between) + clause * (sum(sign in _CLAUSE for sign in between) + between.count(". "))
    distance += _CLAUSE_COST * others
    if hit.sort.startswith("tie."):
        distance = 0 if _names_tie(told, hit) else distance + _TIE
    elif hit.start >= told.end and scene.lexicon.has_prepositions:
        distance += _AFTER
    return _REACH if hit.sort == "act.until" and distance > _UNTIL else distance


def _is_of_another(told: Told, hit: Hit, between: str, others: int) -> bool:
    """Whether a word cannot tell what a date is: it stands in another sentence, or beside another date."""
    if hit.start >= told.end and _NEW_SENTENCE.search(between):
        return True
    if hit.sort in {"act.suspend", "act.inactive", "act.until"} and hit.end > told.start:
        return True
    return hit.sort.startswith("tie.") and others > 0


def _names_tie(told: Told, hit: Hit) -> bool:
    """Whether a year stands right before a word for a tie: "its 2003 twinning"."""
    return told.date.precision == 1 and 0 <= hit.start - told.end <= 1


def _rest_since(scene: Scene, told: Told, span: Span) -> str:
    """What a date after "since" is the date of, where its clause tells of an end: "dormant since"."""
    before = scene.hits(max(span[0], told.start - _BEFORE), told.start, *ENDS)
    if not before or _parts(scene, before[-1].end, told.start):
        return ""
    last = before[-1]
    ends_treaty = last.sort == "act.end" and scene.has(last.end, told.start, "tie")
    return "" if ends_treaty else _name(last)


def _rest_after(scene: Scene, told: Told, span: Span, role: str) -> str:
    """What a date right before a word for a rest is the date of: "od 1991. u mirovanju"."""
    sorts = ENDS[1:] if scene.lexicon.has_prepositions else ENDS
    after = scene.hits(told.end, min(span[1], told.end + _BEFORE), *sorts)
    if not after or _parts(scene, told.end, after[0].start):
        return ""
    if scene.has(told.end, after[0].start, "word.and"):
        return ""  # "was signed in 1987 and dissolved in 2016"
    near = after[0].start - told.end <= _SET and not _is_from(scene, told, after[0])
    begin = max((i + 1 for i in range(span[0], told.start) if scene.text[i] in _CLAUSE), default=span[0])
    opens = role != "agreement" and told.start - begin <= _OPENING and after[0].sort == "act.inactive"
    return _name(after[0]) if near or opens else ""


def _is_from(scene: Scene, told: Told, hit: Hit) -> bool:
    """Whether a year tells of when a tie is, and a verb goes on: "the tie of 1979 remained on paper"."""
    goes_on = any(len(word.strip(".")) >= _LONG for word in scene.text[told.end : hit.start].split())
    return goes_on and scene.has(max(0, told.start - _FROM), told.start, "word.from")


def _is_of_agreement(scene: Scene, told: Told, span: Span) -> bool:
    """Whether a year is the one by which a treaty is called: "ended the treaty of 1999"."""
    near = (max(span[0], told.start - _FROM), told.start)
    says = scene.hits(*near, "word.from")
    if not says or len(scene.text[says[-1].end : told.start].split()) > 1:
        return False
    ties = scene.hits(span[0], told.start, "tie")
    if scene.has(*near, "act.start"):  # Romanian "din" is "of" beside the treaty, else "since"
        return bool(ties) and len(scene.text[ties[-1].end : told.start].split()) == 1
    return scene.has(span[0], told.start, "tie")


def _is_early(scene: Scene, told: Told, span: Span) -> bool:
    """Whether "first" or "already" stands in the same clause as a date."""
    near = (max(span[0], told.start - _EARLY), min(span[1], told.end + _EARLY))
    return any(
        not _parts(scene, min(hit.end, told.end), max(hit.start, told.start))
        for hit in scene.hits(*near, "act.early")
    )


def _parts(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause's end or another date stands between two places."""
    between = _BRACKETS.sub("", scene.text[start:end])
    return any(sign in _CLAUSE for sign in between) or bool(scene.dates(start, end))
