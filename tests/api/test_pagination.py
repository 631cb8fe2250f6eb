"""Pages by cursor: walked to the end they give each record once, in order, whatever is added meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.conftest import Ask
from tests.factories.evidence import make_source, make_statement
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.api.pagination import Column, cut
from twinhall.parties.models import Party
from twinhall.parties.queries import PARTY_ORDERS, party_list

pytestmark = pytest.mark.django_db


def walk(ask: Ask, where: str, **query: str | int) -> Iterator[dict[str, Any]]:
    """The pages of a list, one after the other."""
    page = ask(where, **query)
    while True:
        yield page
        if page["next"] is None:
            return
        page = ask(page["next"])


@settings(max_examples=12)
@given(
    sizes=st.lists(st.none() | st.integers(0, 3), max_size=9),
    order=st.sampled_from(sorted(PARTY_ORDERS)),
    limit=st.integers(1, 4),
)
def test_walking_gives_each_once_and_in_order(
    django_db_blocker: object, sizes: list[int | None], order: str, limit: int
) -> None:
    assert django_db_blocker
    with transaction.atomic():
        Party.objects.bulk_create(
            Party(slug=f"p{number}", name="P", kind="municipality", population=size)
            for number, size in enumerate(sizes)
        )
        listed = party_list(order=order)
        walked: list[Party] = []
        page = cut(listed, limit=limit)
        assert page.count == len(sizes)
        while True:
            walked += page.rows
            if page.cursor is None:
                break
            page = cut(listed, cursor=page.cursor, limit=limit)
            assert page.count is None
        assert walked == list(listed)
        transaction.set_rollback(True)


@pytest.mark.parametrize("order", ["name", "-name", "population", "-population", "ties", "-ties"])
def test_the_pages_of_the_api_are_those_of_the_list(ask: Ask, order: str) -> None:
    parties = [make_party(name=f"Town {number}", population=(number % 3) or None) for number in range(5)]
    make_partnership(parties=parties[:2])
    whole = [party["slug"] for party in ask("parties/", order=order)["results"]]
    pages = list(walk(ask, "parties/", order=order, limit=2))
    assert [party["slug"] for page in pages for party in page["results"]] == whole
    assert ([page["count"] for page in pages], len(whole)) == ([5, None, None], 5)


@pytest.mark.parametrize("order", ["between", "-between", "since", "-since"])
def test_ties_are_walked_whether_dated_or_not(ask: Ask, order: str) -> None:
    for number, date in enumerate(["1991", "", "1991-05", "2001", "", "1991"]):
        make_act(partnership=make_partnership(address=f"t{number}"), date=date)
    whole = [tie["slug"] for tie in ask("partnerships/", order=order)["results"]]
    pages = walk(ask, "partnerships/", order=order, limit=1)
    assert [tie["slug"] for page in pages for tie in page["results"]] == whole
    assert len(set(whole)) == 6


def test_what_is_added_meanwhile_moves_nothing(ask: Ask) -> None:
    for name in "bdfh":
        make_party(name=name)
    pages = walk(ask, "parties/", limit=2)
    first = next(pages)
    make_party(name="a")
    make_party(name="g")
    rest = [party["slug"] for page in pages for party in page["results"]]
    assert ([party["slug"] for party in first["results"]], rest) == (["b", "d"], ["f", "g", "h"])


def test_disagreements_are_walked_over_those_that_agree_after_all(ask: Ask) -> None:
    for number, others in enumerate(["1992", "1991-05", "1993", "1991-06"]):
        act = make_act(partnership=make_partnership(address=f"t{number}"), date="1991")
        for stated in ("1991", others):
            make_statement(subject=act, field="date", stated=stated, source=make_source())
    pages = list(walk(ask, "disagreements/", limit=1))
    urls = [d["subject"]["url"].split("/")[-2] for page in pages for d in page["results"]]
    assert (len(pages), urls, pages[0]["count"]) == (4, ["t0", "t2"], None)
    assert ask("disagreements/")["count"] == 2


def test_the_next_page_keeps_the_filters(ask: Ask) -> None:
    for name in "abc":
        make_party(name=name, country="LV")
    page = ask("parties/", country="LV", limit=2)
    assert "country=LV&limit=2&cursor=" in page["next"]


# Cursors that are none ---------------------------------------------------------------------------------


@pytest.fixture
def cursor(ask: Ask) -> str:
    """The cursor of the second page of parties by name."""
    for name in "abc":
        make_party(name=name)
    return str(ask("parties/", limit=2)["next"].split("cursor=")[1].replace("%3A", ":"))


def test_a_cursor_that_was_changed_is_refused(ask: Ask, cursor: str) -> None:
    assert ask("parties/", cursor=cursor)["count"] is None
    for wrong in (f"{cursor}x", cursor.partition(":")[0], "WyJiIl0", "é", "x" * 1000):
        told = ask("parties/", cursor=wrong, answers=400)
        assert (told["type"], "errors" in told) == ("http://testserver/api/v1/docs#bad-cursor", False)


def test_a_cursor_of_another_list_or_order_is_refused(ask: Ask, cursor: str) -> None:
    ask("partnerships/", cursor=cursor, answers=400)
    ask("parties/", cursor=cursor, order="-name", answers=400)
    ask("parties/", cursor=cursor, order="population", answers=400)


def test_columns_are_read_from_every_form_of_an_order() -> None:
    assert [Column.of(term) for term in ("a", "-a", F("a"), F("a").desc(nulls_last=True))] == [
        Column("a"),
        Column("a", is_descending=True),
        Column("a"),
        Column("a", is_descending=True, has_nulls_last=True),
    ]
