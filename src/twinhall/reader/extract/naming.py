"""What looks like a name in a sentence, and what it rather is: a word, a person, a school, a country."""

from dataclasses import replace

from twinhall.core.text import fold
from twinhall.reader.countries import CountryMention, is_area
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.scene import Scene
from twinhall.reader.forms import forms_of, small
from twinhall.reader.lexicon import Hit, plain, small_words, words
from twinhall.reader.mentions import Mention

_SURE = 0.3
_ARTICLE = 3  # letters of a word that may stand between a county's word and a name
_SMALL_WORDS = 2  # words between "the school of" or "the Polish" and a name, at most
_NEXT_WORD = 20  # characters within which a school's or museum's word follows a name
_AT_ONCE = 5  # characters between them that may be any word's
_BEFORE = 40  # characters before a name in which a school's word stands
_QUOTES = ' „“”"«»(–-'
_LEADS = ("word.with", "word.between", "word.from", "word.in", "word.and")
_OF_PLACES = ("word.body", "word.site")
_SIGNS = ",;:("
_IN_NAMES = {"tie.region", "word.town", "word.site", "word.guests"}  # words that a name may begin as
_OPENING, _CLOSING = '„“"«‚', '“”"»‘'
_TITLE = 90  # characters between the quotation marks of a title, at most
_NOUNS_WITH_CAPITALS = {"de"}


def cut(scene: Scene, mention: Mention, countries: list[CountryMention]) -> Mention:
    """A name without a country that it runs into or a small word before it, with what a hyphen joins."""
    mention = _without_lead(scene, mention)
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


def _without_lead(scene: Scene, mention: Mention) -> Mention:
    """An unknown name without the preposition that begins the sentence: "With Solna"."""
    if mention.candidates or " " not in mention.text:
        return mention
    first = mention.start + len(mention.text.split()[0])
    if not any(hit.end == first for hit in scene.hits(mention.start, first, *_LEADS)):
        return mention
    found = [each for each in scene.mentions(first, mention.end) if each.end == mention.end]
    return found[0] if found else mention


def is_known(mention: Mention) -> bool:
    """Whether a place is likely meant."""
    return bool(mention.candidates) and mention.candidates[0].confidence >= _SURE


