"""Names of networks in a text: known ones, names in quotation marks, capitals beside "network"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twinhall.core.text import fold
from twinhall.reader.extract.scene import Scene
from twinhall.reader.lexicon import Hit

_QUOTED = re.compile(r"[„“”\"«‟]([^„“”\"»«\n]{3,90})[“”\"»]")
_LATIN_NAME = re.compile(r"\(([A-Z][^()\n]{5,80})\)")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W\d_]+)*")
_NUMERAL = re.compile(r"[IVX]+(?:-\w{1,3})?")
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_MOST_WORDS = 9
_SHORT = 3  # letters of a word such as "of"
_LEAST_CAPITALS = 2  # of an international name in brackets
_MOST_SMALL = 3  # small words in a row inside a name
_STOPS = ("word.from", "act.start", "net.founded", "net.member", "net.notyet", "net.joined", "word.with")
_STOPS_BACK = ("net.member", "net.founder", "word.with", "act.start", "net.notyet")


@dataclass(frozen=True, slots=True)
class Body:
    """A network that a text names: where it stands, its words there, and the name it is taken for."""

    start: int
    end: int
    written: str
    name: str
    known: bool = False


def networks_in(scene: Scene, start: int, end: int) -> list[Body]:
    """The networks that a stretch names: known ones, names in quotation marks, capitals beside "network"."""
    if not scene.has(start, end, "net.network", "net.member") and not scene.bodies(start, end, "network"):
        return []  # most sentences: nothing in them could be a network's name
    found: list[Body] = []
    taken: list[Hit] = scene.bodies(start, end, "other")
    names = [
        *bracketed(scene, start, end),
        *_quoted_names(scene, start, end),
        *_capital_names(scene, start, end),
    ]
    for body in _known(scene, start, end):
        around = next((each for each in names if each.start <= body.start and body.end <= each.end), None)
        wide = Body(around.start, around.end, around.written, body.name, known=True) if around else body
        taken.append(Hit(wide.start, wide.end, "network"))
        if not any(each.start < wide.end and wide.start < each.end for each in found):
            found = [each for each in found if each.name != wide.name]  # the international name stands last
            found.append(wide)
    for body in names:
        spans = [*((each.start, each.end) for each in found), *((each.start, each.end) for each in taken)]
        is_free = not any(begin < body.end and body.start < stop for begin, stop in spans)
        if is_free and not _is_country(scene, body):
            found.append(body)
    return sorted(found, key=lambda body: body.start)


def _is_country(scene: Scene, body: Body) -> bool:
    """Whether what looks like a network's name is a country's: a federation, a union."""
    return any(
        each.start <= body.start and body.end <= each.end and not each.is_adjective
        for each in scene.countries(body.start, body.end)
    )


def bracketed(scene: Scene, start: int, end: int) -> Iterator[Body]:
    """An international name in brackets after one in the page's language."""
    for match in _LATIN_NAME.finditer(scene.text, start, end):
        if sum(word[:1].isupper() for word in match[1].split()) < _LEAST_CAPITALS or scene.countries(
            match.start(1), match.end(1)
        ):
            continue
        near = scene.hits(max(start, match.start() - 70), match.start(), "net.network")
        known = scene.bodies(match.start(1), match.end(1), "network")
        if near or known:
            begin = near[0].start if near else match.start(1)
            yield Body(begin, match.end(), match[1], match[1].strip())


