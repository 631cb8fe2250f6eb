"""The test pages and their gold: every quote stands on its page, and every fact keeps to the scheme."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from twinhall.core.dates import PartialDate

FOLDER = Path(__file__).parent / "pages"
ROWS = [json.loads(line) for line in (FOLDER / "index.jsonl").read_text(encoding="utf-8").splitlines()]
LANGUAGES = set(
    re.findall(r"\w+", "bg ca cs da de el en es et fi fr hr hu it lt lv nl no pl pt ro ru sk sl sr sv tr uk")
)
PAGE_KINDS = {
    "partner-list",
    "partner-narrative",
    "network-membership",
    "network-about",
    "project-sheet",
    "negative",
    "mixed",
}
NEEDED = {
    "partnership": {"a", "b", "b_as_written", "kind"},
    "membership": {"member", "network"},
    "project": {"title"},
    "network": {"name"},
}
ALLOWED = {
    "partnership": {"a_country", "country", "contact", "since", "until", "status", "fields"},
    "membership": {"since", "until", "role", "status", "reason"},
    "project": {"programme", "lead", "partners", "start", "end", "budget", "currency", "cofinancing"},
    "network": {"founded", "seat", "members_count"},
}
DATES = ("contact", "since", "until", "start", "end", "founded")
KINDS = {"twin", "partner", "friendship", "region", "border-twin"}
STATUSES = {None, "ended", "suspended", "inactive", "planned"}
FIELDS = set(
    re.findall(
        r"[\w-]+",
        "administration economy labour social health border-crossing education youth culture sport tourism "
        "environment science civil-society urban-development digital humanitarian",
    )
)


class _Seen(HTMLParser):
    """What a reader of an HTML page sees, a line for each text node."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in {"script", "style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.lines.append(" ".join(data.split()))


def _text(row: dict[str, Any]) -> str:
    data: bytes = (FOLDER / row["file"]).read_bytes()
    if not row["file"].endswith(".html"):
        return data.decode()
    charset = re.search(rb'charset="?([\w-]+)', data)
    assert charset, "an HTML page names its charset"
    seen = _Seen()
    seen.feed(data.decode(charset[1].decode()))
    seen.close()
    return "\n".join(seen.lines)


def _gold(row: dict[str, Any]) -> list[dict[str, Any]]:
    text = (FOLDER / "gold" / f"{row['id']}.json").read_text(encoding="utf-8")
    facts: list[dict[str, Any]] = json.loads(text)
    return facts


every_page = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def test_index_pages_and_gold_are_the_same_pages() -> None:
    known = [row["id"] for row in ROWS]
    assert known == sorted(set(known))
    assert {path.stem for path in (FOLDER / "gold").iterdir()} == set(known)
    assert {f"pages/{path.name}" for path in (FOLDER / "pages").iterdir()} == {row["file"] for row in ROWS}


def test_every_language_has_two_pages_and_a_tenth_of_all_state_nothing() -> None:
    languages = [row["language"] for row in ROWS]
    assert set(languages) == LANGUAGES
    assert min(languages.count(language) for language in LANGUAGES) > 1
    assert {row["kind"] for row in ROWS} == PAGE_KINDS
    assert sum(row["kind"] == "negative" for row in ROWS) * 10 > len(ROWS)


@every_page
def test_quotes_stand_on_their_page(row: dict[str, Any]) -> None:
    text, facts = _text(row), _gold(row)
    assert bool(facts) == (row["kind"] != "negative")
    for fact in facts:
        assert fact["quote"] in text
        assert 8 <= len(fact["quote"]) <= 400
        assert fact.get("b_as_written", "") in fact["quote"]
        assert not row["file"].endswith(".html") or "\n" not in fact["quote"]


@every_page
def test_facts_keep_to_the_scheme(row: dict[str, Any]) -> None:
    facts = _gold(row)
    for fact in facts:
        keys = set(fact) - {"type", "quote"}
        assert NEEDED[fact["type"]] <= keys <= NEEDED[fact["type"]] | ALLOWED[fact["type"]]
        assert all(str(PartialDate.parse(fact[key])) == fact[key] for key in DATES if key in fact)
        assert all(re.fullmatch("[A-Z]{2}", fact[key]) for key in ("country", "a_country") if key in fact)
        if fact["type"] == "partnership":
            assert fact["kind"] in KINDS
            assert fact.get("status") in STATUSES
            assert set(fact.get("fields", ())) <= FIELDS
        if fact["type"] == "membership":
            assert (fact.get("status") == "not-yet") == ("reason" in fact)
        assert ("budget" in fact) <= ("currency" in fact)
    told = [json.dumps({**fact, "quote": ""}, sort_keys=True) for fact in facts]
    assert len(told) == len(set(told)), "a fact stands twice"
