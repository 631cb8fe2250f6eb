"""What all tests share: plain static files, quick passwords, a closed network, no developer's settings."""

import logging
import socket
from collections.abc import Callable

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation
from pytest_django import Settings

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

LOCAL = {"127.0.0.1", "::1", "localhost", ""}
_LOOK_UP = socket.getaddrinfo


class ClosedNetworkError(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Settings) -> None:
    """Pages name static files as they are; fingerprints need `collectstatic`, which `make demo` runs."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Passwords are hashed at once; what a site runs with takes half a second each (tests/accounts)."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _english() -> None:
    """A test begins in the site's own language, whatever page the one before it has read."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _heard() -> None:
    """What the house logs is heard, though a library of a test before has set up logging its own way."""
    logging.disable(logging.NOTSET)
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("twinhall") and isinstance(logger, logging.Logger):
            logger.disabled, logger.propagate = False, True
            logger.setLevel(logging.NOTSET)
    logging.root.setLevel(logging.INFO)


@pytest.fixture(autouse=True)
def _no_kept_pages(settings: Settings) -> None:
    """Nothing is kept between tests: their records come and go without a line in the log."""
    nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "pages": nothing}


@pytest.fixture(scope="session", autouse=True)
def _no_gazetteer_of_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a developer has compiled is not read: a test that needs towns makes them, or has them compiled."""
    settings.GAZETTEER = tmp_path_factory.getbasetemp() / "no gazetteer"


def _refusing(call: Callable[..., object], place: int) -> Callable[..., object]:
    """The call, for this machine only; ``place`` says which of its arguments is the address."""

    def guarded(*args: object, **kwargs: object) -> object:
        address = args[place]
        host = address[0] if isinstance(address, tuple) else address
        is_socket_file = call is not _LOOK_UP and isinstance(address, str)
        if host is not None and not is_socket_file and host not in LOCAL:
            raise ClosedNetworkError(f"A test tried to reach {host}.")
        return call(*args, **kwargs)

    return guarded


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to any other machine are refused, and so are questions for its address."""
    monkeypatch.setattr(socket.socket, "connect", _refusing(socket.socket.connect, 1))
    monkeypatch.setattr(socket.socket, "connect_ex", _refusing(socket.socket.connect_ex, 1))
    monkeypatch.setattr(socket.socket, "sendto", _refusing(socket.socket.sendto, -1))
    monkeypatch.setattr(socket, "getaddrinfo", _refusing(_LOOK_UP, 0))
