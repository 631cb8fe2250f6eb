"""The load generator, against a server of three lines."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from twinhall.bench.driving import Question, measure
from twinhall.bench.figures import BenchError
from twinhall.bench.generator import ANEW, KEPT


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections: set[int] = set()
    asked: list[tuple[int, str]] = []

    def do_GET(self) -> None:
        self.connections.add(self.client_address[1])
        self.asked.append((self.client_address[1], self.path))
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nVal\r\n2\r\nga\r\n0\r\n\r\n")
        else:
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"Valka")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_answers_are_timed_over_connections_that_stay_open(port: int) -> None:
    Handler.connections.clear()
    timed = measure([port], [Question("/", "Valka"), Question("/chunks", "Valga")], seconds=0, least=40)
    assert len(timed.times) >= 40
    assert timed.mean_size == 5.0
    assert min(timed.times) > 0
    assert timed.seconds * 1000 >= max(timed.times)
    assert len(Handler.connections) <= 8


def test_what_is_made_anew_is_asked_for_at_addresses_of_its_own(port: int) -> None:
    Handler.asked.clear()
    questions = [Question("/", "Valka"), Question("/?country=LV", "Valka")]
    timed = measure([port], questions, seconds=0, least=20, how=ANEW)
    paths = [path for _connection, path in Handler.asked]
    assert len(paths) == len(set(paths)) == len(timed.times)
    assert {re.sub("[0-9]+$", "…", path) for path in paths} == {"/?again=…", "/?country=LV&again=…"}


def test_what_is_kept_was_asked_for_over_each_connection_before_the_clock_ran(port: int) -> None:
    Handler.asked.clear()
    paths = [f"/{number}" for number in range(5)]
    timed = measure(
        [port], [Question(p, "Valka") for p in paths], seconds=0, connections=3, least=6, how=KEPT
    )
    connections = {connection for connection, _path in Handler.asked}
    assert len(connections) == 3
    for connection in connections:
        assert sorted([path for c, path in Handler.asked if c == connection][:5]) == paths
    assert len(Handler.asked) == 3 * 5 + len(timed.times)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question("/gone", ""), "/gone answered 404"),
        (Question("/", "Valga"), "/ answered without “Valga”"),
    ],
)
def test_what_is_answered_wrongly_is_not_measured(port: int, question: Question, words: str) -> None:
    with pytest.raises(BenchError) as refusal:
        measure([port], [question], seconds=0, least=1)
    assert words in str(refusal.value)
