"""Reporting an error in a fact: from the note to the thanks, and what keeps machines away."""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.factories.evidence import make_accepted, make_source, make_statement
from tests.factories.parties import make_own_page, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.web.conftest import Read
from tests.web.reading import Page, page
from tests.web.test_pages import wrong_markup
from twinhall.accounts.models import User
from twinhall.evidence.actions import reject
from twinhall.evidence.models import Statement
from twinhall.exchange.models import Finding
from twinhall.parties.models import Party
from twinhall.parties.precedence import rank
from twinhall.web.limits import Limit, sender

pytestmark = pytest.mark.django_db

Send = Callable[..., Page]
TITLE = "callout-title"


@pytest.fixture(autouse=True)
def _counted_from_nothing(settings: Settings) -> None:
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "default": memory}
    cache.clear()


class Clock:
    """The time, which passes only when it is told to."""

    def __init__(self) -> None:
        self.now = time.time()

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("time.time", lambda: made.now)
    return made


@pytest.fixture
def town() -> Party:
    return make_party(name="Valga", language="et", population=12000)


@pytest.fixture
def word(town: Party) -> Statement:
    source = make_own_page(town, title="Valga arvudes")
    source.language = "et"
    source.save()
    return make_accepted(
        subject=town, field="population", stated=12000, source=source, as_printed="12 000", quote="elanikke"
    )


@pytest.fixture
def send(visit: Read, client: Client, word: Statement, clock: Clock) -> Send:
    """Opens the form, fills it, takes the time that a person takes, sends it, reads the answer."""

    def sent(*, answers: int, after: float = 20, address: str = "192.0.2.1", **filled: str) -> Page:
        form = visit(f"/en/report/{word.pk}/").main.one("form", method="post")
        names = [e.attributes for e in form.all("input") if "name" in e.attributes]
        data = {e["name"]: e.get("value", "") for e in names} | {"told": "It has fewer people."} | filled
        clock.wait(after)
        answer = client.post(f"/en/report/{word.pk}/", data, REMOTE_ADDR=address)
        if answers == 302:
            assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/report/{word.pk}/thanks/")
            return visit(answer.headers["Location"])
        return page(answer, answers)

    return sent


def filled(shown: Page) -> dict[str, str]:
    """What stands in the fields that a person sees."""
    form = shown.main.one("form", method="post")
    typed = {e.attributes["name"]: e.attributes.get("value", "") for e in form.all("input")}
    typed |= {e.attributes["name"]: e.text for e in form.all("textarea")}
    return {name: typed[name] for name in ("told", "should_read", "evidence_url", "email", "homepage")}


# The way there ---------------------------------------------------------------------------------------


def test_every_note_leads_to_a_report_of_its_fact(visit: Read, word: Statement) -> None:
    note = visit("/en/parties/valga/").one("li", id="note-1")
    link = note.one("a")
    assert link.attributes["href"] == f"/en/report/{word.pk}/"
    assert (link.text, link.attributes["aria-label"]) == (
        "Report an error",
        "Report an error: Population",
    )
    assert link.attributes["rel"] == "nofollow"


def test_so_does_every_row_of_a_source_but_for_what_was_rejected(visit: Read, word: Statement) -> None:
    rejected = make_statement(subject=make_party(), field="population", stated=1, source=word.source)
    reject([rejected], by=User.objects.create_user("a@example.org", "A"), rank=rank)
    shown = visit(f"/en/sources/{word.source_id}/").main
    links = [a.attributes["href"] for a in shown.all("a") if a.text == "Report an error"]
    assert links == [f"/en/report/{word.pk}/"]


def test_the_form_shows_the_fact(visit: Read, word: Statement) -> None:
    shown = visit(f"/en/report/{word.pk}/")
    assert shown.heading == "Report an error in this fact"
    assert shown.main.facts == {
        "Party": "Valga",
        "Matter": "Population",
        "The register says": "12,000",
        "As printed": "12 000; elanikke",
        "Source": "Valga arvudes Valga",
    }
    assert [e.text for e in shown.main.all("span", lang="et")] == ["12 000", "elanikke"]
    assert shown.one("meta", name="robots").attributes["content"] == "noindex"
    assert shown.one("head").all("link", rel="canonical") == []
    assert wrong_markup(shown) == []


def test_a_fact_that_the_register_does_not_hold_yet_is_shown_too(visit: Read, town: Party) -> None:
    proposed = make_statement(subject=town, field="website", stated="https://valga.example")
    facts = visit(f"/en/report/{proposed.pk}/").main.facts
    assert (facts["The register says"], facts["As printed"]) == ("nothing yet", "not quoted")


