"""Sites that do not end, drip or break."""

import itertools
import time
import tracemalloc

import pytest

from tests.exchange.fetching.internet import (
    PAGE,
    Answer,
    Handler,
    Site,
    packed,
    page,
)
from tests.exchange.fetching.visiting import QUICK, refused, visit
from twinhall.exchange.fetching import Limits


def test_a_page_may_be_as_large_as_the_limit(site: Site) -> None:
    site.pages["/partners"] = page(b"a" * QUICK.most)
    assert len(visit().data) == QUICK.most


def test_a_page_that_says_it_is_too_large_is_not_read(site: Site) -> None:
    site.pages["/partners"] = lambda handler: handler.begin(Content_Length="9" * 50)
    assert "larger than" in refused()


def test_a_page_that_is_too_large_without_saying_so(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.begin()
        handler.drip(itertools.repeat(b"a" * 65536), pause=0)

    site.pages["/partners"] = endless
    assert "larger than" in refused()


def test_a_bomb_is_not_unpacked(site: Site) -> None:
    site.pages["/partners"] = packed(b"\0" * (20 << 20))
    tracemalloc.start()
    assert "larger than 0 MB" in refused()
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()


def _drip_body(handler: Handler) -> None:
    handler.begin()
    handler.drip(itertools.repeat(b"a"))


def _drip_length(handler: Handler) -> None:
    handler.begin(Content_Length="1000")
    handler.drip(itertools.repeat(b"a"))


def _drip_chunks(handler: Handler) -> None:
    handler.begin(Transfer_Encoding="chunked")
    handler.drip(itertools.cycle([b"1\r\n", b"a\r\n"]))


def _drip_packed(handler: Handler) -> None:
    handler.begin(Content_Encoding="gzip")
    handler.drip(itertools.repeat(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0"))  # nothing, packed


def _drip_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    handler.drip(itertools.repeat(b"a"))


def _not_yet(handler: Handler) -> None:
    handler.drip(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"))


def _silent(handler: Handler) -> None:
    handler.server.over.wait(30)


@pytest.mark.parametrize(
    "slow", [_drip_body, _drip_length, _drip_chunks, _drip_packed, _drip_head, _not_yet, _silent]
)
@pytest.mark.parametrize("path", ["/partners", "/robots.txt"])
def test_what_drips_is_cut_off(site: Site, slow: Answer, path: str) -> None:
    site.pages[path] = slow
    begin = time.monotonic()
    assert "too slowly" in refused(limits=Limits(whole=0.6))
    assert time.monotonic() - begin < 5


def test_a_name_that_is_looked_up_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: site.over.wait(30) and [])
    begin = time.monotonic()
    assert "No machine" in refused(limits=Limits(whole=0.2))
    assert time.monotonic() - begin < 5
    site.over.set()


def _many_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    handler.drip((b"X-%d: y\r\n" % number for number in itertools.count()), pause=0)


def _long_header(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    handler.drip(itertools.repeat(b"a" * 65536), pause=0)


def _too_short(handler: Handler) -> None:
    handler.begin(Content_Length="1000")
    handler.wfile.write(PAGE)


def _half_a_chunk(handler: Handler) -> None:
    handler.begin(Transfer_Encoding="chunked")
    handler.wfile.write(b"ff\r\nabc")


def _no_chunk(handler: Handler) -> None:
    handler.begin(Transfer_Encoding="chunked")
    handler.wfile.write(b"zz\r\nabc\r\n")


def _not_packed(handler: Handler) -> None:
    handler.begin(Content_Encoding="gzip")
    handler.wfile.write(PAGE)


def _not_http(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


def _two_lengths(handler: Handler) -> None:
    handler.begin(Content_Length="3, 4")
    handler.wfile.write(b"abcd")


def _nothing(_handler: Handler) -> None:
    return


@pytest.mark.parametrize(
    "broken",
    [
        *(_many_headers, _long_header, _too_short, _half_a_chunk, _no_chunk, _not_packed, _not_http),
        *(_two_lengths, _nothing),
    ],
)
def test_what_is_broken_is_told(site: Site, broken: Answer) -> None:
    site.pages["/partners"] = broken
    assert "cannot be reached, or breaks off" in refused()


def test_more_than_was_announced_is_not_read(site: Site) -> None:
    site.pages["/partners"] = page(PAGE + b"more", Content_Length=str(len(PAGE)))
    assert visit().data == PAGE
