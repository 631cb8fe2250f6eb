"""Why something cannot be read."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with it, for programs; people are told by the error's own words."""

    EMPTY = "empty"
    SCRIPTED = "scripted"
    BINARY = "binary"
    KIND = "kind"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    LOCKED = "locked"
    SCANNED = "scanned"
    DAMAGED = "damaged"
    BOMB = "bomb"
    LOGIN = "login"
    MISSING = "missing"
    BLOCKED = "blocked"
    TOO_LONG = "too-long"


class UnreadableError(Exception):
    """There is nothing here to read; says why, and what to do. ``reason`` says it in one word."""

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message, reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.args[0])
