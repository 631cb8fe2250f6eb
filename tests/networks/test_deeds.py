"""What can be done with a membership follows from its status, and can really be done."""

import datetime as dt
from collections.abc import Mapping

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_membership_act
from twinhall.core.dates import PartialDate
from twinhall.networks.actions import add_membership_act, take_deed
from twinhall.networks.deeds import MEMBERS_OWN_DEEDS, MEMBERSHIP_DEEDS, check_deed, open_deeds
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind, MembershipStatus
from twinhall.networks.queries import as_of
from twinhall.parties.actions import withdraw

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)
K = MembershipActKind

# How a membership comes to have each status.
HISTORIES: Mapping[str, tuple[MembershipActKind, ...]] = {
    MembershipStatus.UNKNOWN: (),
    MembershipStatus.APPLICANT: (K.APPLIED,),
    MembershipStatus.COOPERATING: (K.NOT_YET,),
    MembershipStatus.MEMBER: (K.ADMITTED,),
    MembershipStatus.SUSPENDED: (K.ADMITTED, K.SUSPENDED),
    MembershipStatus.FORMER: (K.ADMITTED, K.LEFT),
}

# What the status is after each deed that is offered.
OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "unknown": {"applied": "applicant", "admitted": "member", "not yet": "cooperating"},
    "applicant": {"admitted": "member", "not yet": "cooperating", "refused": "former"},
    "cooperating": {"applied": "applicant", "admitted": "member"},
    "member": {"suspended": "suspended", "left": "former", "excluded": "former"},
    "suspended": {"readmitted": "member", "left": "former", "excluded": "former"},
    "former": {"applied": "applicant", "admitted": "member", "readmitted": "member"},
}


def a_membership(*acts: MembershipActKind) -> Membership:
    membership = make_membership()
    for year, kind in enumerate(acts, start=1991):
        make_membership_act(membership=membership, kind=kind, date=f"{year}")
    return membership


def status_of(membership: Membership) -> str:
    return as_of(Membership.objects.filter(pk=membership.pk), TODAY).get().status


def status_after(membership: Membership, kind: str) -> str:
    """Do it in 2020; the date is what a statement would write."""
    act = add_membership_act(membership, kind=kind, by=make_user(), date=PartialDate(2020))
    MembershipAct.objects.filter(pk=act.pk).update(date=PartialDate(2020))
    return status_of(membership)


def test_every_status_has_its_deeds_and_every_deed_is_a_kind_of_act() -> None:
    assert set(MEMBERSHIP_DEEDS) == set(MembershipStatus)
    assert {kind for kinds in MEMBERSHIP_DEEDS.values() for kind in kinds} <= set(MembershipActKind)
    assert set(MembershipActKind) >= MEMBERS_OWN_DEEDS


def test_the_deeds_that_are_offered_are_those_whose_outcome_is_known() -> None:
    offered = {str(status): {str(kind) for kind in kinds} for status, kinds in MEMBERSHIP_DEEDS.items()}
    assert offered == {status: set(outcomes) for status, outcomes in OUTCOMES.items()}


@pytest.mark.parametrize("status", HISTORIES)
def test_a_membership_comes_to_have_each_status(status: str) -> None:
    assert status_of(a_membership(*HISTORIES[status])) == status


@pytest.mark.parametrize(
    ("status", "kind"), [(status, kind) for status, kinds in MEMBERSHIP_DEEDS.items() for kind in kinds]
)
def test_what_is_offered_can_be_done_and_gives_another_status(status: str, kind: str) -> None:
    after = status_after(a_membership(*HISTORIES[status]), kind)
    assert (after, after != status) == (OUTCOMES[status][kind], True)


@pytest.mark.parametrize("kind", [K.APPLIED, K.ADMITTED])
def test_who_was_refused_can_apply_again_and_be_admitted(kind: MembershipActKind) -> None:
    assert status_after(a_membership(K.APPLIED, K.REFUSED), kind) == OUTCOMES["former"][kind]


