"""A network’s secretariat at work: from a town’s application to the minutes of the meeting that admits it.

What is looked at on the way is looked at by axe as well, wide and light or narrow and dark by turns.
"""

import datetime as dt
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from pypdf import PdfReader, PdfWriter

from tests.browser.conftest import Come
from tests.browser.test_access import LOOKS, RUNS_OFF, axe_finds
from tests.browser.test_desk_journeys import enter, heading, told
from tests.web.serving import twinhall

pytestmark = pytest.mark.browser

AINO = "secretary@citytwins.example"
KADRI = "admin@twinhall.example"
MARI = "officer@valga.example"
JANIS = "officer@valka.example"
ERIK = "officer@haparanda.example"
INVENTED = (MARI, JANIS, ERIK)
PASSWORD = "of the journey alone 9"

NETWORK = "/en/networks/city-twins-association/"
TITLE = "Board meeting on members"
CLOCK = "Atlantic/Reykjavik"
"""Clocks there show UTC, as the site does, so that the meeting and the register are always of one day."""
WIDE, NARROW = LOOKS

LET_IN = """
from twinhall.accounts.models import User
for person in User.objects.filter(email__in={people!r}):
    person.set_password({password!r})
    person.save()
"""
"""The people of the demo’s year have no passwords: nobody is to sign in as them but this journey."""

ANSWERED = """
from twinhall.accounts.models import User
from twinhall.meetings.actions.attending import Delegate, answer
from twinhall.meetings.models import Meeting
meeting = Meeting.objects.get(title={title!r})
for slug in ("valka", "tornio", "haparanda", "imatra"):
    person = User.objects.get(email=f"officer@{{slug}}.example")
    party = person.affiliations.get().party
    who = Delegate(name=person.name, office="International office", has_vote=True)
    answer(meeting, party, is_coming=True, delegates=[who], by=person, today=meeting.starts_on)
"""
"""Other towns answer the call too."""

A_MONTH_ON = """
import datetime as dt
from twinhall.accounts.models import User
from twinhall.meetings.actions.planning import plan_meeting
from twinhall.meetings.models import Meeting
meeting = Meeting.objects.get(title={title!r})
today = meeting.starts_on
then = today - dt.timedelta(days=30)
Meeting.objects.filter(pk=meeting.pk).update(starts_on=then, ends_on=then)
plan_meeting(organiser=meeting.organiser, by=User.objects.get(email={by!r}), kind="board",
    title="The next one", language="en", starts_on=today, ends_on=today, zone={zone!r})
"""
"""The meeting was a month ago, and the next one is today."""

ON_A_DAY = """
import datetime as dt
from twinhall.meetings.tasks import remind_of_commitments
remind_of_commitments(dt.date.fromisoformat({day!r}))
"""


class Site:
    """The site of the journey, behind its pages: its worker, its letters, its days."""

    def __init__(self, var: Path, settings: dict[str, str]) -> None:
        self.var, self.settings = var, settings

    def run(self, *words: str) -> None:
        made = twinhall(self.var, *words, **self.settings)
        assert made.returncode == 0, made.stderr

    def let(self, script: str, **told: object) -> None:
        self.run("shell", "-v", "0", "-c", script.format(**told))

    def letters(self) -> list[EmailMessage]:
        """The worker does what waits; gives all letters that have gone out."""
        self.run("worker", "--once")
        rule = b"-" * 79 + b"\n"
        files = sorted((self.var / "mail").glob("*.log"))
        sent = [part for file in files for part in file.read_bytes().split(rule) if part.strip()]
        return [message_from_bytes(part, _class=EmailMessage, policy=policy.default) for part in sent]

    def letters_to(self, email: str, subject: str) -> list[EmailMessage]:
        return [letter for letter in self.letters() if letter["To"] == email and subject in letter["Subject"]]


