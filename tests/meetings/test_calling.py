"""Calling people to a meeting, and what they are told afterwards: each letter once, in their language."""

import datetime as dt
import functools
from collections.abc import Callable
from email.message import Message
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.accounts import make_administrator, make_user
from tests.factories.letters import make_letter
from tests.factories.meetings import make_invitee, make_item, make_meeting
from tests.factories.networks import make_membership, make_membership_act, make_network
from tests.factories.parties import make_affiliation, make_contact, make_party
from tests.working import work_off
from twinhall.accounts.models import LogEntry, User
from twinhall.letters.actions import stop
from twinhall.letters.models import Kind, Letter, State
from twinhall.meetings.actions import calling
from twinhall.meetings.actions.calling import Address
from twinhall.meetings.actions.planning import change_meeting
from twinhall.meetings.drafting import drafts
from twinhall.meetings.models import Invitee, Meeting, MeetingLetter, Registration
from twinhall.parties.models import Party, Role

pytestmark = pytest.mark.django_db

Component = Any  # icalendar's own types say of each property all that any may be
TODAY = timezone.localdate()
THURSDAY = TODAY + dt.timedelta(days=30 + (3 - (TODAY.weekday() + 30)) % 7)


@pytest.fixture
def by() -> User:
    return make_administrator()


@pytest.fixture
def meeting(settings: Settings) -> Meeting:
    """On a Thursday in a month, not called yet."""
    settings.DEFAULT_FROM_EMAIL = "Hall <hall@twinhall.example>"
    settings.SITE = "https://hall.example"
    return coming()


def coming(**told: Any) -> Meeting:
    return make_meeting(**{"starts_on": THURSDAY, "ends_on": THURSDAY, **told})


def speaker(party: Party, *, language: str = "en", role: str = Role.OFFICER, is_active: bool = True) -> User:
    user = make_user(is_active=is_active)
    user.language = language
    user.save()
    make_affiliation(user=user, party=party, role=role)
    return user


