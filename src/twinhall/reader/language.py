"""In which language a page is written, of those that it can be read in."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENOUGH = 20_000
"""Characters from the beginning that are looked at: more of them change nothing."""
_FEWEST = 2.5
_FEWEST_GUESSED = 1.0
"""How many small words there must be, weighed, to be sure, and to guess."""
_PAIRS = ({"hr", "sr"}, {"da", "no"}, {"cs", "sk"})
"""Languages that are read nearly the same."""
_CLEAR = 1.5
_CLEAR_OF_NEIGHBOUR = 1.1
"""How many times as many there must be as of any other language."""
_NEAR = 0.8
"""A hint is believed where its language has this share of the best one's small words."""
_SURE = 0.85
_POSSIBLE = 0.1
_NEIGHBOURS = {"nn": "no", "bs": "sr"}
"""Languages of the model that are read as one of ours: Norwegian in its other form, Bosnian."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, hint: str = "", *, sure: bool = True) -> str:
    """The language's code (two letters), empty where it cannot be told; the likeliest if not ``sure``.

    ``hint`` is what the page says of itself (``lv``, ``pt-BR``). It decides between neighbours; where the
    words speak clearly for another language, they are believed.
    """
    hint = _ours(hint)
    words = Counter(word.casefold() for word in _WORD.findall(text[:_ENOUGH]))
    scores = _scores(words)
    best = max(scores, key=lambda code: scores[code], default="")
    if not sure:
        return best if scores[best] >= _FEWEST_GUESSED else ""
    if hint and scores[hint] >= max(_FEWEST, _NEAR * scores[best]):
        return hint
    if scores[best] >= _FEWEST and _is_clear(scores, best):
        return best
    return _by_model(text, hint) if words else ""


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """What ``languages.toml`` knows of each language, by its code."""
    text = (files("twinhall.reader") / "languages.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def _ours(code: str) -> str:
    code = code.strip().lower().replace("_", "-").partition("-")[0]
    code = {"nb": "no", **_NEIGHBOURS}.get(code, code)
    return code if code in languages() else ""


@cache
def _weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Small word → the languages that have it, each with the word's weight: 1 shared out among them."""
    having: dict[str, set[str]] = defaultdict(set)
    for code, data in languages().items():
        for word in f"{data['words']} {data.get('latin_words', '')}".split():
            having[word].add(code)
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in having.items()}


def _scores(words: Mapping[str, int]) -> Counter[str]:
    weights, scores = _weights(), Counter[str]()
    for word, count in words.items():
        for code, weight in weights.get(word, ()):
            scores[code] += count * weight  # type: ignore[assignment]  # Counter's values may be any number
    return scores


def _is_clear(scores: Counter[str], best: str) -> bool:
    """Whether no other language comes near; one that is read nearly the same need only have less."""
    return all(
        scores[best] >= score * (_CLEAR_OF_NEIGHBOUR if _is_neighbour(best, code) else _CLEAR)
        for code, score in scores.items()
        if code != best
    )


def _is_neighbour(one: str, two: str) -> bool:
    return any({one, two} <= pair for pair in _PAIRS)


def _by_model(text: str, hint: str) -> str:
    """By letters in a row, which tell short texts better. First asked, it takes a second and 130 MB."""
    shares = Counter[str]()
    for code, share in _model().rank(text[:_ENOUGH]):
        shares[_NEIGHBOURS.get(code, code)] += share
    best = max(shares, key=lambda code: shares[code])
    if hint and shares[hint] >= _POSSIBLE:
        return hint
    together = sum(share for code, share in shares.items() if code == best or _is_neighbour(best, code))
    return best if together >= _SURE else ""


@cache
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - for most pages it is not needed

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([*languages(), *_NEIGHBOURS])
    return model
