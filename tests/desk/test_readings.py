"""Reading a page at the desk: from a text to facts beside its words, each of which a person decides on."""

import datetime as dt
from io import BytesIO
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from tests.desk.conftest import Desk, address, pills, said, wrongs
from tests.desk.readpages import (
    QUOTE,
    TEXT,
    VALKA,
    _few_towns,
    add,
    deed,
    have_fetched,
    indexed,
    officer,
    pasted,
    read,
    reading,
    stated,
    valga,
    valka,
)
from tests.factories.parties import make_name, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.readings import make_reading, membership, tie
from twinhall.accounts.models import LogEntry
from twinhall.evidence.models import Source, Statement, Verdict
from twinhall.exchange.fetching import Fetched, FetchError
from twinhall.exchange.models import ReadFact, Reading
from twinhall.exchange.readings import reading as reading_module
from twinhall.parties.models import Party
from twinhall.partnerships.models import ActKind, Partnership, PartnershipKind
from twinhall.reader.facts import Fact
from twinhall.web.limits import Limit

__all__ = ["_few_towns", "officer", "reading", "stated", "valga", "valka"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "_few_towns")]

URL = "https://valga.example/partners"

# Reading ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("stated")
def test_a_pasted_text_is_read_and_shown_beside_what_it_states(
    officer: Desk, valga: Party, valka: Party
) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    shown = officer.send(add(valga), **pasted())
    assert said(shown) == ["Read. 1 fact is to be decided on."]
    assert [mark.text for mark in shown.main.all("mark")] == [QUOTE]
    text = shown.main.one("div", class_="read-text").text
    assert text.replace("To fact 1", "").split() == TEXT.split()
    [card] = shown.main.all("article")
    assert card.one("h3").text == "1 Valga – Valka adds to it"
    assert [cell.text for cell in card.all("td")][-2:] == ["1992", "nothing yet"]
    source = Source.objects.get(title="Our partners")
    assert source.publication.publisher == valga


def test_the_text_of_a_page_is_never_its_markup(officer: Desk, valga: Party, stated: list[Fact]) -> None:
    stated.clear()
    html = b"<html><body><main><h1>Partners</h1><p>We have a &lt;b&gt;friend&lt;/b&gt;: Valka.</p>"
    html += b"<script>alert(1)</script></main></body></html>" + b" " * 50
    file = SimpleUploadedFile("page.html", html, content_type="text/html")
    shown = officer.send(add(valga), how="file", file=file, title="Partners")
    text = shown.main.one("div", class_="read-text")
    assert "<b>friend</b>" in text.text
    assert "alert" not in text.text
    assert [script.attributes.get("src", "")[:8] for script in shown.all("script")].count("") == 0
    assert said(shown) == ["Read. The page states nothing that is to be decided on."]


@pytest.mark.usefixtures("stated")
def test_a_page_is_fetched_by_its_address(officer: Desk, valga: Party) -> None:
    url = "https://valga.example/partners"
    fetched = Fetched(
        data=TEXT.encode(),
        media_type="text/plain",
        charset="utf-8",
        url=url,
        fetched_at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
    )
    with mock.patch.object(reading_module, "fetch", return_value=fetched) as fetch:
        officer.send(add(valga), how="address", url=url)
    fetch.assert_called_once_with(url)
    assert Source.objects.get(url=url).publication.publisher == valga


@pytest.mark.usefixtures("stated")
def test_a_page_of_another_party_is_theirs(officer: Desk, valga: Party, valka: Party) -> None:
    url = "https://valka.example/partners"
    have_fetched(officer, valga, url, whose="another", publisher=f"party:{valka.pk}")
    assert Source.objects.get().publication.publisher == valka
    assert Reading.objects.get().party == valga


@pytest.mark.usefixtures("stated")
def test_a_page_of_nobody_here_has_no_publisher(officer: Desk, valga: Party) -> None:
    officer.send(add(valga), **pasted(whose="nobody"))
    assert not hasattr(Source.objects.get(), "publication")


