"""What robots.txt asks of us (RFC 9309), read and applied in time that grows with its length alone.

Known readers of it turn ``*`` into regular expressions, which a site could make run for ever, or do not know
it at all.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

NAME = "twinhall"

_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_PLAIN = frozenset(string.ascii_letters + string.digits + "-._~")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for us: patterns, and whether what they match may be read."""

    rules: tuple[tuple[str, bool], ...] = ()

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be read: the longest pattern that matches says so."""
        target = _normal(target)
        matching = [(len(pattern), may) for pattern, may in self.rules if _matches(pattern, target)]
        return max(matching, default=(0, True))[1]


def read_rules(text: bytes) -> Rules:
    """The rules of a robots.txt for us, or else those for everybody; lines without sense are passed over."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    named: list[str] = []
    is_open = False  # further names belong to the same group until its first rule
    for key, value in _lines(text):
        if key == "user-agent":
            named = [*named, _product(value)] if is_open else [_product(value)]
            groups.setdefault(named[-1], [])
            is_open = True
        elif key in {"allow", "disallow"}:
            is_open = False
            if value:
                for name in named:
                    groups[name].append((_normal(value), key == "allow"))
    return Rules(tuple(groups.get(NAME, groups.get("*", []))))


def _lines(text: bytes) -> Iterator[tuple[str, str]]:
    for line in text.decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _product(value: str) -> str:
    """The name in “Twinhall/1.0”."""
    return value.partition("/")[0].strip().lower()


def _normal(path: str) -> str:
    """A path with everything escaped that must be, and nothing else."""
    return _ESCAPE.sub(_escape, quote(path, safe=string.punctuation))


def _escape(match: re.Match[str]) -> str:
    letter = chr(int(match[0][1:], 16))
    return letter if letter in _PLAIN else match[0].upper()


def _matches(pattern: str, target: str) -> bool:
    """Whether a pattern matches the beginning of a path; ``*`` is anything, ``$`` at the end is the end."""
    first, *others = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = others.pop() if pattern.endswith("$") and others else None
    for part in others:
        at = target.find(part, at) + len(part)
        if at < len(part):
            return False
    if last is not None:
        return len(target) - at >= len(last) and target.endswith(last)
    return not pattern.endswith("$") or at == len(target)
