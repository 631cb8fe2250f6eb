"""Sizes that sources state of networks and projects."""

from twinhall.evidence.models import Source
from twinhall.exchange.facts.ledger import Ledger
from twinhall.exchange.facts.problems import Where
from twinhall.exchange.facts.schema import SizeFacts
from twinhall.networks.models import NetworkSize
from twinhall.projects.models import ProjectSize


def keep_size(
    ledger: Ledger, size: NetworkSize | ProjectSize, facts: SizeFacts, source: Source, where: Where
) -> None:
    """Find the same size of the same body, or keep this one, and note that the source states it."""
    with ledger.at(where):
        size.clean_fields()
        same = {
            field.attname: getattr(size, field.attname)
            for field in size._meta.fields
            if not field.primary_key
        }
        kept = type(size)._default_manager.filter(**same).first()
        if kept is None:
            size.validate_constraints()
            size.save()
        ledger.tell_exists(ledger.made(kept or size, new=kept is None), facts, source, where)
