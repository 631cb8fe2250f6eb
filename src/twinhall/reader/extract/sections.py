"""Headings and what stands under them: which lines of a page list ties, of what kind, and what is prose."""

from dataclasses import replace

from twinhall.core.dates import PartialDate
from twinhall.reader.extract.entries import Entry, Section, is_entry
from twinhall.reader.extract.listing import Listed, listed
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.telling import (
    Span,
    kind_of,
    status_of,
)
from twinhall.reader.layout import Line

_HEADING_WORDS = 14
_DATELINE_WORDS, _DATE_WORDS = 8, 5
_LEAD_WORDS = 45
_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_CLOSED, _NEAR, _OPEN = range(3)


def day_of_news(scene: Scene) -> PartialDate | None:
    """The day on which a piece of news was written, as its head tells: a short line with a whole date."""
    for line in scene.lines[:4]:
        dates = scene.dates(line.start, line.end)
        if (
            len(dates) == 1
            and line.words <= _DATELINE_WORDS
            and dates[0].date.day
            and not scene.has(line.start, line.end, "tie", "act")
        ):
            return dates[0].date
    return None


def blocks(scene: Scene, subject: Subject) -> tuple[list[Entry], list[Line], str]:
    """The entries of lists, all other lines of prose, and the kind of tie that the page's head tells."""
    entries: list[Entry] = []
    prose: list[Line] = []
    section = Section()
    title = ""
    last: Entry | None = None
    for number, line in enumerate(scene.lines):
        span = (line.start, line.end)
        if _is_path(line):
            section = _after_heading(scene, span, section, heading=True)
            title = title or kind_of(scene, [span])
            continue
        found = listed(scene, subject, *span) if _may_list(line) else Listed(*span, line.start, [])
        if last and found.country and not found.items and _is_cell_of(last, line, section):
            last.listed.items[-1].country = found.country
            last.dates_below.append(line)
            continue
        if found.country and not found.items:
            section = _country_line(section, found.country, last)
            last = None
            continue
        if (
            found.date
            and last
            and line.words <= _DATE_WORDS
            and not scene.has(*span, "act.inactive", "act.contact", "act.end")
        ):
            last.dates_below.append(line)
            continue
        if is_entry(scene, subject, line, found, section) or _heads_row(
            scene, subject, number, found, section
        ):
            last = Entry(line, found, section)
            entries.append(last)
            continue
        heading = _is_heading(scene, line)
        if (
            heading
            and last is not None
            and not line.gap
            and (last.dates_below or last.listed.with_country)
            and not scene.has(*span, *_NAMED_TIES)
        ):
            last.below.append(line)
            continue
        if heading or _leads(scene, line):
            section = _after_heading(scene, span, section, heading=heading, gap=line.gap)
            if number < 6 and not title:
                title = kind_of(scene, [span])
            if heading:
                last = None
        if heading:
            if (
                line.words > 4
                and scene.has(*span, *_NAMED_TIES, "act.sign")
                and (scene.dates(*span) or scene.countries(*span))
            ):
                prose.append(line)
            continue
        if last is not None and (not line.gap or _tells_more(entries, last)):
            last.below.append(line)
        else:
            last = None
            prose.append(line)
    return entries, prose, title or _most_told(scene)


def _is_path(line: Line) -> bool:
    """Whether a line is the path to the page: "Home > The town > Twin towns"."""
    text = line.text
    return line.words <= 25 and (
        any(text.count(f" {sign} ") >= 2 for sign in ">»›/")
        or (any(sign in text for sign in ">»›") and text[-1:] not in ".;")
    )


def _is_cell_of(last: Entry, line: Line, section: Section) -> bool:
    """Whether a country on a line of its own stands in the row of the name above it."""
    if line.gap or section.country:
        return False
    return len(last.listed.items) == 1 and not last.listed.with_country and not last.below


def _heads_row(scene: Scene, subject: Subject, number: int, found: Listed, section: Section) -> bool:
    """Whether a name on a line of its own is followed by its country on the next: a table laid out flat."""
    if section.state == _CLOSED or section.country or len(found.items) != 1 or found.rest < found.end:
        return False
    if (
        number + 1 >= len(scene.lines)
        or scene.lines[number + 1].gap
        or subject.is_meant(found.items[0].written)
    ):
        return False
    following = scene.lines[number + 1]
    return bool(following.words <= 4 and listed(scene, subject, following.start, following.end).country)


def _most_told(scene: Scene) -> str:
    return kind_of(scene, [(line.start, line.end) for line in scene.lines[:8]])


def _may_list(line: Line) -> bool:
    return line.words <= 150 and (
        line.bullet
        or line.text[:1].isupper()
        or line.text[:1].isdigit()
        or line.words < 12
        or line.text[:1] in '"“„«('
    )


def _tells_more(entries: list[Entry], last: Entry) -> bool:
    """Whether a paragraph after an empty line is still about the entry above."""
    before = [entry for entry in entries if entry is not last]
    compact = [entry for entry in before if not entry.below]
    return bool(last.below) or 2 * len(compact) <= len(before)


def _country_line(section: Section, country: str, last: Entry | None) -> Section:
    columns = [*section.columns, country] if last is None and section.country else [country]
    return replace(section, country=country, columns=columns)


def _is_heading(scene: Scene, line: Line) -> bool:
    if line.words > _HEADING_WORDS or line.text.rstrip()[-1:] in ".;,…" or line.text[:1].islower():
        return False
    return True


def _leads(scene: Scene, line: Line) -> bool:
    return line.text.rstrip().endswith(":") or (
        line.words <= _LEAD_WORDS and scene.has(line.start, line.end, *_NAMED_TIES)
    )


def _after_heading(scene: Scene, span: Span, before: Section, *, heading: bool, gap: bool = True) -> Section:
    """The section that a heading, or a sentence before a list, opens or closes."""
    kind = kind_of(scene, [span])
    if scene.has(*span, "act.seek", "word.stop"):
        return Section()
    status = status_of(scene, span)
    if kind and heading and scene.has(*span, "project.project"):
        return Section()
    if kind:
        of_all = heading or scene.text[span[0] : span[1]].rstrip().endswith(":")
        if not of_all and before.kind:
            kind = before.kind  # "the list shows our partners" under "Twin towns"
        return Section(_OPEN, kind, status if of_all else "", _country(scene, span))
    if heading and gap and scene.has(*span, "net.network", "net.member", "project.project", "word.close"):
        return Section()
    if before.state == _CLOSED:
        if scene.has(*span, "tie.cooperation", "tie.agreement") and heading:
            return Section(_NEAR, "", status)
        return before
    if status:
        return replace(before, status=status, country="", state=before.state)
    if heading:
        return replace(
            before,
            state=before.state if before.state == _OPEN and not gap else _NEAR,
            country="",
            columns=[],
            status="",
        )
    return replace(before, state=_OPEN)


def _country(scene: Scene, span: Span) -> str:
    codes = {each.code for each in scene.countries(*span)}
    return (
        next(iter(codes)) if len(codes) == 1 and any(c.is_adjective for c in scene.countries(*span)) else ""
    )
