"""`bench graph`: the figures of a graph of ties, as network science tells them, beside published ones.

Clustering is the share of closed ones among all paths of three nodes (transitivity): that is what KONECT
publishes; the mean over nodes is another figure. Distance is the mean number of steps between two nodes of
the largest component.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import StatisticsError, correlation, fmean
from typing import Any

from django.utils import timezone

from twinhall.bench.extras import library
from twinhall.bench.figures import BenchError
from twinhall.partnerships.counting import in_force

Pair = tuple[Hashable, Hashable]
STARTS = 500
"""From so many nodes, spread evenly, distances are measured in a component that has more."""


@dataclass(frozen=True)
class Shape:
    """The figures of an undirected graph; assortativity None where all nodes have as many ties."""

    nodes: int
    edges: int
    largest: int
    clustering: float
    assortativity: float | None
    distance: float


PUBLISHED = Shape(14_274, 20_573, 10_320, 0.111, 0.387, 7.65)
"""KONECT, network "Sister cities" (twin), 2017. Its distance is over its own sample of pairs."""


def measure_graph(file: Path | None) -> Iterator[str]:
    """Lines that tell the figures of a file of pairs beside KONECT's, and of the register's own ties."""
    if file is not None:
        yield f"{file.name}, beside what KONECT publishes of its sister cities of 2017:"
        yield from _beside(shape(pairs_in(file)), PUBLISHED)
    day = timezone.localdate()
    yield f"This register’s ties in force on {day}:"
    yield from _beside(shape(ties(day)))


def pairs_in(file: Path) -> list[Pair]:
    """The pairs of a CSV file (also .gz) with the columns a and b. Raises BenchError."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open() as opened:
            return [(row["a"], row["b"]) for row in csv.DictReader(opened)]
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise BenchError(f"{file} cannot be read: {error}") from error
    except KeyError as error:
        raise BenchError(f"{file} has no column {error}: it must have the columns a and b.") from error


def ties(day: date) -> list[Pair]:
    """The pairs of parties that have a partnership in force on a day; one of three parties is three pairs."""
    sides: dict[int, list[int]] = defaultdict(list)
    for partnership, party in in_force(day).values_list("partnership", "party"):
        sides[partnership].append(party)
    return [pair for parties in sides.values() for pair in combinations(sorted(set(parties)), 2)]


def shape(pairs: Iterable[Pair]) -> Shape:
    """The figures of the graph of these pairs; a pair that is there twice counts once, loops do not."""
    rx = library("rustworkx")
    graph, numbers = rx.PyGraph(multigraph=False), dict[Hashable, int]()
    edges = [
        (numbers.setdefault(a, len(numbers)), numbers.setdefault(b, len(numbers))) for a, b in pairs if a != b
    ]
    graph.add_nodes_from(range(len(numbers)))
    graph.add_edges_from_no_data(edges)
    largest: set[int] = max(rx.connected_components(graph), key=len, default=set())
    return Shape(
        nodes=graph.num_nodes(),
        edges=graph.num_edges(),
        largest=len(largest),
        clustering=rx.transitivity(graph),
        assortativity=assortativity(graph),
        distance=mean_distance(graph, sorted(largest)),
    )


def assortativity(graph: Any) -> float | None:  # noqa: ANN401 - the library is an extra
    """How the degrees of two tied nodes go together: their correlation over all ties, each told both ways."""
    degree = {node: graph.degree(node) for node in graph.node_indices()}
    both = [pair for a, b in graph.edge_list() for pair in ((degree[a], degree[b]), (degree[b], degree[a]))]
    try:
        return correlation([a for a, _b in both], [b for _a, b in both])
    except StatisticsError:
        return None


def mean_distance(graph: Any, component: list[int], starts: int = STARTS) -> float:  # noqa: ANN401
    """The mean number of steps between two nodes of a component, from at most so many of its nodes to all."""
    if len(component) < 2:  # noqa: PLR2004
        return 0.0
    near = {node: list(graph.neighbors(node)) for node in component}
    begun = component[:: -(-len(component) // starts)]
    return fmean(_steps(near, start) / (len(component) - 1) for start in begun)


def _steps(near: dict[int, list[int]], start: int) -> int:
    """The steps from a node to each of the others, added up."""
    seen, edge, steps, total = {start}, [start], 0, 0
    while edge:
        total += steps * len(edge)
        steps += 1
        reached = {neighbour for node in edge for neighbour in near[node]} - seen
        seen |= reached
        edge = list(reached)
    return total


def _beside(found: Shape, published: Shape | None = None) -> Iterator[str]:
    for name, value in vars(found).items():
        line = f"  {name:<14} {_figure(value):>10}"
        yield line + (f"   published {_figure(getattr(published, name)):>10}" if published else "")


def _figure(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
