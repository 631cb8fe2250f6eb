"""`bench serve`: our pages against Datasette on the same file, and how soon lists and searches come."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.utils import timezone

from twinhall.bench import servers
from twinhall.bench.driving import CONNECTIONS, Question, measure
from twinhall.bench.figures import BenchError, Timed, at_least, at_most, told
from twinhall.bench.generator import ANEW, KEPT
from twinhall.bench.memory import largest
from twinhall.bench.peers import Datasette
from twinhall.bench.questions import Compared, Limited, compared, limited
from twinhall.bench.scratch import address_of, copy_sqlite

STATIC = "static file, the limit"


@dataclass(frozen=True)
class Ways:
    """How to measure.

    Seconds of a turn, how many turns, and processes of each server; ``only`` what has this word in its name;
    ``warm`` are the answers that each page has given before it is measured: eight for each connection.
    """

    seconds: float = 5.0
    rounds: int = 3
    workers: int = 2
    only: str = ""
    warm: int = 64

    def has(self, name: str) -> bool:
        """Whether what is called so is to be measured."""
        return self.only in name


@dataclass
class Turns:
    """One side of a comparison: where to ask, what, and what was measured so far."""

    ports: Sequence[int]
    questions: Sequence[Question]
    how: str = ""
    timed: Timed = field(default_factory=Timed)

    def take(self, seconds: float) -> None:
        """Measure once more."""
        self.timed += measure(self.ports, self.questions, seconds=seconds, how=self.how)

    def named(self, name: str) -> str:
        """What is asked, and how."""
        return f"{name}, {self.how}" if self.how else name

    def warm(self, answers: int) -> None:
        """Ask without counting, so that every worker has made ready what it keeps."""
        measure(self.ports, self.questions, seconds=0.0, least=answers)


def measure_serving(scratch: Path, ways: Ways) -> Iterator[str]:
    """Lines that tell what was measured, as it comes. The servers keep their logs in ``scratch``.

    With SQLite a copy of the database is served, by us and by Datasette; with PostgreSQL it is our figures
    alone. Raises BenchError where something cannot be measured.
    """
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            file = scratch / "register.sqlite3"
            copy_sqlite(connection.alias, file)
            theirs = stack.enter_context(servers.datasette(file, processes=ways.workers, scratch=scratch))
            database = f"sqlite:///{file}"
            yield f"datasette serve --immutable: {ways.workers} of them, as each is one process"
        else:
            theirs, database = servers.Served([], []), address_of(connection.settings_dict)
            yield "Datasette reads SQLite only, so there is nobody to compare with on PostgreSQL."
        ours = stack.enter_context(servers.twinhall(database, workers=ways.workers, scratch=scratch))
        yield f"twinhall serve --workers {ways.workers}"
        yield f"{CONNECTIONS} connections; {ways.rounds} × {ways.seconds:g} s each, by turns"
        yield from _figures(ours, theirs, ways)


def _figures(ours: servers.Served, theirs: servers.Served, ways: Ways) -> Iterator[str]:
    for one in compared(Datasette("register")):
        if ways.has(one.name):
            yield from _compare(one, ours, theirs, ways)
    if ways.has(STATIC):
        yield from _static(ours, ways)
    for asked in limited(timezone.localdate()):
        if ways.has(asked.name):
            yield from _within(asked, ours, ways)
    yield from _memory(ours, theirs)


def _compare(one: Compared, ours: servers.Served, theirs: servers.Served, ways: Ways) -> Iterator[str]:
    own = [Turns(ours.ports, one.ours, how) for how in one.hows]
    peers = {name: Turns(theirs.ports, asked) for name, asked in one.peers.items() if theirs.ports}
    by_turns([*own, *peers.values()], ways)
    for turns in own:
        yield told(turns.named(one.name), turns.timed)
    for name, peer in peers.items():
        yield told(f"  Datasette, {name}", peer.timed)
    for turns in own if peers else []:
        found = ratio(turns.timed, [peer.timed for peer in peers.values()], one.goal)
        yield f"    {turns.named('ratio')}: {found}"


def by_turns(sides: Sequence[Turns], ways: Ways) -> None:
    """Warm all sides up, then measure one after the other, round by round: what disturbs, disturbs all."""
    for side in sides:
        side.warm(ways.warm)
    for _round in range(ways.rounds):
        for side in sides:
            side.take(ways.seconds)


def ratio(own: Timed, peers: Sequence[Timed], goal: float | None) -> str:
    """How many times as many answers a second we gave as the quickest of the others, and the goal."""
    best = max(peer.rate for peer in peers)
    if not best:
        raise BenchError("The other side answered nothing in the time it had; take more --seconds.")
    times = own.rate / best
    return f"{times:.2f}" + (f"; {at_least(times, goal)}" if goal is not None else "")


def _static(ours: servers.Served, ways: Ways) -> Iterator[str]:
    """The limit: a file of ours that no code of the register touches, about as large as a page."""
    page = servers.fetch(ours.ports[0], "/en/parties/")
    sizes = {path: len(servers.fetch(ours.ports[0], path)) for path in styles_of(page.decode())}
    path = min(sizes, key=lambda path: abs(sizes[path] - len(page)))
    turns = Turns(ours.ports, [Question(path, "")])
    by_turns([turns], ways)
    yield told(STATIC, turns.timed)


def styles_of(page: str) -> list[str]:
    """The addresses of the style sheets that a page names."""
    return sorted(set(re.findall(r"/static/[^\"&\s]+\.css", page)))


def _within(asked: Limited, ours: servers.Served, ways: Ways) -> Iterator[str]:
    both = [Turns(ours.ports, asked.questions, how) for how in (ANEW, KEPT)]
    by_turns(both, ways)
    for turns in both:
        yield told(turns.named(asked.name), turns.timed)
        if asked.limit is not None:
            yield f"    p95 {at_most(turns.timed.within(0.95), asked.limit, ' ms')}"


def _memory(ours: servers.Served, theirs: servers.Served) -> Iterator[str]:
    for name, served in (("a worker of ours", ours), ("a Datasette", theirs)):
        held = largest(served.pids)
        if held:
            yield f"Memory of {name} after all this: {held / 1e6:,.0f} MB"
