"""Nobody is shut out of the desk: axe finds nothing on its pages, and nothing runs off the side."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SignedIn, watched
from tests.browser.test_access import LOOKS, RUNS_OFF, axe_finds
from tests.web.serving import twinhall

pytestmark = pytest.mark.browser

ILZE = "officer@valmiera.example"
AINO = "secretary@citytwins.example"
MAREK = "coordinator@poznan.example"
ADMIN = "admin@twinhall.example"

BUSY = """
import io, json
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from twinhall.accounts.models import User
from twinhall.documents.actions import keep_document, publish
from twinhall.documents.inspecting import inspect
from twinhall.evidence.actions import Proposal
from twinhall.evidence.models import Statement
from twinhall.exchange.findings import decide, report
from twinhall.exchange.merge import merge_partnerships
from twinhall.networks.applying import Told, ask_for_missing, receive_application
from twinhall.networks.models import Membership, Network
from twinhall.networks.offices import add_body, add_post
from twinhall.networks.requirements import add_requirement
from twinhall.parties.actions import ORIGIN, file_document, invite, own_source, state, succeed, withdraw
from twinhall.parties.models import Name, Party
from twinhall.partnerships.actions import found_partnership
from twinhall.partnerships.models import Act, Partnership
from twinhall.projects.models import Project
from twinhall.web.environment import today

def person(email):
    return User.objects.get(email=email)

def party(slug):
    return Party.objects.get(slug=slug)

def say(subject, field, stated, slug, by, language=""):
    told = Proposal(subject=subject, field=field, stated=stated, source=own_source(party(slug), day=today()),
        origin=ORIGIN, language=language, quote="So it stands in the book of the town, page 12.")
    return state([told], by=by)[0]

ilze, karin = person("officer@valmiera.example"), person("officer@solna.example")
aino, admin = person("secretary@citytwins.example"), person("admin@twinhall.example")
valmiera, tie = party("valmiera"), Partnership.objects.get(slug="solna-valmiera")
begun, signed = tie.acts.order_by("number")

say(valmiera, "population", 23000, "solna", karin)
population = Statement.objects.filter(
    subject_type="parties.party", subject_id=valmiera.pk, field="population"
)
waiting, standing = population.get(verdict="proposed"), population.get(verdict="accepted")
say(begun, "date", "1992", "solna", karin)
say(begun, "note", "Begun by letter; the councils met two years later.", "valmiera", ilze, language="en")
say(begun, "place", "Valmiermuižas kultūras biedrības lielā zāle", "valmiera", ilze)
withdraw(signed, why="It was never signed; the page means the letter.", by=ilze)
name = Name.objects.filter(party=valmiera).first()
withdraw(name, why="Misspelt.", by=ilze)
succeed(party("valka"), valmiera, by=admin)

def keep(content, file, **more):
    upload = inspect(SimpleUploadedFile(file, content))
    document = keep_document(upload=upload, by=ilze, **more)
    file_document(document, party=valmiera)
    begun.documents.add(document)
    return document

writer, pdf, png = PdfWriter(), io.BytesIO(), io.BytesIO()
writer.add_blank_page(595, 842)
writer.write(pdf)
Image.new("RGB", (900, 500), "#456").save(png, "PNG")
letter = keep(pdf.getvalue(), "a.pdf", language="lv",
    title="Sadarbības nodomu protokols starp Valmieras un Solnas pašvaldībām")
photograph = keep(png.getvalue(), "b.png", title="Signing in Solna", alt="Two mayors at a table.")
publish(photograph, by=ilze)

wrong = report(standing, told="The census of 2021 counts fewer.\\n\\nSee its table 3.", page_language="en",
    should_read="22 757", evidence_url="https://example.org/census", email="reader@example.org")
other = report(standing, told="Too many.", page_language="en")
decide(other, decision="dismissed", answer="The page says so.", by=ilze, about="Valmiera")
invitation, secret = invite(email="new@valmiera.example", party=valmiera, role="editor", by=ilze)
twice = [found_partnership(kind=k, parties=[party("solna"), party("viljandi")], by=admin)
    for k in ("friendship", "twinning")]
