"""An internet on this machine: names that stand for addresses, and sites behind these that misbehave.

The code under test asks the system for addresses and connects to them as it always does; here these two
answer for the invented internet, and the code is not told.
"""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SITE = "93.184.215.14"
OTHER = "151.101.1.140"
PAGE = "<h1>Partnerstädte</h1><li>Solna, Sweden, 1991".encode()

_ASK = socket.getaddrinfo  # before the network is closed
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to what the site has at its path."""

    protocol_version = "HTTP/1.1"
    server: "Site"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers.items()))
        try:
            self.server.pages.get(self.path, status(404))(self)
        except OSError:
            return  # whoever asked has gone

    def send(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.begin(code, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, code: int = 200, **headers: str) -> None:
        """The head of an answer."""
        self.send_response(code)
        for name, value in {"Content_Type": "text/html; charset=UTF-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def drip(self, pieces: Iterable[bytes], pause: float = 0.05) -> None:
        """Write slowly, until whoever asked has gone or the test has ended."""
        for piece in pieces:
            if self.server.over.wait(pause):
                return
            self.wfile.write(piece)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Site(ThreadingHTTPServer):
    """A site on this machine, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()

    @property
    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]

    def handle_error(self, *_args: object) -> None:
        """A fault of TLS is the other side's to tell."""


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.send(code, b"<p>words", **headers)


def page(body: bytes = PAGE, **headers: str) -> Answer:
    return lambda handler: handler.send(200, body, **headers)


def packed(body: bytes) -> Answer:
    return page(gzip.compress(body), Content_Encoding="gzip")


def leads_to(location: str, code: int = 302) -> Answer:
    return lambda handler: handler.send(code, Location=location)


@contextmanager
def serving(trust: ssl.SSLContext | None = None) -> Iterator[Site]:
    with Site() as site:
        if trust is not None:
            site.socket = trust.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=site.serve_forever, args=[0.01], daemon=True).start()
        try:
            yield site
        finally:
            site.over.set()
            site.shutdown()


@dataclass
class Internet:
    """``names`` answers each question for a name with the next of its answers, and the last one for ever."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    machines: dict[tuple[str, int], int] = field(default_factory=dict)
    """Which port of this machine stands for an address and a port."""
    questions: list[str] = field(default_factory=list)
    connections: list[tuple[str, int]] = field(default_factory=list)

    def put(self, name: str, address: str, site: Site, port: int = 80) -> None:
        self.names[name] = [[address]]
        self.machines[address, port] = site.server_address[1]

    def look_up(self, host: str, port: int, *_family: int, **_kwargs: int) -> list[tuple[object, ...]]:
        self.questions.append(host)
        answers = self.names.get(host)
        if answers is None:  # a number in any way of writing it, or this machine's own name; no other
            own = 0 if host == "localhost" else socket.AI_NUMERICHOST
            return list(_ASK(host, port, type=socket.SOCK_STREAM, flags=own))
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in found
        ]

    def connect(self, sock: socket.socket, address: tuple[str, int]) -> None:
        self.connections.append(address[:2])
        here = self.machines.get(address[:2])
        if here is None:
            raise ConnectionRefusedError(address)
        _CONNECT(sock, ("127.0.0.1", here))


_CONNECT = socket.socket.connect
