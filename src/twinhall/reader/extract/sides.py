"""Whose tie a sentence tells: the subject's, or another town's."""

from itertools import pairwise

from twinhall.reader.divisions import region_called
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import (
    cut,
    in_brackets,
    is_country,
    is_known,
    is_noun,
    is_of_body,
    is_of_longer_name,
    is_word,
    whole,
)
from twinhall.reader.extract.others import Tie, own_side, ties_of_others, without_neighbours
from twinhall.reader.extract.parties import Party, parties_in
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.facts import Named
from twinhall.reader.forms import forms_of
from twinhall.reader.mentions import Mention
from twinhall.reader.variants import heard_keys

_OTHERS = ("act.other", "act.neighbour")
_SURE_ALONE = 0.6
_SHORTEST = 4  # letters of a name that begins a sentence
_ARTICLE = 3  # letters of a small word
_NEXT = 25
_FROM_START = 40  # characters from a sentence's beginning within which another town's name stands
_SLOT = 30  # characters before a name in which "with" stands
_TWO = 2


def sides(scene: Scene, subject: Subject, span: Span) -> list[Tie]:
    """The parties whose ties a sentence tells, each with those that it has them with."""
    parties = parties_in(scene, subject, span)
    if ties := ties_of_others(scene, subject, span, parties):
        return ties
    if len(parties) == 1 and owner_of(scene, subject, span):
        return []
    beside = own_side(scene, subject, parties)
    if len(beside) == sum(party.named is not subject.named for party in parties) and _names_tie(scene, span):
        beside = []  # towns of one country may be partners too
    a, others = _side(scene, subject, span, [party for party in parties if party not in beside])
    if a is subject.named:
        others = without_neighbours(scene, others)
    if a is None:
        return []
    return [(a, others), *((each.named, others) for each in beside if a is subject.named)]


def _names_tie(scene: Scene, span: Span) -> bool:
    return scene.has(*span, *NAMED_TIES, "tie.cooperation")


def _side(
    scene: Scene, subject: Subject, span: Span, parties: list[Party]
) -> tuple[Named | None, list[Party]]:
    """The party whose tie a sentence tells, and those that it has it with; None where it tells none."""
    others = [party for party in parties if party.named is not subject.named]
    if not others:
        return None, []
    if doer := _doer(scene, subject, span, parties):
        after = [party for party in others if party.start >= doer.end]
        if after and _are_of(scene, span, doer, after):
            return doer.named, after
    if scene.has(span[0], others[0].start, "act.other") and len(others) == len(parties):
        return None, []
    for one, other in pairwise(others):
        if are_between(scene, span, one, other) and scene.has(one.end, other.start, "word.and"):
            return (one.named, [other]) if len(others) == len(parties) else (subject.named, others)
    return (subject.named, others) if subject.is_town else _of_others(scene, others)


def _of_others(scene: Scene, others: list[Party]) -> tuple[Named | None, list[Party]]:
    """On the page of who has no ties itself: the first has one with those that "with" joins to it."""
    first, *rest = others
    if rest and scene.has(first.end, rest[0].start, *NAMED_TIES, "word.with", "tie.agreement", "word.and"):
        return first.named, rest
    return None, []


def owner_of(scene: Scene, subject: Subject, span: Span) -> Named | None:
    """Another town of ours of which a sentence says that it has a partner: "A has a new twin"."""
    for each in scene.mentions(*span):
        mention = cut(scene, each, scene.countries(*span))
        if is_word(scene, span, mention):
            continue
        if mention.start - _clause_start(scene, span, mention) > _ARTICLE or not _is_owner(
            scene, span, mention
        ):
            return None
        return None if subject.is_meant(mention.text, mention.candidates) else _at_home(scene, mention)
    return None


