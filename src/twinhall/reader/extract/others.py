"""Ties of others that a sentence tells beside the subject's, and who signed on the subject's own side."""

from dataclasses import dataclass

from twinhall.reader.divisions import region_called
from twinhall.reader.extract.dating import Span
from twinhall.reader.extract.naming import (
    cut,
    in_brackets,
    is_country,
    is_known,
    is_of_body,
    is_of_longer_name,
    is_region,
    is_word,
    with_sort,
)
from twinhall.reader.extract.parties import Party
from twinhall.reader.extract.scene import NAMED_TIES, Scene, Subject
from twinhall.reader.facts import Named
from twinhall.reader.forms import forms_of, small
from twinhall.reader.mentions import Mention
from twinhall.reader.variants import heard_keys

_TIES = (*NAMED_TIES, "tie.cooperation", "tie.agreement")
_SLOT = 30  # characters before a name in which "with" or "in" stands
_AFTER = 20  # characters after a name in which "with" stands, where it follows
_JOINED = 22  # characters between two names of a list: a comma, "and", "the Slovak"
_ARTICLE = 3  # letters of a small word
_SURE = 0.45  # of a place of the subject's country that is named without it
_TWO = 2

Tie = tuple[Named, list[Party]]


@dataclass(slots=True)
class _End:
    """A name in a sentence that may be an end of a tie; ``home`` is what it is called in our country."""

    party: Party
    home: Named | None
    is_subject: bool


def ties_of_others(scene: Scene, subject: Subject, span: Span, parties: list[Party]) -> list[Tie]:
    """Who has ties with whom, where a sentence tells it of others: "A is twinned with B, and C with D".

    What comes first may be the subject's own. Empty where a sentence tells of one side only, or where the
    subject's country, by which sides are told apart, is not known.
    """
    if not scene.near or not scene.has(*span, *_TIES) or all(p.named is subject.named for p in parties):
        return []
    ends = _ends(scene, subject, span, parties)
    if pair := _joined_pair(scene, span, ends):
        return [pair]
    groups: list[Tie] = []
    doer = subject.named if subject.is_town else None
    after = span[0]
    for end in ends:
        if end.is_subject:
            doer = subject.named
        elif end.home is not None and not _is_told_of(scene, span, after, end):
            doer = end.home
        elif doer is not None:
            if groups and groups[-1][0] is doer:
                groups[-1][1].append(end.party)
            else:
                groups.append((doer, [end.party]))
        after = end.party.end
    return groups if len(groups) >= _TWO else []


def own_side(scene: Scene, subject: Subject, parties: list[Party]) -> list[Party]:
    """The parties that stand in one list with the subject, all of its country: who signed with it.

    Empty where the list holds a place of another country, so that it is one of partners.
    """
    at = next((i for i, party in enumerate(parties) if party.named is subject.named), None)
    if at is None or not scene.near:
        return []
    first = last = at
    while first > 0 and _is_listed(scene, parties[first - 1], parties[first]):
        first -= 1
    while last + 1 < len(parties) and _is_listed(scene, parties[last], parties[last + 1]):
        last += 1
    beside = [party for party in parties[first : last + 1] if party.named is not subject.named]
    if not scene.has(parties[0].start, parties[-1].end, *NAMED_TIES):
        rest = [party for party in parties if party.named is not subject.named and party not in beside]
        beside += rest if all(is_surely_home(scene, party) for party in parties) else []
    surely = [party for party in beside if is_surely_home(scene, party)]
    return beside if surely and all(_may_be_home(scene, party) for party in beside) else []


def without_neighbours(scene: Scene, parties: list[Party]) -> list[Party]:
    """The parties but those of the subject's country that are called its neighbours."""
    return [
        party
        for party in parties
        if not (is_surely_home(scene, party) and _is_called_neighbour(scene, party))
    ]


def _is_called_neighbour(scene: Scene, party: Party) -> bool:
    near = (max(0, party.start - _SLOT), min(len(scene.text), party.end + _SLOT))
    return any(
        not any(
            sign in scene.text[hit.end : party.start] + scene.text[party.end : hit.start] for sign in ".;:"
        )
        for hit in scene.hits(*near, "act.neighbour")
    )


