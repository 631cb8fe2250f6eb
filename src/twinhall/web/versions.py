"""Whether anything has changed since a reader last asked: an ETag that three numbers are enough for."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.metadata import version

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language

from twinhall.accounts.models import LogEntry
from twinhall.evidence.models import Decision, Statement
from twinhall.web.environment import today

VERSION = version("twinhall")
KEPT = (LogEntry, Statement, Decision)
"""What only ever grows: a deed leaves a line in the log, a fact a statement, a judgement a decision."""


_read: ContextVar[list[str] | None] = ContextVar("state", default=None)
"""The state as it was first read, once it was, where it is to be read once."""


@contextmanager
def one_state() -> Iterator[None]:
    """Within, the state is read once: for a request that only reads, and is to answer of one state."""
    before = _read.set([])
    try:
        yield
    finally:
        _read.reset(before)


def etag(request: HttpRequest, **_kwargs: object) -> str:
    """The ETag of what an address answers: of the register, the present day and the address itself.

    A weak one: what it stands for may be compressed on its way.
    """
    return f'W/"{_hashed([state(), get_language(), request.build_absolute_uri()])}"'


def state() -> str:
    """A name for the state of the register on the present day; one query that indexes answer."""
    read = _read.get()
    if read is None:
        return _state()
    if not read:
        read.append(_state())
    return read[0]


def _state() -> str:
    last = ", ".join(f"(SELECT MAX(id) FROM {model._meta.db_table})" for model in KEPT)  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {last}")
        return _hashed([VERSION, cursor.fetchone(), today()])


def _hashed(told: list[object]) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
