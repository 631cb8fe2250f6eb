"""All that is asked of us is answered, and what is asked of others asks the same."""

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from twinhall.bench import samples
from twinhall.bench.driving import Question
from twinhall.bench.generator import ANEW
from twinhall.bench.peers import Datasette
from twinhall.bench.questions import BAVARIA, compared, limited
from twinhall.finder.models import Entry

pytestmark = pytest.mark.usefixtures("few_towns")
TODAY = dt.date(2026, 12, 1)


def unanswered(client: Client, questions: Iterable[Question]) -> list[str]:
    """The addresses that are not answered as they should be."""
    wrong = []
    for question in questions:
        answer = client.get(question.path)
        if answer.status_code != 200 or question.expected.encode() not in answer.content:
            wrong.append(question.path)
    return wrong


def test_what_is_compared_is_answered(client: Client) -> None:
    found = {one.name: one for one in compared(Datasette("register"))}
    assert {name: one.goal for name, one in found.items()} == {
        "party page": 4.0,
        "list of a country": None,
        "autocomplete": 3.0,
        "API item": None,
    }
    assert unanswered(client, (question for one in found.values() for question in one.ours)) == []
    assert all(len(one.ours) == len(asked) for one in found.values() for asked in one.peers.values())


def test_lists_and_searches_are_answered(client: Client) -> None:
    found = {one.name: one for one in limited(TODAY)}
    assert {one.limit for one in found.values()} == {50.0, 250.0, None}
    assert "Bavaria’s partners in Italy" in found
    assert unanswered(client, (question for one in found.values() for question in one.questions[:3])) == []


def without_again(page: str) -> str:
    """A page whose links, which keep what was asked, are as those of one that was asked for plainly."""
    return re.sub(r'(\?|&amp;)(?=")', "", re.sub(r"again=1(&amp;)?", "", page))


def test_a_page_made_anew_says_what_the_kept_one_says(client: Client) -> None:
    asked = [one.ours for one in compared(Datasette("register")) if ANEW in one.hows]
    asked += [one.questions for one in limited(TODAY)]
    for question, *_others in asked:
        again = f"{question.path}{'&' if '?' in question.path else '?'}again=1"
        anew, kept = (client.get(path).content.decode() for path in (again, question.path))
        assert without_again(anew) == without_again(kept)


def test_the_quickest_peer_finds_what_begins_so() -> None:
    (begins, *_others) = samples.beginnings()
    asked = parse_qs(urlsplit(Datasette("register").between(begins, 10).path).query)
    between = Entry.objects.filter(key__gte=asked["key__gte"][0], key__lt=asked["key__lt"][0])
    assert set(between) == set(Entry.objects.filter(key__startswith=begins)) != set()


def test_beginnings_are_of_three_to_six_letters() -> None:
    assert {len(text) for text in samples.beginnings()} == {3, 4, 5, 6}


def test_places_are_those_of_ties_between_countries() -> None:
    assert {frozenset((p.country, p.partner_country)) for p in samples.pairs_of_places()} == {
        frozenset(("DE", "IT")),
        frozenset(("IT", "FR")),
    }
    assert BAVARIA.region == "DE.02"


@pytest.mark.parametrize(("count", "picked"), [(3, [0, 4, 8]), (10, list(range(10))), (99, list(range(10)))])
def test_samples_are_spread_evenly(count: int, picked: list[int]) -> None:
    assert list(samples.evenly(range(10), count)) == picked