@pytest.mark.usefixtures("stated")
def test_a_file_gives_its_own_title_where_none_is_typed(officer: Desk, valga: Party) -> None:
    html = f"<html><head><title>Our friends</title></head><body><p>{TEXT}</p></body></html>"
    officer.send(add(valga), how="file", file=SimpleUploadedFile("page.html", html.encode()))
    assert Source.objects.get().title == "Our friends"
    untitled = SimpleUploadedFile("page.txt", TEXT.encode())
    assert wrongs(officer.refused(add(valga), how="file", file=untitled)) == [
        "File: Choose your files once more.",
        "Title of the page: Give its title, so that the page is known when it is read again.",
    ]


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    writer, kept = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret")
    writer.write(kept)
    return kept.getvalue()


LOGIN = (
    b"<!doctype html><html><head><title>Sign in</title></head><body><main><h1>Sign in</h1><form method=post>"
    b"<label>E-mail <input type=email name=email></label><label>Password <input type=password name=password>"
    b"</label><button>Sign in</button></form></main></body></html>"
)
REFUSALS = {
    "empty": (b"", "There is nothing in it: it is empty."),
    "blank": (b"  \n ", "There is nothing in it: it is empty."),
    "made by scripts": (
        b"<!doctype html><title>Partners</title><div id=app></div><script src=/app.js></script>",
        "The page has no text before a browser runs its scripts",
    ),
    "binary": (b"\x00\x01\x02\x03" * 100, "This is no text, but data for programmes."),
    "in no encoding": (bytes(range(256)) * 40, "Its characters cannot be made out."),
    "a locked PDF": (locked_pdf(), "It is locked by a password."),
    "a page for signing in": (LOGIN, "This is a page for signing in."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "Files of this kind are not read."),
    "a broken PDF": (b"%PDF-1.7\n" + b"\x00\x01" * 100, "damaged"),
}


