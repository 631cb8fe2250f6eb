"""What can be done with a membership follows from its status, and can really be done."""

import datetime as dt
from collections.abc import Mapping

import pytest

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_membership_act
from twinhall.core.dates import PartialDate
from twinhall.networks.actions import MEMBERS_OWN_DEEDS, MEMBERSHIP_DEEDS, add_membership_act
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind, MembershipStatus
from twinhall.networks.queries import as_of

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
