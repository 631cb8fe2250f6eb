"""What sentences tell of a tie: of what kind it is, since when, whether it still is, in which fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import Told
from twinhall.reader.extract.scene import Scene
from twinhall.reader.lexicon import Hit

Span = tuple[int, int]

KINDS = ("border", "twin", "friendship", "partner")
"""Of several kinds that a text tells, the first holds; "cooperation" alone tells none."""
STATUSES = {
    "act.end": "ended",
    "act.former": "ended",
    "act.suspend": "suspended",
    "act.inactive": "inactive",
    "act.plan": "planned",
}
_ROLES = (
    "act.sign", "act.start", "act.contact", "act.renew", "act.decide", "act.end", "act.suspend",
    "act.inactive", "act.plan", "act.visit", "act.founded", "act.anniversary", "tie.agreement",
    "net.founded", "net.joined", "act.until", "tie.twin", "tie.partner", "tie.friendship",
)  # fmt: skip
_CLAUSE = frozenset(",;:()–—")
_CLAUSE_COST = 25  # characters that a sign between clauses counts as
_REACH = 110  # characters from a date to the words that tell what it is
_NEAR_TIE = 70  # characters from a word for an end or a plan to the tie that it is of, at most
_NEXT = 25
_CELL = 40  # characters of a line below an entry that is a cell of its row
_AFTER = 6  # what a word after its date counts further off, where verbs stand before
_UNTIL = 40  # characters from "until" to its date
_FIELDS = "field."


@dataclass(slots=True)
class Details:
    """What is told of one tie. ``spans`` are the sentences that its dates and status were taken from."""

    kind: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    contact: PartialDate | None = None
    status: str = ""
    fields: tuple[str, ...] = ()
    told_in: list[Span] = field(default_factory=list)
    rank: int = 9

    @property
    def signed(self) -> bool | None:
        """Whether ``since`` is a signing; None where nothing tells what it is."""
        return {_RANK["sign"]: True, _RANK["agreement"]: True, _RANK["start"]: False}.get(self.rank)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and what it is the date of: "sign", "head" (beside the name), "agreement", "start" …"""

    told: Told
    role: str
    span: Span


_RANK = {"sign": 0, "head": 1, "agreement": 2, "start": 3, "plain": 4, "decide": 5}


def kind_of(scene: Scene, spans: Iterable[Span]) -> str:
    """The kind of tie that some stretches name, or ""."""
    sorts = {hit.sort for span in spans for hit in scene.hits(*span, "tie")}
    return next((kind for kind in KINDS if f"tie.{kind}" in sorts), "")


def is_agreed(scene: Scene, spans: Iterable[Span]) -> bool:
    """Whether some stretches tell of an agreement to cooperate, and so of partners."""
    sorts = {hit.sort for span in spans for hit in scene.hits(*span, "tie")}
    return {"tie.agreement", "tie.cooperation"} <= sorts


def fields_of(scene: Scene, spans: Iterable[Span]) -> tuple[str, ...]:
    """The fields of cooperation that some stretches name, in their order."""
    hits = [hit.sort.removeprefix(_FIELDS) for span in spans for hit in scene.hits(*span, "field")]
    return tuple(dict.fromkeys(hits))


def status_of(scene: Scene, span: Span, *, of_entry: bool = False) -> str:
    """Whether a stretch tells that a tie has ended, sleeps or is yet to come.

    The word must stand near one for the tie or its agreement, unless the stretch is an entry's own line.
    """
    ties = [hit for hit in scene.hits(*span, "tie", "act.sign") if hit.sort != "tie.region"]
    best, nearest = "", _NEAR_TIE
    for hit in scene.hits(*span, *STATUSES):
        distance = min((_gap(hit, tie) for tie in ties), default=_NEAR_TIE)
        if of_entry and hit.sort not in {"act.plan", "act.former"}:
            distance = min(distance, _NEAR_TIE - 1)
        if hit.sort == "act.former" and distance > _NEXT:
            continue
        if distance < nearest:
            best, nearest = STATUSES[hit.sort], distance
    return best


def _gap(one: Hit, other: Hit) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def dated(scene: Scene, span: Span) -> list[Dated]:
    """The dates of a sentence, each with what it is the date of."""
    hits = scene.hits(*span, *_ROLES)
    return [Dated(told, _role(scene, told, hits, span), span) for told in scene.dates(*span)]


