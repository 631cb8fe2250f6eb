"""The parties that a sentence names: which names are places, in which country, and which only tell where."""

from dataclasses import dataclass
from itertools import pairwise

from twinhall.core.text import fold
from twinhall.reader.countries import CountryMention
from twinhall.reader.extract.beside import country_of
from twinhall.reader.extract.called import follows_tie, is_called_partner, ties_to
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import (
    cut,
    in_brackets,
    is_country,
    is_county,
    is_in_title,
    is_known,
    is_noun,
    is_of_body,
    is_of_council,
    is_of_longer_name,
    is_only_from,
    is_word,
    opens,
    with_sort,
)
from twinhall.reader.extract.scene import Scene, Subject
from twinhall.reader.extract.unknown import is_named_so
from twinhall.reader.facts import Named
from twinhall.reader.forms import forms_of, small
from twinhall.reader.lexicon import Hit
from twinhall.reader.mentions import Mention

_SURE, _SURE_ALONE = 0.3, 0.6
_BEYOND_DOUBT = 0.8
_SHORTEST, _NEXT = 4, 25
_SLOT = 30  # characters before a name in which "with" or "the town of" stands
_ARTICLE = 3  # letters of a word that may stand between "with" and a name
_BESIDE = 45  # characters between two names of a list, with what stands in brackets
_JOINED = 12  # characters between two names that only "and" joins


@dataclass(slots=True)
class Party:
    """A party that a sentence names, where it stands and the country said beside it."""

    start: int
    end: int
    named: Named
    country: str


@dataclass(slots=True)
class _Looked:
    """The names of a sentence that were looked at: parties so far, and where the last other name ended."""

    found: list[Party]
    passed: int = -1

    @property
    def goes_on(self) -> bool:
        """Whether the last name was a party, so that "and" may go on with another."""
        return bool(self.found) and self.found[-1].end > self.passed


def parties_in(scene: Scene, subject: Subject, span: Span) -> list[Party]:
    """The parties of a sentence: names of places, not of where something was nor in brackets."""
    if _is_of_institution(scene, subject, span):
        return []
    countries = scene.countries(*span)
    mentions = [cut(scene, mention, countries) for mention in scene.mentions(*span)]
    looked = _Looked([])
    at = span[0]
    for index, mention in enumerate(mentions):
        if mention.start < at or in_brackets(scene, span, mention) or is_country(mention, countries):
            continue
        at = mention.end
        if subject.is_meant(mention.text, mention.candidates) and not (
            subject.is_plain and is_county(scene, span, mention)
        ):
            looked.found.append(Party(mention.start, mention.end, subject.named, ""))
            continue
        country = country_of(scene, mention, mentions, index, countries)
        if _is_no_name(scene, span, mention, countries) or not (
            is_called_partner(scene, subject, span, mention)
            or _is_party(scene, span, mention, looked, country)
        ):
            if mention.candidates:
                looked.passed = mention.end
            continue
        start, end = with_sort(scene, span, mention)
        looked.found.append(Party(start, end, scene.named(scene.text[start:end], country), country))
    _carry(scene, looked.found)
    return looked.found


def _is_no_name(scene: Scene, span: Span, mention: Mention, countries: list[CountryMention]) -> bool:
    """Whether what looks like a name is a word, a council's or a title's, or people's from a country."""
    return (
        is_word(scene, span, mention)
        or is_of_council(scene, span, mention)
        or is_in_title(scene, span, mention)
        or is_only_from(scene, span, mention, countries)
        or _is_surname(scene, span, mention)
    )


