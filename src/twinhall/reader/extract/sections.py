"""Headings and what stands under them: which lines of a page list ties, of what kind, and what is prose."""

from dataclasses import dataclass, field, replace

from twinhall.reader.extract.datelines import past_dateline
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.entries import CLOSED, NEAR, OPEN, Entry, Section, is_entry, is_labelled
from twinhall.reader.extract.headed import headed
from twinhall.reader.extract.items import Listed
from twinhall.reader.extract.listing import listed
from twinhall.reader.extract.rows import heads_table, is_of_guests, is_path
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.extract.telling import (
    kind_of,
    status_of,
)
from twinhall.reader.layout import Line

_PARTNER = "partner"
_OF_SHEET = ("project.programme", "project.period", "project.budget", "project.grant", "project.lead")
_LEAST_OF_SHEET = 2
_SHEET = 12  # lines above the list of a project's partners
_HEADING_WORDS = 14
_DATE_WORDS = 5
_LEAD_WORDS = 45
_HEAD = 6  # lines that tell what the whole page is about
_LABEL_WORDS = 4  # of a heading that is no sentence
_COUNTRY_WORDS = 4  # of a line that is a country's
_LIST_WORDS = 150  # of a line that may list parties
_SHORT_LINE = 12  # words of one that may do so even without a capital


def blocks(scene: Scene, subject: Subject) -> tuple[list[Entry], list[Line], str]:
    """The entries of lists, all other lines of prose, and the kind of tie that the page's head tells."""
    sorting = _Sorting(scene, subject, headed=headed(scene, subject))
    for number, line in enumerate(scene.lines):
        sorting.take(number, line)
    return sorting.entries, sorting.prose, sorting.title or _most_told(scene)


@dataclass(slots=True)
class _Sorting:
    """The lines of a page as far as they are sorted; ``last`` is the entry that the next may belong to."""

    scene: Scene
    subject: Subject
    entries: list[Entry] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    section: Section = field(default_factory=Section)
    title: str = ""
    last: Entry | None = None
    headed: dict[int, Section] = field(default_factory=dict)

    def take(self, number: int, line: Line) -> None:
        """Put the next line where it belongs."""
        span = (line.start, line.end)
        if is_path(line):
            self.section = _after_heading(self.scene, span, self.section, heading=True)
            self.title = self.title or kind_of(self.scene, [span])
            return
        if is_labelled(self.scene, line) and self._is_of_sheet(number):
            return
        if past_dateline(self.scene, span) > line.start:
            self._take_text(number, line)
            return
        if heads_table(self.scene, line):
            if self.scene.has(*span, "word.guests"):
                self.section, self.last = Section(), None
            return
        if is_of_guests(self.scene, line):
            self.section, self.last = Section(), None
            return
        may_list = _may_list(line)
        found = listed(self.scene, *span) if may_list else Listed(*span, line.start, [])
        if self._is_cell(line, found):
            return
        section = self.section if self.section.state > CLOSED else self.headed.get(number, self.section)
        if is_entry(self.scene, self.subject, line, found, section) or _heads_row(
            self.scene, self.subject, number, found, section
        ):
            self.last = Entry(line, found, section)
            self.entries.append(self.last)
        elif _is_heading(line):
            self._take_heading(number, line)
        else:
            self._take_text(number, line)

    def _is_of_sheet(self, number: int) -> bool:
        """Whether the line before or after is a row of a project's sheet too."""
        beside = [*self.scene.lines[max(0, number - 1) : number], *self.scene.lines[number + 1 : number + 2]]
        return any(is_labelled(self.scene, line) for line in beside)

    def _is_cell(self, line: Line, found: Listed) -> bool:
        """Take a line that holds a country or a date and nothing else, if it is one."""
        last = self.last
        if found.country and not found.items:
            if last and _is_cell_of(last, line, self.section):
                last.listed.items[-1].country = found.country
                last.dates_below.append(line)
            else:
                self.section = _country_line(self.section, found.country, last)
                self.last = None
            return True
        if (
            last is None
            or not found.date
            or line.words > _DATE_WORDS
            or self.scene.has(line.start, line.end, "act.inactive", "act.contact", "act.end")
        ):
            return False
        last.dates_below.append(line)
        return True

    def _take_heading(self, number: int, line: Line) -> None:
        span, last = (line.start, line.end), self.last
        names_tie = self.scene.has(*span, *NAMED_TIES)
        in_row = last is not None and bool(last.dates_below or last.listed.with_country)
        if last and in_row and not line.gap and not names_tie:
            last.below.append(line)
            return
        self._open(number, line, heading=True)
        self.last = None
        if (
            line.words > _LABEL_WORDS
            and self.scene.has(*span, *NAMED_TIES, "act.sign")
            and (self.scene.dates(*span) or self.scene.countries(*span))
        ):
            self.prose.append(line)

    def _take_text(self, number: int, line: Line) -> None:
        if _leads(self.scene, line):
            self._open(number, line, heading=False)
        if self.last is not None and (not line.gap or _tells_more(self.entries, self.last)):
            self.last.below.append(line)
        else:
            self.last = None
            self.prose.append(line)

    def _open(self, number: int, line: Line, *, heading: bool) -> None:
        """Begin what a heading, or a sentence before a list, opens."""
        span = (line.start, line.end)
        self.section = _after_heading(self.scene, span, self.section, heading=heading, gap=line.gap)
        if number < _HEAD and not self.title:
            self.title = kind_of(self.scene, [span])


