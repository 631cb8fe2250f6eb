"""Which words were meant by one that no name has: those one slip away, of long words two.

A slip is a letter too many, too few, another, or two that changed places. Whatever one slip does to a word of
n letters, its first n // 2 or its last n - n // 2 - 1 stay as they are. So both halves are looked up in an
ordinary index, of the words and of the words reversed, and what is found is measured.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from twinhall.core.sql import among, begins, joined
from twinhall.finder import lookups
from twinhall.finder.keys import KEY_LENGTH
from twinhall.finder.models import Word

LEAST_LETTERS = 3
"""Shorter words are as like each other as not."""
_TWO_SLIPS_FROM = 8
_UNFINISHED_FROM = 5
_MOST = 12
"""How many words may stand for one."""


def beginning(field: str, key: str) -> Q:
    """Values that begin so, asked in the form that each database answers from its index."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": key})
    return Q(**{f"{field}__gte": key, f"{field}__lt": key + "\x7f"})


def known_words(texts: Iterable[str]) -> dict[str, Word]:
    """Those of these words that names have; one query for a length of words."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in texts:
        if len(text) >= LEAST_LETTERS:
            by_length[len(text)].append(text)
    return {
        word.text: word
        for length, same in by_length.items()
        for word in Word.objects.filter(length=length, text__in=same)
    }


def corrections(word: str, *, is_unfinished: bool = False) -> dict[str, int]:
    """Words that may have been meant, the likeliest first, each with how unlikely it is.

    First come the nearest, and of these the heaviest. ``is_unfinished`` is the word that is still typed: it
    may also stand for the beginning of a longer one, if its first half is right; a whole word as near
    comes before. One query, or two; none for a number.
    """
    if len(word) < LEAST_LETTERS or not word.isalpha():
        return {}
    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    weights = _alike_in_half(word, slips)
    found = {text: 2 * distance for text, distance in _near(word, weights, slips).items()}
    if is_unfinished and len(word) >= _UNFINISHED_FROM:
        longer = _longer(word, slips)
        for text, distance in _beginning_near(word, longer, slips).items():
            found.setdefault(text, 2 * distance + 1)
        weights |= longer
    best = sorted(found, key=lambda text: (found[text], -weights[text], text))
    return {text: found[text] for text in best[:_MOST]}


def _alike_in_half(word: str, slips: int) -> dict[str, int]:
    """Words of about its length that share its first half or its last, with their weights."""
    half, length = len(word) // 2, len(word)
    around = among("w.length", range(max(1, length - slips), length + slips + 1))
    end = word[::-1][: length - half - 1]
    halves = (begins("w.text", word[:half]), begins("w.reverse", end))
    return lookups.words(joined([around, each]) for each in halves)


def _near(word: str, texts: Iterable[str], slips: int) -> dict[str, int]:
    near = extract(word, list(texts), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return {text: int(distance) for text, distance, *_place in near}


def _longer(word: str, slips: int) -> dict[str, int]:
    """Longer words that share its first half, with their weights."""
    lengths = among("w.length", range(len(word) + slips + 1, min(len(word) + 20, KEY_LENGTH) + 1))
    return lookups.words([joined([lengths, begins("w.text", word[: (len(word) + 1) // 2])])])


def _beginning_near(word: str, longer: Mapping[str, int], slips: int) -> dict[str, int]:
    """Of longer words, those whose beginning is near."""
    found: dict[str, int] = {}
    for length in range(len(word) - slips, len(word) + slips + 1):
        begun: dict[str, list[str]] = defaultdict(list)
        for text in longer:
            begun[text[:length]].append(text)
        for start, distance in _near(word, begun, slips).items():
            for text in begun[start]:
                found[text] = min(found.get(text, slips), distance)
    return found
