"""A page that is read again: only what has changed is asked, and nothing that was decided is forgotten."""

from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from tests.desk.conftest import Desk, Typed, filled, pills, said, wrongs
from tests.desk.readpages import (
    QUOTE,
    TEXT,
    VALKA,
    _few_towns,
    add,
    deed,
    found_at,
    indexed,
    officer,
    pasted,
    read,
    stated,
    valga,
    valka,
)
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.readings import make_reading, named, tie
from tests.web.reading import Page
from twinhall.desk.views import readings as views
from twinhall.evidence.models import Source, Statement
from twinhall.exchange.models import ReadFact, Reading
from twinhall.exchange.readings import reading as reading_module
from twinhall.exchange.readings.keeping import keep_reading
from twinhall.parties.models import Party
from twinhall.partnerships.models import ActKind
from twinhall.reader.facts import Fact

__all__ = ["_few_towns", "officer", "stated", "valga", "valka"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "_few_towns")]

URL = "https://valga.example/partners"
NOTHING_NEW = "Nothing has changed on this page since it was last read."


def titles(shown: Page) -> list[str]:
    """The facts that wait, by their titles."""
    return [card.one("h3").text for card in shown.main.all("article")]


def gone(shown: Page) -> list[str]:
    """What the page no longer says."""
    return [item for section in shown.main.all("section", aria_labelledby="g-gone") for item in section.items]


def last() -> Reading:
    return Reading.objects.order_by("-seen_at", "-pk")[0]


@pytest.fixture
def agreed(valga: Party, valka: Party) -> None:
    """Valga and Valka have signed, some day."""
    make_act(partnership=make_partnership(parties=[valga, valka]), kind=ActKind.SIGNED)


# Back to earlier words -------------------------------------------------------------------------------


@pytest.mark.usefixtures("agreed")
def test_a_page_that_goes_back_to_its_words_is_not_decided_on_twice(
    officer: Desk, valga: Party, stated: list[Fact]
) -> None:
    viljandi = tie(b="Viljandi", quote="Our", start=0)
    stated.append(viljandi)
    officer.send(add(valga), **pasted(url=URL))
    first = last()
    stated[:] = [VALKA, tie(b="Tartu", quote="partners", start=4)]
    officer.send(add(valga), **pasted(url=URL, text=TEXT + "New.\n"))
    officer.send(deed(last(), "accept", 2))
    words = Statement.objects.count()
    stated[:] = [VALKA, viljandi]
    shown = officer.send(add(valga), **pasted(url=URL))
    assert last() == first
    assert said(shown) == ["Read. 1 fact is to be decided on."]
    assert titles(shown) == ["1 Valga – Viljandi new"]
    assert (Statement.objects.count(), gone(shown)) == (words, [])
    assert said(officer.send(add(valga), **pasted(url=URL))) == [NOTHING_NEW]


def test_what_was_rejected_stays_rejected_when_the_page_goes_back(officer: Desk, valga: Party) -> None:
    one = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    two = make_reading(VALKA, party=valga, by=officer.user, text=f"{TEXT}.", source=one.source)
    officer.send(deed(two, "reject"), why="It is another Valka.")
    make_reading(VALKA, party=valga, by=officer.user, text=TEXT, source=one.source)
    shown = officer.open(read(one))
    assert (titles(shown), pills(shown)) == ([], ["rejected"])


def test_what_was_reopened_waits_when_the_page_changes(officer: Desk, valga: Party) -> None:
    one = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(one, "reject"), why="It is another Valka.")
    two = make_reading(VALKA, party=valga, by=officer.user, text=f"{TEXT}.", source=one.source)
    officer.send(deed(two, "reopen"))
    make_reading(VALKA, party=valga, by=officer.user, text=f"{TEXT}..", source=one.source)
    assert [fact.decision for fact in last().facts.all()] == ["open"]


# What is still said ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("agreed")
def test_of_a_changed_fact_only_what_changed_is_no_longer_said(officer: Desk, valga: Party) -> None:
    one = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(one, "accept"))
    changed = tie(b=named("Valka", country="LV"), since="1993", signed=True, quote=QUOTE)
    two = make_reading(changed, party=valga, by=officer.user, text=f"{TEXT}.", source=one.source)
    before = gone(officer.open(read(two)))
    assert len(before) == 1
    assert "1992" in before[0]
    officer.send(deed(two, "reject"), why="It was in 1992.")
    assert gone(officer.open(read(two))) == before


