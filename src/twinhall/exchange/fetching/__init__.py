"""Reads a page of another site: politely, and never one that only this machine can reach."""

from twinhall.exchange.fetching.places import FetchError
from twinhall.exchange.fetching.visits import Fetched, Limits, Visitor

__all__ = ["FetchError", "Fetched", "Limits", "Visitor", "fetch"]

_VISITOR = Visitor()


def fetch(url: str) -> Fetched:
    """The page at an http or https address, as it came; FetchError, in words for people, where there is none.

    All calls of this process share what robots.txt said and the pause between two visits of a host.
    """
    return _VISITOR.fetch(url)
