"""Visits of pages: what robots.txt says, redirects, what came, and a pause before the next at a host."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from threading import Lock
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _
from urllib3 import HTTPResponse

from twinhall.exchange.fetching.connection import Clock, asked, body
from twinhall.exchange.fetching.places import FetchError, Place, place
from twinhall.exchange.fetching.robots import Rules, read_rules

T = TypeVar("T")

MEDIA_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_UNNAMED = frozenset({"", "application/octet-stream"})
_ACCEPT = ", ".join(sorted(MEDIA_TYPES))
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS = 500 << 10  # what RFC 9309 asks to be read at least
_REMEMBERED = 1000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a visit may take. Times in seconds; ``most`` in bytes, unpacked."""

    whole: float = 20.0
    """From the first question, of robots.txt and redirects too, to the last byte."""
    most: int = 20_000_000
    redirects: int = 5
    pause: float = 1.0
    """Between two visits of a host. What one visit takes, robots.txt and redirects, is asked for at once."""
    remember: float = 3600.0
    """How long what robots.txt said is kept."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. ``media_type`` is empty where the site does not name it: its content must tell.

    ``charset`` is what the site says, or empty. ``url`` is where the page was in the end, without a fragment.
    """

    data: bytes
    media_type: str
    charset: str
    url: str
    fetched_at: dt.datetime


class Visitor:
    """Visits pages. Threads may share it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = Lock()
        self._free_at: dict[str, float] = {}
        self._rules: dict[str, tuple[float, Rules]] = {}

    def fetch(self, url: str) -> Fetched:
        """The page at an address; FetchError where there is none that may be read."""
        clock = Clock(self.limits.whole)
        visited: set[str] = set()

        def arrive(place: Place) -> None:
            if place.host not in visited:
                visited.add(place.host)
                self._wait(place.host, clock)
            self._ask_robots(place, clock)

        try:
            return self._visit(place(url), clock, arrive, self._page)
        finally:
            for host in visited:
                self._leave(host)

    def _visit(
        self,
        place: Place,
        clock: Clock,
        arrive: Callable[[Place], None],
        take: Callable[[Place, HTTPResponse, Clock], T],
    ) -> T:
        """What ``take`` makes of the answer at the end of all redirects; ``arrive`` is asked before each."""
        for _hop in range(self.limits.redirects + 1):
            arrive(place)
            with asked(place, accept=_ACCEPT, clock=clock) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or not location:
                    return take(place, response, clock)
                place = place.leads_to(location)
        raise FetchError(_("The address leads on and on. Give the one that the browser ends at."))

    def _page(self, place: Place, response: HTTPResponse, clock: Clock) -> Fetched:
        if response.status != HTTPStatus.OK:
            raise FetchError(_refusal(response.status))
        media_type, charset = _kind(response)
        length = response.headers.get("Content-Length", "")
        is_large = length.isdecimal() and int(length[:20]) > self.limits.most
        data = b"" if is_large else body(response, most=self.limits.most, clock=clock)
        if is_large or len(data) > self.limits.most:
            raise FetchError(
                _("The page is larger than %(megabytes)d MB; such are not read.")
                % {"megabytes": self.limits.most // 1_000_000}
            )
        return Fetched(data, media_type, charset, place.url, timezone.now())

    # robots.txt -----------------------------------------------------------------------------------------

    def _ask_robots(self, place: Place, clock: Clock) -> None:
        """FetchError where the site asks machines not to read the page, or cannot say whether it does."""
        until, rules = self._rules.get(place.origin, (0.0, Rules()))
        if until < time.monotonic():
            robots = Place(place.scheme, place.host, place.port, "/robots.txt")
            rules = self._visit(robots, clock, lambda _place: None, _rules)
            self._remember(place.origin, rules)
        if not rules.allow(place.target):
            raise FetchError(
                _(
                    "%(host)s asks machines not to read this page (robots.txt). "
                    "Open it yourself, and upload it or paste its text."
                )
                % {"host": place.host}
            )

    def _remember(self, origin: str, rules: Rules) -> None:
        with self._lock:
            if len(self._rules) >= _REMEMBERED:
                self._rules.clear()
            self._rules[origin] = (time.monotonic() + self.limits.remember, rules)

    # The pause ------------------------------------------------------------------------------------------

    def _wait(self, host: str, clock: Clock) -> None:
        """Until a host may be visited again; FetchError where more wait for it than there is time for."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free_at.get(host, now))
            if start - now >= clock.left():
                raise FetchError(
                    _("Many pages of %(host)s are being read. Try again in a minute.") % {"host": host}
                )
            self._free_at[host] = start + self.limits.pause
        time.sleep(start - now)

    def _leave(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            if len(self._free_at) >= _REMEMBERED:
                self._free_at = {other: at for other, at in self._free_at.items() if at > now}
            self._free_at[host] = max(self._free_at.get(host, now), now + self.limits.pause)


def _rules(_place: Place, response: HTTPResponse, clock: Clock) -> Rules:
    """The rules of an answer: none where there is no such file; FetchError where the site cannot say."""
    status = response.status
    if status == HTTPStatus.OK:
        return read_rules(body(response, most=_ROBOTS, clock=clock)[:_ROBOTS])
    if status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.TOO_MANY_REQUESTS:
        return Rules()
    raise FetchError(
        _(
            "The site does not say now what machines may read (robots.txt: status %(status)d). "
            "Try again later."
        )
        % {"status": status}
    )


def _kind(response: HTTPResponse) -> tuple[str, str]:
    """The media type, if it is one that we read, and the charset, as the site names them."""
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type", "").replace(",", ";")  # said twice
    media_type = header["Content-Type"].partition(";")[0].strip().lower()
    if media_type in _UNNAMED:
        return "", ""
    if media_type not in MEDIA_TYPES:
        raise FetchError(
            _("This is a file of the kind “%(kind)s”. Web pages, plain text, PDF and DOCX are read.")
            % {"kind": media_type[:100]}
        )
    return media_type, (header.get_content_charset() or "")


def _refusal(status: int) -> str:
    """What a status that brings no page means to whoever gave the address."""
    known: dict[int, str] = {
        HTTPStatus.UNAUTHORIZED: _(
            "The page asks for a password. Only pages that everybody can open are read."
        ),
        HTTPStatus.FORBIDDEN: _(
            "The site does not let us read the page. Open it yourself, and upload it or paste its text."
        ),
        HTTPStatus.NOT_FOUND: _("There is no page at this address. Check it in the browser."),
        HTTPStatus.GONE: _("The site has taken this page away for good. Look for where its text is now."),
        HTTPStatus.TOO_MANY_REQUESTS: _("The site was asked too often. Try again in some minutes."),
    }
    if status in known:
        return known[status]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("The site has a fault of its own (status %(status)d). Try again later.") % {"status": status}
    return _("The site did not send the page (status %(status)d). Check the address in the browser.") % {
        "status": status
    }
