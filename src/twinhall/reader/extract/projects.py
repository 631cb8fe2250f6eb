"""Projects: sheets with labels ("Lead partner: …"), and sentences that name a project with its facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from twinhall.core.dates import PartialDate
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.money import amount_in
from twinhall.reader.extract.scene import Scene
from twinhall.reader.facts import Project
from twinhall.reader.layout import Line

_TITLE = re.compile(r"[„“”\"«‟»]([^„“”\"»«\n]{3,140})[“”\"»«]")
_LABELS = ("lead", "partners", "programme", "period", "budget", "grant", "title")
_QUOTE = 400
_LEAST_LABELS = 3
_TITLE_WORDS = 25  # the most of a line that may be a title
_LONG_LABEL = 70  # letters before a colon
_SHORT_TITLE = 4  # letters: what has fewer is none


@dataclass(slots=True)
class Sheet:
    """A stretch about one project, with its title, and its labels with what stands after them."""

    start: int
    end: int
    title: str
    values: dict[str, Span] = field(default_factory=dict)


def projects(scene: Scene) -> list[Project]:
    """The projects that a page describes."""
    taken: list[Sheet] = []
    found: list[Project] = []
    for sheet in [*_sheets(scene), *_told(scene)]:
        fact = None if any(_within(sheet, each) for each in taken) else _project(scene, sheet)
        if fact:
            taken.append(sheet)
            found.append(fact)
    return found


def _within(sheet: Sheet, other: Sheet) -> bool:
    return sheet.start < other.end and other.start < sheet.end


def _sheets(scene: Scene) -> Iterator[Sheet]:
    """Runs of lines that begin with labels; the title is a label's value, else the line above."""
    lines = scene.lines
    sheet: Sheet | None = None
    for number, line in enumerate(lines):
        label = _label(scene, line)
        if label is None:
            if (
                sheet
                and line.gap
                and line.words <= _TITLE_WORDS
                and len(sheet.values) >= _LEAST_LABELS
                and _is_numbered(scene, line)
            ):
                yield sheet
                sheet = None
            continue
        key, at = label
        if sheet and key in sheet.values and key in {"lead", "title"}:
            if len(sheet.values) >= _LEAST_LABELS - 1:
                yield sheet
            sheet = None
        value = _value(scene, number, at)
        if sheet is None:
            sheet = Sheet(line.start, line.end, "")
            above = lines[number - 1] if number else None
            if above is not None and _label(scene, above) is None and above.words <= _TITLE_WORDS:
                sheet.start, sheet.title = above.start, _bare(above.text)
        if key == "title":
            sheet.title = _bare(scene.text[slice(*value)])
        sheet.values.setdefault(key, value)
        sheet.end = max(line.end, value[1])
    if sheet and len(sheet.values) >= _LEAST_LABELS - (1 if "lead" in sheet.values else 0):
        yield sheet


def _is_numbered(scene: Scene, line: Line) -> bool:
    return scene.text[max(0, line.start - 4) : line.start].strip()[:1].isdigit()


def _label(scene: Scene, line: Line) -> tuple[str, int] | None:
    """The label that a line begins with, and where its value begins."""
    colon = line.text.find(":")
    if not 0 < colon <= _LONG_LABEL:
        return None
    hits = [
        hit for hit in scene.hits(line.start, line.start + colon, "project") if hit.sort != "project.project"
    ]
    if not hits:
        return None
    best = max(hits, key=lambda hit: (hit.end - hit.start, -hit.start))
    return best.sort.partition(".")[2], line.start + colon + 1


def _value(scene: Scene, number: int, at: int) -> Span:
    """What stands after a label: on its line, else on the line below."""
    line = scene.lines[number]
    if scene.text[at : line.end].strip() or number + 1 >= len(scene.lines):
        return at, line.end
    below = scene.lines[number + 1]
    return below.start, below.end


