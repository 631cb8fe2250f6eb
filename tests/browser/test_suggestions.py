"""Suggestions while a name is typed: by keyboard, in other scripts, and not needed without JavaScript."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_access import axe_finds
from tests.browser.test_journeys import BOTH, heading

pytestmark = pytest.mark.browser

WORDS = "Find a town, a network or a project"
BY_SCRIPT = [("Βαλμιέρα", "Valmiera"), ("Валмиера", "Valmiera"), ("черкаси", "Cherkasy")]
"""Greek, Bulgarian and Ukrainian; the register has no Greek name of Valmiera."""


@pytest.fixture
def field(page: Page) -> Locator:
    page.goto("/en/")
    return page.get_by_label(WORDS)


def typed(field: Locator, text: str) -> Locator:
    """The options once they are shown for what is typed, key by key."""
    field.press_sequentially(text)
    expect(field).to_have_attribute("aria-expanded", "true", timeout=15_000)
    return field.page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def active(field: Locator) -> Locator:
    """The option that the field says is active."""
    pointed = field.get_attribute("aria-activedescendant")
    assert pointed
    return field.page.locator(f"#{pointed}")


@pytest.mark.parametrize(("text", "name"), BY_SCRIPT)
def test_a_town_is_chosen_by_its_name_in_another_script(field: Locator, text: str, name: str) -> None:
    options = typed(field, text)
    expect(options.first).to_contain_text(name)
    field.press("ArrowDown")
    expect(active(field)).to_contain_text(name)
    field.press("Enter")
    heading(field.page, name)


def test_the_arrows_lead_through_the_list_and_back_to_the_field(field: Locator) -> None:
    options = typed(field, "val")
    last = options.count() - 1
    assert last > 0
    expect(field).to_have_role("combobox")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    for key, place in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)]:
        field.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        expect(field).to_have_attribute("aria-activedescendant", str(options.nth(place).get_attribute("id")))
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    expect(options.nth(last)).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    expect(field).to_have_value("val")
    expect(field.page.locator("[aria-live=polite]").filter(has_text="suggestions")).to_be_attached()


def test_escape_closes_the_list_and_keeps_what_was_typed(field: Locator) -> None:
    options = typed(field, "Βαλ")
    field.press("ArrowDown")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(field).to_have_value("Βαλ")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.press("Escape")
    field.press("Enter")
    expect(field.page).to_have_url(re.compile(r"/en/search/\?q="))


def test_axe_finds_nothing_while_the_list_is_open(field: Locator) -> None:
    typed(field, "вал")
    field.press("ArrowDown")
    for scheme in ("light", "dark"):
        field.page.emulate_media(color_scheme=scheme)
        assert axe_finds(field.page) == []


@BOTH
def test_the_form_is_sent_as_it_is(field: Locator) -> None:
    field.fill("Βαλμιέρα")
    field.page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(field.page).to_have_url(re.compile(r"/en/search/\?q="))
    field.page.get_by_role("main").get_by_role("link", name="Valmiera", exact=True).click()
    heading(field.page, "Valmiera")
