"""Which lines of an HTML page are its text, and which its menus."""

import logging
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum

from lxml import etree
from trafilatura import bare_extraction

from twinhall.reader.lines import BETWEEN_CELLS, Line, squeezed

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # that it finds nothing is no news here

_LARGEST_FOR_MAIN_TEXT = 1_000_000
"""Bytes; finding the main text takes some three seconds for them. Of larger pages all is read but menus."""
_DEEPEST_FOR_MAIN_TEXT = 200
_MOST_FOR_MAIN_TEXT = 20_000
"""Elements; those of a page that is full of text are a few thousand."""
_MOST_OF_MAIN = 0.9
"""The main part of a page is the smallest that holds this share of its main text."""
_LOST = 0.3
"""Where less than this share of a page would be kept, all of it is, but menus."""


class Part(IntEnum):
    """Whether a line stands in the page's text, in what is named as a menu, or in what surely is one."""

    TEXT = 0
    NAMED_MENU = 1
    MENU = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where it stands in the page."""

    line: Line
    node: etree._Element
    part: Part
    linked: int = 0
    """How many characters, of it and of those that belong to it, are links."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A page and its lines.

    ``main`` is what it calls its main part, ``deepest`` how deep its elements are nested, ``elements`` how
    many they are, ``size`` its bytes.
    """

    lines: list[Placed]
    root: etree._Element
    main: etree._Element | None
    deepest: int
    elements: int
    size: int


def main_lines(walk: Walked) -> list[Line]:
    """The lines of the page's main part, as trafilatura finds it; all but menus where that loses too much."""
    no_menu = _without_menus(walk.lines)
    is_small = walk.size <= _LARGEST_FOR_MAIN_TEXT and walk.elements <= _MOST_FOR_MAIN_TEXT
    if not is_small or walk.deepest > _DEEPEST_FOR_MAIN_TEXT:
        return _plain_lines(no_menu)
    found = _main_text(walk.root)
    main = _main_part([placed for placed in walk.lines if _is_found(placed.line.text, found)])
    if walk.main is not None and _length(no_menu, within=walk.main):
        main = walk.main if main is None else _around(main, walk.main)
    if main is None:
        return _plain_lines(no_menu)
    inside = _inside(no_menu, main)
    if _length(inside) < _LOST * _length(no_menu) and main is not walk.main:
        return _plain_lines(no_menu)
    kept = {id(placed) for placed in inside}
    return _plain_lines(placed for placed in walk.lines if id(placed) in kept)


def _without_menus(lines: list[Placed]) -> list[Placed]:
    """All but menus; what is only named one counts as one unless it holds most of the rest."""
    rest = [placed for placed in lines if placed.part < Part.MENU]
    text = [placed for placed in rest if placed.part is Part.TEXT]
    if _length(text) and _said(text) >= _LOST * _said(rest):
        return text
    return rest or lines


def _main_text(root: etree._Element) -> AbstractSet[str]:
    """The texts that trafilatura takes for the page's main text: of each element, and of its parts."""
    try:
        document = bare_extraction(
            root, fast=True, favor_recall=True, include_comments=False, include_tables=True
        )
    except Exception:  # noqa: BLE001 - it is made for pages as they should be; ours need not be
        return frozenset()
    if document is None or isinstance(document, dict) or document.body is None:
        return frozenset()
    texts = set()
    for element in document.body.iter():
        whole = (
            "".join(map(str, element.itertext()))
            if not len(element) or element.tag in {"p", "head", "item"}
            else ""
        )
        texts |= {squeezed(text) for text in (whole, element.text or "", element.tail or "") if text}
    return frozenset(texts - {""})


def _is_found(text: str, found: AbstractSet[str]) -> bool:
    return any(part in found for part in text.split(BETWEEN_CELLS))


def _main_part(found: list[Placed]) -> etree._Element | None:
    """The innermost element that holds most of the text that was found."""
    weights: dict[etree._Element, int] = {}
    order: list[etree._Element] = []
    for placed in found:
        for element in (placed.node, *placed.node.iterancestors()):
            if element not in weights:
                order.append(element)
            weights[element] = weights.get(element, 0) + len(placed.line.text)
    enough = _MOST_OF_MAIN * sum(len(placed.line.text) for placed in found)
    holding = [element for element in order if weights[element] >= enough]
    return max(holding, key=_depth, default=None)


def _depth(element: etree._Element) -> int:
    return sum(1 for _ancestor in element.iterancestors())


def _around(one: etree._Element, two: etree._Element) -> etree._Element:
    """The innermost element that holds both."""
    ancestors = {one, *one.iterancestors()}
    return next(element for element in (two, *two.iterancestors()) if element in ancestors)


def _inside(lines: list[Placed], element: etree._Element) -> list[Placed]:
    known: dict[etree._Element, bool] = {}
    return [placed for placed in lines if _is_inside(placed.node, element, known)]


def _is_inside(node: etree._Element, element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    if node not in known:
        known[node] = node is element or element in node.iterancestors()
    return known[node]


def _length(lines: Iterable[Placed], within: etree._Element | None = None) -> int:
    known: dict[etree._Element, bool] = {}
    return sum(
        len(placed.line.text) for placed in lines if within is None or _is_inside(placed.node, within, known)
    )


def _said(lines: Iterable[Placed]) -> int:
    """Characters that are no links, of which menus are made."""
    return sum(max(len(placed.line.text) - placed.linked, 0) for placed in lines)


def _plain_lines(lines: Iterable[Placed]) -> list[Line]:
    return [placed.line for placed in lines]
