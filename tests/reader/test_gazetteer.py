import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.places import make_town as town
from twinhall.reader import compiling
from twinhall.reader import gazetteer as module
from twinhall.reader.compiling import Town, compile_gazetteer
from twinhall.reader.gazetteer import Gazetteer, Place, gazetteer

VALGA, VALKA, GORLITZ, ZGORZELEC = 587876, 454572, 2918987, 3080231
PLACES = 234_908


def ids(places: list[Place]) -> list[int]:
    return [place.id for place in places]


def compiled(path: Path, monkeypatch: pytest.MonkeyPatch, *towns: Town) -> Gazetteer:
    """A gazetteer of these few towns, the most populous first."""
    monkeypatch.setattr(compiling, "_towns", lambda: list(towns))
    assert compile_gazetteer(path) == len(towns)
    return Gazetteer(path)


# Finding, in the whole list


def test_a_place_is_told_from_its_namesakes(world: Gazetteer) -> None:
    valga, valka = world.find("Valka", limit=2)

    assert valga == Place(
        VALGA, "Valga", "EE", "Valgamaa", "EE.19", 57.77781, 26.0473, 11_792, "Europe/Tallinn", "Valka"
    )
    assert valka == Place(
        VALKA, "Valka", "LV", "Valka", "LV.30", 57.7752, 26.01013, 4_615, "Europe/Riga", matched="Valka"
    )


@pytest.mark.parametrize("query", ["Valka", "Валка", "ვალკა", "Walk", "ヴァルカ", "  vALKA ", "valka!"])
def test_a_place_is_found_in_any_script(world: Gazetteer, query: str) -> None:
    assert ids(world.find(query, country="LV")) == [VALKA]


@pytest.mark.parametrize("query", ["Görlitz", "Goerlitz", "gorlitz", "Zgorjelc", "Герлиц", "格尔利茨"])
def test_the_more_populous_half_of_a_town_comes_first(world: Gazetteer, query: str) -> None:
    assert world.find(query)[0].id == GORLITZ


def test_a_place_is_found_by_its_neighbours_name_for_it(world: Gazetteer) -> None:
    zgorzelec = world.find("Görlitz", country="PL")[0]

    assert (zgorzelec.id, zgorzelec.name, zgorzelec.matched) == (ZGORZELEC, "Zgorzelec", "Görlitz")
    assert ids(world.find("Zgorzelec")) == [ZGORZELEC]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zdunska wola", "Zduńska Wola"),
        ("Ceske Budejovice", "České Budějovice"),
        ("joensuu", "Joensuu"),
        ("Київ", "Kyiv"),
        ("St.Gallen", "Sankt Gallen"),
        ("sankt-peterburg", "Saint Petersburg"),
        ("თბილისი", "Tbilisi"),
    ],
)
def test_accents_spaces_and_scripts_do_not_matter(world: Gazetteer, query: str, name: str) -> None:
    assert world.find(query)[0].name == name


def test_exact_names_come_before_longer_ones(world: Gazetteer) -> None:
    found = world.find("Van", limit=5)

    assert [(place.name, place.matched) for place in found[:2]] == [("Van", "Van"), ("Vannes", "Van")]
    assert [place.matched == "Van" for place in found] == [True, True, True, False, False]


def test_the_beginning_of_a_name_is_enough(world: Gazetteer) -> None:
    found = world.find("gorl", country="DE")

    assert [(place.id, place.matched) for place in found[:1]] == [(GORLITZ, "Görlitz")]


def test_a_state_tells_springfields_apart(world: Gazetteer) -> None:
    regions = [place.region for place in world.find("Springfield", country="US", limit=5)]

    assert regions == ["Missouri", "Massachusetts", "Illinois", "Oregon", "Ohio"]


def test_a_region_tells_halles_apart(world: Gazetteer) -> None:
    found = [(place.name, place.region) for place in world.find("Halle", country="DE", limit=3)]

    assert found == [
        ("Halle (Saale)", "Saxony-Anhalt"),
        ("Halle", "North Rhine-Westphalia"),
        ("Halle", "Lower Saxony"),
    ]


