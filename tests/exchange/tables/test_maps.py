"""Maps: read, checked, and those that ship."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from tests.exchange.tables.conftest import PAIRS, a_map
from twinhall.exchange.tables.maps import MapError, Value, read_map, shipped

MAPS = sorted(Path(str(files("twinhall.data") / "maps")).glob("*.toml"))


@pytest.mark.parametrize("path", [p for p in MAPS if p.stem != "world"], ids=lambda path: path.stem)
def test_every_map_that_ships_can_be_read(path: Path) -> None:
    assert read_map(path).title


def test_the_order_of_the_world_names_maps_that_ship() -> None:
    tables = tomllib.loads(shipped("world").read_text("utf-8"))["tables"]
    assert {table["map"] for table in tables} == {path.stem for path in MAPS} - {"world"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject = ", "not a TOML file"),
        ("subject = 'parties'\ntitle = 'x'\nsource = 'x'\n[sources]\n", "needs [party]"),
        ("colour = 'red'", "colour: Extra inputs are not permitted"),
        (
            PAIRS.replace('source = "sources"', 'source = { always = "list2" }'),
            "“list2” is not among [sources]",
        ),
        (
            PAIRS.replace('date = "since"', 'date = "since"\nsource = "nobody"'),
            "acts name the source “nobody”",
        ),
        (PAIRS.replace('"partnerships"', '"towns"'), "subject:"),
    ],
)
def test_a_map_that_errs_says_where(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(MapError, match=r"map\.toml") as error:
        a_map(tmp_path, text)
    assert message in str(error.value)


def test_a_map_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="No such file"):
        read_map(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("value", "row", "read"),
    [
        (Value(column="a"), {"a": " Valga "}, "Valga"),
        (Value(column="a"), {}, ""),
        (Value(always="EE"), {"a": "LV"}, "EE"),
        (Value(column="a", pattern=r"^(\d{4})"), {"a": "2012-2016 - PLUS II"}, "2012"),
        (Value(column="a", pattern=r"^(\d{4})"), {"a": "about 1990"}, ""),
        (Value(column="a", values={"p": "twinning"}), {"a": "p"}, "twinning"),
        (Value(column="a", values={"p": "twinning"}), {"a": "q"}, "q"),
        (Value(column="a", values={"p": "twinning"}, otherwise="contact"), {"a": "q"}, "contact"),
        (Value(column="a", where={"b": ("yes",)}), {"a": "x", "b": "no"}, ""),
        (Value(column="a", where={"b": ("yes",)}), {"a": "x", "b": "yes"}, "x"),
    ],
)
def test_a_value_is_read_as_the_map_says(value: Value, row: dict[str, str], read: str) -> None:
    assert value.read(row) == read
