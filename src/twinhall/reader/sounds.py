"""How names sound, however they are spelt: "Koventri" and "Coventry" have one skeleton.

A skeleton is the consonants of a name, with those that languages write for one another made alike. It is
wide: what it finds is compared letter by letter (``likeness``) before anything is said of it.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from twinhall.core.text import fold

SCHEMA = """
    CREATE TABLE sound (
        skeleton TEXT NOT NULL,
        country TEXT NOT NULL,
        key TEXT NOT NULL,
        place INTEGER NOT NULL REFERENCES place (rank),
        PRIMARY KEY (skeleton, country, key, place)
    ) WITHOUT ROWID;
"""
INSERT = "INSERT OR IGNORE INTO sound VALUES (?, ?, ?, ?)"
_LEAST = 2  # consonants, below which a skeleton says nothing
_AFTER_CYRILLIC = "\u0530"
_KEPT = 50_000  # names and words whose keys are remembered: those of a page of some megabytes

# Capitals stand for sounds that languages write in two ways; what they are is decided in ``skeletons``.
_SOUNDS = {
    "shch": "s", "tsch": "C", "sch": "s", "tch": "C", "dzh": "z", "ck": "k", "cz": "C", "cs": "C",
    "sh": "s", "zh": "z", "sz": "s", "zs": "z", "kh": "X", "ch": "C", "tz": "z", "ts": "z",
    "rz": "Z", "ph": "f", "th": "t", "gh": "g", "qu": "kv", "q": "k", "x": "ks", "w": "v",
    "ce": "se", "ci": "si", "cy": "si", "y": "i", "j": "i", "gn": "n", "ou": "u",
    "ae": "e", "oe": "o", "ue": "u", "ie": "i", "h": "",
}  # fmt: skip
_WRITTEN = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")
_HARD = str.maketrans({"C": "k", "c": "k", "X": "k", "Z": "rs", "z": "s", "f": "v"} | dict.fromkeys("aeiou"))
_SOFT = str.maketrans({"C": "s", "c": "s", "X": "", "Z": "s", "z": "s", "f": "v"} | dict.fromkeys("aeiou"))
_PLAIN = str.maketrans({"C": "c", "c": "k", "X": "", "Z": "z"})


@lru_cache(maxsize=_KEPT)
def name_key(text: str) -> str:
    """A name as it is compared: folded, and without spaces.

    Spellings differ in them ("Sankt-Peterburg", "St.Gallen"), and transliteration adds some: Georgian
    ``ვალკა`` becomes ``valk'a``, which folds to ``valk a``.
    """
    return fold(text).replace(" ", "")


def skeletons(key: str) -> set[str]:
    """The skeletons of a folded name: one, or two where a letter may be a stop or a hiss (``c``, ``ch``)."""
    heard = _heard(key)
    hard, soft = heard.translate(_HARD), heard.translate(_SOFT)
    both = {_single(hard)} if hard == soft else {_single(hard), _single(soft)}
    return {skeleton for skeleton in both if len(skeleton) >= _LEAST}


def likeness(key: str, other: str) -> float:
    """From 0 to 1, how alike two folded names sound, vowels too; an edit counts by their length."""
    return float(Levenshtein.normalized_similarity(_spoken(key), _spoken(other)))


def sound_rows(names: Iterable[tuple[str, int, str, int, str]]) -> Iterator[tuple[str, str, str, int]]:
    """Rows of ``sound`` for rows of the table ``name``: of names in Latin, Greek and Cyrillic letters.

    Those that begin with a small letter are machine transliterations of other scripts and left out.
    """
    for key, place, country, _, text in names:
        if text < _AFTER_CYRILLIC and not text[0].islower():
            for skeleton in skeletons(key):
                yield skeleton, country, key, place


def sounding(
    connection: sqlite3.Connection, wanted: Iterable[str], *, country: str, begins: bool, limit: int
) -> Iterator[tuple[str, int]]:
    """Keys and ranks of places of these skeletons, or whose skeletons begin so; of one country, or of any."""
    for skeleton in wanted:
        condition = "skeleton >= :it AND skeleton < :it || '{'" if begins else "skeleton = :it"
        rows = connection.execute(
            f"SELECT key, place FROM sound WHERE {condition} AND :country IN ('', country) LIMIT :limit",  # noqa: S608
            {"it": skeleton, "country": country, "limit": limit},
        )
        yield from rows


def _heard(key: str) -> str:
    return _WRITTEN.sub(lambda match: _SOUNDS[match[0]], key)


def _spoken(key: str) -> str:
    return _single(_heard(key).translate(_PLAIN))


def _single(text: str) -> str:
    """Without doubled letters."""
    return _DOUBLED.sub(r"\1", text)
