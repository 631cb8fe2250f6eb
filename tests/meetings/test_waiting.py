"""What waits for a person: meetings that are near, calls to answer, minutes to check, what is overdue."""

import datetime as dt
from typing import Any

import pytest

from tests.factories.accounts import make_user
from tests.factories.meetings import (
    DAY,
    make_attendance,
    make_commitment,
    make_invitee,
    make_item,
    make_meeting,
)
from tests.factories.parties import make_officer, make_party
from twinhall.meetings import waiting
from twinhall.meetings.actions.minuting import digest, sign_off, write
from twinhall.meetings.models import Checker, Meeting, Minutes, Registration
from twinhall.parties.models import Party, Role

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def valga() -> Party:
    return make_party()


def on(days: int, slug: str, **told: Any) -> Meeting:
    """A meeting so many days after DAY, to which towns were called."""
    day = DAY + dt.timedelta(days=days)
    return make_meeting(**{"starts_on": day, "ends_on": day, "slug": slug, "called_at": NOW, **told})


def test_meetings_that_are_near(valga: Party) -> None:
    officer = make_officer(valga)
    for days in (4, -1, 0):
        on(days, f"d{days}", organiser=valga)
    on(1, "off", organiser=valga, cancelled_at=NOW, cancelled_why="Snow.")
    on(2, "elsewhere")
    assert [one.slug for one in waiting.coming(officer, DAY)] == ["d0", "d4"]


def test_calls_that_wait_for_an_answer(valga: Party) -> None:
    officer = make_officer(valga)
    told_of: dict[str, dict[str, Any]] = {
        "open": {"registration_until": DAY},
        "closed": {"registration_until": DAY - dt.timedelta(days=1)},
        "off": {"cancelled_at": NOW, "cancelled_why": "Snow."},
        "not called": {"called_at": None},
        "answered": {},
        "always open": {},
    }
    for slug, told in told_of.items():
        meeting = on(3, slug.replace(" ", "-"), title=slug, **told)
        for number in range(2):
            make_invitee(meeting, valga, email=f"{number}@valga.example")
        make_invitee(meeting, make_party(name="Valka"), email="info@valka.example")
    Registration.objects.create(
        meeting=Meeting.objects.get(slug="answered"), party=valga, is_coming=False, by=officer
    )
    waits = list(waiting.unanswered(officer, DAY))
    assert [one.meeting.title for one in waits] == ["open", "always open"]
    assert {one.party for one in waits} == {valga}
    assert not waiting.unanswered(make_officer(valga, role=Role.EDITOR), DAY)


def test_minutes_wait_for_their_checkers(valga: Party) -> None:
    minutes = Minutes.objects.create(meeting=on(0, "a", organiser=valga), keeper=make_user())
    first, second = (
        Checker.objects.create(minutes=minutes, place=place, person=make_user()) for place in (1, 2)
    )
    assert list(waiting.minutes_to_check(first.person)) == [first]
    assert not waiting.minutes_to_check(minutes.keeper)
    sign_off(minutes, seen=digest(minutes), by=first.person)
    assert not waiting.minutes_to_check(first.person)
    assert list(waiting.minutes_to_check(second.person)) == [second]


def test_minutes_wait_again_once_they_have_changed_under_a_signature(valga: Party) -> None:
    keeper, person = make_user(), make_user()
    minutes = Minutes.objects.create(meeting=on(0, "a", organiser=valga), keeper=keeper)
    checker = Checker.objects.create(minutes=minutes, place=1, person=person)
    item = make_item(minutes.meeting)
    sign_off(minutes, seen=digest(minutes), by=person)
    assert not waiting.minutes_to_check(person)
    write(item, text="It was told at length.", read=0, by=keeper)
    assert waiting.minutes_to_check(person) == [checker]
    sign_off(minutes, seen=digest(minutes), by=person)
    assert not waiting.minutes_to_check(person)
    make_attendance(minutes.meeting, valga, came=True)
    assert waiting.minutes_to_check(person) == [checker]
    minutes.approved_at, minutes.approved_by, minutes.approved_in = NOW, make_user(), on(9, "b")
    minutes.save()
    assert not waiting.minutes_to_check(person)


def test_what_is_overdue_concerns_those_who_took_it_on(valga: Party) -> None:
    meeting = on(-20, "a")
    for days in (-1, -3, 0):
        make_commitment(meeting, valga, due=DAY + dt.timedelta(days=days))
    make_commitment(meeting, make_party(name="Valka"), due=DAY - dt.timedelta(days=2))
    found = waiting.overdue(make_officer(valga), DAY)
    assert [(one.due - DAY).days for one in found if one.due] == [-3, -1]
    assert not waiting.overdue(make_officer(make_party()), DAY)
