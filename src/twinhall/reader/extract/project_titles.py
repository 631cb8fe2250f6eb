"""The titles of projects: in quotation marks, in capitals, in brackets, or those of a heading."""

import re

from twinhall.reader.extract.scene import Scene
from twinhall.reader.layout import Line

TITLE = re.compile(r"[„“”\"«‟»]\s?([^„“”\"»«\n]{3,140})[“”\"»«]")
_SINGLE = re.compile(r"(?<!\w)[‘'‚]([^‘’'\n]{3,140})['’](?!\w)")
_BRACKETS = re.compile(r"\(([A-Z][^()\n]{8,90}?)[ \u00a0]?(\d{4}.*?)?\)")
_CAPITALS_BEFORE = re.compile(r"((?:[A-Z][\w’'-]+ ){2,8})\Z")
_CAPITALS_AFTER = re.compile(r" ((?:[A-Z][\w’'-]+[ ,.;]?){2,8})")
_NEAR, _FAR = 45, 90  # characters between the word for a project and its title, and of a title
_HEADING_WORDS, _HEADINGS = 12, 4  # of a heading that may be a title, and lines above in which it stands


def bare(text: str) -> str:
    """A title without the signs and the word for a project around it."""
    quoted = TITLE.search(text)
    return (quoted[1] if quoted and len(quoted[1]) > len(text) // 3 else text).strip(" \t.:;\"„“”«»'")


def line_start(scene: Scene, line: Line) -> int:
    """Where a line begins with the sign that it opens with, which may be a quotation mark or a bullet."""
    return scene.text.rfind("\n", 0, line.start) + 1


def title_in(scene: Scene, number: int) -> tuple[str, int] | None:
    """The title of the project that a line names, and where what is told of it begins."""
    line = scene.lines[number]
    quoted = _quoted(scene, line, TITLE) or _quoted(scene, line, _SINGLE)
    return quoted or _of_heading(scene, number) or _bracketed(scene, line) or _in_capitals(scene, line)


def _quoted(scene: Scene, line: Line, signs: re.Pattern[str]) -> tuple[str, int] | None:
    for match in signs.finditer(scene.text, line_start(scene, line), line.end):
        near = scene.hits(max(line.start, match.start() - _NEAR), match.start(), "project.project")
        if near:
            begin = next(
                start
                for start, end in scene.sentences(line.start, line.end)
                if start <= match.start() < end or end >= match.end()
            )
            return match[1].strip(), min(begin, near[0].start)
    return None


def _of_heading(scene: Scene, number: int) -> tuple[str, int] | None:
    """The heading above a line that stands again after its word for a project."""
    line = scene.lines[number]
    above = [
        each for each in scene.lines[max(0, number - _HEADINGS) : number] if each.words <= _HEADING_WORDS
    ]
    for hit in scene.hits(line.start, line.end, "project.project"):
        after = scene.text[hit.end : line.end].lstrip(" :,-–").casefold()
        for heading in above:
            title = heading.text.strip(" .:")
            if len(title.split()) > 1 and after.startswith(title.casefold()):
                return title, hit.start
    return None


def _bracketed(scene: Scene, line: Line) -> tuple[str, int] | None:
    for match in _BRACKETS.finditer(scene.text[line.start : line.end]):
        at = line.start + match.start()
        if scene.has(at, line.start + match.end(), "project.project") or "project" in match[1].casefold():
            return match[1].strip(" ,–-"), max(line.start, at - _FAR)
    return None


def _in_capitals(scene: Scene, line: Line) -> tuple[str, int] | None:
    """A title in capitals: after the word for a project or before it ("City Twins Network project")."""
    for hit in scene.hits(line.start, line.end, "project.project"):
        before = _CAPITALS_BEFORE.search(scene.text[max(line.start, hit.start - _FAR) : hit.start])
        if before:
            start = hit.start - len(before[1])
            return scene.text[start : hit.end], start
        after = _CAPITALS_AFTER.match(scene.text[hit.end : min(line.end, hit.end + _FAR)])
        if after:
            return after[1].strip(" ,.;"), hit.start
    return None
