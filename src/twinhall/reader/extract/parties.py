"""The parties that a sentence names: which names are places, in which country, and which only tell where."""

from dataclasses import dataclass, replace
from itertools import pairwise

from twinhall.reader.countries import CountryMention
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.telling import Span
from twinhall.reader.facts import Named
from twinhall.reader.lexicon import plain, words
from twinhall.reader.mentions import Mention

_NAMED_TIES = ("tie.twin", "tie.partner", "tie.friendship", "tie.border")
_SURE = 0.3
_SURE_ALONE = 0.6
_SHORTEST, _NEXT = 4, 25
_ARTICLE = 3  # letters of a word that may stand between "with" and a name
_BESIDE = 45  # characters between two names of a list, with what stands in brackets
_FROM_START = 25  # characters from a sentence's beginning within which its subject stands
_GAP = 28  # characters between a name and the country it is said to lie in, at most
_BRACKET_GAP = 60  # … where the country stands in brackets
_TWO = 2
_SMALL_WORDS = 2  # words between "the school of" or "the Polish" and a name, at most
_NEXT_WORD = 12  # characters within which a school's or museum's word follows a name
_JOINED = 12  # characters between two names that only "and" joins
_SURE_OF_COUNTRY = 0.4  # of a place whose country is taken as told


@dataclass(slots=True)
class Party:
    """A party that a sentence names, where it stands and the country said beside it."""

    start: int
    end: int
    named: Named
    country: str


def parties_in(scene: Scene, subject: Subject, span: Span) -> list[Party]:
    """The parties of a sentence: names of places, not of where something was nor in brackets."""
    countries = scene.countries(*span)
    mentions = [_cut(scene, mention, countries) for mention in scene.mentions(*span)]
    found: list[Party] = []
    opener: Party | None = None
    for index, mention in enumerate(mentions):
        if _in_brackets(scene, span, mention) or _is_country(mention, countries):
            continue
        if subject.is_meant(mention.text, mention.candidates):
            found.append(Party(mention.start, mention.end, subject.named, ""))
            continue
        country = _country_of(scene, mention, mentions, index, countries)
        if _is_word(scene, mention) or _is_of_body(scene, span, mention):
            continue
        if not country and not _is_surely_meant(scene, span, mention, found):
            if not found and _opens_tie(scene, span, mention):
                opener = Party(mention.start, mention.end, scene.named(mention.text), "")
                found.append(opener)
            continue
        if _is_where(scene, span, mention, found, country):
            continue
        start, end = _with_sort(scene, span, mention)
        found.append(Party(start, end, scene.named(scene.text[start:end], country), country))
    _carry(scene, found)
    if opener and not (
        len(found) == _TWO and found[1].named is not subject.named and are_two(scene, span, *found)
    ):
        found.remove(opener)
    return found


