"""The shipped register, and a reader of answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import _no_collected_files, _present_day, register, shipped_rows

__all__ = ["_no_collected_files", "_present_day", "register", "shipped_rows"]

Ask = Callable[..., Any]


@pytest.fixture
def ask(db: None, client: Client) -> Ask:  # noqa: ARG001
    """Asks an address of the API and reads the JSON that it answers."""

    def asked(address: str, *, answers: int = 200, **query: str | int) -> Any:  # noqa: ANN401 - JSON
        where = address if address.startswith("http") else f"/api/v1/{address}"
        answer = client.get(where, query)
        assert answer.status_code == answers, answer.content.decode()[:2000]
        return answer.json()

    return asked
