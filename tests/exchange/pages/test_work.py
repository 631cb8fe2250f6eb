import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.reader.making import answer, packed
from twinhall.exchange.fetching import Fetched, FetchError
from twinhall.exchange.pages import work
from twinhall.exchange.pages.jobs import BadIndexError, Failed, Job, Known, jobs, read_index
from twinhall.exchange.pages.work import Outcome, outcome, read_all
from twinhall.reader.gazetteer import gazetteer

TEXT = "Partner towns of Valmiera\n\nSolna, Sweden, 1991\nViljandi, Estonia, 1992\n"
NOBODY = Known()


def no_fetch(url: str) -> Fetched:
    raise FetchError(f"{url} is not asked in tests.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "gazetteer"
    gazetteer(folder)
    return folder


def files(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return [str(folder / f"{name}.txt") for name in texts]


# What is to be read ----------------------------------------------------------------------------------------


def test_an_index_tells_whose_page_it_is(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    rows = [
        {"id": "a", "subject": "Valga", "subject_country": "ee", "language": "et", "url": None},
        {"url": "http://b.example/", "subject": "Valka"},
    ]
    index.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    known = read_index(index, NOBODY)
    assert known.of("a") == Known("Valga", "EE", "et")
    assert known.of("http://b.example/") == Known("Valka")
    assert known.of("c") == NOBODY
    assert read_index(index, Known("Tartu")).of("a") == Known("Tartu", "EE", "et")
    assert read_index(None, Known("Tartu")).of("c") == Known("Tartu")


@pytest.mark.parametrize("text", ["{", "[1]", '"a"'])
def test_an_index_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "index.jsonl"
    path.write_text(f"{{}}\n{text}\n")
    with pytest.raises(BadIndexError, match="line 2"):
        read_index(path, NOBODY)
    with pytest.raises(BadIndexError, match="cannot be read"):
        read_index(tmp_path / "none", NOBODY)


def test_files_archives_and_addresses_are_pages(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    archive.write_bytes(
        packed(answer("http://a.example/", b"<p>x", "Content-Type: text/html; charset=utf-8"))
    )
    broken = tmp_path / "b.warc"
    broken.write_bytes(b"hello\n" * 50)
    (file,) = files(tmp_path, page="x")
    sources = [file, str(archive), str(broken), "http://c.example/", str(tmp_path / "none.txt")]
    index = read_index(None, NOBODY)
    first, second, third, fourth, fifth = jobs(sources, index, fetch=no_fetch)
    assert first == Job("page", NOBODY, Path(file))
    assert second == Job("http://a.example/", NOBODY, None, b"<p>x", "text/html", "utf-8")
    assert [type(job) for job in (third, fourth, fifth)] == [Failed] * 3
    assert fourth == Failed("http://c.example/", "http://c.example/ is not asked in tests.")


# Reading it ------------------------------------------------------------------------------------------------


def test_a_page_is_read_to_json(tmp_path: Path, folder: Path) -> None:
    (file,) = files(tmp_path, page=TEXT)
    read = outcome(Job("page", Known("Valmiera", "LV", "en"), Path(file)), folder)
    assert (read.page, read.fault) == ("page", "")
    assert json.loads(json.dumps(read.facts)) == list(read.facts)
    for fact in read.facts:
        assert (fact["page"], fact["a"]) == ("page", "Valmiera")
        quote = str(fact["quote"])
        assert TEXT.find(quote, int(str(fact["quote_start"]))) == fact["quote_start"]
    assert [fact["b"] for fact in read.facts] == ["Solna", "Viljandi"]


def test_what_cannot_be_read_is_told(tmp_path: Path, folder: Path) -> None:
    (empty,) = files(tmp_path, empty="")
    assert outcome(Job("empty", NOBODY, Path(empty)), folder) == Outcome(
        "empty", fault="There is nothing in it: it is empty."
    )
    assert "No such file" in outcome(Job("gone", NOBODY, tmp_path / "gone"), folder).fault
    assert outcome(Failed("x", "why"), folder) == Outcome("x", fault="why")


def test_a_fault_of_ours_is_told_and_not_raised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "read_page", fail)
    (file,) = files(tmp_path, page=TEXT)
    assert "ZeroDivisionError" in outcome(Job("page", NOBODY, Path(file)), tmp_path).fault


def test_a_page_that_takes_too_long_is_broken_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def spin(*_args: object, **_options: object) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(Exception):  # as libraries do that read what they can
                sum(range(100))

    monkeypatch.setattr(work, "read_page", spin)
    monkeypatch.setattr(work, "SECONDS", 0.05)
    (file,) = files(tmp_path, page=TEXT)
    before = signal.getsignal(signal.SIGVTALRM)
    assert "broken off" in outcome(Job("page", NOBODY, Path(file)), tmp_path).fault
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_many_pages_are_read_in_order_by_several_processes(tmp_path: Path, folder: Path) -> None:
    texts = {f"page{number}": TEXT if number % 3 else "" for number in range(12)}
    found = jobs(files(tmp_path, **texts), read_index(None, Known("Valmiera", "LV")), fetch=no_fetch)
    read = list(read_all(found, folder=folder, workers=2))
    assert [one.page for one in read] == list(texts)
    assert [bool(one.fault) for one in read] == [not text for text in texts.values()]
    assert {len(one.facts) for one in read if not one.fault} == {2}


class Killing:
    """A path that ends the process that opens it, as a fault in a library written in C would."""

    name = "killing.txt"

    def open(self, _mode: str) -> None:
        os._exit(9)


def test_a_process_that_dies_takes_only_its_page_with_it(tmp_path: Path, folder: Path) -> None:
    def some() -> Iterator[Job]:
        for number, path in enumerate(files(tmp_path, **{f"page{number}": TEXT for number in range(4)})):
            yield Job(f"page{number}", NOBODY, Path(path))
            if number == 1:
                yield Job("killing", NOBODY, Killing())  # type: ignore[arg-type]

    read = list(read_all(some(), folder=folder, workers=2))
    assert [one.page for one in read] == ["page0", "page1", "killing", "page2", "page3"]
    assert [one.page for one in read if one.fault] == ["killing"]
