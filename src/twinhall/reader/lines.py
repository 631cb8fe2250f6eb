"""The lines of a page that was laid out – headings, paragraphs, list items, rows of tables – as text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

_UNSEEN = {
    **dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060\ufffe\uffff")),
    **dict.fromkeys(map(ord, "\u200b\ufeff"), " "),
}
"""Soft hyphens and joiners, which stand within words and are not seen; places where a line may break."""
BETWEEN_CELLS = " | "
_BULLET = "- "


class Kind(Enum):
    """What a line is; MORE goes on with what the line before it is about."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()
    MORE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, without line breaks."""

    text: str
    kind: Kind


def text_of(lines: Iterable[Line]) -> str:
    """The text that is kept: items after "- ", " | " between cells, a blank line before all else."""
    return "".join(_pieces(lines))


def squeezed(text: str) -> str:
    """Text on one line: blanks of any sort as one space, none at the ends, nothing that cannot be seen."""
    return " ".join((text if text.isascii() else text.translate(_UNSEEN)).split())


def _pieces(lines: Iterable[Line]) -> Iterator[str]:
    before: Kind | None = None
    for line in lines:
        if before:
            yield "\n" if _goes_on(before, line.kind) else "\n\n"
        yield _BULLET + line.text if line.kind is Kind.ITEM else line.text
        if line.kind is not Kind.MORE or before is None:
            before = line.kind


def _goes_on(before: Kind, kind: Kind) -> bool:
    if kind is Kind.MORE:
        return True
    return before is kind and (kind is Kind.ITEM or kind is Kind.ROW)
