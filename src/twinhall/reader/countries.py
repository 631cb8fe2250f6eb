"""Names of countries in a text: CLDR's in all languages of the reader, inflected as each language does.

The page's own language comes first, with all forms that its words may have; names of other languages count
as they stand in CLDR. Names that two languages use for different countries are left to the page's own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from twinhall.core.text import fold
from twinhall.reader.forms import LANGUAGES, Forms, forms_of, small
from twinhall.reader.sounds import name_key

# What CLDR lists besides countries: reserved codes, groups of countries, codes that stand for nothing.
_NO_COUNTRIES = frozenset({
    "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "EU", "EZ", "QO", "UN", "XA", "XB", "ZZ",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’.·][^\W\d_]+)*")
_BETWEEN = re.compile(r"[ \u00a0]{1,2}\n?|\n|[-‑]|, ")
_CODE = re.compile(r"\(([A-Z]{1,3})\)|([\U0001F1E6-\U0001F1FF]{2})")
_FLAG_A = 0x1F1E6
_KEPT = 20_000  # words of which is remembered whether a country is named so
_HEAD = 3  # letters by which a word that begins no country's name is passed over
_LEAST_FOREIGN = 4  # letters of a name of another language
_MOST_REST = 6  # letters after an adjective's stem, where any ending may follow
# Codes on the plates of cars (the 1968 convention on road traffic) where they are not those of ISO 3166-1.
_PLATES = {
    "A": "AT", "B": "BE", "CDN": "CA", "CRO": "HR", "D": "DE", "DDR": "DE", "E": "ES", "EST": "EE",
    "F": "FR", "FIN": "FI", "FL": "LI", "GBR": "GB", "H": "HU", "I": "IT", "IRL": "IE", "J": "JP",
    "L": "LU", "M": "MT", "N": "NO", "NMK": "MK",
    "P": "PT", "POL": "PL", "RUS": "RU", "S": "SE", "SLO": "SI", "SRB": "RS", "UK": "GB", "USA": "US",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named in a text by its name, a code or an adjective; ``code`` of ISO 3166-1, two letters."""

    start: int
    end: int
    code: str
    is_adjective: bool = False


@dataclass(frozen=True, slots=True)
class _Names:
    """Countries' names of one language, by their first word, folded: what else follows, and the code."""

    first: dict[str, list[tuple[tuple[str, ...], str]]]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Adjectives:
    words: dict[str, str]
    stems: dict[str, list[tuple[str, str]]]
    """By their first letters: stem and code."""
    endings: frozenset[str] | None
    capitals: str


def countries_in(text: str, language: str) -> list[CountryMention]:
    """The countries that a text names, in the order in which they stand, none over another."""
    found = [*_codes(text)]
    words = [*_WORD.finditer(text)]
    at = 0
    while at < len(words):
        word = words[at][0]
        capital = word[0].isupper()
        length, code = (0, "")
        if capital:
            length, code = _named(text, words, at, language, own=True)
            if not code:
                length, code = _named(text, words, at, language, own=False)
        is_adjective = False
        if not code:
            code, length, is_adjective = _adjective(word, language), 1, True
        if code:
            end = words[at + length - 1].end()
            found.append(CountryMention(words[at].start(), end, code, is_adjective))
            at += length
        else:
            at += 1
    return sorted(found, key=lambda mention: mention.start)


def country_of(name: str, language: str) -> str:
    """The code of the country that a text names and nothing else, or "": of "Polijā", PL."""
    found = countries_in(name, language)
    whole = len(found) == 1 and not fold(name[: found[0].start] + name[found[0].end :])
    return found[0].code if whole else ""


@lru_cache(maxsize=_KEPT)
def is_area(name: str, language: str) -> bool:
    """Whether a name is a continent's, or of what else lies across countries: "Europe", "Scandinavia"."""
    keys = tuple(map(_key, _WORD.findall(name)))
    if not keys:
        return False
    last = tuple(map(name_key, forms_of(language).basic(keys[-1])))
    return any((*keys[:-1], form) in _areas(language) for form in (keys[-1], *last))


@cache
def _areas(language: str) -> frozenset[tuple[str, ...]]:
    """The names of areas in a language, word by word; CLDR has them under the numbers of UN M49."""
    territories = Locale.parse(language).territories if language in LANGUAGES else {}
    named = [text for code, text in territories.items() if code.isdigit()]
    return frozenset(tuple(map(_key, _WORD.findall(text))) for text in (*named, *forms_of(language).areas))


def _named(text: str, words: list[re.Match[str]], at: int, language: str, *, own: bool) -> tuple[int, str]:
    """How many words from here name a country, the longest name first, and its code; 0 and "" if none do."""
    best = (0, "")
    for rest, code in _begun(words[at][0], language, own=own):
        length = len(rest) + 1
        if length > best[0] and _follows(text, words, at, rest, forms_of(language) if own else None):
            best = (length, code)
    return best


