"""The forms that names take in each language: endings, spellings, words for kinds of parties, countries.

Data is in ``forms/<language>.toml``, one file a language:

- ``endings``: ``as es = a -`` says that what ends on *as* or *es* may end on *a*, or on nothing, in its basic
  form; rules are parted by semicolons or lines. ``stems``: likewise of what an ending leaves (gradation).
- ``letters``: how sounds of other languages are written here, as letters that most would read: ``č=ch``.
- ``joiners``: small words inside names (*an der*); ``near``: those of them that only tell where the place
  named before them lies; ``elisions``: what loses its vowel before it (*d'*);
  ``articles``: small words after which no town's name stands; ``comitative``: endings that say "with";
  ``areas``: what lies across countries (*Scandinavia*), parted by ``|``, beside the continents of CLDR;
  ``short``: abbreviations in names (``s.=são``); ``slash``: what a stroke inside a name may stand for.
- ``kinds``: words that say what sort of party a name is of; ``*`` stands for any ending.
- ``countries``: names that CLDR does not have, by ISO 3166-1, parted by ``|``; ``adjectives.words``: by code,
  parted by semicolons, where ``*`` stands for one of ``adjectives.endings`` (or any, if that is ``*``);
  ``adjectives.capitals``: whether they have a capital, ``always``, ``never``, or ``either``.

No name of a place stands there: countries and what lies across them only.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LANGUAGES = (
    "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "nl",
    "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
)  # fmt: skip
SORTS = ("town", "municipality", "district", "county", "region")
_SHORTEST_STEM = 2
_LONGEST_ENDING, _LONGEST_STEM = 6, 6
_LONGEST_WORD = 50
_MARKS = "’ʼ`´"
_KEPT = 20_000  # words whose small letters are remembered


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one list: whole ones, and beginnings of words that may end in any way."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self.whole or any(map(word.startswith, self.stems)))


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """What is known of one language's names; all letters are small."""

    endings: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, str]
    letter: re.Pattern[str]
    """Any key of ``letters``, the longest first."""
    joiners: frozenset[str]
    near: frozenset[str]
    elisions: frozenset[str]
    articles: frozenset[str]
    comitative: tuple[str, ...]
    areas: tuple[str, ...]
    short: Mapping[str, str]
    slash: tuple[str, ...]
    kinds: Mapping[str, Words]
    countries: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    adjective_endings: frozenset[str] | None
    adjective_capitals: str

    def basic(self, word: str) -> list[str]:
        """The forms that a word may have by itself, the word as it stands first; small letters."""
        word = small(word)
        if len(word) > _LONGEST_WORD:
            return [word]
        found = {word: None}
        longest = min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM)
        for length in range(longest, 0, -1):
            for base in self.endings.get(word[-length:], ()):
                found[word[:-length] + base] = None
        for stem in list(found)[1:]:
            for length in range(min(_LONGEST_STEM, len(stem)), 1, -1):
                for base in self.stems.get(stem[-length:], ()):
                    found[stem[:-length] + base] = None
        return [form for form in found if len(form) > 1]

    def spelt_out(self, word: str) -> str:
        """A word in small letters as it would be written in letters that most languages read alike."""
        return self.letter.sub(lambda match: self.letters[match[0]], word)

    def sort_of(self, word: str) -> str:
        """Which of ``SORTS`` a word tells, or ""."""
        word = small(word)
        return next((sort for sort, words in self.kinds.items() if word in words), "")


@lru_cache(maxsize=_KEPT)
def small(text: str) -> str:
    """A text in small letters, composed, with one apostrophe."""
    text = unicodedata.normalize("NFC", text).casefold().replace("\u0307", "")
    for mark in _MARKS:
        text = text.replace(mark, "'")
    return text


@cache
def forms_of(language: str) -> Forms:
    """The forms of a language; of one that is unknown, none."""
    code = language.replace("_", "-").partition("-")[0].lower()
    code = {"nb": "no", "nn": "no", "bs": "hr", "sh": "sr"}.get(code, code)
    return _read(code) if code in LANGUAGES else _NONE


@cache
def _read(language: str) -> Forms:
    text = (files("twinhall.reader") / "forms" / f"{language}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    adjectives, letters = data.get("adjectives", {}), dict(_pairs(data.get("letters", "")))
    endings = adjectives.get("endings", "")
    return Forms(
        endings=_rules(data.get("endings", "")),
        stems=_rules("\n".join(data.get("stems", "").split())),
        letters=letters,
        letter=_any_of(letters),
        joiners=frozenset(small(data.get("joiners", "")).split()),
        near=frozenset(small(data.get("near", "")).split()),
        elisions=frozenset(data.get("elisions", "").split()),
        articles=frozenset(small(data.get("articles", "")).split()),
        comitative=tuple(data.get("comitative", "").split()),
        areas=tuple(name.strip() for name in data.get("areas", "").split("|") if name.strip()),
        short={short: text.replace("_", " ") for short, text in _pairs(data.get("short", ""))},
        slash=tuple(f" {text} ".replace("_", " ") for text in data.get("slash", "").split()),
        kinds={sort: _words(data["kinds"].get(sort, "")) for sort in SORTS},
        countries={
            code: tuple(map(str.strip, names.split("|"))) for code, names in data["countries"].items()
        },
        adjectives=_by_code(adjectives.get("words", "")),
        adjective_endings=None if endings == "*" else frozenset(["", *small(endings).split()]),
        adjective_capitals=adjectives.get("capitals", "either"),
    )


def _rules(text: str) -> dict[str, tuple[str, ...]]:
    """Ending → what may stand in its place, of lines such as ``as es = a -``."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in small(text).replace("\n", ";").split(";"):
        written, _, basic = rule.partition("=")
        for ending in written.split():
            more = tuple("" if base == "-" else base for base in basic.split())
            found[ending] = tuple(dict.fromkeys([*found.get(ending, ()), *more]))
    return found


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """What is written and what it stands for, of items such as ``č=ch``."""
    for item in small(text).split():
        before, _, after = item.partition("=")
        yield before, after


def _any_of(letters: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _words(text: str) -> Words:
    words = small(text).split()
    return Words(
        frozenset(word for word in words if not word.endswith("*")),
        tuple(word[:-1] for word in words if word.endswith("*")),
    )


def _by_code(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in text.replace("\n", ";").split(";"):
        code, *words = group.split()[:1] + small(group).split()[1:] if group.strip() else [""]
        if code:
            found[code] = (*found.get(code, ()), *words)
    return found


_NONE = Forms(
    endings={},
    stems={},
    letters={},
    letter=_any_of(()),
    joiners=frozenset(),
    near=frozenset(),
    elisions=frozenset(),
    articles=frozenset(),
    comitative=(),
    areas=(),
    short={},
    slash=(),
    kinds={},
    countries={},
    adjectives={},
    adjective_endings=frozenset([""]),
    adjective_capitals="either",
)
