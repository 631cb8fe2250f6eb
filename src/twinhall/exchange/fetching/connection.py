"""One request to one machine: the connection goes to an address that was checked, and ends in time."""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from http.client import HTTPException
from importlib.metadata import version
from threading import Timer

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from twinhall.exchange.fetching.places import FetchError, Place, addresses

_CONNECT = 5.0
_CHUNK = 1 << 16
_PACKINGS = {"", "identity", "gzip", "x-gzip", "deflate"}


class Clock:
    """Counts how much is left of the time that a whole visit may take, in seconds."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def left(self) -> float:
        """More than nothing; FetchError where the time is over."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left

    def too_slow(self) -> FetchError:
        return FetchError(_("The site answers too slowly. Try again later, or save the page and upload it."))

    @contextmanager
    def cutting(self, sock: socket.socket) -> Iterator[None]:
        """Cut a connection off when the time is over: a timeout alone begins anew with each byte."""
        timer = Timer(self.left(), _cut, [sock])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(
            sock, socket.SHUT_RDWR
        )  # of TLS too, whose own shutdown is not for other threads


@contextmanager
def asked(place: Place, *, accept: str, clock: Clock) -> Iterator[HTTPResponse]:
    """What a machine answers, its body still to be read (``body``); FetchError for whatever goes wrong."""
    try:
        with closing(_connected(place, clock)) as connection, clock.cutting(connection.sock):
            connection.timeout = clock.left()
            connection.request(
                "GET",
                place.target,
                headers={
                    "Host": place.netloc,
                    "User-Agent": user_agent(),
                    "Accept": accept,
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                },
                preload_content=False,
            )
            with closing(connection.getresponse()) as response:
                yield response
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            _(
                "The certificate of %(host)s cannot be trusted: %(why)s. "
                "Tell the city, or save the page and upload it."
            )
            % {"host": place.host, "why": error.verify_message}
        ) from error
    except (HTTPError, HTTPException, OSError) as error:
        if clock.is_over:
            raise clock.too_slow() from error
        raise FetchError(
            _("%(host)s cannot be reached, or breaks off. Try again later.") % {"host": place.host}
        ) from error


def body(response: HTTPResponse, *, most: int, clock: Clock) -> bytes:
    """The body, unpacked; of a larger one ``most`` bytes and one more. FetchError where the time is over."""
    if response.headers.get("Content-Encoding", "").strip().lower() not in _PACKINGS:
        raise FetchError(_("The site packs the page in a way that was not asked for. Save it and upload it."))
    read = bytearray()
    while len(read) <= most and (piece := response.read1(_CHUNK)):
        read += piece
        clock.left()
    clock.left()  # a connection that was cut off looks like one that has ended
    return bytes(read[: most + 1])


def user_agent() -> str:
    """Who asks, and whom to write to where the operator has said so."""
    contact = settings.OPERATOR_EMAIL
    is_safe = contact.isascii() and contact.isprintable() and not set(contact) & set("()\\")
    return f"Twinhall/{version('twinhall')}" + (f" (+{contact})" if contact and is_safe else "")


def _connected(place: Place, clock: Clock) -> HTTPConnection:
    """A connection to the first address of a place that takes one."""
    fault: Exception = OSError()
    for address in addresses(place, seconds=clock.left()):
        connection = _connection(place, address, seconds=min(_CONNECT, clock.left() / 2))
        try:
            connection.connect()
        except ssl.SSLError:
            connection.close()
            raise
        except (HTTPError, OSError) as error:
            connection.close()
            fault = error
        else:
            return connection
    raise fault


def _connection(place: Place, address: str, *, seconds: float) -> HTTPConnection:
    """Goes to the address and past all proxies; TLS asks for, and believes, the name alone.

    ``seconds`` are for connecting, and as many again for agreeing on keys.
    """
    if place.scheme == "http":
        return HTTPConnection(address, place.port, timeout=seconds)
    return HTTPSConnection(
        address, place.port, timeout=seconds, server_hostname=place.host, ssl_context=_trust()
    )


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that the system trusts."""
    return ssl.create_default_context()
