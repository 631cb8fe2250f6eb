import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_network_party, make_party
from tests.factories.partnerships import make_partnership
from twinhall.accounts.models import LogEntry
from twinhall.networks.actions import add_membership_act, found_network, open_membership
from twinhall.networks.deeds import MAKES_MEMBER, NEEDS_MEMBERSHIP
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind, Network
from twinhall.parties.models import PartyKind

pytestmark = pytest.mark.django_db

NO_MEMBERS_YET = (MembershipActKind.APPLIED, MembershipActKind.NOT_YET, MembershipActKind.REFUSED)


def test_an_association_founds_its_network() -> None:
    officer = make_user()
    party = make_network_party(name="Baltic Cities")
    network = found_network(party, by=officer)
    assert list(Network.objects.all()) == [network]
    assert (network.pk, network.party) == (party.pk, party)
    line = LogEntry.objects.get(by=officer)
    assert (line.deed, line.label, line.record_id) == ("network founded", "baltic-cities", str(party.pk))


@pytest.mark.parametrize("kind", [kind for kind in PartyKind if kind != PartyKind.ASSOCIATION])
def test_what_is_no_association_is_no_network(kind: PartyKind) -> None:
    with pytest.raises(ValidationError) as refusal:
        found_network(make_party(kind=kind), by=make_user())
    assert refusal.value.messages == ["A network is a party of kind association."]
    assert Network.objects.count() == 0


def test_a_membership_is_opened() -> None:
    officer = make_user()
    network, party = make_network(name="Baltic Cities"), make_party(name="Valga")
    umbrella, pair = make_network_party(name="Umbrella"), make_partnership()
    membership = open_membership(network, party, by=officer, via=umbrella, pair=pair)
    assert list(Membership.objects.all()) == [membership]
    assert (membership.network, membership.party, membership.via, membership.pair, membership.category) == (
        network,
        party,
        umbrella,
        pair,
        "",
    )
    line = LogEntry.objects.get(by=officer)
    assert (line.deed, line.label) == ("membership opened", "Valga – Baltic Cities")


def test_a_party_is_a_member_once() -> None:
    kept = make_membership()
    with pytest.raises(ValidationError) as refusal:
        open_membership(kept.network, kept.party, by=make_user())
    assert refusal.value.messages == ["This party has a membership of the network already."]
    assert list(Membership.objects.all()) == [kept]


def test_a_network_is_no_member_of_itself() -> None:
    network = make_network()
    with pytest.raises(ValidationError) as refusal:
        open_membership(network, network.party, by=make_user())
    assert refusal.value.messages == ["A network is no member of itself."]
    assert Membership.objects.count() == 0


def test_an_act_stands_after_the_others() -> None:
    officer = make_user()
    membership = make_membership()
    for kind in (MembershipActKind.APPLIED, MembershipActKind.ADMITTED, MembershipActKind.LEFT):
        add_membership_act(membership, kind=kind, by=officer)
    assert [(act.number, act.kind) for act in membership.acts.all()] == [
        (1, "applied"),
        (2, "admitted"),
        (3, "left"),
    ]
    assert LogEntry.objects.filter(by=officer, deed="act added").count() == 3


@pytest.mark.parametrize("kind", sorted(NEEDS_MEMBERSHIP))
def test_who_never_was_a_member_does_not_leave(kind: MembershipActKind) -> None:
    membership = make_membership()
    refused = f"The act “{kind.label}” cannot come first: nothing has begun that it could apply to."
    for earlier in (None, *NO_MEMBERS_YET):
        if earlier is not None:
            add_membership_act(membership, kind=earlier, by=make_user())
        with pytest.raises(ValidationError) as refusal:
            add_membership_act(membership, kind=kind, by=make_user())
        assert refusal.value.messages == [refused]
    assert [act.kind for act in membership.acts.all()] == list(NO_MEMBERS_YET)


@pytest.mark.parametrize("beginning", sorted(MAKES_MEMBER))
@pytest.mark.parametrize("kind", sorted(NEEDS_MEMBERSHIP))
def test_a_member_can_leave_or_be_suspended(beginning: MembershipActKind, kind: MembershipActKind) -> None:
    membership = make_membership()
    add_membership_act(membership, kind=beginning, by=make_user())
    assert add_membership_act(membership, kind=kind, by=make_user()).number == 2


def test_a_number_is_used_once() -> None:
    membership = make_membership_act().membership
    with pytest.raises(ValidationError) as refusal:
        add_membership_act(membership, kind=MembershipActKind.LEFT, by=make_user(), number=1)
    assert refusal.value.messages == ["This tie has an act with this number already."]
    assert MembershipAct.objects.count() == 1


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        add_membership_act(make_membership(), kind="waved", by=make_user())
    assert list(refusal.value.message_dict) == ["kind"]
    assert MembershipAct.objects.count() == 0
