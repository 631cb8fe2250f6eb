import json
from decimal import Decimal
from typing import Any

from twinhall.core.dates import PartialDate
from twinhall.reader.facts import Candidate, Membership, Named, Network, Partnership, Project
from twinhall.reader.gold import json_of

SOLNA = Named("Solna", "Solnas", "SE", (Candidate(2675397, "Solna", "SE", 0.9),))
VALMIERA = Named("Valmiera", "Valmiera")
SAID: dict[str, Any] = {"quote": "Solnas, 1991", "quote_start": 7, "confidence": 0.91234}


def test_a_partnership() -> None:
    fact = Partnership(
        a=VALMIERA,
        b=SOLNA,
        kind="twin",
        since=PartialDate(1991, 6),
        contact=PartialDate(1989),
        fields=("culture", "labour-mobility", "social-affairs", "humanitarian-aid"),
        a_country="LV",
        country="SE",
        **SAID,
    )
    assert json_of(fact, "p") == {
        "page": "p",
        "type": "partnership",
        "a": "Valmiera",
        "b": "Solna",
        "b_as_written": "Solnas",
        "country": "SE",
        "kind": "twin",
        "since": "1991-06",
        "until": None,
        "status": None,
        "fields": ["culture", "labour", "social", "humanitarian"],
        "a_country": "LV",
        "contact": "1989",
        "a_geonames": None,
        "b_geonames": 2675397,
        "quote": "Solnas, 1991",
        "quote_start": 7,
        "confidence": 0.912,
    }


def test_what_is_optional_is_left_out() -> None:
    said = json_of(Partnership(a=VALMIERA, b=VALMIERA, **SAID), "p")
    assert not {"a_country", "contact", "a_as_written"} & set(said)
    assert not {"status", "reason", "member_as_written"} & set(
        json_of(Membership(member=VALMIERA, network="Network", **SAID), "p")
    )


def test_a_membership() -> None:
    fact = Membership(
        member=SOLNA,
        network="Union",
        network_written="Unijas",
        role="founder",
        status="not-yet",
        reason="x",
        **SAID,
    )
    said = json_of(fact, "p")
    assert (said["member"], said["member_as_written"], said["network_as_written"]) == (
        "Solna",
        "Solnas",
        "Unijas",
    )
    assert (said["status"], said["reason"], said["role"], said["a_geonames"]) == (
        "not-yet",
        "x",
        "founder",
        2675397,
    )


def test_a_project_and_a_network() -> None:
    project = json_of(
        Project(title="T", partners=("A", "B"), budget=Decimal("1050000.00"), currency="EUR", **SAID), "p"
    )
    assert (project["budget"], project["partners"], project["start"]) == (1050000, ["A", "B"], None)
    assert json_of(Project(title="T", budget=Decimal("0.5"), **SAID), "p")["budget"] == 0.5
    network = json_of(
        Network(name="N", founded=PartialDate(2006, 12), members_count="more than 50", **SAID), "p"
    )
    assert (network["founded"], network["seat"], network["members_count"]) == (
        "2006-12",
        None,
        "more than 50",
    )
    assert json.loads(json.dumps([project, network])) == [project, network]
