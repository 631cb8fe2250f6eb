"""What takes long to work out and follows from the register alone: once for each state of it."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

from twinhall.web.versions import state

T = TypeVar("T")

KEEP = 24 * 60 * 60
"""Seconds; what belongs to a state that has passed is asked for no more."""


def worked_out(name: str, make: Callable[[], T], *, cache: str = "default") -> T:
    """What ``make`` answers, which is never None: made once for each state of the register and each day.

    ``cache`` is one of the settings' CACHES: "pages" is the memory of each worker, for what is small and
    often asked for. Inside a transaction nothing is kept: its state may never come to be, and another take
    its numbers.
    """
    if connection.in_atomic_block:
        return make()
    key = f"{name}:{connection.settings_dict['NAME']}:{state()}"
    found: T | None = caches[cache].get(key)
    if found is None:
        found = make()
        caches[cache].set(key, found, KEEP)
    return found
