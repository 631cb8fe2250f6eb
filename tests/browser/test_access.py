"""Nobody is shut out: axe finds nothing, and nothing runs off the side, on any kind of page."""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.web.kinds import KINDS, REFUSED

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WITH_PEOPLE = {"applying": "networks/city-twins-association/apply/"}
"""Pages that are there only where somebody sits at a desk."""
SHEETS = [*KINDS, *REFUSED, "source"]
ONE_OF_EACH = [
    *("home", "parties", "party of networks", "partnerships", "partnership of three", "networks", "network"),
    *("projects", "project", "sources", "source", "disagreements", "search", "empty list"),
    *("party in error", *REFUSED, *WITH_PEOPLE),
]


def address_of(page: Page, kind: str, language: str = "en") -> str:
    if kind == "source":
        page.goto(f"/{language}/sources/")
        return str(
            page.get_by_role("main").get_by_role("table").get_by_role("link").first.get_attribute("href")
        )
    return f"/{language}/{REFUSED[kind][0] if kind in REFUSED else {**KINDS, **WITH_PEOPLE}[kind]}"


def faults(found: list[dict[str, Any]]) -> list[str]:
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def axe_finds(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is shown now; a document is given axe once."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return faults(page.evaluate("rules => axe.run(rules).then(found => found.violations)", RULES))


LOOKS = [(1440, "light"), (390, "dark")]
"""Each width and each scheme once: what axe asks of colours takes it seconds a page."""


def look(page: Page, kind: str, looks: list[tuple[int, str]]) -> dict[tuple[int, str], list[str]]:
    """What axe finds wrong with a page, by width and scheme."""
    page.goto(address_of(page, kind))
    found = {}
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found[width, scheme] = axe_finds(page)
    return found


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_axe_finds_nothing(page: Page, kind: str) -> None:
    assert look(page, kind, LOOKS) == {(1440, "light"): [], (390, "dark"): []}


def test_axe_finds_nothing_in_any_part_in_any_look(page: Page) -> None:
    assert look(page, "components", [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]) == {
        (390, "light"): [],
        (390, "dark"): [],
        (1440, "light"): [],
        (1440, "dark"): [],
    }


def test_axe_would_find_a_fault(page: Page) -> None:
    page.goto("/en/")
    page.evaluate("() => document.querySelector('#home-search').labels[0].remove()")
    assert axe_finds(page)[0].startswith("label: <input")


# Width -------------------------------------------------------------------------------------------------

RUNS_OFF = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
        .filter(element => element.getBoundingClientRect().right > width + 0.5)
        .map(element => element.outerHTML.slice(0, 120)).slice(0, 5);
}"""


@pytest.mark.parametrize("kind", SHEETS)
def test_nothing_runs_off_the_side(page: Page, kind: str) -> None:
    page.goto(address_of(page, kind))
    found = {}
    for width in (320, 390, 720, 1440):  # 720 is what 1440 becomes at 200 % zoom
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(RUNS_OFF)
    assert {how: what for how, what in found.items() if what} == {}


@pytest.mark.parametrize("language", ["et", "lv", "bg"])
@pytest.mark.parametrize("kind", ["home", "party", "partnership", "network", "project", "disagreements"])
def test_nothing_runs_off_the_side_in_other_languages(page: Page, kind: str, language: str) -> None:
    page.goto(address_of(page, kind, language))
    found = {}
    for width in (320, 720, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(RUNS_OFF)
    assert {how: what for how, what in found.items() if what} == {}
