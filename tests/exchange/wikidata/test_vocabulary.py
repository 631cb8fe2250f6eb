"""The tables that ship, and the queries in the docs."""

import re
from pathlib import Path

import pytest

from twinhall.core.languages import is_country
from twinhall.exchange.wikidata import queries
from twinhall.exchange.wikidata.values import item
from twinhall.exchange.wikidata.vocabulary import COUNTRY, classes, countries
from twinhall.parties.models import PartyKind

DOCUMENT = Path(__file__).parents[3] / "docs" / "loading-wikidata.md"
QUERIES = ("items", "items-of-country", "ties", "parties", "classes")


def test_countries_are_countries() -> None:
    assert [number for number in countries() if not item(number)] == []
    assert [code for code in countries().values() if not is_country(code)] == []
    assert {"LV", "EE", "BG", "DE", "XK", "TW"} <= set(countries().values())


def test_kinds_are_kinds_of_parties() -> None:
    assert set(classes().kinds.values()) - {COUNTRY} <= set(PartyKind.values)
    assert [number for number in classes().kinds if not item(number)] == []


def test_general_classes_have_a_kind_that_is_no_country() -> None:
    assert [root for root in classes().roots if classes().kinds.get(root, COUNTRY) == COUNTRY] == []


@pytest.mark.parametrize("name", QUERIES)
def test_the_docs_print_each_query(name: str) -> None:
    assert f"```sparql\n{queries.text(name)}```" in DOCUMENT.read_text("utf-8")


def test_queries_are_filled_whole() -> None:
    filled = [
        queries.items("LV"),
        queries.ties(["Q1", "Q2"]),
        queries.ties(["Q1"], "named"),
        queries.parties(["Q1"], ["en", "lv"]),
        queries.kinds(["Q1"]),
    ]
    assert [query for query in filled if "$" in query] == []
    assert "VALUES ?item { wd:Q1 wd:Q2 }" in filled[1]
    assert "VALUES ?named { wd:Q1 }" in filled[2]
    assert 'LANG(?value) IN ("en", "lv", "mul")' in filled[3]


@pytest.mark.parametrize("name", QUERIES)
def test_prefixes_are_declared_and_used(name: str) -> None:
    query = queries.text(name)
    declared = re.findall(r"^PREFIX (\w+):", query, re.MULTILINE)
    body = re.sub(r"^PREFIX .*$", "", query, flags=re.MULTILINE)
    used = {prefix for prefix in re.findall(r"\b(\w+):\w", body) if prefix != "http"}
    used |= {"wd"} & set(declared)  # in the numbers that are filled in
    assert sorted(used) == sorted(declared)
