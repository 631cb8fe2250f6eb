"""The questions that the filters of a list put to the register: for its page, and for its files."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q

from twinhall.finder.queries import named
from twinhall.networks.narrowing import in_network
from twinhall.parties import queries
from twinhall.parties.models import Party
from twinhall.partnerships.counting import with_ties
from twinhall.web.forms.filters import PartyFilters

if TYPE_CHECKING:
    from django.db.models import QuerySet

TIES = {"ties": ("ties", "slug"), "-ties": ("-ties", "slug")}
PARTY_ORDERS = (*queries.PARTY_ORDERS, *TIES)


def parties(form: PartyFilters, day: dt.date, order: str) -> "QuerySet[Party]":
    """What the filters let through, in one of ``PARTY_ORDERS``; members and ties are those of the day."""
    asked = dict(form.cleaned_data)
    query, network = asked.pop("q").strip(), asked.pop("network")
    among = named(query, Party) if query else Q()
    if network:
        among &= in_network(network, day)
    if order not in TIES:
        return queries.party_list(**asked, among=among, order=order)
    return with_ties(queries.party_list(**asked, among=among), day).order_by(*TIES[order])
