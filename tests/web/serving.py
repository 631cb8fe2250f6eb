"""Runs ``twinhall`` as a process of its own, on a database of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TIME_TO_START = 60.0


def environment(var: Path, **more: str) -> dict[str, str]:
    """Settings for a site under ``var``; none of those that the tests themselves run with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TWINHALL_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    kept.pop("PORT", None)
    return {**kept, "TWINHALL_VAR": str(var), **more}


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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def served(var: Path, *words: str) -> Iterator[str]:
    """A site that answers, at the address given; stopped in the end."""
    port = free_port()
    with (var / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "twinhall", *(words or ["serve"])],
            env=environment(var, PORT=str(port)),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/healthz", var / "serve.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    end = time.monotonic() + TIME_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer.\n{log.read_text()}")
