"""Answers to a call: what is kept of them, what is refused; who came, and what is forgotten again."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.meetings import DAY, make_attendance, make_commitment, make_invitee, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_officer, make_party
from twinhall.accounts.models import User
from twinhall.meetings.actions.attending import (
    DIETS_KEPT,
    PEOPLE_KEPT,
    Delegate,
    answer,
    forget_diets,
    forget_people,
    note_attendance,
)
from twinhall.meetings.models import Attendance, Commitment, Invitee, Meeting, Registration
from twinhall.meetings.rules import Seat
from twinhall.networks.models import Network
from twinhall.parties.models import Party
from twinhall.parties.rules import may

pytestmark = pytest.mark.django_db

BEFORE = DAY - dt.timedelta(days=20)


@pytest.fixture
def network() -> Network:
    return make_network()


@pytest.fixture
def valga(network: Network) -> Party:
    """A member with a vote."""
    membership = make_membership(network=network, party=make_party(name="Valga"), category="")
    make_membership_act(membership=membership, kind="admitted", date="2010", number=1)
    return membership.party


@pytest.fixture
def by() -> User:
    return make_user()


@pytest.fixture
def meeting(network: Network) -> Meeting:
    return make_meeting(organiser=network.party, registration_until=DAY - dt.timedelta(days=7))


MAYOR, CLERK = Delegate("Mayor", has_vote=True), Delegate("Clerk", diet="no nuts")


def people(meeting: Meeting) -> list[tuple[str, bool]]:
    return list(Attendance.objects.filter(meeting=meeting).order_by("name").values_list("name", "has_vote"))


def refused(meeting: Meeting, party: Party, by: User, *, today: dt.date = BEFORE, **told: object) -> str:
    """What is said to an answer of which nothing is kept."""
    with pytest.raises(ValidationError) as said:
        answer(meeting, party, by=by, today=today, **{"is_coming": True, "delegates": [MAYOR], **told})  # type: ignore[arg-type]
    assert not Registration.objects.exists()
    assert not Attendance.objects.exists()
    return str(said.value.messages[0])


def test_a_town_says_who_comes(meeting: Meeting, valga: Party, by: User) -> None:
    interpreter = Delegate("Ilze", role="interpreter", languages=["et", "lv"])
    given = answer(
        meeting, valga, is_coming=True, delegates=[MAYOR, interpreter], note="By bus.", by=by, today=BEFORE
    )
    assert (given.is_coming, given.note, given.by) == (True, "By bus.", by)
    assert people(meeting) == [("Ilze", False), ("Mayor", True)]
    assert Attendance.objects.get(name="Ilze").languages == ["et", "lv"]


def test_a_later_answer_stands_in_place_of_the_first_and_who_stays_keeps_that_they_came(
    meeting: Meeting, valga: Party, by: User
) -> None:
    answer(meeting, valga, is_coming=True, delegates=[MAYOR, CLERK], by=by, today=BEFORE)
    Attendance.objects.filter(name="Clerk").update(came=True)
    answer(meeting, valga, is_coming=True, delegates=[Delegate("Clerk", has_vote=True)], by=by, today=BEFORE)
    assert (people(meeting), Registration.objects.count()) == ([("Clerk", True)], 1)
    assert Attendance.objects.get().came is True


def test_a_town_that_does_not_come_sends_nobody(meeting: Meeting, valga: Party, by: User) -> None:
    answer(meeting, valga, is_coming=True, delegates=[MAYOR], by=by, today=BEFORE)
    given = answer(meeting, valga, is_coming=False, delegates=[MAYOR], by=by, today=BEFORE)
    assert (given.is_coming, people(meeting)) == (False, [])


def test_an_answer_after_the_deadline_is_refused_unless_the_organiser_takes_it(
    meeting: Meeting, valga: Party, by: User
) -> None:
    assert meeting.registration_until
    late = meeting.registration_until + dt.timedelta(days=1)
    assert refused(meeting, valga, by, today=late) == "Registration is closed. Write to the organiser."
    answer(meeting, valga, is_coming=True, delegates=[MAYOR], by=by, today=late, late=True)
    assert people(meeting) == [("Mayor", True)]


def test_on_the_last_day_it_is_taken(meeting: Meeting, valga: Party, by: User) -> None:
    assert meeting.registration_until
    answer(meeting, valga, is_coming=True, delegates=[MAYOR], by=by, today=meeting.registration_until)
    assert people(meeting) == [("Mayor", True)]


def test_two_who_cast_the_vote_of_a_town_are_refused(meeting: Meeting, valga: Party, by: User) -> None:
    two = [MAYOR, Delegate("Deputy", has_vote=True)]
    said = "One member has one vote: name one person who casts it."
    assert refused(meeting, valga, by, delegates=two) == said


def test_a_vote_of_a_town_that_has_none_is_refused(meeting: Meeting, by: User) -> None:
    said = refused(meeting, make_party(name="Tartu"), by)
    assert said == "Tartu has no vote at this meeting: it is not a member with a vote on that day."


def test_the_same_person_twice_is_refused(meeting: Meeting, valga: Party, by: User) -> None:
    said = refused(meeting, valga, by, delegates=[CLERK, CLERK])
    assert said == "Two people are called “Clerk”: add what tells them apart."


def test_nobody_comes_and_yet_the_town_comes_is_refused(meeting: Meeting, valga: Party, by: User) -> None:
    assert refused(meeting, valga, by, delegates=[]) == "Say who comes."


def test_more_people_than_places_are_refused(meeting: Meeting, valga: Party, by: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(places=1)
    meeting.refresh_from_db()
    assert refused(meeting, valga, by, delegates=[MAYOR, CLERK]) == "Only 1 place is left."


def test_nobody_answers_for_a_meeting_that_was_cancelled(meeting: Meeting, valga: Party, by: User) -> None:
    meeting.cancelled_at, meeting.cancelled_why = timezone.now(), "Snow."
    meeting.save()
    assert refused(meeting, valga, by, late=True) == "This meeting was cancelled."


# Who may answer ----------------------------------------------------------------------------------------


def test_a_town_answers_once_it_was_called_and_the_organiser_at_any_time(
    network: Network, meeting: Meeting, valga: Party
) -> None:
    kadri, secretary = make_officer(valga), make_officer(network.party)
    seat = Seat(meeting, valga)
    assert [may(user, "meetings.answer", seat) for user in (kadri, secretary)] == [False, True]
    make_invitee(meeting, valga)
    assert not may(kadri, "meetings.answer", seat)
    meeting.called_at = timezone.now()
    assert may(kadri, "meetings.answer", seat)
    assert not may(make_officer(make_party(name="Tartu")), "meetings.answer", seat)


# Who came ----------------------------------------------------------------------------------------------


def test_who_came_is_noted_and_all_others_did_not(network: Network, valga: Party, by: User) -> None:
    past = dt.date(2024, 3, 12)
    meeting = make_meeting(organiser=network.party, starts_on=past, ends_on=past)
    mayor, clerk = (make_attendance(meeting, valga, name=name) for name in ("Mayor", "Clerk"))
    elsewhere = make_attendance(make_meeting(organiser=network.party), valga)
    shown = [mayor.pk, clerk.pk, elsewhere.pk]
    note_attendance(meeting, shown=shown, came=[mayor.pk, elsewhere.pk], by=by)
    assert {a.pk: a.came for a in Attendance.objects.all()} == {
        mayor.pk: True,
        clerk.pk: False,
        elsewhere.pk: None,
    }


def test_two_at_the_door_keep_each_others_ticks(network: Network, valga: Party, by: User) -> None:
    past = dt.date(2024, 3, 12)
    meeting = make_meeting(organiser=network.party, starts_on=past, ends_on=past)
    mayor, clerk = (make_attendance(meeting, valga, name=name).pk for name in ("Mayor", "Clerk"))
    note_attendance(meeting, shown=[mayor, clerk], came=[mayor], by=by)
    late = make_attendance(meeting, valga, name="Late").pk
    note_attendance(meeting, shown=[mayor, clerk], came=[clerk], by=by)  # opened before the mayor was ticked
    assert dict(Attendance.objects.values_list("pk", "came")) == {mayor: True, clerk: True, late: None}
    note_attendance(meeting, shown=[mayor, clerk, late], came=[clerk, late], was=[mayor, clerk], by=by)
    assert dict(Attendance.objects.values_list("pk", "came")) == {mayor: False, clerk: True, late: True}


def test_who_was_there_is_not_taken_off_by_another_answer(meeting: Meeting, valga: Party, by: User) -> None:
    answer(meeting, valga, is_coming=True, delegates=[MAYOR, CLERK], by=by, today=BEFORE)
    Attendance.objects.filter(name="Mayor").update(came=True)
    for told in ({"is_coming": True, "delegates": [CLERK]}, {"is_coming": False}):
        with pytest.raises(ValidationError, match="Mayor was noted as present"):
            answer(meeting, valga, by=by, today=BEFORE, **told)
    answer(meeting, valga, is_coming=True, delegates=[MAYOR], by=by, today=BEFORE)
    assert Attendance.objects.get().came is True


def test_two_of_one_name_are_told_apart(meeting: Meeting, valga: Party, by: User) -> None:
    twins = [Delegate("Jan Kowalski", office="Mayor"), Delegate("Jan Kowalski", office="Driver")]
    answer(meeting, valga, is_coming=True, delegates=twins[:1], by=by, today=BEFORE)
    with pytest.raises(ValidationError, match="Two people are called “Jan Kowalski”"):
        answer(meeting, valga, is_coming=True, delegates=twins, by=by, today=BEFORE)
    assert Attendance.objects.get().office == "Mayor"


def test_addresses_and_notes_are_forgotten_half_a_year_after_the_meeting(
    meeting: Meeting, valga: Party, by: User
) -> None:
    person = make_officer(valga)
    for email in ("info@valga.example", "mayor@valga.example"):
        make_invitee(meeting, valga, email=email, name="Anna", person=person)
    answer(meeting, valga, is_coming=False, note="We are ill.", by=by, today=BEFORE)
    make_commitment(meeting, valga, email="anna@valga.example", closed_on=DAY)
    make_commitment(meeting, valga, email="jaan@valga.example", closed_on=None)
    forget_people(today=DAY + PEOPLE_KEPT)
    assert set(Invitee.objects.values_list("name", "person")) == {("Anna", person.pk)}
    for _time in range(2):
        forget_people(today=DAY + PEOPLE_KEPT + dt.timedelta(days=1))
        invited = Invitee.objects.get()
        assert (invited.party, invited.name, invited.email, invited.person) == (valga, "", "", None)
        assert Registration.objects.get().note == ""
        assert sorted(Commitment.objects.values_list("email", flat=True)) == ["", "jaan@valga.example"]


def test_nobody_has_come_to_a_meeting_that_is_still_to_come(network: Network, by: User) -> None:
    later = timezone.localdate() + dt.timedelta(days=30)
    meeting = make_meeting(organiser=network.party, starts_on=later, ends_on=later)
    with pytest.raises(ValidationError, match="Nobody can have come yet"):
        note_attendance(meeting, shown=[], came=[], by=by)


def test_what_people_eat_is_forgotten_a_week_after_the_meeting(meeting: Meeting, valga: Party) -> None:
    make_attendance(meeting, valga, diet="no nuts")
    assert forget_diets(today=DAY + DIETS_KEPT) == 0
    assert forget_diets(today=DAY + DIETS_KEPT + dt.timedelta(days=1)) == 1
    assert Attendance.objects.get().diet == ""
