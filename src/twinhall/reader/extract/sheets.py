"""Where a page tells of a project: sheets with labels, sentences with a title, events that are paid for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from twinhall.reader.extract.dating import Span, outermost
from twinhall.reader.extract.project_titles import TITLE, bare, line_start, title_in
from twinhall.reader.extract.scene import Scene
from twinhall.reader.layout import Line
from twinhall.reader.lexicon import Hit

_LABELS = ("lead", "partners", "programme", "period", "end", "budget", "grant", "title")
_OF_PROJECTS = frozenset(
    {"project.lead", "project.partners", "project.programme", "project.grant", "project.title"}
)
_LEAST_LABELS = 3
_TITLE_WORDS = 25  # the most of a line that may be a title
_LONG_LABEL = 70  # letters before a colon
_EVENT_LINES, _NEAR_LINES = 14, 2  # of an event's text, and from its title to the programme that pays
_PARAGRAPHS = 4  # that may go on with a project, with the one that names it
_GOES_ON = ("project.budget", "sheet.budget", "project.lead", "project.partners", "project.period")
_NEXT, _BEFORE_LEAD = 6, 45  # characters after "lead partner" in which "and" stands, and before it the lead
_ALONE = 0.8  # of a line that is a title and nothing else
_GUEST_WORDS = 30  # of a line that names who came to an event


@dataclass(slots=True)
class Sheet:
    """A stretch about one project, with its title, and its labels with what stands after them."""

    start: int
    end: int
    title: str
    values: dict[str, Span] = field(default_factory=dict)
    sure: bool = False
    """Whether one of the labels can only be a project's."""

    @property
    def is_whole(self) -> bool:
        return self.sure and len(self.values) >= _LEAST_LABELS - (1 if "lead" in self.values else 0)


def sheets(scene: Scene) -> list[Sheet]:
    """The stretches of a page that tell of a project, none within another."""
    found: list[Sheet] = []
    for sheet in [*_labelled(scene), *_told(scene), *_events(scene)]:
        if not any(sheet.start < each.end and each.start < sheet.end for each in found):
            found.append(sheet)
    return found


def _labelled(scene: Scene) -> Iterator[Sheet]:
    """Runs of lines that begin with labels; the title is a label's value, else the line above."""
    lines = scene.lines
    sheet: Sheet | None = None
    for number, line in enumerate(lines):
        label = _label(scene, line)
        if label is None:
            if sheet and len(sheet.values) >= _LEAST_LABELS and _opens_next(scene, line):
                yield sheet
                sheet = None
            continue
        hit, at = label
        key = hit.sort.partition(".")[2]
        if sheet and key in sheet.values and key in {"lead", "title"}:
            if sheet.is_whole:
                yield sheet
            sheet = None
        value = _value(scene, number, at, several=key == "partners")
        if sheet is None:
            sheet = Sheet(line.start, line.end, "")
            above = lines[number - 1] if number else None
            if above is not None and _label(scene, above) is None and above.words <= _TITLE_WORDS:
                sheet.start, sheet.title = above.start, bare(above.text)
        if key == "title":
            sheet.title = bare(scene.text[slice(*value)])
        sheet.values.setdefault(key, value)
        sheet.sure = sheet.sure or hit.sort in _OF_PROJECTS or bool(scene.bodies(*value, "programme"))
        sheet.end = max(line.end, value[1])
    if sheet and sheet.is_whole:
        yield sheet


def _opens_next(scene: Scene, line: Line) -> bool:
    """Whether a line after a gap begins another, numbered project."""
    is_numbered = scene.text[max(0, line.start - 4) : line.start].strip()[:1].isdigit()
    return line.gap and line.words <= _TITLE_WORDS and is_numbered


def _label(scene: Scene, line: Line) -> tuple[Hit, int] | None:
    """The label that a line begins with, and where its value begins."""
    cells = line.text.split(" | ")
    end = len(cells[0]) if len(cells) == 2 else line.text.find(":")  # noqa: PLR2004
    if not 0 < end <= _LONG_LABEL:
        return None
    found = outermost(scene.hits(line.start, line.start + end, "project", "sheet"))
    hits = [hit for hit in found if hit.sort.partition(".")[2] in _LABELS]
    others = [hit for hit in hits if hit.sort != "project.title"]
    titles = [hit for hit in hits if hit.start == line.start or " " in scene.text[hit.start : hit.end]]
    best = max(others or titles, key=lambda hit: (hit.end - hit.start, -hit.start), default=None)
    sign = 3 if len(cells) == 2 else 1  # noqa: PLR2004
    return (best, line.start + end + sign) if best else None


def _value(scene: Scene, number: int, at: int, *, several: bool) -> Span:
    """What stands after a label: on its line, else on the line below, or the lines if it takes several."""
    line = scene.lines[number]
    if scene.text[at : line.end].strip() or number + 1 >= len(scene.lines):
        return at, line.end
    below = scene.lines[number + 1]
    end = below.end
    for after in scene.lines[number + 2 :] if several else ():
        if after.gap or _label(scene, after) is not None:
            break
        end = after.end
    return below.start, end


