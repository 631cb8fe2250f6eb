"""How often a stranger may send something: counted in the cache, by an address that is kept nowhere."""

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUSE = 64
"""Bits of an IPv6 address that one house shares: it has all the addresses below them."""


@dataclass(frozen=True)
class Limit:
    """So many times within a span: as many places, each of which is free again when the span has passed."""

    name: str
    most: int
    span: dt.timedelta

    def take(self, whose: str = "all") -> dt.datetime | None:
        """Take a place; where none is free, say from when one is."""
        seconds = int(self.span.total_seconds())
        free_again = time.time() + seconds
        places = [f"limit:{self.name}:{whose}:{place}" for place in range(self.most)]
        if any(cache.add(place, free_again, seconds) for place in places):
            return None
        taken = cache.get_many(places).values()
        return dt.datetime.fromtimestamp(min(taken, default=time.time()), tz=dt.UTC)


def take_all(limits: Sequence[tuple[Limit, str]]) -> dt.datetime | None:
    """Take a place of each limit, in order; where one has none, say from when it has."""
    return next(filter(None, (limit.take(whose) for limit, whose in limits)), None)


def sender(request: HttpRequest) -> str:
    """Who sends a request, as a hash that only this site can make: the address itself is kept nowhere."""
    address = ip_address(get_adapter().get_client_ip(request))
    near = ip_network((address, HOUSE), strict=False) if address.version == 6 else address  # noqa: PLR2004
    return salted_hmac("twinhall.web.limits", str(near), algorithm="sha256").hexdigest()