def _known(scene: Scene, start: int, end: int) -> Iterator[Body]:
    last = start
    for hit in sorted(scene.bodies(start, end, "network"), key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= last and not _is_small_word(scene, hit.start, hit.end):
            yield Body(
                hit.start, hit.end, scene.text[hit.start : hit.end], hit.sort.partition(".")[2], known=True
            )
            last = hit.end


def _is_small_word(scene: Scene, start: int, end: int) -> bool:
    return not any(letter.isupper() for letter in scene.text[start:end])


def _quoted_names(scene: Scene, start: int, end: int) -> Iterator[Body]:
    for match in _QUOTED.finditer(scene.text, start, end):
        near = scene.has(max(start, match.start() - 45), match.start(), "net.network", "net.member")
        named = scene.has(match.start(1), match.end(1), "net.network")
        if (near or named) and not scene.has(
            max(start, match.start() - 30), match.start(), "project.project"
        ):
            yield Body(match.start(1), match.end(1), match[1], match[1].strip())


def _capital_names(scene: Scene, start: int, end: int) -> Iterator[Body]:
    words = [*_WORD.finditer(scene.text, start, end)]
    hits = scene.hits(start, end, "net.network")
    last = start
    for hit in hits:
        at = next((i for i, word in enumerate(words) if word.start() <= hit.start < word.end()), None)
        if at is None or words[at].start() < last:
            continue
        first, final = _run(scene, words, at)
        name = scene.text[words[first].start() : words[final].end()]
        name = re.split(r"['’]\w{1,4}\Z", name)[0]
        capitals = [word for word in words[first : final + 1] if word[0][:1].isupper()]
        inner = [word for word in capitals if not _opens(scene, word, start)]
        if (
            first == final
            or not inner
            or _is_numbered([word[0] for word in capitals if word is not words[at]])
            or (first == at and _opens(scene, words[at], start) and not _names_on(scene, words, at))
        ):
            continue
        stop = words[final].end()
        bracket = _LATIN_NAME.match(scene.text, stop + 1, end) if scene.text[stop : stop + 1] == " " else None
        if bracket and not _ACRONYM.fullmatch(bracket[1]):
            yield Body(words[first].start(), bracket.end(), name, bracket[1])
            last = bracket.end()
        else:
            yield Body(words[first].start(), stop, name, name)
            last = stop


def _is_numbered(beside: list[str]) -> bool:
    """Whether only a number stands beside the word for a network: a league of sport, "Liga III"."""
    return bool(beside) and all(_NUMERAL.fullmatch(word) for word in beside)


def _opens(scene: Scene, word: re.Match[str], start: int) -> bool:
    """Whether a word begins a sentence, where any has a capital."""
    lead = scene.text[max(start, word.start() - 6) : word.start()].rstrip()
    return not lead or lead[-1:] in ".!?:"


def name_after(scene: Scene, at: int, end: int) -> Body | None:
    """A name in capitals soon after a place ("a member of …"), whatever it is called."""
    words = [*_WORD.finditer(scene.text, at, end)]
    first = next((i for i, word in enumerate(words[:4]) if word[0][:1].isupper()), None)
    if first is None or any(sign in scene.text[at : words[first].start()] for sign in ".,;:()"):
        return None
    final, small = first, 0
    for index in range(first + 1, min(first + _MOST_WORDS, len(words))):
        word = words[index]
        if not _joined(scene, words[index - 1], word) or scene.has(word.start(), word.end(), *_STOPS):
            break
        if scene.dates(word.start(), word.end()):
            break
        if word[0][:1].isupper() or _is_tail(scene, word):
            final, small = index, 0
        else:
            small += 1
            if small > _MOST_SMALL - 1:
                break
    name = re.split(r"['’]\w{1,4}\Z", scene.text[words[first].start() : words[final].end()])[0]
    body = Body(words[first].start(), words[final].end(), name, name)
    return None if _is_country(scene, body) or scene.bodies(body.start, body.end, "other") else body


def _run(scene: Scene, words: list[re.Match[str]], at: int) -> tuple[int, int]:
    """The first and last word of a name around the word for a network."""
    first = at
    capital = words[at][0][:1].isupper()
    if not capital or at == 0 or words[at - 1][0][:1].isupper():
        first = _run_back(scene, words, at)
    opens = capital and first == at
    final = _run_on(scene, words, at, opens=opens)
    if opens and final > at:
        while (
            final + 1 < len(words)
            and _joined(scene, words[final], words[final + 1])
            and _is_tail(scene, words[final + 1])
        ):
            final += 1
    return first, final


def _run_back(scene: Scene, words: list[re.Match[str]], at: int) -> int:
    """The first word of a name that ends with the word for a network, or goes on after it."""
    first, probe, small = at, at, 0
    while probe > 0 and at - probe < _MOST_WORDS and _joined(scene, words[probe - 1], words[probe]):
        probe -= 1
        if scene.has(words[probe].start(), words[probe].end(), *_STOPS_BACK):
            break
        if words[probe][0][:1].isupper():
            first, small = probe, 0
        else:
            small += 1
            if small > _MOST_SMALL - 1:
                break
    return first


def _run_on(scene: Scene, words: list[re.Match[str]], at: int, *, opens: bool) -> int:
    """The last word of a name; where the word for a network ``opens`` it, the next need have no capital."""
    final, probe, small = at, at, 0
    while (
        probe + 1 < len(words) and probe - at < _MOST_WORDS and _joined(scene, words[probe], words[probe + 1])
    ):
        probe += 1
        word = words[probe]
        after = words[probe + 1][0] if probe + 1 < len(words) else ""
        if _ends_name(scene, word, after):
            break
        if word[0][:1].isupper():
            final, small = probe, 0
        else:
            small += 1
            if small > _MOST_SMALL:
                break
            if opens and small == 1 and probe == at + 1 and len(word[0]) > _SHORT:
                final = probe
    return final


def _ends_name(scene: Scene, word: re.Match[str], after: str) -> bool:
    """Whether a word is no part of the name before it: a date, or one that goes on with the sentence."""
    span = (word.start(), word.end())
    is_of = scene.has(*span, "word.from") and after[:1].isupper()
    stops = scene.has(*span, *_STOPS) and not is_of and not _is_tail(scene, word)
    return stops or bool(scene.dates(*span))


def _names_on(scene: Scene, words: list[re.Match[str]], at: int) -> bool:
    """Whether a name goes on after a word for a network that begins a sentence: "Association of …"."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    return (
        following[0][:1].isupper()
        or len(following[0]) <= _SHORT
        or scene.has(following.start(), following.end(), "word.town")
    )


def _is_tail(scene: Scene, word: re.Match[str]) -> bool:
    span = (word.start(), word.end())
    if scene.has(*span, "word.and"):
        return True
    return scene.has(*span, "word.town", "tie.region") and not scene.has(*span, *_STOPS)


def _joined(scene: Scene, one: re.Match[str], other: re.Match[str]) -> bool:
    return scene.text[one.end() : other.start()] in {" ", "\u00a0", "-", "–"}


def is_same(one: str, other: str) -> bool:
    """Whether two names of networks are one's, though one of them may be inflected or shorter."""
    a, b = fold(one), fold(other)
    return bool(a and b) and (
        a == b or a.startswith(b[: max(6, len(b) - 3)]) or b.startswith(a[: max(6, len(a) - 3)])
    )
