"""What is not merged, and what is said about it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_network
from tests.factories.parties import make_network_party, make_party, make_succession
from tests.factories.partnerships import make_partnership
from tests.factories.projects import make_participation, make_project
from twinhall.accounts.models import LogEntry
from twinhall.exchange.merge import merge_parties, merge_partnerships
from twinhall.exchange.models.merges import Merge
from twinhall.parties.models import Party
from twinhall.partnerships.models import Partnership, PartnershipKind

pytestmark = pytest.mark.django_db

Two = tuple[Party, Party]


def two_towns() -> Two:
    return make_party(name="Valga"), make_party(name="Walk")


def the_same() -> Two:
    valga = make_party()
    return valga, valga


def one_withdrawn() -> Two:
    withdrawn = make_party(name="Walk", withdrawn_at=timezone.now(), withdrawn_why="Entered in error.")
    return make_party(), withdrawn


def of_two_kinds() -> Two:
    return make_party(), make_party(name="Valga County", kind="region")


def two_networks() -> Two:
    one, other = make_network(), make_network()
    return one.party, other.party


def a_network_that_would_go() -> Two:
    return make_network_party(), make_network(name="Baltic Cities").party


def a_network_and_its_member() -> Two:
    network, member = make_network(), make_network_party(name="Union")
    make_membership(network=network, party=member)
    return network.party, member


def two_sides() -> Two:
    towns = two_towns()
    make_partnership(parties=towns, address="valga-walk")
    return towns


def two_partners() -> Two:
    towns, project = two_towns(), make_project(slug="green-border")
    for town in towns:
        make_participation(project=project, party=town)
    return towns


def one_after_the_other() -> Two:
    kept, gone = two_towns()
    make_succession(predecessor=gone, successor=kept)
    return kept, gone


REFUSED: dict[Callable[[], Two], str] = {
    the_same: "A record is not merged with itself.",
    one_withdrawn: "“Walk” is withdrawn.",
    of_two_kinds: "Only parties of one kind are merged; these are of the kinds “municipality” and “region”.",
    two_networks: "Both are networks, and networks are not merged.",
    a_network_that_would_go: "“Baltic Cities” is a network: keep it, and merge the other into it.",
    a_network_and_its_member: "The one is a member of the other: they are two.",
    two_sides: "They are two sides of one partnership, “valga-walk”.",
    two_partners: "They are two partners of one project, “green-border”.",
    one_after_the_other: "The one took the other's place: they are two, one after the other.",
}


@pytest.mark.parametrize("parties", REFUSED, ids=lambda found: found.__name__)
def test_parties_that_are_two_are_not_merged(parties: Callable[[], Two]) -> None:
    keep, gone = parties()
    with pytest.raises(ValidationError) as refusal:
        merge_parties(keep, gone, why="Entered twice.", by=make_user())
    assert refusal.value.messages == [REFUSED[parties]]
    assert (Merge.objects.count(), LogEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("why", ["", "  "])
def test_a_merge_needs_a_reason(why: str) -> None:
    keep, gone = two_towns()
    with pytest.raises(ValidationError) as refusal:
        merge_parties(keep, gone, why=why, by=make_user())
    assert refusal.value.message_dict == {"why": ["A merge needs its reason."]}


def test_a_reason_is_as_long_as_it_can_be_kept() -> None:
    keep, gone = two_towns()
    with pytest.raises(ValidationError) as refusal:
        merge_parties(keep, gone, why="w" * 501, by=make_user())
    assert list(refusal.value.message_dict) == ["why"]
    gone.refresh_from_db()
    assert gone.withdrawn_at is None


def test_a_network_takes_in_an_association_that_has_no_members() -> None:
    network, gone = make_network(), make_network_party(name="Baltic Towns")
    merge_parties(network.party, gone, why="Entered twice.", by=make_user())
    gone.refresh_from_db()
    assert gone.merged_into == network.party


def test_partnerships_of_different_parties_are_not_merged() -> None:
    one, other = make_partnership(), make_partnership()
    with pytest.raises(ValidationError, match="Their parties differ, so they are two partnerships"):
        merge_partnerships(one, other, why="Entered twice.", by=make_user())


@pytest.mark.parametrize("withdrawn", [0, 1])
def test_a_withdrawn_partnership_is_not_merged(withdrawn: int) -> None:
    towns = two_towns()
    ties = [make_partnership(parties=towns, kind=kind) for kind in PartnershipKind.values[:2]]
    Partnership.objects.filter(pk=ties[withdrawn].pk).update(
        withdrawn_at=timezone.now(), withdrawn_why="Entered in error."
    )
    with pytest.raises(ValidationError, match="is withdrawn"):
        merge_partnerships(*ties, why="Entered twice.", by=make_user())
