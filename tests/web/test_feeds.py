"""What is new, as Atom: whole by RFC 4287, without anybody's name, and not drowned by a load."""

import datetime as dt
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.evidence import alike, make_source, make_statement
from tests.factories.parties import make_officer, make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from twinhall.accounts.actions import log, system_actor
from twinhall.accounts.models import LogEntry
from twinhall.evidence.actions import accept
from twinhall.evidence.models import Statement, Verdict
from twinhall.web.changes import BY_THE_DOZEN, LINES, MOST

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/en/changes.atom"


@dataclass(frozen=True)
class Entry:
    id: str
    title: str
    link: str
    updated: dt.datetime
    summary: str


def entries(client: Client, address: str = FEED) -> list[Entry]:
    """The entries of a feed, which has all that RFC 4287, 4.1, asks for."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "application/atom+xml; charset=utf-8",
    )
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(feed.findall(f"a:{name}", ATOM)) == 1
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall("a:link", ATOM)}
    assert links["self"] == f"http://testserver{address}"
    found = [
        Entry(
            id=entry.findtext("a:id", "", ATOM),
            title=entry.findtext("a:title", "", ATOM),
            link=entry.find("a:link", ATOM).attrib["href"],  # type: ignore[union-attr]
            updated=dt.datetime.fromisoformat(entry.findtext("a:updated", "", ATOM)),
            summary=entry.findtext("a:summary", "", ATOM),
        )
        for entry in feed.findall("a:entry", ATOM)
    ]
    assert all(entry.id.startswith("tag:testserver,2026:") and entry.title for entry in found)
    assert len({entry.id for entry in found}) == len(found)
    assert found == sorted(found, key=lambda entry: entry.updated, reverse=True)
    return found


def test_an_empty_register_has_an_empty_feed(client: Client) -> None:
    assert entries(client) == []


def test_a_deed_is_told_without_who_did_it(client: Client) -> None:
    tie = make_partnership(parties=[make_party(name="Ada"), make_party(name="Bea")], address="ada-bea")
    act = make_act(partnership=tie)
    person = make_user(name="Kadri Kask")
    log("act added", str(act), by=person, record=act, why="As Kadri said.")
    (entry,) = entries(client)
    assert entry.title == "Ada and Bea: agreement signed: act added"
    assert entry.link == "http://testserver/en/partnerships/ada-bea/"
    assert "Kadri" not in client.get(FEED).content.decode()


@pytest.mark.parametrize(
    "deed", ["affiliation begun", "person invited", "administrator made", "report taken up"]
)
def test_what_is_done_with_people_and_reports_is_not_told(client: Client, deed: str) -> None:
    log(deed, "Kadri Kask: Valga", by=make_user(), record=make_party())
    assert entries(client) == []


def test_facts_are_told_by_record_and_day(client: Client) -> None:
    ada = make_party(name="Ada")
    officer, page = make_officer(ada), make_own_page(ada, title="About <Ada>")
    for field, stated in (("population", "1200"), ("website", "https://ada.example")):
        accept([make_statement(subject=ada, field=field, stated=stated, source=page)], by=officer, rank=alike)
    (entry,) = entries(client)
    assert (entry.title, entry.link) == ("Ada: facts accepted", "http://testserver/en/parties/ada/")
    assert entry.summary == (
        "<ul><li>Web site: https://ada.example (About &lt;Ada&gt;)</li>"
        "<li>Population: 1,200 (About &lt;Ada&gt;)</li></ul>"
    )
    accept([make_statement(subject=ada, field="country", stated="LV", source=page)], by=officer, rank=alike)
    (later,) = entries(client)
    assert later.id == entry.id
    assert later.updated >= entry.updated


def loaded(parties: int, *, at: dt.datetime) -> None:
    """What a load leaves: a line in the log for each batch, many statements, no decisions."""
    loader = system_actor("loader", "a loader")
    source = make_source()
    for number in range(parties):
        party = make_party(name=f"Town {number}")
        statement = make_statement(subject=party, field="population", stated=str(number), source=source)
        log("party added", party.slug, by=loader, record=party)
        Statement.objects.filter(pk=statement.pk).update(
            verdict=Verdict.ACCEPTED, decided_by=loader, decided_at=at
        )
    LogEntry.objects.filter(by=loader).update(at=at)


def test_a_load_is_one_entry_and_hides_nothing_else(client: Client) -> None:
    party = make_party(name="Ada")
    log("party added", "Ada", by=make_user(), record=party)
    loaded(60, at=timezone.now())
    titles = [entry.title for entry in entries(client)]
    assert titles == ["Facts were loaded: a loader", "Ada: party added"]
    assert entries(client)[0].summary == "<ul><li>Party added: 60 times</li></ul>"


def test_what_somebody_does_by_the_dozen_is_told_once(client: Client) -> None:
    person = make_user()
    for number in range(BY_THE_DOZEN + 1):
        log("party added", "", by=person, record=make_party(name=f"Town {number}"))
    log("withdrawn", "", by=person, record=make_party(name="Ada"))
    assert [entry.title for entry in entries(client)] == ["Ada: withdrawn", "Party added: 21 times"]


def test_only_the_newest_changes_are_told(client: Client) -> None:
    for number in range(MOST // 10 + 1):
        person = make_user()
        for other in range(10):
            log("party added", "", by=person, record=make_party(name=f"Town {number}-{other}"))
    found = entries(client)
    assert (len(found), found[0].title) == (MOST, "Town 5-9: party added")


def test_the_feed_speaks_the_language_of_its_address(client: Client) -> None:
    log("party added", "", by=make_user(), record=make_party(name="Ada"))
    feed = ET.fromstring(client.get("/lv/changes.atom").content)  # noqa: S314 - our own
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "lv"
    assert entries(client, "/lv/changes.atom")[0].id == entries(client)[0].id


# One party ---------------------------------------------------------------------------------------------


def test_a_party_has_a_feed_of_its_own_part(client: Client) -> None:
    ada, bea, other = (make_party(name=name) for name in ("Ada", "Bea", "Other"))
    tie = make_partnership(parties=[ada, bea], address="ada-bea")
    act = make_act(partnership=tie)
    officer = make_officer(ada)
    accept(
        [make_statement(subject=act, field="date", stated="1991", source=make_own_page(ada))],
        by=officer,
        rank=alike,
    )
    log("party added", "", by=officer, record=other)
    log("partnership founded", "", by=officer, record=tie)
    titles = {entry.title for entry in entries(client, "/en/parties/ada/changes.atom")}
    assert titles == {"Ada and Bea: partnership founded", "Ada and Bea: agreement signed: facts accepted"}
    assert entries(client, "/en/parties/bea/changes.atom") != []
    (added,) = entries(client, "/en/parties/other/changes.atom")
    assert added.title == "Other: party added"


def test_what_is_loaded_of_a_party_is_one_entry_of_its_feed(client: Client) -> None:
    ada = make_party(name="Ada")
    loader, source = system_actor("loader", "a loader"), make_source(title="A table")
    for number in range(LINES + 5):
        tie = make_partnership(parties=[ada, make_party(name=f"Town {number}")])
        statement = make_statement(subject=tie, field="exists", stated="yes", source=source)
        Statement.objects.filter(pk=statement.pk).update(
            verdict=Verdict.ACCEPTED, decided_by=loader, decided_at=timezone.now()
        )
    (entry,) = entries(client, "/en/parties/ada/changes.atom")
    assert (entry.title, entry.link) == ("Facts were loaded", "http://testserver/en/parties/ada/")
    assert entry.summary.count("<li>") == LINES + 1
    assert entry.summary.endswith("<li>and more</li></ul>")


def test_the_feed_of_a_party_that_is_gone_says_so(client: Client) -> None:
    make_party(name="Gone", withdrawn_at=timezone.now(), withdrawn_why="Entered twice.")
    kept = make_party(name="Kept")
    merged = make_party(name="Merged", withdrawn_at=timezone.now(), withdrawn_why="The same.")
    merged.merged_into = kept
    merged.save()
    assert client.get("/en/parties/gone/changes.atom").status_code == 410
    assert client.get("/en/parties/atlantis/changes.atom").status_code == 404
    answer = client.get("/en/parties/merged/changes.atom")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/parties/kept/changes.atom")


# Asked again -------------------------------------------------------------------------------------------


def test_a_feed_is_not_sent_again_until_something_happens(client: Client) -> None:
    log("party added", "", by=make_user(), record=make_party(name="Ada"))
    tag = client.get(FEED).headers["ETag"]
    assert client.get(FEED, headers={"if-none-match": tag}).status_code == 304
    log("party added", "", by=make_user(), record=make_party(name="Bea"))
    assert client.get(FEED, headers={"if-none-match": tag}).status_code == 200


def test_a_feed_asks_no_more_of_a_longer_log(client: Client) -> None:
    asked = []
    for _time in range(2):
        for _number in range(5):
            party, officer = make_party(), make_user()
            log("party added", "", by=officer, record=party)
            accept([make_statement(subject=party, field="population", stated="1")], by=officer, rank=alike)
        with CaptureQueriesContext(connection) as queries:
            client.get(FEED)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 16


def test_pages_lead_to_the_feeds(visit: Read) -> None:
    make_party(name="Ada")
    links = visit("/lv/parties/ada/").one("head").all("link", type="application/atom+xml")
    assert [link.attributes["href"] for link in links] == ["/lv/parties/ada/changes.atom", "/lv/changes.atom"]
    assert all(link.attributes["title"] for link in links)
