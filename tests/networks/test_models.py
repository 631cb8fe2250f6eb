import datetime as dt

import pytest
from django.db import IntegrityError, models
from django.db.models import ProtectedError

from tests.constraints import Breach, assert_refused, constraints_of
from tests.factories.networks import (
    make_application,
    make_body,
    make_membership,
    make_membership_act,
    make_network,
    make_network_size,
    make_post,
    make_requirement,
)
from tests.factories.parties import make_party
from twinhall.core.dates import PartialDate
from twinhall.networks.models import (
    MEMBERSHIP_STATUS_AFTER,
    Application,
    Body,
    Category,
    Enclosure,
    Membership,
    MembershipAct,
    MembershipActKind,
    MembershipSpell,
    MembershipStatus,
    NetworkSize,
    Outcome,
    Post,
    PostRole,
    Requirement,
    Stage,
)

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
WITHDRAWN_AT = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


of = PartialDate.parse


def _the_same_membership() -> Membership:
    kept = make_membership()
    return Membership(network=kept.network, party=kept.party)


def _member_of_itself() -> Membership:
    network = make_network()
    return Membership(network=network, party=network.party)


def _the_same_body() -> Body:
    kept = make_body()
    return Body(network=kept.network, slug=kept.slug, kind=kept.kind)


def _the_same_post() -> Post:
    kept = make_post()
    return Post(network=kept.network, party=kept.party, role=kept.role)


def _the_same_size() -> NetworkSize:
    kept = make_network_size(members=50, as_of="2009")
    return NetworkSize(network=kept.network, members=50, as_of=kept.as_of)


def a_spell(membership: Membership, *, ends: dt.date = dt.date.max) -> MembershipSpell:
    return MembershipSpell(
        membership=membership, status=MembershipStatus.MEMBER, starts=dt.date(1992, 6, 15), ends=ends
    )


def _the_same_number() -> Membership:
    kept = make_membership(number=7)
    return Membership(network=kept.network, party=make_party(), number=7)


def _the_same_requirement() -> Requirement:
    kept = make_requirement(network=make_network())
    return Requirement(network=kept.network, number=kept.number)


def an_application(**told: object) -> Application:
    """One that nothing is wrong with, but for what is told of it."""
    right = {"network": make_network(), "town": "Elva", "language": "en", "consented_at": NOW}
    return Application(**{**right, **told})


BREACHES = {
    "networks_membership_number_once": Breach(
        _the_same_number, "Another membership of the network has this number."
    ),
    "networks_body_in_order": Breach(
        lambda: Body(
            network=make_network(), slug="board", kind="board", since=of("2010"), until=of("2009-05")
        ),
        "The end lies before the beginning.",
    ),
    "networks_post_in_order": Breach(
        lambda: Post(
            network=make_network(),
            party=make_party(),
            role="chair",
            since=of("2010-05-02"),
            until=of("2010-05-01"),
        ),
        "The end lies before the beginning.",
    ),
    "networks_requirement_once": Breach(
        _the_same_requirement, "The network asks for a paper with this number already."
    ),
    "networks_application_of_somebody": Breach(
        lambda: an_application(town=""), "An application says which town or region applies."
    ),
    "networks_application_agreed": Breach(
        lambda: an_application(consented_at=None), "Who applies without an account agrees that this is kept."
    ),
    "networks_application_asked": Breach(lambda: an_application(asked_at=NOW), "Say what is missing."),
    "networks_application_completed": Breach(
        lambda: an_application(completed_at=NOW), "A complete application has its party and membership."
    ),
    "networks_application_decided": Breach(
        lambda: an_application(decided_at=NOW, outcome=Outcome.ADMITTED),
        "What is decided on is complete, or is laid aside.",
    ),
    "networks_application_erased": Breach(
        lambda: an_application(decided_at=NOW, outcome=Outcome.LAID_ASIDE, erased_at=NOW, name="Ewa"),
        "What is erased is gone, and was decided on.",
    ),
    "networks_enclosure_of_something": Breach(
        lambda: Enclosure(application=make_application()), "A paper is a file, or a note on how it came."
    ),
    "networks_size_once": Breach(_the_same_size, "This size of the network is kept already."),
    "networks_size_of_something": Breach(
        lambda: NetworkSize(network=make_network()), "A size counts members, or countries, or both."
    ),
    "networks_membership_once": Breach(
        _the_same_membership, "This party has a membership of the network already."
    ),
    "networks_membership_of_another": Breach(_member_of_itself, "A network is no member of itself."),
    "networks_membership_category": Breach(
        lambda: Membership(network=make_network(), party=make_party(), category="friend"),
        "This is not a category of membership.",
    ),
    "networks_membership_withdrawn": Breach(
        lambda: Membership(network=make_network(), party=make_party(), withdrawn_why="Entered twice."),
        "A withdrawal needs its reason.",
    ),
    "networks_act_number_once": Breach(
        lambda: MembershipAct(
            membership=make_membership_act().membership, kind=MembershipActKind.LEFT, number=1
        ),
        "This tie has an act with this number already.",
    ),
    "networks_act_from_one": Breach(
        lambda: MembershipAct(membership=make_membership(), kind=MembershipActKind.ADMITTED, number=0),
        "The first act of a tie has the number 1.",
    ),
    "networks_act_withdrawn": Breach(
        lambda: MembershipAct(
            membership=make_membership(),
            kind=MembershipActKind.ADMITTED,
            number=1,
            withdrawn_why="Entered in error.",
        ),
        "A withdrawal needs its reason.",
    ),
    "networks_act_kind": Breach(
        lambda: MembershipAct(membership=make_membership(), kind="waved", number=1),
        "This is not a kind of act.",
    ),
    "networks_spell_once": Breach(
        lambda: a_spell(make_membership_act(date="1992-06-15").membership),
        "This tie has a spell from this day already.",
    ),
    "networks_spell_in_order": Breach(
        lambda: a_spell(make_membership(), ends=dt.date(1992, 6, 14)),
        "A spell ends on or after the day it starts.",
    ),
    "networks_body_once": Breach(_the_same_body, "The network has this body already."),
    "networks_body_kind": Breach(
        lambda: Body(network=make_network(), slug="choir", kind="choir"), "This is not a kind of body."
    ),
    "networks_post_once": Breach(_the_same_post, "The party has this post already."),
    "networks_post_role": Breach(
        lambda: Post(network=make_network(), party=make_party(), role="singer"),
        "This is not a role of a post.",
    ),
}


