"""The API is tried with what its own description allows, and with what it does not."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from tests.api.test_openapi import SNAPSHOT

pytestmark = pytest.mark.usefixtures("register")

KNOWN = {
    "country": "LV",
    "partner_country": "SE",
    "region": "LV.31",
    "partner_region": "SE.26",
    "party": "valmiera",
    "network": "city-twins-association",
    "programme": "europe-for-citizens",
}
"""Names that only the register knows: any other of the right form is refused, as it should be."""


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The site, made when it is first asked."""
    return _handler()(environ, start)


schema = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text("utf-8")))
schema.app = application


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The end of a request would close the connection that the test's register lives in."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=3, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
def test_the_api_keeps_to_its_description(case: schemathesis.Case[Any], db: None) -> None:  # noqa: ARG001
    if case.meta and case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE and case.query:
        case.query = {name: KNOWN.get(name, value) for name, value in case.query.items() if name != "cursor"}
    case.call_and_validate(headers={"Accept-Encoding": "identity"})  # its client unpacks nothing
