"""The client against a service that throttles, breaks off, and answers with something else."""

import itertools
import time

import pytest

from tests.exchange.wikidata import service as faults
from tests.exchange.wikidata.service import Fault, Server
from twinhall.exchange.wikidata import queries
from twinhall.exchange.wikidata.asking import (
    Answer,
    AskingError,
    Manners,
    Service,
    TooHeavyError,
    user_agent,
)

HASTY = Manners(
    pause=0, tries=3, growth=0, throttled=0.2, patience=5, connect=2, silence=0.3, whole=0.3, most=1_000_000
)
CONTACT = "hall@example.org"


def ask(server: Server, manners: Manners = HASTY) -> Answer:
    return Service(server.address, contact=CONTACT, manners=manners).ask(queries.items(""))


def test_who_asks_is_named_and_the_question_is_a_form(service: Server) -> None:
    answer = ask(service)
    assert answer.rows == 4
    (asked,) = service.asked
    assert asked.query == queries.text("items")
    assert asked.headers["User-Agent"].startswith("Twinhall/")
    assert CONTACT in asked.headers["User-Agent"]
    assert asked.headers["Accept"] == "application/sparql-results+json"
    assert asked.headers["Accept-Encoding"] == "gzip"
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "fault",
    [
        faults.status(429, "Too Many Requests", Retry_After="0"),
        faults.status(429, Retry_After="soon"),
        faults.status(500, "Internal error"),
        faults.status(502, faults.PAGE),
        faults.status(503, "Busy", Retry_After="0"),
        faults.status(504),
        faults.cut,
        faults.broken_off,
        faults.broken_chunk,
        faults.damaged,
        faults.page,
        faults.without_rows,
        faults.silent,
        faults.endless,
        faults.flood,
    ],
)
def test_what_passes_is_asked_again(service: Server, fault: Fault) -> None:
    service.faults.append(fault)
    assert ask(service).rows == 4
    assert len(service.asked) == 2


def test_who_never_answers_is_given_up(service: Server) -> None:
    service.faults.extend([faults.status(500, "Out of memory")] * 9)
    with pytest.raises(AskingError, match="asked 3 times: status 500: Out of memory"):
        ask(service)
    assert len(service.asked) == 3


def test_nobody_there() -> None:
    nobody = Service("http://127.0.0.1:9/sparql", contact=CONTACT, manners=HASTY)
    with pytest.raises(AskingError, match="asked 3 times"):
        nobody.ask("SELECT")


@pytest.mark.parametrize("fault", [faults.stopped, faults.stopped_midway])
def test_a_query_that_was_stopped_is_told_apart(service: Server, fault: Fault) -> None:
    service.faults.append(fault)
    with pytest.raises(TooHeavyError):
        ask(service)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.status(400, "MalformedQueryException"), "status 400.*Malformed"),
        (faults.status(403, "You have been banned until tomorrow"), "status 403.*banned"),
        (faults.status(301, Location="https://elsewhere.example/"), "elsewhere.*https://elsewhere.example/"),
        (faults.status(429, Retry_After="86400"), "1440 minutes"),
    ],
)
def test_a_refusal_is_not_asked_again(service: Server, fault: Fault, words: str) -> None:
    service.faults.append(fault)
    with pytest.raises(AskingError, match=words):
        ask(service)
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [(faults.status(429, Retry_After="1"), 1.0), (faults.status(429), 0.2)],
    ids=["as long as it says", "some time where it does not say"],
)
def test_a_throttle_is_waited_for(service: Server, fault: Fault, seconds: float) -> None:
    service.faults.append(fault)
    ask(service)
    first, second = service.asked
    assert second.at - first.at >= seconds


def test_there_is_a_pause_between_questions(service: Server) -> None:
    asking = Service(service.address, contact=CONTACT, manners=Manners(pause=0.15))
    for _ in range(3):
        asking.ask(queries.items(""))
    times = [asked.at for asked in service.asked]
    assert min(after - before for before, after in itertools.pairwise(times)) >= 0.15


def test_waiting_grows(service: Server) -> None:
    service.faults.extend([faults.status(503)] * 3)
    ask(service, Manners(pause=0.01, growth=0.05))
    times = [asked.at for asked in service.asked]
    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert pauses[1] >= 0.1
    assert pauses[2] >= 0.2


@pytest.mark.parametrize("fault", [faults.endless, faults.flood])
def test_an_answer_without_end_is_not_read_to_it(service: Server, fault: Fault) -> None:
    service.faults.extend([fault] * 3)
    began = time.monotonic()
    with pytest.raises(AskingError, match="does not end"):
        ask(service)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("address", ["ftp://query.example/sparql", "query.example/sparql", "file:///etc", ""])
def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(AskingError, match="http"):
        Service(address, contact=CONTACT, manners=HASTY)


@pytest.mark.parametrize("contact", ["", "hall@example.org\r\nX-More: 1", "hâll@example.org", "(nobody"])
def test_nobody_asks_without_a_contact(contact: str) -> None:
    with pytest.raises(AskingError, match="TWINHALL_OPERATOR_EMAIL"):
        user_agent(contact)


def test_the_contact_may_be_a_page(service: Server) -> None:
    asking = Service(service.address, contact="https://hall.example/about", manners=HASTY)
    asking.ask(queries.items(""))
    assert "(https://hall.example/about)" in service.asked[0].headers["User-Agent"]
