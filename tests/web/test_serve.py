"""The commands that a newcomer runs, as processes of their own: the demo, and the production server."""

import gzip
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.reading import read
from tests.web.serving import free_port, get, served, towns, twinhall


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place where the demo has been made ready."""
    place = tmp_path_factory.mktemp("var")
    made = twinhall(place, "demo", "--no-serve", **towns(tmp_path_factory))
    assert made.returncode == 0, made.stderr
    (place / "first.txt").write_text(made.stdout)
    return place


@pytest.fixture(scope="module")
def site(var: Path) -> Iterator[str]:
    with served(var) as address:
        yield address


# The demo ----------------------------------------------------------------------------------------------


def test_the_demo_shows_its_progress(var: Path) -> None:
    lines = (var / "first.txt").read_text().splitlines()
    assert lines[:2] == ["Preparing the database …", "Loading the facts of five pages …"]
    assert re.fullmatch(r"  \d+ records, \d+ statements\.", lines[2])


def test_the_demo_names_people_to_sign_in_as(var: Path) -> None:
    lines = (var / "first.txt").read_text().splitlines()
    assert lines[3] == "Made up a year of the association’s meetings: 4."
    assert lines[4] == "People to sign in as, shown this once (new passwords: twinhall demo --users):"
    people = [re.fullmatch(r"  (\S+) +(\S{16}) +(.+)", line) for line in lines[5:]]
    assert [person and (person[1], person[3]) for person in people] == [
        ("officer@valmiera.example", "Ilze Kalniņa: officer, Valmiera"),
        ("secretary@citytwins.example", "Aino Lehtonen: secretary, City Twins Association"),
        ("coordinator@poznan.example", "Marek Zieliński: coordinator, Poznań"),
        ("officer@solna.example", "Karin Lindgren: officer, Solna"),
        ("admin@twinhall.example", "Kadri Tamm: administrator"),
    ]


def test_the_demo_made_again_changes_nothing(var: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    database = var / "twinhall.sqlite3"
    before = database.read_bytes()
    again = twinhall(var, "demo", "--no-serve", **towns(tmp_path_factory))
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
        (
            "twinhall serve: error: argument --port: "
            f"“{port}” is not a port. A port is a number from 1 to 65535."
        ),
    )


# The worker beside the server --------------------------------------------------------------------------


def test_a_worker_runs_beside_the_server_and_ends_with_it(var: Path) -> None:
    with served(var, worker=True):
        assert logged(var, "begins")
    assert logged(var, "has ended")


def logged(var: Path, what: str) -> bool:
    """Whether the worker says so in the log, now or within a minute."""
    end = time.monotonic() + 60
    while f"{what}." not in (var / "serve.log").read_text():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


# What is served ----------------------------------------------------------------------------------------


def test_the_banner_says_where_the_site_is_and_how_to_stop_it(var: Path, site: str) -> None:
    banner = f"\n  Twinhall is open at {site}/\n  Press Ctrl+C to stop.\n"
    assert (var / "serve.log").read_text().startswith(banner)


def test_the_site_answers(site: str) -> None:
    assert json.loads(get(site, "/healthz").body) == {"status": "ok"}
    shown = read(get(site, "/en/parties/valmiera/").body.decode())
    assert (shown.heading, shown.language) == ("Valmiera", "en")


def test_the_bare_address_leads_to_the_front_page(site: str) -> None:
    answer = get(site, "/", Accept_Language="lv")
    assert (answer.status, answer.headers["Location"]) == (302, "/lv/")


def files(site: str) -> list[str]:
    """The static files that the front page names."""
    head = read(get(site, "/en/").body.decode()).one("head")
    return [link.attributes["href"] for link in head.all("link") if "/static/" in link.attributes["href"]]


def test_static_files_are_fingerprinted(site: str) -> None:
    found = files(site)
    assert [name for name in found if not re.search(r"\.[0-9a-f]{12}\.(css|svg)$", name)] == []
    assert len(found) == 8


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_static_files_are_kept_for_long_and_sent_compressed(site: str, coding: str) -> None:
    css = next(name for name in files(site) if "base" in name)
    answer = get(site, css, Accept_Encoding=coding)
    assert {name: answer.headers[name] for name in ("Content-Encoding", "Cache-Control", "Content-Type")} == {
        "Content-Encoding": coding,
        "Cache-Control": "max-age=315360000, public, immutable",
        "Content-Type": 'text/css; charset="utf-8"',
    }
    assert len(answer.body) < len(get(site, css).body)


def test_fonts_that_a_style_names_are_there(site: str) -> None:
    style = next(name for name in files(site) if "inter" in name)
    names = re.findall(r"url\(\"?([^\")]+)\"?\)", get(site, style).body.decode())
    assert len(names) == 5
    for name in names:
        font = get(site, f"{style.rpartition('/')[0]}/{name}")
        assert (font.status, font.headers["Content-Type"], font.body[:4]) == (200, "font/woff2", b"wOF2")


def test_the_base_map_is_there_under_its_fingerprint(site: str) -> None:
    shown = read(get(site, "/en/parties/valmiera/").body.decode())
    address, _, part = shown.one("figure", class_="map").all("use")[0].attributes["href"].partition("#")
    drawing = get(site, address, Accept_Encoding="gzip")
    assert (part, drawing.headers["Content-Encoding"]) == ("land", "gzip")
    assert b'id="land"' in gzip.decompress(drawing.body)


def test_pages_are_sent_compressed_and_with_the_headers_of_safety(site: str) -> None:
    answer = get(site, "/en/", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"].split("; ")
    front = read(gzip.decompress(answer.body).decode())
    assert front.heading == "Which towns work together, and who says so"


def test_an_unknown_address_is_not_found(site: str) -> None:
    answer = get(site, "/en/parties/atlantis/")
    assert answer.status == 404
    assert read(answer.body.decode()).heading == "There is no page at this address"


def test_the_log_is_one_line_of_json_for_each_refusal(var: Path, site: str) -> None:
    assert get(site, "/en/parties/?on=the-day-of-this-test").status == 400
    lines = (var / "serve.log").read_text().splitlines()
    (line,) = [line for line in lines if "the-day-of-this-test" in line]
    said = json.loads(line)
    assert (said["levelname"], said["name"], said["status_code"]) == ("WARNING", "django.request", 400)
