"""The words by which pages tell of ties, networks and projects, as data: ``lexicon/<language>.toml``.

A file has tables, each of keys with one text of entries between commas:

``[tie]`` twin, partner, friendship, border (words for the tie, by kind), agreement (charter, protocol …),
cooperation (weaker than partner), region (words by which a party is a county or a union of communes).
``[act]`` sign, start, contact (first contacts), early ("first", "already"), renew, decide (a council's
vote), end, suspend, plan, inactive, until (before a last date), seek (looks for a partner), former, other
(another town's tie), neighbour, visit, founded (a town's own age), anniversary, today.
``[net]`` network (association, union …), member, founder, notyet, because, joined, founded,
seat, many ("more than"), observer (other kinds of members).
``[join]`` of memberships too, but so common that elsewhere they tell of nothing: enter (verbs for joining),
born (for founding), left, out ("out of" before a network's name), office (chair, host, elected: their dates
are no membership's), towns and tail (words inside a network's name: "of towns", "for").
``[project]`` project, and the labels of project sheets: title, lead, partners, programme, period, budget,
grant, members (labels of lists of members are of ``net``).
``[sheet]`` labels that only beside those of ``project`` are a project's: date, amount, host.
``[word]`` with, between, which (relative pronouns, with and without "with"), and,
in (before the place of a deed, or beside it), from, town (words beside a town's name: city
of, municipality), unit (what is counted beside a number that is no year), stop (football, genealogy, digital
twin: a page or sentence that is about something else), body (schools, museums, companies: not parties),
site (streets, rivers, festivals), both ("both towns"), it ("with this town"), club
(committees and societies, which are no towns), guests (who comes to a meeting), opener (words with which a
sentence may begin and which are no names), most ("most", before what is oldest rather than old), close
(headings that end a list: contact, news).
``[field]`` the fields of cooperation, by their slugs.
``[date]`` months (twelve entries, several forms of one month parted by "/"), filler (words inside a date),
decade (words after a year that make it a decade).

Entries and words are compared without case and accents; Serbian is written in Latin letters. Each word of an
entry is the beginning of a word of the text; one that ends in "=" is the whole word, and one that begins with
"*" stands anywhere in it. No file names a place: a test refuses those.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from twinhall.reader.language import languages

LANGUAGES = (
    "bg",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sr",
    "sv",
    "tr",
    "uk",
)

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"}
)
_SERBIAN = str.maketrans(
    dict(
        zip(
            "абвгдђежзијклмнопрстћуфхцчш",
            [
                "a",
                "b",
                "v",
                "g",
                "d",
                "d",
                "e",
                "z",
                "z",
                "i",
                "j",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "c",
                "u",
                "f",
                "h",
                "c",
                "c",
                "s",
            ],
            strict=True,
        )
    )
    | {"љ": "lj", "њ": "nj", "џ": "dz"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands; ``plain`` is how it is compared."""

    start: int
    end: int
    plain: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of a lexicon found in a text; ``sort`` is its key, as ``tie.twin``."""

    start: int
    end: int
    sort: str


@lru_cache(maxsize=100_000)
def plain(text: str, language: str = "") -> str:
    """A word as it is compared: without case and accents, Serbian in Latin letters."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return letters.translate(_SERBIAN) if language == "sr" else letters


@cache
def small_words(language: str) -> frozenset[str]:
    """The commonest words of a language, by which it is told, as they are compared."""
    known = languages().get(language, {}).get("words", "")
    return frozenset(plain(word, language) for word in known.split())


def words(text: str, language: str = "", offset: int = 0) -> list[Word]:
    """The words of a text with their places, counted from ``offset``."""
    return [
        Word(match.start() + offset, match.end() + offset, plain(match.group(), language))
        for match in _WORD.finditer(text)
    ]


class Lexicon:
    """The entries of one language. Finding them costs a look-up for each word of a text."""

    def __init__(self, language: str, tables: dict[str, dict[str, str]]) -> None:
        self.language = language
        self.months = _months(tables.get("date", {}).get("months", ""), language)
        self._month_heads = frozenset(form[:_MONTH_BEGINS].rstrip("=") for form in self.months)
        self.fillers = frozenset(_entries(tables.get("date", {}).get("filler", ""), language))
        self.decades = frozenset(_entries(tables.get("date", {}).get("decade", ""), language))
        self.has_prepositions = bool(tables.get("word", {}).get("in", ""))
        self._beginnings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._inside: list[tuple[str, tuple[str, ...], str]] = []
        self._known: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
        for table, keys in tables.items():
            for key, text in keys.items():
                if table != "date":
                    self._take(f"{table}.{key}", text)

    def hits(self, found: list[Word]) -> list[Hit]:
        """All entries among the words of a text, in the text's order; they may overlap."""
        hits = []
        for index, word in enumerate(found):
            for rest, sort in self._of(word.plain):
                last = index + len(rest)
                if last < len(found) and all(
                    map(_fits, rest, (each.plain for each in found[index + 1 : last + 1]))
                ):
                    hits.append(Hit(word.start, found[last].end, sort))
        return hits

    def month(self, word: str) -> int | None:
        """The number of the month that a plain word is a form of, if it is one."""
        if word[:_MONTH_BEGINS] not in self._month_heads:
            return None
        if word + "=" in self.months:
            return self.months[word + "="]
        for length in range(len(word), 2, -1):
            number = self.months.get(word[:length])
            if number:
                return number if len(word) - length <= _MONTH_ENDING else None
        return None

    def _take(self, sort: str, text: str) -> None:
        for entry in _entries(text, self.language):
            first, *rest = entry.split()
            if first.startswith("*"):
                self._inside.append((first[1:], tuple(rest), sort))
            else:
                self._beginnings.setdefault(first, []).append((tuple(rest), sort))

    def _of(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Entries whose first word fits: what must follow, and the key."""
        known = self._known.get(word)
        if known is None:
            fitting = list(self._beginnings.get(word + "=", ()))
            for length in range(1, len(word) + 1):
                fitting += self._beginnings.get(word[:length], ())
            fitting += [(rest, sort) for part, rest, sort in self._inside if part in word]
            known = tuple(fitting)
            if len(self._known) < _KEPT:
                self._known[word] = known
        return known


_KEPT = 200_000  # words whose entries are remembered: a page of five million letters has fewer
_MONTH_BEGINS = 3  # letters of a word by which most are seen to be no month
_MONTH_ENDING = 6  # letters that an inflected month has more than its entry, at most


def _fits(part: str, word: str) -> bool:
    return word == part[:-1] if part.endswith("=") else word.startswith(part)


def _entries(text: str, language: str) -> Iterator[str]:
    for entry in text.replace("\n", " ").split(","):
        if entry.strip():
            yield " ".join(plain(word, language) for word in entry.split())


def _months(text: str, language: str) -> dict[str, int]:
    months: dict[str, int] = {}
    for number, forms in enumerate((each for each in text.replace("\n", " ").split(",") if each.strip()), 1):
        for form in forms.split("/"):
            months[plain(form.strip(), language)] = number
    return months


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; of one that we do not have, English."""
    code = {"nb": "no", "nn": "no"}.get(language, language)
    name = f"{code if code in LANGUAGES else 'en'}.toml"
    return Lexicon(code, tomllib.loads((files(__package__) / "lexicon" / name).read_text(encoding="utf-8")))
