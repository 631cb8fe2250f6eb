"""The description of the API (OpenAPI 3.1): what Ninja works out, completed with what holds everywhere."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from twinhall.api.errors import (
    AWAY,
    BAD_CURSOR,
    BAD_PARAMETER,
    FAULT,
    GONE,
    KINDS,
    MEDIA_TYPE,
    NOT_ALLOWED,
    NOT_FOUND,
    Kind,
)
from twinhall.api.examples import EXAMPLES
from twinhall.api.schemas.problems import Problem

DESCRIPTION = (
    "The register of town twinning: which towns and regions work together, since when, on what basis, and "
    "who says so. Reading is open and needs no key. Dates are as exact as they are known: `1991`, `2013-06`, "
    "`2006-12-13`. Statuses follow from dated acts, so lists of ties answer for any day (`as_of`). Each "
    "source has its own licence; name the sources of what you take."
)

TAGS = {
    "parties": "Towns, districts, regions, associations, institutions: whoever can act.",
    "partnerships": "Ties of two or more parties, with their acts, their sides, and what is said of them.",
    "networks": "Associations that parties are members of.",
    "memberships": "Parties' places in networks.",
    "projects": "Joint projects, their partners and their money.",
    "sources": "Where the facts come from, and what each source states.",
    "disagreements": "Where sources disagree.",
    "search": "Records by any of their names.",
}
_HEADERS = {
    "ETag": {
        "description": "Send it back as If-None-Match, and what has not changed is answered with 304.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "How long the answer may be kept.", "schema": {"type": "string"}},
}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_NOT_CHANGED = {"description": "Not changed since the ETag that was sent.", "headers": _HEADERS}
_MOVED = {
    "description": "It was merged into another record.",
    "headers": {"Location": {"description": "Its address.", "schema": {"type": "string"}}},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the answer that you have.",
    "schema": {"type": "string"},
}


def completed(schema: OpenAPISchema) -> dict[str, Any]:
    """The description with what every operation may answer besides, and with words on its tags."""
    parts = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    records: dict[str, Any] = {**schema["components"]["schemas"], **parts.pop("$defs"), "Problem": parts}
    for path, operation in _operations(schema):
        _complete(path, operation)
    named = {"Problem", *_named({"paths": schema["paths"], "records": records})}
    told: dict[str, Any] = _unwrapped(
        {
            **{name: schema[name] for name in ("openapi", "info")},
            "servers": [{"url": "/"}],
            "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
            "paths": schema["paths"],
            "components": {
                "schemas": {name: _open(name, records[name]) for name in sorted(named)},
                "responses": {"not-changed": _NOT_CHANGED, "moved": _MOVED}
                | {kind.name: _problem(kind) for kind in KINDS},
            },
        }
    )
    return told


def _named(part: Mapping[str, Any]) -> set[str]:
    """The records that a part of the description names."""
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part)))


def _open(name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as it is promised: it may get more fields; names of fields need no titles."""
    fields = {
        field: {k: v for k, v in kept.items() if k != "title"} for field, kept in record["properties"].items()
    }
    kept = {key: value for key, value in record.items() if key not in {"additionalProperties", "title"}}
    example = {"example": EXAMPLES[name]} if name in EXAMPLES else {}
    return {**kept, "properties": fields, **example}


def _unwrapped(part: Any) -> Any:  # noqa: ANN401 - any part of a description
    """Descriptions stand in docstrings, line by line; here each is one line."""
    if isinstance(part, list):
        return [_unwrapped(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: " ".join(value.split())
        if name == "description" and isinstance(value, str)
        else _unwrapped(value)
        for name, value in part.items()
    }


def _operations(schema: OpenAPISchema) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            yield path, operation


def _complete(path: str, operation: dict[str, Any]) -> None:
    description = operation.get("description", "")
    operation["summary"], _, rest = description.partition("\n\n")
    operation["description"] = rest or operation["summary"]
    for parameter in operation["parameters"]:
        _tidy(parameter)
    responses = operation["responses"]
    responses[200]["headers"] = _HEADERS
    responses[304] = _ref("not-changed")
    if "{slug}" in path:
        responses[301] = _ref("moved")
    for kind in _problems(path, operation):
        responses[int(kind.status)] = _ref(kind.name)
    operation["parameters"].append(IF_NONE_MATCH)
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


def _problems(path: str, operation: dict[str, Any]) -> Iterator[Kind]:
    yield BAD_PARAMETER
    if any(parameter["name"] == "cursor" for parameter in operation["parameters"]):
        yield BAD_CURSOR
    if "{" in path:
        yield NOT_FOUND
    if "{slug}" in path or "memberships/{number}" in path:
        yield GONE
    yield from (NOT_ALLOWED, FAULT, AWAY)


def _problem(kind: Kind) -> dict[str, Any]:
    example = {
        "type": f"https://twinhall.example/api/v1/docs#{kind.name}",
        "title": kind.title,
        "status": int(kind.status),
        "detail": kind.advice,
        "instance": "/api/v1/parties/?limit=0",
    }
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    answer: dict[str, Any] = {"description": f"{kind.title}.", "content": {MEDIA_TYPE: content}}
    if kind is AWAY:
        answer["headers"] = _RETRY
    return answer


NONE_GIVEN = (None, "", 0)
"""Defaults that stand for a filter that is left out."""


def _tidy(parameter: dict[str, Any]) -> None:
    """No parameter can be null; one that is left out has no empty text either."""
    kept = parameter["schema"]
    choices = [choice for choice in kept.pop("anyOf", []) if choice.get("type") != "null"]
    for choice in choices:
        kept.update(choice)
    for name in ("title", "description", *(["default"] if kept.get("default") in NONE_GIVEN else [])):
        kept.pop(name, None)
    examples = kept.pop("examples", None)
    parameter.pop("examples", None)
    if examples:
        parameter["example"] = examples[0]
    if parameter["in"] == "path":
        parameter["description"] = PATHS[parameter["name"]]
        kept.update({"pattern": "^[-a-zA-Z0-9_]+$"} if parameter["name"] == "slug" else {"minimum": 0})


PATHS = {
    "slug": "What the record is called in addresses.",
    "number": "The number of the record (`id`).",
}
