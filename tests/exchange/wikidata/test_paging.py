"""Pages that are asked for once, whatever happens on the way."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.wikidata import service as faults
from tests.exchange.wikidata.asking_alone import CONTACT, FAST, LANGUAGES, SMALL
from tests.exchange.wikidata.service import Handler, Server
from tests.exchange.wikidata.world import ALDA, BORA, CILE, DUNO
from twinhall.exchange.wikidata.asking import AskingError
from twinhall.exchange.wikidata.paging import FINISHED, Progress, Sizes, ask
from twinhall.exchange.wikidata.telling import tell

ROOT = Path(__file__).parents[3]
PATHS = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
TODAY = "2026-11-21"
PAGES = 1 + 2 + 2 + 1


def run(
    server: Server,
    folder: Path,
    *countries: str,
    today: str = TODAY,
    steps: list[Progress] | None = None,
    sizes: Sizes = SMALL,
) -> Path:
    return ask(
        folder=folder,
        contact=CONTACT,
        languages=LANGUAGES,
        countries=countries,
        endpoint=server.address,
        manners=FAST,
        sizes=sizes,
        today=dt.date.fromisoformat(today),
        progress=(steps if steps is not None else []).append,
    )


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.json.gz")}


def about(server: Server) -> list[list[str]]:
    """The items that each question was about."""
    return [re.findall("wd:(Q900[0-9]+)", asked.query) for asked in server.asked]


def test_the_world_is_asked_for_in_pages(service: Server, tmp_path: Path) -> None:
    folder = run(service, tmp_path)
    assert about(service) == [[], [ALDA, BORA], [CILE, DUNO], [ALDA, BORA], [CILE, DUNO], ["Q9000100"]]
    assert sorted(pages(folder)) == [
        "classes-Q515-Q9000100.json.gz",
        "items-world.json.gz",
        f"parties-{ALDA}-{BORA}.json.gz",
        f"parties-{CILE}-{DUNO}.json.gz",
        f"ties-{ALDA}-{BORA}.json.gz",
        f"ties-{CILE}-{DUNO}.json.gz",
    ]
    told = tell([folder], languages=LANGUAGES)
    assert (told.read, len(told.partnerships), told.merged, len(told.refusals)) == (5, 4, 1, 0)
    assert {party.name: party.kind for tie in told.partnerships for party in tie.parties} == {
        "Alda": "municipality",
        "Bora": "municipality",
        "Cile": "municipality",
        "Duno": "district",
    }
    assert told.sources[0].key == f"wikidata-{TODAY}"


def test_of_a_country_what_others_state_of_it_too(service: Server, tmp_path: Path) -> None:
    told = tell([run(service, tmp_path, "LV")], languages=LANGUAGES)
    pairs = [tuple(party.name for party in tie.parties) for tie in told.partnerships]
    assert sorted(pairs) == [("Alda", "Bora"), ("Alda", "Cile"), ("Alda", "Duno")]
    assert told.read == 4


def test_what_was_asked_is_not_asked_again_that_day(service: Server, tmp_path: Path) -> None:
    folder = run(service, tmp_path)
    assert run(service, tmp_path) == folder
    assert len(service.asked) == PAGES
    assert run(service, tmp_path, today="2026-11-22") != folder
    assert len(service.asked) == 2 * PAGES


def test_other_questions_lie_elsewhere(service: Server, tmp_path: Path) -> None:
    folders = {
        run(service, tmp_path),
        run(service, tmp_path, "LV"),
        run(service, tmp_path, "LV", "EE"),
        run(service, tmp_path, sizes=Sizes(ties=3)),
    }
    assert len(folders) == 4


@pytest.mark.parametrize(("later", "goes_on"), [(TODAY, True), ("2026-11-28", True), ("2026-11-29", False)])
def test_a_run_that_broke_off_goes_on(service: Server, tmp_path: Path, later: str, *, goes_on: bool) -> None:
    service.faults.extend([None, None, faults.status(403, "Not you")])
    with pytest.raises(AskingError, match="Not you"):
        run(service, tmp_path)
    (begun,) = tmp_path.iterdir()
    assert len(pages(begun)) == 2
    service.asked.clear()
    assert (run(service, tmp_path, today=later) == begun) == goes_on
    assert len(service.asked) == (PAGES - 2 if goes_on else PAGES)


def test_killed_and_begun_again(service: Server, tmp_path: Path) -> None:
    whole = pages(run(service, tmp_path / "whole"))
    service.asked.clear()
    process: list[subprocess.Popen[bytes]] = []

    def kill(_handler: Handler) -> None:
        process[0].send_signal(signal.SIGKILL)
        process[0].wait()

    service.faults.extend([None, None, None, kill])
    alone = [sys.executable, "-m", "tests.exchange.wikidata.asking_alone"]
    process.append(subprocess.Popen([*alone, service.address, str(tmp_path), TODAY], cwd=ROOT, env=PATHS))
    assert process[0].wait(60) == -signal.SIGKILL
    asked_before = [asked.query for asked in service.asked[:3]]
    service.asked.clear()
    folder = run(service, tmp_path)
    assert [asked.query for asked in service.asked if asked.query in asked_before] == []
    assert len(service.asked) == PAGES - 3
    assert pages(folder) == whole


@pytest.mark.parametrize("stopped", [faults.stopped, faults.stopped_midway])
def test_a_page_that_is_too_heavy_is_halved(service: Server, tmp_path: Path, stopped: faults.Fault) -> None:
    steps: list[Progress] = []
    service.faults.extend([None, stopped])
    folder = run(service, tmp_path, steps=steps, sizes=Sizes(ties=4, parties=4, classes=4))
    assert about(service)[1:4] == [[ALDA, BORA, CILE, DUNO], [ALDA, BORA], [CILE, DUNO]]
    assert [(step.kind, step.page, step.pages, step.rows) for step in steps][1] == ("ties", 1, 1, 5)
    (folder / FINISHED).unlink()
    service.asked.clear()
    run(service, tmp_path, sizes=Sizes(ties=4, parties=4, classes=4))
    assert service.asked == []


def test_what_is_too_heavy_alone_is_asked_again(service: Server, tmp_path: Path) -> None:
    service.faults.extend([faults.stopped, None])
    run(service, tmp_path)
    service.faults.extend([faults.stopped] * 3)
    with pytest.raises(AskingError, match="takes too long"):
        run(service, tmp_path, today="2026-11-22")


def test_progress_tells_each_page(service: Server, tmp_path: Path) -> None:
    steps: list[Progress] = []
    folder = run(service, tmp_path, steps=steps)
    told = [(step.kind, step.page, step.pages, step.rows, step.asked) for step in steps]
    assert told == [
        ("items", 1, 1, 4, True),
        ("ties", 1, 2, 3, True),
        ("ties", 2, 2, 2, True),
        ("parties", 1, 2, 10, True),
        ("parties", 2, 2, 10, True),
        ("classes", 1, 1, 1, True),
    ]
    (folder / FINISHED).unlink()
    run(service, tmp_path, steps=steps)
    assert [step.asked for step in steps[6:]] == [False] * 6


def test_two_do_not_ask_the_same_at_once(service: Server, tmp_path: Path) -> None:
    refused: list[str] = []

    def another(handler: Handler) -> None:
        with pytest.raises(AskingError) as caught:
            run(service, tmp_path)
        refused.append(str(caught.value))
        handler.send(200, handler.answer())

    service.faults.append(another)
    run(service, tmp_path)
    assert refused == ["Another process is asking for the same."]


def test_no_country_is_guessed(service: Server, tmp_path: Path) -> None:
    with pytest.raises(AskingError, match="“UK” is not a country code"):
        run(service, tmp_path, "UK")
    assert list(tmp_path.iterdir()) == []
