import socket
from collections.abc import Iterator

import pytest

from tests.exchange.fetching.internet import OTHER, SITE, Internet, Site, page, serving


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch, _closed_network: None) -> Internet:
    """An internet without a single machine."""
    internet = Internet()
    monkeypatch.setattr(socket, "getaddrinfo", internet.look_up)

    def connect(sock: socket.socket, address: tuple[str, int]) -> None:
        internet.connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return internet


@pytest.fixture
def site(internet: Internet) -> Iterator[Site]:
    """city.example, with a page at /partners."""
    with serving() as site:
        site.pages["/partners"] = page()
        internet.put("city.example", SITE, site)
        yield site


@pytest.fixture
def other(internet: Internet) -> Iterator[Site]:
    """other.example, with a page at /partners."""
    with serving() as other:
        other.pages["/partners"] = page()
        internet.put("other.example", OTHER, other)
        yield other
