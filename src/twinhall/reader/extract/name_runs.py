"""Where the name of a network begins and ends, around the word for a network that stands in it."""

import re

from twinhall.reader.extract.scene import Scene

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W\d_]+)*")
MOST_WORDS = 9
_SHORT = 3  # letters of a word such as "of"
_LONGEST_OF = 5  # … and of "delle"
_MOST_SMALL = 3  # small words in a row inside a name
_TO_TOWNS = 4  # words after "network" among which "of towns" stands
STOPS = (
    "word.from", "act.start", "act.end", "net.founded", "join.born", "net.member", "join.enter", "join.left",
    "net.notyet", "net.joined", "word.with",
)  # fmt: skip
_STOPS_BACK = (
    "net.member", "join.enter", "join.left", "act.end", "net.founder", "word.with", "act.start", "net.notyet",
)  # fmt: skip
_ENDS = ("word.in", "word.from", "word.and", "word.with", *STOPS)

_ELIDED = re.compile(r"\w{1,5}['’][A-ZÀ-ŽΑ-Ω]")

Words = list[re.Match[str]]


def run(scene: Scene, words: Words, at: int) -> tuple[int, int]:
    """The first and last word of a name around the word for a network."""
    first = at
    capital = is_capital(words[at])
    if not capital or at == 0 or is_capital(words[at - 1]):
        first = _run_back(scene, words, at)
    opens = capital and first == at
    final = _run_on(scene, words, at, opens=opens)
    if first == at and not capital and final > at + 1 and _is_of(words[at + 1]):
        final += _ends_here(scene, words, final + 1) and len(words[final + 1][0]) > _LONGEST_OF
    if opens or first < at:
        final = max(final, _of_towns(scene, words, at, final, opens=opens))
    if opens and final > at:
        while (
            final + 1 < len(words)
            and joined(scene, words[final], words[final + 1])
            and is_tail(scene, words[final + 1])
            and not is_town_word(scene, words[final])
        ):
            final += 1
    return first, final


def is_capital(word: re.Match[str]) -> bool:
    """Whether a word, without an elided article before it, has a capital."""
    return word[0][:1].isupper() or _ELIDED.match(word[0]) is not None


def _is_of(word: re.Match[str]) -> bool:
    return word[0].islower() and len(word[0]) <= _LONGEST_OF


def _run_back(scene: Scene, words: Words, at: int) -> int:
    """The first word of a name that ends with the word for a network, or goes on after it."""
    first, probe, small = at, at, 0
    while probe > 0 and at - probe < MOST_WORDS and joined(scene, words[probe - 1], words[probe]):
        probe -= 1
        word = words[probe]
        if scene.has(word.start(), word.end(), *_STOPS_BACK) or any(letter.isdigit() for letter in word[0]):
            break
        if is_capital(word):
            first, small = probe, 0
        else:
            small += 1
            if small > _MOST_SMALL - 1:
                break
    return first


def _run_on(scene: Scene, words: Words, at: int, *, opens: bool) -> int:
    """The last word of a name; where the word for a network ``opens`` it, the next need have no capital."""
    final, probe, small = at, at, 0
    while (
        probe + 1 < len(words) and probe - at < MOST_WORDS and joined(scene, words[probe], words[probe + 1])
    ):
        probe += 1
        word = words[probe]
        after = words[probe + 1][0] if probe + 1 < len(words) else ""
        if _ends_name(scene, word, after):
            break
        if is_capital(word):
            final, small = probe, 0
        else:
            small += 1
            if small > _MOST_SMALL:
                break
            if opens and small == 1 and probe == at + 1 and len(word[0]) > _SHORT:
                final = probe
    return final


def _of_towns(scene: Scene, words: Words, at: int, final: int, *, opens: bool) -> int:
    """The last word of a name that goes on in small letters: "mreža zdravih gradova", "Réseau des villes"."""
    towns = _towns_after(scene, words, at)
    if towns is None or towns < final:
        return final
    final = towns
    while (other := _other_towns(scene, words, final)) is not None:
        final = other
    if final + 1 >= len(words) or not joined(scene, words[final], words[final + 1]):
        return final
    after = words[final + 1]
    if scene.has(after.start(), after.end(), "join.tail"):
        return min(final + 2, len(words) - 1)
    of = words[towns - 1][0]
    if (
        opens
        and of.islower()
        and len(of) <= _LONGEST_OF
        and len(after[0]) > _SHORT
        and _ends_here(scene, words, final + 1)
    ):
        return final + 1
    while final + 1 < len(words) and joined(scene, words[final], words[final + 1]):
        if not is_capital(words[final + 1]):
            break
        final += 1
    return final


def _towns_after(scene: Scene, words: Words, at: int) -> int | None:
    """The first word for towns soon after the word for a network, with no word between that ends a name."""
    for index in range(at + 1, min(at + 1 + _TO_TOWNS, len(words))):
        if not joined(scene, words[index - 1], words[index]):
            return None
        if is_town_word(scene, words[index]):
            return index
        span = (words[index].start(), words[index].end())
        if scene.has(*span, *STOPS) and not scene.has(*span, "word.from"):
            return None
    return None


def _other_towns(scene: Scene, words: Words, final: int) -> int | None:
    """The word for towns that "and" joins to another: "of towns and municipalities"."""
    for index in range(final + 1, min(final + 4, len(words))):
        if not joined(scene, words[index - 1], words[index]):
            return None
        if index == final + 1 and not scene.has(words[index].start(), words[index].end(), "word.and"):
            return None
        if index > final + 1 and is_town_word(scene, words[index]):
            return index
    return None


def _ends_here(scene: Scene, words: Words, at: int) -> bool:
    """Whether a name can end with a word: a sign or a capital follows, or what goes on with the sentence."""
    if at >= len(words) or not joined(scene, words[at - 1], words[at]):
        return False
    span = (words[at].start(), words[at].end())
    if scene.has(*span, *_ENDS):
        return False
    if at + 1 >= len(words) or not joined(scene, words[at], words[at + 1]):
        return True
    after = words[at + 1]
    return is_capital(after) or scene.has(after.start(), after.end(), *_ENDS)


def _ends_name(scene: Scene, word: re.Match[str], after: str) -> bool:
    """Whether a word is no part of the name before it: a date, or one that goes on with the sentence."""
    span = (word.start(), word.end())
    is_of = scene.has(*span, "word.from") and after[:1].isupper()
    stops = scene.has(*span, *STOPS) and not is_of and not is_tail(scene, word)
    return stops or bool(scene.dates(*span))


def is_town_word(scene: Scene, word: re.Match[str]) -> bool:
    return scene.has(word.start(), word.end(), "join.towns")


def is_tail(scene: Scene, word: re.Match[str]) -> bool:
    span = (word.start(), word.end())
    if scene.has(*span, "word.and"):
        return True
    return scene.has(*span, "word.town", "tie.region") and not scene.has(*span, *STOPS)


def joined(scene: Scene, one: re.Match[str], other: re.Match[str]) -> bool:
    return scene.text[one.end() : other.start()] in {" ", "\u00a0", "-", "–"}