@pytest.mark.parametrize(("data", "words"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_read_is_said_and_not_kept(
    officer: Desk, valga: Party, data: bytes, words: str
) -> None:
    file = SimpleUploadedFile("page", data)
    shown = officer.refused(add(valga), how="file", file=file, title="Our partners")
    [wrong] = wrongs(shown)
    assert words in wrong
    assert not Source.objects.exists()
    [line] = LogEntry.objects.all()
    assert (line.deed, line.label) == ("page could not be read", "Our partners")


def test_a_file_that_is_too_large_is_refused(officer: Desk, valga: Party) -> None:
    file = SimpleUploadedFile("page.txt", b"a" * 100)
    with mock.patch.object(reading_module, "LARGEST_FILE", 99):
        shown = officer.refused(add(valga), how="file", file=file, title="Our partners")
    assert wrongs(shown) == ["File: The file is too large: at most 20 MB are read here."]


def test_an_address_that_cannot_be_fetched_is_said(officer: Desk, valga: Party) -> None:
    with mock.patch.object(reading_module, "fetch", side_effect=FetchError("There is no such site.")):
        shown = officer.refused(add(valga), how="address", url="https://nowhere.example/")
    assert wrongs(shown) == ["Address of the page: There is no such site."]
    assert LogEntry.objects.get().why == "There is no such site."


@pytest.mark.usefixtures("stated")
def test_pages_are_read_so_many_times_an_hour(officer: Desk, valga: Party) -> None:
    with mock.patch("twinhall.desk.forms.readings.READ_OFTEN", Limit("readings", 1, dt.timedelta(hours=1))):
        officer.send(add(valga), **pasted())
        [wrong] = wrongs(officer.refused(add(valga), **pasted()))
    assert wrong.startswith("You have had many pages read.")
    assert Reading.objects.count() == 1


def test_nothing_is_read_of_a_form_that_says_nothing(officer: Desk, valga: Party) -> None:
    assert wrongs(officer.refused(add(valga))) == ["Address of the page: Give the address of the page."]
    assert wrongs(officer.refused(add(valga), how="text")) == [
        "Text: Paste the text of the page.",
        "Title of the page: Give its title, so that the page is known when it is read again.",
    ]
    assert not LogEntry.objects.exists()


# Reading again ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("stated")
def test_the_same_words_are_only_seen_again(officer: Desk, valga: Party) -> None:
    officer.send(add(valga), **pasted())
    shown = officer.send(add(valga), **pasted())
    assert said(shown) == ["Nothing has changed on this page since it was last read."]
    assert Reading.objects.count() == Source.objects.count() == 1


def test_only_what_changed_is_asked_and_what_is_no_longer_said_is_shown(
    officer: Desk, valga: Party, valka: Party, stated: list[Fact]
) -> None:
    viljandi = indexed(make_party(name="Viljandi"))
    for other in (valka, viljandi):
        make_act(partnership=make_partnership(parties=[valga, other]), kind=ActKind.SIGNED)
    stated.append(tie(b="Viljandi", since="1990", signed=True, quote="An agreement", start=35))
    officer.send(add(valga), **pasted(url=URL))
    first = Reading.objects.get()
    for number in (1, 2):
        officer.send(deed(first, "accept", number))

    del stated[1]
    stated.append(tie(b="Tartu", quote="An agreement", start=35))
    shown = officer.send(add(valga), **pasted(url=URL, text=TEXT + "New.\n"))
    assert said(shown) == ["Read. 1 fact is to be decided on."]
    assert [card.one("h3").text for card in shown.main.all("article")] == ["2 Valga – Tartu new"]
    [gone] = shown.main.all("section", aria_labelledby="g-gone")
    assert any("1990" in item for item in gone.items)
    assert not any("1992" in item for item in gone.items)
    old = officer.open(read(first))
    assert "The page was read again since." in old.main.text
    assert old.main.all("article") == []


def test_what_is_said_again_is_seen_later(officer: Desk, valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    early, late = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2024, 2025))
    first = make_reading(VALKA, party=valga, by=officer.user, text=TEXT, at=early)
    officer.send(deed(first, "accept"))
    make_reading(VALKA, party=valga, by=officer.user, text=f"{TEXT}.", at=late, source=first.source)
    days = {(s.first_seen.year, s.last_seen.year) for s in Statement.objects.filter(source=first.source)}
    assert days == {(2024, 2025)}


@pytest.mark.usefixtures("valka")
def test_what_was_rejected_is_not_asked_again(officer: Desk, valga: Party) -> None:
    first = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(first, "reject"), why="It is another Valka.")
    again = make_reading(VALKA, party=valga, by=officer.user, text=f"{TEXT}.", source=first.source)
    shown = officer.open(read(again))
    assert shown.main.all("article") == []
    assert pills(shown) == ["rejected"]


# Deciding --------------------------------------------------------------------------------------------


def test_who_is_in_doubt_is_chosen(officer: Desk, reading: Reading, valga: Party, valka: Party) -> None:
    shown = officer.open(deed(reading, "accept"))
    [group] = shown.main.all("fieldset")
    assert group.one("legend").text == "Who is meant by “Valka”?"
    officer.send(deed(reading, "accept"), who_b=f"party:{valka.pk}")
    assert {s.party for s in Partnership.objects.get().signatories.all()} == {valga, valka}


@pytest.mark.usefixtures("valka")
def test_nobody_else_can_be_chosen_than_who_is_offered(officer: Desk, reading: Reading) -> None:
    other = make_party(name="Elva")
    officer.refused(deed(reading, "accept"), who_b=f"party:{other.pk}")
    assert not Partnership.objects.exists()


def test_who_is_not_known_is_found_while_correcting(officer: Desk, reading: Reading) -> None:
    shown = officer.open(read(reading))
    assert "Nobody called “Valka” is known." in shown.main.text
    assert [b.text for b in shown.main.all("button")] == []
    walk = indexed(make_party(name="Walk", country="LV"))
    officer.send(deed(reading, "correct"), who_b_q="Walk", who_b=f"party:{walk.pk}")
    assert Partnership.objects.get().signatories.filter(party=walk).exists()


