"""The demo's invented year: what was held, decided and taken on, and by whom."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.working import work_off
from twinhall.accounts.actions import system_actor
from twinhall.accounts.models import User
from twinhall.exchange.facts.ledger import Report
from twinhall.exchange.people import SECRETARY, make_demo_people
from twinhall.exchange.year import DELEGATES, INVENTED, make_demo_year
from twinhall.letters.models import Letter, State
from twinhall.meetings.actions.minuting import state_of
from twinhall.meetings.models import (
    Attendance,
    Commitment,
    Decision,
    Meeting,
    MeetingKind,
    Minutes,
    MinutesState,
    Outcome,
    Registration,
)
from twinhall.meetings.queries import public_meetings
from twinhall.meetings.voting import roll
from twinhall.parties.models import Affiliation

pytestmark = pytest.mark.django_db

TODAY = dt.date.today()  # noqa: DTZ011 - the demo takes the day of its site
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def year(shipped: Report, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Meeting]]:  # noqa: ARG001
    """The year, made once for all that looks at it; each test undoes only what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_demo_people(by=system_actor("shipped", "shipped with Twinhall"))
        yield make_demo_year(secretary=User.objects.get(email=SECRETARY), today=TODAY)
        transaction.set_rollback(True)


def test_the_association_meets_three_times_and_valga_is_visited(year: list[Meeting]) -> None:
    assert [(one.kind, one.organiser.slug, one.starts_on - TODAY) for one in year] == [
        (MeetingKind.BOARD, "city-twins-association", -200 * DAY),
        (MeetingKind.BOARD, "city-twins-association", -45 * DAY),
        (MeetingKind.BOARD, "city-twins-association", 21 * DAY),
        (MeetingKind.VISIT, "valga", 10 * DAY),
    ]
    assert set(Meeting.objects.all()) == set(year)


def test_every_meeting_says_that_it_is_made_up(year: list[Meeting]) -> None:
    assert {one.about for one in year} == {INVENTED}


def test_who_comes_is_made_up_and_cannot_sign_in(year: list[Meeting]) -> None:  # noqa: ARG001
    names = {name for _slug, name, _office in DELEGATES}
    assert [name for name in names if not name.endswith("(invented)")] == []
    assert list(Attendance.objects.exclude(name__endswith="(invented)")) == []
    people = User.objects.filter(name__in=names)
    assert {person.email for person in people} == {f"officer@{slug}.example" for slug, _, _ in DELEGATES}
    assert [person for person in people if person.has_usable_password()] == []


def test_each_acts_for_their_town_alone(year: list[Meeting]) -> None:  # noqa: ARG001
    acting = Affiliation.objects.filter(user__name__endswith="(invented)")
    assert sorted((one.user.email, one.party.slug, one.role) for one in acting) == sorted(
        (f"officer@{slug}.example", slug, "officer") for slug, _name, _office in DELEGATES
    )


def test_minutes_of_spring_are_approved_and_those_of_autumn_wait(year: list[Meeting]) -> None:
    spring, autumn = Minutes.objects.order_by("meeting__starts_on")
    assert (spring.meeting, state_of(spring)) == (year[0], MinutesState.APPROVED)
    assert (spring.approved_in, autumn.meeting) == (year[1], year[1])
    assert state_of(autumn) == MinutesState.WRITTEN
    assert autumn.checkers.filter(signed_at__isnull=True).count() == 2


def test_spring_decided_by_roll_and_had_a_quorum(year: list[Meeting]) -> None:
    decision = Decision.objects.get(meeting=year[0])
    called = roll(year[0])
    assert called.has_quorum
    assert (decision.outcome, decision.in_favour, decision.present) == (Outcome.CARRIED, 6, 6)
    assert decision.entitled == len(called.entitled) == 10


def test_of_what_was_taken_on_one_is_done_one_overdue_one_open(year: list[Meeting]) -> None:  # noqa: ARG001
    assert {one.party.slug: one.state_on(TODAY) for one in Commitment.objects.all()} == {
        "valga": "done",
        "tornio": "overdue",
        "haparanda": "open",
    }


def test_winter_is_called_and_public_and_three_towns_have_answered(year: list[Meeting]) -> None:
    winter = year[2]
    assert list(public_meetings()) == [winter]
    assert winter.called_at is not None
    answers = Registration.objects.filter(meeting=winter).values_list("party__slug", "is_coming")
    assert sorted(answers) == [("narva", True), ("valga", True), ("valka", True)]
    decision = Decision.objects.get(meeting=winter)
    assert (decision.item.number, decision.outcome, decision.membership) == (4, Outcome.OPEN, None)


def test_what_is_open_still_is_when_a_town_is_admitted_elsewhere_meanwhile(year: list[Meeting]) -> None:  # noqa: ARG001
    open_ones = Decision.objects.filter(outcome=Outcome.OPEN)
    assert [(one.deed, one.membership) for one in open_ones] == [("", None)]


def test_its_call_goes_out_once_to_each(year: list[Meeting]) -> None:  # noqa: ARG001
    assert Letter.objects.in_state(State.WAITING).count() == len(DELEGATES)
    work_off()
    work_off()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        f"officer@{slug}.example" for slug, _name, _office in DELEGATES
    )


def test_the_visit_has_a_programme_a_delegation_and_an_interpreter(year: list[Meeting]) -> None:
    visit = year[3]
    assert [line.day - visit.starts_on for line in visit.programme.all()] == [0 * DAY] * 3 + [DAY]
    assert sorted((one.party.slug, one.role) for one in visit.attendances.select_related("party")) == [
        ("valga", "interpreter"),
        ("valka", "delegate"),
        ("valka", "delegate"),
    ]
