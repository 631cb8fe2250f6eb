"""Where names of places may stand in a text: capitals, the small words between them, what they are not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from twinhall.reader.countries import CountryMention, countries_in
from twinhall.reader.facts import Candidate
from twinhall.reader.forms import LANGUAGES, Forms, forms_of, small
from twinhall.reader.variants import keys_of

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \u00a0]{1,2}|[ \u00a0]?[/(][ \u00a0]?|[-‑]")
_MOST_WORDS = 5  # of one name
_MOST_JOINERS = 3  # small words in a row inside a name
_LEAST_LETTERS = 3  # of a name that is one word
_ABBREVIATED = 3  # letters of a word that a full stop shortens: "St.", "Sta."


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that looks like a place's name; without candidates, one that is not known."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...] = ()
    opens: bool = False
    """Whether it begins a line or a sentence, where any word has a capital."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Words ``first`` to ``last`` of a stretch, as one name, with the keys under which it may be known."""

    first: int
    last: int
    start: int
    end: int
    text: str
    keys: dict[str, float]
    hyphened: bool = False
    """Whether it is only a part of what a hyphen joins."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words one after another of which some may be a name; ``names`` from the left, the longest first."""

    text: str
    words: tuple[_Word, ...]
    names: tuple[Name, ...]
    common: frozenset[str]
    """Words that the text has in small letters too, and those that say what a party is."""

    def known(self, name: Name, last: int, candidates: tuple[Candidate, ...]) -> Mention:
        """The mention of a name that the gazetteer knows, up to the word ``last``."""
        end = max(name.end, self.words[last].end)
        return Mention(
            name.start, end, self.text[name.start : end], candidates, _opens(self.text, name.start)
        )

    def last_near(self, last: int) -> int:
        """The last word of what only tells where a name up to ``last`` lies: "Garching b. München"."""
        at = last + 1
        if at < len(self.words) and small(self.words[at].text) in _near():
            while at < len(self.words) and not self.words[at].capital:
                at += 1
            return at if at < len(self.words) else last
        return last

    def unknown(self, first: int, last: int) -> Iterator[Mention]:
        """What may be a name that the gazetteer does not know, of the words from ``first`` up to ``last``."""
        run: list[_Word] = []
        for word in self.words[first:last]:
            if word.capital and small(word.text) not in self.common and len(word.text) >= _LEAST_LETTERS:
                run.append(word)
            elif run:
                yield self._mention(run)
                run = []
        if run:
            yield self._mention(run)

    def _mention(self, words: list[_Word]) -> Mention:
        start, end = words[0].start, words[-1].end
        return Mention(start, end, self.text[start:end], (), _opens(self.text, start))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' \u00a0"“”„«»(•–-*')
    return start == 0 or before[-1:] in "\n.!?:;…"


def stretches(text: str, language: str) -> list[Stretch]:
    """The stretches of a text in which names may stand, with every name that each may hold."""
    forms = forms_of(language)
    words = [_word(match) for match in _WORD.finditer(text)]
    countries = _within(words, countries_in(text, language))
    small_words = {word.text for word in words if not word.capital}
    kept: dict[str, dict[str, float]] = {}
    found = []
    for run in _runs(text, words):
        common = frozenset(
            small(word.text) for word in run if _is_common(word, forms, countries, small_words)
        )
        names = tuple(_names(text, run, forms, common, kept))
        found.append(Stretch(text, tuple(run), names, common))
    return found


def _within(words: list[_Word], mentions: list[CountryMention]) -> set[int]:
    """Where the words begin that name countries; both lists stand in the order of the text."""
    found: set[int] = set()
    at = 0
    for mention in mentions:
        while at < len(words) and words[at].start < mention.start:
            at += 1
        while at < len(words) and words[at].start < mention.end:
            found.add(words[at].start)
            at += 1
    return found


def _is_common(word: _Word, forms: Forms, countries: set[int], small_words: set[str]) -> bool:
    """Whether a word alone names no place: a country does, a kind of party, what is written small too."""
    bare = small(word.text)
    other = bare in _joiners() or bare in small_words
    return other or word.start in countries or bool(forms.sort_of(bare)) or not word.capital


@cache
def _near() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in forms_of(language).near)


@cache
def _joiners() -> frozenset[str]:
    """The small words in names of all languages: names of places abroad keep theirs."""
    return frozenset(joiner for language in LANGUAGES for joiner in forms_of(language).joiners)


def _word(match: re.Match[str]) -> _Word:
    text, end = match[0], match.end()
    if text.endswith(".") and not _is_shortened(text):
        text, end = text[:-1], end - 1
    return _Word(match.start(), end, text, text[0].isupper())


def _is_shortened(word: str) -> bool:
    """Whether the full stop after a word belongs to it: "St.", "Sta.", "U.S.", "b."; not "EU."."""
    letters = word[:-1]
    shape = len(letters) == 1 or not letters.isupper()
    return (
        "." in letters
        or small(word) in _joiners()
        or (len(letters) <= _ABBREVIATED and letters[0].isupper() and shape)
    )


def _runs(text: str, words: list[_Word]) -> Iterator[list[_Word]]:
    """Words with a capital that stand together, with the small words that join them."""
    run: list[_Word] = []
    waiting: list[_Word] = []
    for word in words:
        last = waiting[-1] if waiting else run[-1] if run else None
        joined = last is not None and bool(_GAP.fullmatch(text, last.end, word.start))
        if not joined and run:
            yield run
            run, waiting = [], []
        if word.capital:
            run += [*waiting, word]
            waiting = []
        elif run and small(word.text) in _joiners() and len(waiting) < _MOST_JOINERS:
            waiting.append(word)
        elif run:
            yield run
            run, waiting = [], []
    if run:
        yield run


def _names(
    text: str, run: list[_Word], forms: Forms, common: frozenset[str], kept: dict[str, dict[str, float]]
) -> Iterator[Name]:
    """The names that a run may hold, from the left, the longest first; not those of common words only."""
    can_be = [small(word.text) not in common and len(word.text) >= _LEAST_LETTERS for word in run]
    for first, word in enumerate(run):
        if not word.capital:
            continue
        for last in range(min(first + _MOST_WORDS, len(run)) - 1, first - 1, -1):
            if not run[last].capital or not any(can_be[first : last + 1]):
                continue
            end = run[last].end
            if "(" in text[word.start : end] and text[end : end + 1] == ")":
                end += 1
            written = text[word.start : end]
            if written not in kept:
                kept[written] = keys_of(written, forms)
            hyphened = text[word.start - 1 : word.start] == "-" or text[end : end + 1] == "-"
            yield Name(first, last, word.start, end, written, kept[written], hyphened)
