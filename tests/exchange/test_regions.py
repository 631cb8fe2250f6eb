"""Which regions parties lie in, in a world of five towns."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.accounts import make_user
from tests.factories.parties import make_identifier, make_party
from tests.factories.places import make_gazetteer, make_place, make_town
from twinhall.accounts.models import LogEntry
from twinhall.exchange.gazetteer import add_from_gazetteer
from twinhall.exchange.regions import Spot, regions_for, settle_regions
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

MUNICH, LINDAU, BREGENZ, NOWHERE, TROMSO = 1, 2, 3, 4, 5


@pytest.fixture
def _towns(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER = tmp_path
    make_gazetteer(
        tmp_path,
        make_town(MUNICH, "Munich", country="DE", division="02", latitude=48.14, longitude=11.57),
        make_town(LINDAU, "Lindau", country="DE", division="02", latitude=47.55, longitude=9.69),
        make_town(BREGENZ, "Bregenz", country="AT", division="08", latitude=47.50, longitude=9.75),
        make_town(NOWHERE, "Nowhere", country="DE", division="99", latitude=52.0, longitude=12.0),
        make_town(TROMSO, "Tromsø", country="NO", division="34", latitude=69.65, longitude=18.96),
    )


@pytest.fixture
def _no_gazetteer(settings: Settings, tmp_path: Path) -> None:
    settings.GAZETTEER = tmp_path / "none"


@pytest.mark.usefixtures("_towns")
@pytest.mark.parametrize(
    ("spot", "region"),
    [
        ((MUNICH, "DE", None, None), "DE.02"),
        ((MUNICH, "", None, None), "DE.02"),
        ((None, "DE", 48.3, 11.7), "DE.02"),  # 20 km away
        ((None, "DE", 48.5, 11.57), ""),  # 40 km away
        ((None, "AT", 47.54, 9.70), "AT.08"),  # nearer to Lindau, but that lies in another country
        ((None, "NO", 69.65, 19.6), "NO.34"),  # far in degrees of longitude, not in kilometres
        ((MUNICH, "AT", 47.5, 9.75), "AT.08"),  # the identifier is of another country
        ((77, "DE", 47.55, 9.69), "DE.02"),
        ((NOWHERE, "DE", None, None), ""),
        ((None, "", 48.14, 11.57), ""),
        ((None, "XX", 48.14, 11.57), ""),
        ((None, "DE", 90.0, 180.0), ""),
        ((None, "DE", -90.0, -180.0), ""),
        ((10**39, "DE", None, None), ""),
    ],
)
def test_a_region_is_told_by_the_identifier_else_by_the_nearest_town(spot: Spot, region: str) -> None:
    assert regions_for([spot]) == [region]


@pytest.mark.usefixtures("_towns")
def test_many_are_told_in_their_order() -> None:
    spots: list[Spot] = [(None, "AT", 47.5, 9.75), (None, "", None, None), (LINDAU, "DE", None, None)]
    assert regions_for(spots) == ["AT.08", "", "DE.02"]
    assert regions_for([]) == []


@pytest.mark.usefixtures("_no_gazetteer")
def test_without_a_gazetteer_none_is_known_and_none_is_compiled(settings: Settings) -> None:
    make_party(country="DE", latitude=48.14, longitude=11.57)
    assert regions_for([(MUNICH, "DE", 48.14, 11.57)]) == [""]
    assert settle_regions() == 0
    assert not settings.GAZETTEER.exists()


@pytest.mark.usefixtures("_towns")
def test_parties_without_a_region_get_theirs(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        make_party(name=f"Bavarian {number}", country="DE", latitude=48.1, longitude=11.5)
    lindau = make_party(name="Lindau", country="DE")
    make_identifier(party=lindau, scheme="geonames", value=str(LINDAU))
    make_party(name="Bregenz", country="AT", latitude=47.5, longitude=9.75)
    unknown = make_party(name="Berlin", country="DE")

    with django_assert_num_queries(2 + 2 + 2):  # parties, identifiers; two regions; a savepoint
        assert settle_regions() == 5

    assert Party.objects.filter(region="DE.02").count() == 4
    assert Party.objects.get(region="AT.08").name == "Bregenz"
    assert list(Party.objects.filter(region="")) == [unknown]
    assert settle_regions() == 0


@pytest.mark.usefixtures("_towns")
def test_those_that_are_named_are_told_anew() -> None:
    moved = make_party(country="DE", latitude=48.14, longitude=11.57)
    settle_regions()
    Party.objects.update(country="AT")
    moved.refresh_from_db()

    assert settle_regions([moved]) == 1
    assert (moved.region, Party.objects.get().region) == ("", "")


@pytest.mark.usefixtures("_no_gazetteer")
def test_a_town_that_is_added_has_its_region_at_once() -> None:
    assert add_from_gazetteer(make_place(), by=make_user()).region == "LV.30"
    assert Party.objects.get().region == "LV.30"


@pytest.mark.usefixtures("_towns")
def test_the_command_tells_all_anew_and_says_how_many() -> None:
    make_party(country="DE", latitude=48.14, longitude=11.57)
    make_party(country="DE")
    Party.objects.update(region="DE.99")
    out = StringIO()

    call_command("regions", stdout=out)

    assert out.getvalue() == "2 parties changed; 1 of 2 have a region.\n"
    assert sorted(Party.objects.values_list("region", flat=True)) == ["", "DE.02"]
    line = LogEntry.objects.get()
    assert (line.deed, line.label) == ("regions worked out", out.getvalue().strip())
    assert str(line.by.name) == "the operator, on the command line"
