"""The country that is said beside a name: after it, in brackets or not, or before it."""

from twinhall.reader.countries import CountryMention
from twinhall.reader.extract.naming import is_country
from twinhall.reader.extract.scene import Scene
from twinhall.reader.mentions import Mention

_GAP = 28  # characters between a name and the country it is said to lie in, at most
_BRACKET_GAP = 60  # … where the country stands in brackets
_ARTICLE = 3  # letters of a small word
_SMALL_WORDS = 2  # words between "the Polish" and a name, at most
_LEAD = 12  # characters before a name in which "with" stands
_AROUND = ",'’„“”\""


def country_of(
    scene: Scene, mention: Mention, mentions: list[Mention], index: int, countries: list[CountryMention]
) -> str:
    """The code of the country said beside a name, or ""."""
    following = mentions[index + 1 :]
    limit = next((m.start for m in following if not is_country(m, countries)), len(scene.text))
    before = _before(scene, mention, mentions, index, countries)
    after = _after(scene, mention, limit, countries)
    if after and _heads_next(scene, mention, limit, countries, joined=not before):
        after = ""
    return after or _adjective_after(scene, mention, countries) or before


def _after(scene: Scene, mention: Mention, limit: int, countries: list[CountryMention]) -> str:
    for each in countries:
        if each.start >= mention.end and not each.is_adjective:
            between = scene.text[mention.end : each.start]
            if each.start >= limit:
                return ""
            if "(" in between and ")" not in between and len(between) < _BRACKET_GAP:
                return each.code
            return each.code if _is_beside(scene, mention.end, each.start) else ""
    return ""


def _heads_next(
    scene: Scene, mention: Mention, limit: int, countries: list[CountryMention], *, joined: bool
) -> bool:
    """Whether the country after a comma or "and" stands right before the next name, and so is not this one's.

    Of those ``joined`` only the one after "and" is sure to be.
    """
    for each in countries:
        if each.start >= mention.end and not each.is_adjective:
            gap = (mention.end, each.start)
            said = scene.hits(*gap, "word.and")
            is_and = bool(said) and scene.text[slice(*gap)].strip() == scene.text[said[0].start : said[0].end]
            is_comma = scene.text[slice(*gap)].strip() == "," and not joined
            lead = scene.text[each.end : limit].split()  # nothing, or "the town of" where that is one word
            return (is_and or is_comma) and (
                not lead or (len(lead) == 1 and scene.has(each.end, limit, "word.town"))
            )
    return False


def _adjective_after(scene: Scene, mention: Mention, countries: list[CountryMention]) -> str:
    """The country of an adjective after a name that "with" stands before, as Romance languages have it."""
    slot = scene.hits(max(0, mention.start - _LEAD), mention.start, "word.with")
    if not slot or scene.text[slot[-1].end : mention.start].strip():
        return ""
    for each in countries:
        if (
            0 <= each.start - mention.end <= _GAP
            and each.is_adjective
            and not any(sign in scene.text[mention.end : each.start] for sign in ".;:,)")
        ):
            return each.code
    return ""


def _before(
    scene: Scene, mention: Mention, mentions: list[Mention], index: int, countries: list[CountryMention]
) -> str:
    before = [each for each in countries if each.end <= mention.start]
    if not before:
        return ""
    each = before[-1]
    between = scene.text[each.end : mention.start]
    last = mentions[index - 1].end if index else 0
    loose = each.is_adjective and len(between.split()) <= _SMALL_WORDS
    if len(between) > _GAP or each.start < last or any(sign in between for sign in ".;:,()"):
        return ""
    return each.code if loose or _is_beside(scene, each.end, mention.start) else ""


def _is_beside(scene: Scene, start: int, end: int) -> bool:
    """Whether only small words, "in" or "the town of", stand between a name and a country."""
    text = scene.text[start:end]
    if len(text) > _GAP or any(sign in text for sign in ".;:)"):
        return False
    said = scene.hits(start, end, "word.town", "tie.region", "word.in")
    at = start
    for word in text.split():
        at = scene.text.index(word, at)
        long = len(word.strip(_AROUND)) > _ARTICLE
        if long and not any(hit.start < at + len(word) and at < hit.end for hit in said):
            return False
        at += len(word)
    return True