def test_a_fact_of_an_act_is_called_as_readers_call_it(visit: Read, town: Party) -> None:
    tie = make_partnership(parties=[town, make_party(name="Valka")])
    dated = make_accepted(subject=make_act(partnership=tie), field="date", stated="1993")
    facts = visit(f"/en/report/{dated.pk}/").main.facts
    assert (facts["Act"], facts["Date"] if "Date" in facts else facts["Matter"]) == (
        "Valga and Valka: agreement signed",
        "Date",
    )


@pytest.mark.parametrize("language", ["et", "lv", "bg"])
def test_the_form_is_there_in_every_language(visit: Read, word: Statement, language: str) -> None:
    assert visit(f"/{language}/report/{word.pk}/").language == language


def test_there_is_no_form_for_a_word_that_is_not_shown(visit: Read, town: Party) -> None:
    rejected = make_statement(subject=town, field="population", stated=1)
    reject([rejected], by=User.objects.create_user("a@example.org", "A"), rank=rank)
    for number in (rejected.pk, 0, 10**30):
        visit(f"/en/report/{number}/", answers=404)
        visit(f"/en/report/{number}/thanks/", answers=404)


# Sending ---------------------------------------------------------------------------------------------


def test_a_report_is_kept_and_thanked_for(send: Send, town: Party) -> None:
    thanks = send(
        answers=302,
        should_read="11 000",
        evidence_url="stat.example/valga",
        email="reader@example.org",
    )
    assert thanks.heading == "Thank you for your report"
    assert thanks.main.one("a").attributes["href"] == "/en/parties/valga/"
    assert thanks.one("meta", name="robots").attributes["content"] == "noindex"
    finding = Finding.objects.get()
    assert (finding.subject_type, finding.subject_id, finding.field) == (
        "parties.party",
        town.pk,
        "population",
    )
    assert (finding.told, finding.should_read, finding.evidence_url, finding.email) == (
        "It has fewer people.",
        "11 000",
        "https://stat.example/valga",
        "reader@example.org",
    )
    assert (finding.page_language, list(finding.desks.all())) == ("en", [town])


def test_only_what_is_wrong_must_be_told(send: Send) -> None:
    shown = send(answers=422, told=" ", should_read="11 000")
    field = shown.main.one("div", class_="field wrong")
    assert field.one("div", class_="errors").text == "Error: Say what is wrong, in a few words."
    assert shown.main.one("p", class_=TITLE).text == "The report has not been sent yet."
    assert filled(shown)["should_read"] == "11 000"
    assert not Finding.objects.exists()
    send(answers=302)


def test_the_session_of_a_stranger_is_not_touched(send: Send, client: Client) -> None:
    send(answers=302)
    assert set(client.cookies) == {"csrftoken"}
    assert not Session.objects.exists()


def test_a_form_of_another_site_is_refused(word: Statement) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/en/report/{word.pk}/", {"told": "No."}).status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, word: Statement, method: str) -> None:
    assert getattr(client, method)(f"/en/report/{word.pk}/").status_code == 405


# Machines --------------------------------------------------------------------------------------------


def why(shown: Page) -> str:
    return shown.main.one("div", class_="callout warn").all("p")[1].text


AGAIN = "What you wrote is still here: send it once more."


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (
            {"homepage": "https://spam.example"},
            "A field that is to stay empty was filled. It is empty again.",
        ),
        ({"after": 2.5}, "It came quicker than anybody writes. Wait a moment."),
        ({"after": 25 * 60 * 60}, "The form had been open for more than a day."),
        ({"stamp": ""}, "The form had been open for more than a day."),
        ({"stamp": "made:up:by-a-machine"}, "The form had been open for more than a day."),
    ],
    ids=["trap", "too quick", "too old", "no stamp", "false stamp"],
)
def test_what_a_machine_does_is_answered_with_a_word_and_all_is_kept(
    send: Send, how: dict[str, Any], words: str
) -> None:
    shown = send(answers=422, should_read="11 000", email="reader@example.org", **how)
    assert why(shown) == f"{words} {AGAIN}"
    assert filled(shown) == {
        "told": "It has fewer people.",
        "should_read": "11 000",
        "evidence_url": "",
        "email": "reader@example.org",
        "homepage": "",
    }
    assert not Finding.objects.exists()


def test_a_form_that_was_too_old_can_be_sent_again(
    send: Send, client: Client, clock: Clock, word: Statement
) -> None:
    shown = send(answers=422, after=25 * 60 * 60)
    stamp = shown.main.one("input", name="stamp").attributes["value"]
    clock.wait(4)
    again = filled(shown) | {"stamp": stamp}
    assert client.post(f"/en/report/{word.pk}/", again).status_code == 302


