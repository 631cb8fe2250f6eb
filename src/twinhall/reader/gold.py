"""Facts as JSON, with the keys by which pages are annotated and readers are scored (``docs/reader.md``)."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from twinhall.core.dates import PartialDate
from twinhall.reader.facts import Fact, Membership, Network, Partnership, Project, Stated

FIELDS: Mapping[str, str] = MappingProxyType(
    {"labour-mobility": "labour", "social-affairs": "social", "humanitarian-aid": "humanitarian"}
)
"""Fields of cooperation that the scheme calls by another name than our vocabulary."""


def json_of(fact: Fact, page: str) -> dict[str, object]:
    """A fact of a page as a JSON object. What is not stated is null; dates are as exact as printed."""
    match fact:
        case Partnership():
            said = _partnership(fact)
        case Membership():
            said = _membership(fact)
        case Project():
            said = _project(fact)
        case Network():
            said = _network(fact)
    return {"page": page, **said, **_stated(fact)}


def _partnership(fact: Partnership) -> dict[str, object]:
    return {
        "type": "partnership",
        "a": fact.a.name,
        **_written("a", fact.a.written, fact.a.name),
        "b": fact.b.name,
        "b_as_written": fact.b.written,
        "country": fact.country or None,
        "kind": fact.kind,
        "since": _date(fact.since),
        "until": _date(fact.until),
        "status": fact.status or None,
        "fields": [FIELDS.get(field, field) for field in fact.fields],
        **({"a_country": fact.a_country} if fact.a_country else {}),
        **({"contact": _date(fact.contact)} if fact.contact else {}),
        "a_geonames": fact.a.geonames,
        "b_geonames": fact.b.geonames,
    }


def _membership(fact: Membership) -> dict[str, object]:
    return {
        "type": "membership",
        "member": fact.member.name,
        **_written("member", fact.member.written, fact.member.name),
        "network": fact.network,
        **_written("network", fact.network_written, fact.network),
        "since": _date(fact.since),
        "until": _date(fact.until),
        "role": fact.role or None,
        **({"status": fact.status} if fact.status else {}),
        **({"reason": fact.reason} if fact.reason else {}),
        "a_geonames": fact.member.geonames,
    }


def _project(fact: Project) -> dict[str, object]:
    return {
        "type": "project",
        "title": fact.title,
        "programme": fact.programme or None,
        "lead": fact.lead or None,
        "partners": list(fact.partners),
        "start": _date(fact.start),
        "end": _date(fact.end),
        "budget": _number(fact.budget),
        "currency": fact.currency or None,
        "cofinancing": fact.cofinancing or None,
    }


def _network(fact: Network) -> dict[str, object]:
    return {
        "type": "network",
        "name": fact.name,
        **({"name_as_written": fact.name_written} if fact.name_written not in {"", fact.name} else {}),
        "founded": _date(fact.founded),
        "seat": fact.seat or None,
        "members_count": fact.members_count or None,
    }


def _stated(fact: Stated) -> dict[str, object]:
    return {
        "quote": fact.quote,
        "quote_start": fact.quote_start,
        "confidence": round(fact.confidence, 3),
    }


def _written(key: str, written: str, name: str) -> dict[str, object]:
    """The name as it stands on the page, where that is another than the one it is taken for."""
    return {f"{key}_as_written": written} if written not in {"", name} else {}


def _date(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