@pytest.fixture(scope="module")
def behind(desk_var: Path, site_settings: dict[str, str]) -> Site:
    return Site(desk_var, site_settings)


@pytest.fixture(scope="module")
def passwords(passwords: dict[str, str], behind: Site) -> dict[str, str]:
    """Those of the demo’s people, and of some whom its year has invented."""
    behind.let(LET_IN, people=INVENTED, password=PASSWORD)
    return passwords | dict.fromkeys(INVENTED, PASSWORD)


def open_to_all(page: Page, look: tuple[int, str] = WIDE) -> None:
    """Axe finds nothing on the page that is open, and nothing runs off its side on a phone."""
    width, scheme = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = axe_finds(page)
    page.set_viewport_size({"width": 390, "height": 900})
    assert (page.url, found, page.evaluate(RUNS_OFF)) == (page.url, [], [])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")


def a_paper() -> FilePayload:
    """A document of one page."""
    writer, kept = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(kept)
    return {"name": "resolution.pdf", "mimeType": "application/pdf", "buffer": kept.getvalue()}


def read(link: Locator) -> str:
    """The words of a PDF that a link leads to."""
    answer = link.page.request.get(str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)


def go(page: Page, name: str | re.Pattern[str]) -> None:
    """Follows a link of the page’s own part."""
    exact = isinstance(name, str)
    page.get_by_role("main").get_by_role("link", name=name, exact=exact).first.click()


def press(page: Page, name: str, said: str = "Saved.") -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    told(page, said)


# A town applies, the board meets, the town is a member ---------------------------------------------------


def apply(reader: Page) -> None:
    reader.goto(NETWORK)
    go(reader, "Apply to join")
    reader.get_by_label("Town or region").fill("Zgorzelec")
    reader.get_by_label("Country").select_option(label="Poland")
    reader.get_by_label("Why it wants to join").fill("We share a river, a tram and a hospital with Görlitz.")
    reader.get_by_label("Who writes").fill("Maria Nowak (invented)")
    reader.get_by_label("Office").fill("International relations")
    reader.get_by_label("E-mail address").fill("um@zgorzelec.example")
    reader.get_by_label("Another paper").set_input_files([a_paper()])
    reader.get_by_label("I agree that this is kept").check()
    reader.wait_for_timeout(3_200)  # quicker than that nobody writes, says the form
    reader.get_by_role("button", name="Send the application").click()
    heading(reader, "Thank you for your application")


def find_complete(page: Page) -> None:
    page.goto("/en/desk/applications/")
    go(page, re.compile("Zgorzelec"))
    expect(page.get_by_role("main")).to_contain_text("Maria Nowak (invented)")
    go(page, "It is complete")
    page.get_by_role(
        "radio", name=re.compile("^Zgorzelec · city or town · Poland|^Zgorzelec · .*Poland")
    ).check()
    press(page, "It is complete", "Complete. It waits for the decision of the network.")


def plan(page: Page, today: dt.date) -> None:
    enter(page, "Meetings")
    open_to_all(page)
    go(page, "Plan a meeting")
    page.get_by_label("Kind").select_option("board")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label("Language of title and papers").select_option("en")
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Time zone of the place").select_option(CLOCK)
    page.get_by_label("Place", exact=True).fill("Town hall, Valga")
    page.get_by_label("What it is about").fill("Invented for the demonstration.")
    page.get_by_label("Quorum").select_option("half")
    press(page, "Plan the meeting", "Planned.")


