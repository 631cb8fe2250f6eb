"""Names of networks in a text: known ones, names in quotation marks, capitals beside "network"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile

from twinhall.reader.extract.name_runs import (
    MOST_WORDS,
    STOPS,
    WORD,
    Words,
    is_capital,
    is_tail,
    is_town_word,
    joined,
    run,
)
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.lexicon import Hit

_QUOTED = re.compile(r"[„“”\"«‟]([^„“”\"»«\n]{3,90})[“”\"»]")
_LATIN_NAME = re.compile(r"\(([A-Z][^()\n]{5,80})\)")
_NUMERAL = re.compile(r"[IVX]+(?:-\w{1,3})?")
_ELIDED = re.compile(r"\w{1,5}['’](?=[^\W\d_])")
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_SHORT = 3  # letters of a word such as "of"
_SIGNS = " \u00a0-–—•·*„“”\"«»'"
_OPENING, _CLOSING, _SAME = frozenset('„“”"«»'), frozenset('“”"»«'), frozenset("|(")
_LONGEST_OF = 5  # … and of "della"
_MOST_SMALL = 3  # small words in a row inside a name
_LEAST_CAPITALS = 2  # of an international name in brackets


@dataclass(frozen=True, slots=True)
class Body:
    """A network that a text names: where it stands, its words there, and the name it is taken for."""

    start: int
    end: int
    written: str
    name: str
    known: bool = False


def networks_in(scene: Scene, start: int, end: int, subject: Subject | None = None) -> list[Body]:
    """The networks that a stretch names: known ones, names in quotation marks, capitals beside "network".

    Without the name of the ``subject`` where that stands beside a network's.
    """
    if not scene.has(start, end, "net.network", "net.member") and not scene.bodies(start, end, "network"):
        return []  # most sentences: nothing in them could be a network's name
    found: list[Body] = []
    taken: list[Hit] = scene.bodies(start, end, "other")
    names = [
        *bracketed(scene, start, end),
        *_quoted_names(scene, start, end),
        *(
            each
            for body in _capital_names(scene, start, end)
            if (each := _without(scene, body, start, subject)) is not None
        ),
    ]
    for body in _known(scene, start, end):
        around = next((each for each in names if each.start <= body.start and body.end <= each.end), None)
        wide = replace(around or body, name=body.name or (around or body).written, known=True)
        taken.append(Hit(wide.start, wide.end, "network"))
        if not any(each.start < wide.end and wide.start < each.end for each in found):
            found = [each for each in found if each.name != wide.name]  # the last is international
            found.append(wide)
    for body in names:
        spans = [*((each.start, each.end) for each in found), *((each.start, each.end) for each in taken)]
        is_free = not any(begin < body.end and body.start < stop for begin, stop in spans)
        if is_free and not _is_country(scene, body):
            found.append(body)
    return _each_once(scene, sorted(found, key=lambda body: body.start))


def _each_once(scene: Scene, found: list[Body]) -> list[Body]:
    """The networks, each under one name: of two that stand for one another, as "network “Name”", the last."""
    kept: list[Body] = []
    for each in found:
        body, before = each, kept[-1] if kept else None
        gap = scene.text[before.end : body.start].strip() if before else ""
        if before and before.known and body.known and gap in _SAME:
            kept.pop()
        elif before and not before.known and gap and gap in _OPENING:
            kept.pop()
            if not body.known:
                end = body.end + (scene.text[body.end : body.end + 1] in _CLOSING)
                whole = scene.text[before.start : end]
                body = replace(body, start=before.start, end=end, written=whole, name=whole)
        kept.append(body)
    return kept


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
            table, _, name = hit.sort.partition(".")
            written = scene.text[hit.start : hit.end]
            yield Body(hit.start, hit.end, written, name if table == "network" else "", known=True)
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
    words = [*WORD.finditer(scene.text, start, end)]
    hits = scene.hits(start, end, "net.network")
    last = start
    for hit in hits:
        at = next((i for i, word in enumerate(words) if word.start() <= hit.start < word.end()), None)
        if at is None or words[at].start() < last:
            continue
        first, final = run(scene, words, at)
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
        begin = _after_generic(scene, words, at, first, final)
        if begin > first:
            yield Body(
                words[first].start(), words[final].end(), name, _plain_name(scene, words, begin, final)
            )
            last = words[final].end()
            continue
        stop = words[final].end()
        bracket = _LATIN_NAME.match(scene.text, stop + 1, end) if scene.text[stop : stop + 1] == " " else None
        if bracket and not _ACRONYM.fullmatch(bracket[1]):
            yield Body(words[first].start(), bracket.end(), name, bracket[1])
            last = bracket.end()
        else:
            yield Body(words[first].start(), stop, name, name)
            last = stop


def _after_generic(scene: Scene, words: Words, at: int, first: int, final: int) -> int:
    """Where a name begins after "the network of" in small letters: at a capital before another word."""
    if first < at or is_capital(words[at]):
        return first
    begin = next((i for i in range(at + 1, final + 1) if words[i][0][:1].isupper()), first)
    return begin if final > begin and scene.text[words[begin].start()].isupper() else first


def _plain_name(scene: Scene, words: Words, first: int, final: int) -> str:
    return re.split(r"['’]\w{1,4}\Z", scene.text[words[first].start() : words[final].end()])[0]


def _without(scene: Scene, body: Body, start: int, subject: Subject | None) -> Body | None:
    """A name without the small word that opens the sentence before it, and without the subject's name."""
    words = [*WORD.finditer(scene.text, body.start, body.end)]
    lead = _ELIDED.match(words[0][0])
    is_town = subject is not None and subject.is_town
    begin = body.start + (lead.end() if lead else 0)
    if not lead and len(words) > 1 and _opens(scene, words[0], start) and _leads(scene, words[0]):
        words = words[1:]
        begin = words[0].start()
    if subject and is_town and len(words) > 1 and subject.is_meant(words[0][0]):
        words = [*dropwhile(lambda word: word[0][:1].islower(), words[1:])] or words
        begin = words[0].start()
    end = (
        words[-2].end()
        if subject and is_town and len(words) > 1 and subject.is_meant(words[-1][0])
        else body.end
    )
    if (begin, end) == (body.start, body.end):
        return body
    written = scene.text[begin:end]
    has_more = " " in written or "-" in written
    return (
        Body(begin, end, written, written if body.name == body.written else body.name) if has_more else None
    )


