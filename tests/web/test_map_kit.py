"""What the scripts of the maps are given: files that are there, words that MapLibre knows, land to read."""

import re
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation

from tests.web.test_settings_security import start
from twinhall.web.kit import LIBRARY, map_kit
from twinhall.web.maps import BASEMAP_WIDTH

SCRIPTS = ("entry", "ground", "panel", "parties", "party", "sphere", "stage", "thinning", "ties")


def file(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


@pytest.fixture
def plain_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses without fingerprints: no file has been collected."""
    monkeypatch.setattr("twinhall.web.kit.static", lambda name: f"/static/{name}")


@pytest.mark.usefixtures("plain_addresses")
def test_every_file_is_there() -> None:
    kit = map_kit()
    sheets = kit["styles"]
    assert isinstance(sheets, list)
    for address in (kit["library"], kit["worker"], kit["ground"], *sheets):
        assert file(str(address).removeprefix("/static/")).stat().st_size > 1000
    assert "3-Clause" in file(f"{LIBRARY}/maplibre-gl.mjs").read_text(encoding="utf-8")[:300]
    assert "Redistribution" in file(f"{LIBRARY}/LICENSE.txt").read_text(encoding="utf-8")
    assert kit["style"] == ""


@pytest.mark.usefixtures("plain_addresses")
def test_maplibre_knows_every_word_that_it_is_given() -> None:
    library = file(f"{LIBRARY}/maplibre-gl.mjs").read_text(encoding="utf-8")
    words = map_kit()["words"]
    assert isinstance(words, dict)
    assert len(words) > 5
    assert [word for word in words if word not in library] == []
    with translation.override("et"):
        assert set(words) == set(map_kit()["words"])  # type: ignore[call-overload]


def test_scripts_import_only_what_is_there() -> None:
    for name in SCRIPTS:
        text = file(f"web/maps/{name}.js").read_text(encoding="utf-8")
        for wanted in re.findall(r'(?:from |: )"\./([a-z]+)\.js"', text):
            assert wanted in SCRIPTS, (name, wanted)
        assert "http" not in text, name


def test_the_land_is_written_as_the_script_reads_it() -> None:
    """ground.js takes paths of “m”, “l” and “z” with whole numbers, and the width of the world."""
    drawing = file("core/basemap.svg").read_text(encoding="utf-8")
    paths = re.findall(r' d="([^"]*)"', drawing)
    assert len(paths) > 200
    assert [path[:40] for path in paths if not re.fullmatch(r"(m-?\d+[ -]\d+l[-\d ]+z)+", path)] == []
    assert f"const WIDTH = {BASEMAP_WIDTH};" in file("web/maps/ground.js").read_text(encoding="utf-8")


# A style of the operator's own ------------------------------------------------------------------------

POLICY = """
import django
django.setup()
from django.conf import settings
told = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
print(settings.MAP_STYLE, told.get("connect-src"), told["img-src"], told["default-src"])
"""


def policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **settings: str
) -> "subprocess.CompletedProcess[str]":
    monkeypatch.setattr("tests.web.test_settings_security.ASK", POLICY)
    return start(tmp_path, **settings)


def test_hosts_of_a_style_are_let_in_for_data_and_pictures_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    style = "https://maps.example.org/quiet/style.json?key=1"
    told = policy(
        tmp_path, monkeypatch, TWINHALL_MAP_STYLE=style, TWINHALL_MAP_HOSTS="https://tiles.example.org"
    )
    hosts = "'https://maps.example.org', 'https://tiles.example.org'"
    assert told.stdout == f"""{style} ["'self'", {hosts}] ["'self'", 'data:', {hosts}] ["'self'"]\n"""


@pytest.mark.parametrize("style", ["http://maps.example.org/style.json", "style.json", "https:///x"])
def test_a_style_must_be_at_a_safe_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    told = policy(tmp_path, monkeypatch, TWINHALL_MAP_STYLE=style)
    assert told.stderr.splitlines()[-1].endswith(
        "TWINHALL_MAP_STYLE must be an address that begins with https://."
    )
