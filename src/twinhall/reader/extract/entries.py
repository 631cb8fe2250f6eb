"""Which lines are entries of a list of parties."""

from dataclasses import dataclass, field

from twinhall.reader.extract.items import Item, Listed
from twinhall.reader.extract.listing import as_pairs, is_place, join
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.layout import Line

_LABELS = (
    "project.lead",
    "project.partners",
    "project.programme",
    "project.period",
    "project.budget",
    "project.title",
)
_SHORTEST = 3  # letters of a name that stands alone
_LONGEST_NAMES = 120  # characters of names with countries that prose may follow
_ROW_WORDS, _NAME_WORDS = 12, 5  # of a line below a country; of one that need not be a known place
_TWO = 2
CLOSED, NEAR, OPEN = range(3)


@dataclass(slots=True)
class Section:
    """What the headings above a line say: what is listed here, and what holds for all of it."""

    state: int = CLOSED
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
    """Whether what a line lists are parties of ties; ``found`` is set right as pairs or single names."""
    if not found.items or not scene.text[found.start : found.end].strip() or is_labelled(scene, line):
        return False
    _settle_pairs(scene, subject, found, section)
    items = [item for item in found.items if item.other or not subject.is_meant(item.written)]
    if not items or _is_kind(scene, items[0]):
        return False
    if found.is_pairs:
        own_tie = scene.has(line.start, line.end, *NAMED_TIES, "tie.agreement")
        return section.state > CLOSED or own_tie or _is_plain_pair(subject, found, items[0])
    return section.state > CLOSED and _fits(scene, line, found, items, section)


def _is_kind(scene: Scene, item: Item) -> bool:
    """Whether an item is no name but the head of a column: "Town", "Municipality"."""
    end = item.start + len(item.written)
    return any((hit.start, hit.end) == (item.start, end) for hit in scene.hits(item.start, end, "word.town"))


def is_labelled(scene: Scene, line: Line) -> bool:
    """Whether a line is a row of a project's sheet: "Lead partner: …"."""
    return ":" in line.text[:40] and scene.has(line.start, line.start + 40, *_LABELS)


def _settle_pairs(scene: Scene, subject: Subject, found: Listed, section: Section) -> None:
    if not subject.is_town and section.state > CLOSED and len(found.items) > 1:
        as_pairs(found)
    if found.is_pairs and section.country and found.items[0].other:
        join(scene, found.items[0], found.items[0].other)
        found.is_pairs = False


def _is_plain_pair(subject: Subject, found: Listed, pair: Item) -> bool:
    """Whether a line is a pair of parties and nothing else: of two countries, on the page of a town."""
    both = bool(pair.country and pair.other and pair.other.country and pair.country != pair.other.country)
    return found.rest >= found.end and (both or not subject.is_town)


def _fits(scene: Scene, line: Line, found: Listed, items: list[Item], section: Section) -> bool:
    """Whether a line is an entry of the list that its section holds."""
    whole = found.rest >= found.end
    if found.with_country and (whole or found.rest - found.start < _LONGEST_NAMES or items[0].country):
        return True
    if section.state == NEAR and not (whole and section.country):
        return False
    if not whole and _begins_with_name(scene, found):
        return is_place(scene, items[0], country=section.country)
    if not whole and not items[0].dates:
        return False
    if section.country:
        return _fits_country(scene, line, items[0], section.country, whole=whole)
    items = _without_region(scene, found, items)
    return not _heads_column(scene, line, items) and all(is_place(scene, item) for item in items)


def _fits_country(scene: Scene, line: Line, item: Item, country: str, *, whole: bool) -> bool:
    """Whether a line below a country's name begins with a party that lies there."""
    if not whole:
        return is_place(scene, item)
    return line.words <= _ROW_WORDS and (
        (line.words <= _NAME_WORDS and "|" not in line.text) or is_place(scene, item, country=country)
    )


def _without_region(scene: Scene, found: Listed, items: list[Item]) -> list[Item]:
    """Of "Sarasota, Florida" the first only: the second says where it is."""
    if len(items) != _TWO or items[1].sign != ",":
        return items
    first, second = (scene.named(item.written) for item in items)
    if not first.candidates or (
        second.candidates and second.candidates[0].country != first.candidates[0].country
    ):
        return items
    found.items = [item for item in found.items if item is not items[1]]
    return items[:1]


def _heads_column(scene: Scene, line: Line, items: list[Item]) -> bool:
    """Whether a word is the head of a column."""
    return (
        len(items) == 1
        and line.words == 1
        and (len(line.text) < _SHORTEST or scene.has(line.start, line.end, "word.close", "word.town"))
    )


def _begins_with_name(scene: Scene, found: Listed) -> bool:
    """Whether a line begins with one name and a sign: "Calw – in preparation", "Moengo. The council …"."""
    if len(found.items) != 1:
        return False
    after = scene.text[found.items[0].start + len(found.items[0].written) :][:4].lstrip()
    return after[:1] in "–—-:.;(" and bool(after)
