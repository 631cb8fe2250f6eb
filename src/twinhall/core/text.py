"""Names folded for finding, and slugs."""

import re
import unicodedata
from collections.abc import Callable

from anyascii import anyascii
from django.utils.text import slugify

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 120


def fold(text: str) -> str:
    """A name as it is compared: Latin letters and digits, lower case, single spaces.

    ``Zduńska Wola`` and ``zdunska wola`` fold alike, ``Черкаси`` folds to ``cherkasi``. Folding is not
    the local name (``Київ`` gives ``kiiv``), so other spellings are kept as names of their own.
    """
    return _NOT_ALPHANUMERIC.sub(" ", anyascii(unicodedata.normalize("NFKC", text)).casefold()).strip()


def alphabetical(text: str) -> str:
    """A key that sorts words as a reader expects them: Č beside C, not after Z; each script by itself."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug(*names: str) -> str:
    """An address from names in any script, joined in the order given: ``kreis-gutersloh``."""
    return slugify(" ".join(fold(name) for name in names))[:SLUG_LENGTH].strip("-")


def free_slug(wanted: str, *more: str, taken: Callable[[str], bool]) -> str:
    """The wanted slug; where it is taken, with ``more`` words added one by one, then with a number."""
    candidate = wanted
    for word in more:
        if not taken(candidate):
            return candidate
        candidate = slug(candidate, word)
    number = 2
    base = candidate
    while taken(candidate):
        ending = f"-{number}"
        candidate = base[: SLUG_LENGTH - len(ending)].strip("-") + ending
        number += 1
    return candidate