def event_of(message: Message) -> tuple[str, Component]:
    """The METHOD that the mail names, and the calendar file that it brings."""
    (part,) = [one for one in message.walk() if one.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(part.get_param("method")), Calendar.from_ical(content)


def told_by_mail() -> list[tuple[str, str, str, int]]:
    """To whom letters went, and the method, status and version of the events that they brought."""
    work_off()
    found = []
    for one in mail.outbox:
        method, calendar = event_of(one.message())
        (event,) = calendar.events
        assert calendar["method"] == method
        found.append((one.to[0], method, str(event["status"]), int(event["sequence"])))
    mail.outbox.clear()
    return sorted(found)


# The list --------------------------------------------------------------------------------------------


def test_an_address_is_on_the_list_once_for_each_party(meeting: Meeting, by: User) -> None:
    valga, valka = make_party(), make_party(name="Valka")
    wanted = [
        Address(valga, "Info@Valga.example"),
        Address(valga, "info@valga.example"),
        Address(valka, "info@valga.example"),
    ]
    assert [str(one) for one in calling.invite(meeting, addresses=wanted, by=by)] == [
        "Valga: info@valga.example",
        "Valka: info@valga.example",
    ]
    assert calling.invite(meeting, addresses=wanted, by=by) == []
    assert (Invitee.objects.count(), LogEntry.objects.filter(deed="invited to a meeting").count()) == (2, 1)


def test_a_wrong_address_leaves_the_list_as_it_was(meeting: Meeting, by: User) -> None:
    valga = make_party()
    with pytest.raises(ValidationError, match="valid email"):
        calling.invite(
            meeting, addresses=[Address(valga, "a@valga.example"), Address(valga, "Kesk 11")], by=by
        )
    assert not Invitee.objects.exists()


@pytest.mark.parametrize(
    ("spoken", "asked", "language"),
    [("et", "", "et"), ("et", "lv", "lv"), ("fi", "", "en"), ("fi", "bg", "bg")],
)
def test_letters_are_in_the_readers_language_else_in_the_meetings(
    spoken: str, asked: str, language: str, by: User
) -> None:
    address = Address(make_party(), "a@valga.example", language=asked)
    (invitee,) = calling.invite(coming(language=spoken), addresses=[address], by=by)
    assert invitee.language == language


def test_letters_go_to_those_who_speak_for_a_town_else_to_an_office(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    valga, valka, tartu, ape, none = (
        make_party(name=name) for name in ("Valga", "Valka", "Tartu", "Ape", "Walk")
    )
    officer, secretary = speaker(valga, language="et"), speaker(valga, role=Role.SECRETARY)
    speaker(valga, role=Role.EDITOR)
    speaker(valka, is_active=False)
    make_affiliation(party=valka, ended_at=timezone.now())
    for party in (valga, valka):
        make_contact(party=party, address=f"info@{party.slug}.example")
    make_contact(party=valka, key="archive", address="archive@valka.example")
    make_contact(party=tartu, address="Raekoja plats 1a, Tartu")
    make_contact(party=tartu, key="mayor", address="mayor@tartu.example")
    make_contact(party=ape, address="Stacijas iela 2, Ape")
    with django_assert_num_queries(2):
        found, lost = calling.addresses_of([valga, valka, tartu, ape, none])
    assert sorted((one.email, one.language, one.person) for one in found) == sorted([
        (officer.email, "et", officer),
        (secretary.email, "en", secretary),
        ("info@valka.example", "", None),
        ("mayor@tartu.example", "", None),
    ], key=lambda one: one[0])  # fmt: skip
    assert lost == [ape, none]


def test_who_speaks_for_two_towns_is_invited_for_each(meeting: Meeting, by: User) -> None:
    valga, valka = make_party(), make_party(name="Valka")
    both = speaker(valga)
    make_affiliation(user=both, party=valka, role=Role.SECRETARY)
    found, _lost = calling.addresses_of([valga, valka])
    made = calling.invite(meeting, addresses=found, by=by)
    assert [(one.person, one.party) for one in made] == [(both, valga), (both, valka)]


def test_members_are_called_and_the_host() -> None:
    network = make_network()
    member, guest, host = (make_party(name=name) for name in ("Member", "Guest", "Host"))
    for party, category in ((member, "member"), (guest, "observer")):
        tie = make_membership(network=network, party=party, category=category)
        make_membership_act(membership=tie, kind="admitted", date="2010")
    assert calling.members_to_call(coming(organiser=network.party, host=host)) == [member, host]
    assert calling.members_to_call(coming(organiser=network.party, host=member)) == [member]
    assert calling.members_to_call(coming(organiser=network.party)) == [member]


# The call --------------------------------------------------------------------------------------------


def test_a_call_reaches_everybody_with_the_event(meeting: Meeting, by: User) -> None:
    person = make_user(name="Kadri Kask")
    make_invitee(meeting, make_party(), person=person)
    make_invitee(meeting, make_party(name="Valka"), email="info@valka.example")
    make_item(meeting, "Opening")
    make_item(meeting, "Budget")
    calling.call(meeting, text="Bring your passports.", by=by)
    work_off()
    letter = next(one for one in mail.outbox if one.to == [person.email])
    page = reverse("desk:meeting", args=[meeting.slug])
    assert letter.subject == "Invitation: Spring meeting of the board"
    assert letter.body.strip().split("\n\n") == [
        "Baltic Cities invites you to: Spring meeting of the board.",
        "Bring your passports.",
        f"When: Thursday, {THURSDAY:%-d %B %Y}, 10:00 – 16:00 ({_clocks()})\nWhere: Town hall, Valka",
        "Agenda\n1. Opening\n2. Budget",
        f"Register and read the papers here: https://hall.example{page}",
    ]
    (event,) = event_of(letter.message())[1].events
    assert (str(event["attendee"]), event["attendee"].params["CN"]) == (f"mailto:{person.email}", "Valga")
    assert str(event["organizer"]) == "mailto:hall@twinhall.example"
    assert told_by_mail() == sorted(
        (address, "REQUEST", "CONFIRMED", 0) for address in (person.email, "info@valka.example")
    )
    meeting.refresh_from_db()
    assert meeting.called_at
    assert {one.letter.person for one in MeetingLetter.objects.select_related("letter__person")} == {
        person,
        None,
    }


def _clocks() -> str:
    noon = dt.datetime.combine(THURSDAY, dt.time(12), tzinfo=ZoneInfo("Europe/Riga"))
    return f"Eastern European {'Summer' if noon.dst() else 'Standard'} Time"


def test_each_letter_is_in_its_language(meeting: Meeting, by: User) -> None:
    for language in ("bg", "en", "et", "lv"):
        Invitee.objects.create(
            meeting=meeting, party=make_party(), email=f"{language}@valga.example", language=language
        )
    calling.call(meeting, by=by)
    work_off()
    days = {"bg": "четвъртък", "en": "Thursday", "et": "neljapäev", "lv": "ceturtdiena"}
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        language = letter.to[0].partition("@")[0]
        assert days[language] in letter.body
        assert letter.extra_headers["Content-Language"] == language


def test_a_second_call_goes_to_those_who_are_new(meeting: Meeting, by: User) -> None:
    make_invitee(meeting, make_party(), email="a@valga.example")
    calling.call(meeting, by=by)
    first = meeting.called_at
    assert calling.call(meeting, by=by) == []
    make_invitee(meeting, make_party(), email="b@valga.example")
    calling.call(meeting, by=by)
    assert [address for address, *_ in told_by_mail()] == ["a@valga.example", "b@valga.example"]
    assert Meeting.objects.get().called_at == first


def test_a_letter_that_was_written_at_this_moment_is_not_written_again(meeting: Meeting, by: User) -> None:
    invitee = make_invitee(meeting, make_party(), email="a@valga.example")
    known = make_letter(key=f"meeting-{meeting.pk}/call/{invitee.pk}", duty=True)
    MeetingLetter.objects.create(meeting=meeting, letter=known, party=invitee.party)
    letters = calling._write_all(meeting, [invitee], "call", kind=Kind.INVITATION, by=by)
    assert (letters, Letter.objects.count()) == ([], 1)
    MeetingLetter.objects.all().delete()
    letters = calling._write_all(meeting, [invitee], "call", kind=Kind.INVITATION, by=by)
    assert (letters, MeetingLetter.objects.count()) == ([known], 1)
    assert known.mailing.party == meeting.organiser


@pytest.mark.parametrize(
    ("kind", "state"), [("board", State.SENT), ("assembly", State.SENT), ("festival", State.UNSENT)]
)
def test_a_call_under_the_statutes_is_a_duty_an_invitation_is_not(
    meeting: Meeting, by: User, kind: str, state: State
) -> None:
    change_meeting(meeting, by=by, kind=kind)
    stop("a@valga.example", Kind.INVITATION)
    make_invitee(meeting, make_party(), email="a@valga.example")
    (letter,) = calling.call(meeting, by=by)
    work_off()
    letter.refresh_from_db()
    assert letter.state == state


def test_a_persons_own_language_goes_before_the_lists(meeting: Meeting, by: User) -> None:
    person = make_user()
    person.language = "lv"
    person.save()
    make_invitee(meeting, make_party(), email=person.email, person=person, language="en")
    (letter,) = calling.call(meeting, by=by)
    assert letter.language == "lv"
    assert "Sēdes" in letter.body or "Kad:" in letter.body


def test_the_longest_title_fits_into_a_letter(by: User) -> None:
    meeting = coming(title="Ж" * 200)
    make_invitee(meeting, make_party(), email="a@valga.example")
    calling.call(meeting, by=by)
    assert [address for address, *_ in told_by_mail()] == ["a@valga.example"]


def test_nobody_is_called_to_what_cannot_be(by: User) -> None:
    with pytest.raises(ValidationError, match="Nobody is invited yet"):
        calling.call(coming(), by=by)
    with pytest.raises(ValidationError, match="is over"):
        calling.call(make_meeting(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 1)), by=by)
    with pytest.raises(ValidationError, match="was cancelled"):
        calling.call(coming(cancelled_at=timezone.now(), cancelled_why="Snow."), by=by)
    assert not Letter.objects.exists()
    assert not Meeting.objects.filter(called_at__isnull=False).exists()


def test_who_was_called_stays_on_the_list(
    meeting: Meeting, by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_invitee(meeting, make_party(), email="a@valga.example")
    calling.call(meeting, by=by)
    second = make_invitee(meeting, make_party(), email="b@valga.example")
    with django_assert_num_queries(2):
        assert [bool(letter) for _one, letter in calling.on_the_list(meeting)] == [True, False]
    calling.uninvite(second, by=by)
    with pytest.raises(ValidationError, match="stays on the list"):
        calling.uninvite(first, by=by)
    assert list(meeting.invitees.all()) == [first]


def test_a_draft_is_what_goes_out(meeting: Meeting, by: User) -> None:
    for address in ("a", "b"):
        make_invitee(meeting, make_party(), email=f"{address}@valga.example")
    Invitee.objects.create(meeting=meeting, party=make_party(), email="c@valga.example", language="bg")
    found = drafts(meeting, "call", meeting.invitees.all(), text="Bring your passports.")
    assert [(one.language, one.readers) for one in found] == [("bg", 1), ("en", 2)]
    letters = calling.call(meeting, text="Bring your passports.", by=by)
    assert {(one.language, one.subject, one.body) for one in letters} == {
        (one.language, one.subject, one.body) for one in found
    }


# What becomes of it ----------------------------------------------------------------------------------


@pytest.fixture
def called(meeting: Meeting, by: User) -> Meeting:
    """The meeting, to which two addresses were called; a third is on the list."""
    for name in ("Valga", "Valka"):
        make_invitee(meeting, make_party(name=name), email=f"info@{name.lower()}.example")
    calling.call(meeting, by=by)
    make_invitee(meeting, make_party(name="Ape"), email="info@ape.example")
    told_by_mail()
    return meeting


def test_each_version_is_told_once_to_those_who_were_called(called: Meeting, by: User) -> None:
    for sequence, place in ((1, "Library, Valka"), (2, "Station, Valka")):
        change_meeting(called, by=by, place=place)
        assert [one.email for one in calling.untold(called)] == ["info@valga.example", "info@valka.example"]
        calling.tell_changed(called, by=by)
        assert calling.untold(called) == []
        assert calling.tell_changed(called, by=by) == []
        assert told_by_mail() == [
            ("info@valga.example", "REQUEST", "CONFIRMED", sequence),
            ("info@valka.example", "REQUEST", "CONFIRMED", sequence),
        ]


def test_who_is_called_after_a_change_is_not_told_of_it(called: Meeting, by: User) -> None:
    change_meeting(called, by=by, place="Library, Valka")
    calling.call(called, by=by)
    assert told_by_mail() == [("info@ape.example", "REQUEST", "CONFIRMED", 1)]
    calling.tell_changed(called, by=by)
    assert [(address, sequence) for address, _method, _status, sequence in told_by_mail()] == [
        ("info@valga.example", 1),
        ("info@valka.example", 1),
    ]
    change_meeting(called, by=by, place="Station, Valka")
    calling.tell_changed(called, by=by)
    assert [(address, sequence) for address, _method, _status, sequence in told_by_mail()] == [
        ("info@ape.example", 2),
        ("info@valga.example", 2),
        ("info@valka.example", 2),
    ]


def test_a_change_before_anybody_who_is_called_knows_the_meeting_is_no_news(
    meeting: Meeting, by: User
) -> None:
    make_invitee(meeting, make_party(), email="a@valga.example")
    Meeting.objects.filter(pk=meeting.pk).update(called_at=timezone.now())
    meeting.refresh_from_db()
    change_meeting(meeting, by=by, place="Library, Valka")
    calling.call(meeting, by=by)
    assert calling.untold(meeting) == []
    with pytest.raises(ValidationError, match="Nothing has changed"):
        calling.tell_changed(meeting, by=by)


def test_the_same_event_is_told_of(called: Meeting, by: User) -> None:
    change_meeting(called, by=by, place="Library, Valka", link="https://meet.example/1")
    calling.tell_changed(called, by=by, text="We have moved.")
    work_off()
    letter = mail.outbox[0]
    (event,) = event_of(letter.message())[1].events
    assert letter.subject == "Changed: Spring meeting of the board"
    assert "We have moved.\n\nWhen: " in letter.body
    assert "From afar: https://meet.example/1" in letter.body
    assert (event["uid"], event["location"]) == (f"{called.uid}@twinhall", "Library, Valka")
    assert str(event["conference"]) == "https://meet.example/1"


def test_nothing_is_told_where_nothing_has_changed(called: Meeting, by: User) -> None:
    with pytest.raises(ValidationError, match="Nothing has changed"):
        calling.tell_changed(called, by=by)
    change_meeting(called, by=by, places=12)
    with pytest.raises(ValidationError, match="Nothing has changed"):
        calling.tell_changed(called, by=by)
    assert told_by_mail() == []


def test_news_goes_to_those_who_were_called_once_for_its_number(called: Meeting, by: User) -> None:
    for number in (1, 2):
        assert calling.next_news(called) == number
        (letter, _other) = calling.tell_news(called, text="The budget has come.", number=number, by=by)
        assert (letter.subject, letter.is_duty) == ("News: Spring meeting of the board", True)
        assert "The budget has come." in letter.body
        with pytest.raises(ValidationError, match="Somebody else has written"):
            calling.tell_news(called, text="The budget has come.", number=number, by=by)
        assert told_by_mail() == [
            ("info@valga.example", "REQUEST", "CONFIRMED", 0),
            ("info@valka.example", "REQUEST", "CONFIRMED", 0),
        ]
    with pytest.raises(ValidationError, match="Write what is new"):
        calling.tell_news(called, text=" ", number=3, by=by)


def test_nothing_is_told_of_what_is_over(called: Meeting, by: User) -> None:
    change_meeting(called, by=by, place="Library, Valka")
    past = dt.date(2024, 3, 12)
    Meeting.objects.filter(pk=called.pk).update(starts_on=past, ends_on=past)
    called.refresh_from_db()
    assert calling.untold(called) == []
    for tell in (calling.tell_changed, functools.partial(calling.tell_news, text="Thanks.", number=1)):
        with pytest.raises(ValidationError, match="This meeting is over"):
            tell(called, by=by)
    assert told_by_mail() == []


def test_what_changed_before_the_call_is_no_change_for_those_who_are_called(
    meeting: Meeting, by: User
) -> None:
    make_invitee(meeting, make_party(), email="info@valga.example")
    change_meeting(meeting, by=by, place="Library, Valka")
    calling.call(meeting, by=by)
    with pytest.raises(ValidationError, match="Nothing has changed"):
        calling.tell_changed(meeting, by=by)
    assert told_by_mail() == [("info@valga.example", "REQUEST", "CONFIRMED", 1)]


def test_who_sends_the_call_sends_the_meeting_as_it_is_now(meeting: Meeting, by: User) -> None:
    """The place changes while the call is looked through."""
    make_invitee(meeting, make_party(), email="info@valga.example")
    opened = Meeting.objects.get()
    change_meeting(meeting, by=by, place="Library, Valka")
    (letter,) = calling.call(opened, by=by)
    assert "Library, Valka" in letter.body
    assert (MeetingLetter.objects.get().sequence, calling.untold(opened)) == (1, [])


def test_a_cancellation_takes_it_out_of_calendars(called: Meeting, by: User) -> None:
    change_meeting(called, by=by, place="Library, Valka")
    calling.call_off(called, why="Snow.", by=by)
    assert told_by_mail() == [
        ("info@valga.example", "CANCEL", "CANCELLED", 2),
        ("info@valka.example", "CANCEL", "CANCELLED", 2),
    ]
    letter = Letter.objects.order_by("-pk").first()
    assert letter
    assert letter.subject == "Cancelled: Spring meeting of the board"
    assert "Snow." in letter.body
    assert "/desk/" not in letter.body
    deeds: list[Callable[..., object]] = [calling.call, calling.tell_changed]
    for deed in deeds:
        with pytest.raises(ValidationError, match="was cancelled"):
            deed(called, by=by)
    with pytest.raises(ValidationError, match="cancelled already"):
        calling.call_off(called, why="Ice.", by=by)
    assert told_by_mail() == []


def test_who_was_never_called_hears_of_no_cancellation(meeting: Meeting, by: User) -> None:
    make_invitee(meeting, make_party(), email="a@valga.example")
    assert calling.call_off(meeting, why="Snow.", by=by) == []
    assert told_by_mail() == []


def test_a_refused_cancellation_writes_nothing(called: Meeting, by: User) -> None:
    with pytest.raises(ValidationError, match="needs its reason"):
        calling.call_off(called, why="", by=by)
    assert told_by_mail() == []


def test_who_has_not_answered_is_reminded_once_a_day(called: Meeting, by: User) -> None:
    valga = Party.objects.get(name="Valga")
    Registration.objects.create(meeting=called, party=valga, is_coming=False, by=by)
    assert [one.email for one in calling.silent(called)] == ["info@valka.example"]
    for day in (TODAY, TODAY, TODAY + dt.timedelta(days=1)):
        calling.remind(called, today=day, by=by)
    assert told_by_mail() == [("info@valka.example", "REQUEST", "CONFIRMED", 0)] * 2


def test_reminders_can_be_stopped(called: Meeting, by: User) -> None:
    stop("info@valka.example", Kind.REMINDER)
    letters = calling.remind(called, today=TODAY, by=by)
    assert {(one.to, one.state) for one in letters} == {
        ("info@valga.example", State.WAITING),
        ("info@valka.example", State.UNSENT),
    }
    work_off()
    (sent,) = mail.outbox
    assert sent.subject == "Please answer: Spring meeting of the board"
    assert "List-Unsubscribe" in sent.extra_headers


def test_there_is_a_time_for_reminders(meeting: Meeting, called: Meeting, by: User) -> None:
    last = TODAY + dt.timedelta(days=3)
    change_meeting(called, by=by, registration_until=last)
    calling.remind(called, today=last, by=by)
    with pytest.raises(ValidationError, match="registration is not open"):
        calling.remind(called, today=last + dt.timedelta(days=1), by=by)
    with pytest.raises(ValidationError, match="registration is not open"):
        calling.remind(coming(), today=TODAY, by=by)
    calling.call_off(meeting, why="Snow.", by=by)
    with pytest.raises(ValidationError, match="registration is not open"):
        calling.remind(meeting, today=TODAY, by=by)
