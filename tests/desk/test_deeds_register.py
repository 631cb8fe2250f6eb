"""Deeds on the register as it ships, and what its public pages say of them."""

import pytest
from django.test import Client

from tests.desk.conftest import Desk, address, pills
from tests.factories.parties import make_officer
from tests.web.reading import page
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today", "register")]


def test_zgorzelec_is_admitted_and_its_reason_is_gone(client: Client) -> None:
    network = Network.objects.get(party__slug="city-twins-association")
    anna = Desk(make_officer(network.party, role=Role.SECRETARY))
    town = Membership.objects.get(network=network, party__slug="zgorzelec")
    public = address("web:network", network.party.slug)
    before = page(client.get(public))
    assert "Zgorzelec" in before.section("Not yet members").text
    shown = anna.send(
        address("membership-act", town.pk, "admitted"),
        category="active member",
        date="2026-11-30",
        place="Narva",
    )
    assert pills(shown)[0] == "member"
    after = page(client.get(public))
    assert "Zgorzelec" not in after.section("Not yet members").text
    (row,) = [row for row in after.section("Members").rows if row[0].startswith("Zgorzelec")]
    assert row == ["Zgorzelec Poland", "30 November 2026 admitted", "active member"]
