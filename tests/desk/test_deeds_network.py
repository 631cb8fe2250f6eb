"""Networks: who belongs, as what, and who asks to."""

import pytest

from tests.desk.conftest import Desk, address, of_record, pills, said, waiting, wrongs
from tests.factories.accounts import make_administrator
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_officer, make_party
from tests.web.reading import Page, page
from twinhall.finder.actions import index_all
from twinhall.networks.models import Membership, MembershipActKind, Network
from twinhall.parties.models import Party, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def league(db: None) -> Network:  # noqa: ARG001
    return make_network(party=make_network_party(name="League"))


@pytest.fixture
def anna(league: Network) -> Desk:
    """The network's secretary."""
    return Desk(make_officer(league.party, role=Role.SECRETARY, name="Anna Aas"))


def deed(membership: Membership, kind: str) -> str:
    return address("membership-act", membership.pk, kind)


def offered(shown: Page) -> list[str]:
    lists = shown.section("Acts").all("ul", class_="deeds")
    return [item for ul in lists for item in ul.items]


def test_who_runs_the_register_applies_for_a_party_found_by_name(league: Network, valga: Party) -> None:
    index_all()
    admin, form = Desk(make_administrator()), address("membership-add")
    found = page(admin.post(form, mine_q="Valg", find="mine"))
    shown = admin.send(form, found, network=league.party.slug, basis="page", url="https://valga.ee/")
    assert shown.heading == "Valga in League"
    assert Membership.objects.get().party == valga


def test_a_party_applies_and_the_secretary_decides(
    kadri: Desk, anna: Desk, league: Network, valga: Party
) -> None:
    assert league.party.slug == "league"
    shown = kadri.send(address("membership-add"), network="league", basis=f"own:{valga.pk}", quote="We ask.")
    assert said(shown) == ["Applied. It waits on the desk of the network’s secretary."]
    assert (shown.heading, pills(shown)[0]) == ("Valga in League", "applicant")
    assert offered(shown) == []
    assert waiting(anna, "applicants") == ["Valga"]
    assert waiting(kadri, "applicants") == []
    membership = Membership.objects.get()
    assert offered(anna.open(address("membership", membership.pk))) == [
        "Admit",
        "Not yet, with the reason",
        "Refuse",
    ]
    refused = anna.refused(deed(membership, "not yet"), date="2026-12-01")
    assert wrongs(refused) == ["Reason: “Not yet a member” needs its reason."]
    shown = anna.send(deed(membership, "not yet"), refused, reason="Its twin is no member.")
    assert pills(shown)[0] == "not yet a member"
    assert waiting(anna, "applicants") == []
    shown = anna.send(deed(membership, "admitted"), category="member", date="2026-12-01")
    assert pills(shown)[0] == "member"
    membership.refresh_from_db()
    assert membership.category == "member"


def test_who_applied_already_is_told_so(kadri: Desk, league: Network, valga: Party) -> None:
    make_membership(network=league, party=valga)
    refused = kadri.refused(address("membership-add"), network="league", basis=f"own:{valga.pk}")
    assert wrongs(refused) == ["This party has a membership of the network already."]


def test_a_member_leaves_by_itself_and_does_no_more(
    kadri: Desk, anna: Desk, league: Network, valga: Party
) -> None:
    membership = make_membership(network=league, party=valga)
    make_membership_act(membership=membership, date="2001")
    assert offered(kadri.open(address("membership", membership.pk))) == ["Leave"]
    assert offered(anna.open(address("membership", membership.pk))) == ["Suspend", "Leave", "Exclude"]
    for kind in ("suspended", "excluded", "admitted"):
        kadri.open(deed(membership, kind), 403)
        assert kadri.client.post(deed(membership, kind), {"date": "2026"}).status_code == 403
    shown = kadri.send(deed(membership, "left"), date="2026-06")
    assert pills(shown)[0] == "former member"
    assert "Readmit" in offered(anna.open(address("membership", membership.pk)))


def test_a_next_act_before_the_last_one_is_refused_as_it_would_change_nothing(
    anna: Desk, league: Network
) -> None:
    membership = make_membership(network=league)
    make_membership_act(membership=membership, kind=MembershipActKind.APPLIED, date="2026-11-21")
    refused = anna.refused(deed(membership, "admitted"), date="2026-11-20", category="member")
    assert wrongs(refused) == [
        "Date: This lies before the last act, which is of 21 November 2026: it would change nothing."
    ]
    assert membership.acts.count() == 1