def _is_cell_of(last: Entry, line: Line, section: Section) -> bool:
    """Whether a country on a line of its own stands in the row of the name above it."""
    if line.gap or section.country:
        return False
    return len(last.listed.items) == 1 and not last.listed.with_country and not last.below


def _heads_row(scene: Scene, subject: Subject, number: int, found: Listed, section: Section) -> bool:
    """Whether a name on a line of its own is followed by its country on the next: a table laid out flat."""
    if section.state == CLOSED or section.country or len(found.items) != 1 or found.rest < found.end:
        return False
    if (
        number + 1 >= len(scene.lines)
        or scene.lines[number + 1].gap
        or subject.is_meant(found.items[0].written)
    ):
        return False
    following = scene.lines[number + 1]
    return bool(following.words <= _COUNTRY_WORDS and listed(scene, following.start, following.end).country)


def _most_told(scene: Scene) -> str:
    return kind_of(scene, [(line.start, line.end) for line in scene.lines[:8]])


def _may_list(line: Line) -> bool:
    return line.words <= _LIST_WORDS and (
        line.bullet
        or line.text[:1].isupper()
        or line.text[:1].isdigit()
        or line.words < _SHORT_LINE
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


def _is_heading(line: Line) -> bool:
    closes = line.text.rstrip()[-1:] in ".;,…"
    return not (line.words > _HEADING_WORDS or closes or line.text[:1].islower())


def _leads(scene: Scene, line: Line) -> bool:
    return line.text.rstrip().endswith(":") or (
        line.words <= _LEAD_WORDS and scene.has(line.start, line.end, *NAMED_TIES)
    )


def _after_heading(scene: Scene, span: Span, before: Section, *, heading: bool, gap: bool = True) -> Section:
    """The section that a heading, or a sentence before a list, opens or closes."""
    kind = kind_of(scene, [span])
    if scene.has(*span, "act.seek", "word.stop"):
        return Section()
    if kind:
        return _of_ties(scene, span, before, kind, heading=heading)
    if heading and gap and scene.has(*span, "net.network", "net.member", "project.project", "word.close"):
        return Section()
    status = status_of(scene, span)
    if before.state == CLOSED:
        near = heading and scene.has(*span, "tie.cooperation", "tie.agreement")
        return Section(NEAR, "", status) if near else before
    return _within(before, status, heading=heading, gap=gap)


def _of_ties(scene: Scene, span: Span, before: Section, kind: str, *, heading: bool) -> Section:
    """The section under a line that names a kind of tie; one of a project's lists none."""
    if (heading and scene.has(*span, "project.project")) or (
        kind == _PARTNER and _is_of_project(scene, span)
    ):
        return Section()
    of_all = heading or scene.text[span[0] : span[1]].rstrip().endswith(":")
    if not of_all and before.kind:
        kind = before.kind  # "the list shows our partners" under "Twin towns"
    if not of_all:
        return Section(OPEN, kind)  # a sentence about one: neither its status nor its country is the others'
    return Section(OPEN, kind, status_of(scene, span), _country(scene, span))


def _is_of_project(scene: Scene, span: Span) -> bool:
    """Whether a line leads to the partners of a project, or names the first of them.

    It does where the project's money, its time or its programme stand above.
    """
    if scene.has(*span, "project.lead"):  # "Municipality of …, lead partner"
        return True
    if not scene.has(*span, "project.partners"):
        return False
    above = [line for line in scene.lines if line.end <= span[0]][-_SHEET:]
    told = {hit.sort for line in above for hit in scene.hits(line.start, line.end, *_OF_SHEET)}
    return len(told) >= _LEAST_OF_SHEET


def _within(before: Section, status: str, *, heading: bool, gap: bool) -> Section:
    """The section that goes on, under a heading or after a sentence that names no tie."""
    if status:
        return replace(before, status=status, country="")
    if not heading:
        return replace(before, state=OPEN)
    state = before.state if before.state == OPEN and not gap else NEAR
    return replace(before, state=state, country="", columns=[], status="")


def _country(scene: Scene, span: Span) -> str:
    codes = {each.code for each in scene.countries(*span)}
    return (
        next(iter(codes)) if len(codes) == 1 and any(c.is_adjective for c in scene.countries(*span)) else ""
    )
