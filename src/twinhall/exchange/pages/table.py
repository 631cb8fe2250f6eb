"""Facts as rows of a table, for people at a terminal."""

from collections.abc import Mapping
from shutil import get_terminal_size

_WIDTHS = (16, 11, 44, 22, 12, 5)
_WIDEST = 200


def _row(cells: tuple[str, ...]) -> str:
    fixed = "  ".join(_cut(cell, width) for cell, width in zip(cells, _WIDTHS, strict=False))
    left = max(get_terminal_size((_WIDEST, 24)).columns - len(fixed) - 2, 20)
    return f"{fixed}  {_cut(cells[-1], left)}".rstrip()


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"


HEAD = _row(("page", "fact", "who", "what", "since", "sure", "words"))


def row_of(fact: Mapping[str, object]) -> str:
    """One row for a fact in the keys of ``reader.gold``."""
    who, what, since = _told(fact)
    sure = fact["confidence"]
    cells = (fact["page"], fact["type"], who, what, since or "", f"{sure:.2f}", fact["quote"])
    return _row(tuple(map(str, cells)))


def _told(fact: Mapping[str, object]) -> tuple[str, str, object]:
    """Who it is about, what is said of them, and from when on."""
    match fact["type"]:
        case "partnership":
            who = f"{fact['a']} – {fact['b']}" + (f" ({fact['country']})" if fact["country"] else "")
            return who, _with(fact["kind"], fact["status"]), fact["since"]
        case "membership":
            return (
                f"{fact['member']} in {fact['network']}",
                _with("member", fact.get("status")),
                fact["since"],
            )
        case "project":
            return str(fact["title"]), str(fact["programme"] or ""), fact["start"]
        case _:
            return str(fact["name"]), str(fact["members_count"] or ""), fact["founded"]


def _with(kind: object, status: object) -> str:
    return f"{kind}, {status}" if status else str(kind)