def test_nearly_every_place_has_its_region(world: Gazetteer) -> None:
    with world._open() as connection:
        assert connection.execute("SELECT COUNT(*) FROM place WHERE region = ''").fetchone() == (457,)


def test_a_country_narrows_the_search(world: Gazetteer) -> None:
    assert {place.country for place in world.find("San", country="IT")} == {"IT"}
    assert world.find("Valka", country="XX") == []


@pytest.mark.parametrize("limit", [1, 3, 25])
def test_no_more_than_asked_for(world: Gazetteer, limit: int) -> None:
    found = world.find("san", limit=limit)

    assert len(set(ids(found))) == len(found) == limit
    assert found == world.find("san", limit=50)[:limit]


@pytest.mark.parametrize("limit", [0, -1])
def test_nothing_asked_for_is_nothing(world: Gazetteer, limit: int) -> None:
    assert world.find("san", limit=limit) == []


@pytest.mark.parametrize("query", ["", " ", "%", "_", "'", '"', "*", "\0", "{", "-", "…", "\ud800"])
def test_what_has_no_letter_finds_nothing(world: Gazetteer, query: str) -> None:
    assert world.find(query) == []


def test_signs_are_not_wildcards(world: Gazetteer) -> None:
    assert world.find("V%lka") == world.find("vlka")
    assert world.find("Görlitz' OR 1=1 --") == []
    assert world.find("Valka" * 2000) == []
    assert world.find("Val\0ka") == world.find("Valka")


@given(query=st.text(), limit=st.integers(-1, 30), country=st.sampled_from(["", "EE", "'"]))
def test_anything_may_be_sought(world: Gazetteer, query: str, limit: int, country: str) -> None:
    found = world.find(query, limit=limit, country=country)

    assert len(set(ids(found))) == len(found) <= max(limit, 0)


def test_a_place_is_had_by_its_id(world: Gazetteer) -> None:
    valka = world.get(VALKA)

    assert valka
    assert (valka.name, valka.country, valka.population, valka.matched) == ("Valka", "LV", 4_615, "")


@pytest.mark.parametrize("unknown", [0, -1, 1, 2**63, 10**40])
def test_an_unknown_id_is_no_place(world: Gazetteer, unknown: int) -> None:
    assert world.get(unknown) is None


def test_threads_may_share_it(world: Gazetteer) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: ids(world.find("Valka", country="LV")), range(64)))

    assert found == [[VALKA]] * 64


def test_it_holds_every_place_once(world: Gazetteer) -> None:
    assert len(world) == PLACES
    with world._open() as connection:
        assert connection.execute("SELECT COUNT(DISTINCT id) FROM place").fetchone() == (PLACES,)


def test_it_cannot_be_written_to(world: Gazetteer) -> None:
    with world._open() as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM name")


def test_neither_settings_nor_apps_are_needed() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    code = "import twinhall.reader.gazetteer; from django.conf import settings; print(settings.configured)"

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


# Compiling, with few towns


