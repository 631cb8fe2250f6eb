"""Figures of a graph that can be counted by hand, and the graph of the register's ties."""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.bench.figures import BenchError
from twinhall.bench.graph import Shape, mean_distance, measure_graph, pairs_in, shape, ties

rx = pytest.importorskip("rustworkx", reason="the extra twinhall[bench] is not installed")

# A triangle with a tail, and two nodes apart: a – b – c – a, c – d, e – f.
PAIRS = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f")]


def test_a_small_graph_is_counted() -> None:
    found = shape(PAIRS)
    assert (found.nodes, found.edges, found.largest) == (6, 5, 4)
    assert found.clustering == pytest.approx(3 / 5)  # one triangle, five paths of three nodes
    assert found.assortativity == pytest.approx(0, abs=1e-9)
    assert found.distance == pytest.approx(8 / 6)  # four pairs at one step, two at two


def test_few_with_many_and_many_with_few_go_ill_together() -> None:
    assert shape(PAIRS[:4]).assortativity == pytest.approx(-5 / 7)


def test_a_pair_told_twice_counts_once_and_a_loop_not_at_all() -> None:
    assert shape([*PAIRS, ("b", "a"), ("a", "b"), ("f", "f")]) == shape(PAIRS)


def test_where_all_have_as_many_ties_there_is_no_assortativity() -> None:
    assert shape([("a", "b"), ("b", "c"), ("c", "a")]).assortativity is None


def test_no_ties_are_a_graph_too() -> None:
    assert shape([]) == Shape(0, 0, 0, 0.0, None, 0.0)


def test_a_few_starts_tell_the_distance_of_a_ring() -> None:
    ring = rx.generators.cycle_graph(9)
    assert mean_distance(ring, list(range(9)), starts=2) == mean_distance(ring, list(range(9))) == 2.5


def test_a_file_is_told_beside_what_is_published(tmp_path: Path, db: None) -> None:  # noqa: ARG001
    file = tmp_path / "pairs.csv.gz"
    file.write_bytes(gzip.compress(b"a,b\n1,2\n2,3\n"))
    lines = [line.split() for line in measure_graph(file)]
    assert ["nodes", "3", "published", "14,274"] in lines
    assert ["edges", "2", "published", "20,573"] in lines


@pytest.mark.parametrize("content", [b"from,to\n1,2\n", b"\x1f\x8bno", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "pairs.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BenchError, match=r"pairs\.csv"):
        pairs_in(file)


@pytest.mark.django_db
def test_ties_in_force_are_pairs_of_parties() -> None:
    three = [make_party(name=name) for name in ("Valga", "Valka", "Narva")]
    make_act(partnership=make_partnership(parties=three), date="1995")
    make_act(partnership=make_partnership(), date="2020")
    day = dt.date(2000, 1, 1)
    a, b, c = sorted(party.pk for party in three)
    assert sorted(ties(day), key=str) == sorted([(a, b), (a, c), (b, c)], key=str)