def test_a_date_is_corrected_with_the_reason(officer: Desk, reading: Reading, valka: Party) -> None:
    where = deed(reading, "correct")
    wrong = officer.refused(where, who_b=f"party:{valka.pk}", since="1993")
    assert len(wrongs(wrong)) == 1
    officer.send(where, who_b=f"party:{valka.pk}", since="1993", kind="twin", why="The agreement says so.")
    word = Statement.objects.get(field="date")
    assert (word.stated, word.value, word.why) == ("1992", "1993", "The agreement says so.")
    assert Partnership.objects.get().kind == PartnershipKind.TWINNING


def test_nothing_changed_needs_no_reason(officer: Desk, reading: Reading, valka: Party) -> None:
    officer.send(deed(reading, "correct"), who_b=f"party:{valka.pk}")
    assert ReadFact.objects.get().decision == "accepted"


def test_a_rejected_fact_can_be_reopened(officer: Desk, reading: Reading) -> None:
    officer.refused(deed(reading, "reject"))
    shown = officer.send(deed(reading, "reject"), why="It is not so.")
    assert "It is not so." in shown.main.text
    officer.send(deed(reading, "reopen"))
    assert ReadFact.objects.get().is_open


def test_two_clicks_accept_once(officer: Desk, reading: Reading, valka: Party) -> None:
    shown = officer.open(deed(reading, "accept"))
    for _click in range(2):
        officer.send(deed(reading, "accept"), shown, who_b=f"party:{valka.pk}")
    assert Partnership.objects.count() == 1


def test_all_that_agree_are_listed_and_then_accepted(officer: Desk, valga: Party, valka: Party) -> None:
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)
    reading = make_reading(VALKA, tie(b="Tartu", start=1), party=valga, by=officer.user, text=TEXT)
    where = address("reading-agreeing", reading.pk)
    listed = officer.open(where)
    assert [card.one("h2").text for card in listed.main.all("article")] == ["2 Valga – Valka adds to it"]
    assert said(officer.send(where)) == ["1 fact accepted."]
    assert [fact.decision for fact in reading.facts.all()] == ["open", "accepted"]


def test_what_others_decide_on_waits(officer: Desk, valga: Party, valka: Party) -> None:
    other = indexed(make_party(name="Viljandi"))
    make_act(partnership=make_partnership(parties=[valka, other]), kind=ActKind.SIGNED)
    fact = tie(a="Valka", b="Viljandi", kind="twin")
    reading = make_reading(fact, party=valga, by=officer.user, text=TEXT)
    who = {"who_a": f"party:{valka.pk}", "who_b": f"party:{other.pk}"}
    shown = officer.send(deed(reading, "accept"), **who)
    assert said(shown) == ["Accepted. What is others’ to decide waits for them."]
    assert {s.verdict for s in Statement.objects.all()} == {Verdict.PROPOSED}


def test_the_page_asks_as_many_questions_for_one_fact_as_for_many(officer: Desk, valga: Party) -> None:
    def asked(*facts: Fact) -> int:
        reading = make_reading(*facts, party=valga, by=officer.user, text=f"{TEXT}{len(facts)}")
        return len(officer.asks(read(reading)))

    towns = [indexed(make_party(name=f"Town {n}")) for n in range(12)]
    for town in towns:
        make_act(partnership=make_partnership(parties=[valga, town]), kind=ActKind.SIGNED)
        make_name(party=town, text=f"Linn {town.slug}")
    few: list[Fact] = [tie(b="Town 0", quote="Our", start=0), membership(quote="partners", start=4)]
    many: list[Fact] = [tie(b=str(town), quote="Our", start=n) for n, town in enumerate(towns)]
    assert asked(*many, *few[1:]) <= asked(*few) + 2


def test_a_page_about_others_offers_no_button_to_take_up_what_is_new(officer: Desk, valga: Party) -> None:
    others = [indexed(make_party(name=name)) for name in ("Viljandi", "Võru")]
    reading = make_reading(tie(a="Viljandi", b="Võru"), party=valga, by=officer.user, text=TEXT)
    assert "about others" in officer.open(read(reading)).main.text
    who = {f"who_{key}": f"party:{party.pk}" for key, party in zip("ab", others, strict=True)}
    shown = officer.refused(deed(reading, "accept"), **who)
    assert "about others" in wrongs(shown)[0]
