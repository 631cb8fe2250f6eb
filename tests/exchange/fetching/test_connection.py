"""TLS: the certificate must tell the name that was asked for, though the connection goes to a number."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.exchange.fetching.certificates import Authority
from tests.exchange.fetching.internet import PAGE, SITE, Handler, Internet, Site, leads_to, page, serving
from twinhall.exchange.fetching import Fetched, FetchError, Limits, Visitor, connection, fetch

URL = "https://city.example/partners"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def _trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system trusts our authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    connection._trust.cache_clear()
    yield
    connection._trust.cache_clear()


def visit(whole: float = 5) -> Fetched:
    return Visitor(Limits(whole=whole, pause=0)).fetch(URL)


@pytest.fixture
def secure(internet: Internet, authority: Authority) -> Iterator[Site]:
    """https://city.example, which tells itself by the name that it was asked for."""
    trust = authority.trust("city.example")
    names: list[str] = []
    trust.sni_callback = lambda _socket, name, _context: names.append(name)
    with serving(trust) as site:
        site.pages["/partners"] = page()
        internet.put("city.example", SITE, site, 443)
        yield site
        assert set(names) <= {"city.example"}


@pytest.mark.usefixtures("_trusted")
def test_a_page_comes_over_tls(internet: Internet, secure: Site, site: Site) -> None:
    internet.machines[SITE, 443] = secure.server_address[1]
    site.pages["/partners"] = leads_to(URL)
    found = Visitor(Limits(pause=0)).fetch("http://city.example/partners")
    assert (found.url, found.data) == (URL, PAGE)
    assert secure.headers[-1]["Host"] == "city.example"


@pytest.mark.usefixtures("_trusted")
def test_a_name_that_changes_its_address_is_asked_for_once_over_tls_too(
    internet: Internet, secure: Site
) -> None:
    internet.names["city.example"] = [[SITE], [SITE], ["127.0.0.1"]]
    internet.machines["127.0.0.1", 443] = secure.server_address[1]
    assert visit().data == PAGE
    assert internet.connections == [(SITE, 443)] * 2


def test_an_authority_that_the_system_does_not_trust_is_not_believed(secure: Site) -> None:
    with pytest.raises(FetchError, match=r"certificate of city\.example cannot be trusted"):
        visit()
    assert secure.asked == []


@pytest.mark.usefixtures("_trusted")
@pytest.mark.parametrize(
    ("name", "days", "word"),
    [("other.example", 30, "Hostname mismatch"), ("city.example", -1, "certificate has expired")],
)
def test_a_certificate_must_be_of_the_name_and_in_time(
    internet: Internet, authority: Authority, name: str, days: int, word: str
) -> None:
    with serving(authority.trust(name, days=days)) as site:
        internet.put("city.example", SITE, site, 443)
        with pytest.raises(FetchError, match=word):
            visit()
        assert site.asked == []


def test_a_site_that_does_not_speak_tls(internet: Internet, site: Site) -> None:
    internet.put("city.example", SITE, site, 443)
    with pytest.raises(FetchError, match="cannot be reached"):
        visit()


def _drip(handler: Handler) -> None:
    handler.begin()
    handler.drip([b"a"] * 1000)


@pytest.mark.usefixtures("_trusted")
def test_a_page_that_drips_over_tls_is_cut_off(secure: Site) -> None:
    secure.pages["/partners"] = _drip
    begin = time.monotonic()
    with pytest.raises(FetchError, match="too slowly"):
        visit(whole=1)
    assert time.monotonic() - begin < 5


def test_keys_that_are_never_agreed_on(internet: Internet) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        internet.names["city.example"] = [[SITE]]
        internet.machines[SITE, 443] = silent.getsockname()[1]
        begin = time.monotonic()
        with pytest.raises(FetchError, match=r"cannot be reached|too slowly"):
            visit(whole=1)
        assert time.monotonic() - begin < 5


def test_keys_that_drip(internet: Internet) -> None:
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        sock = server.accept()[0]
        sock.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")  # a long greeting begins
        while not over.wait(0.05):
            sock.sendall(b"\0")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=[server], daemon=True).start()
        internet.names["city.example"] = [[SITE]]
        internet.machines[SITE, 443] = server.getsockname()[1]
        begin = time.monotonic()
        with pytest.raises(FetchError, match=r"cannot be reached|too slowly"):
            visit(whole=1)
        assert time.monotonic() - begin < 5
        over.set()


def test_the_plain_call_is_a_visit_within_the_usual_limits(internet: Internet, site: Site) -> None:
    internet.names["city.example"] = [["10.0.0.1"]]
    with pytest.raises(FetchError, match="inner network"):
        fetch("http://city.example/partners")
    assert internet.connections == []
    assert site.asked == []
