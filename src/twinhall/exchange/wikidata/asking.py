"""Asks a query service, politely: who asks is named, one question at a time, and patiently.

The Wikidata Query Service gives each client sixty seconds of computing in a minute, and stops a query after
sixty seconds. It says 429 with ``Retry-After`` to who asks too much, and bans for a day who does not listen
(https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits). A query that it stops while
the answer is on its way leaves an answer of status 200 that ends in a report of the fault.
"""

import json
import time
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, cast
from urllib.parse import urlsplit

import urllib3
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ProtocolError

ENDPOINT = "https://query.wikidata.org/sparql"
RESULTS = "application/sparql-results+json"

_OK = 200
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_TOO_MANY = 429
_STOPPED = b"TimeoutException"
_SHOWN = 300
_WEEK = 7 * 24 * 60 * 60
_CHUNK = 1 << 16
_FAULT = 1 << 14


class AskingError(Exception):
    """The service cannot be asked, or does not answer; the words are for people."""


class TooHeavyError(Exception):
    """The service stopped the query: it takes too long. A smaller one may do."""


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How politely and how patiently to ask. Times in seconds, ``most`` in bytes, unpacked."""

    pause: float = 1.0
    """Between two questions."""
    tries: int = 8
    growth: float = 2.0
    """Of the pause before asking again: 4, 8, 16, …"""
    longest_pause: float = 120.0
    throttled: float = 60.0
    """After a 429 that does not say how long."""
    patience: float = 900.0
    """The longest ``Retry-After`` that is waited for."""
    connect: float = 15.0
    silence: float = 75.0
    whole: float = 180.0
    most: int = 256 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came, and how many rows it has."""

    body: bytes
    rows: int


class _NotNowError(Exception):
    """No answer this time; what came instead, if anything did."""

    def __init__(self, words: str, response: urllib3.BaseHTTPResponse | None = None) -> None:
        super().__init__(words)
        self.response = response


