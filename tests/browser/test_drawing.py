"""What only a browser can tell: the map has land on it, the fonts are ours, paper shows what paper should."""

import base64
import re

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHARES = """async ([png, land, sea]) => {
    const draw = (size) => { const c = document.createElement('canvas'); [c.width, c.height] = size;
        return c.getContext('2d', {willReadFrequently: true}); };
    const rgb = (colour) => { const c = draw([1, 1]); c.fillStyle = colour; c.fillRect(0, 0, 1, 1);
        return [...c.getImageData(0, 0, 1, 1).data]; };
    const image = new Image();
    image.src = 'data:image/png;base64,' + png;
    await image.decode();
    const context = draw([image.width, image.height]);
    context.drawImage(image, 0, 0);
    const {data} = context.getImageData(0, 0, image.width, image.height);
    const share = (colour) => { let n = 0;
        for (let i = 0; i < data.length; i += 4)
            if ([0, 1, 2].every(k => Math.abs(data[i + k] - colour[k]) <= 3)) n++;
        return n / (data.length / 4); };
    return [share(rgb(land)), share(rgb(sea))];
}"""


def colour(page: Page, selector: str, what: str) -> str:
    return str(page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{what}"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    ["/en/parties/valmiera/", "/en/networks/city-twins-association/", "/en/partnerships/valga-valka/"],
)
def test_the_map_has_land_and_sea(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address, wait_until="networkidle")
    drawing = page.locator("figure.map svg")
    shot = base64.b64encode(drawing.screenshot()).decode()
    land, sea = colour(page, "figure.map .land", "fill"), colour(page, "figure.map svg", "backgroundColor")
    assert land != sea
    shares = page.evaluate(SHARES, [shot, land, sea])
    assert shares[0] > 0.15, shares
    if "valga" not in address:
        assert shares[1] > 0.1, shares


def test_the_fonts_are_our_own(page: Page) -> None:
    page.goto("/bg/parties/stara-zagora/", wait_until="networkidle")
    loaded = page.evaluate("() => [...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {family.strip('"') for family in loaded} == {"Inter Variable", "Source Serif 4 Variable"}


# Paper -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/en/parties/valmiera/", "Valmiera"),
        ("/en/partnerships/solna-valmiera/", "Solna and Valmiera"),
        ("/en/networks/city-twins-association/", "City Twins Association"),
        ("/en/projects/cities-of-change/", "Cities of change"),
    ],
)
def test_paper_shows_title_facts_sources_and_address_and_no_way_about(
    page: Page, site: str, address: str, title: str
) -> None:
    page.emulate_media(media="print")
    page.goto(address)
    lines = [line.strip() for line in page.locator("body").inner_text().splitlines() if line.strip()]
    assert lines[0] == title
    assert "Sources" in lines
    assert any("Accepted by: shipped with Twinhall." in line for line in lines)
    assert lines[-2] == f"{site}{address}"
    assert re.fullmatch(r"Printed on \d{1,2} \w+ \d{4}\.", lines[-1])
    for words in (
        "Skip to the content",
        "Menu",
        "Search",
        "English",
        "Register as of",
        "Where the facts come from",
    ):
        assert words not in lines
    assert page.get_by_role("navigation").filter(visible=True).count() == 0
    assert page.get_by_role("button").filter(visible=True).count() == 0


def test_a_sheet_of_paper_is_made(page: Page) -> None:
    page.goto("/en/parties/valmiera/")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF-")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheet)) <= 4