def write_agenda(page: Page) -> None:
    go(page, "Write the agenda")
    for title in ("Admission of Zgorzelec", "Opening and quorum", "Plan of work"):
        page.get_by_label("Title", exact=True).fill(title)
        press(page, "Add the item", "Added to the agenda.")
    page.get_by_role("button", name="Move up: Opening and quorum").click()
    first = page.get_by_role("region", name="Items").get_by_role("listitem").first
    expect(first).to_contain_text("1. Opening and quorum")
    go(page, re.compile("^Add a paper ?: Admission of Zgorzelec$"))
    page.get_by_label("Title", exact=True).fill("Resolution of the council of Zgorzelec")
    page.get_by_label("File", exact=True).set_input_files([a_paper()])
    press(page, "Add the paper", "Added to the papers.")
    page.goto(page.url.replace("/agenda/", "/").partition("#")[0])
    assert "Admission of Zgorzelec" in read(page.get_by_role("region", name="Agenda").get_by_text("PDF"))
    go(page, "Write the agenda")
    open_to_all(page, NARROW)


def call(page: Page, meeting: str, behind: Site) -> None:
    page.goto(meeting + "invitees/")
    page.get_by_role("button", name="Invite all who may vote, and the host").click()
    table = page.get_by_role("region", name="On the list").get_by_role("row")
    expect(table.filter(has_text="Valga")).to_contain_text("not called yet")
    go(page, "Go on to the call")
    page.get_by_label("Own words, if you like").fill("Zgorzelec has applied.")
    page.get_by_role("button", name="Send the call").click()
    expect(page.get_by_role("status")).to_be_visible()
    (invitation,) = behind.letters_to(MARI, f"Invitation: {TITLE}")
    assert "Zgorzelec has applied." in invitation.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    (event,) = invitation.iter_attachments()
    assert event.get_content_type() == "text/calendar"
    assert "METHOD:REQUEST" in event.get_content()
    page.reload()
    page.goto("/en/desk/letters/")
    expect(page.get_by_role("row").filter(has_text=f"Invitation: {TITLE}").first).to_contain_text("sent")
    open_to_all(page)


def answer(page: Page) -> None:
    """Two people of Valga register; one of them casts its vote."""
    page.get_by_role("region", name="Calls to answer").get_by_role("link", name=TITLE).click()
    page.get_by_label("yes, with the people below").check()
    page.get_by_label("Name", exact=True).fill("Mari Saar (invented)")
    page.get_by_label("casts the vote of the town").check()
    page.get_by_role("button", name="Add another person").click()
    second = page.get_by_role("group", name="Person 2")
    second.get_by_label("Name", exact=True).fill("Peeter Kask (invented)")
    second.get_by_label("What to mind at meals").fill("no nuts")
    press(page, "Send the answer", "The answer is kept.")
    expect(page.get_by_role("region", name="Who comes")).to_contain_text("Peeter Kask (invented)")


def hold(page: Page, meeting: str) -> None:
    """The secretary answers for a town that telephones, and ticks who came."""
    page.goto(meeting)
    open_to_all(page)
    go(page, re.compile("^Answer for it ?: Narva$"))
    page.get_by_label("yes, with the people below").check()
    page.get_by_label("Name", exact=True).fill("Oleg Ivanov (invented)")
    page.get_by_label("casts the vote of the town").check()
    open_to_all(page, NARROW)
    press(page, "Send the answer", "The answer is kept.")
    go(page, "Attendance")
    open_to_all(page)
    listed = read(page.get_by_role("region", name="The list to sign").get_by_role("link", name="English"))
    assert "Peeter Kask (invented)" in listed
    assert "Signature" in listed
    expect(page.get_by_role("main")).to_contain_text("Decisions do not stand yet.")
    for name in page.get_by_role("checkbox", name=re.compile("invented")).all():
        name.check()
    press(page, "Save who came", "Noted who came.")
    expect(page.get_by_role("main")).not_to_contain_text("Decisions do not stand yet.")