merge = merge_partnerships(*twice, why="One agreement, loaded twice.", by=admin)
gone = Partnership.objects.get(slug="hoje-taastrup-valmiera")
withdraw(gone, why="Loaded by mistake.", by=ilze)
network = Network.objects.get(party=party("city-twins-association"))
project = Project.objects.get(slug="cities-of-change")
joined = Membership.objects.get(network=network, party=party("gorlitz"))

own = own_source(network.party, day=today())
board = add_body(network, kind="board", name="Board of mayors", language="en", source=own, by=aino)
post = add_post(network, joined.party, role="host", source=own, by=aino, body=board)
for words in ("A decision of the council, signed and translated", "A letter of the mayor"):
    add_requirement(network, name=words, language="en", is_needed=True, by=aino)
applies, lacks = [
    receive_application(network, Told(town=town, country="LV", why="We are one town.\\n\\nSee the map.",
        name="Ewa Example", office="International office", email="ewa@example.org", language="en"))
    for town in ("Ainaži", "Staicele un tās apkaimes pagasti")
]
ask_for_missing(lacks, missing="A decision of the council", by=aino)
print(json.dumps({
    "applies": applies.pk, "lacks": lacks.pk, "body": board.pk, "post": post.pk,
    "act": begun.pk, "taken back": signed.pk, "tie": tie.pk, "gone": gone.pk, "name": name.pk,
    "party": valmiera.pk, "network": network.pk, "project": project.pk, "member": joined.pk,
    "waiting": waiting.pk, "standing": standing.pk, "letter": letter.pk, "photograph": photograph.pk,
    "wrong": wrong.pk, "other": other.pk, "secret": secret, "merge": merge.pk,
    "invitation": invitation.pk, "affiliation": ilze.affiliations.get().pk,
}))
"""
"""What makes every kind of page of the desk have something to show."""

PAGES = {
    "dashboard": (ILZE, ""),
    "dashboard of an administrator": (ADMIN, ""),
    "parties": (ILZE, "parties/"),
    "partnerships": (ILZE, "partnerships/?q=valmiera&mine=on"),
    "networks": (ILZE, "networks/"),
    "memberships": (AINO, "memberships/"),
    "projects": (MAREK, "projects/"),
    "an empty list": (ILZE, "partnerships/?q=atlantis"),
    "findings": (ILZE, "findings/"),
    "a finding": (ILZE, "findings/{wrong}/"),
    "a decided finding": (ILZE, "findings/{other}/"),
    "party": (ILZE, "parties/valmiera/"),
    "partnership": (ILZE, "partnerships/solna-valmiera/"),
    "a withdrawn partnership": (ILZE, "partnerships/hoje-taastrup-valmiera/"),
    "a partnership of others": (AINO, "partnerships/solna-valmiera/"),
    "network": (AINO, "networks/city-twins-association/"),
    "membership": (AINO, "memberships/{member}/"),
    "ties of a membership": (AINO, "memberships/{member}/ties/"),
    "dashboard of a secretary": (AINO, ""),
    "applications": (AINO, "applications/"),
    "application": (AINO, "applications/{applies}/"),
    "an application that misses something": (AINO, "applications/{lacks}/"),
    "no more of a paper": (AINO, "networks/city-twins-association/papers/1/drop/"),
    "project": (MAREK, "projects/cities-of-change/"),
    "fact": (ILZE, "records/parties.party/{party}/facts/population/"),
    "a disputed fact": (ILZE, "records/partnerships.act/{act}/facts/date/"),
    "a fact nobody states": (ILZE, "records/parties.party/{party}/facts/website/"),
    "a set": (ILZE, "records/partnerships.partnership/{tie}/facts/fields/"),
    "texts": (ILZE, "records/partnerships.partnership/{tie}/texts/history/?to=et&from=en"),
    "history": (ILZE, "records/partnerships.partnership/{tie}/history/"),
    "people": (ILZE, "parties/valmiera/people/"),
    "ending an affiliation": (ILZE, "parties/valmiera/people/{affiliation}/end/"),
    "withdrawing an invitation": (ILZE, "parties/valmiera/invitations/{invitation}/withdraw/"),
    "document": (ILZE, "documents/{letter}/"),
    "photograph": (ILZE, "documents/{photograph}/"),
    "merges": (ADMIN, "merges/"),
    "undoing a merge": (ADMIN, "merges/{merge}/undo/"),
    "adding a network": (ADMIN, "networks/add/"),
    "applying": (ILZE, "memberships/add/"),
    "confirming": (ILZE, "partnerships/solna-valmiera/confirm/"),
    "withdrawing": (ILZE, "records/partnerships.partnership/{tie}/withdraw/"),
    "restoring": (ILZE, "records/partnerships.act/{taken back}/restore/"),
    "accepting": (ILZE, "statements/{waiting}/accept/"),
    "rejecting": (ILZE, "statements/{waiting}/reject/"),
    "correcting": (ILZE, "statements/{standing}/correct/"),
    "adding a predecessor": (ILZE, "parties/valmiera/predecessors/add/"),
    "adding an identifier": (ILZE, "parties/valmiera/identifiers/add/"),
}
FORMS = {
    "adding a party": (ILZE, "parties/add/"),
    "adding a name": (ILZE, "parties/valmiera/names/add/"),
    "adding a contact": (ILZE, "parties/valmiera/contacts/add/"),
    "adding a partnership": (ILZE, "partnerships/add/"),
    "signing": (ILZE, "partnerships/solna-valmiera/acts/add/signed/"),
    "an act of an earlier day": (ILZE, "partnerships/solna-valmiera/acts/add/"),
    "ending": (ILZE, "partnerships/solna-valmiera/acts/add/ended/"),
    "contesting": (ILZE, "partnerships/solna-valmiera/contest/"),
    "adding a member": (AINO, "networks/city-twins-association/members/add/"),
    "papers of an application": (AINO, "networks/city-twins-association/papers/"),
    "adding an application": (AINO, "networks/city-twins-association/applications/add/"),
    "asking for what is missing": (AINO, "applications/{applies}/missing/"),
    "adding a paper": (AINO, "applications/{applies}/papers/add/"),
    "finding complete": (AINO, "applications/{lacks}/complete/"),
    "laying aside": (AINO, "applications/{applies}/aside/"),
    "adding a body": (AINO, "networks/city-twins-association/bodies/add/"),
    "adding a post": (AINO, "networks/city-twins-association/posts/add/"),
    "ending a body": (AINO, "bodies/{body}/end/"),
    "ending a post": (AINO, "posts/{post}/end/"),
    "excluding": (AINO, "memberships/{member}/acts/add/excluded/"),
    "adding a project": (MAREK, "projects/add/"),
    "adding a partner": (MAREK, "projects/cities-of-change/partners/add/"),
    "adding an activity": (MAREK, "projects/cities-of-change/activities/add/"),
    "adding an output": (MAREK, "projects/cities-of-change/outputs/add/"),
    "changing a party": (ILZE, "records/parties.party/{party}/change/"),
    "changing a network": (AINO, "records/networks.network/{network}/change/"),
    "changing a project": (MAREK, "records/projects.project/{project}/change/"),
    "adding a document": (ILZE, "records/partnerships.act/{act}/documents/add/"),
    "merging a party": (ADMIN, "records/parties.party/{party}/merge/"),
    "merging a partnership": (ADMIN, "records/partnerships.partnership/{tie}/merge/"),
    "inviting": (ILZE, "parties/valmiera/people/"),
    "deciding": (ILZE, "findings/{wrong}/"),
}
"""Sent as they are, but for where the facts come from: a signed document, which is then missing."""

WIDTHS = (320, 390, 720, 1440)  # 720 is what 1440 becomes at 200 % zoom


@pytest.fixture(scope="module")
def busy(desk_site: str, desk_var: Path, site_settings: dict[str, str]) -> dict[str, str]:  # noqa: ARG001
    """Numbers of the records that a busy desk has."""
    made = twinhall(desk_var, "shell", "-v", "0", "-c", BUSY, **site_settings)
    assert made.returncode == 0, made.stderr
    found: dict[str, str] = json.loads(made.stdout)
    return found


class Desk:
    """A page of the desk, opened as the person whom it is for."""

    def __init__(self, browser: Browser, site: str, states: SignedIn, busy: dict[str, str]) -> None:
        self.browser, self.site, self.states, self.busy = browser, site, states, busy

    def open(self, page: Page, address: str, language: str = "en") -> None:
        answer = page.goto(f"/{language}/desk/{address.format(**self.busy)}")
        assert answer is not None
        assert answer.status == 200


@pytest.fixture(scope="module")
def desk(browser: Browser, desk_site: str, signed_in: SignedIn, busy: dict[str, str]) -> Desk:
    return Desk(browser, desk_site, signed_in, busy)


@pytest.fixture
def visitor(desk: Desk, email: str) -> Iterator[Page]:
    """A page opened by the person of the test."""
    with watched(desk.browser, desk.site, storage_state=desk.states(email)) as page:
        yield page


Looks = list[tuple[int, str]]
WIDE, NARROW = LOOKS[:1], LOOKS[1:]
"""Axe takes seconds a page, and the gallery shows all parts in every look: one each is enough."""


def seen(page: Page, looks: Looks) -> dict[object, list[str]]:
    """What axe finds in these looks, and what runs off the side at any width."""
    found: dict[object, list[str]] = {}
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found[width, scheme] = axe_finds(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(RUNS_OFF)
    return {how: what for how, what in found.items() if what}


def of(pages: dict[str, tuple[str, str]]) -> list[object]:
    return [pytest.param(email, address, id=kind) for kind, (email, address) in pages.items()]


@pytest.mark.parametrize(("email", "address"), of(PAGES))
def test_nobody_is_shut_out(visitor: Page, desk: Desk, address: str) -> None:
    desk.open(visitor, address)
    by_turns = WIDE if len(address) % 2 else NARROW
    assert seen(visitor, by_turns) == {}


@pytest.mark.parametrize(("email", "address"), of(FORMS))
def test_nobody_is_shut_out_by_an_error(visitor: Page, desk: Desk, address: str) -> None:
    desk.open(visitor, address)
    clean = seen(visitor, WIDE)
    form = visitor.locator("form.deed")
    basis = form.get_by_label("A signed document says so")
    if basis.count():
        basis.check()
    for field in form.locator("textarea, input.short, input[maxlength]").all():
        if field.is_visible():
            field.fill("")
    form.locator(".buttons button").click()
    expect(visitor.get_by_role("alert")).to_be_visible()
    assert (clean, seen(visitor, NARROW)) == ({}, {})


@pytest.mark.parametrize("email", [ILZE])
@pytest.mark.parametrize("language", ["et", "lv", "bg"])
def test_nothing_runs_off_the_side_in_other_languages(visitor: Page, desk: Desk, language: str) -> None:
    found = {}
    for kind, (email, address) in PAGES.items():
        if email != ILZE:
            continue
        desk.open(visitor, address, language)
        for width in (320, 720, 1440):
            visitor.set_viewport_size({"width": width, "height": 900})
            found[kind, width] = visitor.evaluate(RUNS_OFF)
    assert {how: what for how, what in found.items() if what} == {}


def test_nobody_is_shut_out_by_an_invitation(desk: Desk) -> None:
    with watched(desk.browser, desk.site) as page:
        page.goto(f"/en/account/invitation/{desk.busy['secret']}/")
        assert seen(page, NARROW) == {}
        page.goto("/en/account/invitation/nobody/")
        assert seen(page, WIDE) == {}


# Paper -------------------------------------------------------------------------------------------------

NOT_ON_PAPER = ".masthead, .foot, .crumbs-row, .ways, .deeds, form.deed, .go, .unstated"


@pytest.mark.parametrize(
    ("email", "address"),
    of({kind: PAGES[kind] for kind in ("party", "partnership", "network", "membership", "project")}),
)
def test_a_record_prints_as_a_clean_sheet(visitor: Page, desk: Desk, address: str) -> None:
    desk.open(visitor, address)
    visitor.emulate_media(media="print")
    visitor.set_viewport_size({"width": 680, "height": 900})
    shown = visitor.locator(NOT_ON_PAPER).locator("visible=true")
    expect(shown).to_have_count(0)
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.locator(".facts-of").first).to_be_visible()
    expect(visitor.locator(".printed-foot")).to_contain_text(desk.site)
    assert visitor.evaluate(RUNS_OFF) == []
