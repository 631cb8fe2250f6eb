"""Addresses that strangers give us, and which machines of the internet they may lead to.

A name may stand for another machine each time it is asked for. So it is asked for once for each request, what
came is checked, and the connection goes to exactly that (``connection.py``). No setting changes the check.
"""

import ipaddress
import socket
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}

# The special-purpose registries of IANA, without what is reached like any other machine. Some clouds answer
# their machines at an address that looks public: 168.63.129.16 is Azure's.
_CLOSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
]
_OPEN_6 = ipaddress.IPv6Network("2000::/3")  # all global unicast addresses; the rest is for other uses
_CLOSED_6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")  # 2001::/32 and 2002:: hold IPv4
]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 in its last 32 bits


class FetchError(Exception):
    """A page cannot be had; the words are for people, and say what they can do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is: of an address what is asked for, without a fragment, in ASCII."""

    scheme: str
    host: str
    """Without the brackets of IPv6."""
    port: int
    target: str
    """Path and query."""

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address and in the header ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        return self.origin + self.target

    def leads_to(self, location: str) -> "Place":
        """Where a redirect leads; FetchError where it must not lead."""
        try:
            return place(urljoin(self.url, _as_utf8(location)))
        except ValueError as error:
            raise FetchError(_no_address(location)) from error


def place(url: str) -> Place:
    """The place that an address names; FetchError where it is none that we go to."""
    try:
        parts = parse_url(url.strip())
    except (LocationParseError, ValueError) as error:
        raise FetchError(_no_address(url)) from error
    if parts.scheme not in PORTS:
        raise FetchError(_("The address must begin with https:// or http://."))
    if parts.auth is not None:
        raise FetchError(_("The address holds a name or a password. Give it without."))
    port = parts.port or PORTS[parts.scheme]
    if port not in PORTS.values():
        raise FetchError(
            _("Only pages at the usual ports, 80 and 443, are read; this is %(port)d.") % {"port": port}
        )
    host = (parts.host or "").removeprefix("[").removesuffix("]")
    if not _is_host(host) or not url.strip().replace(" ", "-").isprintable():
        raise FetchError(_no_address(url))
    return Place(parts.scheme, host, port, parts.request_uri)


def _is_host(host: str) -> bool:
    """Whether it is an IP address in its plain form, or a name: 127.1, 0x7f.1 and 2130706433 are neither."""
    try:
        return not getattr(ipaddress.ip_address(host), "scope_id", None)
    except ValueError:
        last = host.removesuffix(".").rpartition(".")[2]
        return bool(last) and not last[0].isdecimal() and host.isascii()


def _as_utf8(location: str) -> str:
    """A header is read as Latin-1; browsers and servers take addresses to be UTF-8."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _no_address(url: str) -> str:
    return _("“%(address)s” is no address of a page. Copy it from the browser.") % {"address": url[:200]}


def is_public(address: Address) -> bool:
    """Whether an address is of the internet that everybody reaches, and not of a machine's own surroundings.

    It is not where it is private, shared (100.64/10), loopback, link-local (there clouds keep their secrets),
    multicast, reserved, for examples, or carries an IPv4 address that is one of these.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def addresses(place: Place, *, seconds: float) -> list[str]:
    """The addresses of a place, asked for once, best first; FetchError where not each of them is public."""
    found = list(dict.fromkeys(_looked_up(place, seconds)))
    if not all(is_public(ipaddress.ip_address(address)) for address in found):
        raise FetchError(
            _("“%(host)s” is a machine of an inner network. Only pages that everybody can open are read.")
            % {"host": place.host}
        )
    return found


def _looked_up(place: Place, seconds: float) -> list[str]:
    """What the system says; in a thread of its own, as the question has no time limit itself."""
    answer: SimpleQueue[list[str]] = SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answer.put([str(entry[4][0]) for entry in found])

    Thread(target=look_up, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        found = []
    if not found:
        raise FetchError(
            _("No machine called “%(host)s” is found. Check the address, or try again later.")
            % {"host": place.host}
        )
    return found
