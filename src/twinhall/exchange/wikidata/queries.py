"""The queries for the service: plain SPARQL 1.1, with the numbers of a page filled in.

They stand as files in ``data/wikidata/*.rq`` and are explained in ``docs/loading-wikidata.md``.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from string import Template
from typing import Literal

from twinhall.exchange.wikidata.vocabulary import classes

LABEL_FOR_ALL = "mul"
"""The language under which Wikidata keeps a label that holds in every language."""


@cache
def text(name: str) -> str:
    """A query as it ships, its places still to be filled: ``text("ties")``."""
    return (files("twinhall.data") / "wikidata" / f"{name}.rq").read_text("utf-8")


def items(country: str) -> str:
    """Every item that states a tie; of a country (ISO 3166-1 alpha-2) also those that a tie is stated of."""
    if not country:
        return text("items")
    return Template(text("items-of-country")).substitute(country=country)


def ties(numbers: Iterable[str], end: Literal["item", "named"] = "item") -> str:
    """What these items state; or, with ``end="named"``, what is stated of them at the other end."""
    return Template(text("ties")).substitute(items=_entities(numbers), end=end)


def parties(numbers: Iterable[str], languages: Sequence[str]) -> str:
    """What is known of these items, their labels in the languages and in their country's own."""
    quoted = ", ".join(f'"{language}"' for language in [*languages, LABEL_FOR_ALL])
    return Template(text("parties")).substitute(items=_entities(numbers), languages=quoted)


def kinds(numbers: Iterable[str]) -> str:
    """Which of the general classes these classes are kinds of."""
    return Template(text("classes")).substitute(items=_entities(numbers), roots=_entities(classes().roots))


def _entities(numbers: Iterable[str]) -> str:
    return " ".join(f"wd:{number}" for number in numbers)