def _leads(scene: Scene, word: re.Match[str]) -> bool:
    """Whether a word is a preposition or an article."""
    span = (word.start(), word.end())
    is_short = len(word[0]) <= _SHORT and not scene.has(*span, "net.network")
    return is_short or scene.has(*span, "word.in", "word.from", "word.with")


def _is_numbered(beside: list[str]) -> bool:
    """Whether only a number stands beside the word for a network: a league of sport, "Liga III"."""
    return bool(beside) and all(_NUMERAL.fullmatch(word) for word in beside)


def _opens(scene: Scene, word: re.Match[str], start: int) -> bool:
    """Whether a word begins a sentence, where any has a capital."""
    lead = scene.text[max(start, word.start() - 6) : word.start()].rstrip(_SIGNS)
    return not lead or lead[-1:] in ".!?:"


def _may_lead(scene: Scene, word: re.Match[str]) -> bool:
    """Whether a word may stand between "a member of" and a name."""
    return len(word[0]) <= _LONGEST_OF or scene.has(word.start(), word.end(), "net.network")


def name_after(scene: Scene, at: int, end: int) -> Body | None:
    """A name in capitals soon after a place ("a member of …"), whatever it is called."""
    words = [*WORD.finditer(scene.text, at, end)]
    first = next((i for i, word in enumerate(words[:4]) if word[0][:1].isupper()), None)
    if first is None or any(sign in scene.text[at : words[first].start()] for sign in ".,;:()"):
        return None
    if not all(_may_lead(scene, word) for word in words[:first]):
        return None
    final, small = first, 0
    for index in range(first + 1, min(first + MOST_WORDS, len(words))):
        word = words[index]
        if not joined(scene, words[index - 1], word) or scene.has(word.start(), word.end(), *STOPS):
            break
        if scene.dates(word.start(), word.end()):
            break
        if word[0][:1].isupper() or is_tail(scene, word):
            final, small = index, 0
        else:
            small += 1
            if small > _MOST_SMALL - 1:
                break
    name = re.split(r"['’]\w{1,4}\Z", scene.text[words[first].start() : words[final].end()])[0]
    body = Body(words[first].start(), words[final].end(), name, name)
    return None if _is_country(scene, body) or scene.bodies(body.start, body.end, "other") else body


def _names_on(scene: Scene, words: list[re.Match[str]], at: int) -> bool:
    """Whether a name goes on after a word for a network that begins a sentence: "Association of …"."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    return (
        following[0][:1].isupper()
        or len(following[0]) <= _SHORT
        or scene.has(following.start(), following.end(), "word.town", "join.towns")
        or (at + 2 < len(words) and is_town_word(scene, words[at + 2]))
    )