def _bare(text: str) -> str:
    quoted = _TITLE.search(text)
    return (quoted[1] if quoted and len(quoted[1]) > len(text) // 2 else text).strip(" \t.:;\"„“”«»'")


def _told(scene: Scene) -> Iterator[Sheet]:
    """Paragraphs that name a project in quotation marks, with its labels among their words."""
    for line in scene.lines:
        if not scene.has(line.start, line.end, "project.project"):
            continue
        named = _title_in(scene, line)
        if named is None:
            continue
        title, begin = named
        sheet = Sheet(begin, line.end, title)
        hits = [
            hit for hit in scene.hits(begin, line.end, "project") if hit.sort.partition(".")[2] in _LABELS
        ]
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        for index, hit in enumerate(hits):
            key = hit.sort.partition(".")[2]
            following = next((each.start for each in hits[index + 1 :] if each.start >= hit.end), line.end)
            if key != "title":
                sheet.values.setdefault(key, (hit.end, max(hit.end, following)))
        if (
            sheet.values
            or len(scene.dates(begin, line.end)) > 1
            or scene.bodies(begin, line.end, "programme")
        ):
            yield sheet


def _title_in(scene: Scene, line: Line) -> tuple[str, int] | None:
    for match in _TITLE.finditer(scene.text, line.start, line.end):
        near = scene.hits(max(line.start, match.start() - 45), match.start(), "project.project")
        if near:
            begin = next(
                s
                for s, e in scene.sentences(line.start, line.end)
                if s <= match.start() < e or e >= match.end()
            )
            return match[1].strip(), min(begin, near[0].start)
    for match in re.finditer(
        r"\(([A-Z][^()\n]{8,90}?)[ \u00a0]?(\d{4}.*?)?\)", scene.text[line.start : line.end]
    ):
        at = line.start + match.start()
        if scene.has(at, line.start + match.end(), "project.project") or "project" in match[1].casefold():
            return match[1].strip(" ,–-"), max(line.start, at - 90)
    return _capital_title(scene, line)


def _capital_title(scene: Scene, line: Line) -> tuple[str, int] | None:
    """A title in capitals: after the word for a project or before it ("City Twins Network project")."""
    for hit in scene.hits(line.start, line.end, "project.project"):
        before = re.search(
            r"((?:[A-Z][\w’'-]+ ){2,8})\Z", scene.text[max(line.start, hit.start - 90) : hit.start]
        )
        if before:
            start = hit.start - len(before[1])
            return scene.text[start : hit.end], start
        after = re.match(
            r" ((?:[A-Z][\w’'-]+[ ,.;]?){2,8})", scene.text[hit.end : min(line.end, hit.end + 90)]
        )
        if after:
            return after[1].strip(" ,.;"), hit.start
    return None


def _project(scene: Scene, sheet: Sheet) -> Project | None:
    if len(sheet.title) < _SHORT_TITLE:
        return None
    start, end = _period(scene, sheet)
    budget, currency = _budget(scene, sheet)
    lead = _names(scene, sheet.values.get("lead"))
    partners = _names(scene, sheet.values.get("partners"))
    quote_end = min(sheet.end, sheet.start + _QUOTE)
    grant = scene.text[slice(*sheet.values["grant"])] if "grant" in sheet.values else ""
    return Project(
        title=sheet.title, programme=_programme(scene, sheet), lead=lead[0] if lead else "",
        partners=tuple(dict.fromkeys(partners)), start=start, end=end, budget=budget, currency=currency,
        cofinancing=grant.strip(" .:")[:120],
        quote=scene.text[sheet.start : quote_end], quote_start=sheet.start, confidence=0.7,
    )  # fmt: skip


def _names(scene: Scene, span: Span | None) -> list[str]:
    if span is None:
        return []
    return [
        mention.candidates[0].name
        for mention in scene.mentions(*span)
        if mention.candidates
        and not any(c.start <= mention.start < c.end and not c.is_adjective for c in scene.countries(*span))
    ]


def _period(scene: Scene, sheet: Sheet) -> tuple[PartialDate | None, PartialDate | None]:
    dates = scene.dates(*sheet.values["period"]) if "period" in sheet.values else []
    dates = dates or scene.dates(sheet.start, sheet.end)
    if not dates:
        return None, None
    first = dates[0].date
    last = next((told.date for told in dates[1:] if told.date >= first), None)
    return first, last


def _budget(scene: Scene, sheet: Sheet) -> tuple[Decimal | None, str]:
    """The amount after the label of a budget, and its currency: a grant's where there is no budget."""
    for key in ("budget", "grant"):
        if key in sheet.values:
            amount, currency = amount_in(scene, sheet.values[key])
            if currency or amount:
                return (amount if key == "budget" else None), currency
    amount, currency = amount_in(scene, (sheet.start, sheet.end))
    return (amount, currency) if currency else (None, "")


def _programme(scene: Scene, sheet: Sheet) -> str:
    """The programme that pays, by the name that all languages know, else as it is printed after its label."""
    near = (max(0, sheet.start - 300), sheet.end)
    hits = scene.bodies(sheet.start, sheet.end, "programme") or scene.bodies(*near, "programme")
    if hits:
        name = hits[0].sort.partition(".")[2]
        tail = re.match(r"(?:[ -][A-ZÀ-Ž][\w-]*){1,4}", scene.text[hits[0].end : hits[0].end + 60])
        return name + (tail[0] if tail and name == "Interreg" else "")
    if "programme" in sheet.values:
        return scene.text[slice(*sheet.values["programme"])].strip(" .:;,")[:120]
    return ""