class Service:
    """A query service at an address. ``contact`` is whom its operators can write to, as they ask for."""

    def __init__(self, endpoint: str, *, contact: str, manners: Manners) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise AskingError(_("“%(address)s” is no http or https address.") % {"address": endpoint})
        self.endpoint = endpoint
        self.manners = manners
        self._free_at = 0.0
        self._pool = urllib3.PoolManager(
            num_pools=1,
            maxsize=1,
            retries=False,
            timeout=urllib3.Timeout(connect=manners.connect, read=manners.silence),
            headers={
                "Accept": RESULTS,
                "Accept-Encoding": "gzip",
                "User-Agent": user_agent(contact),
            },
        )

    def ask(self, query: str) -> Answer:
        """The answer of a query; asks again while there is hope.

        TooHeavyError where the service stopped the query, AskingError where it refuses it or does not answer.
        """
        patience = self._patience()
        while True:
            self._wait()
            try:
                return self._answer(query)
            except _NotNowError as fault:
                patience = self._more_patience(patience, fault)
                self._free_at = time.monotonic() + self._delay(patience, fault.response)

    def rest(self) -> None:
        """Let the next question wait as if this one had not been answered."""
        self._free_at = time.monotonic() + self.manners.growth * 2

    # Patience -------------------------------------------------------------------------------------------

    def _patience(self) -> urllib3.Retry:
        return urllib3.Retry(
            total=self.manners.tries - 1,
            allowed_methods=None,
            status_forcelist=_PASSING,
            backoff_factor=self.manners.growth,
            backoff_max=self.manners.longest_pause,
            retry_after_max=_WEEK,  # one that is too long is told, not shortened
        )

    def _more_patience(self, patience: urllib3.Retry, fault: _NotNowError) -> urllib3.Retry:
        error = None if fault.response else ProtocolError(str(fault))
        try:
            return patience.increment("POST", self.endpoint, response=fault.response, error=error)
        except MaxRetryError as end:
            raise AskingError(
                _("%(address)s did not answer, asked %(tries)d times: %(why)s")
                % {"address": self.endpoint, "tries": self.manners.tries, "why": fault}
            ) from end

    def _delay(self, patience: urllib3.Retry, response: urllib3.BaseHTTPResponse | None) -> float:
        asked_for = _retry_after(patience, response)
        if asked_for is None:
            floor = self.manners.throttled if response is not None and response.status == _TOO_MANY else 0
            return max(patience.get_backoff_time(), floor, self.manners.pause)
        if asked_for > self.manners.patience:
            raise AskingError(
                _("%(address)s asks to be left alone for %(minutes)d minutes.")
                % {"address": self.endpoint, "minutes": -(-asked_for // 60)}
            )
        return max(asked_for, self.manners.pause)

    def _wait(self) -> None:
        time.sleep(max(0.0, self._free_at - time.monotonic()))

    # One question ---------------------------------------------------------------------------------------

    def _answer(self, query: str) -> Answer:
        try:
            response = self._pool.request(
                "POST",
                self.endpoint,
                fields={"query": query},
                encode_multipart=False,
                preload_content=False,
                redirect=False,
            )
        except HTTPError as error:
            raise _NotNowError(str(error)) from error
        try:
            body = self._body(response)
        finally:
            self._free_at = time.monotonic() + self.manners.pause
            response.close()  # the connection is kept if the answer was read to its end
        return _checked(response, body)

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """What comes, piece by piece, so that neither its size nor its time is without end.

        Of a fault only the beginning is read.
        """
        most = self.manners.most if response.status == _OK else _FAULT
        until = time.monotonic() + self.manners.whole
        body = bytearray()
        try:
            while piece := response.read1(_CHUNK):
                body += piece
                if len(body) > most or time.monotonic() > until:
                    break
            else:
                return bytes(body)
        except HTTPError as error:
            raise _NotNowError(str(error)) from error
        if response.status == _OK:
            raise _NotNowError(_("The answer does not end."))
        return bytes(body)


def _retry_after(patience: urllib3.Retry, response: urllib3.BaseHTTPResponse | None) -> float | None:
    """How many seconds the service asks to wait, if it says so in a way that can be read."""
    try:
        return None if response is None else patience.get_retry_after(response)
    except InvalidHeader:
        return None


def user_agent(contact: str) -> str:
    """Who asks, after https://meta.wikimedia.org/wiki/User-Agent_policy; AskingError without a contact."""
    if not contact or not contact.isascii() or not contact.isprintable() or "(" in contact:
        raise AskingError(
            _(
                "Wikimedia asks that whoever asks can be reached. Set TWINHALL_OPERATOR_EMAIL to an address "
                "of yours; it is sent with each question."
            )
        )
    return f"Twinhall/{version('twinhall')} ({contact}) urllib3/{version('urllib3')}"


def _checked(response: urllib3.BaseHTTPResponse, body: bytes) -> Answer:
    """The answer, if it is one: of the right kind, whole, with rows."""
    if response.status != _OK:
        raise _fault(response, body)
    if not response.headers.get("Content-Type", "").startswith((RESULTS, "application/json")):
        raise _NotNowError(_("A page came instead of an answer: %(words)s") % {"words": _shown(body)})
    try:
        bindings = cast("dict[str, Any]", json.loads(body))["results"]["bindings"]
    except ValueError as error:
        if _STOPPED in body[-_FAULT:]:
            raise TooHeavyError from error
        raise _NotNowError(_("The answer breaks off: %(why)s") % {"why": error}) from error
    except (KeyError, TypeError) as error:
        raise _NotNowError(_("The answer has no rows: %(words)s") % {"words": _shown(body)}) from error
    return Answer(body, len(bindings))


def _fault(response: urllib3.BaseHTTPResponse, body: bytes) -> Exception:
    words = {"status": response.status, "words": _shown(body)}
    if _STOPPED in body:
        return TooHeavyError()
    if response.status in _PASSING:
        return _NotNowError(_("status %(status)d: %(words)s") % words, response)
    if response.headers.get("Location"):
        words["words"] = response.headers["Location"]
        return AskingError(_("The service is elsewhere (status %(status)d): %(words)s") % words)
    return AskingError(_("The service refuses the query (status %(status)d): %(words)s") % words)


def _shown(body: bytes) -> str:
    """The first words of what came, for a message."""
    return " ".join(body[:_FAULT].decode("utf-8", "replace").split())[:_SHOWN]