def admit(page: Page, meeting: str) -> None:
    page.goto(meeting + "decisions/add/")
    page.get_by_label("Under which item").select_option(label="2. Admission of Zgorzelec")
    page.get_by_label("What is decided").fill("Zgorzelec is admitted as a member.")
    page.get_by_label("by roll call").check()
    page.get_by_label("What it does to a membership").select_option(label="admit: Zgorzelec")
    press(page, "Put it", "Put as decision")
    go(page, "Call the roll")
    open_to_all(page, NARROW)
    for town in ("Haparanda", "Imatra", "Narva", "Tornio", "Valga"):
        page.get_by_role("group", name=town).get_by_label("for", exact=True).check()
    page.get_by_role("group", name="Valka").get_by_label("abstained").check()
    press(page, "Note the votes", "The votes are noted.")
    go(page, "Close the vote")
    page.get_by_role("main").get_by_role("button", name="Close the vote").click()
    told(page, "Carried: 5 for, 0 against, 1 abstaining.")
    expect(page.get_by_role("table", name="One member, one vote").get_by_role("row")).to_have_count(7)
    page.goto("/en/desk/applications/")
    expect(page.get_by_role("row").filter(has_text="Zgorzelec")).to_contain_text("admitted")


def is_member_since(reader: Page, today: dt.date) -> None:
    """The public page shows the member from that day, with the decision as its source."""
    reader.goto(NETWORK)
    row = (
        reader.get_by_role("region", name=re.compile("^Members"))
        .get_by_role("row")
        .filter(has_text="Zgorzelec")
    )
    expect(row).to_contain_text(f"{today:%-d %B %Y}")
    expect(reader.get_by_role("region", name="Sources")).to_contain_text("Decision")
    reader.goto(f"{NETWORK}?on={today - dt.timedelta(days=1)}")
    expect(row).to_have_count(0)


def take_on(page: Page, meeting: str, due: dt.date) -> None:
    page.goto(meeting + "commitments/add/")
    page.get_by_label("Under which item").select_option(label="3. Plan of work")
    page.get_by_label("What is to be done").fill("Show Zgorzelec how the pairs work.")
    page.get_by_label("Which town or body takes it on").select_option(label="Valga")
    page.get_by_label("Who there").fill("Mari Saar (invented)")
    page.get_by_label("Due on").fill(due.isoformat())
    page.get_by_label("E-mail address for the reminder").fill(MARI)
    press(page, "Note it", "Noted.")


def write_minutes(page: Page, meeting: str) -> None:
    page.goto(meeting + "minutes/begin/")
    press(page, "Begin the minutes", "Begun.")
    for place, text in enumerate(("The chair opened the meeting.", "Görlitz spoke for its twin.")):
        page.get_by_role("main").get_by_role("link", name=re.compile("^Write")).nth(place).click()
        page.get_by_label("What was said", exact=True).fill(text)
        page.get_by_role("main").get_by_role("button").first.click()
        expect(page.get_by_role("main")).to_contain_text(text)
    go(page, "Elect the two checkers")
    page.get_by_label("First checker").select_option(label="Jānis Bērziņš (invented)")
    page.get_by_label("Second checker").select_option(label="Erik Lund (invented)")
    press(page, "Note the election", "Noted.")
    expect(page.get_by_role("main")).to_contain_text("Zgorzelec is admitted as a member.")
    expect(page.get_by_role("main")).to_contain_text("Show Zgorzelec how the pairs work.")
    open_to_all(page)


def sign(page: Page) -> None:
    page.get_by_role("region", name="Minutes to check").get_by_role("link", name=TITLE).click()
    go(page, "Read and sign off")
    press(page, "Sign off", "Signed off.")


def approve(page: Page, meeting: str) -> None:
    page.goto(meeting + "minutes/")
    go(page, "Note the approval")
    expect(page.get_by_label("Which meeting approved them?")).to_contain_text("The next one")
    press(page, "Note the approval", "Approved.")
    written = read(page.get_by_role("main").get_by_role("link", name="As PDF"))
    for words in (
        TITLE,
        "Peeter Kask",
        "Görlitz spoke for its twin.",
        "Zgorzelec is admitted",
        "Jānis Bērziņš",
    ):
        assert words in written


