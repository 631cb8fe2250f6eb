"""An act of membership goes where its date puts it; one that was taken back counts no more."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.factories.accounts import make_user
from tests.factories.networks import make_membership, make_membership_act
from twinhall.accounts.models import LogEntry
from twinhall.core.dates import PartialDate
from twinhall.networks.actions import add_membership_act
from twinhall.networks.models import Membership, MembershipAct, MembershipActKind
from twinhall.networks.queries import as_of
from twinhall.parties.actions import restore, withdraw

pytestmark = pytest.mark.django_db

TODAY = dt.date(2024, 5, 1)


@pytest.fixture
def membership() -> Membership:
    """Admitted in 1991, suspended in 2001, left in 2011."""
    found = make_membership()
    for kind, date in (
        (MembershipActKind.ADMITTED, "1991"),
        (MembershipActKind.SUSPENDED, "2001"),
        (MembershipActKind.LEFT, "2011"),
    ):
        make_membership_act(membership=found, kind=kind, date=date)
    return found


def history(membership: Membership) -> list[tuple[int, str]]:
    return [(act.number, act.kind) for act in membership.acts.order_by("number")]


def status(membership: Membership) -> str:
    return as_of(Membership.objects.filter(pk=membership.pk), TODAY).get().status


def taken_back(membership: Membership, number: int) -> MembershipAct:
    act = membership.acts.get(number=number)
    withdraw(act, why="Entered in error.", by=make_user())
    return act


@pytest.mark.parametrize(
    ("date", "number"), [("1991", 2), ("1995", 2), ("2001-06", 3), ("2005", 3), ("2011", 4), ("2020", 4)]
)
def test_an_act_stands_where_its_date_puts_it(membership: Membership, date: str, number: int) -> None:
    act = add_membership_act(
        membership, kind=MembershipActKind.ATTESTED, by=make_user(), date=PartialDate.parse(date)
    )
    kinds = ["admitted", "suspended", "left"]
    kinds.insert(number - 1, "attested")
    act.refresh_from_db()
    assert (act.number, act.date) == (number, None)
    assert history(membership) == list(enumerate(kinds, start=1))
    assert LogEntry.objects.get().label == f"{membership} {number}: attested"


def test_an_application_is_put_before_the_admission(membership: Membership) -> None:
    add_membership_act(membership, kind=MembershipActKind.APPLIED, by=make_user(), date=PartialDate(1990))
    assert history(membership) == [(1, "applied"), (2, "admitted"), (3, "suspended"), (4, "left")]


def test_what_cannot_come_first_is_refused_and_no_number_has_moved(membership: Membership) -> None:
    before = history(membership)
    with pytest.raises(ValidationError) as refusal:
        add_membership_act(membership, kind=MembershipActKind.LEFT, by=make_user(), date=PartialDate(1990))
    assert "cannot come first" in refusal.value.messages[0]
    assert history(membership) == before


# Taken back ------------------------------------------------------------------------------------------------


def test_neither_status_nor_since_follow_from_an_act_that_was_taken_back(membership: Membership) -> None:
    assert status(membership) == "former"
    taken_back(membership, 3)
    assert status(membership) == "suspended"
    taken_back(membership, 1)
    found = Membership.objects.get(pk=membership.pk)
    assert (found.since, found.since_kind) == (PartialDate(2001), "suspended")


def test_what_is_restored_counts_again(membership: Membership) -> None:
    act = taken_back(membership, 3)
    restore(act, by=make_user())
    assert status(membership) == "former"


def test_the_number_of_an_act_that_was_taken_back_stays_its_own(membership: Membership) -> None:
    taken_back(membership, 3)
    assert add_membership_act(membership, kind=MembershipActKind.LEFT, by=make_user()).number == 4
    with pytest.raises(ValidationError) as refusal:
        add_membership_act(membership, kind=MembershipActKind.LEFT, by=make_user(), number=3)
    assert refusal.value.messages == ["This tie has an act with this number already."]


def test_an_admission_that_was_taken_back_is_none_for_what_comes_after() -> None:
    membership = make_membership_act(date="1991").membership
    taken_back(membership, 1)
    with pytest.raises(ValidationError) as refusal:
        add_membership_act(membership, kind=MembershipActKind.LEFT, by=make_user())
    assert "cannot come first" in refusal.value.messages[0]