def test_who_was_meant_is_remembered_when_the_fact_changes(officer: Desk, valga: Party) -> None:
    walk = indexed(make_party(name="Walk", country="LV"))
    one = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(one, "correct"), who_b_q="Walk", who_b=f"party:{walk.pk}")
    more = tie(b=named("Valka", country="LV"), since="1992", signed=True, fields=["culture"], quote=QUOTE)
    two = make_reading(more, party=valga, by=officer.user, text=f"{TEXT}.", source=one.source)
    shown = officer.open(read(two))
    assert titles(shown) == ["1 Valga – Walk adds to it"]
    assert gone(shown) == []
    officer.refused(deed(two, "accept"))  # likeliest, not certain: a person says so again
    officer.send(deed(two, "accept"), who_b=f"party:{walk.pk}")
    assert ReadFact.objects.get(reading=two).choices["b"] == f"party:{walk.pk}"


def test_whom_a_name_means_elsewhere_is_not_taken_from_another_page(officer: Desk, valga: Party) -> None:
    walk = indexed(make_party(name="Walk", country="LV"))
    one = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    officer.send(deed(one, "correct"), who_b_q="Walk", who_b=f"party:{walk.pk}")
    other = make_reading(VALKA, party=valga, by=officer.user, text=TEXT)
    assert titles(officer.open(read(other))) == ["1 Valga – Valka new"]


# Which page it is ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("valka")
def test_another_text_of_the_same_title_is_asked_about(
    officer: Desk, valga: Party, stated: list[Fact]
) -> None:
    officer.send(add(valga), **pasted())
    stated.clear()
    shown = officer.refused(add(valga), **pasted(text="Quite another text."))
    assert wrongs(shown) == [
        "Is it the same page?: A page of this title was read before and reads otherwise."
    ]
    [first] = Source.objects.all()
    choices = [one.attributes["value"] for one in shown.main.all("input", name="which")]
    assert choices == [str(first.pk), "another"]
    officer.send(add(valga), **pasted(text="Quite another text.", which="another"))
    second = Source.objects.exclude(pk=first.pk).get()
    assert gone(officer.open(read(last()))) == []
    officer.send(add(valga), **pasted(text="It has changed.", which=str(second.pk)))
    assert Source.objects.count() == 2
    assert last().source == second
    assert said(officer.send(add(valga), **pasted(text="It has changed."))) == [NOTHING_NEW]
    officer.refused(add(valga), **pasted(text="Yet another.", which="0"))


@pytest.mark.usefixtures("stated", "valka")
def test_the_answer_which_page_it_is_stays_while_its_file_is_chosen_again(
    officer: Desk, valga: Party
) -> None:
    def page(words: str) -> SimpleUploadedFile:
        html = f"<html><head><title>Our partners</title></head><body><p>{TEXT}{words}</p></body></html>"
        return SimpleUploadedFile("page.html", html.encode())

    officer.send(add(valga), how="file", file=page(""))
    [source] = Source.objects.all()
    asked = officer.refused(add(valga), how="file", file=page("New."))
    assert wrongs(asked) == [
        "File: Choose your files once more.",
        "Is it the same page?: A page of this title was read before and reads otherwise.",
    ]
    forgot = officer.refused(add(valga), asked, which=str(source.pk))
    assert wrongs(forgot) == ["File: Choose the file."]
    assert filled(forgot)["which"] == [str(source.pk)]
    officer.send(add(valga), forgot, file=page("New."))
    assert last().source == source
    assert Reading.objects.count() == 2


# Tried once more -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["file", "address"])
@pytest.mark.usefixtures("stated", "valka")
def test_a_page_is_read_once_though_its_deed_is_tried_twice(officer: Desk, valga: Party, how: str) -> None:
    tried = mock.Mock(wraps=keep_reading)
    tried.side_effect = [IntegrityError("at the same moment"), mock.DEFAULT]
    file = SimpleUploadedFile("p.txt", TEXT.encode())
    told: dict[str, dict[str, Typed]] = {"file": {"file": file, "title": "Partners"}, "address": {"url": URL}}
    with (
        mock.patch.object(views, "keep_reading", tried),
        mock.patch.object(reading_module, "fetch", return_value=found_at(URL)) as fetch,
    ):
        officer.send(add(valga), how=how, **told[how])
    assert tried.call_count == 2
    assert fetch.call_count == (how == "address")
    assert Reading.objects.count() == 1
