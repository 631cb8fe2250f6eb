"""The description of the API is what was promised, and the API keeps to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from twinhall.api.api import api
from twinhall.api.examples import EXAMPLES
from twinhall.api.schemas.partnerships import ActRow, ListedPartnership, Sides
from twinhall.api.schemas.references import PartyRef
from twinhall.api.schemas.search import Found
from twinhall.api.schemas.statements import SourceRef, Statement
from twinhall.api.views import description

SNAPSHOT = Path(__file__).parent / "openapi.json"
RENEW = (
    "The API's description has changed. If that is meant, renew it with\n"
    "  .venv/bin/python -m tests.api.renew\n"
    "and look at the difference: what others rely on may get more, but not less."
)


def text() -> str:
    """The description as the snapshot holds it."""
    return json.dumps(api.described(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return api.described()


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {path: methods["get"] for path, methods in schema["paths"].items()}


def test_the_description_is_the_one_that_was_promised() -> None:
    assert SNAPSHOT.read_text("utf-8") == text(), RENEW


def test_it_is_served(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.content == description()
    assert answer.json() == json.loads(SNAPSHOT.read_text("utf-8"))


def test_every_address_is_read_only_and_under_its_version(schema: dict[str, Any]) -> None:
    assert {method for methods in schema["paths"].values() for method in methods} == {"get"}
    assert {path[:8] for path in schema["paths"]} == {"/api/v1/"}


def test_every_operation_parameter_and_record_is_described(schema: dict[str, Any]) -> None:
    for path, operation in operations(schema).items():
        assert operation["summary"].endswith("."), path
        assert operation["description"], path
        assert [p["name"] for p in operation["parameters"] if not p.get("description")] == [], path
    assert [
        name for name, kept in schema["components"]["schemas"].items() if not kept.get("description")
    ] == []


def test_every_record_that_is_named_is_there_and_every_one_there_is_named(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    schemas, responses = (schema["components"][kind] for kind in ("schemas", "responses"))
    assert {name for name in schemas if f'"#/components/schemas/{name}"' not in text} == set()
    assert {name for name in responses if f'"#/components/responses/{name}"' not in text} == set()


def test_every_operation_tells_how_it_refuses(schema: dict[str, Any]) -> None:
    everywhere = {"200", "304", "405", "422", "500", "503"}
    told = {path: set(operation["responses"]) - everywhere for path, operation in operations(schema).items()}
    assert told["/api/v1/parties/"] == {"400"}
    assert told["/api/v1/parties/{slug}/"] == {"301", "404", "410"}
    assert told["/api/v1/networks/{slug}/memberships/"] == {"301", "400", "404", "410"}
    assert told["/api/v1/memberships/{number}/"] == {"404", "410"}
    assert told["/api/v1/sources/{number}/"] == {"404"}
    assert all(everywhere <= set(operation["responses"]) for operation in operations(schema).values())


def test_the_examples_are_whole_records(schema: dict[str, Any]) -> None:
    schemas = schema["components"]["schemas"]
    assert len(EXAMPLES) > 5
    assert {name: set(example) for name, example in EXAMPLES.items()} == {
        name: set(schemas[name]["properties"]) for name in EXAMPLES
    }
    models = {
        model.__name__: model
        for model in (PartyRef, SourceRef, Statement, Sides, ActRow, ListedPartnership, Found)
    }
    assert all(models[name].model_validate(example) for name, example in EXAMPLES.items())


def test_problems_have_their_own_media_type(schema: dict[str, Any]) -> None:
    responses = schema["components"]["responses"]
    problems = {name: list(kept["content"]) for name, kept in responses.items() if "content" in kept}
    assert set(problems) == set(responses) - {"moved", "not-changed"}
    assert all(media == ["application/problem+json"] for media in problems.values())
