"""One tie of what a page tells of it several times."""

from dataclasses import replace

from twinhall.core.text import fold
from twinhall.reader.facts import Named, Partnership
from twinhall.reader.sounds import likeness, name_key

_SURE = 0.3  # of a place by which, rather than by name, a party is known again
_KNOWN = 0.8  # of a place that is meant beyond doubt
_LIKELY = 2  # places that a name may well mean
_LIKE = 0.75  # how alike two names sound that are one
_STEM = 5  # letters by which a name is known again


def once(found: list[Partnership]) -> list[Partnership]:
    """Each pair once for each status, the one that tells most."""
    best: dict[tuple[str, str, str], Partnership] = {}
    for fact in found:
        key = (_key(fact.a), _key(fact.b), "planned" if fact.status == "planned" else "")
        if key[0] == key[1]:
            continue
        known = best.get(key)
        if known and known.since and fact.since and known.kind != fact.kind and known.since != fact.since:
            key = (*key[:2], fact.kind)  # an agreement beside an older twinning is a tie of its own
            known = best.get(key)
        best[key] = fact if known is None else _merged(known, fact)
    kept: list[Partnership] = []
    for fact in sorted(best.values(), key=lambda fact: (fact.since is None, -fact.confidence)):
        if fact.since or not any(_is_again(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _is_again(fact: Partnership, other: Partnership) -> bool:
    """Whether a tie without a date is another told before, its partner named in another form.

    So a list in the first sentence has them in an oblique case, and the headings below as they are at home.
    """
    if (_key(fact.a), fact.country) != (_key(other.a), other.country) or fact.status not in {
        "",
        other.status,
    }:
        return False
    one, two = fact.b, other.b
    ids = {each.geonames for each in one.candidates[:_LIKELY]}
    if ids & {each.geonames for each in two.candidates[:_LIKELY]}:
        return True
    if all(named.candidates and named.candidates[0].confidence > _KNOWN for named in (one, two)):
        return False  # two places that are both known: Bad Homburg, Bad Hersfeld
    if fact.country and fold(one.name)[:_STEM] == fold(two.name)[:_STEM]:
        return True
    forms = [(name_key(x), name_key(y)) for x in (one.name, one.written) for y in (two.name, two.written)]
    return any(likeness(x, y) >= _LIKE for x, y in forms if x and y)


def _key(named: Named) -> str:
    best = named.candidates[:1]
    return str(best[0].geonames) if best and best[0].confidence > _SURE else fold(named.name)


def _merged(one: Partnership, other: Partnership) -> Partnership:
    """Two statements of one tie as one: what the first leaves open is taken from the second.

    It rests on the words of the one that tells since when it is.
    """
    if other.since and not one.since and not one.status:
        one, other = other, one
    kind = one.kind if one.kind != "partner" or other.kind == "friendship" else other.kind
    return replace(
        one, kind=kind, since=one.since or other.since, until=one.until or other.until,
        contact=one.contact or other.contact, status=one.status or other.status,
        fields=one.fields or other.fields, country=one.country or other.country,
        signed=one.signed if one.since else other.signed,
    )  # fmt: skip