def test_the_secretary_suspends_readmits_and_excludes(anna: Desk, league: Network) -> None:
    membership = make_membership(network=league)
    make_membership_act(membership=membership, date="2001")
    told = [
        pills(anna.send(deed(membership, kind), date=date, **more))[0]
        for kind, date, more in (
            ("suspended", "2010", {}),
            ("readmitted", "2011", {"category": "observer"}),
            ("excluded", "2012", {}),
        )
    ]
    assert told == ["suspended", "member", "former member"]


def test_a_place_in_the_network_is_opened_for_a_party(anna: Desk, league: Network, valga: Party) -> None:
    index_all()
    shown = anna.send(
        address("member-add", "league"), member=f"party:{valga.pk}", category="observer", number="7"
    )
    assert said(shown) == ["Added. Its standing follows from its acts: add the first one."]
    (membership,) = league.memberships.all()
    assert (membership.party, membership.category, membership.number) == (valga, "observer", 7)
    refused = anna.refused(address("member-add", "league"), member=f"party:{league.party.pk}")
    assert wrongs(refused) == ["A network is no member of itself."]


def test_others_do_not_keep_the_network(kadri: Desk, league: Network) -> None:
    membership = make_membership(network=league)
    for where in (address("member-add", "league"), deed(membership, "admitted"), deed(membership, "left")):
        kadri.open(where, 403)
    shown = kadri.open(address("network", "league"))
    assert "Add a member" not in shown.main.text


def test_a_network_is_made_of_an_association(valga: Party) -> None:
    union = make_network_party(name="Union")
    admin = Desk(make_administrator())
    choices = [option.text for option in admin.open(address("network-add")).main.one("select").all("option")]
    assert "Union" in choices
    assert str(valga) not in choices
    shown = admin.send(address("network-add"), association=str(union.pk))
    assert (shown.heading, Network.objects.get().party) == ("Union", union)
    refused = admin.refused(address("network-add"), association=str(union.pk))
    assert wrongs(refused)[0].startswith("Association: Select a valid choice.")


def test_what_there_is_not_is_not_found(anna: Desk, league: Network) -> None:
    membership = make_membership(network=league)
    anna.open(deed(membership, "attested"), 404)
    anna.open(address("membership", membership.pk + 1), 404)
    anna.open(address("network", make_party(name="Elva").slug), 404)
    anna.open(of_record("withdraw", league), 404)


def test_an_address_does_no_deed_that_the_page_does_not_offer(
    kadri: Desk, anna: Desk, league: Network, valga: Party
) -> None:
    membership = make_membership(network=league, party=valga)
    make_membership_act(membership=membership, date="2001")
    (said_so,) = wrongs(kadri.refused(deed(membership, "applied")))
    assert said_so.endswith("the act “applied” is not possible then.")
    anna.refused(deed(membership, "admitted"), category="member")
    anna.refused(deed(membership, "readmitted"), category="member", date="2020")
    anna.send(deed(membership, "excluded"), date="2020")
    anna.refused(deed(membership, "suspended"), date="2021")
    assert list(membership.acts.values_list("kind", flat=True)) == ["admitted", "excluded"]


@pytest.mark.parametrize(
    ("first", "then", "is_offered"),
    [("attested", "suspended", True), ("admitted", "left", True), ("applied", "refused", False)],
)
def test_readmitted_is_who_was_a_member_as_a_source_saw_or_by_an_act(
    anna: Desk, league: Network, first: str, then: str, *, is_offered: bool
) -> None:
    membership = make_membership(network=league)
    make_membership_act(membership=membership, kind=first, date="2001")
    make_membership_act(membership=membership, kind=then, date="2010")
    assert ("Readmit" in offered(anna.open(address("membership", membership.pk)))) is is_offered
    if is_offered:
        shown = anna.send(deed(membership, "readmitted"), date="2011", category="member")
        assert pills(shown)[0] == "member"
    else:
        anna.refused(deed(membership, "readmitted"), date="2011", category="member")