def is_surely_home(scene: Scene, party: Party) -> bool:
    """Whether a party that stands without a country lies in the subject's."""
    best = party.named.candidates[:1]
    return not party.country and bool(best) and best[0].country == scene.near


def _may_be_home(scene: Scene, party: Party) -> bool:
    if party.country or not party.named.candidates:
        return not party.country
    best = scene.named(party.named.written, scene.near).candidates[:1]
    return bool(best) and best[0].country == scene.near


def _is_listed(scene: Scene, one: Party, other: Party) -> bool:
    """Whether only a comma or "and" stands between two names."""
    between = scene.text[one.end : other.start]
    if not between.strip():
        return False
    rest = between.replace(",", " ").split()
    joins = scene.hits(one.end, other.start, "word.and")
    return len(rest) <= len(joins) and len(between) <= _JOINED


def _ends(scene: Scene, subject: Subject, span: Span, parties: list[Party]) -> list[_End]:
    countries = scene.countries(*span)
    found: list[_End] = []
    for each in scene.mentions(*span):
        mention = cut(scene, each, countries)
        party = next((p for p in parties if p.start < mention.end and mention.start < p.end), None)
        if party is not None and found and found[-1].party is party:
            continue
        if in_brackets(scene, span, mention) or is_country(mention, countries):
            continue
        if party is None and (is_word(scene, span, mention) or is_of_body(scene, span, mention)):
            continue
        is_subject = party is not None and party.named is subject.named
        home = None if is_subject or (party is not None and party.country) else _at_home(scene, span, mention)
        if party is None and home is not None:
            party = Party(*with_sort(scene, span, mention), home, "")
        if party is not None:
            found.append(_End(party, home, is_subject))
    return found


def _at_home(scene: Scene, span: Span, mention: Mention) -> Named | None:
    """What a name means in the subject's country, where it is rather there than abroad."""
    start, end = with_sort(scene, span, mention)
    written = scene.text[start:end]
    best = mention.candidates[:1]
    if is_region(scene, written):
        keys = heard_keys(mention.text, forms_of(scene.language))
        is_seat = is_known(mention) and best[0].country == scene.near
        return scene.named(written, scene.near) if is_seat or region_called(keys, scene.near) else None
    if not is_known(mention) or best[0].country != scene.near or best[0].confidence < _SURE:
        return None
    if is_of_longer_name(scene, span, mention) or not scene.is_spelt(mention.text, mention.candidates):
        return None
    return scene.named(mention.text, scene.near)


def _is_told_of(scene: Scene, span: Span, after: int, end: _End) -> bool:
    """Whether a name of our country is no one who has ties, but whom or where they are with.

    ``after`` is where the name before it ends.
    """
    start = end.party.start
    if small(scene.text[start : end.party.end]).endswith(forms_of(scene.language).comitative or ("\0",)):
        return True
    lead = max(after, start - _SLOT)
    slots = [
        hit
        for hit in scene.hits(lead, start, "word.with", "word.in", "word.between", "tie")
        if not scene.has(hit.start, hit.end, "word.and")
    ]
    gap = scene.text[slots[-1].end : start] if slots else ","
    if not any(sign in gap for sign in ",;") and all(len(word) <= _ARTICLE for word in gap.split()):
        return True
    follows = scene.hits(end.party.end, min(span[1], end.party.end + _AFTER), "word.with")
    return any(
        not scene.has(hit.start, hit.end, "word.and") and not scene.text[end.party.end : hit.start].strip()
        and scene.language == "fi"
        for hit in follows
    )  # fmt: skip


def _joined_pair(scene: Scene, span: Span, ends: list[_End]) -> Tie | None:
    """The tie of "A and the Slovak B are twins": one of ours and one from abroad, and nobody else."""
    if len(ends) != _TWO or ends[0].home is None or ends[1].home is not None or ends[1].is_subject:
        return None
    one, other = (end.party for end in ends)
    between = (one.end, other.start)
    joins = scene.hits(*between, "word.and")
    if not joins or len(scene.text[slice(*between)]) > _JOINED or "," in scene.text[slice(*between)]:
        return None
    lead = scene.hits(max(span[0], one.start - _SLOT), one.start, "word.with", "tie")
    if any(all(len(w) <= _ARTICLE for w in scene.text[hit.end : one.start].split()) for hit in lead):
        return None
    return ends[0].home, [other]
