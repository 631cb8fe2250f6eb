"""Whom a paragraph deals with: the town abroad that it named last, of which a later sentence tells a tie."""

import re
from dataclasses import dataclass, field, replace

from twinhall.core.text import fold
from twinhall.reader.extract.beside import country_of
from twinhall.reader.extract.dating import ENDS, Dated, Span, dated
from twinhall.reader.extract.naming import (
    cut,
    in_brackets,
    is_country,
    is_in_title,
    is_noun,
    is_of_longer_name,
    is_word,
    opens,
)
from twinhall.reader.extract.parties import Party, parties_in
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.extract.telling import status_of
from twinhall.reader.mentions import Mention

_SIGN = re.compile(r" ?[:;.] | – ")
_WEAK_TIES = ("tie.agreement", "tie.cooperation")
_REFERS = ("word.both", "word.it")
_OF_OTHERS = ("act.other", "word.stop", "act.seek", "act.reject")
_DEEDS = ("act.sign", "act.plan", "act.decide", *ENDS)
_SURE = 0.3  # of a place abroad, where it stands without its country
_SURE_HOME = 0.45  # of a place of the subject's country
_SURE_OF_TREATY = 0.6  # … of which only a treaty is told, and not with whom
_BESIDE = 20  # characters beside a name or a treaty's word in which what it is of stands
_NEXT = 16  # characters after "our towns" in which "of partnership" stands
_ARTICLE = 3  # letters of a small word
_STEM = 4  # letters by which a name is known again in another case
_SHORT = 5  # letters of a first word that names no place unless its country is said
_NEAR, _FAR = 2, 4  # sentences after its name in which a tie is told without and with "both towns", at most


@dataclass(slots=True)
class Topic:
    """The towns abroad that a sentence names, and how many sentences ago it did."""

    span: Span = (0, 0)
    parties: list[Party] = field(default_factory=list)
    age: int = 0

    def take(self, scene: Scene, subject: Subject, span: Span) -> "Topic":
        """The topic after one more sentence: whom that names, else the same."""
        if _is_about_others(scene, span):
            return Topic()
        named = abroad_in(scene, subject, span)
        if named is None:
            return Topic()
        if named:
            codes = {each.code for each in scene.countries(*span)} - {scene.near}
            if len(named) == 1 and len(codes) == 1 and not named[0].country:
                _fits(scene, named[0], codes)
            return Topic(span, named)
        self.age += 1
        return self


def topic_of(scene: Scene, subject: Subject, span: Span) -> Topic:
    """The topic at a paragraph's end."""
    topic = Topic()
    for sentence in scene.sentences(*span):
        topic = topic.take(scene, subject, sentence)
    return topic


def told_of(scene: Scene, subject: Subject, topic: Topic, span: Span, title: str) -> Party | None:
    """The party of a tie that a sentence tells without naming it: the only one of the topic that fits.

    "Firemen of A (X) came in 1962. Since 1996 we have been twins." Of several one fits whose country the
    sentence says: "the Polish town". A sentence that names another place tells nothing of the topic.
    """
    if not topic.parties or not subject.is_town or _is_about_others(scene, span):
        return None
    codes = {each.code for each in scene.countries(*span)} - {scene.near}
    refers = bool(codes) or _refers(scene, span)
    if topic.age >= (_FAR if refers else _NEAR) or not _tells(scene, span, refers=refers, title=title):
        return None
    if _names_another(scene, subject, topic, span):
        return None
    fitting = [party for party in topic.parties if _country(party) in codes]
    fitting = fitting or [party for party in topic.parties if _fits(scene, party, codes)]
    if len(fitting) != 1:
        return None
    party = fitting[0]
    if not party.country and not scene.has(*span, *NAMED_TIES) and not refers:
        best = party.named.candidates[:1]
        return party if best and best[0].confidence >= _SURE_OF_TREATY else None
    return party


def told_within(scene: Scene, subject: Subject, span: Span, title: str) -> Party | None:
    """The party of a tie that a sentence tells after a sign: "a friend in A: the Polish town is our twin"."""
    for sign in _SIGN.finditer(scene.text, *span):
        topic = Topic().take(scene, subject, (span[0], sign.start()))
        if party := told_of(scene, subject, topic, (sign.end(), span[1]), title):
            return party
    return None


def _country(party: Party) -> str:
    best = party.named.candidates[:1]
    return party.country or (best[0].country if best else "")


def _is_about_others(scene: Scene, span: Span) -> bool:
    """Whether a sentence is about another town's tie, or none; neighbours abroad are no others."""
    if scene.has(*span, *_OF_OTHERS):
        return True
    if any(each.code != scene.near for each in scene.countries(*span)):
        return False
    fields = scene.hits(*span, "field")
    return any(
        not any(each.start <= hit.start < each.end for each in fields)
        for hit in scene.hits(*span, "act.neighbour")
    )


def _fits(scene: Scene, party: Party, codes: set[str]) -> bool:
    """Whether a party lies in the country that a sentence says; one that is told takes it."""
    if not codes:
        return True
    if party.country:
        return party.country in codes
    for code in codes:
        named = scene.named(party.named.written, code)
        if named.candidates and named.candidates[0].country == code:
            party.named, party.country = named, code
            return True
    return False