def test_every_constraint_has_its_breach() -> None:
    assert set(BREACHES) == set(constraints_of("networks"))


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_by_the_database_and_explained(name: str) -> None:
    assert_refused(BREACHES[name])


@pytest.mark.parametrize(
    ("members", "countries", "at_least", "as_of"),
    [(50, 26, True, "2009"), (50, None, False, ""), (None, 26, False, "2009-05")],
)
def test_a_size_is_kept_once(members: int | None, countries: int | None, at_least: bool, as_of: str) -> None:  # noqa: FBT001
    size = make_network_size(members=members, countries=countries, at_least=at_least, as_of=as_of)
    with pytest.raises(IntegrityError):
        make_network_size(
            network=size.network, members=members, countries=countries, at_least=at_least, as_of=as_of
        )


def test_several_sizes_stand_side_by_side() -> None:
    network = make_network()
    make_network_size(network=network, members=50)
    make_network_size(network=network, members=50, at_least=True)
    make_network_size(network=network, members=50, countries=26)
    make_network_size(network=network, members=50, as_of="2009")
    make_network_size(network=make_network(name="Another"), members=50)
    assert network.sizes.count() == 4


def test_a_membership_that_was_withdrawn_leaves_its_place_free() -> None:
    first = make_membership(withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    second = make_membership(network=first.network, party=first.party)
    assert list(Membership.objects.standing()) == [second]


def test_a_party_may_have_a_post_again_or_in_a_body() -> None:
    post = make_post()
    body = make_body(network=post.network)
    make_post(network=post.network, party=post.party, body=body)
    make_post(network=post.network, party=post.party, number=2)
    make_post(network=post.network, party=post.party, role=PostRole.HOST)
    assert post.network.posts.count() == 4
    with pytest.raises(IntegrityError):
        make_post(network=post.network, party=post.party, body=body)


def test_every_kind_of_act_leaves_a_status() -> None:
    assert set(MEMBERSHIP_STATUS_AFTER) == set(MembershipActKind)


def test_what_a_network_rests_on_is_not_deleted() -> None:
    membership = make_membership(via=make_party(name="Umbrella"))
    for record in (membership.network, membership.network.party, membership.party, membership.via):
        assert record is not None
        with pytest.raises(ProtectedError):
            record.delete()


def test_records_are_called_by_what_people_know_them_by() -> None:
    network = make_network(name="Baltic Cities")
    membership = make_membership(network=network, party=make_party(name="Valmiera"), category=Category.MEMBER)
    records: list[tuple[models.Model, str]] = [
        (network, "Baltic Cities"),
        (membership, "Valmiera – Baltic Cities"),
        (make_membership_act(membership=membership), "Valmiera – Baltic Cities 1: admitted"),
        (make_body(network=network), "Baltic Cities: board"),
        (make_post(network=network, party=membership.party), "Valmiera: chair, Baltic Cities"),
        (make_network_size(network=network, members=70), "Baltic Cities: 70 / None"),
    ]
    assert [str(record) for record, _ in records] == [text for _, text in records]


@pytest.mark.parametrize("dates", ["2010 2010", "2010-05 2010", "2010-05-02 2010-05", "2010 2010-05"])
def test_what_ends_in_the_year_or_month_of_its_beginning_is_in_order(dates: str) -> None:
    since, until = dates.split()
    assert make_post(since=since, until=until).pk


def test_the_number_of_a_withdrawn_membership_is_free() -> None:
    gone = make_membership(number=7, withdrawn_at=WITHDRAWN_AT, withdrawn_why="Entered twice.")
    assert make_membership(network=gone.network, number=7).pk


def test_many_have_no_number() -> None:
    network = make_network()
    assert make_membership(network=network).pk != make_membership(network=network).pk


def test_the_stage_of_an_application_follows_from_its_dates() -> None:
    dates: list[dict[str, object]] = [
        {},
        {"asked_at": NOW, "missing": "The decision."},
        {"completed_at": NOW},
        {"completed_at": NOW, "decided_at": NOW},
        {"asked_at": NOW, "missing": "It.", "decided_at": NOW},
    ]
    stages = [an_application(**told).stage for told in dates]
    assert stages == [Stage.RECEIVED, Stage.INCOMPLETE, Stage.COMPLETE, Stage.DECIDED, Stage.DECIDED]
