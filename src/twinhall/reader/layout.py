"""The kept text of a page as lines, sentences and parts, all with their places in it."""

import re
from dataclasses import dataclass

_BULLET = re.compile(
    r"[\s\-–—*•·▪►»>✓○●■□☐|+]*"
    r"(?:\(?\d{1,3}\)(?=\s)|\d{1,2}\.\d{1,2}\.?(?=\s[^\W\d_])|[a-z]\)(?=\s))?"
    r"[\s\-–—*•·▪]*"
)
_STOP = re.compile(r"[.!?…]+[\"”»’')\]]*(?=\s)|\n")
_ABBREVIATION = 3  # letters of a word before a full stop that may be an abbreviation
_LOOKED_BACK = 20  # characters before a full stop that tell whether it ends a sentence
_YEAR_DIGITS = 4
_PART = re.compile(
    r"[,;:|\t•·]|\s[-–—]\s|(?<=\S)[–—]\s?|\s[-–—](?=\S)|"
    r"(?<=[^\W\d])-\s|[()\[\]]|\s/\s|"
    r"(?<=[^\W\d_]{3})\.\s(?=[^\W\d_])|(?<=\))-(?=\S)|\s{3,}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it; ``start`` and ``end`` leave out the signs of a list before it.

    ``gap`` is whether an empty line, or the page's beginning, is before it; ``bullet`` whether it has such
    a sign.
    """

    start: int
    end: int
    text: str
    gap: bool
    bullet: bool

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between signs; ``sign`` is the one before it, ``depth`` how many brackets it stands in."""

    start: int
    end: int
    text: str
    sign: str
    depth: int
    following: str = ""


def lines_of(text: str) -> list[Line]:
    """The lines that hold more than spaces, in their order."""
    lines = []
    gap, at = True, 0
    for raw in text.splitlines(keepends=True):
        body = raw.rstrip()
        if not body.strip():
            gap = True
        else:
            lead = _BULLET.match(body)
            begin = lead.end() if lead and lead.end() < len(body) else len(body) - len(body.lstrip())
            kept = body[begin:]
            lines.append(Line(at + begin, at + len(body), kept, gap, bool(body[:begin].strip())))
            gap = False
        at += len(raw)
    return lines


def sentences_of(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Where sentences begin and end; a full stop after a number or a short word need not end one."""
    spans = []
    begin = 0
    for stop in _STOP.finditer(text):
        if stop.group() == "." and not _ends(text, stop.start(), stop.end()):
            continue
        if text[begin : stop.end()].strip():
            spans.append((begin, stop.end()))
        begin = stop.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return [_trimmed(text, begin, end, offset) for begin, end in spans]


def _ends(text: str, at: int, after: int) -> bool:
    following = text[after : after + 4].lstrip(' \u00a0"“„«(')[:1]
    if not following:
        return True
    if not (following.isupper() or following.isdigit()) and not following.isspace():
        return following in "-–—•"
    begin = at
    while begin > 0 and not text[begin - 1].isspace() and at - begin < _LOOKED_BACK:
        begin -= 1
    before = text[begin:at].lstrip('(„“"«')
    if before.isdigit():
        # "9. May", "1991. gadā": an ordinal; but "… in 1991. The town" ends, as far as a year is no ordinal.
        return len(before) == _YEAR_DIGITS and following.isupper()
    short = len(before) <= _ABBREVIATION and before.isalpha()
    return (
        not (short and (before[:1].isupper() or len(before) == 1 or "." in before))
        and "." not in before.strip(".")[1:3]
    )


def _trimmed(text: str, begin: int, end: int, offset: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin + offset, end + offset


def parts_of(text: str, offset: int = 0) -> list[Part]:
    """The stretches between commas, dashes, brackets and the like."""
    parts: list[Part] = []
    depth, begin, sign = 0, 0, ""
    for match in [*_PART.finditer(text), None]:
        end = match.start() if match else len(text)
        mark = (match.group().strip() or "\t") if match else ""
        first, last = _trimmed(text, begin, end, 0)
        if last > first:
            parts.append(Part(first + offset, last + offset, text[first:last], sign, depth, mark))
        if match is None:
            break
        depth = max(0, depth + (mark in "([") - (mark in ")]"))
        begin, sign = match.end(), mark
    return parts
