"""What sentences tell of a tie: of what kind it is, since when, whether it still is, in which fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from twinhall.core.dates import PartialDate
from twinhall.reader.dates import Told
from twinhall.reader.extract.dating import ENDS, Dated, Span, dated, dated_head, outermost
from twinhall.reader.extract.scene import Scene
from twinhall.reader.lexicon import Hit

KINDS = ("border", "twin", "friendship", "partner")
"""Of several kinds that a text tells, the first holds; "cooperation" alone tells none."""
STATUSES = {
    "act.end": "ended",
    "act.former": "ended",
    "act.suspend": "suspended",
    "act.inactive": "inactive",
    "act.plan": "planned",
}
_NEAR_TIE = 70  # characters from a word for an end or a plan to the tie that it is of, at most
_NEXT, _WORD = 25, 20
_ROW = 80  # characters of a row of a table or a list, in which "planned" is of the tie, at most
_CELL = 40  # characters of a line below an entry that is a cell of its row
_FIRST_TO_SIGNED = 40  # years from a first contact to the signing, at most
_BEFORE_SIGNING = frozenset({"start", "plain", "agreement"})  # what a date told with "first" may be of
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


_RANK = {"sign": 0, "head": 1, "agreement": 2, "start": 3, "plain": 4}


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
    ties = [hit for hit in scene.hits(*span, "tie", "act.sign", "act.decide") if hit.sort != "tie.region"]
    best, nearest = "", _NEAR_TIE
    for hit in statuses_in(scene, span):
        distance = min((_gap(hit, tie) for tie in ties), default=_NEAR_TIE)
        if of_entry and (hit.sort not in {"act.plan", "act.former"} or span[1] - span[0] <= _ROW):
            distance = min(distance, _NEAR_TIE - 1)
        if hit.sort == "act.former" and (distance > _NEXT or _is_of_act(scene, span, hit)):
            continue
        if distance < nearest:
            best, nearest = STATUSES[hit.sort], distance
    if best == "inactive" and scene.has(*span, "act.decide"):
        return "suspended"  # a tie that a council has put to rest
    return best


def is_decided(scene: Scene, span: Span) -> bool:
    """Whether a sentence tells that a tie was decided on, and nothing of it having come about."""
    ties = scene.hits(*span, "tie")
    decisions = [
        hit for hit in scene.hits(*span, "act.decide") if any(_gap(hit, tie) < _NEAR_TIE for tie in ties)
    ]
    signs = scene.hits(*span, "act.sign")
    if not decisions or scene.has(*span, "act.renew", "act.anniversary", "act.visit", *ENDS):
        return False
    if any(each.role in {"sign", "agreement", "until"} for each in dated(scene, span)):
        return False
    return all(any(0 <= sign.start - hit.end <= _NEXT for hit in decisions) for sign in signs)


def statuses_in(scene: Scene, span: Span) -> list[Hit]:
    """The words for a status, of "no longer active" only the whole.

    A plan is none where something was signed, unless it is a letter of intent, which is signed itself.
    """
    hits = outermost(scene.hits(*span, *STATUSES))
    plans = [hit for hit in hits if hit.sort == "act.plan"]
    if not plans or not any(each.role == "sign" for each in dated(scene, span)):
        return hits
    letters = scene.hits(*span, "tie.agreement")
    return [hit for hit in hits if hit not in plans or any(_gap(hit, each) == 0 for each in letters)]


def _is_of_act(scene: Scene, span: Span, hit: Hit) -> bool:
    """Whether "former" is "oldest", or "formerly" tells when something was done: "signed earlier"."""
    if any(each.end + 1 == hit.start for each in scene.hits(span[0], hit.start, "word.most")):
        return True  # "a mais antiga cidade geminada": the oldest, not a former one
    after = scene.hits(hit.end, min(span[1], hit.end + _WORD), "act.sign", "act.visit", "act.start")
    return bool(after) and scene.text[hit.end : after[0].start].strip() == ""


def _gap(one: Hit, other: Hit) -> int:
    return max(0, one.start - other.end, other.start - one.end)


def details_of(
    scene: Scene, head: Sequence[Told], head_span: Span, spans: Sequence[Span], line_end: int = 0
) -> Details:
    """What the head of an entry and the sentences below it tell of one tie.

    Up to ``line_end`` the sentences are the entry's own.
    """
    found = Details()
    dates = _with_slashes(scene, [dated_head(scene, told, head_span) for told in head])
    found.status = status_of(scene, head_span, of_entry=True)
    for span in spans:
        own = span[1] <= line_end or span[1] - span[0] <= _CELL
        told = dated(scene, span) if own else _of_tie(scene, span)
        dates += (
            told if span[1] <= line_end or len(told) > 1 else [each for each in told if each.role != "until"]
        )
        status = status_of(scene, span, of_entry=own)
        if status and not found.status:
            found.status = status
            found.told_in.append(span)
    found.kind = kind_of(scene, [head_span, *spans])
    found.fields = fields_of(scene, [head_span, *spans])
    settle(found, dates)
    return found


def _with_slashes(scene: Scene, dates: list[Dated]) -> list[Dated]:
    """The dates beside a name, of "1992/2011" the first as the beginning: the other is of a later act.

    Neither is an end, and which of them was signed only the text may tell.
    """
    for index, (one, other) in enumerate(pairwise(dates)):
        between = scene.text[one.told.end : other.told.start].strip()
        if other.told.until:
            dates[index + 1] = replace(other, role="until")
        if between == "/" and one.told.date < other.told.date:
            dates[index], dates[index + 1] = replace(one, role="start"), replace(other, role="")
    return dates


def _of_tie(scene: Scene, span: Span) -> list[Dated]:
    """The dates of a sentence that can be of a tie: since when a town stands is none of them."""
    about_tie = scene.has(*span, "tie")
    return [
        each
        for each in dated(scene, span)
        if each.role in {"sign", "agreement", "contact", "renew", "end", "decide", "visit"}
        or (each.role in {"start", "suspend", "inactive", "until"} and about_tie)
        or (each.early and each.role in {"start", "plain"})
    ]


def settle(found: Details, dates: Sequence[Dated]) -> None:
    """Choose since, until and first contact among the dates of a tie."""
    lasted = [each for each in dates if each.role == "until"]
    if lasted and not found.status:
        found.status = "ended"
    usable = sorted(
        (each for each in dates if each.role in _RANK),
        key=lambda each: (_RANK[each.role], each.early, each.told.date.first_day),
    )
    ends = lasted or [each for each in dates if each.role in {"end", "inactive", "suspend"}]
    if (
        not ends
        and found.status == "ended"
        and found.until is None
        and len({each.told.date for each in usable}) > 1
    ):
        ends = [max(usable, key=lambda each: each.told.date.first_day)]
        usable.remove(ends[0])
    if ends and found.status in {"ended", "inactive"}:
        found.until = ends[-1].told.date
    if usable and found.status != "planned":
        _begin(found, usable)
    found.contact = _first_contact(found, dates) or found.contact


def _begin(found: Details, usable: Sequence[Dated]) -> None:
    """Take the first of the dates, or one that agrees with it and is finer."""
    first = chosen = usable[0]
    for other in usable[1:]:  # a date below may be finer than the year beside the name
        if (
            other.told.date.agrees_with(first.told.date)
            and other.told.date.precision > chosen.told.date.precision
        ):
            chosen = other
    found.since, found.rank = chosen.told.date, _RANK[first.role]
    found.told_in.append(chosen.span)


def _first_contact(found: Details, dates: Sequence[Dated]) -> PartialDate | None:
    """The earliest date of what came before the signing."""
    signed = found.since is not None and found.rank <= _RANK["agreement"]
    contacts = [
        each.told.date
        for each in dates
        if each.role == "contact"
        or (signed and (each.role == "visit" or (each.early and each.role in _BEFORE_SIGNING)))
        or (found.rank == _RANK["sign"] and each.role == "start")
    ]
    if found.since is None:
        return min(contacts, default=None)
    begun = [each for each in contacts if each.last_day < found.since.first_day]
    near = [each for each in begun if found.since.first_day.year - each.first_day.year <= _FIRST_TO_SIGNED]
    return min(near, default=None)
