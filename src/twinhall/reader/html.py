"""The text of an HTML page: what a reader of the page reads, without menus. Scripts are never run."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree, html

from twinhall.reader.lines import BETWEEN_CELLS, Kind, Line, squeezed
from twinhall.reader.maintext import Part, Placed, Walked, main_lines
from twinhall.reader.unreadable import Reason, UnreadableError


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNSEEN = _words(
    "script style noscript template head svg math canvas iframe object embed audio video map select "
    "datalist button textarea dialog"
)
_BLOCKS = _words(
    "html body main article section header footer nav aside div p blockquote pre figure figcaption address "
    "form fieldset legend details summary center table caption thead tbody tfoot tr td th ul ol menu dir li "
    "dl dt dd h1 h2 h3 h4 h5 h6 hr option label"
)
_HEADINGS = _words("h1 h2 h3 h4 h5 h6 legend summary caption")
_ITEMS = _words("li dt")
_MENUS = _words("nav footer")
_MENU_ROLES = _words("navigation search banner contentinfo menu menubar dialog alertdialog")
_MENU_NAMES = _words(
    "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs crumbs cookie cookies consent gdpr "
    "footer sidebar share sharing social socials pager pagination skip skiplink skiplinks toolbar login "
    "search newsletter"
)
_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|tt|center|a)\b[^<>]*>", re.IGNORECASE)
_OF_BODY = frozenset({"main", "article", "section", "header", "nav", "footer", "aside"})


@dataclass(frozen=True, slots=True)
class Laid:
    """A page as it is laid out; ``language`` as it says itself, ``asks_password`` if it has such a field."""

    lines: list[Line]
    title: str = ""
    language: str = ""
    asks_password: bool = False


def laid_out(text: str) -> Laid:
    """The lines of a page's text, its title, and what it says of itself. An empty page has none."""
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = _tree(text.replace("\0", ""))
    except (etree.ParserError, etree.XMLSyntaxError):
        return Laid([])
    walk = _Walk()
    walk.through(root)
    if not walk.lines:  # a page of nothing else
        walk = _Walk(with_menus=True)
        walk.through(root)
    lines = main_lines(Walked(walk.lines, root, walk.main, walk.deepest, walk.elements, len(data)))
    title = root.findtext(".//title") or ""
    language = root.get("lang") or root.get("xml:lang") or ""
    asks = root.find(".//input[@type='password']") is not None
    return Laid(lines, squeezed(title), language, asks)


def _tree(text: str) -> etree._Element:
    """The page's elements. Where they are nested deeper than libxml2 goes, which would drop the rest without
    a word, as pages do that close no ``<font>``, those of a line are left out; UnreadableError where that
    is not enough.
    """
    for source in (text, _INLINE.sub("", text)):
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
        if not any("depth" in error.message for error in parser.error_log):
            return root
    raise UnreadableError(
        "This page is nested too deep. Open it in a browser, and give it as a PDF or its text.",
        Reason.DAMAGED,
    )


# From elements to lines ------------------------------------------------------------------------------------


@dataclass
class _Row:
    """A row of a table while it is read: the lines of its cells."""

    node: etree._Element
    part: Part
    cells: list[list[Placed]] = field(default_factory=list)

    def lines(self) -> list[Placed]:
        """One line where each cell has one at most; else the row only lays out what stands in it."""
        if any(len(cell) > 1 for cell in self.cells):
            return [placed for cell in self.cells for placed in cell]
        texts = [cell[0].line.text if cell else "" for cell in self.cells]
        if not any(texts):
            return []
        only = [text for text in texts if text]
        joined = BETWEEN_CELLS.join(texts if len(only) > 1 else only)
        return [Placed(Line(joined, Kind.ROW), self.node, self.part)]


class _Open(NamedTuple):
    """An element that is open while the page is gone through."""

    element: etree._Element
    part: Part
    is_in_main: bool


