import ipaddress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.exchange.fetching.internet import SITE, Internet
from twinhall.exchange.fetching.places import FetchError, addresses, is_public, place

IPV4 = st.ip_addresses(v=4)
IPV6 = st.ip_addresses(v=6)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("http://City.Example", "http://city.example/"),
        (" https://city.example:443/a b?q=ü#part \n", "https://city.example/a%20b?q=%C3%BC"),
        ("http://city.example:443/", "http://city.example:443/"),
        ("https://Пловдив.БГ/п", "https://xn--b1aafqmsf.xn--90ae/%D0%BF"),
        ("https://δήμος.gr/", "https://xn--jxalzmp.gr/"),
        ("http://[2A00:1450::1]/", "http://[2a00:1450::1]/"),
        ("http://city.example/a/../b", "http://city.example/b"),
    ],
)
def test_addresses_are_read_as_a_browser_reads_them(url: str, meant: str) -> None:
    assert place(url).url == meant


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("", "must begin"),
        ("city.example/partners", "must begin"),
        ("//city.example", "must begin"),
        ("ftp://city.example/", "must begin"),
        ("file:///etc/passwd", "must begin"),
        ("javascript:alert(1)", "must begin"),
        ("gopher://127.0.0.1:6379/_INFO", "must begin"),
        ("http://me:secret@city.example/", "a name or a password"),
        ("http://me@city.example/", "a name or a password"),
        ("http://city.example:22/", "this is 22"),
        ("http://city.example:8000/", "this is 8000"),
        ("http://city.example:99999/", "no address"),
        ("http:///partners", "no address"),
        ("http://a b/", "no address"),
        ("http://city.example/a\r\nX: y", "no address"),
        ("http://city.example\0/", "no address"),
        ("http://[fe80::1%25eth0]/", "no address"),
        ("http://[::1/", "no address"),
        ("http://127.1/", "no address"),
        ("http://0x7f.1/", "no address"),
        ("http://0x7f000001/", "no address"),
        ("http://2130706433/", "no address"),
        ("http://0177.0.0.1/", "no address"),
        ("http://127.0.0.1./", "no address"),
        ("http://１２７.０.０.１/", "no address"),
    ],
)
def test_what_is_no_address_of_a_page_is_told(url: str, word: str) -> None:
    with pytest.raises(FetchError, match=word):
        place(url)


@given(st.text() | st.text().map("http://".__add__) | st.text().map("http://city.example/".__add__))
def test_whatever_is_typed_is_a_place_or_refused(url: str) -> None:
    try:
        found = place(url)
    except FetchError:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
    assert " " not in found.url
    assert place(found.url) == found


@given(st.text())
def test_wherever_a_redirect_leads_is_a_place_or_refused(location: str) -> None:
    try:
        found = place("http://city.example/a/b").leads_to(location)
    except FetchError:
        return
    assert found.scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("location", "meant"),
    [
        ("c", "http://city.example/a/c"),
        ("/c#part", "http://city.example/c"),
        ("//other.example", "http://other.example/"),
        ("/stra\xc3\x9fe", "http://city.example/stra%C3%9Fe"),  # UTF-8 as a header brings it
        ("/stra\xdfe", "http://city.example/stra%C3%9Fe"),
    ],
)
def test_redirects_lead_where_they_lead_a_browser(location: str, meant: str) -> None:
    assert place("http://city.example/a/b").leads_to(location).url == meant


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.1", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1"),
        *("224.0.0.251", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "203.0.113.5"),
        *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:93.184.215.14", "64:ff9b::7f00:1"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b:1::5db8:d70e", "2002:7f00:1::", "2002:c0a8:101::1", "2001::1"),
        *("2001:db8::1", "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fec0::1"),
        *("ff02::1", "100::1", "3fff::1", "5f00::1"),
    ],
)
def test_what_only_this_machine_reaches_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        SITE,
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "2a00:1450::1",
        "2606:4700:4700::1111",
        "64:ff9b::101:101",
    ],
)
def test_what_everybody_reaches_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(IPV4 | IPV6)
def test_nothing_is_public_that_the_library_calls_private_or_special(address: ipaddress.IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_link_local
        assert not address.is_loopback
        assert not address.is_unspecified


@given(IPV4)
def test_a_private_address_stays_private_in_any_wrapping(inner: ipaddress.IPv4Address) -> None:
    assume(not is_public(inner))
    number = int(inner)
    wrapped = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    wrapped.append(0x20010000 << 96 | number ^ 0xFFFFFFFF)  # Teredo
    assert not any(is_public(ipaddress.IPv6Address(one)) for one in wrapped)


def test_a_name_is_asked_for_once_and_each_of_its_addresses_must_be_public(internet: Internet) -> None:
    internet.names = {
        "city.example": [["2a00:1450::1", SITE, SITE]],
        "mixed.example": [[SITE, "10.0.0.1"]],
        "fe80.example": [[SITE, "fe80::1%eth0"]],
    }
    assert addresses(place("http://city.example/"), seconds=5) == ["2a00:1450::1", SITE]
    for name in ("mixed.example", "fe80.example", "localhost"):
        with pytest.raises(FetchError, match=f"“{name}” is a machine of an inner network"):
            addresses(place(f"http://{name}/"), seconds=5)
    with pytest.raises(FetchError, match=r"No machine called “nowhere\.example”"):
        addresses(place("http://nowhere.example/"), seconds=5)
    assert internet.questions == [
        "city.example",
        "mixed.example",
        "fe80.example",
        "localhost",
        "nowhere.example",
    ]
