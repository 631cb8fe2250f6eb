"""Reads a page as a visitor does: its head, its sections, the rows of its tables, its notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect", "use"})
INLINE = frozenset({"a", "abbr", "b", "cite", "em", "q", "span", "strong"})
DRAWN = frozenset({"svg", "style", "script"})


@dataclass
class Element:
    """An element of a page with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self if e.tag == tag and wanted.items() <= e.attributes.items()]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    @property
    def is_read(self) -> bool:
        """Whether its words are read aloud, and are not the mark of a note."""
        is_mark = self.tag == "sup" and "note" in self.classes
        return self.tag not in DRAWN and self.attributes.get("aria-hidden") != "true" and not is_mark

    def _words(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.is_read:
                space = "" if part.tag in INLINE else " "
                yield space
                yield from part._words()
                yield space

    @property
    def text(self) -> str:
        """The words that are read aloud, without the marks of notes."""
        return re.sub(r"\s+", " ", "".join(self._words())).strip()

    @property
    def own_words(self) -> str:
        """The words that stand in it directly, read aloud or not."""
        return "".join(part for part in self.inside if isinstance(part, str)).strip()

    @property
    def marks(self) -> list[int]:
        """The numbers of the notes that the words carry."""
        sups = (e for e in self if e.tag == "sup" and "note" in e.classes)
        return [int(a.attributes["href"].removeprefix("#note-")) for sup in sups for a in sup.all("a")]

    @property
    def items(self) -> list[str]:
        return [li.text for li in self.all("li")]

    @property
    def rows(self) -> list[list[str]]:
        """The words of each row of tables, without those of their heads."""
        bodies = self.all("tbody")
        return [
            [cell.text for cell in tr if cell.tag in {"td", "th"}] for body in bodies for tr in body.all("tr")
        ]

    @property
    def facts(self) -> dict[str, str]:
        """The words of definition lists."""
        found = {}
        for dl in self.all("dl"):
            for group in dl.all("div"):
                found[group.one("dt").text] = "; ".join(dd.text for dd in group.all("dd"))
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


class Page(Element):
    """A whole page."""

    @property
    def main(self) -> Element:
        return self.one("main")

    @property
    def title(self) -> str:
        return self.one("head").one("title").text

    @property
    def heading(self) -> str:
        return self.main.one("h1").text

    @property
    def language(self) -> str:
        return self.one("html").attributes["lang"]

    @property
    def description(self) -> str:
        return self.one("meta", name="description").attributes["content"]

    @property
    def alternates(self) -> dict[str, str]:
        return {
            e.attributes["hreflang"]: e.attributes["href"]
            for e in self.one("head").all("link", rel="alternate")
            if "hreflang" in e.attributes
        }

    @property
    def headings(self) -> list[str]:
        return [heading.text for heading in self.main.all("h2")]

    def section(self, start: str) -> Element:
        """The section whose heading begins with these words."""
        found = [s for s in self.main.all("section") if s.all("h2")[0].text.startswith(start)]
        assert len(found) == 1, f"{start}: {len(found)} among {self.headings}"
        return found[0]

    def note(self, number: int) -> str:
        """The words of a numbered note: its matter, and what is printed of it."""
        parts = self.one("li", id=f"note-{number}").inside
        return " · ".join(part.text for part in parts if isinstance(part, Element) and part.tag != "a")

    def source_of(self, number: int) -> str:
        """The title of the source that a note stands under."""
        for source in self.main.all("div", class_="noted-source"):
            if source.all("li", id=f"note-{number}"):
                return source.one("cite").text
        raise AssertionError(f"No note {number}.")


def read(text: str) -> Page:
    """A page from its source."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder.open == [builder.root], [e.tag for e in builder.open]
    return Page(tag="document", inside=builder.root.inside)


class Answered(Protocol):
    """What a client of Django's tests is answered."""

    status_code: int

    @property
    def content(self) -> bytes: ...


def page(answer: Answered, status: int = 200) -> Page:
    """The page of an answer, which has the expected status."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    return read(answer.content.decode())