def publish(page: Page, meeting: str) -> None:
    page.goto(meeting + "publish/")
    for part in ("The agenda", "The towns", "The decisions", "The minutes"):
        page.get_by_label(re.compile(f"^{part}")).check()
    press(page, "Publish", "Published.")


def is_public(reader: Page) -> None:
    reader.goto("/en/meetings/?when=past")
    open_to_all(reader, NARROW)
    go(reader, TITLE)
    main = reader.get_by_role("main")
    expect(main).to_contain_text("Zgorzelec is admitted as a member.")
    expect(main).to_contain_text("Görlitz spoke for its twin.")
    expect(main).not_to_contain_text("Peeter Kask")
    expect(main).not_to_contain_text("no nuts")
    open_to_all(reader)


def test_a_town_applies_and_a_meeting_admits_it(come: Come, behind: Site) -> None:
    reader, today = come(), dt.datetime.now(dt.UTC).date()
    apply(reader)
    aino = come(AINO)
    find_complete(aino)
    plan(aino, today)
    meeting = aino.url.partition("#")[0]
    write_agenda(aino)
    call(aino, meeting, behind)
    answer(come(MARI, java_script_enabled=False))
    behind.let(ANSWERED, title=TITLE)
    hold(aino, meeting)
    admit(aino, meeting)
    is_member_since(reader, today)

    due = today + dt.timedelta(days=40)
    take_on(aino, meeting, due)
    behind.let(A_MONTH_ON, title=TITLE, by=AINO, zone=CLOCK)
    write_minutes(aino, meeting)
    for checker in (JANIS, ERIK):
        sign(come(checker))
    approve(come(KADRI), meeting)
    publish(aino, meeting)
    is_public(reader)
    is_reminded(aino, behind, due)


def is_reminded(page: Page, behind: Site, due: dt.date) -> None:
    """Of what was taken on, on the day; once, however often the deed of the day is done."""
    page.goto("/en/desk/commitments/")
    open_to_all(page, NARROW)
    for _again in range(2):
        behind.let(ON_A_DAY, day=due.isoformat())
    (reminder,) = behind.letters_to(MARI, "Show Zgorzelec how the pairs work.")
    address = re.search(r"/en/desk/commitments/\d+/", reminder.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert address is not None
    page.goto(address[0])
    go(page, "It is done")
    page.get_by_label("What came of it").fill("They came for a day.")
    press(page, "It is done", "Noted as done.")


# A visit -------------------------------------------------------------------------------------------------


def test_valga_receives_a_visit_from_valka(come: Come) -> None:
    page = come(MARI)
    enter(page, "Meetings")
    go(page, "Visit of the council of Valka")
    go(page, "Add to the programme")
    page.get_by_label("Begins at").fill("18:00")
    page.get_by_label("Ends at").fill("20:00")
    page.get_by_label("What", exact=True).fill("Supper on the border")
    page.get_by_role("main").get_by_role("button").first.click()
    programme = page.get_by_role("region", name="Programme")
    expect(programme).to_contain_text("Supper on the border")
    handed_out = read(programme.get_by_role("link", name="latviešu"))
    assert "Supper on the border" in handed_out
    delegation = page.get_by_role("region", name="Delegation")
    expect(delegation).to_contain_text("Līga Ozola (invented)")
    expect(delegation).to_contain_text("Kaie Tamm (invented)")
    go(page, "Note a cost")
    page.get_by_label("What for").fill("Supper")
    page.get_by_label("Paid by").select_option(label="Valga")
    page.get_by_label("Planned").fill("420.50")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("region", name="Costs")).to_contain_text("420.50")
    open_to_all(page)
    go(page, "Attendance")
    listed = read(page.get_by_role("region", name="The list to sign").get_by_role("link", name="English"))
    assert "Līga Ozola (invented)" in listed
    assert "Kaie Tamm (invented)" in listed
