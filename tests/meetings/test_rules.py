"""Who sees, keeps and answers, before the call and after it; and lists that say the same as each rule."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories.accounts import make_administrator, make_user
from tests.factories.meetings import make_commitment, make_decision, make_invitee, make_item, make_meeting
from tests.factories.parties import make_affiliation, make_network_party, make_officer, make_party
from twinhall.meetings.models import Checker, Commitment, Decision, Meeting, Minutes
from twinhall.meetings.rules import Seat, commitments_seen_by, decisions_seen_by, seen_by
from twinhall.parties.models import Party, Role
from twinhall.parties.rules import Person, may

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclass
class World:
    """A network meets in Valka; Valga is invited, Tartu is not."""

    network: Party
    valka: Party
    valga: Party
    tartu: Party
    meeting: Meeting
    minutes: Minutes
    people: dict[str, Person] = field(default_factory=dict)

    def who(self, permission: str, subject: object) -> set[str]:
        """All who may."""
        return {name for name, person in self.people.items() if may(person, permission, subject)}

    def call(self) -> None:
        self.meeting.called_at = timezone.now()
        self.meeting.save()


@pytest.fixture
def world() -> World:
    network = make_network_party(name="Baltic Cities")
    valka, valga, tartu = (make_party(name=name) for name in ("Valka", "Valga", "Tartu"))
    meeting = make_meeting(organiser=network, host=valka)
    make_invitee(meeting, valga, email="office@valga.example")
    minutes = Minutes.objects.create(meeting=meeting, keeper=make_user())
    checker = make_user(name="Checker")
    Checker.objects.create(minutes=minutes, place=1, person=checker)
    people: dict[str, Person] = {
        "officer of the organiser": make_officer(network),
        "secretary of the organiser": make_officer(network, role=Role.SECRETARY),
        "editor of the organiser": make_officer(network, role=Role.EDITOR),
        "officer of the host": make_officer(valka),
        "editor of the host": make_officer(valka, role=Role.EDITOR),
        "officer of the invited": make_officer(valga),
        "editor of the invited": make_officer(valga, role=Role.EDITOR),
        "officer of another town": make_officer(tartu),
        "checker": checker,
        "administrator": make_administrator(),
        "retired administrator": make_administrator(is_active=False),
        "somebody": make_user(),
        "stranger": AnonymousUser(),
    }
    former = make_user(name="Former officer")
    make_affiliation(user=former, party=network, ended_at=NOW)
    people["former officer of the organiser"] = former
    return World(network, valka, valga, tartu, meeting, minutes, people)


KEEPERS = {"officer of the organiser", "secretary of the organiser", "administrator"}
AT_THE_TABLE = KEEPERS | {"editor of the organiser", "officer of the host", "editor of the host", "checker"}
CALLED = {"officer of the invited", "editor of the invited"}


def test_a_meeting_is_seen_by_those_at_the_table(world: World) -> None:
    assert world.who("meetings.see_meeting", world.meeting) == AT_THE_TABLE


def test_those_who_are_called_see_it_once_they_are_called(world: World) -> None:
    world.call()
    assert world.who("meetings.see_meeting", world.meeting) == AT_THE_TABLE | CALLED


def test_its_organiser_keeps_it_and_the_host_its_programme(world: World) -> None:
    world.call()
    assert world.who("meetings.keep_meeting", world.meeting) == KEEPERS
    assert world.who("meetings.keep_programme", world.meeting) == KEEPERS | {"officer of the host"}


def test_a_meeting_without_a_host(world: World) -> None:
    world.meeting.host = None
    assert world.who("meetings.keep_programme", world.meeting) == KEEPERS


def test_towns_answer_for_themselves_once_they_are_called(world: World) -> None:
    seat = Seat(world.meeting, world.valga)
    assert world.who("meetings.answer", seat) == KEEPERS
    world.call()
    assert world.who("meetings.answer", seat) == KEEPERS | {"officer of the invited"}


def test_a_town_that_is_not_invited_has_no_seat(world: World) -> None:
    world.call()
    assert world.who("meetings.answer", Seat(world.meeting, world.tartu)) == KEEPERS


def test_checkers_sign_and_read_what_is_not_approved(world: World) -> None:
    world.call()
    # An active superuser passes every question of Django's; the deed itself knows only checkers.
    assert world.who("meetings.sign_minutes", world.minutes) == {"checker"}
    assert world.who("meetings.read_minutes", world.minutes) == KEEPERS | {"checker"}


def test_approved_minutes_are_read_by_those_at_the_table(world: World) -> None:
    world.call()
    world.minutes.approved_at = NOW
    assert world.who("meetings.read_minutes", world.minutes) == AT_THE_TABLE | CALLED


def test_a_commitment_is_closed_by_those_who_took_it_on(world: World) -> None:
    somebody = make_user()
    world.people["who took it on"] = somebody
    commitment = make_commitment(world.meeting, world.valga, person=somebody)
    assert world.who("meetings.see_commitment", commitment) == KEEPERS | CALLED | {
        "editor of the organiser",
        "who took it on",
    }
    assert world.who("meetings.close_commitment", commitment) == KEEPERS | {
        "officer of the invited",
        "who took it on",
    }


# The twins -------------------------------------------------------------------------------------------


def more(world: World) -> None:
    """Meetings in which the same people have other places, and what was decided and taken on there."""
    late = make_meeting(organiser=world.valga, slug="late")
    make_invitee(late, world.tartu, email="a@tartu.example")
    make_invitee(late, world.network, email="b@network.example")
    called = make_meeting(organiser=world.tartu, slug="called", host=world.valga, called_at=NOW)
    for number, party in enumerate((world.valka, world.valga, world.valga)):
        make_invitee(called, party, email=f"{number}@valga.example")
    for meeting in Meeting.objects.all():
        make_decision(make_item(meeting))
        for party in (world.valka, world.valga, world.tartu):
            make_commitment(meeting, party)
    taken = Commitment.objects.order_by("pk")[:2]
    for commitment, name in zip(taken, ("somebody", "editor of the host"), strict=True):
        commitment.person_id = world.people[name].pk
        commitment.save()


@pytest.mark.parametrize("is_called", [False, True])
def test_lists_hold_what_each_rule_lets_through(world: World, *, is_called: bool) -> None:
    more(world)
    if is_called:
        world.call()
    for name, person in world.people.items():
        meetings = [one for one in Meeting.objects.all() if may(person, "meetings.see_meeting", one)]
        assert set(seen_by(person, Meeting.objects.all())) == set(meetings), name
        decisions = Decision.objects.filter(meeting__in=[one.pk for one in meetings])
        assert set(decisions_seen_by(person, Decision.objects.all())) == set(decisions), name
        mine = {one for one in Commitment.objects.all() if may(person, "meetings.see_commitment", one)}
        assert set(commitments_seen_by(person, Commitment.objects.all())) == mine, name


def test_nothing_is_listed_twice(world: World) -> None:
    """However many addresses of a town are called, and however many minutes somebody checks."""
    more(world)
    for person in world.people.values():
        found = list(seen_by(person, Meeting.objects.all()))
        assert len(found) == len(set(found))


def test_what_nobody_took_on_personally_is_no_strangers(world: World) -> None:
    make_commitment(world.meeting, world.valga)
    assert not commitments_seen_by(AnonymousUser(), Commitment.objects.all()).exists()