def opens(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name is the first word of a sentence, where any word has a capital."""
    return not scene.text[span[0] : mention.start].strip(_QUOTES)


def in_brackets(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name stands in brackets."""
    before = scene.text[span[0] : mention.start]
    return before.count("(") > before.count(")")


def is_country(mention: Mention, countries: list[CountryMention]) -> bool:
    """Whether a name is a country's, or begins with one."""
    return any(each.start <= mention.start < each.end and not each.is_adjective for each in countries)


def is_word(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether what looks like a name is a word that is known, a small one, a continent or a month."""
    if is_area(mention.text, scene.language):
        return True
    if " " in mention.text:
        return False
    is_first = opens(scene, span, mention)
    hits = [
        hit
        for hit in scene.hits(mention.start, mention.end)
        if hit.sort not in _IN_NAMES and (is_first or hit.sort != "word.opener" or not _is_called(mention))
    ]
    if hits and (is_first or not _may_begin_so(scene, mention, hits[0].sort)):
        return True
    bare = plain(mention.text, scene.lexicon.language)
    if any(hit.start == mention.start for hit in scene.hits(mention.start, span[1], "word.both", "word.it")):
        return True
    return bare in small_words(scene.language) or scene.lexicon.month(bare) is not None


def _is_called(mention: Mention) -> bool:
    """Whether a place has exactly this name; a word of the language may be an inflected one's by chance."""
    return not mention.candidates or fold(mention.candidates[0].name) == fold(mention.text)


def _may_begin_so(scene: Scene, mention: Mention, sort: str) -> bool:
    """Whether a known name inside a sentence only begins as an entry does: a word for guests, Gostynin."""
    verbal = sort.partition(".")[0] in {"act", "field"} or sort == "word.unit"
    return verbal and is_known(mention) and scene.language not in _NOUNS_WITH_CAPITALS


def is_of_body(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether the name says where a school, a museum, a street or a festival is."""
    near = max(span[0], mention.start - _BEFORE)
    for hit in scene.hits(near, mention.start, *_OF_PLACES):
        if _is_in_name(scene, span, hit):
            continue
        between = scene.text[hit.end : mention.start]
        if len(between.split()) <= _SMALL_WORDS and not any(sign in between for sign in _SIGNS):
            return True
    after = scene.hits(mention.end, min(span[1], mention.end + _NEXT_WORD), *_OF_PLACES)
    between = scene.text[mention.end : after[0].start] if after else _SIGNS
    if any(sign in between for sign in _SIGNS):
        return False
    return len(between) <= _AT_ONCE or all(len(word) <= _ARTICLE for word in between.split())


def is_in_title(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name is the first word of a title in quotation marks: „Open gates for the young“."""
    at = mention.start - 1
    if at < span[0] or scene.text[at] not in _OPENING:
        return False
    end = min(span[1], mention.start + _TITLE)
    stop = next((i for i in range(mention.end, end) if scene.text[i] in _CLOSING), -1)
    rest = scene.text[mention.end : stop].split() if stop > 0 else []
    goes_on = any(word[:1].islower() and len(word) > _ARTICLE for word in rest)
    return goes_on and not scene.has(mention.end, stop, "tie", "act.sign")


def is_only_from(scene: Scene, span: Span, mention: Mention, countries: list[CountryMention]) -> bool:
    """Whether a first word that is no known name is of people from a country: "Miners from Slovakia"."""
    if is_known(mention) or not opens(scene, span, mention):
        return False
    following = next((each for each in countries if each.start >= mention.end), None)
    if following is None:
        return False
    if not scene.lexicon.has_prepositions and scene.text[mention.end : following.start] == " ":
        return True  # where a case says "from"
    return scene.has(mention.end, following.start, "word.from")


def is_of_council(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name is one of several words for a council that decides."""
    return any(
        hit.start <= mention.start and hit.end >= mention.end and hit.end - hit.start > len(mention.text)
        for hit in scene.hits(max(span[0], mention.start - _BEFORE), span[1], "act.decide")
    )


def _is_in_name(scene: Scene, span: Span, hit: Hit) -> bool:
    """Whether a word only is a part of another place's name: "Puente" of "Puente Genil"."""
    return any(
        each.start <= hit.start < each.end and hit.end - hit.start < len(each.text) and is_known(each)
        for each in scene.mentions(*span)
    )


def is_noun(scene: Scene, mention: Mention) -> bool:
    """Whether an article stands right before a name: towns have none."""
    return small(_word_before(scene, mention.start)) in forms_of(scene.language).articles


def is_of_longer_name(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a word with a capital stands right beside a name: a person's, a street's, a company's."""
    before = _word_before(scene, mention.start)
    if before[:1].isupper() and len(before) > 1 and not any(mark in before for mark in "'’"):
        start = mention.start - len(before) - 1
        opens_it = start == span[0] and bool(mention.candidates) and _is_called(mention)
        if start >= span[0] and not opens_it and _is_plain(scene, start, start + len(before)):
            return True
    after = scene.text[mention.end : mention.end + 40]
    if after[:1] != " " or not after[1:2].isupper():
        return False
    following = after[1:].split()[0].strip('.,;:!?)“”"»')
    return _is_plain(scene, mention.end + 1, mention.end + 1 + len(following))


def _is_plain(scene: Scene, start: int, end: int) -> bool:
    """Whether a word is none that the lexicon knows and no country."""
    return not scene.hits(start, end) and not scene.countries(start, end)


def _word_before(scene: Scene, at: int) -> str:
    before = scene.text[max(0, at - 30) : at]
    if before[-1:] not in {" ", "\u00a0"} or not before.strip():
        return ""
    word = before.split()[-1]
    return word if word[-1].isalnum() else ""


def with_sort(scene: Scene, span: Span, mention: Mention) -> Span:
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


def is_county(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name stands beside a county's word: "the county of A" is not the town of A."""
    return whole(scene, span, mention) != (mention.start, mention.end)


def whole(scene: Scene, span: Span, mention: Mention) -> Span:
    """A name with the words that say it is a county's, and what a hyphen joins: "Severno-bački okrug"."""
    end = mention.end
    if scene.text[end : end + 1] == "-":
        end += 1
        while scene.text[end : end + 1].isalpha():
            end += 1
    start, last = with_sort(scene, span, replace(mention, end=end))
    return (start, last) if (start, last) != (mention.start, end) else (mention.start, mention.end)


def is_region(scene: Scene, written: str) -> bool:
    """Whether a party's name says that it is a county, a region or a union of communes."""
    return any(hit.sort == "tie.region" for hit in scene.lexicon.hits(words(written, scene.lexicon.language)))
