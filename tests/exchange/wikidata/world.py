"""An invented world: towns and what Wikidata could say of them, in the columns of our queries."""

from typing import Any

from tests.exchange.wikidata.service import World

ALDA, BORA, CILE, DUNO, ESTE = "Q9000001", "Q9000002", "Q9000003", "Q9000004", "Q9000005"
LAND = "Q9000009"
GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"
NORMAL = "http://wikiba.se/ontology#NormalRank"
PREFERRED = "http://wikiba.se/ontology#PreferredRank"
DEPRECATED = "http://wikiba.se/ontology#DeprecatedRank"
PRECISION = {4: "9", 7: "10", 10: "11"}


def when(column: str, date: str) -> dict[str, str]:
    """The columns of a date as the service writes it: "1995", "1995-02" or "1995-02-18"."""
    return {
        column: f"{(date + '-01-01')[:10]}T00:00:00Z",
        f"{column}Precision": PRECISION[len(date)],
        f"{column}Calendar": GREGORIAN,
    }


def tie(item: str, twin: str, begun: str = "", ended: str = "", **columns: str) -> dict[str, str]:
    """A row of a tie that is stated at ``item``."""
    row = {"statement": f"http://www.wikidata.org/entity/statement/{item}-{twin}", "item": item, "twin": twin}
    row |= {"rank": NORMAL}
    row |= when("begun", begun) if begun else {}
    row |= {"endSaid": f"{ended}-01-01T00:00:00Z", **when("ended", ended)} if ended else {}
    return {**row, **columns}


def fact(item: str, what: str, value: str, **columns: str) -> dict[str, str]:
    """A row of what is known of an item."""
    return {"item": item, "what": what, "value": value, "rank": NORMAL, **columns}


def town(item: str, name: str, code: str = "LV", **more: Any) -> list[dict[str, str]]:
    """What is known of a town at least."""
    return [
        fact(item, "label", name, language="en"),
        fact(item, "own label", name, language="lv"),
        fact(item, "country", LAND, code=code),
        fact(item, "class", more.get("kind", "Q515")),
        fact(item, "position", "Point(24.5 57.5)"),
    ]


def small_world() -> World:
    """Four towns in two countries with five ties; one tie is stated at both ends, one abroad only."""
    return World(
        ties=[
            tie(ALDA, BORA, "1995-02-18", reference="r1", url="https://alda.example/twins"),
            tie(BORA, ALDA, "1995"),
            tie(ALDA, CILE, "1990", "2004"),
            tie(DUNO, ALDA),
            tie(CILE, DUNO),
        ],
        facts=[
            *town(ALDA, "Alda"),
            *town(BORA, "Bora"),
            *town(CILE, "Cile", "EE"),
            *town(DUNO, "Duno", "EE", kind="Q9000100"),
        ],
        roots=[("Q9000100", "Q4286337")],
    )
