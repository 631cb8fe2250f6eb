"""A load that is broken off goes on where it stopped, and comes to the same."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.tables.conftest import PAIRS, TIE, a_map, write_csv
from twinhall.accounts.models import User
from twinhall.exchange.models import Loading
from twinhall.exchange.tables import loading
from twinhall.exchange.tables.loading import Progress, load_table
from twinhall.exchange.tables.report import LeftOut, Report
from twinhall.finder.queries import search
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership

ROWS = [{**TIE, "a": f"Town {n}", "a_qid": f"Q{n}"} for n in range(1, 30)]
ROWS[20] = {**ROWS[20], "sources": "hearsay"}


class BreakError(Exception):
    pass


def break_at(rows: int) -> object:
    def tell(progress: Progress) -> None:
        if progress.rows >= rows:
            raise BreakError

    return tell


def the_register() -> set[tuple[str, str, int]]:
    return set(Partnership.objects.values_list("slug", "kind", "source_count"))


def test_what_was_broken_off_goes_on(tmp_path: Path, operator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    path, mapped = write_csv(tmp_path / "table.csv", ROWS), a_map(tmp_path, PAIRS)
    noted = LeftOut(tmp_path / "left-out.csv")
    with pytest.raises(BreakError):
        load_table(path, mapped, by=operator, progress=break_at(10), left_out=noted)  # type: ignore[arg-type]
    assert Partnership.objects.count() == 10
    assert Loading.objects.get().row == 11
    report = load_table(path, mapped, by=operator, left_out=noted)
    assert report.outcomes == {"added": 28, "refused": 1}
    assert Partnership.objects.count() == 28
    for town in ("Town 1", "Town 29"):  # of the broken run and of the one that went on
        assert [str(hit.record) for hit in search(town)][:1] == [town]
    assert noted.path.read_text("utf-8").splitlines()[1].startswith("22,refused,a source that the map")
    assert Loading.objects.get().finished_at is not None


def test_a_batch_is_whole_or_not_at_all(
    tmp_path: Path, operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)

    def fail(*_args: object, **_options: object) -> None:
        raise BreakError

    monkeypatch.setattr(Loading, "save", fail)
    with pytest.raises(BreakError):
        load_table(write_csv(tmp_path / "table.csv", ROWS), a_map(tmp_path, PAIRS), by=operator)
    assert not Party.objects.exists()


def test_rows_that_were_left_out_after_the_checkpoint_are_noted_once(tmp_path: Path) -> None:
    noted = LeftOut(tmp_path / "left-out.csv")
    noted.path.write_text("row,outcome,why,what it says\n3,refused,x,y\n22,refused,x,y\n", "utf-8")
    noted.begin(after=11)
    assert noted.path.read_text("utf-8").splitlines() == ["row,outcome,why,what it says", "3,refused,x,y"]


def test_a_report_survives_its_keeping() -> None:
    report = Report()
    report.outcomes["added"] = 2
    report.reasons["refused", "why"] = 1
    report.notes["remark"] = 3
    assert Report.from_json(report.as_json()) == report


LOAD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "twinhall.settings"
import django
django.setup()
from twinhall.exchange.tables import loading
loading.BATCH = 5
from django.core.management import call_command
def killed(self, progress, rows=0):
    if progress.rows >= 10 and os.environ.get("KILL"):
        os.kill(os.getpid(), 9)
from twinhall.exchange.management.commands import load
load.Teller.__call__ = killed
call_command("load", "table", sys.argv[1], "--map", sys.argv[2], verbosity=0)
"""


def test_killed_in_the_middle_and_resumed_it_comes_to_the_same(tmp_path: Path) -> None:
    """With `kill -9`, in a process and a database of its own."""
    write_csv(tmp_path / "table.csv", ROWS)
    (tmp_path / "map.toml").write_text(PAIRS, "utf-8")
    results = []
    for kill in (True, False):
        var = tmp_path / ("killed" if kill else "whole")
        var.mkdir()
        environment = {"TWINHALL_VAR": str(var), "PATH": "/usr/bin:/bin", "TWINHALL_LOG_LEVEL": "ERROR"}
        here = [str(tmp_path / "table.csv"), str(tmp_path / "map.toml")]

        def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, *command],
                env={**environment, **more},  # noqa: B023 - called in the same turn
                capture_output=True,
                text=True,
                check=False,
            )

        assert run("-m", "twinhall", "migrate", "-v0").returncode == 0
        if kill:
            assert run("-c", LOAD, *here, KILL="1").returncode == -9
        said = run("-c", LOAD, *here)
        assert "29 read = 28 added + 0 known + 0 merged + 0 waiting + 1 refused" in said.stdout, said.stderr
        dump = "from twinhall.partnerships.models import *; print(sorted(Act.objects.values_list('partnership__slug', 'kind', 'number', 'date')), sorted(Spell.objects.values_list('partnership__slug', 'status', 'starts')))"  # noqa: E501
        results.append(run("-m", "twinhall", "shell", "-v0", "-c", dump).stdout)
    assert results[0] == results[1] != ""
