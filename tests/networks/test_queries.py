import datetime as dt
from collections.abc import Callable
from operator import attrgetter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.networks import (
    make_body,
    make_membership,
    make_membership_act,
    make_network,
    make_network_size,
    make_post,
)
from tests.factories.parties import make_party
from tests.factories.partnerships import make_partnership
from twinhall.networks.models import MEMBERSHIP_STATUS_AFTER, Membership, MembershipActKind, Network
from twinhall.networks.queries import (
    MemberCount,
    as_of,
    members_in_order,
    members_of,
    memberships_of,
    network_list,
    network_page,
    pairs_in,
    posts_of,
    tally,
)
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)
WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def history(membership: Membership, *days: str) -> list[str]:
    mine = Membership.objects.filter(pk=membership.pk)
    return [as_of(mine, dt.date.fromisoformat(day)).get().status for day in days]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("applied", "applicant"),
        ("admitted", "member"),
        ("readmitted", "member"),
        ("attested", "member"),
        ("not yet", "cooperating"),
        ("refused", "former"),
        ("left", "former"),
        ("excluded", "former"),
        ("suspended", "suspended"),
    ],
)
def test_each_kind_of_act_leaves_its_status(kind: str, expected: str) -> None:
    assert MEMBERSHIP_STATUS_AFTER[kind] == expected
    membership = make_membership_act(kind=kind, date="2006").membership
    assert history(membership, "2006-12-30", "2006-12-31") == ["unknown", expected]


def test_a_membership_is_told_for_any_day() -> None:
    membership = make_membership_act(kind="applied", date="2004-02").membership
    make_membership_act(membership=membership, kind="admitted")
    make_membership_act(membership=membership, kind="suspended", date="2010-03-01")
    make_membership_act(membership=membership, kind="left", date="2012")
    make_membership_act(membership=membership, kind="readmitted", date="2015")
    days = ("2004-02-28", "2004-02-29", "2010-03-01", "2012-12-31", "2016-01-01")
    assert history(membership, *days) == ["unknown", "member", "suspended", "former", "member"]


def test_a_membership_for_a_term_ends_with_it() -> None:
    membership = make_membership_act(date="2006", valid_until="2008").membership
    assert history(membership, "2008-12-30", "2008-12-31") == ["member", "former"]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([("attested", "2024"), ("admitted", "2006")], ("2006", "admitted")),
        ([("applied", "2004"), ("admitted", "2006")], ("2006", "admitted")),
        ([("applied", "2004"), ("admitted", "")], ("2004", "applied")),
        ([("admitted", ""), ("left", "2008"), ("readmitted", "2010")], ("2010", "readmitted")),
        ([("not yet", "2024")], (None, "")),
        ([("attested", "2024")], (None, "")),
    ],
)
def test_since_is_the_admission_else_the_first_dated_act(
    acts: list[tuple[str, str]], expected: tuple[str | None, str]
) -> None:
    membership = make_membership()
    for kind, date in acts:
        make_membership_act(membership=membership, kind=kind, date=date)
    found = Membership.objects.get()
    assert (str(found.since) if found.since else None, found.since_kind) == expected


