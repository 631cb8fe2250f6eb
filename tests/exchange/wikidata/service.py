"""A query service on this machine: it knows an invented world, answers as Wikidata's does, and misbehaves."""

import gzip
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ENTITY = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"
STACK = """SPARQL-QUERY: queryStr=SELECT ?item WHERE { ?item ?p ?o }
java.util.concurrent.TimeoutException
\tat java.util.concurrent.FutureTask.get(FutureTask.java:205)
\tat com.bigdata.rdf.sail.webapp.BigdataServlet.submitApiTask(BigdataServlet.java:292)
"""
PAGE = "<!DOCTYPE html><html><head><title>Wikimedia Error</title></head><body>Our servers are down.</body>"

Row = Mapping[str, str]
Fault = Callable[["Handler"], None]


@dataclass
class World:
    """What the service knows: rows of ties and of facts, and the general classes of classes."""

    ties: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    roots: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, query: str) -> list[Row]:
        """The rows of one of our queries."""
        asked = set(re.findall(r"wd:(Q[0-9]+)", query))
        if "?class ?root" in query:
            return [{"class": one, "root": root} for one, root in self.roots if one in asked]
        if "?what" in query:
            return [row for row in self.facts if row["item"] in asked]
        if "VALUES ?item" in query:
            return [row for row in self.ties if row["item"] in asked]
        if "VALUES ?named" in query:
            return [row for row in self.ties if row["twin"] in asked]
        code = re.search(r'wdt:P297 "(..)"', query)
        return [{"item": item} for item in sorted(self._with_ties(code[1] if code else ""))]

    def _with_ties(self, code: str) -> set[str]:
        if not code:
            return {row["item"] for row in self.ties}
        here = {row["item"] for row in self.facts if row["what"] == "country" and row.get("code") == code}
        return here & {row[end] for row in self.ties for end in ("item", "twin")}


_KINDS: list[tuple[str, dict[str, str]]] = [
    (r"https?://.*", {"type": "uri"}),
    (r"Point\(.*", {"type": "literal", "datatype": "http://www.opengis.net/ont/geosparql#wktLiteral"}),
    (r"-?\d{4,}-\d\d-\d\dT00:00:00Z", {"type": "literal", "datatype": f"{XSD}dateTime"}),
    (r"\d+", {"type": "literal", "datatype": f"{XSD}decimal"}),
]


def cell(value: str, language: str = "") -> dict[str, str]:
    """A value as the service writes it."""
    if re.fullmatch("Q[0-9]+", value):
        return {"type": "uri", "value": ENTITY + value}
    if value.startswith("_:"):
        return {"type": "bnode", "value": value[2:]}
    if language:
        return {"xml:lang": language, "type": "literal", "value": value}
    kind = next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, value)), {"type": "literal"})
    return {**kind, "value": value}


def as_json(rows: list[Row]) -> dict[str, Any]:
    """Rows as the answer of a query."""
    columns = sorted({column for row in rows for column in row})
    bindings = [
        {name: cell(value, row.get("language", "") if name == "value" else "") for name, value in row.items()}
        for row in rows
    ]
    return {"head": {"vars": columns}, "results": {"bindings": bindings}}


class Handler(BaseHTTPRequestHandler):
    """Answers one question, or lets the next fault have it."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(body)
        self.query = form["query"][0]
        self.server.asked.append(Asked(self.query, dict(self.headers.items()), time.monotonic()))
        fault = self.server.faults.popleft() if self.server.faults else None
        if fault is not None:
            fault(self)
        else:
            self.send(200, self.answer())

    def answer(self) -> bytes:
        return json.dumps(as_json(self.server.world.answer(self.query))).encode()

    def send(
        self,
        status: int,
        body: bytes,
        kind: str = "application/sparql-results+json;charset=utf-8",
        **headers: str,
    ) -> None:
        """Send it whole, packed as the service packs it."""
        packed = gzip.compress(body)
        self.send_response(status)
        fields = {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(packed))}
        for name, value in {**fields, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(packed)

    def begin(self, **headers: str) -> None:
        """The head of an answer that is all right, and then what the fault writes."""
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json;charset=utf-8")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Asked:
    query: str
    headers: dict[str, str]
    at: float


class Server(ThreadingHTTPServer):
    """What it was asked stands in ``asked``; each of ``faults`` takes one question, None lets it through."""

    daemon_threads = True

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.world = world
        self.asked: list[Asked] = []
        self.faults: deque[Fault | None] = deque()
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def handle_error(self, *_args: object) -> None:
        """A client that goes away in the middle is no news."""


@contextmanager
def serving(world: World) -> Iterator[Server]:
    server = Server(world)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


# How it misbehaves --------------------------------------------------------------------------------------


def status(code: int, text: str = "", **headers: str) -> Fault:
    """An answer of this status, with these headers."""
    return lambda handler: handler.send(code, text.encode(), "text/plain", **headers)


def stopped(handler: Handler) -> None:
    """The query took too long, and nothing was sent before."""
    handler.send(500, STACK.encode(), "text/plain;charset=utf-8")


def stopped_midway(handler: Handler) -> None:
    """It took too long when half of the answer was on its way: status 200, and the fault within."""
    body = handler.answer()
    handler.send(200, body[: len(body) // 2] + STACK.encode())


def cut(handler: Handler) -> None:
    """Half of the JSON, as if it were all."""
    body = handler.answer()
    handler.send(200, body[: len(body) // 2])


def broken_off(handler: Handler) -> None:
    """The connection ends before the announced length."""
    body = handler.answer()
    handler.begin(Content_Length=str(len(body)))
    handler.wfile.write(body[: len(body) // 2])


def broken_chunk(handler: Handler) -> None:
    """The connection ends within a chunk."""
    handler.begin(Transfer_Encoding="chunked")
    handler.wfile.write(b"400\r\n" + handler.answer()[:20])


def damaged(handler: Handler) -> None:
    """Bytes that are not what they are said to be."""
    handler.begin(Content_Encoding="gzip", Content_Length="20")
    handler.wfile.write(b"\x1f\x8b" + b"\0" * 18)


def page(handler: Handler) -> None:
    """A page for people, of status 200, as proxies and hotels send it."""
    handler.send(200, PAGE.encode(), "text/html")


def without_rows(handler: Handler) -> None:
    handler.send(200, b'{"head": {}, "boolean": true}')


def silent(handler: Handler) -> None:
    """Nothing at all, until the test is over."""
    handler.server.closing.wait(5)
    handler.close_connection = True


def endless(handler: Handler) -> None:
    """A space, and another, without end."""
    handler.begin(Transfer_Encoding="chunked")
    while not handler.server.closing.wait(0.01):
        handler.wfile.write(b"1\r\n \r\n")


def flood(handler: Handler) -> None:
    """A small packed answer that unpacks to very much."""
    handler.send(200, b" " * 3_000_000)
