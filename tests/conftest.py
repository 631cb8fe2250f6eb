"""What all tests share: plain static files, a closed network, no settings of the developer's own."""

import socket
from typing import Any

import pytest

LOCAL = {"127.0.0.1", "::1", "localhost", ""}


class ClosedNetworkError(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Pages name static files as they are; fingerprints need `collectstatic`, which `make demo` runs."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to any other machine are refused, and so are questions for its address."""

    def guard(owner: Any, name: str, place: int) -> None:
        call = getattr(owner, name)

        def guarded(*args: Any, **kwargs: Any) -> Any:
            address = args[place]
            host = address[0] if isinstance(address, tuple) else address
            is_path = isinstance(address, str) and owner is socket.socket
            if host is not None and not is_path and host not in LOCAL:
                raise ClosedNetworkError(f"A test tried to reach {host}.")
            return call(*args, **kwargs)

        monkeypatch.setattr(owner, name, guarded)

    guard(socket.socket, "connect", 1)
    guard(socket.socket, "connect_ex", 1)
    guard(socket, "getaddrinfo", 0)
