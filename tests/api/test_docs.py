"""The examples of docs/api.md work: their addresses answer, their Python runs, their tables are complete."""

import json
import re
import shlex
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from django.test import Client

from tests.api.conftest import Ask
from tests.api.test_openapi import SNAPSHOT
from tests.house.documents import ROOT

pytestmark = pytest.mark.usefixtures("register")

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")
DEMO = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


CURLS = [shlex.split(line) for block in blocks("sh") for line in block.splitlines()]
SCHEMA: dict[str, Any] = json.loads(SNAPSHOT.read_text("utf-8"))


@pytest.fixture
def get(client: Client, db: None) -> Callable[..., httpx.Response]:  # noqa: ARG001
    """What ``httpx.get`` does, asked of the site itself."""

    def got(address: str, params: dict[str, str] | None = None) -> httpx.Response:
        answer = client.get(address.removeprefix(DEMO), params, SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
        request = httpx.Request("GET", address)
        return httpx.Response(answer.status_code, content=answer.content, request=request)

    return got


@pytest.mark.parametrize("words", CURLS, ids=lambda words: words[-1])
def test_an_address_that_curl_asks_is_answered(client: Client, db: None, words: list[str]) -> None:  # noqa: ARG001
    *options, address = words
    assert options[0] == "curl"
    assert address.startswith(f"{DEMO}/api/v1/")
    assert client.get(address.removeprefix(DEMO)).status_code == 200


@pytest.mark.parametrize("code", blocks("python"), ids=range(len(blocks("python"))))
def test_the_python_runs(
    get: Callable[..., httpx.Response],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(httpx, "get", get)
    exec(compile(code, "docs/api.md", "exec"), vars(SimpleNamespace()))  # noqa: S102 - our own document
    assert capsys.readouterr().out.strip()


def test_the_days_tell_what_the_text_says(
    get: Callable[..., httpx.Response], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(httpx, "get", get)
    code = next(block for block in blocks("python") if "solna" in block)
    exec(compile(code, "docs/api.md", "exec"), {})  # noqa: S102 - our own document
    assert capsys.readouterr().out == "1990-06-01 unknown since 1991\n1999-12-31 in force since 1991\n"


def test_the_r_asks_an_address_and_parameters_that_there_are(ask: Ask) -> None:
    (code,) = blocks("r")
    found = re.search(r'request\("([^"]+)"\)', code)
    query = re.search(r"req_url_query\((.*)\)", code)
    assert found
    assert query
    asked = {name: value.strip('"') for name, value in re.findall(r"(\w+) = (\"[^\"]*\"|\d+)", query[1])}
    kinds = {tie["kind"] for tie in ask(found[1].removeprefix(DEMO + "/api/v1/"), **asked)["results"]}
    assert "twinning" in kinds


def test_the_problem_is_one_that_is_told(client: Client, db: None) -> None:  # noqa: ARG001
    (told,) = [json.loads(block) for block in blocks("json")]
    answer = client.get(told["instance"], SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    assert answer.json() == told


def rows(head: str) -> list[tuple[list[str], list[str]]]:
    """The rows of the table that begins with this head: the code in the first cell, and after it."""
    table = TEXT[TEXT.index(f"| {head} |") :].partition("\n\n")[0].splitlines()[2:]
    cells = [line.strip("| ").split(" | ", 1) for line in table]
    return [(re.findall("`([^`]+)`", first), re.findall("`([^`]+)`", rest)) for first, rest in cells]


def test_every_address_stands_in_the_table() -> None:
    told = {
        address.replace("{id}", "{number}").partition("?")[0]
        for names, _ in rows("address")
        for address in names
    }
    assert {f"/api/v1/{address}" for address in told} == set(SCHEMA["paths"])


def test_every_filter_stands_in_the_table() -> None:
    everywhere = {"limit", "cursor", "If-None-Match"}
    for (address,), filters in rows("list"):
        parameters = SCHEMA["paths"][f"/api/v1/{address}"]["get"]["parameters"]
        assert set(filters) == {parameter["name"] for parameter in parameters} - everywhere
