"""Partnerships and their acts, made as rows: no rule of order is asked, so that any history can be told."""

import datetime as dt
from collections.abc import Sequence
from itertools import count

from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.parties.models import Party
from twinhall.partnerships.actions import parties_key
from twinhall.partnerships.models import (
    Act,
    ActKind,
    CooperationField,
    Partnership,
    PartnershipKind,
    Signatory,
)

_numbers = count(1)


def make_partnership(
    *,
    parties: Sequence[Party] = (),
    kind: str = PartnershipKind.TWINNING,
    address: str = "",
    continues: Partnership | None = None,
    fields: Sequence[str] = (),
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Partnership:
    """A tie without acts; of two new towns where no parties are given."""
    signing = parties or [make_party(name="Valga"), make_party(name="Valka", country="LV")]
    partnership = Partnership.objects.create(
        slug=address or f"tie-{next(_numbers)}",
        kind=kind,
        parties_key=parties_key(signing),
        continues=continues,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )
    Signatory.objects.bulk_create(Signatory(partnership=partnership, party=party) for party in signing)
    partnership.fields.set(CooperationField.objects.filter(code__in=fields))
    return partnership


def make_act(
    *,
    partnership: Partnership | None = None,
    kind: str = ActKind.SIGNED,
    date: str = "",
    valid_until: str = "",
    number: int = 0,
    party: Party | None = None,
    place: str = "",
    withdrawn_at: dt.datetime | None = None,
    withdrawn_why: str = "",
) -> Act:
    """An act after the others of its tie, without a date where none is given."""
    tie = partnership or make_partnership()
    return Act.objects.create(
        partnership=tie,
        kind=kind,
        date=PartialDate.parse(date) if date else None,
        valid_until=PartialDate.parse(valid_until) if valid_until else None,
        number=number or Act.every.filter(partnership=tie).count() + 1,
        party=party,
        place=place,
        withdrawn_at=withdrawn_at,
        withdrawn_why=withdrawn_why,
    )
