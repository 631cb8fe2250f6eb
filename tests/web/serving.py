"""Runs ``twinhall`` as a process of its own, on a database of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from twinhall.reader.gazetteer import gazetteer

TIME_TO_START = 60.0


def environment(var: Path, **more: str) -> dict[str, str]:
    """Settings for a site under ``var``; none of those that the tests themselves run with."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TWINHALL_", "DJANGO_"))
    }
    kept.pop("DATABASE_URL", None)
    kept.pop("PORT", None)
    return {**kept, "TWINHALL_VAR": str(var), **more}


def towns(factory: pytest.TempPathFactory) -> dict[str, str]:
    """The setting for the gazetteer of the whole list, compiled once a run for all workers and sites."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "gazetteer"
    gazetteer(folder)
    return {"TWINHALL_GAZETTEER": str(folder)}


def twinhall(var: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "twinhall", *words],
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def passwords_shown(printed: str) -> dict[str, str]:
    """The passwords that ``twinhall demo`` showed, by e-mail address."""
    return dict(re.findall(r"^  (\S+@\S+) +(\S{16}) ", printed, re.MULTILINE))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def get(site: str, path: str, **headers: str) -> Answer:
    """What a site answers; underscores in the names of headers stand for hyphens."""
    connection = HTTPConnection(site.removeprefix("http://"), timeout=30)
    try:
        connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@contextmanager
def served(var: Path, *, worker: bool = False, **more: str) -> Iterator[str]:
    """A site that answers, at the address given, with a worker beside it if asked for; stopped in the end."""
    site = f"http://127.0.0.1:{free_port()}"
    log = var / "serve.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "twinhall", "serve", *([] if worker else ["--no-worker"])],
            env=environment(var, PORT=site.rpartition(":")[2], **more),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, site, log)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", site: str, log: Path) -> None:
    end = time.monotonic() + TIME_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            if get(site, "/healthz").status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise AssertionError(f"{site} does not answer.\n{log.read_text()}")
