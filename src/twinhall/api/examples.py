"""Examples for the description: what some records look like, from the demo's register."""

from collections.abc import Mapping
from typing import Any

SITE = "https://twinhall.example"

_SOLNA = {
    "slug": "solna",
    "url": f"{SITE}/api/v1/parties/solna/",
    "page": f"{SITE}/en/parties/solna/",
    "name": "Solna",
    "country": "SE",
    "kind": "municipality",
}
_VALMIERA = {
    "slug": "valmiera",
    "url": f"{SITE}/api/v1/parties/valmiera/",
    "page": f"{SITE}/en/parties/valmiera/",
    "name": "Valmiera",
    "country": "LV",
    "kind": "municipality",
}
_BEGUN = {
    "kind": "begun",
    "number": 1,
    "date": "1991",
    "place": None,
    "deciding_body": None,
    "valid_until": None,
    "note": {},
}
_SOURCE = {
    "id": 9,
    "url": f"{SITE}/api/v1/sources/9/",
    "title": "Starptautiskā sadarbība",
    "publisher": "valmiera",
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "PartyRef": _SOLNA,
    "ActRow": _BEGUN,
    "SourceRef": _SOURCE,
    "Sides": {"said": "said by one", "saying": ["valmiera"], "confirming": [], "unread": ["solna"]},
    "Statement": {
        "id": 430,
        "field": "date",
        "language": None,
        "as_printed": "1991.gadā",
        "stated": "1991",
        "value": "1991",
        "why": None,
        "quote": None,
        "in_force": True,
        "verdict": "accepted",
        "chosen": False,
        "origin": "facts@1",
        "confidence": None,
        "first_seen": "2026-11-21",
        "last_seen": "2026-11-21",
        "source": _SOURCE,
    },
    "ListedPartnership": {
        "slug": "solna-valmiera",
        "url": f"{SITE}/api/v1/partnerships/solna-valmiera/",
        "page": f"{SITE}/en/partnerships/solna-valmiera/",
        "kind": "twinning",
        "as_of": "2026-12-01",
        "status": "in force",
        "since": "1991",
        "since_kind": "begun",
        "fields": ["administration", "culture"],
        "parties": [_SOLNA, _VALMIERA],
        "acts": [_BEGUN],
    },
    "Found": {
        "type": "party",
        "slug": "valmiera",
        "url": f"{SITE}/api/v1/parties/valmiera/",
        "page": f"{SITE}/en/parties/valmiera/",
        "name": "Valmiera",
        "country": "LV",
        "kind": "municipality",
        "found_by": "Валмиера",
        "found_by_language": "bg",
    },
}
"""By the name of the record."""
