"""What a visit brings, and where it may lead."""

import datetime as dt

import pytest
from pytest_django import Settings

from tests.exchange.fetching.internet import (
    OTHER,
    PAGE,
    SITE,
    Internet,
    Site,
    leads_to,
    packed,
    page,
    status,
)
from tests.exchange.fetching.visiting import URL, refused, visit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# What comes ------------------------------------------------------------------------------------------------


def test_a_page_comes_as_it_is(site: Site, settings: Settings) -> None:
    settings.OPERATOR_EMAIL = "hall@valka.example"
    before = dt.datetime.now(dt.UTC)
    found = visit(URL + "#list")
    assert (found.data, found.media_type, found.charset, found.url) == (PAGE, "text/html", "utf-8", URL)
    assert before <= found.fetched_at <= dt.datetime.now(dt.UTC)
    assert site.asked == ["/robots.txt", "/partners"]
    assert site.headers[-1]["Host"] == "city.example"
    assert site.headers[-1]["User-Agent"].startswith("Twinhall/")
    assert site.headers[-1]["User-Agent"].endswith(" (+hall@valka.example)")
    assert "Cookie" not in site.headers[-1]


@pytest.mark.parametrize("contact", ["", "rådet@valka.example", "a)(b@valka.example", "a\r\nX: y"])
def test_a_contact_that_no_header_can_carry_is_left_out(site: Site, settings: Settings, contact: str) -> None:
    settings.OPERATOR_EMAIL = contact
    visit()
    assert "(" not in site.headers[-1]["User-Agent"]


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html", "text/html", ""),
        ('TEXT/HTML; Charset="Windows-1257"', "text/html", "windows-1257"),
        ("application/xhtml+xml;charset=utf-8", "application/xhtml+xml", "utf-8"),
        ("text/plain; charset=", "text/plain", ""),
        ("text/html, text/html; charset=utf-8", "text/html", "utf-8"),
        ("application/pdf", "application/pdf", ""),
        (DOCX, DOCX, ""),
        ("application/octet-stream", "", ""),
        ("", "", ""),
    ],
)
def test_what_the_site_says_it_is(site: Site, header: str, media_type: str, charset: str) -> None:
    site.pages["/partners"] = page(Content_Type=header)
    found = visit()
    assert (found.media_type, found.charset) == (media_type, charset)


@pytest.mark.parametrize("kind", ["image/png", "text/css", "application/zip", "video/mp4", "html"])
def test_other_kinds_of_files_are_refused_by_name(site: Site, kind: str) -> None:
    site.pages["/partners"] = page(Content_Type=kind)
    assert f"of the kind “{kind}”" in refused()


def test_what_is_packed_is_unpacked(site: Site) -> None:
    site.pages["/partners"] = packed(PAGE)
    assert visit().data == PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip"])
def test_other_packings_are_refused(site: Site, packing: str) -> None:
    site.pages["/partners"] = page(Content_Encoding=packing)
    assert "packs the page" in refused()


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (401, "asks for a password"),
        (403, "does not let us read"),
        (404, "There is no page"),
        (410, "for good"),
        (429, "too often"),
        (500, "a fault of its own (status 500)"),
        (503, "a fault of its own (status 503)"),
        (204, "did not send the page (status 204)"),
        (302, "did not send the page (status 302)"),
        (418, "did not send the page (status 418)"),
    ],
)
def test_each_refusal_of_a_site_has_its_words(site: Site, code: int, word: str) -> None:
    site.pages["/partners"] = status(code)
    assert word in refused()


# Where a visit may lead ------------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, other: Site) -> None:
    site.pages["/partners"] = leads_to("//other.example/a?b#c", 301)
    other.pages["/a?b"] = leads_to("partners", 308)
    assert visit().url == "http://other.example/partners"
    assert other.asked == ["/robots.txt", "/a?b", "/partners"]


@pytest.mark.parametrize(
    ("location", "word"),
    [
        ("http://127.0.0.1/", "inner network"),
        ("http://10.0.0.1/", "inner network"),
        ("http://169.254.169.254/latest/meta-data/", "inner network"),
        ("http://[::1]/", "inner network"),
        ("http://[::ffff:127.0.0.1]/", "inner network"),
        ("http://[64:ff9b::7f00:1]/", "inner network"),
        ("http://localhost/", "inner network"),
        ("http://inner.example/", "inner network"),
        ("//inner.example:443/", "inner network"),
        ("http://0x7f.1/", "no address"),
        ("http://2130706433/", "no address"),
        ("http://017700000001/", "no address"),
        ("http://city.example:22/", "22"),
        ("http://me:secret@city.example/", "a name or a password"),
        ("file:///etc/passwd", "must begin"),
        ("ftp://city.example/", "must begin"),
        ("data:text/html,x", "must begin"),
        ("//[", "no address"),
    ],
)
def test_no_redirect_leads_inside(internet: Internet, site: Site, location: str, word: str) -> None:
    internet.names["inner.example"] = [["192.168.1.1"]]
    site.pages["/partners"] = leads_to(location)
    assert word in refused()
    assert set(internet.connections) == {(SITE, 80)}


def test_robots_txt_leads_nobody_inside_either(internet: Internet, site: Site) -> None:
    site.pages["/robots.txt"] = leads_to("http://169.254.169.254/")
    assert "inner network" in refused()
    assert internet.connections == [(SITE, 80)]
    assert site.pages_asked == []


def test_a_name_that_changes_its_address_is_checked_each_time(internet: Internet, site: Site) -> None:
    internet.names["city.example"] = [[SITE], ["127.0.0.1"]]
    internet.machines["127.0.0.1", 80] = site.server_address[1]
    assert "inner network" in refused()
    assert internet.connections == [(SITE, 80)]


def test_the_connection_goes_to_the_address_that_was_checked(internet: Internet, site: Site) -> None:
    internet.names["city.example"] = [[SITE], [SITE], ["127.0.0.1"]]
    internet.machines["127.0.0.1", 80] = site.server_address[1]
    visit()
    assert internet.connections == [(SITE, 80)] * 2
    assert [name for name in internet.questions if name != SITE] == ["city.example"] * 2


@pytest.mark.usefixtures("site")
def test_the_next_address_is_tried_where_one_does_not_answer(internet: Internet) -> None:
    internet.names["city.example"] = [["2a00:1450::1", OTHER, SITE]]
    assert visit().data == PAGE


@pytest.mark.usefixtures("site")
def test_no_proxy_of_the_surroundings_is_asked(internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    visit()
    assert set(internet.connections) == {(SITE, 80)}


def test_circles_come_to_an_end(site: Site) -> None:
    site.pages["/partners"] = leads_to("/partners")
    assert "leads on and on" in refused()
    assert len(site.pages_asked) == 6
    site.pages["/robots.txt"] = leads_to("/robots.txt")
    assert "leads on and on" in refused()


def test_a_site_that_is_not_there(internet: Internet) -> None:
    internet.names["city.example"] = [[SITE]]
    assert "cannot be reached" in refused()
    assert "No machine called “gone.example”" in refused("http://gone.example/")
