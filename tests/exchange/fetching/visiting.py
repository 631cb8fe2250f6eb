"""Visits of city.example that do not take long."""

import pytest

from twinhall.exchange.fetching import Fetched, FetchError, Limits, Visitor

URL = "http://city.example/partners"
QUICK = Limits(whole=10.0, most=100_000, pause=0.0)


def visit(url: str = URL, limits: Limits = QUICK) -> Fetched:
    return Visitor(limits).fetch(url)


def refused(url: str = URL, limits: Limits = QUICK) -> str:
    """The words of a refusal."""
    with pytest.raises(FetchError) as refusal:
        visit(url, limits)
    return str(refusal.value)