def _refers(scene: Scene, span: Span) -> bool:
    """Whether "both towns" or "with it" is said; "our towns of partnership" are all of them."""
    return any(
        not scene.has(hit.end, min(span[1], hit.end + _NEXT), "tie.partner") or hit.sort == "word.it"
        for hit in scene.hits(*span, *_REFERS)
    )


def _tells(scene: Scene, span: Span, *, refers: bool, title: str) -> bool:
    """Whether a sentence says of a tie that it was made, or how it stands.

    Where nothing in it refers to the town, it may be of all twins, of a society for them, of a treaty with
    somebody else: then only a signing, a beginning or a status tells, and of no society; a mere treaty on
    a page about ties only, and without "with".
    """
    dates = dated(scene, span)
    named = scene.has(*span, *NAMED_TIES)
    if refers:
        weak = named or scene.has(*span, *_WEAK_TIES)
        return weak and (bool(dates and named) or scene.has(*span, *_DEEDS) or _is_dated(dates, "agreement"))
    if scene.has(*span, "word.club", "act.founded"):
        return False
    treaties = scene.hits(*span, "tie.agreement")
    if named:
        told = _is_dated(dates, "sign", "start") or (treaties and _is_dated(dates, "agreement"))
        return bool(told or status_of(scene, span) or (treaties and scene.has(*span, "act.sign", "act.plan")))
    with_whom = any(scene.has(hit.end, min(span[1], hit.end + _BESIDE), "word.with") for hit in treaties)
    made = scene.has(*span, *_DEEDS) or _is_dated(dates, "agreement")
    return bool(title and treaties) and made and not with_whom


def _is_dated(dates: list[Dated], *roles: str) -> bool:
    return any(each.role in roles for each in dates)


def _names_another(scene: Scene, subject: Subject, topic: Topic, span: Span) -> bool:
    """Whether a sentence names a party that is neither the subject nor of the topic."""
    named = abroad_in(scene, subject, span)
    if named is None:
        return True
    named += [party for party in parties_in(scene, subject, span) if party.named is not subject.named]
    return any(not _is_of(topic, party) for party in named)


def _is_of(topic: Topic, party: Party) -> bool:
    """Whether a name is that of a topic's town again."""
    best, stem = party.named.candidates[:1], fold(party.named.written)[:_STEM]
    return any(
        stem == fold(own.named.written)[:_STEM] or (best and best == own.named.candidates[:1])
        for own in topic.parties
    )


def abroad_in(scene: Scene, subject: Subject, span: Span) -> list[Party] | None:
    """The towns abroad that a sentence names, wherever in it; None where it names another of our country."""
    countries = scene.countries(*span)
    mentions = [_without_stop(cut(scene, mention, countries)) for mention in scene.mentions(*span)]
    found: list[Party] = []
    at = span[0]
    for index, mention in enumerate(mentions):
        if mention.start < at or is_country(mention, countries):
            continue
        at = mention.end
        if subject.is_meant(mention.text, mention.candidates):
            continue
        if is_word(scene, span, mention) or _is_of_other(scene, span, mention):
            continue
        country = country_of(scene, mention, mentions, index, countries)
        if country and country != scene.near:
            if mention.candidates or not (opens(scene, span, mention) or scene.language == "de"):
                found.append(_party(scene, mention, country))
        elif _is_meant(scene, span, mention):
            best = mention.candidates[0]
            if best.country != scene.near:
                found.append(_party(scene, mention, ""))
            elif best.confidence >= _SURE_HOME:
                return None
    return found


def _without_stop(mention: Mention) -> Mention:
    """A short name without the full stop of its sentence, which might have been an abbreviation's."""
    if not mention.text.endswith("."):
        return mention
    return replace(mention, end=mention.end - 1, text=mention.text[:-1])


def _is_of_other(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a name is no town's: a street's, a person's, a title's; or only tells where one lies."""
    return (
        in_brackets(scene, span, mention)
        or _is_of_site(scene, span, mention)
        or is_in_title(scene, span, mention)
        or (is_noun(scene, mention) and scene.language != "el")
        or is_of_longer_name(scene, span, mention)
        or any(hit.start == mention.start for hit in scene.hits(mention.start, span[1], *_REFERS))
    )


def _is_of_site(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a street, a river or a festival is called so; a choir or a school may come from a town."""
    near = (max(span[0], mention.start - _BESIDE), min(span[1], mention.end + _BESIDE))
    return any(
        all(
            len(word) <= _ARTICLE
            for word in scene.text[min(hit.end, mention.end) : max(hit.start, mention.start)].split()
        )
        for hit in scene.hits(*near, "word.site")
    )


def _is_meant(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a place is likely meant by a name without its country; a short first word is rather a word."""
    best = mention.candidates[:1]
    if opens(scene, span, mention) and len(mention.text) <= _SHORT:
        return False
    return bool(best) and best[0].confidence >= _SURE and scene.is_spelt(mention.text, mention.candidates)


def _party(scene: Scene, mention: Mention, country: str) -> Party:
    return Party(mention.start, mention.end, scene.named(mention.text, country), country)
