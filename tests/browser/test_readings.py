"""An officer and a secretary have pages read, and what these say comes into the register with its words."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Come
from tests.browser.test_access import axe_finds
from tests.web.serving import twinhall

PAGES = Path(os.environ.get("TWINHALL_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "pages"

pytestmark = pytest.mark.browser

needs_corpus = pytest.mark.skipif(
    not PAGES.is_dir(),
    reason="the evaluation corpus is not beside the project (../shared/corpus, or TWINHALL_CORPUS)",
)

ILZE = "officer@valmiera.example"
AINO = "secretary@citytwins.example"

# The records of the register stand, and nobody has said anything of them yet but the gazetteer.
SILENT = """
from twinhall.evidence.models import Decision, Source, Statement
from twinhall.evidence.settling import place_of, settle
from twinhall.parties.precedence import rank
words = Statement.objects.filter(source__kind="page")
places = {place_of(word) for word in words}
Decision.objects.filter(statement__in=words).delete()
words.delete()
settle(places, rank)
"""


@pytest.fixture(scope="module", autouse=True)
def _silent(desk_var: Path, site_settings: dict[str, str]) -> None:
    """Every word of the shipped pages is taken out, so that what is said comes from the readings."""
    done = twinhall(desk_var, "shell", "-v", "0", "-c", SILENT, **site_settings)
    assert done.returncode == 0, done.stderr


def text_of(number: int) -> str:
    """A page of the corpus, as a person would paste it."""
    return (PAGES / f"seed-00{number}.txt").read_text("utf-8")


def have_read(page: Page, party: str, number: int, title: str, publisher: str = "") -> None:
    """Opens the desk of a party, pastes a page, and has it read."""
    page.goto(f"/en/desk/parties/{party}/readings/add/")
    page.get_by_label("A text that I paste").check()
    page.get_by_label("Text", exact=True).fill(text_of(number))
    page.get_by_label("Title of the page").fill(title)
    if publisher:
        page.get_by_label("another party of the register").check()
        group = page.get_by_role("group", name="The other party")
        group.get_by_role("textbox").fill(publisher)
        group.get_by_role("button", name="Find").click()
        page.get_by_role("radio", name=re.compile(f"^{publisher} ·")).check()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def card(page: Page, title: str) -> Locator:
    """The card of a fact that waits, by the names in its title."""
    return page.get_by_role("article", name=re.compile(re.escape(title)))


def accept_agreeing(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Accept (all|the one)")).click()
    page.get_by_role("button", name="Accept them").click()
    expect(page.get_by_role("status")).to_contain_text("accepted.")


def choose_the_likeliest(card: Locator) -> None:
    """Where it is in doubt who is meant, takes the first of those offered."""
    for group in card.get_by_role("group").all():
        if not group.locator("input:checked").count():
            group.get_by_role("radio").first.check()


def accept_the_others(page: Page, *, contrary: bool) -> None:
    """Accepts card by card what can be accepted as it stands; what disagrees only where it is to."""
    cards = page.get_by_role("article")
    if not contrary:
        cards = cards.filter(has_not=page.locator("h3", has_text="disagrees"))
    accept = re.compile("^Accept")
    buttons = cards.get_by_role("button", name=accept)
    while left := buttons.count():
        choose_the_likeliest(cards.filter(has=page.get_by_role("button", name=accept)).first)
        buttons.first.click()
        expect(page.get_by_role("status")).to_contain_text("Accepted.")
        expect(buttons).to_have_count(left - 1)


@needs_corpus
def test_an_officer_reads_the_page_of_her_town_and_the_public_sees_its_words(come: Come) -> None:
    page = come(ILZE)
    have_read(page, "valmiera", 2, "Starptautiskā sadarbība")
    expect(page.locator("mark").filter(has_text="2022. gada 22.jūlijā").first).to_be_visible()
    expect(card(page, "Valmiera – Cherkasy").first).to_contain_text("22 July 2022")
    assert axe_finds(page) == []
    accept_agreeing(page)
    accept_the_others(page, contrary=False)

    page.goto("/en/partnerships/cherkasy-valmiera/")
    sides = page.get_by_role("region", name="What each side says")
    expect(sides).to_contain_text("2022. gada 22.jūlijā")
    expect(sides).to_contain_text("no page of this side has been read")
    sources = page.get_by_role("region", name="Sources")
    expect(sources.locator("blockquote").first).to_contain_text("2022. gada 22.jūlijā")

    have_read(page, "valmiera", 2, "Starptautiskā sadarbība")
    expect(page.get_by_role("status")).to_contain_text("Nothing has changed on this page")


SIGNED = "{year}. gadā parakstīts sadarbības līgums starp Valmieru un {town} Igaunijā."


def upload(page: Page, title: str, *ties: str) -> None:
    """Opens the desk of Valmiera, uploads a page in HTML, and has it read."""
    text = "".join(f"<p>{tie}</p>" for tie in ties)
    html = f"<html lang=lv><title>{title}</title><body><h1>{title}</h1>{text}</body></html>"
    page.goto("/en/desk/parties/valmiera/readings/add/")
    page.get_by_role("radio", name=re.compile("^A file")).check()
    file = {"name": "page.html", "mimeType": "text/html", "buffer": html.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("Title of the page").fill(title)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_facts_are_decided_on_by_keyboard(come: Come) -> None:
    page = come(ILZE)
    towns = ("Tartu", "Viljandi", "Rakveri")
    upload(page, "Sadarbība", *(SIGNED.format(year=1999 + n, town=town) for n, town in enumerate(towns)))
    cards = page.get_by_role("article")
    expect(cards).to_have_count(3)
    page.keyboard.press("j")
    expect(cards.first).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Accepted.")
    expect(page.get_by_role("status")).to_be_in_viewport()
    expect(cards).to_have_count(2)
    expect(cards.first).to_be_focused()
    page.keyboard.press("j")
    expect(cards.last).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reject a fact")
    page.get_by_label("Why is it rejected?").focus()
    page.keyboard.type("The page errs.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Rejected.")
    expect(cards).to_have_count(1)
    expect(cards.first).to_be_focused()

    page.locator("summary", has_text="2 facts that were decided on").press("Enter")
    page.get_by_role("link", name="Reopen").press("Enter")
    page.get_by_role("button", name="Reopen").press("Enter")
    expect(page.get_by_role("status")).to_have_text("It waits again.")
    expect(cards).to_have_count(2)
    expect(cards.last).to_be_focused()


ONE_OF_MANY = "2011. gadā parakstīts sadarbības līgums starp Valmieru un Neustadt Vācijā."


def test_a_key_that_is_held_decides_once_and_never_on_whom_is_meant(come: Come) -> None:
    page = come(ILZE)
    upload(page, "Draugi", *(SIGNED.format(year=1999, town=town) for town in ("Tartu", "Viljandi")))
    cards = page.get_by_role("article")
    expect(cards).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.down("a")
    expect(cards).to_have_count(1)
    expect(cards.first).to_be_focused()
    page.keyboard.down("a")  # held: the browser repeats it
    page.wait_for_timeout(500)
    page.keyboard.up("a")
    expect(cards).to_have_count(1)

    upload(page, "Neustadt", ONE_OF_MANY)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("radio").first).to_be_focused()
    expect(cards).to_have_count(1)
    page.keyboard.press("Space")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_have_text("Accepted.")


def test_nobody_is_shut_out_of_deciding(come: Come) -> None:
    page = come(ILZE)
    page.goto("/en/desk/parties/valmiera/readings/add/")
    assert axe_finds(page) == []
    upload(page, "Sadarbība ar Pērnavu", SIGNED.format(year=1995, town="Pērnavu"))
    assert axe_finds(page) == []
    reading = page.url
    for deed in ("1/accept/", "1/correct/", "1/reject/", "agreeing/"):
        page.goto(reading + deed)
        assert axe_finds(page) == []
    for language in ("bg", "lv"):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(reading.replace("/en/", f"/{language}/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_fact_is_corrected_on_a_phone(come: Come, javascript: bool) -> None:  # noqa: FBT001
    page = come(ILZE, java_script_enabled=javascript, viewport={"width": 390, "height": 844})
    year = "1998" if javascript else "1997"
    page.goto("/en/desk/parties/valmiera/readings/add/")
    page.get_by_label("A text that I paste").check()
    text = f"Sadarbība\n\n{year}. gadā parakstīts sadarbības līgums starp Valmieru un Pērnavu Igaunijā.\n"
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("Title of the page").fill(f"Sadarbība ar Pērnavu {year}")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".read-text")).to_be_hidden()
    page.get_by_label("Show the text").check()
    expect(page.locator(".read-text mark").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name=re.compile("^Correct")).first.click()
    page.get_by_label("Since").fill("1996")
    page.get_by_label("Why should it read otherwise").fill("The agreement says so.")
    page.get_by_role("button", name="Correct and accept").click()
    expect(page.get_by_role("status")).to_contain_text("Accepted.")


@needs_corpus
def test_the_disagreements_of_the_pages_appear_from_the_readings(come: Come) -> None:
    page = come(AINO)
    have_read(page, "city-twins-association", 0, "Kaksiklinnade Assotsiatsioon", "Valga")
    accept_agreeing(page)
    accept_the_others(page, contrary=False)
    have_read(page, "city-twins-association", 1, "What is City Twins Association?")
    accept_the_others(page, contrary=True)

    reader = come()
    reader.goto("/en/disagreements/")
    main = reader.get_by_role("main")
    expect(main).to_contain_text("Valka")  # in Lithuania
    expect(main).to_contain_text("cooperating, not yet a member")
    reader.goto("/en/networks/city-twins-association/")
    quotes = reader.get_by_role("region", name="Sources").locator("blockquote")
    expect(quotes.filter(has_text="because of Polish legislation").first).to_be_visible()
    expect(quotes.filter(has_text="Cieszyn (Poola)").first).to_be_visible()
