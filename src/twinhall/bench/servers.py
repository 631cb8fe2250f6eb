"""Starts what is measured as an operator would, each server as processes of their own, and stops it again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings

from twinhall.bench.extras import library
from twinhall.bench.figures import BenchError
from twinhall.bench.generator import HOST

TIME_TO_START = 120.0
TIME_TO_STOP = 20.0
DATASETTE_LIMIT = 20_000
"""Milliseconds that a query of Datasette may take."""


@dataclass(frozen=True)
class Served:
    """A server that answers: its ports on this machine, and the processes that were started for it."""

    ports: list[int]
    pids: list[int]


def environment(database: str, **more: str) -> dict[str, str]:
    """The environment for a command of ours on this database: the settings, but for this machine only."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "twinhall.settings",
        "DATABASE_URL": database,
        "TWINHALL_VAR": str(settings.VAR),
        "TWINHALL_GAZETTEER": str(settings.GAZETTEER),
        "TWINHALL_HOSTS": HOST,
        "TWINHALL_HTTPS": "0",
        "TWINHALL_DEBUG": "0",
        "TWINHALL_LOG_LEVEL": "ERROR",
        **more,
    }


@contextmanager
def twinhall(database: str, *, workers: int, scratch: Path) -> Iterator[Served]:
    """Our production server on a database, by ``twinhall serve``."""
    port = free_port()
    command = ["-m", "twinhall", "serve", "--no-worker", "--port", str(port), "--workers", str(workers)]
    with _running(command, scratch / "twinhall.log", environment(database)) as process:
        _wait(process, port, "/healthz", scratch / "twinhall.log")
        yield Served([port], [process.pid])


@contextmanager
def datasette(file: Path, *, processes: int, scratch: Path) -> Iterator[Served]:
    """Datasette on a SQLite file that does not change (``--immutable``), which is how it is quickest.

    One Datasette is one process. So as many of them are started as we have workers, each with its port. Its
    limit of one second for a query is lifted, so that it answers on a slow machine too.
    """
    library("datasette")
    with ExitStack() as stack:
        served = [stack.enter_context(_one_datasette(file, scratch, number)) for number in range(processes)]
        yield Served([port for port, _pid in served], [pid for _port, pid in served])


@contextmanager
def _one_datasette(file: Path, scratch: Path, number: int) -> Iterator[tuple[int, int]]:
    port, log = free_port(), scratch / f"datasette-{number}.log"
    where = ["--host", HOST, "--port", str(port), "--setting", "sql_time_limit_ms", str(DATASETTE_LIMIT)]
    command = ["-m", "datasette", "serve", "--immutable", str(file), *where]
    with _running(command, log, dict(os.environ)) as process:
        _wait(process, port, "/-/versions.json", log)
        yield port, process.pid


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def fetch(port: int, path: str) -> bytes:
    """What a server of this machine answers. Raises BenchError where that is not 200."""
    connection = HTTPConnection(HOST, port, timeout=TIME_TO_START)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200:  # noqa: PLR2004
        raise BenchError(f"{path} answered {answer.status}.")
    return body


@contextmanager
def _running(
    arguments: Sequence[str], log: Path, env: Mapping[str, str]
) -> "Iterator[subprocess.Popen[bytes]]":
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *arguments], env=env, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    """Wait until a server answers. Raises BenchError with what it wrote where it does not."""
    end = time.monotonic() + TIME_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            fetch(port, path)
        except (OSError, HTTPException, BenchError):
            time.sleep(0.1)
        else:
            return
    raise BenchError(f"A server did not start.\n{log.read_text('utf-8', errors='replace')}")
