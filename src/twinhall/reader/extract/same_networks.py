"""Networks and memberships that a page tells more than once."""

from dataclasses import replace

from twinhall.core.text import fold
from twinhall.reader.facts import Membership

_STEM, _ENDING = 3, 3  # letters that inflected words have alike at least, and that an ending has at most


def once(found: list[Membership]) -> list[Membership]:
    """The memberships, each member of each network once, with all that is told of it."""
    best: list[Membership] = []
    for fact in found:
        at = next((i for i, each in enumerate(best) if _is_one(each, fact)), None)
        if at is None:
            best.append(fact)
        elif fact.status == "not-yet" and best[at].status != "not-yet":
            best[at] = fact if not best[at].since or fact.confidence > best[at].confidence else best[at]
        else:
            told = best[at] if best[at].since or not fact.since else fact
            best[at] = replace(
                best[at], quote=told.quote, quote_start=told.quote_start,
                since=best[at].since or fact.since, until=best[at].until or fact.until,
                role=fact.role if fact.role == "founding member" else best[at].role,
            )  # fmt: skip
    return best


def _is_one(one: Membership, other: Membership) -> bool:
    same = (
        one.member.geonames == other.member.geonames
        if one.member.geonames and other.member.geonames
        else one.member.name == other.member.name
    )
    return same and is_same(one.network, other.network)


def is_same(one: str, other: str) -> bool:
    """Whether two names of networks are one's, though one of them may be inflected or shorter."""
    a, b = fold(one), fold(other)
    if not a or not b:
        return False
    if a == b or a.startswith(b[: max(6, len(b) - 3)]) or b.startswith(a[: max(6, len(a) - 3)]):
        return True
    pairs = [*zip(a.split(), b.split(), strict=False)]
    return len(a.split()) == len(b.split()) > 1 and all(_is_inflected(*pair) for pair in pairs)


def _is_inflected(one: str, other: str) -> bool:
    """Whether two words begin so alike that only their endings differ."""
    least = max(_STEM, max(len(one), len(other)) - _ENDING)
    return one == other or (min(len(one), len(other)) >= least and one[:least] == other[:least])
