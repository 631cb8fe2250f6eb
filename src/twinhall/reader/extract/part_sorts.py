"""What a part of a line is: a country, a date, a name of a party, a cell of a table, or prose."""

import re

from twinhall.reader.countries import is_area
from twinhall.reader.extract.scene import Scene
from twinhall.reader.layout import Part

_MOST_WORDS = 7  # of a name
_LEAST_LETTERS = 2
_FEW_LETTERS = 4  # of small words beside a country or a date, as "in" and "von"
_FEW_SPACES = 9  # fewer in a part that dates an act, as "signed in May 1995"
_SMALL_WORD = 4  # letters of a word that needs no capital in a name, as "am"
AROUND = ' \t\u00a0*†•·"“”„«»‹›.,:;!–—-'
_LETTER = re.compile(r"[^\W\d_]")
NUMBER = re.compile(r"^\d{1,2}[.)]\s+")  # of an item of a numbered list
_NUMBERED = re.compile(r"\d[-–:]\d|\d{4,}|^\d|\d\.\d")  # "2-1", a postal code, "4.3": no part of a name


def sort_of(scene: Scene, part: Part) -> tuple[str, str]:
    """Whether a part is a country (and which), a date, a name or prose."""
    countries = [each for each in scene.countries(part.start, part.end) if not each.is_adjective]
    if countries:
        rest = scene.text[part.start : countries[0].start] + scene.text[countries[0].end : part.end]
        for told in scene.dates(part.start, part.end):
            rest = rest.replace(scene.text[told.start : told.end], "")
        if len(_LETTER.findall(rest)) <= _FEW_LETTERS:
            return "country", countries[0].code
    if scene.dates(part.start, part.end):
        dates = scene.dates(part.start, part.end)
        rest = scene.text[part.start : dates[0].start] + scene.text[dates[-1].end : part.end]
        letters = len(_LETTER.findall(rest))
        plain = not any(word[:1].isupper() for word in rest.split()[1:])
        if letters <= _FEW_LETTERS or (part.text.count(" ") < _FEW_SPACES and plain and _acts(scene, part)):
            return "date", ""
    if _is_name(scene, part):
        return "name", ""
    return ("neutral" if _is_cell(part) else "prose"), ""


def _is_cell(part: Part) -> bool:
    """Whether a part is a cell of a table with something else in it: a number, a word or two."""
    in_table = part.sign in {"|", "\t"} or part.following in {"|", "\t"}
    return not _LETTER.search(part.text) or (in_table and len(part.text.split()) <= _MOST_WORDS)


def _acts(scene: Scene, part: Part) -> bool:
    return scene.has(
        part.start, part.end, "act.sign", "act.start", "tie.agreement", "act.renew", "tie", "act.decide"
    )


def _is_name(scene: Scene, part: Part) -> bool:
    text = NUMBER.sub("", part.text).strip(AROUND)
    words = text.split()
    if (
        not words
        or _NUMBERED.search(text)
        or is_area(text, scene.language)
        or scene.hits(part.start, part.end, "tie.agreement", "word.stop")
    ):
        return False
    begin = scene.text.find(words[0], part.start, part.end)
    first = scene.hits(begin, begin + len(words[0]), "word", "act")
    sorts = {hit.sort for hit in first}
    if sorts & {"word.between", "word.from", "word.in"} - _articles(sorts) or (
        words[0][:1].isupper() and _opens_prose(sorts)
    ):
        return False
    is_opener = any(hit.sort == "word.opener" and hit.end - begin == len(text) for hit in first)
    if is_opener or len(words) > _MOST_WORDS or len(_LETTER.findall(text)) < _LEAST_LETTERS:
        return False
    if not any(word[:1].isupper() for word in words):
        return False
    if scene.has(part.start, part.end, "tie.twin", "tie.partner", "tie.friendship", "tie.border", "act.sign"):
        return False
    described = past_description(scene, part.start, part.end)
    return all(_may_stand_in_a_name(scene, part, word) for word in scene.text[described : part.end].split())


def _opens_prose(sorts: set[str]) -> bool:
    return bool(sorts & {"word.with", "word.body"}) or any(sort.startswith("act.") for sort in sorts)


def _articles(sorts: set[str]) -> set[str]:
    """What is no sign of prose where the same word also says "with": Catalan and Spanish "a"."""
    return {"word.in", "word.from"} if "word.with" in sorts else set()


def _may_stand_in_a_name(scene: Scene, part: Part, word: str) -> bool:
    bare = word.strip(AROUND + "()'’/")
    letter = (bare.partition("'")[2] or bare.partition("’")[2] or bare)[:1]
    return (
        not letter
        or letter.isupper()
        or letter.isdigit()
        or len(word.strip(AROUND)) <= _SMALL_WORD
        or _is_town_word(scene, part, word)
    )


def _is_town_word(scene: Scene, part: Part, word: str) -> bool:
    at = scene.text.find(word, part.start, part.end)
    return at >= 0 and scene.has(at, at + len(word), "word.town", "tie.region", "word.and")


def past_description(scene: Scene, start: int, end: int) -> int:
    """Where the name begins in "the Brandenburg town Eberswalde".

    It is after a word for a town that is not the first.
    """
    for hit in scene.hits(start, end, "word.town"):
        rest = scene.text[hit.end : end].lstrip()
        if hit.start > start and rest[:1].isupper() and not scene.has(start, end, "tie.region"):
            return end - len(rest)
    return start
