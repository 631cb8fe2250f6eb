"""Ways through the site that a reader takes, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(
    "page", [True, False], indirect=True, ids=["with JavaScript", "without JavaScript"]
)
VALMIERA = "/en/parties/valmiera/"
PAGE_OF_VALMIERA = "Starptautiskā sadarbība"


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@BOTH
def test_from_the_front_page_to_the_source_of_a_tie(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))
    page.get_by_label("Find a town, a network or a project").fill("черкаси")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Cherkasy").click()
    heading(page, "Cherkasy")
    page.get_by_role("table").get_by_role("link", name="Valmiera").first.click()
    heading(page, "Valmiera")
    page.get_by_role("row", name="Cherkasy").get_by_role("link", name="cooperation agreement").click()
    expect(page).to_have_url(re.compile("/en/partnerships/cherkasy-valmiera/$"))
    page.get_by_role("main").get_by_role("link", name=PAGE_OF_VALMIERA).click()
    heading(page, PAGE_OF_VALMIERA)
    expect(page.get_by_role("heading", name="What it states")).to_be_visible()


@BOTH
def test_another_language_keeps_the_page_and_the_day(page: Page) -> None:
    page.goto(f"{VALMIERA}?on=2010-01-01")
    page.get_by_role("banner").get_by_role("link", name="Latviešu").click()
    expect(page).to_have_url(re.compile(r"/lv/parties/valmiera/\?on=2010-01-01$"))
    expect(page.locator("html")).to_have_attribute("lang", "lv")
    heading(page, "Valmiera")


@BOTH
def test_on_a_phone_the_menu_opens_and_leads_on(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(VALMIERA)
    menu = page.locator("details.menu")
    link = menu.get_by_role("link", name="Networks")
    expect(link).to_be_hidden()
    menu.locator("summary").click()
    link.click()
    heading(page, "Networks")


@BOTH
def test_the_register_is_shown_as_of_another_day_and_back(page: Page) -> None:
    page.goto(VALMIERA)
    page.get_by_label("Register as of").fill("2010-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/en/parties/valmiera/\?on=2010-01-01$"))
    expect(page.get_by_role("heading", name="Partnerships 6 in force")).to_be_visible()
    page.get_by_role("link", name="Back to today").click()
    expect(page).to_have_url(re.compile("/en/parties/valmiera/$"))


@BOTH
def test_a_list_is_narrowed_and_widened_again(page: Page) -> None:
    page.goto("/en/partnerships/")
    page.get_by_label("Country", exact=True).select_option(label="Ukraine")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Clear the filters").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(17)


@BOTH
def test_a_mark_leads_to_its_note(page: Page) -> None:
    page.goto(VALMIERA)
    mark = page.get_by_role("row", name="Solna").get_by_role("link", name=re.compile("^Source "))
    number = mark.inner_text()
    mark.click()
    expect(page).to_have_url(re.compile(f"#note-{number}$"))
    note = page.locator("li:target")
    expect(note).to_contain_text("Solna, Zviedrija, 1991")
    expect(note).to_be_in_viewport()
    other = page.locator(".notes li:not(:target)").first
    lit, plain = (note, other)
    colour = "element => getComputedStyle(element).backgroundColor"
    assert lit.evaluate(colour) != plain.evaluate(colour)


@BOTH
def test_what_does_not_exist_leads_back_in(page: Page) -> None:
    answer = page.goto("/en/parties/atlantis/")
    assert answer is not None
    assert answer.status == 404
    heading(page, "There is no page at this address")
    page.get_by_role("link", name="Look through the cities and regions").click()
    heading(page, "Cities and regions")


# The keyboard ------------------------------------------------------------------------------------------

STOPS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
    .filter(element => element.checkVisibility({visibilityProperty: true}))
    .map((element, number) => { element.dataset.stop = number; return number; })"""
HERE = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
        stop: element.dataset.stop,
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto(VALMIERA)
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("address", ["/en/", "/en/parties/?country=EE", "/en/partnerships/solna-valmiera/"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")  # else a stop may still be on its way into view
    page.goto(address)
    wanted = page.evaluate(STOPS)
    reached: list[int] = []
    unseen: list[int] = []
    for _ in range(3 * len(wanted)):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["stop"] is None:
            break
        stop = int(here["stop"])
        reached += [stop] if stop not in reached else []
        unseen += [] if here["seen"] and here["inside"] else [stop]
    assert reached == wanted
    assert unseen == []