def _told(scene: Scene) -> Iterator[Sheet]:
    """Paragraphs that name a project, with its labels among their words."""
    for number, line in enumerate(scene.lines):
        if not scene.has(line.start, line.end, "project.project"):
            continue
        named = title_in(scene, number)
        if named is None:
            continue
        title, begin = named
        is_told = scene.bodies(begin, line.end, "programme") or len(scene.dates(begin, line.end)) > 1
        sheet = Sheet(begin, _end_of(scene, number), title)
        _fill(scene, sheet)
        if is_told or sheet.values:
            yield sheet


def _end_of(scene: Scene, number: int) -> int:
    """Where what a line begins to tell of a project ends: paragraphs with the same labels go on with it."""
    end = scene.lines[number].end
    for index in range(number + 1, min(number + _PARAGRAPHS, len(scene.lines))):
        line = scene.lines[index]
        goes_on = scene.has(line.start, line.end, *_GOES_ON) and line.text.rstrip().endswith(".")
        if not goes_on or title_in(scene, index):
            break
        end = line.end
    return end


def _fill(scene: Scene, sheet: Sheet) -> None:
    """What stands after each label among the words of a stretch, up to the next label."""
    found = outermost(scene.hits(sheet.start, sheet.end, "project", "sheet"))
    hits = [hit for hit in found if hit.sort.partition(".")[2] in _LABELS]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    for index, hit in enumerate(hits):
        key = hit.sort.partition(".")[2]
        after = next((each.start for each in hits[index + 1 :] if each.start >= hit.end), sheet.end)
        if key == "partners" and "\n" not in scene.text[sheet.start : sheet.end]:
            after = min(after, _end_of_sentence(scene, sheet, hit))
        value = (hit.end, max(hit.end, after))
        if key == "lead" and scene.has(hit.end, hit.end + _NEXT, "word.and"):
            # "with … as lead partner and …"
            sheet.values.setdefault("partners", value)
            value = (max(sheet.start, hit.start - _BEFORE_LEAD), hit.start)
        if key != "title":
            sheet.values.setdefault(key, value)


def _end_of_sentence(scene: Scene, sheet: Sheet, hit: Hit) -> int:
    """Where the sentence of a label in a paragraph ends: the next may name places that are no partners."""
    sentences = scene.sentences(sheet.start, sheet.end)
    return next((end for _, end in sentences if end >= hit.end), sheet.end)


def _events(scene: Scene) -> Iterator[Sheet]:
    """Events with a title in quotation marks, beside which the programme that pays is named."""
    for number, line in enumerate(scene.lines):
        title = _event_title(scene, number)
        if title is None:
            continue
        block = scene.lines[number + 1 : number + _EVENT_LINES]
        goes_on = [each.end for each in block[:1] if _tells_of_host(scene, each)]
        sheet = Sheet(line.start, goes_on[0] if goes_on else line.end, title)
        _fill(scene, sheet)
        for index, each in enumerate(block, number + 1):
            label = _label(scene, each)
            if label:
                value = _value(scene, index, label[1], several=label[0].sort.endswith("partners"))
                sheet.values.setdefault(label[0].sort.partition(".")[2], value)
                sheet.end = value[1]
        guests = [each for each in block if _names_guests(scene, each)]
        if guests and "partners" not in sheet.values:
            sheet.values["partners"] = (guests[0].start, guests[-1].end)
        if sheet.values and scene.dates(sheet.start, max(sheet.end, block[0].end if block else 0)):
            yield sheet


def _tells_of_host(scene: Scene, line: Line) -> bool:
    """Whether a line goes on with who held an event and when, in words without a label."""
    span = (line.start, line.end)
    return (
        bool(scene.dates(*span))
        and scene.has(*span, "project.lead", "sheet.lead")
        and not _label(scene, line)
    )


def _event_title(scene: Scene, number: int) -> str | None:
    """The title of an event: the programme stands in its line too, or below where the title stands alone."""
    line = scene.lines[number]
    if scene.has(line.start, line.end, "project.project", "net.network", "net.member"):
        return None
    last = scene.lines[min(number + _NEAR_LINES, len(scene.lines) - 1)]
    for match in TITLE.finditer(scene.text, line_start(scene, line), line.end):
        alone = len(match[0]) > _ALONE * len(line.text.strip())
        if _is_event(scene, match) and scene.bodies(line.start, (last if alone else line).end, "programme"):
            return match[1].strip(" ,;:")
    return None


def _is_event(scene: Scene, match: re.Match[str]) -> bool:
    """Whether words in quotation marks can be an event's title: two at least, and no programme's name."""
    return " " in match[1].strip() and not scene.bodies(match.start(1), match.end(1), "programme")


def _names_guests(scene: Scene, line: Line) -> bool:
    """Whether a line names a country, and how many came from there."""
    has_number = any(letter.isdigit() for letter in line.text)
    return line.words <= _GUEST_WORDS and has_number and bool(scene.countries(line.start, line.end))
