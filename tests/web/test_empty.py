"""A register without a record: every page says what would stand there and how to add it."""

import pytest

from tests.web.conftest import Read

pytestmark = pytest.mark.django_db


def test_the_front_page_counts_nothing(visit: Read) -> None:
    assert [strong.text for strong in visit("/en/").section("In the register").all("strong")] == ["0"] * 6


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("parties", "No town or region fits these filters."),
        ("partnerships", "No partnership fits these filters."),
        ("networks", "No network fits this filter."),
        ("projects", "No project fits these filters."),
        ("sources", "No source has been read yet."),
        ("search", "What are you looking for?"),
    ],
)
def test_a_list_says_that_it_is_empty_and_what_to_do(visit: Read, address: str, said: str) -> None:
    empty = visit(f"/en/{address}/").main.one("div", class_="empty")
    title, advice = empty.all("p")
    assert title.text == said
    assert advice.text != ""


def test_the_disagreements_say_three_times_that_there_is_none(visit: Read) -> None:
    shown = visit("/en/disagreements/").main
    assert [title.text for title in shown.all("p", class_="empty-title")] == [
        "No source contradicts another.",
        "No error in print is known.",
        "No size has been stated.",
    ]
