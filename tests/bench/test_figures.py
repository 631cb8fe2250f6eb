"""The arithmetic of what was measured."""

import pytest

from twinhall.bench.figures import Timed, at_least, at_most, told

TIMED = Timed([float(n) for n in range(1, 101)], seconds=4.0, size=250_000)


@pytest.mark.parametrize(("share", "milliseconds"), [(0.0, 1.0), (0.5, 50.0), (0.95, 95.0), (1.0, 100.0)])
def test_so_many_answers_come_within_so_long(share: float, milliseconds: float) -> None:
    assert TIMED.within(share) == milliseconds


def test_the_order_of_the_answers_does_not_count() -> None:
    assert Timed([9.0, 1.0, 5.0]).within(0.5) == 5.0


def test_rate_and_size_are_told() -> None:
    assert (TIMED.rate, TIMED.mean_size) == (25.0, 2500.0)


def test_nothing_measured_is_no_rate() -> None:
    assert (Timed().rate, Timed().mean_size) == (0.0, 0.0)


def test_rounds_add_up() -> None:
    both = Timed([1.0, 2.0], 1.0, 10) + Timed([6.0], 2.0, 20)
    assert (both.rate, both.within(1.0), both.mean_size) == (1.0, 6.0, 10.0)


@pytest.mark.parametrize(
    ("value", "words"),
    [(4.0, "goal 4.0: reached"), (7.1, "goal 4.0: reached"), (3.25, "goal 4.0: missed by 0.75")],
)
def test_a_goal_to_reach(value: float, words: str) -> None:
    assert at_least(value, 4.0) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(50.0, "goal 50 ms: reached"), (81.24, "goal 50 ms: missed by 31.2 ms")],
)
def test_a_goal_not_to_pass(value: float, words: str) -> None:
    assert at_most(value, 50.0, " ms") == words


def test_a_line_of_the_table() -> None:
    assert told("party page", TIMED).split() == (
        ["party", "page", "25/s", "p50", "50.0", "ms", "p95", "95.0", "ms", "2.5", "kB"]
    )
