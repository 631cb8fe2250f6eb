"""Which lines are entries of a list of parties."""

from dataclasses import dataclass, field

from twinhall.reader.extract.listing import Listed, as_pairs, is_place, join
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.layout import Line

_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_LABELS = (
    "project.lead",
    "project.partners",
    "project.programme",
    "project.period",
    "project.budget",
    "project.title",
)
_SHORTEST = 3  # letters of a name that stands alone
_CLOSED, _NEAR, _OPEN = range(3)


@dataclass(slots=True)
class Section:
    """What the headings above a line say: what is listed here, and what holds for all of it."""

    state: int = _CLOSED
    kind: str = ""
    status: str = ""
    country: str = ""
    columns: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A line that lists parties, the lines below that tell more of them, and the section it stands in."""

    line: Line
    listed: Listed
    section: Section
    below: list[Line] = field(default_factory=list)
    dates_below: list[Line] = field(default_factory=list)


def is_entry(scene: Scene, subject: Subject, line: Line, found: Listed, section: Section) -> bool:
    if not found.items or not scene.text[found.start : found.end].strip():
        return False
    if scene.has(line.start, line.start + 40, *_LABELS) and ":" in line.text[:40]:
        return False
    if not subject.is_town and section.state > _CLOSED and len(found.items) > 1:
        as_pairs(found)
    if found.is_pairs and section.country and found.items[0].other:
        join(scene, found.items[0], found.items[0].other)
        found.is_pairs = False
    items = [item for item in found.items if item.other or not subject.is_meant(item.written)]
    if not items:
        return False
    whole = found.rest >= found.end
    own_tie = scene.has(line.start, line.end, *_NAMED_TIES, "tie.agreement")
    if found.is_pairs:
        pair = items[0]
        both = bool(pair.country and pair.other and pair.other.country and pair.country != pair.other.country)
        return (whole and (both or not subject.is_town)) or section.state > _CLOSED or own_tie
    if section.state == _CLOSED:
        return False
    if found.with_country and (whole or found.rest - found.start < 120 or items[0].country):
        return True
    if not whole and section.state == _OPEN and _begins_with_name(scene, found):
        return is_place(scene, items[0], country=section.country)
    if not whole and not (items[0].dates and section.state == _OPEN):
        return False
    if section.state == _NEAR and not section.country:
        return False
    if section.country and not whole:
        return section.state == _OPEN and is_place(scene, items[0])
    if section.country:
        return line.words <= 12 and (
            (line.words <= 5 and "|" not in line.text) or is_place(scene, items[0], country=section.country)
        )
    if len(items) == 2 and items[1].sign == ",":  # "Sarasota, Florida": the second says where the first is
        first, second = (scene.named(item.written) for item in items)
        if first.candidates and (
            not second.candidates or second.candidates[0].country == first.candidates[0].country
        ):
            found.items = [item for item in found.items if item is not items[1]]
            items = items[:1]
    if (
        len(items) == 1
        and line.words == 1
        and (len(line.text) < _SHORTEST or scene.has(line.start, line.end, "word.close", "word.town"))
    ):
        return False  # the head of a column
    return all(is_place(scene, item) for item in items)


def _begins_with_name(scene: Scene, found: Listed) -> bool:
    """Whether a line begins with one name and a sign: "Calw – in preparation", "Moengo. The council …"."""
    if len(found.items) != 1:
        return False
    after = scene.text[found.items[0].start + len(found.items[0].written) :][:4].lstrip()
    return after[:1] in "–—-:.;(" and bool(after)
