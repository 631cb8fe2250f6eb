"""Pages that came instead of the page: a server's error, a login, a check for robots."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypedDict, cast

from twinhall.reader.unreadable import Reason, UnreadableError

_SHORT = 1_500
"""Characters; a page with more text than this is a page, whatever it is called."""
_VERY_SHORT = 400
_BEGINNING = 200
_FEWEST_LETTERS = 20
"""With fewer, a page that has scripts is only the frame that they fill."""
_FIRST_WORDS, _BESIDE = 10, 2  # words among which an error's number stands, and from it to its word
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")


class _Signs(TypedDict, total=False):
    phrases: list[str]
    numbers: list[str]
    number_words: list[str]


def check_is_page(
    text: str, *, title: str = "", asks_password: bool = False, has_scripts: bool = False
) -> None:
    """UnreadableError where a short text is that of an error, a login or a check for robots, not of a page.

    ``asks_password``: whether it has a field for one; many a page has one beside its text. ``has_scripts``:
    whether scripts might write on it.
    """
    if len(text) > _SHORT:
        return
    heads = [title.casefold(), text.strip()[:_BEGINNING].casefold()]
    if any(_is_missing(head) for head in heads):
        raise UnreadableError(
            "This is a server's error message, not a page: look at the address.", Reason.MISSING
        )
    if asks_password and any(_has("login", head) for head in heads):
        raise UnreadableError("This page asks for a password: only public pages can be read.", Reason.LOGIN)
    if len(text) <= _VERY_SHORT and has_scripts and _is_made_by_scripts(heads, text):
        raise UnreadableError(
            "This page has no text before a browser runs its scripts, which are not run here. Open it in a "
            "browser, and give it as a PDF or its text.",
            Reason.SCRIPTED,
        )
    if len(text) <= _VERY_SHORT and any(_has("blocked", head) for head in heads):
        raise UnreadableError(
            "The server asked whether a person is reading, and did not send its page. "
            "Open it in a browser, and send it as a file or its text.",
            Reason.BLOCKED,
        )


def _is_missing(head: str) -> bool:
    if _has("missing", head):
        return True
    signs, words = _signs()["missing"], _WORD.findall(head)[:_FIRST_WORDS]
    return any(
        word in signs["numbers"]
        and not set(signs["number_words"]).isdisjoint(words[max(0, at - _BESIDE) : at + _BESIDE + 1])
        for at, word in enumerate(words)
    )


def _is_made_by_scripts(heads: list[str], text: str) -> bool:
    return len(_LETTER.findall(text)) < _FEWEST_LETTERS or any(_has("scripted", head) for head in heads)


def _has(kind: str, head: str) -> bool:
    return any(phrase in head for phrase in _signs()[kind]["phrases"])


@cache
def _signs() -> Mapping[str, _Signs]:
    text = (files("twinhall.reader") / "refusals.toml").read_text("utf-8")
    return cast("Mapping[str, _Signs]", tomllib.loads(text))
