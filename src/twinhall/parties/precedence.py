"""Whose word takes force where sources differ.

A signed document, then what two sides agree on, then one side's word, then a third party's. Who the sides
of a record are, its model says in ``spoken_for_by``: paths to parties, those whose word comes first before
the others (of a membership the network, then the member).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum

from django.apps import apps

from twinhall.evidence import values
from twinhall.evidence.models import SourceKind, Statement
from twinhall.parties.queries import publishers_of


class Rank(IntEnum):
    SIGNED_DOCUMENT = 0
    BOTH_SIDES = 1
    FIRST_SIDE = 2
    OTHER_SIDE = 3
    THIRD_PARTY = 4


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
        paths: tuple[str, ...] = getattr(model, "spoken_for_by", ())
        for pk in pks:
            found[kind, pk] = [set() for _ in paths]
        for tier, path in enumerate(paths):
            for pk, party in model._default_manager.filter(pk__in=pks).values_list("pk", path):
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
        ranks |= _ranks(group, sides[kind, pk], publishers)
    return ranks


def _ranks(
    group: Sequence[Statement], tiers: Sequence[set[int]], publishers: Mapping[int, int]
) -> dict[int, int]:
    def one(statement: Statement) -> Rank:
        if statement.source.kind == SourceKind.SIGNED_DOCUMENT:
            return Rank.SIGNED_DOCUMENT
        publisher = publishers.get(statement.source_id)
        tier = next((i for i, tier in enumerate(tiers) if publisher in tier), None)
        if publisher is None or tier is None:
            return Rank.THIRD_PARTY
        model = apps.get_model(statement.subject_type)
        others = (s for s in group if publishers.get(s.source_id) not in (None, publisher))
        agreeing = [s for s in others if values.agree(model, s.field, s.value, statement.value)]
        if any(publishers[s.source_id] in tier for tier in tiers for s in agreeing):
            return Rank.BOTH_SIDES
        return Rank.FIRST_SIDE if tier == 0 else Rank.OTHER_SIDE

    return {statement.pk: one(statement) for statement in group}
