"""The parts of many ties: those that were read with them, or with the columns alone that a list shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from twinhall.parties.models import Party
from twinhall.partnerships.models import Act, Partnership


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
    parties: dict[int, list[Party]] = defaultdict(list)
    signed = Party.objects.filter(signatures__partnership__pk__in=ties)
    signed = signed.only("slug", "kind", "name", "language", "country").order_by("slug")
    for party in signed.annotate(tie=F("signatures__partnership")):
        parties[party.tie].append(party)
    acts: dict[int, list[Act]] = defaultdict(list)
    done = Act.objects.filter(partnership__pk__in=ties).order_by("number")
    for act in done.only("partnership", "kind", "number", "date"):
        acts[act.partnership_id].append(act)
    return {tie: Parts(parties[tie], acts[tie]) for tie in ties}