def test_a_form_that_lacks_something_keeps_its_stamp(send: Send) -> None:
    """So that nobody who mends it at once is too quick."""
    shown = send(answers=422, told="")
    stamp = shown.main.one("input", name="stamp").attributes["value"]
    assert send(answers=302, stamp=stamp, after=0).heading == "Thank you for your report"


def test_the_stamp_of_another_fact_is_none(visit: Read, send: Send) -> None:
    other = make_accepted(subject=make_party(), field="population", stated=1, source=make_source())
    stamp = visit(f"/en/report/{other.pk}/").main.one("input", name="stamp").attributes["value"]
    send(answers=422, stamp=stamp)


def test_the_trap_is_out_of_everybodys_way(visit: Read, word: Statement) -> None:
    shown = visit(f"/en/report/{word.pk}/").main
    trap = shown.one("div", class_="visually-hidden")
    assert trap.attributes["aria-hidden"] == "true"
    assert trap.one("label").own_words == "Leave this empty"
    assert trap.one("input").attributes["tabindex"] == "-1"


@pytest.mark.parametrize(("links", "answers"), [(3, 302), (4, 422)])
def test_more_than_three_links_are_refused(send: Send, links: int, answers: int) -> None:
    told = " ".join(
        ["See https://a.example", "http://b.example", "www.c.example", "HTTPS://d.example"][:links]
    )
    shown = send(answers=answers, told=told)
    if answers == 422:
        assert shown.main.one("div", class_="errors").text == (
            "Error: There are more than 3 links in it. Leave those that matter most."
        )


@pytest.mark.parametrize("address", ["ftp://stat.example/valga", "javascript:alert(1)", "not an address"])
def test_only_an_address_of_the_web_is_taken(send: Send, address: str) -> None:
    assert filled(send(answers=422, evidence_url=address))["evidence_url"] == address


# Limits ----------------------------------------------------------------------------------------------


def test_a_sixth_report_within_an_hour_waits(send: Send, clock: Clock) -> None:
    for number in range(5):
        send(answers=302, told=f"No. {number}")
    shown = send(answers=429, told="No. 5", should_read="11 000")
    assert shown.main.one("p", class_=TITLE).text == "Too many reports have come in."
    assert filled(shown) | {"told": "No. 5", "should_read": "11 000"} == filled(shown)
    assert Finding.objects.count() == 5
    send(answers=302, told="No. 5", address="192.0.2.2")
    clock.wait(60 * 60)
    send(answers=302, told="No. 6")


def test_it_says_when_to_try_again(
    send: Send, client: Client, visit: Read, clock: Clock, word: Statement
) -> None:
    clock.now = dt.datetime(2026, 12, 1, 14, 5, tzinfo=dt.UTC).timestamp()
    for number in range(5):
        send(answers=302, told=f"No. {number}", after=60)
    shown = visit(f"/en/report/{word.pk}/").main
    clock.wait(60)
    stamp = shown.one("input", name="stamp").attributes["value"]
    refused = client.post(
        f"/en/report/{word.pk}/", {"told": "No. 5", "stamp": stamp}, REMOTE_ADDR="192.0.2.1"
    )
    assert "send it again after 1 December 2026, 15:06." in why(page(refused, 429))
    assert refused.headers["Retry-After"] != ""


def test_a_hundred_a_day_are_taken_in_all(send: Send, clock: Clock) -> None:
    for place in range(100):
        cache.add(f"limit:reports:all:{place}", clock.now + 600, 600)
    send(answers=429)
    clock.wait(600)
    send(answers=302)


def test_who_fails_to_fill_the_form_is_not_counted(send: Send) -> None:
    for _ in range(6):
        send(answers=422, told="")
    send(answers=302)


def test_the_address_of_a_sender_is_kept_nowhere(send: Send) -> None:
    send(answers=302, address="192.0.2.77")
    kept = [*cache._cache, *map(str, Finding.objects.values_list())]  # type: ignore[attr-defined]
    assert len(kept) == 3
    assert [text for text in kept if "192.0.2.77" in text] == []


def test_one_house_of_ipv6_is_one_sender(rf: RequestFactory) -> None:
    def of(address: str) -> str:
        return sender(rf.post("/", REMOTE_ADDR=address))

    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9")
    assert of("2001:db8:1:2::1") != of("2001:db8:1:3::1")
    assert of("192.0.2.1") != of("192.0.2.2")


def test_a_place_is_free_again_when_its_own_span_has_passed(clock: Clock) -> None:
    limit = Limit("test", most=2, span=dt.timedelta(minutes=10))
    assert limit.take() is None
    clock.wait(60)
    assert limit.take() is None
    free_again = limit.take()
    assert free_again is not None
    assert free_again.timestamp() == pytest.approx(clock.now - 60 + 600)
    clock.wait(541)
    assert limit.take() is None
    assert limit.take() is not None