def _is_owner(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a place of ours opens a clause that names a tie, nobody else, and not us."""
    best = mention.candidates[:1]
    others = [each for each in scene.mentions(*span) if each.start > mention.end]
    return (
        bool(best)
        and best[0].country == scene.near
        and best[0].confidence >= _SURE_ALONE
        and len(mention.text) >= _SHORTEST
        and scene.has(mention.end, span[1], *NAMED_TIES)
        and not scene.has(mention.end, span[1], "word.both", "word.it")
        and not any(not is_word(scene, span, each) for each in others)
    )


def _doer(scene: Scene, subject: Subject, span: Span, parties: list[Party]) -> Party | None:
    """Another town that a sentence is about, without the subject: at its beginning, or a neighbour."""
    if any(party.named is subject.named for party in parties):
        return None
    countries = scene.countries(*span)
    for each in scene.mentions(*span):
        mention = cut(scene, each, countries)
        if in_brackets(scene, span, mention) or is_country(mention, countries):
            continue
        if is_word(scene, span, mention) or is_of_body(scene, span, mention):
            continue
        if county := _county(scene, span, mention):
            return county
        if (
            _is_called_other(scene, span, mention)
            or _begins(scene, span, mention)
            or _has_clause(scene, span, mention)
        ):
            if named := _at_home(scene, mention):
                return Party(mention.start, mention.end, named, "")
            continue
        if any(party.start <= mention.start < party.end for party in parties):
            return None
    return None


def _at_home(scene: Scene, mention: Mention) -> Named | None:
    """A place or a county of that name in the subject's country; any where that is not known."""
    named = scene.named(mention.text, scene.near)
    best = named.candidates[:1]
    if not scene.near or (best and best[0].country == scene.near):
        return named
    return named if region_called(heard_keys(mention.text, forms_of(scene.language)), scene.near) else None


def _county(scene: Scene, span: Span, mention: Mention) -> Party | None:
    """A county with which a clause begins: "the county of A has an agreement …"."""
    start, end = whole(scene, span, mention)
    begins = start - _clause_start(scene, span, mention) <= _ARTICLE + 1
    if not begins or (start, end) == (mention.start, mention.end):
        return None
    return Party(start, end, scene.named(scene.text[start:end], scene.near), "") if scene.near else None


def _clause_start(scene: Scene, span: Span, mention: Mention) -> int:
    """Where a clause begins: the sentence, or what follows a colon, "Our neighbours, too: …"."""
    colon = scene.text.rfind(": ", span[0], mention.start)
    return span[0] if colon < 0 else colon + 2


def _has_clause(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a clause tells with whom a place of ours has a tie: "guests of A, which is twinned with B"."""
    return is_known(mention) and _is_clause(scene, span, mention.end)


def _is_called_other(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a neighbour's name is one: "our neighbours in A", "the nearby town of A"."""
    said = scene.hits(max(span[0], mention.start - _NEXT), mention.start, *_OTHERS)
    return bool(said) and not any(sign in scene.text[said[-1].end : mention.start] for sign in ",;:(")


def _begins(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether a sentence begins with a known name that has a tie: "Kirkcaldy is twinned with …"."""
    start = _clause_start(scene, span, mention)
    if mention.start - start <= _ARTICLE + 1 and _says_tie(scene, span, mention):
        return True
    return (
        mention.start - start <= _FROM_START
        and is_known(mention)
        and not is_noun(scene, mention)
        and scene.is_spelt(mention.text, mention.candidates)
        and (mention.candidates[0].confidence >= _SURE_ALONE or _is_called_town(scene, span, mention))
        and len(mention.text) >= _SHORTEST
        and not is_of_longer_name(scene, span, mention)
    )


def _is_called_town(scene: Scene, span: Span, mention: Mention) -> bool:
    before = scene.hits(max(span[0], mention.start - _SLOT), mention.start, "word.town")
    return bool(before) and not scene.text[before[-1].end : mention.start].strip()


def _says_tie(scene: Scene, span: Span, mention: Mention) -> bool:
    """Whether "is twinned" follows a name at once, as after a county's that the gazetteer does not have."""
    for hit in scene.hits(mention.end, min(span[1], mention.end + _NEXT), "tie.twin"):
        between = scene.text[mention.end : hit.start].split()
        return bool(between) and all(len(word) <= _ARTICLE + 1 and word.islower() for word in between)
    return False


def _is_clause(scene: Scene, span: Span, at: int) -> bool:
    """Whether a relative clause begins at a comma there, as the subject of which what stands before is."""
    return any(
        scene.text[at : hit.start].strip() == "," and not scene.has(hit.start, hit.end, "word.with")
        for hit in scene.hits(at, min(span[1], at + _NEXT), "word.which")
    )


def _are_of(scene: Scene, span: Span, doer: Party, after: list[Party]) -> bool:
    """Whether the parties after another town's name are its own."""
    if scene.has(max(span[0], doer.start - _NEXT), doer.start, *_OTHERS) or _is_clause(scene, span, doer.end):
        return True
    return len(after) == 1 and are_two(scene, span, doer, after[0])


def are_between(scene: Scene, span: Span, one: Party, other: Party) -> bool:
    """Whether "between" is said before or, as in Finnish or Hungarian, after two parties."""
    before = scene.has(max(span[0], one.start - 15), one.start, "word.between")
    return before or scene.has(other.end, min(span[1], other.end + 25), "word.between")


def _clause_of(scene: Scene, span: Span, party: Party) -> int:
    """Where the clause of a party begins: "It was said that A has …"."""
    return max(span[0], *(scene.text.rfind(sign, span[0], party.start) for sign in ",:"))


def are_two(scene: Scene, span: Span, first: Party, second: Party) -> bool:
    """Whether a sentence tells of a tie of two others: A has been twinned with B."""
    middle = (first.end, second.start)
    if (
        "(" in scene.text[slice(*middle)]
        or first.start - max(span[0], scene.text.rfind(": ", span[0], first.start)) > _FROM_START
        or scene.has(_clause_of(scene, span, first), first.start, "word.with", "word.in", *NAMED_TIES)
    ):
        return False
    slot = scene.hits(max(span[0], second.start - _SLOT), second.start, "word.with")
    with_second = (
        bool(slot)
        and not scene.has(*middle, "word.and")
        and len(scene.text[slot[-1].end : second.start].split()) <= _TWO
    )
    return with_second or scene.has(*middle, "tie.twin", "tie.partner", "tie.friendship")
