"""The description of the API, put into the parts that its page for people shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twinhall.api.errors import KINDS, Kind

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A parameter of an operation, or a field of an answer."""

    name: str
    type: str
    words: str
    type_href: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Operation:
    """What an address answers."""

    id: str
    address: str
    summary: str
    description: str
    parameters: Sequence[Fact]
    answer: str
    try_href: str


@dataclass(frozen=True)
class Group:
    """The operations on one subject."""

    name: str
    words: str
    operations: Sequence[Operation]


@dataclass(frozen=True)
class Record:
    """A part of answers, with its fields."""

    name: str
    words: str
    fields: Sequence[Fact]


def page_of(schema: Schema) -> dict[str, object]:
    """The context of the page."""
    operations = [
        (operation["tags"][0], _operation(path, operation))
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    problems: Sequence[Kind] = KINDS
    return {
        "section": "",
        "title": schema["info"]["title"],
        "words": schema["info"]["description"],
        "groups": [
            Group(tag["name"], tag["description"], [o for name, o in operations if name == tag["name"]])
            for tag in schema["tags"]
        ],
        "records": list(_records(schema["components"]["schemas"])),
        "problems": problems,
    }


def _operation(path: str, operation: Schema) -> Operation:
    content = operation["responses"]["200"]["content"]["application/json"]["schema"]
    words = operation["description"]
    return Operation(
        id=operation["operationId"],
        address=path,
        summary=operation["summary"].removesuffix("."),
        description="" if words == operation["summary"] else words,
        parameters=[
            _parameter(parameter) for parameter in operation["parameters"] if parameter["in"] == "query"
        ],
        answer=content["$ref"].rpartition("/")[2],
        try_href="" if "{" in path else path + ("?q=valga" if path.endswith("/search/") else ""),
    )


def _parameter(parameter: Schema) -> Fact:
    kept = parameter["schema"]
    words = [parameter.get("description", "")]
    if "enum" in kept:
        words.append("One of: " + ", ".join(kept["enum"]) + ".")
    if "minimum" in kept and "maximum" in kept:
        words.append(f"From {kept['minimum']} to {kept['maximum']}.")
    if kept.get("default"):
        words.append(f"{kept['default']}, where none is given.")
    elif "example" in parameter:
        words.append(f"Such as {parameter['example']}.")
    name, required = parameter["name"], parameter["required"]
    return Fact(name, kept.get("format", kept["type"]), " ".join(w for w in words if w), "", required)


def _records(schemas: Schema) -> Iterator[Record]:
    for name, kept in schemas.items():
        fields = [_field(field, of) for field, of in kept.get("properties", {}).items()]
        yield Record(name, kept.get("description", ""), fields)


def _field(name: str, kept: Schema) -> Fact:
    type_, record = _type(kept)
    return Fact(name, type_, kept.get("description", ""), f"#{record}" if record else "")


def _type(kept: Schema) -> tuple[str, str]:
    """What a field holds, in words, and the record that it names, if it names one."""
    if "$ref" in kept:
        record = kept["$ref"].rpartition("/")[2]
        return record, record
    if "anyOf" in kept:
        kinds = [_type(choice) for choice in kept["anyOf"]]
        return " or ".join(dict.fromkeys(kind for kind, _ in kinds)), kinds[0][1]
    if kept.get("type") == "array":
        item, record = _type(kept["items"])
        return f"list of {item}", record
    if kept.get("type") == "object":
        return "object", ""
    return kept.get("format") or kept.get("type", ""), ""
