"""Lists of members and certificates as PDF: what they say, of which day, in which language."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_name, make_network_party, make_officer, make_party
from tests.factories.partnerships import make_partnership
from twinhall.networks.models import Membership, Network
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

PAPER = "/en/networks/league/members.pdf"


@pytest.fixture
def league() -> Network:
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def sofia(league: Network) -> Membership:
    """Admitted in 2010, suspended in 2020."""
    party = make_party(name="София", language="bg", country="BG")
    return admitted(league, party, number=7)


def admitted(network: Network, party: Party, **more: object) -> Membership:
    membership = make_membership(network=network, party=party, **more)  # type: ignore[arg-type]
    make_membership_act(membership=membership, date="2010-05-04")
    make_membership_act(membership=membership, kind="suspended", date="2020-01-01")
    return membership


def words(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    if status != 200:
        return ""
    assert answer.headers["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_the_list_is_as_of_the_day(client: Client, sofia: Membership) -> None:
    assert sofia.number == 7
    then, now = words(client, f"{PAPER}?on=2015-01-01"), words(client, PAPER)
    assert "As of 1 January 2015: 1 member." in then
    assert all(word in then for word in ("София", "Bulgaria", "4 May 2010", "7"))
    assert "София" not in now


def test_it_is_grouped_by_country_and_by_pair(client: Client, league: Network, sofia: Membership) -> None:
    rodos = make_party(name="Ρόδος", language="el", country="GR")
    pair = make_partnership(parties=[sofia.party, rodos], kind="city twins")
    admitted(league, rodos, pair=pair)
    by_country = words(client, f"{PAPER}?on=2015-01-01&by=country")
    assert by_country.index("Bulgaria") < by_country.index("София") < by_country.index("Greece")
    by_pair = words(client, f"{PAPER}?on=2015-01-01&by=pair")
    assert "Ρόδος" in by_pair
    assert "without a pair" in by_pair
    words(client, f"{PAPER}?by=colour", 400)


@pytest.mark.usefixtures("sofia")
def test_it_speaks_the_language_of_its_address(client: Client) -> None:
    assert "България" in words(client, "/bg/networks/league/members.pdf?on=2015-01-01")


def test_a_certificate_is_for_members_of_the_day_alone(
    client: Client, league: Network, sofia: Membership
) -> None:
    client.force_login(make_officer(sofia.party))
    where = f"/en/desk/memberships/{sofia.pk}/certificate.pdf"
    words(client, where, 404)
    sofia.acts.get(kind="suspended").delete()
    make_name(party=sofia.party, text="Sofia", language="en")
    told = words(client, where)
    wanted = ("Certificate of membership", "Sofia", "София", "League", "4 May 2010", "7", "Place and date")
    assert [word for word in wanted if word not in told] == []
    client.force_login(make_officer(make_party(name="Elva")))
    words(client, where, 403)
    client.force_login(make_officer(league.party))
    words(client, where)
