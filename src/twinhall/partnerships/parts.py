"""The parts of many ties: those that were read with them, or with the columns alone that a list shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twinhall.core.sql import Columns, among, rows
from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership

_PARTY = Columns(Party, "id", "slug", "kind", "name", "language", "country")
_ACT = Columns(Act, "id", "partnership_id", "kind", "number", "date")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parties to a tie in the order of their addresses, and its acts in theirs."""

    parties: Sequence[Party]
    acts: Sequence[Act]


def parts_of(partnerships: Iterable[Partnership]) -> dict[int, Parts]:
    """The parts of ties that were prefetched with them, by the primary key of the tie."""
    return {
        tie.pk: Parts([signatory.party for signatory in tie.signatories.all()], list(tie.acts.all()))
        for tie in partnerships
    }


def shown_parts(partnerships: Iterable[Partnership]) -> dict[int, Parts]:
    """The same of ties that were read without them; two queries for any number of ties.

    Of a party it holds what names it and leads to it, of an act its kind and its date.
    """
    ties = [tie.pk for tie in partnerships]
    parties = _parties_of(ties)
    acts = _acts_of(ties)
    return {tie: Parts(parties[tie], acts[tie]) for tie in ties}


def _parties_of(ties: Sequence[int]) -> dict[int, list[Party]]:
    """The parties to ties, each of them made once, however many of the ties it has; one query."""
    which = among("s.partnership_id", ties)
    signed = rows(
        f"SELECT s.partnership_id, {_PARTY.of('p')} FROM partnerships_signatory s "  # noqa: S608 - ours
        f"JOIN parties_party p ON p.id = s.party_id WHERE {which.sql} ORDER BY p.slug",
        *which.values,
    )
    made: dict[int, Party] = {}
    parties: dict[int, list[Party]] = defaultdict(list)
    for tie, *told in signed:
        if told[0] not in made:
            made[told[0]] = _PARTY.record(told)
        parties[tie].append(made[told[0]])
    return parties


def _acts_of(ties: Sequence[int]) -> dict[int, list[Act]]:
    """The standing acts of ties, in their order; one query."""
    which = among("a.partnership_id", ties)
    done = rows(
        f"SELECT {_ACT.of('a')} FROM partnerships_act a "  # noqa: S608 - ours
        f"WHERE a.withdrawn_at IS NULL AND {which.sql} ORDER BY a.number",
        *which.values,
    )
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in map(_ACT.record, done):
        acts[act.partnership_id].append(act)
    return acts
