"""Who may vote and whether enough are there: the membership as of the day of the meeting."""

import datetime as dt

import pytest

from tests.factories.meetings import make_attendance, make_meeting
from tests.factories.networks import make_body, make_membership, make_membership_act, make_network, make_post
from tests.factories.parties import make_party
from twinhall.meetings.models import QuorumRule
from twinhall.meetings.voting import entitled, needed, roll, suspended
from twinhall.networks.models import Body, Category, Network, PostRole
from twinhall.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return make_network()


def member(network: Network, name: str, *acts: tuple[str, str], category: str = "") -> Party:
    made = make_membership(network=network, party=make_party(name=name), category=category)
    for number, (kind, date) in enumerate(acts or [("admitted", "2010")], start=1):
        make_membership_act(membership=made, kind=kind, date=date, number=number)
    return made.party


def test_members_on_the_day_may_vote_and_no_others(network: Network) -> None:
    narva = member(network, "Narva")
    member(network, "Imatra", ("admitted", "2010"), ("suspended", "2026-03-01"))
    member(network, "Tornio", ("admitted", "2010"), ("left", "2020"))
    member(network, "Zgorzelec", ("applied", "2026-01"))
    member(network, "Görlitz", ("admitted", "2026-03-13"))
    make_party(name="Tartu")
    member(make_network(name="League"), "Riga")
    assert entitled(make_meeting(organiser=network.party)) == [narva]


def test_a_member_that_is_suspended_later_votes_before(network: Network) -> None:
    imatra = member(network, "Imatra", ("admitted", "2010"), ("suspended", "2026-03-13"))
    assert entitled(make_meeting(organiser=network.party)) == [imatra]


@pytest.mark.parametrize("category", [Category.ASSOCIATE, Category.OBSERVER, Category.HONORARY])
def test_other_categories_have_no_vote(network: Network, category: str) -> None:
    member(network, "Narva", category=category)
    assert entitled(make_meeting(organiser=network.party)) == []


@pytest.mark.parametrize("category", [Category.MEMBER, Category.FOUNDING, Category.ACTIVE])
def test_members_of_each_sort_have_a_vote(network: Network, category: str) -> None:
    narva = member(network, "Narva", category=category)
    assert entitled(make_meeting(organiser=network.party)) == [narva]


def test_in_a_body_those_vote_who_hold_a_seat_on_the_day(network: Network) -> None:
    board = make_body(network=network)
    narva, valga, valka = (member(network, name) for name in ("Narva", "Valga", "Valka"))
    make_post(network=network, body=board, party=narva, since="2025")
    make_post(network=network, body=board, party=valga, since="2020", until="2026-02")
    assert entitled(make_meeting(organiser=network.party, body=board)) == [narva]
    assert entitled(make_meeting(organiser=network.party)) == [narva, valga, valka]


def test_of_a_body_those_are_suspended_who_hold_a_seat(network: Network) -> None:
    board = make_body(network=network)
    acts = ("admitted", "2010"), ("suspended", "2026-03-01")
    imatra, tornio = member(network, "Imatra", *acts), member(network, "Tornio", *acts)
    make_post(network=network, body=board, party=imatra, since="2025")
    assert suspended(make_meeting(organiser=network.party, body=board)) == [imatra]
    assert suspended(make_meeting(organiser=network.party)) == [imatra, tornio]


@pytest.mark.parametrize("role", PostRole.values)
def test_a_seat_is_of_those_who_lead_a_body_or_sit_on_it(network: Network, role: str) -> None:
    board, narva = make_body(network=network), member(network, "Narva")
    make_post(network=network, body=board, party=narva, role=role)
    seats = {"chair", "vice-chair", "treasurer", "board member", "lead city"}
    expected = [narva] if role in seats else []
    assert entitled(make_meeting(organiser=network.party, body=board)) == expected


@pytest.mark.parametrize(("until", "is_over"), [("2026-02", True), ("2026-03", False), ("", False)])
def test_in_a_body_that_has_ended_nobody_votes(network: Network, until: str, *, is_over: bool) -> None:
    board, narva = make_body(network=network), member(network, "Narva")
    make_post(network=network, body=board, party=narva)
    Body.objects.update(until=until or None)
    found = entitled(make_meeting(organiser=network.party, body=board))
    assert found == ([] if is_over else [narva])


def test_who_may_vote_is_asked_for_the_day(network: Network) -> None:
    imatra = member(network, "Imatra", ("admitted", "2010"), ("suspended", "2026-03-13"))
    narva = member(network, "Narva", ("admitted", "2026-03-13"))
    last = dt.date(2026, 3, 13)
    meeting = make_meeting(organiser=network.party, ends_on=last)
    for party in (imatra, narva):
        make_attendance(meeting, party, has_vote=True, came=True)
    assert (entitled(meeting), entitled(meeting, last)) == ([imatra], [narva])
    assert (roll(meeting).present, roll(meeting, last).present) == ([imatra], [narva])
    assert (suspended(meeting), suspended(meeting, last)) == ([], [imatra])


def test_a_member_is_there_when_who_casts_its_vote_came(network: Network) -> None:
    narva, valga, valka = (member(network, name) for name in ("Narva", "Valga", "Valka"))
    meeting = make_meeting(organiser=network.party, quorum=QuorumRule.HALF)
    make_attendance(meeting, narva, has_vote=True, came=True)
    make_attendance(meeting, valga, has_vote=True, came=False)
    make_attendance(meeting, valka, has_vote=False, came=True)
    called = roll(meeting)
    assert (called.entitled, called.present) == ([narva, valga, valka], [narva])
    assert (called.needed, called.has_quorum) == (2, False)


@pytest.mark.parametrize(
    ("rule", "of_three", "of_four", "of_nobody"),
    [
        (QuorumRule.NONE, 0, 0, 0),
        (QuorumRule.THIRD, 1, 2, 0),
        (QuorumRule.HALF, 2, 3, 0),
        (QuorumRule.TWO_THIRDS, 2, 3, 0),
    ],
)
def test_so_many_must_be_there(rule: str, of_three: int, of_four: int, of_nobody: int) -> None:
    assert (needed(rule, 3), needed(rule, 4), needed(rule, 0)) == (of_three, of_four, of_nobody)


def test_at_a_meeting_of_a_town_nobody_votes() -> None:
    day = dt.date(2026, 5, 1)
    meeting = make_meeting(organiser=make_party(name="Valga"), kind="visit", starts_on=day, ends_on=day)
    assert (entitled(meeting), roll(meeting).has_quorum) == ([], True)
