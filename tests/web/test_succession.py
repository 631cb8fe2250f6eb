"""A party that took another's place says so, and shows what the other had agreed, apart from its own."""

import pytest
from django.utils import timezone

from tests.factories.evidence import make_accepted
from tests.factories.parties import make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from tests.web.test_pages import wrong_markup
from twinhall.parties.models import Party, Succession

pytestmark = pytest.mark.django_db


def succeed(old: Party, new: Party, *, date: str = "", note: str = "") -> Succession:
    """A succession, by the words of the successor where there are any."""
    succession = Succession.objects.create(predecessor=old, successor=new)
    source = make_own_page(new)
    if date:
        make_accepted(subject=succession, field="date", stated=date, source=source, as_printed=date)
    if note:
        make_accepted(subject=succession, field="note", stated=note, source=source, language="en")
    return succession


@pytest.fixture
def salo() -> Party:
    return make_party(name="Salo", country="FI")


@pytest.fixture
def halikko() -> Party:
    return make_party(name="Halikko", country="FI")


@pytest.fixture
def kose() -> Party:
    return make_party(name="Kose", country="EE")


def test_the_successor_names_whose_place_it_took(visit: Read, salo: Party, halikko: Party) -> None:
    succeed(halikko, salo, date="2009", note="Ten municipalities were joined.")
    shown = visit("/en/parties/salo/")
    callout = shown.main.one("div", class_="callout info")
    title, line = callout.all("p")
    assert title.text == "Took the place of Halikko (2009)"
    assert line.text == "Halikko, Finland. Ten municipalities were joined."
    assert line.one("a", href="/en/parties/halikko/").text == "Halikko"
    assert [shown.note(number) for number in line.marks] == ["Halikko · date 2009"]
    assert wrong_markup(shown) == []


def test_the_predecessor_names_who_took_its_place(visit: Read, salo: Party, halikko: Party) -> None:
    succeed(halikko, salo, date="2009-01-01")
    callout = visit("/en/parties/halikko/").main.one("div", class_="callout warn")
    assert callout.one("p", class_="callout-title").text == "Succeeded by Salo (1 January 2009)"
    assert callout.one("a", href="/en/parties/salo/").text == "Salo"


def test_several_predecessors_stand_together_the_oldest_first(
    visit: Read, salo: Party, halikko: Party
) -> None:
    succeed(halikko, salo, date="2009")
    succeed(make_party(name="Uskela", country="FI"), salo, date="1967")
    succeed(make_party(name="Kisko", country="FI"), salo)
    callout = visit("/en/parties/salo/").main.one("div", class_="callout info")
    assert callout.one("p", class_="callout-title").text == (
        "Took the place of Uskela (1967), Halikko (2009) and Kisko"
    )


def test_the_ties_of_the_predecessor_stand_apart(
    visit: Read, salo: Party, halikko: Party, kose: Party
) -> None:
    succeed(halikko, salo, date="2009")
    old = make_partnership(parties=[halikko, kose], address="halikko-kose")
    signed = make_act(partnership=old, date="1990")
    make_accepted(subject=signed, field="date", stated="1990", source=make_own_page(kose), as_printed="1990")
    make_act(partnership=make_partnership(parties=[salo, make_party(name="Elva")]), date="1995")
    shown = visit("/en/parties/salo/")
    assert shown.headings[:2] == [
        "Partnerships 1 in force",
        "Ties of Halikko, which Salo succeeded predecessor",
    ]
    inherited = shown.section("Ties of Halikko")
    assert [row[0] for row in inherited.rows] == ["Kose Estonia twinning"]
    assert inherited.one("h3").text == "1 in force"
    assert inherited.one("caption").text.startswith("Towns and regions that Halikko has a tie with")
    assert [shown.note(number) for number in inherited.marks] == ["Kose · date 1990"]
    assert shown.main.facts["Partnerships in force"].startswith("1 ")
    assert wrong_markup(shown) == []


def test_they_are_those_of_the_day(visit: Read, salo: Party, halikko: Party, kose: Party) -> None:
    succeed(halikko, salo)
    tie = make_partnership(parties=[halikko, kose])
    make_act(partnership=tie, date="1990")
    make_act(partnership=tie, kind="ended", date="2008")
    assert visit("/en/parties/salo/").section("Ties of").one("h3").text == "1 ended"
    assert visit("/en/parties/salo/", on="2000-01-01").section("Ties of").one("h3").text == "1 in force"


def test_a_predecessor_without_ties_has_no_section(visit: Read, salo: Party, halikko: Party) -> None:
    succeed(halikko, salo)
    shown = visit("/en/parties/salo/")
    assert [heading for heading in shown.headings if heading.startswith("Ties of")] == []
    assert shown.main.one("p", class_="callout-title").text == "Took the place of Halikko"


def test_a_tie_of_the_two_stands_once(visit: Read, salo: Party, halikko: Party) -> None:
    succeed(halikko, salo)
    make_act(partnership=make_partnership(parties=[halikko, salo]), date="1990")
    assert [h for h in visit("/en/parties/salo/").headings if "in force" in h or h.startswith("Ties of")] == [
        "Partnerships 1 in force"
    ]


def test_the_predecessors_own_page_keeps_its_ties(
    visit: Read, salo: Party, halikko: Party, kose: Party
) -> None:
    succeed(halikko, salo)
    make_act(partnership=make_partnership(parties=[halikko, kose]), date="1990")
    assert visit("/en/parties/halikko/").headings[0] == "Partnerships 1 in force"


@pytest.mark.parametrize("what", ["succession", "other"])
def test_what_was_withdrawn_is_not_told(visit: Read, salo: Party, halikko: Party, what: str) -> None:
    record = succeed(halikko, salo) if what == "succession" else halikko
    if what == "other":
        succeed(halikko, salo)
    record.withdrawn_at, record.withdrawn_why = timezone.now(), "An error."
    record.save()
    assert visit("/en/parties/salo/").main.all("p", class_="callout-title") == []


def test_a_source_names_the_succession_that_it_states(visit: Read, salo: Party, halikko: Party) -> None:
    succeed(halikko, salo, date="2009")
    source = salo.publications.get().source
    assert visit(f"/en/sources/{source.pk}/").main.rows == [
        ["Halikko, succeeded by Salo succession", "Date", "2009", "2009", "Report an error"]
    ]
