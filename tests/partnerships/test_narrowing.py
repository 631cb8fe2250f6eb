"""Lists of ties narrowed by whose they are, since when, who says so and what their parties belong to."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.networks.models import Membership, MembershipStatus
from twinhall.parties.models import Party
from twinhall.partnerships.counting import ties_by_country, ties_by_party
from twinhall.partnerships.models import ActKind, Partnership, Status
from twinhall.partnerships.narrowing import MEMBER
from twinhall.partnerships.queries import at, partnership_list, ties_in_force

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)


def town(name: str, country: str, region: str = "") -> Party:
    return make_party(name=name, country=country, region=region)


@pytest.fixture
def ties() -> dict[str, Partnership]:
    """Of Bavaria with Italy twice and with Saxony, of Berlin with Italy, and one of three abroad."""
    passau, hof = town("Passau", "DE", "DE.02"), town("Hof", "DE", "DE.02")
    berlin, plauen = town("Berlin", "DE", "DE.16"), town("Plauen", "DE", "DE.13")
    bari, roma = town("Bari", "IT", "IT.13"), town("Roma", "IT", "IT.07")
    sides = {
        "passau-bari": [passau, bari],
        "hof-roma": [hof, roma],
        "hof-plauen": [hof, plauen],
        "hof-passau": [hof, passau],
        "berlin-roma": [berlin, roma],
        "bari-paris-roma": [bari, town("Paris", "FR"), roma],
    }
    found = {
        address: make_partnership(parties=parties, address=address) for address, parties in sides.items()
    }
    for number, tie in enumerate(found.values()):
        make_act(partnership=tie, date=f"{1985 + 3 * number}")  # 1985, 1988, 1991, 1994, 1997, 2000
    for number, tie in enumerate(found.values()):
        Partnership.objects.filter(pk=tie.pk).update(source_count=number)
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"country": "DE"}, "berlin-roma hof-passau hof-plauen hof-roma passau-bari"),
        ({"region": "DE.02"}, "hof-passau hof-plauen hof-roma passau-bari"),
        ({"country": "DE", "region": "DE.16"}, "berlin-roma"),
        ({"country": "FR", "region": "DE.16"}, ""),
        ({"partner_country": "IT"}, "bari-paris-roma berlin-roma hof-roma passau-bari"),
        ({"country": "DE", "partner_country": "IT"}, "berlin-roma hof-roma passau-bari"),
        ({"country": "DE", "region": "DE.02", "partner_country": "IT"}, "hof-roma passau-bari"),
        ({"region": "DE.02", "partner_region": "IT.13"}, "passau-bari"),
        ({"country": "DE", "partner_country": "DE"}, "hof-passau hof-plauen"),
        ({"region": "DE.02", "partner_region": "DE.02"}, "hof-passau"),
        ({"country": "IT", "partner_country": "IT"}, "bari-paris-roma"),
        ({"country": "FR", "partner_country": "FR"}, ""),
        ({"decade": "1980"}, "hof-roma passau-bari"),
        ({"decade": "1990"}, "berlin-roma hof-passau hof-plauen"),
        ({"decade": "2000"}, "bari-paris-roma"),
        ({"sources": 4}, "bari-paris-roma berlin-roma"),
        ({"sources": 5, "decade": "1990"}, ""),
        ({"party": "hof"}, "hof-passau hof-plauen hof-roma"),
        ({"party": "hof", "partner_country": "IT"}, "hof-roma"),
        ({"party": "nowhere"}, ""),
        ({"country": "DE", "status": "in force"}, "berlin-roma hof-passau hof-plauen hof-roma passau-bari"),
        ({"status": "ended"}, ""),
    ],
)
def test_ties_are_narrowed(ties: dict[str, Partnership], asked: dict[str, Any], expected: str) -> None:
    assert len(ties) == 6
    assert [tie.slug for tie in partnership_list(TODAY, **asked)] == expected.split()
    assert partnership_list(TODAY, **asked).count() == len(expected.split())


def test_a_decade_that_is_no_year_is_refused() -> None:
    with pytest.raises(ValueError, match="nineties"):
        partnership_list(TODAY, decade="nineties")


def test_undated_ties_are_of_no_decade() -> None:
    make_partnership()
    make_act(date="1990-01-01")
    make_act(date="1999-12-31")
    assert partnership_list(TODAY, decade="1990").count() == 2


def test_ties_of_members_are_those_of_parties_that_are_members_on_the_day(
    ties: dict[str, Partnership],
) -> None:
    network = make_network(party=make_network_party(name="Border Towns"))
    for name, date in (("Hof", "2001"), ("Bari", "2030"), ("Paris", "2001")):
        membership = make_membership(network=network, party=Party.objects.get(name=name))
        make_membership_act(membership=membership, date=date)
    Membership.objects.filter(party__name="Paris").update(
        withdrawn_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), withdrawn_why="Entered twice."
    )
    assert len(ties) == 6
    found = partnership_list(TODAY, network=network.party.slug)
    assert [tie.slug for tie in found] == ["hof-passau", "hof-plauen", "hof-roma"]
    assert not partnership_list(dt.date(2000, 1, 1), network=network.party.slug).exists()
    assert MEMBER == MembershipStatus.MEMBER


def test_the_oldest_come_first_and_the_newest_last_and_the_undated_at_the_end() -> None:
    for address, date in (("a", ""), ("b", "2001"), ("c", "1991-05"), ("d", "1991")):
        make_act(partnership=make_partnership(address=address), date=date)
    for order, expected in (("since", "dcba"), ("-since", "bcda"), ("between", "abcd"), ("-between", "dcba")):
        assert "".join(tie.slug for tie in partnership_list(TODAY, order=order)) == expected


# By status ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [
        ("1990-12-30", Status.UNKNOWN, 3),
        ("1991-12-31", Status.UNKNOWN, 1),
        ("1991-12-31", Status.IN_FORCE, 2),
        ("2001-12-31", Status.IN_FORCE, 1),
        ("2001-12-30", Status.ENDED, 0),
        ("2001-12-31", Status.ENDED, 1),
        ("9999-12-31", Status.ENDED, 1),
    ],
)
def test_ties_of_a_status_are_found_on_any_day(day: str, status: Status, expected: int) -> None:
    ended = make_act(date="1991").partnership
    make_act(partnership=ended, kind=ActKind.ENDED, date="2001")
    make_act(date="1991")
    make_partnership()
    assert at(Partnership.objects.all(), status, dt.date.fromisoformat(day)).count() == expected


@pytest.mark.parametrize("status", [Status.IN_FORCE, Status.SUSPENDED])
def test_a_status_is_asked_of_the_spells_and_not_of_the_acts(status: Status) -> None:
    with CaptureQueriesContext(connection) as captured:
        partnership_list(TODAY, status=status, order="-since").count()
    assert len(captured) == 1
    assert "partnerships_spell" in captured[0]["sql"]
    assert "partnerships_act" not in captured[0]["sql"]


# Counts ------------------------------------------------------------------------------------------------


def test_ties_are_counted_by_party_and_by_country(ties: dict[str, Partnership]) -> None:
    make_act(partnership=ties["hof-roma"], kind=ActKind.ENDED, date="2020")
    Partnership.objects.filter(slug="hof-plauen").update(
        withdrawn_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), withdrawn_why="Entered twice."
    )
    by_party = ties_by_party(TODAY)
    names = dict(Party.objects.values_list("pk", "name"))
    told = {"Passau": 2, "Bari": 2, "Hof": 1, "Berlin": 1, "Roma": 2, "Paris": 1}
    assert {names[pk]: count for pk, count in by_party.items()} == told
    assert by_party == ties_in_force(Party.objects.all(), TODAY)
    assert ties_by_country() == {"DE": 4, "IT": 4, "FR": 1}