@lru_cache(maxsize=_KEPT)
def _begun(word: str, language: str, *, own: bool) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The other words and the code of each name of a country that a word begins.

    ``own`` are the names of a language, in all their forms; not ``own`` those of all others, as they stand.
    """
    forms, names = (forms_of(language), _own(language)) if own else (None, _others(language))
    return tuple(found for form in _folded(word, forms, names.heads) for found in names.first.get(form, ()))


def _follows(
    text: str, words: list[re.Match[str]], at: int, rest: tuple[str, ...], forms: Forms | None
) -> bool:
    """Whether the other words of a name follow the first, in any of their forms."""
    if at + len(rest) >= len(words):
        return False
    for offset, wanted in enumerate(rest, 1):
        before, word = words[at + offset - 1], words[at + offset]
        if not _BETWEEN.fullmatch(text, before.end(), word.start()):
            return False
        if wanted not in _folded(word[0], forms):
            return False
    return True


def _folded(word: str, forms: Forms | None, heads: frozenset[str] = frozenset()) -> Iterable[str]:
    """The basic forms of a word, folded, itself first; none if no name begins as it does."""
    itself = _key(word)
    if heads and itself[:_HEAD] not in heads:
        return ()
    if forms is None:
        return (itself,)
    return dict.fromkeys([itself, *(name_key(form) for form in forms.basic(word))])


@lru_cache(maxsize=_KEPT)
def _adjective(word: str, language: str) -> str:
    """The country that a word is the adjective of, or ""."""
    adjectives = _adjectives(language)
    if adjectives.capitals == ("never" if word[0].isupper() else "always"):
        return ""
    word = small(word)
    if word in adjectives.words:
        return adjectives.words[word]
    for stem, code in adjectives.stems.get(word[:2], ()):
        if word.startswith(stem):
            rest = word[len(stem) :]
            if len(rest) <= _MOST_REST if adjectives.endings is None else rest in adjectives.endings:
                return code
    return ""


def _codes(text: str) -> Iterator[CountryMention]:
    """Codes in brackets and flags."""
    for match in _CODE.finditer(text):
        code = match[1] or "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in match[2])
        code = _PLATES.get(code, code)
        if code in _codes_of_countries():
            yield CountryMention(match.start(1 if match[1] else 2), match.end(1 if match[1] else 2), code)


@cache
def _codes_of_countries() -> frozenset[str]:
    return frozenset(code for code, _ in _territories("en"))


def _territories(language: str) -> Iterator[tuple[str, str]]:
    """Codes and names of CLDR for a language; Serbian in both of its scripts."""
    for name in ("sr", "sr_Latn") if language == "sr" else (language,):
        try:
            territories = Locale.parse(name).territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, text in territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:  # noqa: PLR2004
                yield code, text


@cache
def _names(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Codes and all names of countries in a language, folded, word by word; CLDR's last."""
    ours = ((code, text) for code, texts in forms_of(language).countries.items() for text in texts)
    named = ((code, text.partition("(")[0]) for code, text in (*ours, *_territories(language)))
    return tuple((code, tuple(map(_key, _WORD.findall(text)))) for code, text in named)


def _key(text: str) -> str:
    """A country's name or a word of it as it is compared: "R.F.A." and "RFA" are one."""
    return name_key(text.replace(".", ""))


@cache
def _own(language: str) -> _Names:
    return _index(_names(language))


@cache
def _others(language: str) -> _Names:
    """The names of all other languages that mean one country only and are long enough to be no other word."""
    meant: dict[tuple[str, ...], set[str]] = {}
    for other in LANGUAGES:
        if other != language:
            for code, name in _names(other):
                meant.setdefault(name, set()).add(code)
    return _index(
        (next(iter(codes)), name)
        for name, codes in meant.items()
        if len(codes) == 1 and sum(map(len, name)) >= _LEAST_FOREIGN
    )


def _index(names: Iterable[tuple[str, tuple[str, ...]]]) -> _Names:
    first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for code, name in names:
        head, *rest = name or ("",)
        if head and (tuple(rest), code) not in first.setdefault(head, []):
            first[head].append((tuple(rest), code))
    return _Names(first, frozenset(head[:_HEAD] for head in first))


@cache
def _adjectives(language: str) -> _Adjectives:
    forms = forms_of(language)
    words: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for code, listed in forms.adjectives.items():
        for word in listed:
            if word.endswith("*"):
                stems.setdefault(word[:2], []).append((word[:-1], code))
            else:
                words[word] = code
    return _Adjectives(words, stems, forms.adjective_endings, forms.adjective_capitals)
