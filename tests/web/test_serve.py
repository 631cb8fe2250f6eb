"""The commands that a newcomer runs, as processes of their own: the demo, and the production server."""

import gzip
import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.web.reading import read
from tests.web.serving import free_port, served, twinhall


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where the demo has been made ready."""
    place = tmp_path_factory.mktemp("var")
    made = twinhall(place, "demo", "--no-serve")
    assert made.returncode == 0, made.stderr
    (place / "first.txt").write_text(made.stdout)
    return place


@pytest.fixture(scope="module")
def site(var: Path) -> Iterator[str]:
    with served(var) as address:
        yield address


def get(address: str, **headers: str) -> tuple[Message, bytes]:
    request = urllib.request.Request(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers, answer.read()


# The demo ----------------------------------------------------------------------------------------------


def test_the_demo_shows_its_progress(var: Path) -> None:
    lines = (var / "first.txt").read_text().splitlines()
    assert lines[:2] == ["Preparing the database …", "Loading the facts of five pages …"]
    assert re.fullmatch(r"  \d+ records, \d+ statements\.", lines[2])


def test_the_demo_made_again_changes_nothing(var: Path) -> None:
    database = var / "twinhall.sqlite3"
    before = database.read_bytes()
    again = twinhall(var, "demo", "--no-serve")
    assert (again.returncode, again.stdout.splitlines()) == (
        0,
        [
            "Preparing the database …",
            "Loading the facts of five pages …",
            "  All there already; nothing was changed.",
        ],
    )
    assert database.read_bytes() == before


# What cannot be served ---------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = twinhall(var, "serve", PORT=str(port))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"CommandError: Port {port} on 127.0.0.1 cannot be used (Address already in use). "
        f"Stop what listens there, or choose another: PORT={port + 1}.\n"
    )


def test_a_database_without_tables_is_told(tmp_path: Path) -> None:
    refused = twinhall(tmp_path, "serve", "--port", str(free_port()))
    assert (refused.returncode, refused.stderr) == (
        1,
        "CommandError: The database has old tables or none. Run: twinhall migrate\n",
    )


@pytest.mark.parametrize("port", ["http", "70000", "-1", "0", ""])
def test_a_port_that_is_none_is_told(tmp_path: Path, port: str) -> None:
    refused = twinhall(tmp_path, "serve", PORT=port)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (
        2,
        "twinhall serve: error: argument --port: "
        f"“{port}” is not a port. A port is a number from 1 to 65535.",
    )


# What is served ----------------------------------------------------------------------------------------


def test_the_banner_says_where_the_site_is_and_how_to_stop_it(var: Path, site: str) -> None:
    banner = f"\n  Twinhall is open at {site}/\n  Press Ctrl+C to stop.\n"
    assert (var / "serve.log").read_text().startswith(banner)


def test_the_site_answers(site: str) -> None:
    assert json.loads(get(f"{site}/healthz")[1]) == {"status": "ok"}
    shown = read(get(f"{site}/en/parties/valmiera/")[1].decode())
    assert shown.heading == "Valmiera"
    assert shown.language == "en"


def test_the_bare_address_leads_to_the_front_page(site: str) -> None:
    shown = read(get(f"{site}/", Accept_Language="lv")[1].decode())
    assert shown.language == "lv"


def files(site: str) -> list[str]:
    head = read(get(f"{site}/en/")[1].decode()).one("head")
    return [link.attributes["href"] for link in head.all("link") if "/static/" in link.attributes["href"]]


def test_static_files_are_fingerprinted(site: str) -> None:
    found = files(site)
    assert [name for name in found if not re.search(r"\.[0-9a-f]{12}\.(css|svg)$", name)] == []
    assert len(found) == 7


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_static_files_are_kept_for_long_and_sent_compressed(site: str, coding: str) -> None:
    css = next(name for name in files(site) if "base" in name)
    headers, body = get(f"{site}{css}", Accept_Encoding=coding)
    assert headers["Content-Encoding"] == coding
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert len(body) < int(get(f"{site}{css}")[0]["Content-Length"])


def test_fonts_that_a_style_names_are_there(site: str) -> None:
    fonts = next(name for name in files(site) if "inter" in name)
    css = get(f"{site}{fonts}")[1].decode()
    names = re.findall(r"url\(\"?([^\")]+)\"?\)", css)
    assert len(names) == 5
    for name in names:
        headers, body = get(f"{site}{fonts.rpartition('/')[0]}/{name}")
        assert (headers["Content-Type"], body[:4]) == ("font/woff2", b"wOF2")


def test_the_base_map_is_there_under_its_fingerprint(site: str) -> None:
    shown = read(get(f"{site}/en/parties/valmiera/")[1].decode())
    address, _, part = shown.one("figure", class_="map").all("use")[0].attributes["href"].partition("#")
    assert part == "land"
    headers, body = get(f"{site}{address}", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert b'id="land"' in gzip.decompress(body)


def test_pages_are_sent_compressed_and_with_the_headers_of_safety(site: str) -> None:
    headers, body = get(f"{site}/en/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert "default-src 'self'" in headers["Content-Security-Policy"].split("; ")
    assert read(gzip.decompress(body).decode()).heading == "Which towns work together, and who says so"


def test_an_unknown_address_is_not_found(site: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        get(f"{site}/en/parties/atlantis/")
    with refusal.value as answer:
        assert (answer.code, read(answer.read().decode()).heading) == (404, "There is no page at this address")


def test_the_log_is_one_line_of_json_for_each_refusal(var: Path, site: str) -> None:
    with pytest.raises(urllib.error.HTTPError):
        get(f"{site}/en/parties/?on=the-day-of-this-test")
    lines = [line for line in (var / "serve.log").read_text().splitlines() if "the-day-of-this-test" in line]
    assert len(lines) == 1
    said = json.loads(lines[0])
    assert (said["levelname"], said["name"], said["status_code"]) == ("WARNING", "django.request", 400)
