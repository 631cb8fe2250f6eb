"""Answers of the query service: rows of the queries in ``data/wikidata`` into what was gathered.

Taken are the JSON of SPARQL 1.1 (https://www.w3.org/TR/sparql11-results-json/) and the plainer list that the
service's own page saves under "JSON file".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from twinhall.core.dates import PartialDate
from twinhall.core.languages import is_country, is_language
from twinhall.exchange.wikidata import values
from twinhall.exchange.wikidata.items import Claim, Gathered, Item, Reference, Statement, add
from twinhall.exchange.wikidata.notes import Reason

Row = Mapping[str, str]
T = TypeVar("T")
_SHOWN = 100


class NotOurColumnsError(ValueError):
    """The rows are not those of one of the queries."""


def rows(answer: object) -> Iterator[Row] | None:
    """The rows of an answer, each column as text; None where this is no answer of a query."""
    bindings = values.member(answer, "results", "bindings")
    if isinstance(bindings, list):
        return (_texts(row) for row in bindings)
    if isinstance(answer, list) and all(_is_plain(row) for row in answer):
        return iter(answer)
    return None


def _texts(row: Mapping[str, Mapping[str, str]]) -> Row:
    """The values of a row; a blank node, which stands for an unknown value, as it is written elsewhere."""
    try:
        return {
            name: cell["value"] if cell["type"] != "bnode" else f"_:{cell['value']}"
            for name, cell in row.items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise NotOurColumnsError(str(row)[:_SHOWN]) from error


def _is_plain(row: object) -> bool:
    return isinstance(row, dict) and "item" in row and all(isinstance(cell, str) for cell in row.values())


def gather(found: Iterable[Row], day: PartialDate, into: Gathered) -> int:
    """Take rows in; gives how many. NotOurColumnsError where they are of none of the queries."""
    count = 0
    for count, row in enumerate(found, start=1):  # noqa: B007 - the last is the number of rows
        if "twin" in row:
            _tie(row, day, into)
        elif "what" in row and "value" in row:
            _fact(row, into)
        elif "root" in row:
            into.roots[values.item(row.get("class"))].add(values.item(row["root"]))
        elif set(row) != {"item"}:
            raise NotOurColumnsError(", ".join(sorted(row)))
    return count


def _tie(row: Row, day: PartialDate, into: Gathered) -> None:
    item, twin = values.item(row.get("item")), values.item(row["twin"])
    key = row.get("statement") or f"{item} {row['twin']}"
    said = into.statements.get((key, str(day)))
    if said is None:
        lack = None if twin else Reason.UNKNOWN
        said = Statement(item, twin, day, values.rank(row.get("rank", "")), lack)
        into.statements[key, str(day)] = said
    for column, dates in (("begun", said.begun), ("ended", said.ended)):
        if date := _date(row, column, key, into):
            dates.add(date)
    said.has_ended = said.has_ended or "endSaid" in row or "ended" in row
    if "reference" in row:
        _reference(row, key, said, into)


def _reference(row: Row, key: str, said: Statement, into: Gathered) -> None:
    """One row of a reference; one with several addresses is as many references."""
    retrieved = _date(row, "retrieved", key, into)
    known = f"{row['reference']} {row.get('url', '')}"
    reference: Reference = said.references.setdefault(known, Reference(row.get("url", "")))
    reference.heading = reference.heading or values.words(row.get("title"))
    reference.language = reference.language or row.get("titleLanguage", "")
    reference.work = reference.work or values.words(row.get("work"))
    reference.retrieved = reference.retrieved or retrieved


def _date(row: Row, column: str, where: str, into: Gathered) -> PartialDate | None:
    if column not in row:
        return None
    precision, calendar = row.get(f"{column}Precision"), row.get(f"{column}Calendar", "")
    return into.dated(where, values.time(row[column], precision, calendar, converted=True))


def _fact(row: Row, into: Gathered) -> None:
    number = values.item(row.get("item"))
    take = _FACTS.get(row["what"])
    if number and take is not None:
        take(into.items[number], row, _date(row, "date", number, into))


def _claim(value: T, row: Row, date: PartialDate | None = None) -> Claim[T]:
    return Claim(value, values.rank(row.get("rank", "")), bool(row.get("ended")), date)


def _label(item: Item, row: Row, _date: PartialDate | None) -> None:
    if text := values.words(row["value"]):
        item.labels[row.get("language", "")] = text


def _own_label(item: Item, row: Row, _date: PartialDate | None) -> None:
    if (text := values.words(row["value"])) and is_language(row.get("language", "")):
        item.own_labels[row["language"]] = text


def _native(item: Item, row: Row, _date: PartialDate | None) -> None:
    if text := values.words(row["value"]):
        add(item.native, _claim((text, row.get("language", "")), row))


def _country(item: Item, row: Row, _date: PartialDate | None) -> None:
    code = row.get("code", "")
    add(item.countries, _claim(code if is_country(code) else "", row))


def _class(item: Item, row: Row, _date: PartialDate | None) -> None:
    if number := values.item(row["value"]):
        add(item.classes, _claim(number, row))


def _position(item: Item, row: Row, _date: PartialDate | None) -> None:
    if found := values.position(row["value"]):
        add(item.positions, _claim(found, row))


def _population(item: Item, row: Row, date: PartialDate | None) -> None:
    if (number := values.people(row["value"])) is not None:
        add(item.populations, _claim(number, row, date))


def _geonames(item: Item, row: Row, _date: PartialDate | None) -> None:
    if row["value"].isdecimal():
        add(item.geonames, _claim(row["value"], row))


def _website(item: Item, row: Row, _date: PartialDate | None) -> None:
    add(item.websites, _claim(row["value"], row))


_FACTS: dict[str, Callable[[Item, Row, PartialDate | None], None]] = {
    "label": _label,
    "own label": _own_label,
    "native label": _native,
    "country": _country,
    "class": _class,
    "position": _position,
    "population": _population,
    "geonames": _geonames,
    "website": _website,
}
