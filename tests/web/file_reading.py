"""Lists as files, read by the tools that others read them with."""

import csv
import io
import json
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

FILES = {
    "parties": ("parties", "csv geojson xlsx"),
    "partnerships": ("partnerships", "csv geojson xlsx"),
    "networks": ("networks", "csv xlsx"),
    "members": ("networks/city-twins-association/members", "csv geojson xlsx"),
    "projects": ("projects", "csv xlsx"),
}
EVERY = [(name, f"/en/{path}.{suffix}") for name, (path, all_) in FILES.items() for suffix in all_.split()]


def body(answer: HttpResponseBase) -> bytes:
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer)


def table(client: Client, address: str, **asked: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = body(client.get(address, asked)).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def features(client: Client, address: str, **asked: str) -> dict[str, Any]:
    """The features of a GeoJSON file, by their identifiers."""
    found = json.loads(body(client.get(address, asked)))
    assert found["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in found["features"]}