def _opens_tie(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a sentence begins with a known name that has a tie: "Kirkcaldy is twinned with …"."""
    if mention.start - span[0] <= _ARTICLE + 1 and _says_tie(scene, span, mention):
        return True
    if (
        mention.start - span[0] > _FROM_START
        or not _known(mention)
        or not scene.is_spelt(mention.text, mention.candidates)
    ):
        return False
    return mention.candidates[0].confidence >= _SURE_ALONE and len(mention.text) >= _SHORTEST


def _says_tie(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether "is twinned" follows a name at once, as after a county's that the gazetteer does not have."""
    for hit in scene.hits(mention.end, min(span[1], mention.end + _NEXT), "tie.twin"):
        between = scene.text[mention.end : hit.start].split()
        return bool(between) and all(len(word) <= _ARTICLE + 1 and word.islower() for word in between)
    return False


def _cut(scene: Scene, mention: Mention, countries: list[CountryMention]) -> Mention:
    """A name without a country that it runs into, and with what a hyphen joins to it."""
    start, end = mention.start, mention.end
    for each in countries:
        if start < each.start < end:
            end = each.start
            while end > start and not scene.text[start:end].split()[-1][:1].isupper():
                end = start + scene.text[start:end].rstrip().rfind(" ")
            end = start + len(scene.text[start:end].rstrip(" ,("))
            return Mention(
                start, end, scene.text[start:end], scene.named(scene.text[start:end], each.code).candidates
            )
    if scene.text[end : end + 1] == "-" and scene.text[end + 1 : end + 2].isupper():
        stop = end + 1
        while scene.text[stop : stop + 1].isalpha():
            stop += 1
        return replace(mention, end=stop, text=scene.text[start:stop])
    return mention


def _is_word(scene: Scene, mention: Mention) -> bool:
    """Whether what looks like a name is a word that the lexicon knows, or a month."""
    if any(
        hit.sort not in {"tie.region", "word.town"} and hit.end <= mention.end
        for hit in scene.hits(mention.start, mention.end)
    ):
        return " " not in mention.text
    return scene.lexicon.month(plain(mention.text, scene.lexicon.language)) is not None


def _is_of_body(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether the name says where a school, a museum or a company is."""
    near = max(span[0], mention.start - 40)
    for hit in scene.hits(near, mention.start, "word.body"):
        between = scene.text[hit.end : mention.start]
        if len(between.split()) <= _SMALL_WORDS and not any(sign in between for sign in ",;:"):
            return True
    return scene.has(mention.start, min(span[1], mention.end + _NEXT_WORD), "word.body")


def _with_sort(scene: Scene, span: Span, mention: Mention) -> Span:
    """A name with the words that say it is a county's or a union of communes': "Kreis Olsztyn"."""
    start, end = mention.start, mention.end
    for hit in scene.hits(max(span[0], start - 40), start, "tie.region"):
        if all(len(word) <= _ARTICLE for word in scene.text[hit.end : start].split()) and not any(
            sign in scene.text[hit.end : start] for sign in ",;:()"
        ):
            start = hit.start
            break
    for hit in scene.hits(end, min(span[1], end + 25), "tie.region"):
        if not scene.text[end : hit.start].strip():
            end = hit.end
    return start, end


def _is_beside(scene: Scene, start: int, end: int) -> bool:
    """Whether only small words, "in" or "the town of", stand between a name and a country."""
    text = scene.text[start:end]
    if len(text) > _GAP or any(sign in text for sign in ".;:)"):
        return False
    small = (word.strip(",'’„“”\"") for word in text.split())
    return all(
        len(word) <= _ARTICLE or scene.has(start, end, "word.town", "tie.region", "word.in") for word in small
    )


def _is_surely_meant(scene: Scene, span: Span, mention: Mention, found: list[Party]) -> bool:
    """Whether a name without its country is known, and stands where a party of a tie does."""
    if not _known(mention):
        near = scene.hits(max(span[0], mention.start - 30), mention.start, "word.town", "tie.region")
        if _goes_on_list(scene, mention, found):
            return True
        return (
            bool(near)
            and not scene.text[near[-1].end : mention.start].strip()
            and not _opens(scene, span, mention)
        )
    if _is_in_slot(scene, span, mention, found):
        return True
    least = _SURE_ALONE if scene.lexicon.has_prepositions else _SURE
    if (
        mention.candidates[0].confidence < least
        or len(mention.text) < _SHORTEST
        or not scene.is_spelt(mention.text, mention.candidates)
    ):
        return False
    if scene.has(mention.end, min(span[1], mention.end + 4), "word.and"):
        return True
    return not scene.lexicon.has_prepositions or (
        not _opens(scene, span, mention) and _subject_in(scene, span, found)
    )


def _goes_on_list(scene: Scene, mention: Mention, found: list[Party]) -> bool:
    """Whether a name that is not known stands between others: "A (X), B, C (Y)"."""
    if not found or mention.start - found[-1].end > _NEXT:
        return False
    after = scene.text[mention.end : mention.end + 1]
    return scene.text[found[-1].end : mention.start].rstrip().endswith(",") and after in {",", ")"}


def _is_in_slot(scene: Scene, span: Span, mention: Mention, found: list[Party]) -> bool:
    """Whether "with", "between", "and", "the town of" or a list's sign stands right before a name."""
    near = max(span[0], mention.start - 30)
    before = scene.hits(
        near, mention.start, "word.with", "word.and", "word.town", "word.between", "act.other", "tie.region"
    )
    gap = scene.text[before[-1].end : mention.start].strip(" \u00a0„“”\"«'’").split() if before else ["", ""]
    if not gap or (len(gap) == 1 and len(gap[0]) <= _ARTICLE):
        return scene.is_spelt(mention.text, mention.candidates) or not _opens(scene, span, mention)
    lead = scene.text[near : mention.start].rstrip()
    goes_on = bool(found) and mention.start - found[-1].end < _BESIDE
    return (
        lead[-1:] in {",", ":", "–"}
        and (goes_on or lead[-1:] == ":")
        and scene.is_spelt(mention.text, mention.candidates)
    )


def _subject_in(scene: Scene, span: Span, found: list[Party]) -> bool:
    return bool(found) or scene.has(*span, "word.town")


def _opens(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name is the first word of a sentence, where any word has a capital."""
    return not scene.text[span[0] : mention.start].strip(' „“”"«(–-')


def _known(mention: Mention) -> bool:
    return bool(mention.candidates) and mention.candidates[0].confidence >= _SURE


def _in_brackets(scene: Scene, span: Span, mention: Mention) -> bool:
    before = scene.text[span[0] : mention.start]
    return before.count("(") > before.count(")")


def _is_country(mention: Mention, countries: list[CountryMention]) -> bool:
    return any(each.start <= mention.start < each.end and not each.is_adjective for each in countries)


def _country_of(
    scene: Scene, mention: Mention, mentions: list[Mention], index: int, countries: list[CountryMention]
) -> str:
    """The country said beside a name: after it, in brackets or not, or as an adjective before it."""
    following = mentions[index + 1 :]
    limit = next((m.start for m in following if not _is_country(m, countries)), len(scene.text))
    for each in countries:
        if each.start >= mention.end and not each.is_adjective:
            between = scene.text[mention.end : each.start]
            if each.start < limit and "(" in between and ")" not in between and len(between) < _BRACKET_GAP:
                return str(each.code)
            if each.start < limit and _is_beside(scene, mention.end, each.start):
                return str(each.code)
            break
    lead = max(0, mention.start - 12)
    slot = scene.hits(lead, mention.start, "word.with")
    if slot and not scene.text[slot[-1].end : mention.start].strip():
        for each in countries:
            if (
                0 <= each.start - mention.end <= _GAP
                and each.is_adjective
                and not any(s in scene.text[mention.end : each.start] for s in ".;:,)")
            ):
                return str(each.code)
    before = [each for each in countries if each.end <= mention.start]
    if before:
        each = before[-1]
        between = scene.text[each.end : mention.start]
        last = mentions[index - 1].end if index else 0
        loose = each.is_adjective and len(between.split()) <= _SMALL_WORDS
        if len(between) <= _GAP and each.start >= last and not any(s in between for s in ".;:,()"):
            return str(each.code) if loose or _is_beside(scene, each.end, mention.start) else ""
    return ""


def _is_where(scene: Scene, span: Span, mention: Mention, found: list[Party], country: str) -> bool:
    """Whether a name tells where something is or was: right after another name, or after "in"."""
    if found and not country:
        between = scene.text[found[-1].end : mention.start]
        if between.strip() == "" and between:
            return True
    at = scene.hits(max(span[0], mention.start - 25), mention.start, "word.in")
    if not at or scene.has(at[-1].start, at[-1].end, "word.with"):
        return False
    if scene.has(max(span[0], mention.start - 25), mention.start, "act.other"):
        return False
    gap = (at[-1].end, mention.start)
    if any(sign in scene.text[slice(*gap)] for sign in ",;:()") or scene.has(*gap, "word.and"):
        return False
    adjectives = {scene.text[each.start : each.end] for each in scene.countries(*gap) if each.is_adjective}
    small = [word for word in scene.text[slice(*gap)].split() if word not in adjectives]
    return len(small) <= _ARTICLE and all(len(word) <= _ARTICLE or word[:1].isupper() for word in small)


def _carry(scene: Scene, parties: list[Party]) -> None:
    """Of "A and B in X" the country is A's too; of "the Polish A and B" it is B's."""
    for one, other in pairwise(parties):
        between = (one.end, other.start)
        if len(scene.text[slice(*between)]) > _JOINED or not scene.has(*between, "word.and"):
            continue
        if other.country and not one.country and not one.named.candidates:
            one.country = other.country
            one.named = scene.named(one.named.written, one.country)


def are_between(scene: Scene, span: Span, one: Party, other: Party) -> bool:
    """Whether "between" is said before or, as in Finnish or Hungarian, after two parties."""
    before = scene.has(max(span[0], one.start - 15), one.start, "word.between")
    return before or scene.has(other.end, min(span[1], other.end + 25), "word.between")


def are_two(scene: Scene, span: Span, first: Party, second: Party) -> bool:
    """Whether a sentence tells of a tie of two others: between A and B, A has been twinned with B."""
    middle = (first.end, second.start)
    if (
        "(" in scene.text[slice(*middle)]
        or first.start - span[0] > _FROM_START
        or scene.has(span[0], first.start, "word.with", "word.in", *_NAMED_TIES)
    ):
        return False
    slot = scene.hits(max(span[0], second.start - 30), second.start, "word.with")
    with_second = (
        bool(slot)
        and not scene.has(*middle, "word.and")
        and len(scene.text[slot[-1].end : second.start].split()) <= 1
    )
    return with_second or scene.has(*middle, "tie.twin")


def told_country(named: Named) -> str:
    best = named.candidates[:1]
    return best[0].country if best and best[0].confidence > _SURE_OF_COUNTRY else ""


def kind_between(scene: Scene, kind: str, a: Named, b: Named) -> str:
    """The kind of a tie, by its ends too: a county is a region's tie."""
    if kind == "border":
        return "border-twin"
    for end in (a, b):
        if "municipality" in end.written.casefold():
            continue
        if is_region(scene, end.written):
            return "region"
    return kind or "partner"


def is_region(scene: Scene, written: str) -> bool:
    """Whether a party's name says that it is a county, a region or a union of communes."""
    return any(hit.sort == "tie.region" for hit in scene.lexicon.hits(words(written, scene.lexicon.language)))
