"""Items as Wikidata's own JSON tells of them: of Special:EntityData, of wbgetentities, and of the dumps.

The format is described at https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from babel.languages import get_official_languages

from twinhall.core.dates import NotADateError, PartialDate
from twinhall.core.languages import is_language
from twinhall.exchange.wikidata import values
from twinhall.exchange.wikidata.items import Claim, Gathered, Item, Reference, Statement, add
from twinhall.exchange.wikidata.notes import Reason
from twinhall.exchange.wikidata.queries import LABEL_FOR_ALL
from twinhall.exchange.wikidata.vocabulary import countries

Json = Mapping[str, Any]
T = TypeVar("T")


def entities(document: object) -> Iterator[tuple[str, Json]] | None:
    """The items of a file by the number they were asked for; None where this is no file of items."""
    inner = values.member(document, "entities")
    if isinstance(inner, Mapping):
        return iter(inner.items())
    alone = document if isinstance(document, list) else [document]
    found = [(one["id"], one) for one in alone if isinstance(one, dict) and "claims" in one and "id" in one]
    return iter(found) if found and len(found) == len(alone) else None


def modified(entity: Json) -> PartialDate | None:
    """The day of the item's last change, where the file says so."""
    try:
        return PartialDate.parse(str(entity.get("modified", ""))[:10])
    except NotADateError:
        return None


def gather(asked: str, entity: Json, day: PartialDate, into: Gathered, languages: frozenset[str]) -> None:
    """Take an item in, under the number that it has now."""
    number = values.item(entity.get("id"))
    if "missing" in entity or not number:
        into.missing.add(asked)
        return
    for old in {asked, values.member(entity, "redirects", "from")} - {number, None}:
        into.redirects[old] = number
    _facts(entity, into.items[number], number, into, languages)
    for place, statement in enumerate(_statements(entity, "P190")):
        _tie(number, statement, str(statement.get("id", f"{number} {place}")), day, into)


def _facts(entity: Json, item: Item, number: str, into: Gathered, languages: frozenset[str]) -> None:
    for statement, value in _values(entity, "P17"):
        add(item.countries, _claim(countries().get(_number(value), ""), statement))
    for statement, value in _values(entity, "P31"):
        add(item.classes, _claim(_number(value), statement))
    for statement, value in _values(entity, "P625"):
        if found := _position(value):
            add(item.positions, _claim(found, statement))
    for statement, value in _values(entity, "P1082"):
        if (count := values.people(values.member(value, "amount"))) is not None:
            dates = list(_dates(statement.get("qualifiers"), "P585", number, into))
            add(item.populations, _claim(count, statement, dates[0] if dates else None))
    for statement, value in _values(entity, "P1566"):
        if str(value).isdecimal():
            add(item.geonames, _claim(str(value), statement))
    for statement, value in _values(entity, "P856"):
        add(item.websites, _claim(str(value), statement))
    _names(entity, item, languages)


def _names(entity: Json, item: Item, languages: frozenset[str]) -> None:
    """Labels in the languages asked for, and in those that CLDR calls official in the item's countries."""
    codes = {claim.value for claim in item.countries if claim.value and not claim.ended}
    own = {tongue for code in codes for tongue in get_official_languages(code) if "_" not in tongue}
    for language, label in (entity.get("labels") or {}).items():
        text = values.words(values.member(label, "value"))
        if text and (language in languages or language == LABEL_FOR_ALL):
            item.labels[language] = text
        if text and language in own:
            item.own_labels[language] = text
    for statement, value in _values(entity, "P1705"):
        if text := values.words(values.member(value, "text")):
            language = str(values.member(value, "language"))
            add(item.native, _claim((text, language if is_language(language) else ""), statement))


def _tie(number: str, statement: Json, key: str, day: PartialDate, into: Gathered) -> None:
    snak = statement.get("mainsnak") or {}
    twin = _number(values.member(snak, "datavalue", "value"))
    rank = values.rank(str(statement.get("rank", "")))
    said = Statement(number, twin, day, rank, None if twin else _lack(snak))
    into.statements[key, str(day)] = said
    qualifiers = statement.get("qualifiers")
    said.begun.update(_dates(qualifiers, "P580", key, into))
    said.ended.update(_dates(qualifiers, "P582", key, into))
    said.has_ended = _says(qualifiers, "P582")
    for place, reference in enumerate(statement.get("references") or ()):
        for known, page in _pages(reference, key, into):
            said.references[f"{place} {known}"] = page


def _lack(snak: Json) -> Reason:
    return Reason.NO_TWIN if snak.get("snaktype") == "novalue" else Reason.UNKNOWN


def _pages(reference: Json, key: str, into: Gathered) -> Iterator[tuple[str, Reference]]:
    """The pages of a reference by their addresses; one without an address where it names none."""
    snaks = reference.get("snaks")
    retrieved = next(_dates(snaks, "P813", key, into), None)
    title: Any = next(_known(snaks, "P1476"), {})
    for url in [str(url) for url in _known(snaks, "P854")] or [""]:
        text, language = values.words(values.member(title, "text")), values.member(title, "language")
        yield url, Reference(url, text, str(language or ""), retrieved=retrieved)


# The shape of the JSON ------------------------------------------------------------------------------------


def _statements(entity: Json, prop: str) -> list[Json]:
    """Statements of a property; an item without any has an empty list where others have an object."""
    claims = entity.get("claims")
    return list(claims.get(prop, ())) if isinstance(claims, Mapping) else []


def _values(entity: Json, prop: str) -> Iterator[tuple[Json, Any]]:
    """Statements that have a value, and the value."""
    for statement in _statements(entity, prop):
        value = values.member(statement, "mainsnak", "datavalue", "value")
        if value is not None:
            yield statement, value


def _known(snaks: object, prop: str) -> Iterator[Any]:
    """The values of a property among qualifiers or in a reference, without the unknown ones."""
    for snak in values.member(snaks, prop) or ():
        value = values.member(snak, "datavalue", "value")
        if value is not None:
            yield value


def _says(snaks: object, prop: str) -> bool:
    """Whether there is a value, known or not; "no value" says that there is none."""
    return any(snak.get("snaktype") != "novalue" for snak in values.member(snaks, prop) or ())


def _dates(snaks: object, prop: str, where: str, into: Gathered) -> Iterator[PartialDate]:
    for value in _known(snaks, prop):
        told, precision = str(values.member(value, "time")), values.member(value, "precision")
        calendar = str(values.member(value, "calendarmodel") or "")
        if date := into.dated(where, values.time(told, precision, calendar)):
            yield date


def _claim(value: T, statement: Json, date: PartialDate | None = None) -> Claim[T]:
    ended = _says(statement.get("qualifiers"), "P582")
    return Claim(value, values.rank(str(statement.get("rank", ""))), ended, date)


def _number(value: object) -> str:
    """The item that a value names; old files have its number without the Q only."""
    number = values.item(values.member(value, "id"))
    if number or values.member(value, "entity-type") != "item":
        return number
    return values.item(f"Q{values.member(value, 'numeric-id')}")


def _position(value: object) -> tuple[float, float] | None:
    globe = values.item(values.member(value, "globe"))
    if globe not in {"", values.EARTH}:
        return None
    return values.degrees(values.member(value, "latitude"), values.member(value, "longitude"))
