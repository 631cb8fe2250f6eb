"""Whose word takes force where sources differ.

A signed document that is open to all, then what two sides agree on, then one side's word, then a third
party's. Who the sides of a record are, its model says in ``spoken_for_by``: paths to parties, those whose
word comes first before the others (of a membership the network, then the member; of a project its lead
partner, then the others).
What one side states here against the other side's own word does not displace it: the field is disputed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.apps import apps

from twinhall.core.records import Speaker
from twinhall.evidence import values
from twinhall.evidence.models import Source, SourceKind, Statement
from twinhall.parties.queries import publishers_of


class Rank(IntEnum):
    SIGNED_DOCUMENT = 0
    BOTH_SIDES = 1
    FIRST_SIDE = 2
    OTHER_SIDE = 3
    CONTESTING = 4
    THIRD_PARTY = 5


Subject = tuple[str, int]
Sides = Mapping[Subject, Sequence[set[int]]]


def sides_of(subjects: Sequence[Subject]) -> Sides:
    """The parties that speak for each record, in tiers; one query for each kind of record and tier."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in subjects:
        ids[kind].add(pk)
    found: dict[Subject, list[set[int]]] = {}
    for kind, pks in ids.items():
        model = apps.get_model(kind)
        speakers = [Speaker.of(told) for told in getattr(model, "spoken_for_by", ())]
        for pk in pks:
            found[kind, pk] = [set() for _ in speakers]
        for tier, speaker in enumerate(speakers):
            rows = model._base_manager.filter(pk__in=pks, **speaker.where).values_list("pk", speaker.path)
            for pk, party in rows:
                if party is not None:
                    found[kind, pk][tier].add(party)
    return found


def rank(statements: Sequence[Statement]) -> dict[int, int]:
    """The rank of each statement among those on the same field, by primary key."""
    publishers = {source: party.pk for source, party in publishers_of(statements).items()}
    sides = sides_of([(s.subject_type, s.subject_id) for s in statements])
    groups: dict[tuple[str, int, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.subject_type, statement.subject_id, statement.field, statement.language].append(
            statement
        )
    ranks: dict[int, int] = {}
    for (kind, pk, *_), group in groups.items():
        words = _Words(group, sides[kind, pk], publishers)
        ranks |= {statement.pk: words.rank(statement) for statement in group}
    return ranks


def _is_open(source: Source) -> bool:
    """Whether the other side can see the document; until then it is the word of the side that filed it."""
    return source.document is None or source.document.is_public


@dataclass(frozen=True)
class _Words:
    """All that is said of one field, and who speaks for its record."""

    group: Sequence[Statement]
    tiers: Sequence[set[int]]
    publishers: Mapping[int, int]

    def rank(self, statement: Statement) -> Rank:
        """Where one of the words stands among the others."""
        if statement.source.kind == SourceKind.SIGNED_DOCUMENT and _is_open(statement.source):
            return Rank.SIGNED_DOCUMENT
        publisher = self.publishers.get(statement.source_id)
        tier = next((i for i, tier in enumerate(self.tiers) if publisher in tier), None)
        if publisher is None or tier is None:
            return Rank.THIRD_PARTY
        others = [s for s in self.group if self.publishers.get(s.source_id) not in (None, publisher)]
        if self._is_agreed(statement, others):
            return Rank.BOTH_SIDES
        if self._contests(statement, others, self.tiers[tier]):
            return Rank.CONTESTING
        return Rank.FIRST_SIDE if tier == 0 else Rank.OTHER_SIDE

    def _is_agreed(self, statement: Statement, others: Sequence[Statement]) -> bool:
        model = apps.get_model(statement.subject_type)
        agreeing = [s for s in others if values.agree(model, s.field, s.value, statement.value)]
        return any(self.publishers[s.source_id] in tier for tier in self.tiers for s in agreeing)

    def _contests(self, statement: Statement, others: Sequence[Statement], equals: set[int]) -> bool:
        """Whether it is stated here against the word of an equal side that stands, or was there first."""
        is_here = statement.source.kind in (SourceKind.OWN_STATEMENT, SourceKind.SIGNED_DOCUMENT)
        if not is_here or statement.in_force:
            return False
        theirs = [s for s in others if self.publishers[s.source_id] in equals]
        if any(s.in_force and self.publishers.get(s.source_id) in equals for s in self.group):
            return any(s.in_force for s in theirs)
        return any(s.pk < statement.pk for s in theirs)
