"""Ways through the desk, each from signing in to what the public page then says."""

import datetime as dt
import re
from io import BytesIO

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from pypdf import PdfWriter

from tests.browser.conftest import Come

pytestmark = pytest.mark.browser

ILZE = "officer@valmiera.example"
KARIN = "officer@solna.example"
AINO = "secretary@citytwins.example"
MAREK = "coordinator@poznan.example"

NETWORK = "/en/networks/city-twins-association/"
PROJECT = "/en/projects/cities-of-change/"
TIE = "/en/partnerships/solna-valmiera/"


def a_pdf() -> FilePayload:
    """A document of one page."""
    writer, kept = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(kept)
    return {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def told(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def key_fact(page: Page, label: str) -> Locator:
    """A fact in the strip under the title of a public page."""
    return page.locator(".facts > div").filter(has=page.get_by_text(label, exact=True)).locator(".value")


def enter(page: Page, section: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=section, exact=True).click()
    heading(page, section)


# A tie from its beginning to its pause ------------------------------------------------------------------


def find_partner(page: Page, name: str, details: str) -> None:
    """Types a name, presses "Find" and takes the town of that name."""
    partner = page.get_by_role("group", name="The other side")
    partner.get_by_role("textbox").fill(name)
    partner.get_by_role("button", name="Find").click()
    expect(partner.get_by_text("Towns that are not in the register yet")).to_be_visible()
    partner.get_by_role("radio", name=re.compile(f"^{name} · {details}")).check()


def sign(page: Page, title: str) -> None:
    page.get_by_role("link", name="Sign", exact=True).click()
    page.get_by_label("Date", exact=True).fill("3.5.2019")
    page.get_by_label("Place").fill("Valmiera")
    page.get_by_label("A signed document says so").check()
    page.get_by_label("Title of the document").fill(title)
    page.get_by_label("The document, as PDF or photograph").set_input_files([a_pdf()])
    page.get_by_role("button", name="Sign", exact=True).click()
    told(page, "Saved.")


def publish(page: Page, title: str) -> None:
    row = page.get_by_role("row").filter(has_text="Agreement signed")
    expect(row).to_contain_text("private")
    row.get_by_role("link", name=re.compile(f"^Settings ?: {title}$")).click()
    heading(page, title)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("main")).to_contain_text("everyone")
    page.get_by_role("link", name="Cancel").click()


def suspend(page: Page) -> None:
    page.get_by_role("link", name="Suspend", exact=True).click()
    page.get_by_label("Date", exact=True).fill("2021-06-01")
    page.get_by_label("The words there, or your own").fill("Both councils agreed to rest.")
    page.get_by_role("button", name="Suspend").click()
    told(page, "Saved.")


@pytest.mark.parametrize(
    ("town", "country", "javascript"),
    [("Cēsis", "Latvia", True), ("Rakvere", "Estonia", False)],
    ids=["with JavaScript", "without JavaScript"],
)
def test_a_tie_is_added_signed_and_suspended(come: Come, town: str, country: str, javascript: bool) -> None:  # noqa: FBT001
    page, title = come(ILZE, java_script_enabled=javascript), f"Agreement with {town}"
    enter(page, "Partnerships")
    page.get_by_role("link", name="Add a partnership").click()
    find_partner(page, town, country)
    page.get_by_role("button", name="Add the partnership").click()
    told(page, "Added. Its status follows from its acts: add the first one.")
    expect(page.get_by_role("main")).to_contain_text("No act is recorded, so its status is unknown.")

    sign(page, title)
    publish(page, title)
    suspend(page)
    page.get_by_role("link", name="Public page").click()

    reader = come(java_script_enabled=javascript)
    for day, status in (("2018-01-01", "unknown"), ("2020-01-01", "in force"), ("", "suspended")):
        reader.goto(page.url + (f"?on={day}" if day else ""))
        expect(key_fact(reader, "Status")).to_have_text(status)
    acts = reader.get_by_role("table", name=re.compile("What happened"))
    expect(acts.get_by_role("row").nth(1)).to_contain_text("3 May 2019")
    expect(acts.get_by_role("row").nth(2)).to_contain_text("1 June 2021")
    sources = reader.get_by_role("region", name="Sources")
    expect(sources).to_contain_text(title)
    expect(sources).to_contain_text("Both councils agreed to rest.")
    expect(key_fact(reader, "Said by")).to_have_text("Valmiera only")
    document = reader.get_by_role("region", name="Acts").get_by_role("link", name=title)
    answer = reader.request.get(str(document.get_attribute("href")))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"


# A network, a project, the other side -------------------------------------------------------------------


def test_a_secretary_admits_a_town(come: Come) -> None:
    reader, today = come(), dt.datetime.now(dt.UTC).date()
    reader.goto(NETWORK)
    reason = "Polish law stands in the way."
    outside = reader.get_by_role("region", name="Not yet members").get_by_role("row")
    expect(outside.filter(has_text="Zgorzelec")).to_contain_text(reason)

    page = come(AINO)
    enter(page, "Memberships")
    page.locator(".filters").get_by_label("Search").fill("zgorzelec")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("table").get_by_role("link", name="Zgorzelec").click()
    page.get_by_role("link", name="Admit", exact=True).click()
    page.get_by_label("Date", exact=True).fill(
        today.isoformat()
    )  # its page was read to say “not yet” on the day of the demo
    page.get_by_role("button", name="Admit").click()
    told(page, "Saved.")
    expect(page.get_by_role("link", name="Exclude")).to_be_visible()

    reader.goto(NETWORK)
    members = reader.get_by_role("region", name=re.compile("^Members")).get_by_role("row")
    expect(members.filter(has_text="Zgorzelec")).to_contain_text("admitted")
    expect(members.filter(has_text="Zgorzelec")).not_to_contain_text(reason)
    expect(outside.filter(has_text="Zgorzelec")).to_have_count(0)


def test_a_coordinator_corrects_the_budget(come: Come) -> None:
    page = come(MAREK)
    enter(page, "Projects")
    page.get_by_role("table").get_by_role("link", name=re.compile("Cities of change")).click()
    page.get_by_role("row", name=re.compile("^Total cost")).get_by_role("link", name="Open").click()
    heading(page, "Total cost")
    page.get_by_label("Total cost", exact=True).fill("98500")
    page.get_by_label("The words there, or your own").fill("As in the final report.")
    page.get_by_role("button", name="State", exact=True).click()
    told(page, "Stated.")
    words = page.get_by_role("region", name="Who says what").locator(".word")
    expect(words).to_have_count(2)
    expect(words.first).to_contain_text("in force")
    expect(words.first).to_contain_text("98,500")

    reader = come()
    reader.goto(PROJECT)
    sheet = reader.get_by_role("region", name="Project sheet")
    expect(sheet).to_contain_text("98,500 EUR")
    expect(sheet).not_to_contain_text("99,000")
    sources = reader.get_by_role("region", name="Sources")
    expect(sources).to_contain_text("As in the final report.")
    expect(sources).to_contain_text("EUR 99 000")


def test_the_other_side_contests_a_date(come: Come) -> None:
    page = come(KARIN)
    page.get_by_role("link", name="Solna – Valmiera").first.click()
    page.get_by_role("link", name="Contest", exact=True).click()
    page.get_by_label("Cooperation began, date: 1991").check()
    page.get_by_label("What it should read").fill("1992")
    page.get_by_role("button", name="Contest").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the reason.")
    expect(page.get_by_label("What it should read")).to_have_value("1992")
    page.get_by_label("Reason").fill("The first letter came in 1992.")
    page.get_by_role("button", name="Contest").click()
    told(page, "Your word is kept beside the other side’s.")
    expect(page.get_by_role("row").filter(has_text="Cooperation began")).to_contain_text("disputed")

    reader = come()
    reader.goto(TIE)
    sides = reader.get_by_role("region", name="What each side says")
    expect(sides).to_contain_text("The words do not agree.")
    expect(sides).to_contain_text("1992")
    expect(key_fact(reader, "Since")).to_have_text("1991")
    expect(reader.get_by_role("region", name="Sources")).to_contain_text("The first letter came in 1992.")


# Who may not --------------------------------------------------------------------------------------------

NOT_THEIRS = [
    (KARIN, "partnerships/cherkasy-valmiera/acts/add/suspended/"),
    (KARIN, "memberships/12/acts/add/admitted/"),
    (KARIN, "projects/cities-of-change/partners/add/"),
    (KARIN, "partnerships/cherkasy-valmiera/contest/"),
    (AINO, "records/partnerships.partnership/9/withdraw/"),
    (MAREK, "partnerships/add/"),
]


@pytest.mark.parametrize(("email", "address"), NOT_THEIRS)
def test_nobody_gets_at_what_others_keep(come: Come, email: str, address: str) -> None:
    stranger = come()
    stranger.goto(f"/en/desk/{address}")
    expect(stranger).to_have_url(re.compile("/en/account/login/"))

    page = come(email)
    answer = page.goto(f"/en/desk/{address}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_what_others_state_of_a_project_waits(come: Come) -> None:
    page = come(KARIN)
    page.goto("/en/desk/records/projects.project/2/facts/ends/")
    page.get_by_label("Ends", exact=True).fill("2016")
    page.get_by_label("I state this for Solna").check()
    page.get_by_role("button", name="State", exact=True).click()
    told(page, "Proposed. It waits for those who speak for the record to accept it.")
    reader = come()
    reader.goto(PROJECT)
    expect(reader.get_by_role("region", name="Project sheet")).to_contain_text("31 May 2015")

    marek = come(MAREK)
    waiting = marek.get_by_role("region", name="To decide on")
    waiting.get_by_role("link", name=re.compile("Cities of change")).click()
    word = marek.locator(".word").filter(has_text="waits for a decision")
    expect(word).to_contain_text("2016")
    word.get_by_role("link", name=re.compile("^Reject")).click()
    marek.get_by_label("Reason").fill("The last report is of May 2015.")
    marek.get_by_role("button", name="Reject").click()
    expect(marek.locator(".word.rejected")).to_contain_text("2016")


# By keyboard, in other languages ------------------------------------------------------------------------

SEEN = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && box.bottom > 0 && box.top < innerHeight;
}"""


def tab_to(page: Page, wanted: Locator) -> None:
    """Goes on by Tab alone until it is reached; every stop on the way is to be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("() => document.activeElement.outerHTML.slice(0, 160)")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The keyboard does not get there.")


def test_a_tie_is_added_by_keyboard_alone(come: Come) -> None:
    page = come(ILZE, reduced_motion="reduce")
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Partnerships"))
    page.keyboard.press("Enter")
    heading(page, "Partnerships")
    tab_to(page, page.get_by_role("link", name="Add a partnership"))
    page.keyboard.press("Enter")
    heading(page, "Add a partnership")
    partner = page.get_by_role("group", name="The other side")
    tab_to(page, partner.get_by_role("textbox"))
    page.keyboard.type("Sigulda")
    tab_to(page, partner.get_by_role("button", name="Find"))
    page.keyboard.press("Enter")
    town = partner.get_by_role("radio", name=re.compile("^Sigulda · Latvia"))
    expect(town).to_be_focused()
    page.keyboard.press("Space")
    expect(town).to_be_checked()
    tab_to(page, page.get_by_label("Kind"))
    page.keyboard.press("ArrowDown")
    basis = page.get_by_role("group", name="Where does this come from?")
    own = basis.get_by_label("I state this for Valmiera")
    tab_to(page, own)
    page.keyboard.press("ArrowDown")
    expect(basis.get_by_label("A page in the web says so")).to_be_checked()
    expect(page.get_by_label("Address of the page")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(own).to_be_checked()
    tab_to(page, page.get_by_role("button", name="Add the partnership"))
    page.keyboard.press("Enter")
    told(page, "Added.")
    heading(page, re.compile("Sigulda"))


@pytest.mark.parametrize(("language", "town"), [("lv", "Smiltene"), ("et", "Elva"), ("bg", "Balvi")])
def test_a_tie_is_added_in_other_languages(come: Come, language: str, town: str) -> None:
    page = come(ILZE)
    answer = page.goto(f"/{language}/desk/partnerships/add/")
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("input[name=partner_q]").fill(town)
    page.locator("button[name=find][value=partner]").click()
    page.locator("input[name=partner]").first.check()
    page.locator("form.deed .buttons button").click()
    expect(page).to_have_url(re.compile(rf"/{language}/desk/partnerships/[a-z-]*{town.lower()}[a-z-]*/$"))
    page.locator('.deeds a[href$="/acts/add/signed/"]').click()
    page.locator("input[name=date]").fill("2024")
    page.locator("form.deed .buttons button").click()
    page.wait_for_url(re.compile(r"/desk/partnerships/[a-z-]+/$"))
    public = page.url.replace("/desk/", "/")
    answer = page.goto(public)
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".facts .value").nth(1)).to_have_text(re.compile("2024"))
