"""A mail server on this machine that answers as it is told to."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass
class MailServer:
    """What it has been given, and how it answers.

    ``says`` replaces its answer to a command; ``breaks_off`` closes the line after a letter, before the
    answer; ``hold_from`` is the number of letters from which on it answers no more.
    """

    port: int = 0
    pause: float = 0.0
    says: dict[str, str] = field(default_factory=dict)
    breaks_off: bool = False
    hold_from: int | None = None
    received: list[EmailMessage] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    """The Message-IDs of the letters that it said yes to."""
    held: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of all letters that reached it."""
        return [str(letter["Message-ID"]) for letter in self.received]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True
    told: MailServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that ends with its worker is part of the tests."""


class _Line(socketserver.StreamRequestHandler):
    """One connection."""

    @property
    def told(self) -> MailServer:
        return cast("_Server", self.server).told

    def handle(self) -> None:
        self.say(self.told.says.get("HELLO", "220 ready"))
        while line := self.rfile.readline():
            verb = line.decode()[:4].strip().upper()
            if verb == "DATA":
                self.say("354 go on")
                if not self.take():
                    return
            else:
                self.say(self.told.says.get(verb, "221 bye" if verb == "QUIT" else "250 ok"))
            if verb == "QUIT":
                return

    def say(self, reply: str) -> None:
        self.wfile.write(reply.encode() + b"\r\n")

    def take(self) -> bool:
        """Take a letter; whether the line goes on."""
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line.removeprefix(b".") if line.startswith(b"..") else line
        letter = message_from_bytes(text, policy=policy.default)
        with self.told.lock:
            self.told.received.append(letter)
            is_held = self.told.hold_from is not None and len(self.told.received) >= self.told.hold_from
        if is_held:
            self.told.held.set()
            self.rfile.read()  # until the other side is gone
            return False
        if self.told.breaks_off:
            return False
        time.sleep(self.told.pause)
        reply = self.told.says.get("DATA", "250 taken")
        if reply.startswith("250"):
            with self.told.lock:
                self.told.answered.append(str(letter["Message-ID"]))
        self.say(reply)
        return True


@contextmanager
def mail_server(**told: object) -> Iterator[MailServer]:
    """A mail server for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Line) as server:
        server.told = MailServer(port=server.server_address[1], **told)  # type: ignore[arg-type]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.told
        finally:
            server.shutdown()
            thread.join()
