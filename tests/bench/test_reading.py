"""Measuring the reader once, with a page or two: that it runs and what it tells, never how fast."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from twinhall.bench import reading
from twinhall.bench.dressing import dressed
from twinhall.bench.figures import BenchError
from twinhall.bench.reading import measure_reading
from twinhall.reader.gazetteer import gazetteer
from twinhall.reader.page import read_page

TEXT = (
    "Twin towns\n\nThe town has had friends abroad for a long time, and it looks for more of them.\n\n"
    "- Solna, Sweden, 1991\n- Viljandi, Estonia\n\nHalle | Germany | 2011\n\nWrite to the mayor.\n"
)


def test_a_text_that_was_dressed_as_a_page_is_read_as_it_was() -> None:
    kept = read_page(dressed(TEXT, "Valmiera").encode()).text
    assert kept.split() == ["Valmiera", *TEXT.split()]


def test_reading_is_measured(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path_factory.getbasetemp()
    settings.GAZETTEER = (own if worker_id == "master" else own.parent) / "gazetteer"
    gazetteer(settings.GAZETTEER)
    monkeypatch.setenv("TWINHALL_GAZETTEER", str(settings.GAZETTEER))
    monkeypatch.setattr(reading, "SIZES", (0.001, 0.002))
    text, page, picture = (tmp_path / name for name in ("a.txt", "b.html", "c.png"))
    text.write_text(TEXT)
    page.write_text(dressed(TEXT))
    picture.write_bytes(b"\x89PNG")
    told = list(measure_reading([text, page, picture], rounds=1))
    assert told[0] == "2 pages as HTML, 1 rounds, by turns; processor time:"
    assert re.search(r"ratio \d+\.\d\d, median of the pages \d+\.\d\d; goal 2: ", "\n".join(told))
    assert sum("s a megabyte" in line for line in told) == 2


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    picture = tmp_path / "c.png"
    picture.write_bytes(b"\x89PNG")
    with pytest.raises(BenchError, match="None of these"):
        list(measure_reading([picture], rounds=1))
    with pytest.raises(BenchError, match="cannot be read"):
        list(measure_reading([tmp_path / "none"], rounds=1))
