"""A party's acts on one line of time."""

from collections.abc import Sequence

import pytest
from django.utils import translation

from tests.factories.networks import make_body, make_membership, make_membership_act, make_network, make_post
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_act, make_partnership
from tests.factories.projects import make_participation, make_project
from twinhall.networks.models import Membership, PostRole
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership
from twinhall.web.names import Names
from twinhall.web.timeline import timeline

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Party:
    return make_party(name="Ada", language="en")


def lines(ada: Party, *parties: Party) -> list[tuple[str, str, str, str]]:
    """The lines of a party's life: when, what, with whom, and the shape of the point."""
    ties: Sequence[Partnership] = list(Partnership.objects.filter(signatories__party=ada))
    members: Sequence[Membership] = list(ada.memberships.all())
    joined = list(ada.participations.all())
    networks = [member.network.party for member in members]
    with translation.override("en"):
        moments = timeline(
            ada,
            partnerships=ties,
            memberships=members,
            participations=joined,
            posts=list(ada.posts.all()),
            names=Names([ada, *parties, *networks]),
        )
    return [(moment.when, moment.before, moment.link_text, moment.tone) for moment in moments]


def test_what_is_dated_stands_in_the_order_of_time(ada: Party) -> None:
    bea, cia = make_party(name="Bea"), make_party(name="Cia")
    make_act(partnership=make_partnership(parties=[ada, bea]), date="2001-05-09")
    make_act(partnership=make_partnership(parties=[ada, bea, cia]), kind="begun", date="1999")
    network = make_network(party=make_network_party(name="League"))
    make_membership_act(membership=make_membership(network=network, party=ada), date="2000-02")
    make_participation(project=make_project(title="Green border", starts="2001"), party=ada)
    make_post(network=network, party=ada, body=make_body(network=network), role=PostRole.CHAIR, since="2005")
    assert lines(ada, bea, cia) == [
        ("1999", "Cooperation began:", "Bea and Cia", "tie"),
        ("February 2000", "Admitted:", "League", "network"),
        ("2001", "Project begins:", "Green border", "project"),
        ("9 May 2001", "Agreement signed:", "Bea", "tie"),
        ("2005", "Chair:", "League", "network"),
    ]


def test_what_has_no_date_and_a_mere_sighting_are_left_out(ada: Party) -> None:
    bea = make_party(name="Bea")
    tie = make_partnership(parties=[ada, bea])
    make_act(partnership=tie)
    make_act(partnership=tie, kind="attested", date="2024-05-01")
    network = make_network()
    make_membership_act(
        membership=make_membership(network=network, party=ada), kind="attested", date="2024-05-01"
    )
    make_participation(project=make_project(), party=ada)
    make_post(network=network, party=ada)
    assert lines(ada, bea) == []


def test_each_line_leads_to_its_record(ada: Party) -> None:
    make_act(partnership=make_partnership(parties=[ada, make_party()], address="ada-valga"), date="2001")
    ties = list(Partnership.objects.all())
    with translation.override("lv"):
        names = Names([party.party for party in ties[0].signatories.all()])
        (moment,) = timeline(ada, partnerships=ties, memberships=[], participations=[], posts=[], names=names)
    assert moment.href == "/lv/partnerships/ada-valga/"
