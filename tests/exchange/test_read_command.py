import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from twinhall.exchange.management.commands import read as command
from twinhall.exchange.management.commands.read import SOME_UNREAD
from twinhall.reader.gazetteer import gazetteer

TEXT = "Partner towns of Valmiera\n\nSolna, Sweden, 1991\nViljandi, Estonia, 1992\n"
KEYS = {"page", "type", "a", "b", "b_as_written", "country", "kind", "since", "until", "status", "fields"}


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str, settings: Settings) -> Path:
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "gazetteer"
    gazetteer(folder)
    settings.GAZETTEER = folder
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "valmiera.txt"
    path.write_text(TEXT)
    return path


def read(*arguments: str | Path) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("read", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_facts_are_json_lines(page: Path) -> None:
    out, err = read(page, "--subject", "Valmiera", "--subject-country", "lv")
    facts = [json.loads(line) for line in out.splitlines()]
    assert err == ""
    assert [(fact["page"], fact["a"], fact["b"], fact["country"]) for fact in facts] == [
        ("valmiera", "Valmiera", "Solna", "SE"),
        ("valmiera", "Valmiera", "Viljandi", "EE"),
    ]
    for fact in facts:
        assert set(fact) >= KEYS | {"quote", "quote_start", "confidence", "a_geonames", "b_geonames"}
        assert TEXT[fact["quote_start"] :].startswith(fact["quote"])


@pytest.mark.parametrize(("name", "workers"), [("one.txt", 1), ("one.warc", 3), ("one.warc.gz", 3)])
def test_an_archive_is_read_by_as_many_processes_as_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, workers: int
) -> None:
    asked: list[int] = []

    def nothing_read(*_jobs: object, workers: int, **_more: object) -> list[object]:
        asked.append(workers)
        return []

    monkeypatch.setattr(command, "read_all", nothing_read)
    (tmp_path / name).write_text(TEXT)
    read(tmp_path / name, "--workers", "3")
    assert asked == [workers]


@pytest.mark.parametrize("workers", ["-1", "two"])
def test_a_number_of_processes_that_is_none_is_refused(page: Path, workers: str) -> None:
    with pytest.raises(CommandError, match="number of processes"):
        read(page, f"--workers={workers}")


def test_an_index_tells_the_subject(page: Path, tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    index.write_text(
        json.dumps({"id": "valmiera", "subject": "Cēsis", "subject_country": "LV", "language": "en"})
    )
    out, _err = read(page, "--index", index)
    assert {json.loads(line)["a"] for line in out.splitlines()} == {"Cēsis"}


def test_a_table_is_for_people(page: Path) -> None:
    out, _err = read(page, "--format", "table", "--subject", "Valmiera")
    head, first, _second = out.splitlines()
    assert head.split() == ["page", "fact", "who", "what", "since", "sure", "words"]
    assert "Valmiera – Solna (SE)" in first
    assert "1991" in first


def test_pages_that_cannot_be_read_are_told_and_the_others_are_read(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "EVERY", 1000.0)
    empty = tmp_path / "empty.html"
    empty.touch()
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("read", str(empty), str(page), str(tmp_path / "none"), stdout=out, stderr=err)
    assert ended.value.code == SOME_UNREAD
    assert len(out.getvalue().splitlines()) == 2
    told = err.getvalue().splitlines()
    assert told[0] == "empty: There is nothing in it: it is empty."
    assert told[1].endswith("none: There is no such file.")
    assert told[2].startswith("3 pages, 2 could not be read, 2 facts, ")


def test_progress_is_told(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "EVERY", 0.0)
    _out, err = read(page)
    assert err.startswith("  1 pages, ")


def test_an_index_that_cannot_be_read_is_told(page: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        read(page, "--index", tmp_path / "none")


def test_whoever_reads_the_facts_may_stop(page: Path, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "twinhall", "read", *[str(page)] * 300, "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TWINHALL_GAZETTEER": str(folder)},
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
