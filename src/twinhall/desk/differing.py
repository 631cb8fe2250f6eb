"""What tells two texts apart, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether they stand in this one only."""

    text: str
    is_own: bool


def apart(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: those that they share, and those that are one's own."""
    first, second = _WORDS.findall(one), _WORDS.findall(other)
    steps = SequenceMatcher(None, first, second).get_opcodes()
    ours = [(first[a:b], step != "equal") for step, a, b, _c, _d in steps]
    theirs = [(second[c:d], step != "equal") for step, _a, _b, c, d in steps]
    return list(_pieces(ours)), list(_pieces(theirs))


def _pieces(parts: list[tuple[list[str], bool]]) -> Iterator[Piece]:
    for said, is_own in parts:
        if said:
            yield Piece("".join(said), is_own)
