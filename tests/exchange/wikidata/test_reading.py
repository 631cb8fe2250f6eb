"""Files: which are taken, which day they are of, and what is told of the others."""

import gzip
import json
import os
from pathlib import Path

import pytest

from tests.exchange.wikidata import made
from tests.exchange.wikidata.made import entity, item_value, statement
from tests.exchange.wikidata.service import ENTITY, STACK, as_json
from tests.exchange.wikidata.world import ALDA, BORA, CILE, tie
from twinhall.exchange.wikidata.reading import UnreadableError
from twinhall.exchange.wikidata.telling import Told, tell

FOUND = as_json([tie(ALDA, BORA)])


def told_of(*paths: Path) -> Told:
    return tell(paths, languages=["en"])


def day(*paths: Path) -> str:
    (source,) = told_of(*paths).sources
    return source.key.removeprefix("wikidata-")


def test_the_day_of_an_answer(tmp_path: Path) -> None:
    folder = tmp_path / "2025-05-06-world-12345678"
    folder.mkdir()
    assert day(made.saved(folder / "ties.json.gz", FOUND)) == "2025-05-06"
    assert day(made.saved(folder / "ties-2024-01-02.json", FOUND)) == "2024-01-02"
    assert day(made.saved(folder / "ties-20240103.json", FOUND)) == "2024-01-03"
    assert day(made.saved(folder / "ties-2024-13-02.json", FOUND)) == "2025-05-06"
    plain = made.saved(tmp_path / "ties.json", FOUND)
    os.utime(plain, (1_000_000_000, 1_000_000_000))
    assert day(plain) == "2001-09-09"


def test_the_day_of_items_is_that_of_their_last_change(tmp_path: Path) -> None:
    twin = statement("P190", item_value(BORA))
    old, new = entity(ALDA, twin, modified="2016-09-07T10:31:04Z"), entity(BORA)
    assert day(made.saved(tmp_path / "a.json", made.asked_for(old, new))) == "2024-03-09"
    assert day(made.saved(tmp_path / "b.json", old)) == "2016-09-07"
    assert day(made.saved(tmp_path / "d.json", [old])) == "2016-09-07"
    del old["modified"]
    assert day(made.saved(tmp_path / "c-2020-02-02.json", old)) == "2020-02-02"


@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_a_dump_is_read_line_by_line(tmp_path: Path, ending: str) -> None:
    lines = [entity(ALDA, statement("P190", item_value(BORA))), entity(BORA, labels={"en": "Bora"})]
    text = "[\n" + ",\n".join(json.dumps(line) for line in lines) + "\n]\n"
    path = made.saved(tmp_path / f"wikidata-20240105-all{ending}", "")
    path.write_bytes(gzip.compress(text.encode()) if ending.endswith("gz") else text.encode())
    told = told_of(path)
    assert [party.name for party in told.partnerships[0].parties] == ["", "Bora"]
    assert [source.key for source in told.sources] == ["wikidata-2024-01-05"]


def test_the_plain_list_of_the_services_own_page(tmp_path: Path) -> None:
    rows = [
        {
            "item": ENTITY + ALDA,
            "twin": ENTITY + BORA,
            "begun": "1995-01-01T00:00:00Z",
            "begunPrecision": "9",
        },
        {"item": ENTITY + ALDA, "twin": ENTITY + CILE},
        {"item": ENTITY + ALDA, "twin": "t431453150"},
    ]
    told = told_of(made.saved(tmp_path / "query.json", rows))
    assert [[str(act.date) for act in tie.acts] for tie in told.partnerships] == [["1995"], []]
    assert len(told.refusals) == 1


def test_nothing_is_an_answer_too(tmp_path: Path) -> None:
    told = told_of(made.saved(tmp_path / "none.json", as_json([])), made.saved(tmp_path / "empty.json", []))
    assert (told.read, list(told.partnerships), list(told.refusals)) == (0, [], [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps(FOUND).encode()[:200] + STACK.encode(), "breaks off"),
        (b"<!DOCTYPE html>", "not JSON"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\xff\0", "damaged"),
        (gzip.compress(b"{}" * 999)[:-9], "damaged"),
        (b"\xff\xfe{}", "not JSON"),
        (b'{"features": []}', "neither an answer"),
        (b"17", "neither an answer"),
        (b'{"results": {"bindings": ["Q1"]}}', "columns are not.*Q1"),
        (json.dumps(as_json([{"river": "Q1", "length": "12"}])).encode(), "columns are not.*length, river"),
    ],
    ids=[
        "broken off",
        "a page",
        "damaged",
        "cut",
        "no text",
        "a map",
        "a number",
        "no rows",
        "another query",
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=f"bad.json: .*{words}"):
        told_of(path)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("{")
    (tmp_path / "two.json").write_text("[")
    with pytest.raises(UnreadableError) as caught:
        told_of(tmp_path, tmp_path / "three.json")
    assert [line.split(":")[0].rpartition("/")[2] for line in str(caught.value).splitlines()] == [
        "one.json",
        "two.json",
        "three.json",
    ]


def test_an_empty_folder_has_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no files"):
        told_of(tmp_path)
