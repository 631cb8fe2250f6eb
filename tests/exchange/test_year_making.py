"""Making the demo's invented year: once, beside facts that stay as they are."""

import datetime as dt

import pytest

from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import User
from twinhall.evidence.models import Source, Statement
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.people import SECRETARY, make_demo_people
from twinhall.exchange.year import make_demo_year
from twinhall.letters.models import Letter
from twinhall.meetings.actions.planning import plan_meeting
from twinhall.meetings.models import Meeting, MeetingKind
from twinhall.networks.models import Membership, MembershipAct
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db

TODAY = dt.date.today()  # noqa: DTZ011 - the demo takes the day of its site


@pytest.fixture
def secretary(shipped: Report) -> User:  # noqa: ARG001
    make_demo_people(by=system_actor("shipped", "shipped with Twinhall"))
    return User.objects.get(email=SECRETARY)


def test_no_fact_of_the_register_changes(secretary: User) -> None:
    def facts() -> list[list[object]]:
        kept = (Party, Membership, MembershipAct, Statement, Source)
        return [list(model.objects.order_by("pk").values()) for model in kept]

    before = facts()
    make_demo_year(secretary=secretary, today=TODAY)
    assert facts() == before


def test_made_twice_it_is_made_once(secretary: User) -> None:
    year = make_demo_year(secretary=secretary, today=TODAY)
    people, letters = User.objects.count(), Letter.objects.count()
    assert make_demo_year(secretary=secretary, today=TODAY) == []
    assert Meeting.objects.count() == len(year)
    assert (User.objects.count(), Letter.objects.count()) == (people, letters)


def test_it_is_not_made_beside_meetings_of_the_association_itself(secretary: User) -> None:
    association = Party.objects.get(slug="city-twins-association")
    own = plan_meeting(
        organiser=association,
        by=secretary,
        kind=MeetingKind.SEMINAR,
        title="Towns in two countries",
        language="en",
        starts_on=TODAY,
        ends_on=TODAY,
        zone="Europe/Tallinn",
    )
    assert make_demo_year(secretary=secretary, today=TODAY) == []
    assert list(Meeting.objects.all()) == [own]
    assert not User.objects.filter(name__endswith="(invented)").exists()


def test_it_needs_the_facts_that_ship(secretary: User) -> None:
    Party.objects.filter(slug="narva").update(slug="elsewhere")
    with pytest.raises(Party.DoesNotExist):
        make_demo_year(secretary=secretary, today=TODAY)
    assert not Meeting.objects.exists()
