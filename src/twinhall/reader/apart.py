"""Reading a page in a process of its own: no page holds up or brings down whoever asks, such as a server."""

import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict

from twinhall.reader.page import Page, Reason, UnreadableError, read_page

SECONDS = 20
"""Of the processor; the largest pages that are read take some five."""
_BY_THE_CLOCK = 60.0
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}


def read_page_apart(data: bytes, *, media_type: str = "", name: str = "", charset: str = "") -> Page:
    """As ``read_page``, which see; UnreadableError also where it takes too long or breaks the process."""
    said = json.dumps({"media_type": media_type, "name": name, "charset": charset}).encode()
    command = [sys.executable, "-P", "-m", __spec__.name, str(SECONDS)]
    try:
        done = subprocess.run(
            command, input=said + b"\n" + data, capture_output=True, timeout=_BY_THE_CLOCK, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long() from error
    if done.returncode in _OUT_OF_TIME:
        raise _too_long()
    if done.returncode:
        raise UnreadableError("Reading it failed. Give it as a PDF, or its text.", Reason.DAMAGED)
    answer = json.loads(done.stdout)
    if "reason" in answer:
        raise UnreadableError(answer["message"], Reason(answer["reason"]))
    return Page(**answer)


def _too_long() -> UnreadableError:
    return UnreadableError("Reading it takes too long: it was broken off.", Reason.TOO_LONG)


def main() -> None:
    """Read what comes on the standard input: a line of JSON with what is said of the page, then its bytes."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    said = json.loads(sys.stdin.buffer.readline())
    try:
        answer = asdict(read_page(sys.stdin.buffer.read(), **said))
    except UnreadableError as error:
        answer = {"reason": error.reason, "message": str(error)}
    json.dump(answer, sys.stdout)  # in ASCII, so that halves of characters come through as well


if __name__ == "__main__":
    main()
