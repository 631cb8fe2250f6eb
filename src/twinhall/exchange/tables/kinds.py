"""What kind of party a name speaks of, where a table does not say: a county, a district, an organisation."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from twinhall.core.text import fold

_OF_A_CITY = re.compile(r"\s[–—-]\s")
_BARE_IDENTIFIER = re.compile(r"[QPL][1-9]\d*|t\d{6,}|https?://\S+")


def is_bare_identifier(name: str) -> bool:
    """Whether what stands in a name's place is a number of Wikidata, a blank node or an address."""
    return _BARE_IDENTIFIER.fullmatch(name) is not None


@lru_cache(maxsize=50_000)
def kind_by_name(name: str) -> str:
    """``region`` or ``district`` where the name says so, else empty."""
    words = set(fold(name).split())
    for kind in ("region", "district"):
        if words & _words()[kind]:
            return kind
    return "district" if _OF_A_CITY.search(name) else ""


@lru_cache(maxsize=50_000)
def speaks_of_town(name: str, town: str) -> bool:
    """Whether an organisation's name is the town's with a word for its government: “Comune di Trento”."""
    said, called = fold(name), fold(town)
    if not called or called not in said:
        return False
    rest = f" {said} ".replace(f" {called} ", " ", 1).strip()
    return rest == "" or (rest != said and rest in _words()["government"])


@cache
def _words() -> dict[str, frozenset[str]]:
    text = (files("twinhall.data") / "vocabularies" / "party_kinds.toml").read_text("utf-8")
    return {kind: frozenset(fold(word) for word in words) for kind, words in tomllib.loads(text).items()}