def test_networks_are_listed_by_name_with_their_memberships() -> None:
    baltic = make_network(name="Union of the Baltic Cities", sectors="culture sport")
    hansa = make_network(name="Hansa", sectors="culture")
    for _n in range(3):
        make_membership(network=baltic)
    make_membership(network=baltic, withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    make_network_size(network=baltic, members=70, at_least=True)
    members = attrgetter("membership_count")
    assert [(found, members(found)) for found in network_list()] == [(hansa, 0), (baltic, 3)]
    assert [(found, members(found)) for found in network_list(field="sport")] == [(baltic, 3)]
    assert list(network_list(field="health")) == []


def test_the_network_of_a_withdrawn_party_is_not_shown() -> None:
    network = make_network()
    Party.objects.filter(pk=network.pk).update(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Never was.")
    assert list(network_list()) == []
    assert list(network_page()) == []


def test_members_are_listed_by_name() -> None:
    network = make_network()
    for name in ("Valga", "Imatra", "Narva"):
        make_membership(network=network, party=make_party(name=name))
    make_membership(party=make_party(name="Elsewhere"))
    assert [found.party.name for found in members_of(network, TODAY)] == ["Imatra", "Narva", "Valga"]


def test_members_stand_by_status_then_by_name_of_all_countries_or_of_one() -> None:
    network = make_network()
    for name, country, kind in (
        ("Valga", "EE", "admitted"),
        ("Imatra", "FI", "left"),
        ("Narva", "EE", "admitted"),
        ("Adazi", "LV", "left"),
    ):
        member = make_membership(network=network, party=make_party(name=name, country=country))
        make_membership_act(membership=member, kind=kind, date="2001")
    found = members_in_order(network, TODAY, statuses=["member", "former"])
    assert [(m.party.name, m.status) for m in found] == [
        ("Narva", "member"),
        ("Valga", "member"),
        ("Adazi", "former"),
        ("Imatra", "former"),
    ]
    estonian = members_in_order(network, TODAY, statuses=["former"], country="EE")
    assert [m.party.name for m in estonian] == ["Narva", "Valga"]
    counted = tally(network, TODAY)
    assert (counted.total, counted.by_country) == (4, {"EE": 2, "FI": 1, "LV": 1})
    assert counted.by_status() == {"member": 2, "former": 2}
    assert counted.by_status("LV") == {"former": 1}


def test_the_members_of_pairs_stand_with_the_standing_of_either_side() -> None:
    network, valga, valka = make_network(), make_party(), make_party(name="Valka")
    pair = make_partnership(parties=[valga, valka])
    make_membership_act(membership=make_membership(network=network, party=valga, pair=pair), date="2001")
    make_membership_act(membership=make_membership(network=network, party=valka), kind="left", date="2002")
    make_membership(network=network)
    make_membership(party=valka, pair=pair)
    pairs, statuses = pairs_in(network, TODAY)
    assert pairs == [pair]
    assert statuses == {valga.pk: "member", valka.pk: "former"}


def test_a_partys_memberships_are_oldest_first_and_those_without_a_date_last() -> None:
    valga = make_party()
    for name, date in (("A", ""), ("B", "2010"), ("C", "1999-05"), ("D", "")):
        make_membership_act(
            membership=make_membership(network=make_network(name=name), party=valga), date=date
        )
    make_membership(party=make_party(name="Valka"))
    shown = [found.network.party.name for found in memberships_of(valga, TODAY)]
    assert shown == ["C", "B", "A", "D"]


def test_what_a_party_does_in_networks() -> None:
    valga = make_party()
    later, earlier = make_post(party=valga, since="2009"), make_post(party=valga, since="2007-05")
    make_post(party=make_party(name="Valka"), since="2008")
    assert list(posts_of(valga)) == [earlier, later]


def test_members_are_counted_with_the_countries_that_are_known() -> None:
    network = make_network()
    told = (
        ("EE", MembershipActKind.ADMITTED),
        ("EE", MembershipActKind.ATTESTED),
        ("", MembershipActKind.ADMITTED),
        ("PL", MembershipActKind.NOT_YET),
        ("FI", MembershipActKind.LEFT),
        ("SE", MembershipActKind.SUSPENDED),
    )
    for country, kind in told:
        membership = make_membership(network=network, party=make_party(country=country))
        make_membership_act(membership=membership, kind=kind, date="2006")
    assert tally(network, TODAY).members == MemberCount(members=3, countries=1)
    assert tally(network, dt.date(2006, 1, 1)).members == MemberCount(0, 0)


# Queries do not grow -----------------------------------------------------------------------------------


def _read(membership: Membership) -> object:
    pair = membership.pair
    return (
        membership.status,
        membership.since,
        membership.party.name,
        membership.network.party.name,
        [act.kind for act in membership.acts.all()],
        [signatory.party.name for signatory in pair.signatories.all()] if pair else [],
    )


def _read_members(network: Network) -> int:
    return len([_read(found) for found in members_of(network, TODAY)])


def _read_page(network: Network) -> int:
    shown = network_page().get(pk=network.pk)
    posts = [(post.party.name, post.body.slug if post.body else "") for post in shown.posts.all()]
    of_itself = (shown.bodies, shown.sizes, shown.sectors, shown.party.names, shown.party.contacts)
    assert [len(related.all()) for related in of_itself] == [len(posts), 0, 2, 0, 0]
    return len(posts)


@pytest.mark.parametrize(("read", "queries"), [(_read_members, 3), (_read_page, 8)], ids=["members", "page"])
def test_the_number_of_queries_is_the_same_for_two_members_and_for_thirty(
    read: Callable[[Network], int], queries: int
) -> None:
    network = make_network(sectors="culture sport")
    asked = []
    for members in (2, 30):
        for n in range(network.memberships.count(), members):
            party = make_party(name=f"Town {n}")
            pair = make_partnership(parties=[party, make_party(name=f"Over the river {n}")])
            membership = make_membership(network=network, party=party, pair=pair)
            make_membership_act(membership=membership, date="2006")
            make_post(network=network, party=party, body=make_body(network=network, slug=f"board-{n}"))
        with CaptureQueriesContext(connection) as captured:
            assert read(network) == members
        asked.append(len(captured))
    assert asked == [queries, queries]


def test_the_number_of_queries_is_the_same_for_two_networks_and_for_thirty() -> None:
    asked = []
    for networks in (2, 30):
        for n in range(Network.objects.count(), networks):
            network = make_network(name=f"Network {n}", sectors="culture sport")
            make_network_size(network=network)
            make_membership(network=network)
        with CaptureQueriesContext(connection) as captured:
            shown = [
                (found.party.name, [size.members for size in found.sizes.all()], [*found.sectors.all()])
                for found in network_list()
            ]
        assert len(shown) == networks
        asked.append(len(captured))
    assert asked == [3, 3]