def _role(scene: Scene, told: Told, hits: Sequence[Hit], span: Span, clause: int = _CLAUSE_COST) -> str:
    """What a date is the date of: the nearest word that tells it, a clause's end counting as a distance."""
    best, nearest = "", _REACH
    others = [other for other in scene.dates(*span) if other.start != told.start]
    for hit in hits:
        if hit.start < told.end and told.start < hit.end:
            between = (told.start, told.start)
        else:
            between = (hit.end, told.start) if hit.end <= told.start else (told.end, hit.start)
        text = scene.text[between[0] : between[1]]
        distance = len(text) + clause * (sum(sign in _CLAUSE for sign in text) + text.count(". "))
        if hit.sort in {"act.suspend", "act.inactive"} and hit.end > told.start:
            continue
        distance += _CLAUSE_COST * sum(between[0] <= other.start < between[1] for other in others)
        if hit.sort.startswith("tie."):
            distance += 8
        if hit.start >= told.end and scene.lexicon.has_prepositions:
            distance += _AFTER
        if hit.sort == "act.until" and (hit.end > told.start or distance > _UNTIL):
            continue
        if distance < nearest:
            best, nearest = (
                "agreement" if hit.sort.startswith("tie.") else hit.sort.partition(".")[2],
                distance,
            )
    if best == "start":
        ended = ("act.end", "act.suspend", "act.inactive")
        close = scene.hits(max(span[0], told.start - _NEXT), told.start, *ended)
        best = close[-1].sort.partition(".")[2] if close else best
    if told.until and others and scene.has(*span, "tie"):
        return "until"
    return best or "plain"


def details_of(
    scene: Scene, head: Sequence[Told], head_span: Span, spans: Sequence[Span], line_end: int = 0
) -> Details:
    """What the head of an entry and the sentences below it tell of one tie.

    Up to ``line_end`` the sentences are the entry's own.
    """
    found = Details()
    dates = [Dated(told, _head_role(scene, told, head_span), head_span) for told in head]
    found.status = status_of(scene, head_span, of_entry=True)
    for span in spans:
        own = span[1] <= line_end or span[1] - span[0] <= _CELL
        dates += dated(scene, span) if own else _of_tie(scene, span)
        status = status_of(scene, span, of_entry=own)
        if status and not found.status:
            found.status = status
            found.told_in.append(span)
    found.kind = kind_of(scene, [head_span, *spans])
    found.fields = fields_of(scene, [head_span, *spans])
    settle(found, dates)
    return found


def _head_role(scene: Scene, told: Told, span: Span) -> str:
    role = _role(scene, told, scene.hits(*span, *_ROLES), span, clause=_REACH)
    return "head" if role in {"plain", "agreement", "anniversary", "plan"} else role


def _of_tie(scene: Scene, span: Span) -> list[Dated]:
    """The dates of a sentence that can be of a tie: since when a town stands is none of them."""
    about_tie = scene.has(*span, "tie")
    return [
        each
        for each in dated(scene, span)
        if each.role in {"sign", "agreement", "contact", "renew", "end", "decide", "until"}
        or (each.role in {"start", "suspend", "inactive"} and about_tie)
    ]


def settle(found: Details, dates: Sequence[Dated]) -> None:
    """Choose since, until and first contact among the dates of a tie."""
    lasted = [each for each in dates if each.role == "until"]
    ends = lasted or [each for each in dates if each.role in {"end", "inactive", "suspend"}]
    if lasted and not found.status:
        found.status = "ended"
    if ends and found.status in {"ended", "inactive"}:
        found.until = ends[-1].told.date
    usable = sorted(
        (each for each in dates if each.role in _RANK),
        key=lambda each: (_RANK[each.role], each.told.date.first_day),
    )
    if usable and found.status != "planned":
        first = usable[0]
        chosen = first
        for other in usable[1:]:  # a date below may be finer than the year beside the name
            if (
                other.told.date.agrees_with(first.told.date)
                and other.told.date.precision > chosen.told.date.precision
            ):
                chosen = other
        found.since, found.rank = chosen.told.date, _RANK[first.role]
        found.told_in.append(chosen.span)
    contacts = [each for each in dates if each.role == "contact"]
    if found.since and found.rank == 0:
        contacts += [each for each in dates if each.role == "start"]
    if contacts:
        contact = min(each.told.date for each in contacts)
        if found.since is None or contact.last_day < found.since.first_day:
            found.contact = contact
