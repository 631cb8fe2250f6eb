"""Visits ask what robots.txt says, and leave a host its pause."""

import time

import pytest

from tests.exchange.fetching.internet import (
    PAGE,
    SITE,
    Internet,
    Site,
    leads_to,
    page,
    status,
)
from tests.exchange.fetching.visiting import QUICK, URL, refused, visit
from twinhall.exchange.fetching import FetchError, Limits, Visitor

# robots.txt ------------------------------------------------------------------------------------------------


def test_what_robots_txt_closes_is_not_asked_for(site: Site) -> None:
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /part", Content_Type="text/plain")
    assert "city.example asks machines not to read this page" in refused()
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n\nUser-agent: Twinhall\nAllow: /")
    assert visit().data == PAGE
    assert site.pages_asked == ["/partners"]


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_without_robots_txt_all_is_open(site: Site, code: int) -> None:
    site.pages["/robots.txt"] = status(code)
    assert visit().data == PAGE


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_site_that_cannot_say_is_left_alone_for_now(site: Site, code: int) -> None:
    site.pages["/robots.txt"] = status(code)
    assert f"robots.txt: status {code}" in refused()
    assert site.pages_asked == []


def test_of_a_huge_robots_txt_the_beginning_counts(site: Site) -> None:
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /x\n" + b"#" * 600_000 + b"\nDisallow: /")
    assert visit().data == PAGE
    assert "not to read" in refused("http://city.example/x")


def test_redirects_lead_to_no_page_that_is_closed(site: Site, other: Site) -> None:
    site.pages["/partners"] = leads_to("http://other.example/partners")
    other.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /")
    assert "other.example asks machines" in refused()
    assert other.pages_asked == []


def test_robots_txt_is_asked_for_once(site: Site) -> None:
    visitor = Visitor(QUICK)
    for _visit in range(3):
        visitor.fetch(URL)
    assert site.asked == ["/robots.txt", *["/partners"] * 3]
    forgetful = Visitor(Limits(pause=0, remember=0))
    forgetful.fetch(URL)
    forgetful.fetch(URL)
    assert site.asked.count("/robots.txt") == 3


# The pause -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("site", "other")
def test_a_host_has_a_pause_between_two_visits() -> None:
    visitor = Visitor(Limits(whole=10, pause=1.5))
    visitor.fetch(URL)
    begin = time.monotonic()
    visitor.fetch("http://other.example/partners")
    assert time.monotonic() - begin < 1.5
    visitor.fetch(URL)
    assert time.monotonic() - begin > 1.4


def test_nobody_waits_longer_than_a_visit_may_take(site: Site) -> None:
    visitor = Visitor(Limits(whole=5, pause=20))
    visitor.fetch(URL)
    with pytest.raises(FetchError, match=r"Many pages of city\.example"):
        visitor.fetch(URL)
    assert len(site.pages_asked) == 1


@pytest.mark.usefixtures("site")
def test_hosts_and_rules_are_not_remembered_without_end(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twinhall.exchange.fetching.visits._REMEMBERED", 2)
    visitor = Visitor(QUICK)
    for number in range(4):
        internet.names[f"{number}.example"] = [[SITE]]
        visitor.fetch(f"http://{number}.example/partners")
    assert len(visitor._rules) <= 2
    assert len(visitor._free_at) <= 2
