"""Names of parties in lists.

They stand as "Place, Country, year", "Place (Country)", "Country: Place, Place" or "Place – Place".
"""

from dataclasses import dataclass, field, replace

from twinhall.reader.dates import Told
from twinhall.reader.extract.items import Item, Listed
from twinhall.reader.extract.part_sorts import AROUND, NUMBER, past_description, sort_of
from twinhall.reader.extract.scene import Scene
from twinhall.reader.layout import Part

_BRACKET_GAP = 2  # signs between a name and what stands in brackets: a space and the bracket
_PAIR = 2
_DASHES = frozenset("-–—")
_HEADS = frozenset({":", "-", "–", "—", "|", "\t", "/", "and"})  # between the first of several and the others
_SURE, _SURE_ALONE = 0.3, 0.45  # of a place, with and without a country


@dataclass(slots=True)
class _Lead:
    """What stands before the names of a line: a country, dates not yet given; ``dated`` where any stood."""

    country: str = ""
    dates: list[Told] = field(default_factory=list)
    dated: bool = False


def listed(scene: Scene, start: int, end: int) -> Listed:
    """What a stretch of the page lists, if it begins as a list does; without items where it is prose."""
    parts = [each for part in scene.parts(start, end) for each in _dated_first(scene, part)]
    result = Listed(start, end, end, [])
    lead = _Lead()
    for index, part in enumerate(parts):
        sort, country = sort_of(scene, part)
        if part.depth and sort != "country":
            _beside(scene, result, part, sort)
        elif sort == "country":
            lead.country = _country(parts, index, result, country, lead.country)
        elif sort == "date":
            _date(scene, result, part, lead)
        elif sort == "prose" or (sort == "name" and not _takes_names(scene, result, part, lead)):
            result.rest = part.start
            break
    if not result.items:
        result.country = lead.country if result.rest == end else ""
        result.date = lead.dated and result.rest == end
        result.rest = start if not (result.country or result.date) else end
    _share(scene, result)
    return result


def _date(scene: Scene, result: Listed, part: Part, lead: _Lead) -> None:
    """Give the dates of a part to the name before it; to the first that follows, where there is none."""
    dates = scene.dates(part.start, part.end)
    if result.items:
        result.items[-1].dates += dates
        result.items[-1].end = max(result.items[-1].end, part.end)
    else:
        lead.dates += dates
        lead.dated = True


def _takes_names(scene: Scene, result: Listed, part: Part, lead: _Lead) -> bool:
    """Take the names of a part into the list; False where the list ends before it."""
    if result.items and part.sign in {"|", "\t"} and result.items[-1].country:
        return True  # a column after the country: a contact, a field
    if result.items and part.sign == "." and not lead.country:
        return False
    names = _names(scene, part, lead.country)
    if not names:
        return False
    names[0].dates, lead.dates = [*lead.dates, *names[0].dates], []
    result.items += names
    return True


def _dated_first(scene: Scene, part: Part) -> list[Part]:
    """A part, cut in two where a date stands before a name: "12.05.1995 Zamora"."""
    told = scene.dates(part.start, part.end)[:1]
    if not told or told[0].start != part.start:
        return [part]
    rest = scene.text[told[0].end : part.end].lstrip(" .:–-")
    if not rest[:1].isupper():
        return [part]
    first = replace(part, end=told[0].end, text=scene.text[part.start : told[0].end], following=" ")
    return [first, replace(part, start=part.end - len(rest), text=rest, sign=" ")]


def _beside(scene: Scene, result: Listed, part: Part, sort: str) -> None:
    """What stands in brackets after a name."""
    if not result.items:
        return
    item = result.items[-1]
    item.dates += scene.dates(part.start, part.end)
    alone = part.sign in {"(", "["} and part.following in {")", "]"}
    beside = item.end == item.start + len(item.written) and part.start - item.end <= _BRACKET_GAP
    if sort == "name" and alone and beside:
        item.written = scene.text[item.start : part.end + 1]
    item.end = max(item.end, min(part.end + 1, result.end))


def _country(parts: list[Part], index: int, result: Listed, country: str, leading: str) -> str:
    """Give a country to what it stands beside; the country that holds for what follows, otherwise."""
    part = parts[index]
    first = not result.items
    heads = part.following in {":", "."} and not part.depth and index + 1 < len(parts)
    if first or (heads and part.sign in {";", ".", "|", "\t", ""}):
        return country
    if part.depth and part.sign in _DASHES:
        result.items[-1].country = country  # "(Finland - Russia)" after two names: see _share
        result.items[-1].end = part.end + 1
        return leading
    item = result.items[-1]
    item.end = max(item.end, part.end + (1 if part.depth and part.following in {")", "]"} else 0))
    if not item.country or item.sign == "leading":
        item.country, item.sign = country, item.sign if item.sign != "leading" else ""
    at = len(result.items) - 2
    while at >= 0 and not result.items[at].country and result.items[at + 1].sign == "and":
        result.items[at].country = country
        at -= 1
    return leading