def _is_surname(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a sentence begins with a first name and one that a place has besides: "Laura Bensi", Benxi."""
    before = scene.text[span[0] : mention.start].split()
    best = mention.candidates[:1]
    is_second = len(before) == 1 and bool(best) and fold(best[0].name) != fold(mention.text)
    return is_second and is_of_longer_name(scene, span, mention)


def _is_party(scene: Scene, span: Span, mention: Mention, looked: _Looked, country: str) -> bool:
    """Whether a name stands with its country or where a party does, and not for where something is."""
    if is_of_body(scene, span, mention) or (country and _is_only_noun(scene, mention, country)):
        return False
    meant = bool(country) or _is_surely_meant(scene, span, mention, looked)
    return meant and not _is_where(scene, span, mention, looked, country)


def _is_of_institution(scene: Scene, subject: Subject, span: Span) -> bool:
    """Whether it is a school or a hospital that has the tie: it is named before the tie, and no town is.

    Nor is anything signed before it: "after a walk in the museum the mayors signed …". Of a cooperation
    "the museum of the town" does not name the town itself.
    """
    ties = scene.hits(*span, "tie")
    if not ties:
        return False
    lead = (span[0], ties[0].start)
    bodies = scene.hits(*lead, "word.body")
    signed = scene.hits(*lead, "act.sign")
    if not bodies or scene.has(*lead, "word.town"):
        return False
    is_weak = not scene.has(*span, "tie.twin", "tie.friendship", "tie.border")
    is_there = bool(signed) and (
        signed[0].start < bodies[0].start or scene.has(span[0], bodies[0].start, "word.in")
    )
    if is_there or (signed and not is_weak):
        return False
    return not any(
        subject.is_meant(each.text, each.candidates) and not (is_weak and is_of_body(scene, span, each))
        for each in scene.mentions(*lead)
    )


def _is_only_noun(scene: Scene, mention: Mention, country: str) -> bool:
    """Whether, in a language whose nouns have capitals, a word is no place of the country beside it."""
    if scene.language != "de" or " " in mention.text or is_known(mention):
        return False
    before = scene.hits(max(0, mention.start - _SLOT), mention.start, "word.town", "tie")
    if before and not scene.text[before[-1].end : mention.start].strip():
        return False
    named = scene.named(mention.text, country)
    return not scene.is_spelt(mention.text, named.candidates)


def _is_surely_meant(scene: Scene, span: Span, mention: Mention, looked: _Looked) -> bool:
    """Whether a name without its country stands where a party of a tie does, and is known."""
    if not is_known(mention):
        return is_named_so(scene, span, mention, looked.found)
    if is_noun(scene, mention) or is_of_longer_name(scene, span, mention):
        return False
    if _is_in_slot(scene, span, mention, looked):
        return True
    least = _SURE_ALONE if scene.lexicon.has_prepositions else _SURE
    if (
        mention.candidates[0].confidence < least
        or len(mention.text) < _SHORTEST
        or not scene.is_spelt(mention.text, mention.candidates)
    ):
        return False
    return _may_stand_alone(scene, span, mention, looked)


def _may_stand_alone(scene: Scene, span: Span, mention: Mention, looked: _Looked) -> bool:
    """Whether a known name in no slot may be a party: of a list, or where the case of a word is its slot."""
    if not scene.lexicon.has_prepositions:
        bare = scene.language == "tr" and not any(mark in mention.text for mark in "'’")
        return not (bare or opens(scene, span, mention)) or _is_followed(scene, span, mention)
    name = mention.candidates[0].name
    if scene.language == "de" and small(mention.text) != small(name) and fold(mention.text) == fold(name):
        return False  # "Chöre" is not "Chore"
    from_there = _before(scene, span, mention, "word.from", "word.in")
    is_town = bool(_before(scene, span, mention, "word.town"))  # "the Cape Verdean town of …"
    if from_there and not is_town and not scene.text[from_there[-1].end : mention.start].strip():
        return False
    if scene.has(mention.end, min(span[1], mention.end + 4), "word.and"):
        return True
    if opens(scene, span, mention):
        return False
    return (
        _is_listed(scene, mention, looked)
        or scene.has(*span, "word.town")
        or _is_surely_abroad(scene, span, mention)
    )


def _is_listed(scene: Scene, mention: Mention, looked: _Looked) -> bool:
    """Whether a name goes on a list whose last was a party: "A (X), the lively B and C"."""
    if not looked.found:
        return False
    between = (looked.found[-1].end, mention.start)
    return "," in scene.text[slice(*between)] or scene.has(*between, "word.and", "word.with")


def _is_surely_abroad(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name in a sentence of a twinning is beyond doubt one of another country."""
    best = mention.candidates[0]
    foreign = bool(scene.near) and best.country != scene.near and best.confidence >= _BEYOND_DOUBT
    return foreign and scene.has(*span, "tie.twin", "tie.partner")


def _is_followed(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether "with", "and", "town" or a tie's word follows a name, with small words between at most."""
    after = (mention.end, min(span[1], mention.end + _NEXT))
    adjectives = {scene.text[each.start : each.end] for each in scene.countries(*after) if each.is_adjective}
    return any(
        all(
            len(word) <= _ARTICLE or word in adjectives
            for word in scene.text[mention.end : hit.start].split()
        )
        for hit in scene.hits(*after, "word.with", "word.town", "word.and", "tie")
    )


def _before(scene: Scene, span: Span, mention: Mention, *sorts: str) -> list[Hit]:
    return scene.hits(max(span[0], mention.start - _SLOT), mention.start, *sorts)


def _is_in_slot(scene: Scene, span: Span, mention: Mention, looked: _Looked) -> bool:
    """Whether "with", "between", "and", "the town of" or a list's sign stands right before a name."""
    if small(mention.text).endswith(forms_of(scene.language).comitative or ("\0",)):
        return True
    if follows_tie(scene, span, mention):
        return True
    before = _before(
        scene, span, mention,
        "word.with", "word.and", "word.town", "word.between", "act.other", "tie.region",
    )  # fmt: skip
    gap = scene.text[before[-1].end : mention.start].strip(" \u00a0„“”\"«'’").split() if before else ["", ""]
    is_spelt = scene.is_spelt(mention.text, mention.candidates)
    if not gap or (len(gap) == 1 and len(gap[0]) <= _ARTICLE):
        joins = scene.has(before[-1].start, before[-1].end, "word.and")
        if joins and not looked.goes_on and looked.passed >= 0:
            return False
        return is_spelt or not opens(scene, span, mention)
    lead = scene.text[max(span[0], mention.start - _SLOT) : mention.start].rstrip()
    goes_on = looked.goes_on and mention.start - looked.found[-1].end < _BESIDE
    return lead[-1:] in {",", ":", "–"} and (goes_on or lead[-1:] == ":") and is_spelt


def _is_where(scene: Scene, span: Span, mention: Mention, looked: _Looked, country: str) -> bool:
    """Whether a name tells where something is or was: right after another name, or after "in"."""
    if looked.found and not country:
        between = scene.text[looked.found[-1].end : mention.start]
        if between.strip() == "" and between:
            return True
    at = scene.hits(max(span[0], mention.start - _NEXT), mention.start, "word.in")
    if not at or scene.has(at[-1].start, at[-1].end, "word.with"):
        return False
    if scene.has(max(span[0], mention.start - _NEXT), mention.start, "act.other", "act.neighbour") or ties_to(
        scene, span, at[-1]
    ):
        return False
    gap = (at[-1].end, mention.start)
    if any(sign in scene.text[slice(*gap)] for sign in ",;:()") or scene.has(*gap, "word.and"):
        return False
    adjectives = {scene.text[each.start : each.end] for each in scene.countries(*gap) if each.is_adjective}
    rest = [word for word in scene.text[slice(*gap)].split() if word not in adjectives]
    return len(rest) <= _ARTICLE and all(len(word) <= _ARTICLE or word[:1].isupper() for word in rest)


def _carry(scene: Scene, parties: list[Party]) -> None:
    """Of "A and B in X" the country is A's too; of "the Polish A and B" it is B's."""
    for one, other in pairwise(parties):
        between = (one.end, other.start)
        if len(scene.text[slice(*between)]) > _JOINED or not scene.has(*between, "word.and"):
            continue
        if other.country and not one.country and not one.named.candidates:
            one.country = other.country
            one.named = scene.named(one.named.written, one.country)
