"""Plain texts dressed as the pages of a municipal site: menus, notices, teasers and a footer around them."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

_HEADING = 70
"""Characters; a shorter line that no full stop ends is taken for a heading."""
_SECTIONS = ("Council", "Services", "Planning", "Schools", "Culture", "Sport", "Environment", "Contact")
_HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/s.css"><style>.teaser {{ float: left }}</style>
<script>window.dataLayer = window.dataLayer || [];</script></head><body class="page no-js">
<div id="cookie-consent" role="dialog"><p>This site uses cookies. By going on you agree to it.</p>
<button>OK</button></div>
<header class="site-header"><a href="/">Home</a><form><input type="search"></form></header>
<nav class="main-menu"><ul>{menu}</ul></nav>
<div class="breadcrumb"><a href="/">Home</a> › <span>{title}</span></div>
<div class="layout"><div class="content"><article><h1>{title}</h1>
"""
_FOOT = """</article></div><aside class="sidebar"><h3>News</h3>{teasers}</aside></div>
<footer><address>Town Hall, Market Square 1. Open Monday to Friday, 9 to 17.</address><ul>{menu}</ul>
<p>Accessibility · Privacy · Imprint</p></footer><script src="/a.js"></script></body></html>
"""


def dressed(text: str, title: str = "Town") -> str:
    """An HTML page that shows a text: paragraphs, headings, lists, and rows of tables (``a | b``)."""
    menu = "".join(_entry(section) for section in _SECTIONS)
    teasers = "".join(f'<div class="teaser"><h4>{name}</h4><p>{_TEASER}</p></div>' for name in _SECTIONS[:4])
    head = _HEAD.format(title=escape(title), menu=menu)
    return head + "\n".join(_blocks(text)) + _FOOT.format(menu=menu, teasers=teasers)


_TEASER = "The offices are closed on Friday because of works at the water main; calls are answered."


def _entry(section: str) -> str:
    below = "".join(
        f'<li><a href="/{section.lower()}/{number}">{section} {number}</a></li>' for number in range(6)
    )
    return f'<li><a href="/{section.lower()}">{section}</a><ul>{below}</ul></li>'


def _blocks(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.splitlines())
    for tag, group in groupby((line for line in lines if line), _tag):
        inside = [escape(line.removeprefix("- ")) for line in group]
        if tag == "li":
            yield "<ul>" + "".join(f"<li>{line}</li>" for line in inside) + "</ul>"
        elif tag == "tr":
            rows = ("</td><td>".join(line.split(" | ")) for line in inside)
            yield "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"
        else:
            yield from (f"<{tag}>{line}</{tag}>" for line in inside)


def _tag(line: str) -> str:
    if line.startswith("- "):
        return "li"
    if " | " in line:
        return "tr"
    return "h2" if len(line) < _HEADING and not line.endswith(".") else "p"