def _names(scene: Scene, part: Part, leading: str) -> list[Item]:
    """The names of a part: of "Jagodina and Paraćin" two; without articles and small words before them."""
    items = []
    for number, (start, end) in enumerate(_split(scene, part)):
        capital = _past_small_words(scene, start, end)
        label = NUMBER.match(scene.text[capital:end])
        first = past_description(scene, capital + (label.end() if label else 0), end)
        written = scene.text[first:end].strip(AROUND.replace(".", ""))
        if not written or not any(letter.isupper() for letter in written):
            continue
        begin = scene.text.find(written, first, end)
        item = Item(begin, end, written, leading, "and" if number else part.sign)
        item.starred = "*" in scene.text[first : end + 2]
        items.append(item)
    return items


def _past_small_words(scene: Scene, start: int, end: int) -> int:
    """Where the first word with a capital or a number begins, if not a word for a region before it."""
    while start < end and not (scene.text[start].isupper() or scene.text[start].isdigit()):
        gap = scene.text.find(" ", start, end)
        begin = gap + 1 if gap >= 0 else end
        if begin == end or scene.has(start, begin, "tie.region"):
            break
        start = begin
    return start


def _split(scene: Scene, part: Part) -> list[tuple[int, int]]:
    """A part cut at words for "and", where both sides may be names of their own."""
    cuts = [
        hit
        for hit in scene.hits(part.start, part.end, "word.and")
        if part.start < hit.start and hit.end < part.end
    ]
    if not cuts or scene.has(part.start, part.end, "tie.region"):
        return [(part.start, part.end)]
    whole = scene.named(part.text)
    sure = bool(whole.candidates) and whole.candidates[0].confidence > _SURE_ALONE + 0.3
    if sure and scene.places.is_spelt(part.text, whole.candidates[0]):
        return [(part.start, part.end)]
    spans, begin = [], part.start
    for cut in cuts:
        spans.append((begin, cut.start))
        begin = cut.end
    spans.append((begin, part.end))
    trimmed = [_trimmed(scene, *span) for span in spans]
    return [(start, end) for start, end in trimmed if start < end]


def _trimmed(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """A stretch without the spaces around it."""
    while start < end and scene.text[start].isspace():
        start += 1
    while end > start and scene.text[end - 1].isspace():
        end -= 1
    return start, end


def _share(scene: Scene, result: Listed) -> None:
    """Make "A – B" a pair or one place with two names; share what a bracket tells of both."""
    items = result.items
    if (
        len(items) != _PAIR
        or items[1].sign not in _DASHES
        or "," in scene.text[items[0].start : items[1].start]
    ):
        return
    first, second = items
    tail = [
        each
        for each in scene.countries(max(second.start, second.end - 40), result.end)
        if not each.is_adjective
    ]
    codes = [each for each in tail if each.start >= second.start + len(second.written)]
    if not first.country and len(codes) == _PAIR:
        first.country, second.country = codes[0].code, codes[1].code
        second.end = max(second.end, min(result.end, codes[1].end + 1))
    a, b = scene.named(first.written, first.country), scene.named(second.written, second.country)
    same = a.geonames is not None and a.geonames == b.geonames
    if first.country and second.country and first.country != second.country:
        same = False
    if same or (first.country and first.country == second.country and not (a.candidates and b.candidates)):
        join(scene, first, second)
        result.items = [first]
        return
    if (
        second.country
        and not first.country
        and not b.candidates
        and scene.named(first.written, second.country).candidates
    ):
        first.country, first.dates, first.end = second.country, first.dates + second.dates, second.end
        result.items = [first]  # "Narvik – Nordland | Norway": the second says where the first is
        return
    result.is_pairs = True
    first.other = second
    first.end = max(second.end, first.end)
    first.dates += second.dates
    result.items = [first]


def as_pairs(result: Listed) -> None:
    """Read "A: B, C", "A – B", "A | B" as ties of the first with the others, on pages of ties of others."""
    first, *others = result.items
    if (
        first.other
        or not others
        or not (others[0].sign in _HEADS or (len(others) == 1 and others[0].sign == ","))
    ):
        return
    result.items = [replace(first, other=each, dates=each.dates, end=each.end) for each in others]
    result.is_pairs = True


def join(scene: Scene, first: Item, second: Item) -> None:
    """Make two names of one place, as "Brețcu - Bereck", one item."""
    first.written = scene.text[first.start : second.start + len(second.written)]
    first.end, first.other = max(first.end, second.end), None
    first.country = first.country or second.country
    first.dates += [told for told in second.dates if told not in first.dates]


def is_place(scene: Scene, item: Item, *, country: str = "") -> bool:
    """Whether the name of an item is surely one of a place: a country stands beside it, or it is known."""
    if item.country:
        return True
    named = scene.named(item.written, country)
    if not named.candidates or named.candidates[0].confidence < (_SURE if country else _SURE_ALONE):
        return False
    return bool(country) or scene.is_spelt(item.written, named.candidates)
