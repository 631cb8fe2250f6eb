"""Of several values of an item the one that the register takes, or none: nothing is guessed."""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from twinhall.core.dates import PartialDate
from twinhall.core.languages import FALLBACK, is_language
from twinhall.exchange.wikidata.items import Claim, Item
from twinhall.exchange.wikidata.notes import Note
from twinhall.exchange.wikidata.queries import LABEL_FOR_ALL
from twinhall.exchange.wikidata.values import Rank
from twinhall.exchange.wikidata.vocabulary import COUNTRY, classes
from twinhall.parties.models import NameKind, PartyKind

T = TypeVar("T")

_FINEST_FIRST = (PartyKind.DISTRICT, PartyKind.MUNICIPALITY, PartyKind.REGION)
"""A quarter is a settlement too, and a city that is a state of its federation is a city."""


def standing(claims: Sequence[Claim[T]]) -> list[Claim[T]]:
    """Those that hold today: neither marked as wrong nor ended."""
    return [claim for claim in claims if claim.rank != Rank.DEPRECATED and not claim.ended]


def best(claims: Sequence[Claim[T]]) -> list[T]:
    """The values of the highest rank among those that hold, each once."""
    holding = standing(claims)
    highest = max((claim.rank for claim in holding), default=Rank.NORMAL)
    return list(dict.fromkeys(claim.value for claim in holding if claim.rank == highest))


def country(item: Item) -> tuple[str, Note | None]:
    """Its present country; none where there are several (Yalta), or only such as are no more."""
    coded = [claim for claim in item.countries if claim.value]
    found = best(coded)
    if len(found) == 1:
        return found[0], None
    return "", Note.SEVERAL_COUNTRIES if found else Note.NO_COUNTRY


def position(item: Item) -> tuple[tuple[float | None, float | None], Note | None]:
    """Latitude and longitude: the first of the highest rank."""
    found = best(item.positions)
    if not found:
        return (None, None), None
    return found[0], Note.SEVERAL_POSITIONS if len(found) > 1 else None


def population(item: Item) -> tuple[int | None, PartialDate | None]:
    """The newest figure and its day; of several of a day the highest ranked. Dated ones go before others."""
    holding = standing(item.populations)
    if not holding:
        return None, None
    newest = max(holding, key=lambda claim: (str(claim.date or ""), claim.rank))
    return newest.value, newest.date


def geonames(item: Item) -> tuple[str, Note | None]:
    """Its GeoNames id, where there is just one: often the town has one and its municipality another."""
    found = best(item.geonames)
    return (found[0], None) if len(found) == 1 else ("", Note.SEVERAL_GEONAMES if found else None)


def website(item: Item) -> str:
    """The first address of the highest rank that is one."""
    return next((url for url in best(item.websites) if is_address(url, 500)), "")


def is_address(url: str, longest: int) -> bool:
    """Whether a page can stand at this address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = len(url) <= longest and url.isprintable() and " " not in url
    return plain and parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def name(item: Item, languages: Sequence[str]) -> tuple[str, str]:
    """Its name and the language of it: its own where that is plain, else English, else any; or empty.

    Its own is what Wikidata calls native; or the label in the languages of its country, where they agree.
    """
    native = [(text, language) for text, language in best(item.native) if is_language(language)]
    if native:
        return native[0]
    if len(set(item.own_labels.values())) == 1:
        language, text = next(iter(item.own_labels.items()))
        return text, language
    for language in (FALLBACK, *languages, LABEL_FOR_ALL, *item.labels, *item.own_labels):
        if text := item.labels.get(language) or item.own_labels.get(language, ""):
            return text, language if language != LABEL_FOR_ALL and is_language(language) else ""
    return "", ""


def other_names(item: Item, chosen: str, languages: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Its names besides the chosen: text, language, kind; one each, whatever language says it first."""
    own = [(text, language) for text, language in best(item.native) if is_language(language)]
    own += [(text, language) for language, text in item.own_labels.items()]
    found = {text: (text, language, NameKind.ALIAS.value) for text, language in reversed(own)}
    for language in languages:
        if text := item.labels.get(language, ""):
            found.setdefault(text, (text, language, NameKind.EXONYM.value))
    found.pop(chosen, None)
    return tuple(found.values())


def kind(item: Item, roots: dict[str, set[str]]) -> tuple[str, Note | None]:
    """The kind of party, or COUNTRY; a municipality where no class says more.

    A class that is in the table decides; where none is, the general classes that the service found above.
    """
    table = classes().kinds
    held = [claim.value for claim in standing(item.classes)]
    plain = {table[number] for number in held if number in table}
    if COUNTRY in plain and PartyKind.MUNICIPALITY not in plain:
        return COUNTRY, None
    wider = {table[root] for number in held for root in roots.get(number, ()) if root in table}
    for found in (plain, wider):
        for candidate in _FINEST_FIRST:
            if candidate in found:
                return candidate.value, None
    return PartyKind.MUNICIPALITY.value, Note.KIND_UNKNOWN
