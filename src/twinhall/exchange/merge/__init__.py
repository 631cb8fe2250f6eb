"""Two records that are one: merged, with every source's words kept, and taken apart again."""

from twinhall.exchange.merge.actions import merge_parties, merge_partnerships, undo

__all__ = ["merge_parties", "merge_partnerships", "undo"]