def test_a_town_without_a_figure_has_no_population(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = compiled(tmp_path / "few", monkeypatch, town(1, "Nuustaku"))

    assert few.find("Nuustaku")[0].population is None


def test_a_region_is_that_of_the_country_and_division(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = compiled(
        tmp_path / "few",
        monkeypatch,
        town(1, "Tartu", division="18"),
        town(2, "Kungälv", country="SE", division="28"),
        town(3, "New York City", country="US", division="NY"),
        town(4, "Narva", division=""),
        town(5, "Võru", division="00"),
        town(6, "Elva", division="nowhere"),
    )

    regions = [place.region for place in map(few.get, range(1, 7)) if place]

    assert regions == ["Tartu", "Västra Götaland", "New York", "", "", ""]


@pytest.mark.parametrize(
    ("others", "query", "matched"),
    [
        (["Gorlitz", "Görlitz", "gorlitz", "ゴルリツ"], "gorlitz", "Görlitz"),
        (["valka", "Валка"], "valka", "Валка"),
        (["TARTU", "tartu"], "tartu", "Tartu"),
        (["Yurev", "Yur'yev", "Yuryevo"], "yur", "Yurev"),
        (["Tar"], "tar", "Tar"),
        (["Tarbatu"], "tar", "Tartu"),
    ],
)
def test_the_best_spelling_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: list[str], query: str, matched: str
) -> None:
    few = compiled(tmp_path / "few", monkeypatch, town(1, "Tartu", *others))

    assert [place.matched for place in few.find(query)] == [matched]


def test_codes_of_airports_are_no_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = compiled(tmp_path / "few", monkeypatch, town(1, "Tartu", "TAY", ""), town(2, "UTA"))

    assert few.find("TAY") == []
    assert ids(few.find("UTA")) == [2]


def test_a_failing_compilation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(_towns: object) -> Iterator[object]:
        yield "key", 0, "EE", 0, "text"
        raise MemoryError

    monkeypatch.setattr(compiling, "_towns", lambda: [town(1, "Tartu")])
    monkeypatch.setattr(compiling, "_names", breaking)

    with pytest.raises(MemoryError):
        compile_gazetteer(tmp_path / "few")
    assert list(tmp_path.iterdir()) == []


def test_a_failing_compilation_keeps_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = compiled(tmp_path / "few", monkeypatch, town(1, "Tartu"))
    monkeypatch.setattr(compiling, "_towns", lambda: [town(2, "Elva"), town(2, "Elva")])

    with pytest.raises(sqlite3.IntegrityError):
        compile_gazetteer(tmp_path / "few")
    assert ids(few.find("Tartu")) == [1]


def test_several_may_compile_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_towns", lambda: [town(1, "Tartu")])

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: compile_gazetteer(tmp_path / "few"), range(16)))

    assert counts == [1] * 16
    assert [path.name for path in tmp_path.iterdir()] == ["few"]
    assert ids(Gazetteer(tmp_path / "few").find("Tartu")) == [1]


def test_the_file_is_for_reading_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path / "few", monkeypatch, town(1, "Tartu"))

    assert oct((tmp_path / "few").stat().st_mode & 0o777) == oct(0o444)


def test_a_path_may_hold_any_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = compiled(tmp_path / "a place? #1 100%.sqlite3", monkeypatch, town(1, "Tartu"))

    assert ids(few.find("Tartu")) == [1]


def test_without_a_file_there_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Gazetteer(tmp_path / "none")


def test_a_folder_gets_its_gazetteer_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compilations: list[Path] = []

    def counting(path: Path) -> int:
        compilations.append(path)
        return compile_gazetteer(path)

    monkeypatch.setattr(compiling, "_towns", lambda: [town(1, "Tartu")])
    monkeypatch.setattr(module, "compile_gazetteer", counting)
    folder = tmp_path / "var"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: ids(gazetteer(folder).find("Tartu")), range(16)))

    assert found == [[1]] * 16
    assert [path.parent for path in compilations] == [folder]
    assert compilations[0].name.startswith("gazetteer-3.")


# By keys and by sound, as the reader asks


def test_many_keys_are_asked_at_once(world: Gazetteer) -> None:
    found = world.named(["valka", "gorlitz", "nowhereatall"], country="LV")

    assert {key: ids(places) for key, places in found.items()} == {"valka": [VALKA]}


def test_names_that_sound_alike_are_found(world: Gazetteer) -> None:
    by_sound = {(key, place.name) for key, place in world.sounding(["kvntr"], country="GB")}
    by_beginning = {place.name for _, place in world.sounding(["sgrsl"], country="PL", begins=True)}

    assert ("coventry", "Coventry") in by_sound
    assert "Zgorzelec" in by_beginning
    assert world.sounding([], country="PL") == []
