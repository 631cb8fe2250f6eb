"""When a town joined or left a network, in which role, and why it has not yet."""

from itertools import pairwise
from typing import NamedTuple

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import Told
from twinhall.reader.extract.dating import Span, dated, outermost
from twinhall.reader.extract.network_names import networks_in
from twinhall.reader.extract.scene import Scene
from twinhall.reader.lexicon import Hit

_UNTIL = 8  # characters before a date in which "until" begins
_REACH = 90  # characters from a date to the word that tells what it is, at most
_CLAUSE = frozenset(",;:()–—")
_CLAUSE_COST = 25  # characters that a clause's end, or another date, counts as
_AFTER = 4  # what a word after its date counts further off
_SPAN, _SPAN_WORDS = 15, 2  # characters before a span of years, and words between its two, at most
_TELLING = (
    "net.member", "join.enter", "net.joined", "net.founder", "net.founded", "join.born", "join.office",
    "join.left", "act.end",
)  # fmt: skip
_FOUNDED = {"founded", "born"}
_ENTERED = {"member", "enter", "joined"}
_LEFT = {"left", "end"}
_OF_ELSE = {"visit", "renew", "decide", "anniversary", "suspend", "inactive", "plan", "contact"}
_ROLES = (
    ("akt", "active member"),
    ("act", "active member"),
    ("актив", "active member"),
    ("ενεργ", "active member"),
    ("atyv", "active member"),
)


class Fitting(NamedTuple):
    """A date of a sentence about a network, and what is told of it: "enter", "founded", "office", "left" …"""

    told: Told
    role: str


def fitting(scene: Scene, span: Span) -> list[Fitting]:
    """The dates of a sentence, each with the nearest word for joining, founding, an office or leaving."""
    names = [(body.start, body.end) for body in networks_in(scene, *span)]
    hits = [
        hit
        for hit in outermost(scene.hits(*span, *_TELLING))
        if not _is_preposition(scene, hit) and not any(start <= hit.start < end for start, end in names)
    ]
    return [Fitting(told, _nearest(scene, span, told, hits, names)) for told in scene.dates(*span)]


def _is_preposition(scene: Scene, hit: Hit) -> bool:
    """Whether a word such as "since" only leads a date, which any verb may go with."""
    return hit.sort == "net.joined" and any(
        (each.start, each.end) == (hit.start, hit.end)
        for each in scene.hits(hit.start, hit.end, "act.start", "word.from", "word.in", "word.with")
    )


def _nearest(scene: Scene, span: Span, told: Told, hits: list[Hit], names: list[Span]) -> str:
    best, nearest = "plain", _REACH
    for hit in hits:
        distance = _distance(scene, span, told, hit, names)
        if distance < nearest:
            best, nearest = hit.sort.partition(".")[2], distance
    return "founder" if best in _FOUNDED and _is_since_founding(scene, span, told) else best


def _distance(scene: Scene, span: Span, told: Told, hit: Hit, names: list[Span]) -> int:
    """How far a word is from a date, networks' names not counted, another clause as far off."""
    start, end = (hit.end, told.start) if hit.end <= told.start else (told.end, hit.start)
    if start >= end:
        return 0
    between = scene.text[start:end]
    for first, last in names:
        if start <= first and last <= end:
            between = between.replace(scene.text[first:last], "", 1)
    parts = sum(sign in _CLAUSE for sign in between) + len(scene.hits(start, end, "word.and"))
    parts += sum(start <= other.start < end for other in scene.dates(*span) if other is not told)
    return len(between) + _CLAUSE_COST * parts + (_AFTER if hit.start >= told.end else 0)


def _is_since_founding(scene: Scene, span: Span, told: Told) -> bool:
    """Whether a town is told to be a member from a network's founding on."""
    for hit in scene.hits(*span, "net.founded", "join.born"):
        lead = (max(span[0], hit.start - _SPAN), hit.start)
        if scene.has(*lead, "act.start", "word.from") and abs(told.start - hit.end) < _SPAN:
            return scene.has(span[0], hit.start, "net.member", "join.enter")
    return False


def _years(scene: Scene, span: Span) -> tuple[Told, Told] | None:
    """The first and last date of a membership that is told to have lasted "from … to …"."""
    for (one, role), (other, _) in pairwise(fitting(scene, span)):
        if role not in _ENTERED | {"plain"} or not one.date < other.date:
            continue
        gap, lead = (one.end, other.start), (max(span[0], one.start - _SPAN), one.start)
        joins = scene.has(*gap, "act.until", "word.and", "word.with", "word.in")
        opens = scene.has(*lead, "word.from", "word.between", "act.start", "net.joined")
        few = len(scene.text[slice(*gap)].split()) <= _SPAN_WORDS
        if other.until or (few and joins and opens):
            return one, other
    return None


def until_of(scene: Scene, span: Span) -> PartialDate | None:
    """When a membership ended, where a sentence tells it."""
    years = _years(scene, span)
    if years:
        return years[1].date
    left = [each.told.date for each in fitting(scene, span) if each.role in _LEFT]
    last = [
        each.told.date for each in dated(scene, span) if each.role == "until" and _is_last(scene, each.told)
    ]
    return next(iter([*left, *last]), None)


def _is_last(scene: Scene, told: Told) -> bool:
    """Whether "until" stands right before a date: the Polish "do" also says "to" of what is joined."""
    return scene.has(max(0, told.start - _UNTIL), told.start, "act.until")


def reason_of(scene: Scene, span: Span) -> str:
    """The words after "because", or the whole sentence."""
    text = scene.text[span[0] : span[1]]
    because = scene.hits(*span, "net.because")
    return (scene.text[because[0].end : span[1]] if because else text).strip(" ,.:*")[:200]


def since_of(scene: Scene, span: Span, but: PartialDate | None = None) -> PartialDate | None:
    """When a town joined: not when the network was founded, unless by that town, nor when it took an office.

    ``but`` is when it left, which cannot be told twice.
    """
    years = _years(scene, span)
    if years:
        return years[0].date
    elsewhere = {each.told.start for each in dated(scene, span) if each.role in _OF_ELSE}
    found = [each for each in fitting(scene, span) if not _is_last_day(scene, span, each.told)]
    is_founder = scene.has(*span, "net.founder")
    for roles in (_ENTERED, {"founder"}, _FOUNDED if is_founder else set(), {"plain"}):
        for told, role in found:
            if role in roles and told.start not in elsewhere and told.date != but:
                return told.date
    return None


def _is_last_day(scene: Scene, span: Span, told: Told) -> bool:
    return any(
        each.told.start == told.start and each.role == "until" and _is_last(scene, told)
        for each in dated(scene, span)
    )


def founded_in(scene: Scene, span: Span) -> list[Told]:
    """The dates at which a sentence says that something was founded."""
    return [
        told
        for told, role in fitting(scene, span)
        if role in _FOUNDED or (role == "founder" and _is_since_founding(scene, span, told))
    ]


def role_of(scene: Scene, span: Span) -> str:
    """What sort of member a sentence tells: founding, active, or just a member."""
    if scene.has(*span, "net.founder"):
        return "founding member"
    for hit in scene.hits(*span, "net.observer"):
        text = scene.text[hit.start : hit.end].casefold()
        for beginning, role in _ROLES:
            if text.startswith(beginning):
                return role
    return "member"
