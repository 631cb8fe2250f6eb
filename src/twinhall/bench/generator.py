"""Asks addresses over connections that stay open and times each answer, in a process of its own.

It reads a plan as JSON from standard input and writes what it saw as JSON to standard output. It knows
nothing of the house and needs the standard library only. What it costs itself is taken from all alike.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle

HOST = "127.0.0.1"
ROOM = 2**20
"""Bytes of an answer that are taken before the server has to wait."""
MOST_FAULTS = 5
PATIENCE = 60.0
"""Seconds after which an answer that has not come counts as a fault."""
ANEW, KEPT = "made anew", "kept"
"""How to ask: each time for an address that nobody asked for before; for what has all been asked for."""

_LENGTH = re.compile(rb"\ncontent-length: *(\d+)")


@dataclass(frozen=True)
class Plan:
    """What to ask: the connections are shared evenly between the ports, all take from one list of addresses.

    ``questions`` are an address and a word that its answer has; ``seconds`` is how long to ask, but no fewer
    than ``least`` of them. ``how`` is ANEW, KEPT or neither. KEPT: before the clock runs, every connection
    asks for every address once, so that whatever process is behind it has them all.
    """

    ports: list[int]
    questions: list[tuple[str, str]]
    seconds: float
    connections: int
    least: int = 0
    how: str = ""


@dataclass
class Seen:
    """What was seen: milliseconds of each right answer, all bytes of their bodies, seconds, and faults."""

    times: list[float] = field(default_factory=list)
    size: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def note(self, path: str, expected: str, status: int, body: bytes, took: float) -> None:
        """Count an answer, or say what is wrong with it."""
        if status != 200:  # noqa: PLR2004
            self.fault(f"{path} answered {status}")
        elif expected.encode() not in body:
            self.fault(f"{path} answered without “{expected}”")
        else:
            self.times.append(took * 1000)
            self.size += len(body)

    def fault(self, words: str) -> None:
        """Keep what was wrong; the first few are enough."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(words)


class Line:
    """A connection that stays open; where the server has closed it, it is opened again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Both of its ends."""
        if self._ends is None:
            self._ends = await asyncio.open_connection(HOST, self.port, limit=ROOM)
        return self._ends

    def close(self) -> None:
        """Close it, if it is open."""
        if self._ends is not None:
            self._ends[1].close()
        self._ends = None

    async def ask(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer."""
        reader, writer = await self.open()
        writer.write(_request(self.port, path))
        status, body, is_last = await asyncio.wait_for(_answer(reader), PATIENCE)
        if is_last:
            self.close()
        return status, body


async def ask_all(plan: Plan) -> Seen:
    """Ask for as long as the plan says; an answer that is under way then is waited for."""
    seen, asked = Seen(), cycle(plan.questions)
    lines = [Line(port) for port in (plan.ports * plan.connections)[: plan.connections]]
    if plan.how == KEPT:
        starts = [number * len(plan.questions) // len(lines) for number in range(len(lines))]
        turned = ([*plan.questions[start:], *plan.questions[:start]] for start in starts)
        await asyncio.gather(*(_ask_each(line, own, seen) for line, own in zip(lines, turned, strict=True)))
    questions = _anew(asked) if plan.how == ANEW else asked
    began = time.perf_counter()

    def is_done() -> bool:
        is_late = time.perf_counter() >= began + plan.seconds
        return len(seen.faults) >= MOST_FAULTS or (is_late and len(seen.times) >= plan.least)

    await asyncio.gather(*(_keep_asking(line, questions, is_done, seen) for line in lines))
    seen.seconds = time.perf_counter() - began
    return seen


def _anew(questions: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The same, each with a parameter that no request has had before, so that nobody has kept its answer."""
    for path, expected in questions:
        yield f"{path}{'&' if '?' in path else '?'}again={time.time_ns()}", expected


async def _ask_each(line: Line, questions: Sequence[tuple[str, str]], seen: Seen) -> None:
    try:
        for path, _expected in questions:
            await line.ask(path)
    except (OSError, EOFError, TimeoutError) as error:
        seen.fault(f"a connection broke off: {error!r}")


async def _keep_asking(
    line: Line, questions: Iterator[tuple[str, str]], is_done: Callable[[], bool], seen: Seen
) -> None:
    while not is_done():
        try:
            await line.open()
            path, expected = next(questions)
            began = time.perf_counter()
            status, body = await line.ask(path)
            seen.note(path, expected, status, body, time.perf_counter() - began)
        except (OSError, EOFError, TimeoutError) as error:
            seen.fault(f"a connection broke off: {error!r}")
            line.close()
    line.close()


def _request(port: int, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: */*\r\n\r\n".encode()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """Status, body, and whether the server closes the connection after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status, is_last = int(head[9:12]), b"\nconnection: close" in head
    if b"\ntransfer-encoding: chunked" in head:
        return status, await _chunks(reader), is_last
    length = _LENGTH.search(head)
    return status, await reader.readexactly(int(length[1]) if length else 0), is_last


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(parts)


def main() -> None:
    """Read a plan, ask, write what was seen."""
    plan = Plan(**json.load(sys.stdin))
    json.dump(asdict(asyncio.run(ask_all(plan))), sys.stdout)


if __name__ == "__main__":
    main()
