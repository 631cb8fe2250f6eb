"""Each measuring once, with a few rows: that it runs and what it tells, never how fast."""

import csv
import gzip
import importlib.util
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from tests.factories.parties import make_party
from twinhall.bench import serving
from twinhall.bench.copying import tables
from twinhall.bench.digest import digest
from twinhall.bench.driving import Question
from twinhall.bench.extras import library
from twinhall.bench.figures import BenchError, Timed
from twinhall.bench.generator import ANEW, KEPT
from twinhall.bench.loading import measure_in, measure_loading
from twinhall.bench.questions import Compared, Limited
from twinhall.bench.scratch import Scratch
from twinhall.bench.servers import Served
from twinhall.bench.serving import Ways, measure_serving, styles_of

EUROCITIES = ["qid", "name_on_website", "country", "lat", "lon", "population"]
MEMBERS = [
    ["Q216877", "Valga", "EE", "57.7769", "26.0311", ""],
    ["Q736591", "Valka", "LV", "57.7752", "26.0101", "12182"],
]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with one table of two rows."""
    folder = tmp_path / "world"
    folder.mkdir()
    with gzip.open(folder / "networks-eurocities-2025.csv.gz", "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([EUROCITIES, *MEMBERS])
    return folder


@pytest.fixture
def _var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = settings.GAZETTEER = tmp_path


@pytest.mark.usefixtures("_var", "django_db_setup")
def test_loading_is_told_beside_the_raw_copy(
    world: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():  # the database of the tests is only copied, so nothing is undone
        lines = list(measure_in(Scratch("default", ""), world, tmp_path))
    told = "\n".join(lines)
    assert "2 read = 2 added + 0 known" in told
    assert "2 read = 0 added + 2 known" in told
    assert "2 memberships" in told
    assert re.search(r"^  the register is the same: digest [0-9a-f]{12}$", told, re.MULTILINE)
    rows = re.findall(r"raw copy of its ([0-9,]+) rows|s, ([0-9,]+) rows", told)
    counted = [first or second for first, second in rows]
    assert len(counted) >= 2
    assert counted[-1] == counted[0]  # by Python or by COPY none is lost
    assert re.search(r"memory at most [0-9]+ MB; goal 1,000 MB: reached", told)
    assert "times as long as" in lines[-1]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="There is no table in"):
        next(measure_loading(tmp_path, tmp_path))


@pytest.mark.django_db
def test_the_digest_tells_registers_apart() -> None:
    empty = digest("default")
    valga = make_party(name="Valga", address="valga")
    one = digest("default")
    valga.delete()
    make_party(name="Valga", address="valga")
    assert empty != one == digest("default")  # another key, the same facts


def test_every_table_of_ours_is_copied() -> None:
    assert {"parties_party", "evidence_statement", "partnerships_partnership_fields"} <= set(tables())


def no_files_to_collect(folder: Path) -> None:
    """Have the server find its static files collected: to compress them takes long, and none is asked for."""
    folder.mkdir()
    (folder / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}', encoding="utf-8")


@pytest.mark.usefixtures("_var", "few_towns")
@pytest.mark.django_db(transaction=True)
def test_pages_are_told_beside_datasette(tmp_path: Path) -> None:
    has_peer = connection.vendor == "sqlite"
    if has_peer and not importlib.util.find_spec("datasette"):
        pytest.skip("the extra twinhall[bench] is not installed")
    no_files_to_collect(tmp_path / "static")
    ways = Ways(seconds=0.05, rounds=1, workers=1, only="API item", warm=1)
    told = "\n".join(measure_serving(tmp_path, ways))
    assert re.search(r"^  API item +[0-9,]+/s  p50 +[0-9.]+ ms", told, re.MULTILINE)
    assert ("Datasette, row as JSON" in told) == has_peer
    assert bool(re.search(r"^    ratio: [0-9.]+$", told, re.MULTILINE)) == has_peer
    assert "autocomplete" not in told
    assert "made anew" not in told  # nothing of the API is kept


def test_pages_are_told_made_anew_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {ANEW: [80.0], KEPT: [2.0], "": [4.0]}

    def measured(*_asked: object, seconds: float, how: str = "", least: int = 0) -> Timed:
        return Timed(times[how] * (1 if least else int(1000 * seconds / times[how][0])), seconds)

    monkeypatch.setattr(serving, "measure", measured)
    served, ways = Served([1], []), Ways(seconds=0.8, rounds=1)
    asked = [Question("/en/parties/valga/", "")]
    party = Compared("party page", asked, {"row page": asked}, 4.0)
    assert [line.strip() for line in serving._compare(party, served, served, ways)][-2:] == [
        "ratio, made anew: 0.05; goal 4.0: missed by 3.95",
        "ratio, kept: 2.00; goal 4.0: missed by 2.00",
    ]
    anew, missed, kept, reached = serving._within(Limited("all ties", asked, 50.0), served, ways)
    assert ("all ties, made anew" in anew, "all ties, kept" in kept) == (True, True)
    assert (missed.strip(), reached.strip()) == (
        "p95 goal 50 ms: missed by 30.0 ms",
        "p95 goal 50 ms: reached",
    )


def test_style_sheets_are_found_in_a_page() -> None:
    page = '<link href="/static/core/css/base.1.css"> <p data-kit="[&#34;/static/web/maps.2.css&#34;]">'
    assert styles_of(page) == ["/static/core/css/base.1.css", "/static/web/maps.2.css"]


# The command -------------------------------------------------------------------------------------------


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BenchError, match=r"pip install 'twinhall\[bench\]'"):
        library("a_library_that_is_not_there")


def test_a_measuring_that_fails_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no table in"):
        call_command("bench", "load", str(tmp_path))


@pytest.mark.parametrize(
    "arguments", [[], ["swim"], ["serve", "--seconds", "0"], ["serve", "--seconds", "x"]]
)
def test_what_cannot_be_measured_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("bench", *arguments)