def test_a_member_applies_and_leaves_and_the_network_does_the_rest() -> None:
    assert {K.APPLIED, K.LEFT} == MEMBERS_OWN_DEEDS
    offered = {kind for kinds in MEMBERSHIP_DEEDS.values() for kind in kinds}
    assert offered - MEMBERS_OWN_DEEDS == {
        K.ADMITTED,
        K.READMITTED,
        K.NOT_YET,
        K.REFUSED,
        K.EXCLUDED,
        K.SUSPENDED,
    }


# The rule, asked of a membership on a day --------------------------------------------------------------


def taken(membership: Membership, kind: str, date: str = "") -> bool:
    """Whether the deed is done; one that is refused leaves no act."""
    acts = MembershipAct.objects.filter(membership=membership)
    before = acts.count()
    day = PartialDate.parse(date) if date else None
    try:
        act = take_deed(membership, kind=kind, by=make_user(), date=day)
    except ValidationError:
        assert acts.count() == before
        return False
    MembershipAct.objects.filter(pk=act.pk).update(date=day)
    return True


@pytest.mark.parametrize("status", HISTORIES)
def test_what_is_not_offered_is_refused_and_what_is_offered_is_not(status: str) -> None:
    membership = a_membership(*HISTORIES[status])
    refused = set()
    for kind in K:
        try:
            check_deed(membership, kind, TODAY)
        except ValidationError:
            refused.add(kind)
    assert set(K) - refused == set(open_deeds(membership, TODAY)) == set(MEMBERSHIP_DEEDS[status])


def test_a_refusal_says_how_the_membership_stands() -> None:
    with pytest.raises(ValidationError) as refusal:
        check_deed(a_membership(K.ADMITTED), K.APPLIED, TODAY)
    said = ["The membership is “member” on 2024-05-01: the act “applied” is not possible then."]
    assert refusal.value.messages == said


@pytest.mark.parametrize(
    ("acts", "is_open"),
    [
        ((K.ATTESTED, K.SUSPENDED), True),
        ((K.ADMITTED, K.LEFT), True),
        ((K.APPLIED, K.REFUSED), False),
        ((), False),
    ],
)
def test_only_who_was_a_member_is_readmitted(
    acts: tuple[MembershipActKind, ...],
    *,
    is_open: bool,
) -> None:
    membership = a_membership(*acts)
    assert (K.READMITTED in open_deeds(membership, TODAY)) is is_open
    assert taken(membership, K.READMITTED, "2020") is is_open


def test_of_a_withdrawn_membership_nothing_is_decided() -> None:
    membership = a_membership(K.ADMITTED)
    withdraw(membership, why="Entered twice.", by=make_user())
    assert open_deeds(membership, TODAY) == []
    with pytest.raises(ValidationError, match="was withdrawn"):
        check_deed(membership, K.LEFT, TODAY)


def test_a_deed_is_done_once() -> None:
    membership = a_membership(K.APPLIED)
    stale = Membership.objects.prefetch_related("acts").get(pk=membership.pk)
    assert list(stale.acts.all()) != []
    assert taken(membership, K.ADMITTED, "2020")
    assert [taken(stale, K.ADMITTED, date) for date in ("2020", "2021", "")] == [False] * 3


@pytest.mark.parametrize("date", ["", "2020", "1995"])
def test_a_member_that_is_one_does_not_become_an_applicant(date: str) -> None:
    membership = a_membership(K.ADMITTED)
    assert not taken(membership, K.APPLIED, date)
    assert status_of(membership) == "member"


def test_in_a_year_that_is_not_over_yet_the_act_before_counts() -> None:
    membership = make_membership()
    make_membership_act(membership=membership, kind=K.ADMITTED, date="2024")
    assert not taken(membership, K.APPLIED, "2024-03-01")
    assert taken(membership, K.SUSPENDED, "2024-03-01")


@pytest.mark.parametrize(
    ("kind", "status"), [(K.APPLIED, "member"), (K.ADMITTED, "member"), (K.LEFT, "former")]
)
def test_what_a_source_saw_later_bars_nothing(kind: MembershipActKind, status: str) -> None:
    """Applied or admitted in 1995 and seen as a member in 2022, it is one; that it left in 2020 ends it."""
    membership = make_membership()
    make_membership_act(membership=membership, kind=K.ATTESTED, date="2022-05-01")
    assert taken(membership, kind, "2020" if kind == K.LEFT else "1995")
    assert status_of(membership) == status
