"""What can be done with a tie follows from its status, and can really be done."""

import datetime as dt
from collections.abc import Mapping

import pytest

from tests.factories.accounts import make_user
from tests.factories.parties import make_party
from tests.factories.partnerships import make_act, make_partnership
from twinhall.core.dates import PartialDate
from twinhall.partnerships.actions import DEEDS, add_act
from twinhall.partnerships.models import PARTY_ACTS, Act, ActKind, Partnership, Status
from twinhall.partnerships.queries import as_of

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)

# How a tie comes to have each status.
HISTORIES: Mapping[str, tuple[ActKind, ...]] = {
    Status.UNKNOWN: (),
    Status.CONTACT: (ActKind.CONTACT,),
    Status.PROPOSED: (ActKind.CONTACT, ActKind.INTENT),
    Status.IN_FORCE: (ActKind.SIGNED,),
    Status.SUSPENDED: (ActKind.SIGNED, ActKind.SUSPENDED),
    Status.DORMANT: (ActKind.SIGNED, ActKind.LAPSED),
    Status.ENDED: (ActKind.SIGNED, ActKind.ENDED),
}

# What the status is after each deed that is offered.
OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "unknown": {"intent": "proposed", "begun": "in force", "signed": "in force"},
    "contact": {"intent": "proposed", "begun": "in force", "signed": "in force"},
    "proposed": {"begun": "in force", "signed": "in force"},
    "in force": {
        "signed": "in force",
        "renewed": "in force",
        "widened": "in force",
        "suspended": "suspended",
        "lapsed": "dormant",
        "ended": "ended",
        "left": "ended",
    },
    "suspended": {"resumed": "in force", "ended": "ended"},
    "dormant": {"revived": "in force", "ended": "ended"},
    "ended": {"signed": "in force", "revived": "in force"},
}
STAYS_IN_FORCE = {"signed", "renewed", "widened"}


def a_tie(status: str, *, parties: int = 2) -> Partnership:
    tie = make_partnership(parties=[make_party(name=f"Town {n}") for n in range(parties)])
    for year, kind in enumerate(HISTORIES[status], start=1991):
        make_act(partnership=tie, kind=kind, date=f"{year}")
    return tie


def status_of(tie: Partnership) -> str:
    return as_of(Partnership.objects.filter(pk=tie.pk), TODAY).get().status


def status_after(tie: Partnership, kind: str) -> str:
    """Do it in 2020; the date is what a statement would write."""
    party = tie.signatories.all()[0].party if kind in PARTY_ACTS else None
    act = add_act(tie, kind=kind, by=make_user(), party=party, date=PartialDate(2020))
    Act.objects.filter(pk=act.pk).update(date=PartialDate(2020))
    return status_of(tie)


def test_every_status_has_its_deeds_and_every_deed_is_a_kind_of_act() -> None:
    assert set(DEEDS) == set(Status)
    assert {kind for kinds in DEEDS.values() for kind in kinds} <= set(ActKind)
    assert [status for status, kinds in DEEDS.items() if len(set(kinds)) < len(kinds) or not kinds] == []


def test_the_deeds_that_are_offered_are_those_whose_outcome_is_known() -> None:
    offered = {str(status): {str(kind) for kind in kinds} for status, kinds in DEEDS.items()}
    assert offered == {status: set(outcomes) for status, outcomes in OUTCOMES.items()}


@pytest.mark.parametrize("status", HISTORIES)
def test_a_tie_comes_to_have_each_status(status: str) -> None:
    assert status_of(a_tie(status)) == status


@pytest.mark.parametrize(
    ("status", "kind"), [(status, kind) for status, kinds in DEEDS.items() for kind in kinds]
)
def test_what_is_offered_can_be_done_and_gives_the_status_it_should(status: str, kind: str) -> None:
    after = status_after(a_tie(status), kind)
    assert after == OUTCOMES[status][kind]
    assert after != status or kind in STAYS_IN_FORCE


def test_a_tie_of_three_stands_when_one_of_them_leaves() -> None:
    assert status_after(a_tie("in force", parties=3), "left") == "in force"
