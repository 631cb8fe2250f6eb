"""Reads the house's documents: what they link to and which commands they name."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\]|!\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)[^)]*\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def documents() -> list[Path]:
    """Every document that people read."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def code(text: str) -> str:
    """What is set as code, in blocks and in lines."""
    blocks = [block for _, block in _FENCE.findall(text)]
    return "\n".join([*blocks, *_SPAN.findall(_FENCE.sub("", text))])


def _without_comments(text: str) -> str:
    return re.sub(r"(?:^|[ \t])#.*", "", code(text), flags=re.MULTILINE)


def make_targets_named(text: str) -> set[str]:
    return set(re.findall(r"(?:^|[ \t])make ([a-z][a-z-]*)", _without_comments(text), re.MULTILINE))


def commands_named(text: str) -> set[str]:
    """The first words after ``twinhall``."""
    return set(re.findall(r"(?:^|[ \t/])twinhall ([a-z][a-z_-]*)", _without_comments(text), re.MULTILINE))


def targets_of_links(text: str) -> Iterator[str]:
    """What links and pictures lead to inside the project; addresses elsewhere are left out."""
    prose = _FENCE.sub("", text)
    for target in _LINK.findall(prose):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(text: str) -> set[str]:
    """The names of a document's headings, as links know them."""
    names = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text))
    return set(names)


def dead_links(document: Path, text: str) -> list[str]:
    """Links of a document to files or headings that are not there."""
    dead = []
    for target in targets_of_links(text):
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            dead.append(target)
    return dead