class _Walk:
    """Goes through a page once, and takes down its lines."""

    def __init__(self, *, with_menus: bool = False) -> None:
        self.lines: list[Placed] = []
        self.main: etree._Element | None = None
        self.deepest = 0
        self._texts: list[str] = []
        self.elements = 0
        self._open: list[_Open] = []
        self._rows: list[_Row] = []
        self._kinds: list[Kind] = [Kind.PARAGRAPH]
        self._preformatted = 0
        self._links = self._linked = 0
        self._with_menus = with_menus
        self._passed: list[etree._Element] = []

    def through(self, root: etree._Element) -> None:
        """Take down all lines of a tree."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if self._is_passed_over(element):
                    if element.tag in _BLOCKS:
                        self._flush()
                    self._passed.append(element)
                    walker.skip_subtree()
                else:
                    self._start(element)
            else:
                if self._passed and self._passed[-1] is element:
                    self._passed.pop()
                else:
                    self._end(element)
                if element.tail and element is not root:
                    self._add(element.tail)
        self._flush()

    def _is_passed_over(self, element: etree._Element) -> bool:
        if element.tag == "head" and any(child.tag in _OF_BODY for child in element):
            return False  # of a page without a body: its first element was put into the head
        return element.tag in _UNSEEN or (not self._with_menus and _is_menu(element))

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        self.elements += 1
        before = self._open[-1] if self._open else _Open(element, Part.TEXT, is_in_main=False)
        part = max(before.part, self._part(element, is_in_main=before.is_in_main))
        self._open.append(_Open(element, part, before.is_in_main or tag in {"main", "article"}))
        self.deepest = max(self.deepest, len(self._open))
        if self.main is None and (tag == "main" or element.get("role") == "main"):
            self.main = element
        if tag == "tr":
            self._rows.append(_Row(element, part))
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].cells.append([])
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "a":
            self._links += 1
        elif tag == "br":
            self._texts.append("\n")
        if (kind := _kind(tag)) is not None:
            self._kinds.append(kind)
        if element.text:
            self._add(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
        self._open.pop()
        if tag == "tr" and self._rows:
            row = self._rows.pop()
            self._take(row.lines())
        elif tag == "pre":
            self._preformatted -= 1
        elif tag == "a":
            self._links -= 1
        if _kind(tag) is not None:
            self._kinds.pop()

    def _add(self, text: str) -> None:
        """Take down text, with its line breaks only where they are shown."""
        if text.isspace() and not self._preformatted:
            if self._texts:
                self._texts.append(" ")
            return
        self._texts.append(text if self._preformatted else text.replace("\n", " ").replace("\r", " "))
        if self._links:
            self._linked += len(text)

    def _flush(self) -> None:
        """Make lines of the text that was gathered."""
        if not self._texts:
            return
        texts, self._texts = "".join(self._texts), []
        linked, self._linked = self._linked, 0
        lines = [text for line in texts.split("\n") if (text := squeezed(line))]
        if not lines:
            return
        node, part, _ = self._open[-1]
        kind = self._kinds[-1]
        if kind is Kind.ITEM:
            self._kinds[-1] = Kind.MORE
        first = Placed(Line(lines[0], kind), node, part, linked=min(linked, len(texts)))
        self._take([first, *(Placed(Line(line, Kind.MORE), node, part) for line in lines[1:])])

    def _take(self, lines: list[Placed]) -> None:
        if self._rows:
            row = self._rows[-1]
            if not row.cells:
                row.cells.append([])
            row.cells[-1] += lines
        else:
            self.lines += lines

    def _part(self, element: etree._Element, *, is_in_main: bool) -> Part:
        tag = element.tag
        if self._with_menus and _is_menu(element):
            return Part.MENU
        if tag == "header":
            return Part.TEXT if is_in_main else Part.NAMED_MENU
        if tag in {"html", "body", "form"} or tag not in _BLOCKS:
            return Part.TEXT
        return Part.NAMED_MENU if _is_named_menu(element) else Part.TEXT


def _kind(tag: object) -> Kind | None:
    if tag in _HEADINGS:
        return Kind.HEADING
    if tag in _ITEMS:
        return Kind.ITEM
    if tag == "dd":
        return Kind.MORE
    return Kind.PARAGRAPH if tag in {"td", "th", "blockquote"} else None


def _is_menu(element: etree._Element) -> bool:
    return element.tag in _MENUS or element.get("role") in _MENU_ROLES


def _is_named_menu(element: etree._Element) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return not _MENU_NAMES.isdisjoint(named.replace("-", " ").replace("_", " ").split())
