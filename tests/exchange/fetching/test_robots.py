import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.exchange.fetching.robots import read_rules


def allows(robots: str, target: str) -> bool:
    return read_rules(robots.encode()).allow(target)


@pytest.mark.parametrize(
    ("rules", "target", "may"),
    [
        ("", "/", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /a", "/ab/c", False),
        ("Disallow: /a", "/b/a", True),
        ("Disallow: /a # words", "/ab", False),
        ("disallow:/a", "/ab", False),
        ("Disallow: /\nAllow: /public", "/public/x", True),
        ("Allow: /\nDisallow: /private", "/private", False),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*.pdf", "/x/y.pdf?z", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /*.pdf$", "/x.pdf/y.pdf", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*a*b$", "/ab", False),
        ("Disallow: /*ab*b$", "/ab", True),
        ("Disallow: *?print=", "/x?print=1", False),
        ("Disallow: /ü", "/%c3%bc/x", False),
        ("Disallow: /%C3%BC", "/%c3%bc", False),
        ("Disallow: /~a", "/%7Ea", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: a", "/a", True),
        ("nonsense\n: x\nDisallow /a", "/a", True),
    ],
)
def test_the_longest_pattern_decides(rules: str, target: str, *, may: bool) -> None:
    assert allows(f"User-agent: *\n{rules}", target) is may


def test_rules_for_us_stand_before_those_for_everybody() -> None:
    robots = """\ufeffUser-agent: *
Disallow: /

User-agent: OtherBot
User-agent: Twinhall/2.0
Crawl-delay: 5
Disallow: /a

Sitemap: https://city.example/sitemap.xml
user-AGENT: twinhall
Disallow: /b
"""
    assert [allows(robots, target) for target in ("/a", "/b", "/c")] == [False, False, True]
    assert not allows(robots.replace("winhall", "homas"), "/c")
    assert allows("User-agent: OtherBot\nDisallow: /", "/")
    assert allows("Disallow: /", "/")


@given(st.binary(), st.text())
def test_whatever_a_site_says_is_read(robots: bytes, target: str) -> None:
    read_rules(b"User-agent: *\nDisallow: " + robots).allow(target)


@given(pattern=st.text("ab*", max_size=8), to_the_end=st.booleans(), target=st.text("ab", max_size=8))
def test_patterns_match_as_a_shell_matches(*, pattern: str, to_the_end: bool, target: str) -> None:
    robots = f"User-agent: *\nDisallow: /{pattern}{'$' * to_the_end}"
    expected = fnmatchcase("/" + target, "/" + pattern + ("" if to_the_end else "*"))
    assert allows(robots, "/" + target) is not expected


def test_patterns_cannot_be_made_to_run_for_ever() -> None:
    robots = "User-agent: *\n" + ("Disallow: /" + "*a" * 1000 + "b$\n") * 100
    begin = time.process_time()
    assert allows(robots, "/" + "a" * 10_000)
    assert time.process_time() - begin < 5
