"""The live maps: they draw, they answer to the keyboard; without a script the server's drawing is there."""

import base64
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watched
from tests.browser.test_access import RULES, RUNS_OFF, faults
from tests.browser.test_drawing import SHARES

pytestmark = pytest.mark.browser

SECONDS = 1000
DRAWN = 60 * SECONDS
"""A machine without a graphics card that has other work to do."""

COLOUR = """token => { const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--${token})`; return getComputedStyle(probe).color; }"""
ARCS = """async () => {
    const {arc, bounds} = await import('/static/web/maps/sphere.js');
    const {zooms, NEAREST} = await import('/static/web/maps/thinning.js');
    const line = arc([139.7, 35.7], [-149.9, 61.2]);
    return {
        leaps: line.slice(1).filter(([x], i) => Math.abs(x - line[i][0]) > 20).length,
        ends: [line[0], line.at(-1)].map(([x, y]) => [Math.round(x), Math.round(y)]),
        none: arc([5, 5], [5, 5]).length,
        opposite: arc([20, 10], [-160, -10]).flat().every(Number.isFinite),
        bounds: bounds([[170, 10], [-170, 20]]),
        zooms: [...zooms([[26, 57.7], [26.01, 57.7], [-60, 0]], [3, 9, 0])]
            .map(zoom => zoom === NEAREST ? 'last' : zoom),
    };
}"""


@pytest.fixture
def live(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose maps are live."""
    with watched(browser, site, live_maps=True) as opened:
        opened.set_default_timeout(DRAWN)
        yield opened


def shares(page: Page) -> list[float]:
    """How much of the live map is land, how much sea, as the page colours them."""
    shot = base64.b64encode(page.locator(".map-live canvas").screenshot()).decode()
    land, sea = (page.evaluate(COLOUR, token) for token in ("land", "sea"))
    found: list[float] = page.evaluate(SHARES, [shot, land, sea])
    return found


def test_the_map_of_a_party_draws_and_is_lit_with_its_list(live: Page) -> None:
    live.goto("/en/parties/valmiera/")
    figure = live.locator("figure.map")
    expect(figure).to_have_attribute("data-started", "done", timeout=DRAWN)
    expect(figure.locator("svg[role=img]")).to_be_hidden()
    assert [share > 0.1 for share in shares(live)] == [True, True]
    live.emulate_media(color_scheme="dark")
    live.wait_for_timeout(1 * SECONDS)
    assert [share > 0.1 for share in shares(live)] == [True, True]

    canvas = live.get_by_role("region", name="Map of Valmiera and its partners")
    assert canvas.evaluate("element => element.tabIndex") == 0
    quiet = canvas.screenshot()
    row = live.locator("main tbody tr", has=live.get_by_role("link", name="Solna")).first
    row.get_by_role("link").first.focus()
    live.wait_for_timeout(1 * SECONDS)
    assert canvas.screenshot() != quiet
    assert row.evaluate("element => element.classList.contains('is-lit')")
    assert faults(Axe().run(live, options=RULES).response["violations"]) == []
    assert live.evaluate(ARCS) == {
        "leaps": 0,
        "ends": [[140, 36], [210, 61]],
        "none": 0,
        "opposite": True,
        "bounds": [[170, 10], [190, 20]],
        "zooms": ["last", 0, 0],
    }


def test_a_place_is_chosen_and_left_by_the_keyboard(live: Page) -> None:
    live.set_viewport_size({"width": 390, "height": 844})
    live.goto("/en/partnerships/?country=LV")
    summary = live.locator("details.atlas summary")
    summary.focus()
    live.keyboard.press("Enter")
    expect(live.locator("details.atlas")).to_have_attribute("data-started", "done", timeout=DRAWN)
    assert [share > 0.1 for share in shares(live)] == [True, True]
    first = live.locator(".atlas-list button").first
    name = first.locator("strong").inner_text()
    first.focus()
    live.keyboard.press("Enter")
    title = live.locator(".atlas-panel h2")
    expect(title).to_have_text(name, timeout=DRAWN)
    expect(title).to_be_focused()
    expect(live.locator(".atlas-list a").first).to_be_visible()
    assert faults(Axe().run(live, options=RULES).response["violations"]) == []
    assert live.evaluate(RUNS_OFF) == []
    live.keyboard.press("Escape")
    expect(live.locator(".atlas-list button", has_text=name).first).to_be_focused()
    expect(live.locator(".atlas-panel h2")).to_have_text("Most ties in this view")


@pytest.mark.parametrize("page", [False], indirect=True)
def test_without_javascript_the_drawing_of_the_server_is_there(page: Page) -> None:
    page.goto("/en/parties/valmiera/")
    expect(page.get_by_role("img", name="Map of Valmiera and its partners")).to_be_visible()
    assert page.locator("figure.map svg .ties path").count() > 2
    page.goto("/en/parties/")
    expect(page.locator("details.atlas")).to_be_hidden()
